"""The catalogue as one signed package.

The signature is Ed25519 over ``CONTEXT`` followed by the canonical JSON of ``package``: UTF-8, keys sorted by
code point, no white space, no escapes but those JSON demands, no NaN and no infinity.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, cast

from district.keys import SigningKey

CONTEXT = b"zhiwang-catalogue-v1\n"
Items = dict[str, dict[str, Any]]


class CatalogueError(Exception):
    """The catalogue's folder cannot be read as a catalogue."""


def canonical(value: object) -> bytes:
    """Return the one spelling of ``value`` that is signed."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def read_items(folder: Path) -> Items:
    """Read ``folder``: each sub-folder with an ``item.json`` is an item; its JSON files are taken as is.

    Returns:
        Item code → relative file name → content.

    Raises:
        CatalogueError: A file is not JSON or cannot be read.
    """
    items: Items = {}
    for entry in sorted(folder.glob("*/item.json")):
        files: dict[str, Any] = {}
        for path in sorted(entry.parent.rglob("*.json")):
            name = path.relative_to(entry.parent).as_posix()
            try:
                files[name] = json.loads(path.read_bytes())
            except (OSError, ValueError) as error:
                raise CatalogueError(f"{entry.parent.name}/{name}: {error}") from error
        items[entry.parent.name] = files
    return items


def content_digest(items: Items) -> str:
    """Return the SHA-256 of the items, hex; equal content gives equal digests."""
    return hashlib.sha256(canonical(items)).hexdigest()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The catalogue as served.

    Args:
        items: Item code → file name → content.
        body: The signed package as sent.
        etag: Names this content, with quotes.
    """

    items: Items
    body: bytes
    etag: str

    def wanted(self, item: str) -> frozenset[str] | None:
        """Return the prefill keys that the item's form names, or None for an unknown item."""
        files = self.items.get(item)
        return None if files is None else frozenset(_prefill_keys(files))

    @property
    def decisive(self) -> frozenset[str]:
        """Return the keys of the facts on which the offers of the items depend."""
        return frozenset(chain.from_iterable(_offer_keys(self._item(item)) for item in self.items))

    def name(self, item: str) -> str | None:
        """Return the item's Chinese name, where the catalogue tells it."""
        text = self._item(item).get("name")
        zh = cast("dict[str, Any]", text).get("zh") if isinstance(text, dict) else text
        return zh if isinstance(zh, str) else None

    def implementation_code(self, item: str) -> str | None:
        """Return the item's 实施编码, where the catalogue tells it."""
        code = self._item(item).get("implementation_code")
        return code if isinstance(code, str) else None

    def _item(self, item: str) -> dict[str, Any]:
        content = self.items.get(item, {}).get("item.json")
        return cast("dict[str, Any]", content) if isinstance(content, dict) else {}


def sign(items: Items, version: int, issued_at: str, key: SigningKey) -> Catalogue:
    """Make the package of ``items``.

    Args:
        items: Item code → file name → content.
        version: Grows with every change of the content.
        issued_at: ISO 8601, UTC.
        key: Signs it.
    """
    package = {"version": version, "issued_at": issued_at, "items": items}
    signature = base64.b64encode(key.private.sign(CONTEXT + canonical(package))).decode()
    body = canonical({"package": package, "signature": {"kid": key.kid, "ed25519": signature}})
    return Catalogue(items, body, f'"{hashlib.sha256(body).hexdigest()}"')


def _offer_keys(item: dict[str, Any]) -> Iterator[str]:
    for rule in item.get("offer", []):
        if rule.get("child") is not None:
            yield "family.child_born"
        yield from rule.get("facts", {})


def _prefill_keys(value: object, *, inside: bool = False) -> Iterator[str]:
    match value:
        case dict():
            for key, part in cast("dict[str, object]", value).items():
                yield from _prefill_keys(part, inside=inside or key == "prefill")
        case list():
            for part in cast("list[object]", value):
                yield from _prefill_keys(part, inside=inside)
        case str() if inside:
            yield value
        case _:
            return
