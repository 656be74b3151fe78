import json
import shutil
from pathlib import Path

import pytest

from district.catalogue.package import Catalogue
from district.home import Home, initialise, open_services
from district.import_command import import_folder
from district.times import utc_now
from kiosk.backend import BackendError, CataloguePackage, NotModified, verify_catalogue
from kiosk.catalogue.loader import load_builtin, overlay
from kiosk.catalogue_keeper import KEPT, CatalogueKeeper
from tests.contract.platform import CATALOGUE, ITEM, TERMINAL, Platform


def _fetch(platform: Platform, etag: str = "") -> CataloguePackage:
    with platform.client() as client:
        package = client.catalogue(etag)
    assert isinstance(package, CataloguePackage)
    return package


def test_the_catalogue_arrives_as_it_lies_in_its_folder(platform: Platform) -> None:
    package = _fetch(platform)
    assert set(package.items) == {path.parent.name for path in CATALOGUE.glob("*/item.json")}
    assert package.items[ITEM]["item.json"] == json.loads((CATALOGUE / ITEM / "item.json").read_text("utf-8"))


def test_the_terminal_lays_the_package_over_its_built_in_catalogue(platform: Platform) -> None:
    package = _fetch(platform)
    laid = overlay(load_builtin(), package.package, package.signature, platform.catalogue_keys.values())
    assert laid.version == package.version


def test_a_catalogue_that_the_disk_does_not_take_is_in_force_all_the_same(
    platform: Platform, tmp_path: Path
) -> None:
    told: list[str] = []
    keeper = CatalogueKeeper(tmp_path, platform.catalogue_keys, told.append)
    (tmp_path / KEPT).with_suffix(".new").mkdir()
    with platform.client() as client:
        newer = keeper.refresh(client)
        assert newer is not None
        assert keeper.refresh(client) is None
    assert (newer.version, told) == (_fetch(platform).version, ["catalogue.not-kept"])


def test_a_catalogue_that_the_terminal_has_is_not_sent_again(platform: Platform) -> None:
    etag = _fetch(platform).etag
    with platform.client() as client:
        assert client.catalogue(etag) == NotModified()


def test_a_kept_package_can_be_verified_again(platform: Platform) -> None:
    package = _fetch(platform)
    assert verify_catalogue(package.raw, platform.catalogue_keys).items == package.items


@pytest.mark.parametrize(
    ("field", "changed"), [("version", 99), ("items", {}), ("issued_at", "2030-01-01T00:00:00+00:00")]
)
def test_a_changed_package_is_not_believed(platform: Platform, field: str, changed: object) -> None:
    signed = json.loads(_fetch(platform).raw)
    signed["package"][field] = changed
    with pytest.raises(BackendError) as refused:
        verify_catalogue(json.dumps(signed).encode(), platform.catalogue_keys)
    assert refused.value.code == "catalogue.bad-signature"


@pytest.mark.parametrize("signature", ["", "AAAA", "not base64!", "A" * 88])
def test_a_signature_that_is_none_is_not_believed(platform: Platform, signature: str) -> None:
    signed = json.loads(_fetch(platform).raw)
    signed["signature"]["ed25519"] = signature
    with pytest.raises(BackendError) as refused:
        verify_catalogue(json.dumps(signed).encode(), platform.catalogue_keys)
    assert refused.value.code == "catalogue.bad-signature"


def test_a_package_signed_by_a_key_that_is_not_pinned_is_not_believed(platform: Platform) -> None:
    with platform.client(catalogue_keys={}) as client, pytest.raises(BackendError) as refused:
        client.catalogue()
    assert refused.value.code == "catalogue.unknown-key"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"package": 1, "signature": {}}',
        b'{"package": {"version": NaN}, "signature": {"kid": "k", "ed25519": ""}}',
        b'{"package": {"version": "\\ud800"}, "signature": {"kid": "k", "ed25519": ""}}',
    ],
)
def test_what_is_no_package_is_told_as_malformed(raw: bytes) -> None:
    with pytest.raises(BackendError) as refused:
        verify_catalogue(raw, {})
    assert refused.value.code == "catalogue.malformed"


def test_the_version_grows_with_the_content_and_only_then(new_home: Home, tmp_path: Path) -> None:
    shutil.copytree(CATALOGUE / ITEM, tmp_path / "items" / ITEM)
    initialise(new_home, TERMINAL, utc_now)
    first = _served(new_home, tmp_path / "items")
    again = _served(new_home, tmp_path / "items")
    item = tmp_path / "items" / ITEM / "item.json"
    item.write_text(json.dumps({**json.loads(item.read_text("utf-8")), "theme": "care"}), "utf-8")
    changed = _served(new_home, tmp_path / "items")
    assert again == first
    assert changed.etag != first.etag
    versions = [json.loads(served.body)["package"]["version"] for served in (first, again, changed)]
    assert versions == [1, 1, 2]


def test_containers_brought_in_by_hand_change_no_catalogue(new_home: Home, tmp_path: Path) -> None:
    initialise(new_home, TERMINAL, utc_now)
    before = _served(new_home, CATALOGUE)
    (tmp_path / "manifest.json").write_text('{"terminal": "T0421", "exported_at": "", "items": []}')
    assert list(import_folder(new_home, tmp_path, None, utc_now)) == []
    assert _served(new_home, CATALOGUE) == before


def _served(home: Home, folder: Path) -> Catalogue:
    with open_services(home, folder, utc_now) as services:
        return services.catalogue
