"""Keeps Qt's VNC server on this machine: the plugin itself would listen on every interface."""

import os
import socket
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEventLoop

from ui.errors import DisplayError

_PATIENCE_S = 5.0


def listening_sockets() -> dict[int, str]:
    """Return the TCP sockets on which this process listens: descriptor → local address."""
    found: dict[int, str] = {}
    for entry in Path("/proc/self/fd").iterdir():
        try:
            if not entry.readlink().name.startswith("socket:"):
                continue
            with socket.socket(fileno=os.dup(int(entry.name))) as view:
                listens = view.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
                if listens and view.family in (socket.AF_INET, socket.AF_INET6):
                    found[int(entry.name)] = str(view.getsockname()[0])
        except OSError:
            continue  # closed meanwhile
    return found


def confine_to_loopback(before: dict[int, str], port: int) -> None:
    """Put a socket on ``127.0.0.1:port`` in the place of the one that Qt's VNC server listens on.

    The VNC plugin takes no address. Its socket is replaced under its descriptor before the event loop has
    read it once, so nobody outside was ever served.

    Args:
        before: ``listening_sockets()`` before the application object was made.
        port: Loopback port to serve.

    Raises:
        DisplayError: ``ui.vnc-exposed`` when the server's socket cannot be found or replaced.
    """
    deadline_s = monotonic() + _PATIENCE_S
    while not (opened := listening_sockets().keys() - before.keys()):
        if monotonic() > deadline_s:
            raise DisplayError("ui.vnc-exposed", "the VNC server's socket was not found")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeSocketNotifiers)
    try:
        with socket.create_server(("127.0.0.1", port)) as loopback:
            loopback.setblocking(False)  # noqa: FBT003  # the socket module's own signature
            for descriptor in opened:
                os.dup2(loopback.fileno(), descriptor, inheritable=False)
    except OSError as error:
        raise DisplayError("ui.vnc-exposed", f"port {port}: {error.strerror}") from error
    now = listening_sockets()
    if any(now.get(descriptor) != "127.0.0.1" for descriptor in opened):
        raise DisplayError("ui.vnc-exposed", "the VNC server listens beyond loopback")
