"""Copies of sealed applications on a USB stick, for a terminal whose line does not come back.

A folder holds the containers as they are and ``manifest.json``, which says which receipt belongs to which
file; the platform takes such a folder in by the same door as the line, so nothing becomes two cases. The
manifest is written last: a folder without one was interrupted. Nothing here can be read without the
platform's private key, and the applications stay in the queue.
"""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from offline_queue.device_key import Announced
from offline_queue.disk import Disk, tells_of_damage
from offline_queue.errors import StoreError
from offline_queue.folder import file_name
from offline_queue.item import DAMAGED, WAITING
from offline_queue.transport import Announcement
from offline_queue.wire import ItemStatus

MANIFEST: Final = "manifest.json"
FORMAT: Final = "zhiwang-queue-export"
_VERSION: Final = 1
_CHUNK_BYTES: Final = 1024 * 1024
_FAILED: Final = "queue.export-failed"
_log: Final = logging.getLogger(__name__)


class ExportLine(msgspec.Struct, frozen=True):
    """One application of an export; ids and digest in hex, size in bytes."""

    receipt_no: str
    seq: int
    submission_id: str
    digest: str
    size: int
    service: str
    kid: str
    container_ver: int
    file: str
    device_signature: str = ""


class ExportManifest(msgspec.Struct, frozen=True):
    """What a folder holds. Nothing in it names a person."""

    terminal: str
    exported_at: str
    items: tuple[ExportLine, ...]
    format: str = FORMAT
    version: int = _VERSION


@dataclass(frozen=True, slots=True)
class Source:
    """Where the containers lie, whose they are, and who signs for the terminal.

    ``sign`` returns ``<kid>:<base64>``, or None when it cannot sign now: the platform then wants an
    operator's word that it is to be taken unsigned.
    """

    containers: Path
    terminal: str
    sign: Callable[[Announced], str | None] = lambda _said: None


def export(source: Source, items: Iterable[ItemStatus], folder: Path, exported_at: str) -> ExportManifest:
    """Copy what waits into a new folder, flushed, and read it back.

    Args:
        source: Where the containers lie.
        items: What the queue told; what is settled, missing or damaged is left out.
        folder: Made here; its parent must be there.
        exported_at: ISO 8601, as the terminal believes.

    Raises:
        StoreError: ``queue.export-failed``: the stick is full or gone, or gives back something else.
    """
    disk = Disk()
    try:
        folder.mkdir(mode=0o700)
        lines = [
            line
            for item in items
            if item.state in WAITING and (line := _copy(source, item, folder, disk)) is not None
        ]
        manifest = ExportManifest(source.terminal, exported_at, tuple(lines))
        half = folder / f"{MANIFEST}.tmp"
        disk.write_temporary(half, [msgspec.json.format(msgspec.json.encode(manifest), indent=1)])
        disk.publish(half, folder / MANIFEST)
        disk.fsync_directory(folder.parent)
    except OSError as error:
        raise StoreError(_FAILED, type(error).__name__) from error
    if check_export(folder):
        raise StoreError(_FAILED, "what was written does not come back")
    return manifest


def check_export(folder: Path) -> tuple[str, ...]:
    """Return the names of files of an export that are missing or not as they were written.

    Raises:
        StoreError: ``queue.export-failed`` when the manifest cannot be read.
    """
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=ExportManifest)
    except (OSError, ValueError) as error:
        raise StoreError(_FAILED, "no manifest") from error
    return tuple(line.file for line in manifest.items if _digest(folder / line.file) != line.digest)


def _copy(source: Source, item: ItemStatus, folder: Path, disk: Disk) -> ExportLine | None:
    name = file_name(source.terminal, item.seq, item.submission_id)
    half = folder / f"{name}.tmp"
    try:
        container = (source.containers / name).open("rb")
    except FileNotFoundError:
        # Delivered meanwhile, or set aside because it is missing: there is nothing to take along.
        return None
    except OSError as error:
        if not tells_of_damage(error):
            raise  # of all of them: too few descriptors, somebody else's command
        _log.error(DAMAGED, extra={"receipt_no": item.receipt_no})
        return None
    with container:
        digest, size = disk.write_temporary(half, _readable(container))
    if digest != item.digest:
        # Nobody can open it. Taken in, it would stand at the platform for the application, whose own bytes
        # would be refused from then on if it was only this reading that went wrong.
        half.unlink()
        _log.error(DAMAGED, extra={"receipt_no": item.receipt_no})
        return None
    disk.publish(half, folder / name)
    said = Announcement(
        item.submission_id.hex(),
        digest.hex(),
        size,
        item.service,
        item.seq,
        item.receipt_no,
        item.kid,
        item.container_ver,
        source.terminal,
    )
    return ExportLine(
        receipt_no=item.receipt_no,
        seq=item.seq,
        submission_id=item.submission_id.hex(),
        digest=digest.hex(),
        size=size,
        service=item.service,
        kid=item.kid,
        container_ver=item.container_ver,
        file=name,
        device_signature=source.sign(said) or "",
    )


def _readable(container: BinaryIO) -> Iterator[bytes]:
    """Read as far as the disk lets: a bad sector takes nothing from the other applications."""
    try:
        while chunk := container.read(_CHUNK_BYTES):
            yield chunk
    except OSError as error:
        if not tells_of_damage(error):
            raise
        return  # what was read is not as it was stored, which its fingerprint tells


def _digest(path: Path) -> str:
    seen = hashlib.sha256()
    try:
        with path.open("rb") as file:
            # The stick is asked, not what memory still holds of it.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while chunk := file.read(_CHUNK_BYTES):
                seen.update(chunk)
    except OSError:
        return ""
    return seen.hexdigest()
