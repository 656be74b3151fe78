"""What keeps a resident's data inside this process, also when it dies."""

import ctypes
import resource

_PR_SET_DUMPABLE = 4


def keep_memory_private() -> None:
    """Write no core dump, and let no other process of this user look into the memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
