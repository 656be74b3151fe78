"""Whether a program listens on its Unix socket yet."""

from pathlib import Path

_ACCEPTS = "00010000"
"""``__SO_ACCEPTCON`` in the fourth column of ``/proc/net/unix`` (proc(5))."""


def is_heard(path: Path) -> bool:
    """Tell without connecting: a socket is there once it is bound, and refuses until somebody listens."""
    rows = [line.split() for line in Path("/proc/net/unix").read_text(encoding="utf-8").splitlines()[1:]]
    return any(row[3] == _ACCEPTS and row[7:] == [str(path)] for row in rows)
