"""Small files that a power cut leaves whole: as they were, or as they are to be."""

import os
from pathlib import Path


def replace_durably(path: Path, content: bytes) -> None:
    """Write a file in place of the former one, which stands until the new one is on the disk.

    Raises:
        OSError: The disk refuses; the former file is as it was.
    """
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names of new files survive a power cut too.

    Raises:
        OSError: The disk refuses.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
