"""Where the catalogue comes from: built in, overlaid by the district's signed package."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import AwareDatetime, Field, ValidationError

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.files import Strict
from kiosk.catalogue.reading import Entry, read_item

SIGNED_CONTEXT = b"zhiwang-catalogue-v1\n"
"""Signed in front of the package, so that no other signature of the same key can pass for one."""
_BUILTIN_ISSUED_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""Older than whatever a district issues."""


class _Package(Strict):
    """What a district signs: item code → file name → content."""

    version: Annotated[int, Field(ge=1)]
    issued_at: AwareDatetime
    items: dict[str, dict[str, Any]]


@cache
def load_builtin() -> Catalogue:
    """Load the items that come with the program: once a process, and as one value.

    Raises:
        CatalogueError: ``catalogue.bad-item``.
    """
    return Catalogue(_read_folders(files("kiosk.catalogue") / "items"), 0, _BUILTIN_ISSUED_AT)


def overlay(catalogue: Catalogue, package: bytes, signature: bytes, keys: Iterable[bytes]) -> Catalogue:
    """Return ``catalogue`` with the items of a signed package put over it and added to it.

    Nothing of a package is used unless all of it can be: the catalogue handed in stays in force.

    Args:
        catalogue: What is in force.
        package: Canonical JSON (keys sorted, no white space, UTF-8) of ``{version, issued_at, items}``.
        signature: Ed25519 over ``SIGNED_CONTEXT`` and ``package``, 64 bytes.
        keys: Raw Ed25519 public keys of the district, each 32 bytes; one has to fit.

    Raises:
        CatalogueError: ``catalogue.bad-signature``, ``catalogue.bad-package``, ``catalogue.outdated`` (older
            than what is in force: an old package that was signed once is no reason to go back) or
            ``catalogue.bad-item``.
    """
    if not any(_signed_by(key, package, signature) for key in keys):
        raise CatalogueError("catalogue.bad-signature", "signed by no key of this terminal's district")
    try:
        content = _Package.model_validate_json(package)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CatalogueError("catalogue.bad-package", f"{where}: {first['msg']}") from error
    if content.version < catalogue.version:
        raise CatalogueError("catalogue.outdated", f"version {content.version} after {catalogue.version}")
    entries = {entry.item.code: entry for entry in catalogue.entries}
    entries |= {code: read_item(code, folder) for code, folder in content.items.items()}
    return Catalogue(entries.values(), content.version, content.issued_at)


def _signed_by(key: bytes, package: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, SIGNED_CONTEXT + package)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read_folders(root: Traversable) -> Iterator[Entry]:
    folders = sorted((entry for entry in root.iterdir() if entry.is_dir()), key=lambda folder: folder.name)
    entries = [read_item(folder.name, _read_files(folder)) for folder in folders]
    # What can be done here stands above what can only be read about, and what most come for above the rest.
    yield from sorted(entries, key=lambda entry: (entry.item.filing, entry.item.rank))


def _read_files(folder: Traversable) -> Mapping[str, object]:
    read: dict[str, object] = {}
    for path in folder.iterdir():
        if not path.name.endswith(".json"):
            continue
        try:
            read[path.name] = cast("object", json.loads(path.read_text(encoding="utf-8")))
        except ValueError as error:
            raise CatalogueError("catalogue.bad-item", f"{folder.name}/{path.name}: $: {error}") from error
    return read
