"""A disk that takes no more: every file of this process ends after so many bytes."""

import resource
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def full_disk(after_bytes: int = 0) -> Generator[None]:
    """Refuse what would make any file longer; the last write before it may find room in part."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (after_bytes, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
