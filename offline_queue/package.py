"""An application as one stream of bytes: a manifest and the parts it names.

Layout: 4 bytes big-endian length of the manifest, the manifest as UTF-8 JSON, the parts' bytes in the order
of the manifest, nothing after them. The stream exists in memory only; ``offline_queue.seal`` encrypts it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from offline_queue.errors import PackageError

_VERSION: Final = 1
_LENGTH_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One document of an application, e.g. the PDF of a scanned page.

    Args:
        name: File name unique within the application.
        media_type: e.g. ``"application/pdf"``.
        data: The document's bytes.
    """

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PartEntry:
    """What the manifest says of one part: name, media type, size in bytes, SHA-256 in hex."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The form as filled in, and the list of parts that follow.

    Args:
        version: Layout of the stream; this module writes 1.
        form: The application's data, JSON-able. Personal: kept out of the repr.
        parts: The documents, in the order of the stream.
    """

    version: int
    form: dict[str, object] = field(repr=False)
    parts: tuple[PartEntry, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A package read back: the form and its parts."""

    form: dict[str, object] = field(repr=False)
    parts: tuple[Part, ...]


def pack(form: Mapping[str, object], parts: Sequence[Part] = ()) -> bytes:
    """Write a form and its parts as one stream.

    Raises:
        PackageError: See ``pack_pieces``.
    """
    return b"".join(pack_pieces(form, parts))


def pack_pieces(form: Mapping[str, object], parts: Sequence[Part] = ()) -> tuple[bytes, ...]:
    """Return the stream of ``pack`` in pieces, the parts' own bytes among them: nothing large is copied.

    Raises:
        PackageError: ``package.malformed`` when the form is not JSON-able or two parts share a name.
    """
    names = [part.name for part in parts]
    if len(set(names)) != len(names):
        raise PackageError("package.malformed", "two parts share a name")
    entries = tuple(
        PartEntry(part.name, part.media_type, len(part.data), hashlib.sha256(part.data).hexdigest())
        for part in parts
    )
    try:
        manifest = msgspec.json.encode(Manifest(_VERSION, dict(form), entries))
    except (TypeError, ValueError) as error:
        # The encoder's message may quote a value of the form, so it is not passed on.
        raise PackageError("package.malformed", "the form is not JSON-able") from error
    length = len(manifest).to_bytes(_LENGTH_BYTES, "big")
    return (length, manifest, *(part.data for part in parts))


def unpack(stream: bytes) -> Package:
    """Read a stream written by ``pack`` and prove each part against the manifest.

    Raises:
        PackageError: ``package.malformed`` for a wrong layout or an unknown version,
            ``package.part-damaged`` when a part's bytes do not match its hash.
    """
    view = memoryview(stream)
    start = _LENGTH_BYTES + int.from_bytes(view[:_LENGTH_BYTES], "big")
    try:
        manifest = msgspec.convert(json.loads(bytes(view[_LENGTH_BYTES:start])), Manifest)
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise PackageError("package.malformed", "unreadable manifest") from error
    if manifest.version != _VERSION:
        raise PackageError("package.malformed", f"version {manifest.version}")
    if len(stream) != start + sum(entry.size for entry in manifest.parts):
        raise PackageError("package.malformed", "length differs from the manifest")
    parts: list[Part] = []
    for entry in manifest.parts:
        data = bytes(view[start : start + entry.size])
        if entry.size < 0 or hashlib.sha256(data).hexdigest() != entry.sha256:
            raise PackageError("package.part-damaged", f"part {len(parts)}")
        parts.append(Part(entry.name, entry.media_type, data))
        start += entry.size
    return Package(manifest.form, tuple(parts))
