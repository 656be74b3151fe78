import json
from importlib.resources import files
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.loader import SIGNED_CONTEXT, load_builtin, overlay
from kiosk.domain.text import Language

BUILTIN = load_builtin()
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()


def item_files(code: str) -> dict[str, Any]:
    root = files("kiosk.catalogue") / "items" / code
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in root.iterdir()}


def package(version: int = 7, **items: dict[str, Any]) -> bytes:
    content = {
        "version": version,
        "issued_at": "2026-06-01T08:00:00+00:00",
        "items": {code.replace("_", "-"): item for code, item in items.items()},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sign(data: bytes) -> bytes:
    return KEY.sign(SIGNED_CONTEXT + data)


def refused(data: bytes, signature: bytes, *keys: bytes, on: Catalogue = BUILTIN) -> str:
    with pytest.raises(CatalogueError) as caught:
        overlay(on, data, signature, keys)
    return caught.value.code


def test_a_signed_package_replaces_items_and_keeps_the_others() -> None:
    changed = item_files("residence-registration")
    changed["item.json"]["name"]["en"] = "Registering where you live"
    data = package(residence_registration=changed)
    after = overlay(BUILTIN, data, sign(data), [PUBLIC])
    assert after.item("residence-registration").name.en == "Registering where you live"
    assert len(after.items) == len(BUILTIN.items)
    assert after.version == 7
    assert after.search("registering where", Language.EN)[0].code == "residence-registration"
    assert BUILTIN.item("residence-registration").name.en == "Residence registration"


def test_a_new_item_is_only_data() -> None:
    new = item_files("passport")
    new["item.json"]["code"] = "reading-glasses"
    data = package(reading_glasses=new)
    assert overlay(BUILTIN, data, sign(data), [PUBLIC]).item("reading-glasses").filing == "window"


def test_a_bad_signature_is_refused_by_its_code() -> None:
    data = package()
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert refused(data, KEY.sign(data), PUBLIC) == "catalogue.bad-signature"
    assert refused(data, other.sign(SIGNED_CONTEXT + data), PUBLIC) == "catalogue.bad-signature"
    assert refused(data + b" ", sign(data), PUBLIC) == "catalogue.bad-signature"
    assert refused(data, b"short", PUBLIC) == "catalogue.bad-signature"
    assert refused(data, sign(data), b"no key") == "catalogue.bad-signature"
    assert refused(data, sign(data)) == "catalogue.bad-signature"


def test_one_of_several_keys_is_enough_so_that_keys_can_be_changed() -> None:
    data = package()
    old = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    assert overlay(BUILTIN, data, sign(data), [old, PUBLIC]).version == 7


def test_an_older_package_is_not_put_over_a_newer_one() -> None:
    newer = package(8)
    catalogue = overlay(BUILTIN, newer, sign(newer), [PUBLIC])
    older = package(7)
    assert refused(older, sign(older), PUBLIC, on=catalogue) == "catalogue.outdated"


@pytest.mark.parametrize("data", [b"", b"[]", b'{"version": 0}', b'{"version": 1, "items": {}}', b"\xff"])
def test_a_signed_package_of_another_shape_is_refused(data: bytes) -> None:
    assert refused(data, sign(data), PUBLIC) == "catalogue.bad-package"


def test_one_bad_item_refuses_the_package_whole() -> None:
    bad = item_files("residence-registration")
    del bad["form.ui.json"]
    data = package(passport=item_files("passport"), residence_registration=bad)
    assert refused(data, sign(data), PUBLIC) == "catalogue.bad-item"


def test_the_catalogue_that_a_district_signs_is_read_whole() -> None:
    every = {item.code.replace("-", "_"): item_files(item.code) for item in BUILTIN.items}
    data = package(1, **every)
    assert overlay(BUILTIN, data, sign(data), [PUBLIC]).items == BUILTIN.items
