"""A process that may open no further file, as one that has leaked descriptors."""

import resource
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def no_descriptors() -> Generator[None]:
    """Refuse whatever would open something (EMFILE); what is open stays so."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
