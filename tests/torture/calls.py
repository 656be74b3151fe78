"""System calls that leave a trace outside of a process, and the seccomp filter that stops at them.

The child puts the filter on itself; every watched call then waits at the kernel's entry until the supervisor,
who holds the listener, says what becomes of it (``gate``). Exact to the call, for SQLite's as for Python's,
at about 0.25 ms a call; a debugger's delays (strace) need a second for the same cut.
"""

import ctypes
import os
import platform
import struct
from typing import Final, Literal

Watch = Literal["changes", "everything"]
"""Stop at what changes or flushes files, or at every call but memory, locks and the end."""

BY_NAME: Final = {
    "write": 1,
    "pwrite64": 18,
    "writev": 20,
    "fsync": 74,
    "fdatasync": 75,
    "truncate": 76,
    "ftruncate": 77,
    "rename": 82,
    "mkdir": 83,
    "rmdir": 84,
    "link": 86,
    "unlink": 87,
    "symlink": 88,
    "openat": 257,
    "mkdirat": 258,
    "unlinkat": 263,
    "renameat": 264,
    "linkat": 265,
    "sync_file_range": 277,
    "fallocate": 285,
    "pwritev": 296,
    "renameat2": 316,
    "copy_file_range": 326,
    "pwritev2": 328,
}
BY_NUMBER: Final = {number: name for name, number in BY_NAME.items()}
ON_DESCRIPTORS: Final = frozenset(
    {"write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "fallocate", "pwritev", "pwritev2"}
)

# mmap mprotect munmap brk rt_sig* mremap madvise getpid clone sendmsg exit gettid futex sched_yield
# set_robust_list clock_* exit_group rseq clone3: nobody outside can tell what came before them from what
# came after. sendmsg hands the listener over.
_SILENT: Final = (
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    24,
    25,
    28,
    39,
    46,
    56,
    60,
    186,
    202,
    228,
    230,
    231,
    273,
    334,
    435,
)

_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _NOTIFY = 0x7FFF0000, 0x7FC00000
_NUMBER_AT, _ARCH_AT, _OPEN_FLAGS_AT = 0, 4, 32
_X86_64: Final = 0xC000003E
_SECCOMP, _SET_FILTER, _LISTENER, _ALL_THREADS, _THREADS_AS_ERROR = 317, 1, 8, 1, 16
_NO_NEW_PRIVILEGES: Final = 38

libc: Final = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def why_not_here() -> str | None:
    """Return why no gate can be put up on this machine, or None."""
    if platform.machine() != "x86_64":
        return f"the gate knows the system calls of x86-64 only, this is {platform.machine()}"
    return None


def put_up(watch: Watch) -> int:
    """Filter this process, all its threads and children from now on, and return the listener."""
    code = _changes() if watch == "changes" else _everything()
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(buffer))
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no_new_privs")
    flags = _LISTENER | _ALL_THREADS | _THREADS_AS_ERROR
    listener = int(libc.syscall(_SECCOMP, _SET_FILTER, flags, ctypes.byref(program)))
    if listener < 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    return listener


def _changes() -> bytes:
    lines = [_step(_LOAD, _ARCH_AT), _step(_EQUAL, _X86_64, 1, 0), _step(_RETURN, _ALLOW)]
    lines.append(_step(_LOAD, _NUMBER_AT))
    for number in BY_NUMBER:
        if number != BY_NAME["openat"]:
            lines += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _NOTIFY)]
    # Opening is a change only where it may create or empty a file.
    lines += [_step(_EQUAL, BY_NAME["openat"], 0, 3), _step(_LOAD, _OPEN_FLAGS_AT)]
    lines += [_step(_ANY_BIT, os.O_CREAT | os.O_TRUNC, 0, 1), _step(_RETURN, _NOTIFY)]
    return b"".join([*lines, _step(_RETURN, _ALLOW)])


def _everything() -> bytes:
    lines = [_step(_LOAD, _ARCH_AT), _step(_EQUAL, _X86_64, 1, 0), _step(_RETURN, _ALLOW)]
    lines.append(_step(_LOAD, _NUMBER_AT))
    for number in _SILENT:
        lines += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _ALLOW)]
    return b"".join([*lines, _step(_RETURN, _NOTIFY)])


def _step(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, operand)
