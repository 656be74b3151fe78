# Containers carried to the district by hand make the same cases as delivered ones, and never a second one.
import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from district.acceptance.importing import take
from district.acceptance.receipts import find_receipt
from district.home import Home, HomeError, initialise
from district.import_command import import_folder
from district.stick import StickError, bring_in, read_manifest
from district.times import utc_now
from offline_queue.delivery import Delivered
from offline_queue.numbers import make_number
from offline_queue.seal import PlatformKey
from offline_queue.transport import Accepted, Holding, Holdings, Partial, Reconciled
from tests.contract.hosted import Hosted
from tests.contract.platform import CATALOGUE, TERMINAL, Platform, Sealed

NEWER = b'{"terminal": "T0421", "exported_at": "", "items": [], "version": 2}'


def _item(sealed: Sealed, file: str | None = None, **changed: Any) -> dict[str, Any]:
    meta = asdict(sealed.meta)
    names = ("receipt_no", "seq", "submission_id", "digest", "size", "service", "kid")
    return {name: meta[name] for name in names} | {"file": file or f"{meta['receipt_no']}.zwq"} | changed


def _exported(folder: Path, sealed: Sequence[Sealed], items: Sequence[dict[str, Any]] | None = None) -> Path:
    folder.mkdir()
    for one in sealed:
        (folder / f"{one.meta.receipt_no}.zwq").write_bytes(one.container)
    manifest = {
        "terminal": TERMINAL,
        "exported_at": "2026-01-01T00:00:00Z",
        "items": [_item(one) for one in sealed] if items is None else items,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def _import(host: Hosted, folder: Path) -> dict[str, str]:
    """File → what became of it, with its problem."""
    reports = bring_in(folder, partial(take, host.services))
    return {one.file: " ".join(filter(None, (one.result.outcome, one.result.problem))) for one in reports}


def test_an_imported_container_is_a_case_and_its_terminal_hears_of_it(host: Hosted, tmp_path: Path) -> None:
    sealed = [host.sealed() for _ in range(2)]
    reports = _import(host, _exported(tmp_path / "stick", sealed))
    assert reports == {f"{one.meta.receipt_no}.zwq": "accepted" for one in sealed}
    for one in sealed:
        held = Holding(one.meta.seq, one.meta.submission_id, one.meta.digest[:8], "queued")
        with host.transport() as transport:
            answer = transport.reconcile(
                Holdings(TERMINAL, one.meta.seq, one.meta.seq, one.meta.seq, (held,))
            )
            assert isinstance(answer, Reconciled)
            assert answer.settled == (transport.status(one.meta.submission_id),)
        assert host.cases(one.meta.submission_id) == 1


def test_importing_again_makes_no_second_case(host: Hosted, tmp_path: Path) -> None:
    sealed = host.sealed()
    folder = _exported(tmp_path / "stick", [sealed])
    name = f"{sealed.meta.receipt_no}.zwq"
    assert [_import(host, folder)[name] for _ in range(3)] == ["accepted", "already", "already"]
    assert isinstance(host.carry(sealed, tried_before=True), Delivered)
    assert host.cases(sealed.meta.submission_id) == 1


def test_what_was_delivered_before_is_not_taken_twice(host: Hosted, tmp_path: Path) -> None:
    sealed = host.sealed()
    host.carry(sealed)
    assert list(_import(host, _exported(tmp_path / "stick", [sealed])).values()) == ["already"]
    assert host.cases(sealed.meta.submission_id) == 1


def test_what_arrived_in_part_is_completed(host: Hosted, tmp_path: Path) -> None:
    sealed = host.sealed()
    with host.transport() as transport:
        transport.announce(sealed.meta)
        assert transport.append(sealed.meta.submission_id, 0, sealed.container[:99], last=False) == Partial(
            99
        )
        assert list(_import(host, _exported(tmp_path / "stick", [sealed])).values()) == ["accepted"]
        rest = sealed.container[99:]
        assert isinstance(transport.append(sealed.meta.submission_id, 99, rest, last=True), Accepted)
    assert host.cases(sealed.meta.submission_id) == 1


def test_another_container_under_a_known_id_is_refused(host: Hosted, tmp_path: Path) -> None:
    sealed = host.sealed()
    with host.transport() as transport:
        transport.announce(replace(sealed.meta, digest="ab" * 32))
    reports = _import(host, _exported(tmp_path / "stick", [sealed]))
    assert list(reports.values()) == ["conflict submission.digest-conflict"]
    assert host.cases(sealed.meta.submission_id) == 0


def test_a_container_that_cannot_be_read_is_set_aside(host: Hosted, tmp_path: Path) -> None:
    sealed = host.sealed(keys=[PlatformKey("seal-0", bytes([9]) + bytes(31))])
    folder = _exported(tmp_path / "stick", [sealed])
    for _ in range(2):
        assert list(_import(host, folder).values()) == ["set-aside submission.unknown-key"]


def test_each_file_is_reported_on_its_own(host: Hosted, tmp_path: Path) -> None:
    good, missing, damaged, cut, stray = (host.sealed() for _ in range(5))
    folder = _exported(
        tmp_path / "stick",
        [good, damaged, stray, cut],
        [
            _item(missing),
            _item(damaged),
            _item(good, "../good.zwq"),
            _item(good, "manifest.json"),
            _item(good, "linked.zwq"),
            _item(good, "folder.zwq"),
            _item(cut, digest=hashlib.sha256(cut.container[:-5]).hexdigest()),
            _item(good),
        ],
    )
    (folder / f"{damaged.meta.receipt_no}.zwq").write_bytes(damaged.container[:-1] + b"\0")
    (folder / f"{cut.meta.receipt_no}.zwq").write_bytes(cut.container[:-5])
    (folder / "linked.zwq").symlink_to(folder / f"{good.meta.receipt_no}.zwq")
    (folder / "folder.zwq").mkdir()
    assert _import(host, folder) == {
        f"{missing.meta.receipt_no}.zwq": "refused import.missing-file",
        f"{damaged.meta.receipt_no}.zwq": "refused import.damaged-file",
        "../good.zwq": "refused import.bad-name",
        "manifest.json": "refused import.bad-name",
        "linked.zwq": "refused import.missing-file",
        "folder.zwq": "refused import.missing-file",
        f"{cut.meta.receipt_no}.zwq": "refused seal.tampered",
        f"{good.meta.receipt_no}.zwq": "accepted",
        f"{stray.meta.receipt_no}.zwq": "refused import.not-listed",
    }


def test_a_receipt_number_of_another_terminal_is_refused(host: Hosted, tmp_path: Path) -> None:
    sealed = host.sealed()
    item = _item(sealed, receipt_no=make_number("T0999", sealed.meta.seq))
    folder = _exported(tmp_path / "stick", [sealed], [item])
    assert list(_import(host, folder).values()) == ["refused submission.bad-receipt-no"]


def test_a_terminal_of_another_district_is_refused(host: Hosted, tmp_path: Path) -> None:
    sealed = host.sealed(terminal="T0999")
    reports = _import(host, _exported(tmp_path / "stick", [sealed]))
    assert list(reports.values()) == ["refused import.unknown-terminal"]


@pytest.mark.parametrize(
    "manifest", [None, b"", b"[]", b'{"terminal": "T0421"}', b"\xff", b"[" * 100_000, NEWER]
)
def test_a_folder_that_is_no_export_is_told_as_such(tmp_path: Path, manifest: bytes | None) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_bytes(manifest)
    with pytest.raises(StickError):
        read_manifest(tmp_path)


def test_the_desk_hands_in_a_single_container(host: Hosted) -> None:
    sealed = host.sealed()
    ask = {"params": {"receipt_no": sealed.meta.receipt_no}, "data": sealed.container}
    assert host.raw("POST", "/v1/desk/containers", **ask).status_code == 401
    first, second = (host.desk("POST", "/v1/desk/containers", **ask).json() for _ in range(2))
    assert (first["outcome"], second["outcome"]) == ("accepted", "already")
    assert first["acceptance_no"] == second["acceptance_no"]
    ask["data"] = b"nothing of use"
    refused = host.desk("POST", "/v1/desk/containers", **ask).json()
    assert (refused["outcome"], refused["problem"]) == ("refused", "seal.malformed")


def test_a_receipt_number_typed_in_small_letters_leads_to_the_case(host: Hosted) -> None:
    sealed = host.sealed()
    typed = f" {sealed.meta.receipt_no.lower()}"
    ask = {"params": {"receipt_no": typed}, "data": sealed.container}
    taken = host.desk("POST", "/v1/desk/containers", **ask).json()
    with host.services.database.reading() as session:
        assert find_receipt(session, typed).acceptance_no == taken["acceptance_no"] is not None


def _outcomes(host: Hosted, folder: Path) -> list[str]:
    return [str(one.result.outcome) for one in import_folder(host.home, folder, CATALOGUE, utc_now)]


def test_a_folder_is_imported_while_the_server_runs_and_while_it_does_not(
    host: Hosted, tmp_path: Path
) -> None:
    first, second = host.sealed(), host.sealed()
    assert _outcomes(host, _exported(tmp_path / "first", [first])) == ["accepted"]
    both = _exported(tmp_path / "both", [first, second])
    host.stop()
    assert _outcomes(host, both) == ["already", "accepted"]
    host.start()
    assert _outcomes(host, both) == ["already", "already"]


def test_a_line_that_no_request_can_carry_stops_no_other(host: Hosted, tmp_path: Path) -> None:
    one, other, third, last = (host.sealed() for _ in range(4))
    items = [
        _item(one, device_signature="0a1b2c3d:\n"),
        _item(other, device_signature="签名"),
        _item(third, receipt_no="9" * 50),
        _item(last),
    ]
    folder = _exported(tmp_path / "stick", [one, other, third, last], items)
    assert _outcomes(host, folder) == ["refused", "refused", "refused", "accepted"]


def test_a_server_that_does_not_answer_yet_is_waited_for_by_a_person(host: Hosted, tmp_path: Path) -> None:
    folder = _exported(tmp_path / "stick", [host.sealed()])
    ready = host.home.ready_file
    kept = ready.read_bytes()
    ready.unlink()
    with pytest.raises(HomeError):
        _outcomes(host, folder)
    ready.write_bytes(kept)


def test_the_command_says_of_each_file_what_became_of_it(tmp_path: Path) -> None:
    home = Home(tmp_path / "district")
    initialise(home, TERMINAL, utc_now)
    sealed = Platform(home.root).sealed()
    items = [_item(sealed), _item(sealed, "\x1b[2J.zwq")]
    folder = _exported(tmp_path / "stick", [sealed], items)
    command = [sys.executable, "-m", "district", "import", str(folder), "--data-dir", str(home.root)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    first, second = (line.split("\t") for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert first[:3] == [sealed.meta.receipt_no, f"{sealed.meta.receipt_no}.zwq", "accepted"]
    assert second[1:] == ["-", "refused", "-", "import.bad-name"]
