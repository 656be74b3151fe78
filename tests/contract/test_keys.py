# Properties 21, 9 and 27: rotation with applications waiting, sets by line, and what a terminal signed.
import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from typer.testing import CliRunner

from district import key_set, keys
from district.__main__ import app
from district.acceptance.importing import ImportedOut, Outcome
from district.home import initialise
from district.times import utc_now
from kiosk.backend import HttpTransport
from kiosk.key_keeper import KEPT, KeyKeeper
from offline_queue import (
    FileSigner,
    KeyRole,
    KeySet,
    Notary,
    PlatformKey,
    Stamp,
    open_container,
    seal,
    verify_key_set,
)
from offline_queue.crypto import HPKE_AES, SM2_SM4
from offline_queue.delivery import Delivered
from offline_queue.keyset import sign_key_set
from offline_queue.receipt_code import receipt_proof
from offline_queue.transport import Announcement, Partial
from provisioning.profile import PlatformKeys, load_platform_keys
from tests.contract.platform import TERMINAL, Platform, Sealed, running

GENUINE = "T0421-000137-96"


@dataclass(frozen=True)
class Rotated:
    """A district whose key was changed while applications waited."""

    district: Platform
    signer: FileSigner
    waiting: list[Sealed]
    new: PlatformKey


def keeper_of(district: Platform, folder: Path, told: list[str] | None = None) -> KeyKeeper:
    enrolled = load_platform_keys(district.folder / f"terminal-{TERMINAL}" / "platform.json")
    return KeyKeeper(folder, enrolled, ([] if told is None else told).append)


def recipients(keeper: KeyKeeper, days: int = 0) -> list[PlatformKey]:
    at = utc_now() + timedelta(days=days)
    return list(keeper.current().recipients(round(at.timestamp() * 1000)))


def arrives(district: Platform, sealed: Sealed) -> bool:
    return isinstance(district.carry(sealed), Delivered)


@pytest.fixture(scope="module")
def rotated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rotated]:
    folder = tmp_path_factory.mktemp("keys")
    with running(folder / "district") as district:
        keeper = keeper_of(district, folder)
        waiting = [district.sealed(keys=recipients(keeper)) for _ in range(5)]
        district.stop()
        signer = FileSigner.make(folder / "device-key.pem")
        initialise(district.home, TERMINAL, utc_now, signer.public)
        # As a terminal that was enrolled before the rotation: platform.json is what it was.
        enrolled = district.folder / f"terminal-{TERMINAL}" / "platform.json"
        before = enrolled.read_bytes()
        new = key_set.rotate(district.home.keys, KeyRole.PLATFORM, HPKE_AES, utc_now())
        district.start()
        assert enrolled.read_bytes() == before
        yield Rotated(district, signer, waiting, new)


def test_enrolment_hands_out_a_platform_key_and_an_escrow_key(rotated: Rotated, tmp_path: Path) -> None:
    platform, escrow = recipients(keeper_of(rotated.district, tmp_path))
    assert (platform.role, escrow.role) == (KeyRole.PLATFORM, KeyRole.ESCROW)
    assert platform.kid != rotated.new.kid


def test_what_waits_under_the_old_key_arrives_after_the_rotation(rotated: Rotated) -> None:
    assert all(arrives(rotated.district, one) for one in rotated.waiting)


def test_the_terminal_hears_of_the_new_key_and_seals_to_it(rotated: Rotated, tmp_path: Path) -> None:
    screen, queue = (keeper_of(rotated.district, tmp_path) for _ in range(2))
    assert queue.current() == screen.current()
    with rotated.district.client() as client:
        screen.refresh(client)
        screen.refresh(client)
    for keeper in (screen, queue, keeper_of(rotated.district, tmp_path)):
        assert recipients(keeper)[0] == rotated.new
    assert arrives(rotated.district, rotated.district.sealed(keys=recipients(queue)))


def test_a_set_that_the_disk_does_not_take_ends_nothing_and_is_asked_for_again(
    rotated: Rotated, tmp_path: Path
) -> None:
    told: list[str] = []
    keeper = keeper_of(rotated.district, tmp_path, told)
    in_the_way = (tmp_path / KEPT).with_suffix(".new")
    in_the_way.mkdir()
    before = keeper.current()
    with rotated.district.client() as client:
        keeper.refresh(client)
        keeper.refresh(client)
        assert (keeper.current(), told) == (before, ["keys.not-kept"])
        in_the_way.rmdir()
        keeper.refresh(client)
    assert recipients(keeper)[0] == rotated.new


def test_an_expired_key_refuses_at_the_terminal_and_still_opens_at_the_platform(
    rotated: Rotated, tmp_path: Path
) -> None:
    keeper = keeper_of(rotated.district, tmp_path)
    late_ms = round((utc_now() + timedelta(days=800)).timestamp() * 1000)
    assert keeper.outlook(late_ms).code == "seal.no-valid-key"
    assert arrives(rotated.district, rotated.district.sealed(keys=recipients(keeper)))


def test_a_set_older_than_the_one_in_force_changes_nothing(rotated: Rotated, tmp_path: Path) -> None:
    told: list[str] = []
    root = keys.newest(rotated.district.home.keys, keys.ROOT)
    newer = replace(key_set.read(rotated.district.home.keys), version=99)
    (tmp_path / KEPT).write_bytes(sign_key_set(newer, root.kid, root.private))
    keeper = keeper_of(rotated.district, tmp_path, told)
    with rotated.district.client() as client:
        keeper.refresh(client)
    assert (keeper.current(), told) == (newer, ["keys.older"])


@pytest.mark.parametrize(
    ("use", "code"), [(keys.ACK, "keys.bad-signature"), (keys.CATALOGUE, "keys.bad-signature")]
)
def test_a_set_that_the_root_key_did_not_sign_changes_nothing(
    rotated: Rotated, tmp_path: Path, use: str, code: str
) -> None:
    told: list[str] = []
    folder = rotated.district.home.keys
    forged = KeySet(99, 1, (PlatformKey("mine", bytes(32)),))
    (tmp_path / KEPT).write_bytes(
        sign_key_set(forged, keys.newest(folder, keys.ROOT).kid, keys.newest(folder, use).private)
    )
    keeper = keeper_of(rotated.district, tmp_path, told)
    assert (keeper.current().version, told) == (1, [code])


def test_a_district_that_goes_over_to_sm2_gets_sm2_containers(rotated: Rotated, tmp_path: Path) -> None:
    district = rotated.district
    district.stop()
    for role in (KeyRole.ESCROW, KeyRole.PLATFORM):
        key_set.rotate(district.home.keys, role, SM2_SM4, utc_now())
    district.start()
    keeper = keeper_of(district, tmp_path)
    with district.client() as client:
        keeper.refresh(client)
    chosen = recipients(keeper)
    assert [(key.suite, key.role) for key in chosen] == [
        (SM2_SM4, KeyRole.PLATFORM),
        (SM2_SM4, KeyRole.ESCROW),
    ]
    assert arrives(district, district.sealed(keys=chosen))


def test_the_escrow_key_opens_what_a_lost_platform_key_cannot(tmp_path: Path) -> None:
    keys.make_missing(tmp_path)
    key_set.make_first(tmp_path, utc_now())
    sealed_to = key_set.read(tmp_path).recipients(0)
    container = seal(
        b"x", sealed_to, submission_id=bytes(16), terminal="T0421", service="s", created=Stamp("b", 1, 1)
    )
    (lost,) = tmp_path.glob("seal-*.pem")
    lost.unlink()
    keys.make_seal_key(tmp_path, keys.SEAL, HPKE_AES)
    assert open_container(container, keys.load(tmp_path).seal)[1] == b"x"


def test_the_platform_runs_without_root_and_escrow_keys(tmp_path: Path) -> None:
    keys.make_missing(tmp_path)
    key_set.make_first(tmp_path, utc_now())
    for path in (*tmp_path.glob("root-*.pem"), *tmp_path.glob("escrow-*.pem")):
        path.unlink()
    keys.make_missing(tmp_path)
    ring = keys.load(tmp_path)
    assert verify_key_set(ring.key_set or b"", ring.root).version == 1
    before = sorted(tmp_path.iterdir())
    with pytest.raises(keys.KeysMissingError, match="no root key"):
        key_set.rotate(tmp_path, KeyRole.PLATFORM, HPKE_AES, utc_now())
    assert sorted(tmp_path.iterdir()) == before


def test_another_platform_s_root_key_signs_no_set_here(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        keys.make_missing(folder)
        key_set.make_first(folder, utc_now())
    (mine,), (brought,) = here.glob("root-*.pem"), there.glob("root-*.pem")
    mine.unlink()
    (here / brought.name).write_bytes(brought.read_bytes())
    before, files = key_set.read(here), sorted(here.iterdir())
    with pytest.raises(keys.KeysMissingError, match="terminals pin"):
        key_set.rotate(here, KeyRole.PLATFORM, HPKE_AES, utc_now())
    assert (key_set.read(here), sorted(here.iterdir())) == (before, files)


def test_a_file_that_is_no_generation_of_a_key_is_passed_over(tmp_path: Path) -> None:
    keys.make_missing(tmp_path)
    known = keys.load(tmp_path)
    (tmp_path / "seal-old.pem").write_text("somebody's copy")
    (tmp_path / "seal-old-1.sm2").write_text("somebody's copy")
    assert keys.load(tmp_path).seal.keys() == known.seal.keys()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("seal-9-00000000.pem", b"-----BEGIN PRIVATE KEY-----\nhalf"),
        ("ack-9-00000000.pem", b""),
        ("seal-9-00000000.sm2", b"00ff 00ff"),
        ("root.public.json", b'{"root-1": 7}'),
    ],
)
def test_a_damaged_key_is_told_by_its_name(tmp_path: Path, name: str, content: bytes) -> None:
    keys.make_missing(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(keys.KeysMissingError, match=name.split(".", maxsplit=1)[0]):
        keys.load(tmp_path)


@pytest.mark.parametrize("command", [["verify-receipt"], ["code"]])
def test_in_a_folder_that_was_never_initialised_nothing_is_made(tmp_path: Path, command: list[str]) -> None:
    done = CliRunner().invoke(app, [*command, "--data-dir", str(tmp_path), "x"])
    assert (done.exit_code, "never initialised" in done.output, list(tmp_path.iterdir())) == (2, True, [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_device_key_out_of_another_editor_is_taken_or_told(tmp_path: Path, encoding: str) -> None:
    text = FileSigner.make(tmp_path / "key.pem").public.as_text()
    (tmp_path / "key.txt").write_text(text, encoding=encoding)
    arguments = ["init", "--data-dir", str(tmp_path / "home"), "--terminal", TERMINAL]
    done = CliRunner().invoke(app, [*arguments, "--device-key", str(tmp_path / "key.txt")])
    told = "device-key.unreadable" in done.output
    assert (done.exit_code, told) == ((0, False) if encoding == "utf-8-sig" else (2, True))


def test_a_platform_json_from_before_there_were_sets_is_still_used(tmp_path: Path) -> None:
    old = PlatformKeys(seal={"seal-1": bytes(32)}, ack={"a": bytes(32)}, catalogue={"c": bytes(32)})
    told: list[str] = []
    assert [key.kid for key in recipients(KeyKeeper(tmp_path, old, told.append))] == ["seal-1"]


def test_the_served_set_is_the_one_that_was_signed(rotated: Rotated) -> None:
    district = rotated.district
    served = requests.get(
        f"{district.url}/v1/seal-keys", headers={"Authorization": f"Bearer {district.token}"}, timeout=20
    )
    root = {kid: base64.b64decode(key) for kid, key in district.public["root_keys"].items()}
    assert verify_key_set(served.content, root) == key_set.read(district.home.keys)


def _put(district: Platform, meta: Announcement, signature: str) -> requests.Response:
    names = ("digest", "size", "service", "seq", "receipt_no", "kid", "container_ver", "terminal")
    return district.raw(
        "PUT",
        f"/v1/submissions/{meta.submission_id}",
        json={name: getattr(meta, name) for name in names},
        headers={"Device-Signature": signature},
    )


def test_an_announcement_signed_by_the_enrolled_key_is_taken(rotated: Rotated) -> None:
    district, notary = rotated.district, Notary(lambda: rotated.signer)
    sealed = district.sealed()
    with HttpTransport(
        district.url, district.token, TERMINAL, timeout_s=20, sign=notary.announcement
    ) as line:
        assert line.announce(sealed.meta) == Partial(0)


def test_a_signature_of_another_announcement_is_refused(rotated: Rotated) -> None:
    meta = rotated.district.sealed().meta
    other = Notary(lambda: rotated.signer).announcement(replace(meta, digest="00" * 32)) or ""
    answer = _put(rotated.district, meta, other)
    assert (answer.status_code, answer.json()["code"]) == (422, "device-key.bad-signature")


def test_a_key_that_is_not_enrolled_hinders_no_delivery(rotated: Rotated, tmp_path: Path) -> None:
    stranger = FileSigner.make(tmp_path / "other.pem")
    sealed = rotated.district.sealed()
    signed = Notary(lambda: stranger).announcement(sealed.meta) or ""
    assert _put(rotated.district, sealed.meta, signed).status_code == 201


@pytest.mark.parametrize(
    ("number", "status", "said"), [(GENUINE, 0, f"genuine: {GENUINE}"), ("T0421-000001-41", 1, "not genuine")]
)
def test_an_operator_verifies_a_receipt_without_any_network(
    rotated: Rotated, number: str, status: int, said: str
) -> None:
    proof = receipt_proof(rotated.signer, GENUINE, bytes(16), hashlib.sha256(b"container").digest())
    link = f"https://progress.example/case?receipt={number}&proof={proof}"
    arguments = ["verify-receipt", "--data-dir", str(rotated.district.folder), link]
    done = CliRunner().invoke(app, arguments)
    assert (done.exit_code, said in done.output) == (status, True)


@pytest.mark.parametrize(
    ("signed", "unsigned", "taken", "problem"),
    [
        ("right", False, Outcome.ACCEPTED, None),
        ("none", False, Outcome.REFUSED, "device-key.missing"),
        ("none", True, Outcome.ACCEPTED, None),
        ("stranger", False, Outcome.REFUSED, "device-key.unknown-key"),
        ("other", False, Outcome.REFUSED, "device-key.bad-signature"),
        ("other", True, Outcome.REFUSED, "device-key.bad-signature"),
    ],
)
def test_what_comes_on_a_stick_is_taken_when_its_terminal_signed_it(
    rotated: Rotated,
    tmp_path: Path,
    *,
    signed: str,
    unsigned: bool,
    taken: Outcome,
    problem: str | None,
) -> None:
    sealed = rotated.district.sealed()
    notary = Notary(lambda: rotated.signer)
    stranger = Notary(lambda: FileSigner.make(tmp_path / "stranger.pem"))
    signature = {
        "right": notary.announcement(sealed.meta),
        "none": None,
        "stranger": stranger.announcement(sealed.meta),
        "other": notary.announcement(replace(sealed.meta, service="another")),
    }[signed]
    answer = rotated.district.desk(
        "POST",
        "/v1/desk/containers",
        params={"receipt_no": sealed.meta.receipt_no, "proof": "unsigned" if unsigned else "signed"},
        headers={} if signature is None else {"Device-Signature": signature},
        data=sealed.container,
    )
    result = ImportedOut.model_validate_json(answer.content)
    assert (result.outcome, result.problem) == (taken, problem)
