import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from district.home import HomeError, open_services
from district.times import utc_now
from offline_queue.package import Part
from offline_queue.seal import PlatformKey
from offline_queue.transport import Accepted, Conflict, Partial, Trouble, TryLater
from tests.contract.hosted import Hosted
from tests.contract.platform import ITEM, NAME, Platform, Sealed

PDF = b"%PDF-1.7\n" + bytes(300_000)


def _half_sent(platform: Platform) -> tuple[Sealed, int]:
    sealed = platform.sealed(Part("scan.pdf", "application/pdf", PDF))
    with platform.transport() as transport:
        transport.announce(sealed.meta)
        answer = transport.append(sealed.meta.submission_id, 0, sealed.container[:200_000], last=False)
    assert answer == Partial(200_000)
    return sealed, 200_000


def test_an_upload_goes_on_where_it_was_after_the_platform_was_killed(own_platform: Platform) -> None:
    sealed, offset = _half_sent(own_platform)
    own_platform.kill()
    with own_platform.transport() as transport:
        assert transport.status(sealed.meta.submission_id) == TryLater(Trouble.OFFLINE)
    own_platform.start()
    with own_platform.transport() as transport:
        assert transport.status(sealed.meta.submission_id) == Partial(offset)
        rest = sealed.container[offset:]
        accepted = transport.append(sealed.meta.submission_id, offset, rest, last=True)
    assert isinstance(accepted, Accepted)
    own_platform.kill()
    own_platform.start()
    with own_platform.transport() as transport:
        assert transport.status(sealed.meta.submission_id) == accepted


def test_an_upload_whose_file_was_lost_starts_again(host: Hosted) -> None:
    sealed, offset = _half_sent(host)
    (stored,) = (host.folder / "containers").rglob(f"{sealed.meta.submission_id}.zwq")
    stored.unlink()
    with host.transport() as transport:
        rest = sealed.container[offset:]
        assert transport.append(sealed.meta.submission_id, offset, rest, last=True) == Partial(0)
        assert isinstance(
            transport.append(sealed.meta.submission_id, 0, sealed.container, last=True), Accepted
        )


def test_nothing_of_a_person_stands_in_the_log(own_platform: Platform) -> None:
    sealed = own_platform.sealed()
    own_platform.deliver(sealed)
    log = own_platform.log.read_text()
    assert sealed.meta.submission_id in log
    assert NAME not in log
    assert "9908" not in log
    assert ITEM not in log


def test_a_container_sealed_to_a_missing_key_is_opened_once_the_key_is_back(host: Hosted) -> None:
    (key,) = (host.folder / "keys").glob("seal-*.pem")
    host.stop()
    kept = key.rename(host.folder / key.name)
    host.init()
    host.start()
    sealed = host.sealed(keys=[PlatformKey(kept.stem, _public(kept))])
    with host.transport() as transport:
        transport.announce(sealed.meta)
        refused = transport.append(sealed.meta.submission_id, 0, sealed.container, last=True)
    assert refused == Conflict("platform.unknown-key")
    host.stop()
    kept.rename(key)
    host.start()
    with host.transport() as transport:
        assert isinstance(transport.status(sealed.meta.submission_id), Accepted)


def _public(path: Path) -> bytes:
    key = load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, X25519PrivateKey)
    return key.public_key().public_bytes_raw()


def test_a_folder_is_served_by_one_process_only(own_platform: Platform) -> None:
    with pytest.raises(HomeError), open_services(own_platform.home, None, utc_now):
        pass


def test_a_platform_that_was_never_made_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "district", "serve", "--data-dir", str(tmp_path)]
    failed = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert failed.returncode == 2
    assert "no seal key" in failed.stderr


def test_the_ready_file_is_there_only_while_the_platform_answers(own_platform: Platform) -> None:
    ready = own_platform.folder / "district.json"
    assert own_platform.url in ready.read_text()
    own_platform.stop()
    assert not ready.exists()
    with own_platform.transport() as transport:
        assert transport.ping() == TryLater(Trouble.OFFLINE)
