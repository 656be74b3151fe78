"""A folder of containers exported by a terminal, e.g. on a USB stick: read, checked, reported file by file.

The folder holds ``manifest.json`` (``terminal``, ``exported_at``, ``items``) and the containers it names. The
manifest proves nothing by itself; it says which receipt belongs to which file, and carries for each the
signature of the terminal's device key, which does.
"""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from district.acceptance.importing import ImportedOut, Outcome
from district.acceptance.uploads import CONTAINER_BYTES_MAX
from offline_queue.numbers import check_number

MANIFEST: Final = "manifest.json"
_VERSION: Final = 1
_MANIFEST_BYTES_MAX: Final = 64 * 1024 * 1024
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}\.zwq")
_SIGNATURE: Final = re.compile(r"[!-~]{0,200}")
_RECEIPT_NO_MAX: Final = 40
Take = Callable[[str, bytes, str], ImportedOut]
"""Takes a container under a receipt number, with its terminal's signature or ``""``."""


class StickError(Exception):
    """The folder is no export of a terminal; the text says why, for the person who brought it."""


class Item(msgspec.Struct, frozen=True):
    """One line of the manifest, as the terminal wrote it."""

    receipt_no: str
    seq: int
    submission_id: str
    digest: str
    size: int
    service: str
    kid: str
    file: str
    device_signature: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """What the terminal wrote of the export."""

    terminal: str
    exported_at: str
    items: tuple[Item, ...]
    version: int = _VERSION


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one file."""

    file: str
    receipt_no: str
    result: ImportedOut

    @property
    def is_settled(self) -> bool:
        """Tell whether the application is settled, now or before."""
        return self.result.outcome in {Outcome.ACCEPTED, Outcome.ALREADY}


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an export.

    Raises:
        StickError: There is none, or it is not one.
    """
    try:
        manifest = msgspec.json.decode(_read(folder / MANIFEST, _MANIFEST_BYTES_MAX), type=Manifest)
    except (OSError, ValueError, RecursionError) as error:
        raise StickError(f"{folder / MANIFEST} cannot be read as the manifest of an export") from error
    if manifest.version != _VERSION:
        raise StickError(f"an export of version {manifest.version}; this program reads {_VERSION}")
    return manifest


def bring_in(folder: Path, take: Take) -> Iterator[Report]:
    """Hand every container of ``folder`` to ``take``, in the order of their numbers.

    Yields:
        One report for each line of the manifest, then one for each container that no line names.

    Raises:
        StickError: The folder is no export.
    """
    manifest = read_manifest(folder)
    for item in sorted(manifest.items, key=lambda item: item.seq):
        yield Report(item.file, item.receipt_no, _bring(folder, item, take))
    named = {item.file for item in manifest.items}
    for path in sorted(folder.glob("*.zwq")):
        if path.name not in named:
            yield Report(path.name, "", _refused("import.not-listed"))


def _bring(folder: Path, item: Item, take: Take) -> ImportedOut:
    if problem := _misspelt(item):
        return _refused(problem)
    try:
        container = _read(folder / item.file, CONTAINER_BYTES_MAX)
    except ValueError:
        return _refused("submission.too-large")
    except OSError:
        return _refused("import.missing-file")
    if hashlib.sha256(container).hexdigest() != item.digest:
        return _refused("import.damaged-file")
    return take(item.receipt_no, container, item.device_signature)


def _misspelt(item: Item) -> str:
    # A stick comes from outside: a name in its manifest must not lead out of its folder, and what no request
    # to the server can carry must not keep the lines after it from being brought in.
    if not _PLAIN_NAME.fullmatch(item.file):
        return "import.bad-name"
    if len(item.receipt_no) > _RECEIPT_NO_MAX or not check_number(item.receipt_no):
        return "submission.bad-receipt-no"
    return "" if _SIGNATURE.fullmatch(item.device_signature) else "device-key.bad-signature"


def _read(path: Path, bytes_max: int) -> bytes:
    """Read a regular file of at most ``bytes_max``; a larger one raises ValueError, anything else OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("not a regular file")
        content = file.read(bytes_max + 1)
    if len(content) > bytes_max:
        raise ValueError("larger than it may be")
    return content


def _refused(code: str) -> ImportedOut:
    return ImportedOut(outcome=Outcome.REFUSED, problem=code)
