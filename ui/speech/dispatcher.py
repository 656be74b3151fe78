"""speech-dispatcher, over its Unix socket."""

import os
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalSocket

from ui.speech import ssip
from ui.speech.model import Chinese, Done, Utterance

_CONNECT_MS = 300
_END, _CANCELLED, _QUEUED = 702, 703, 225
_FIRST_ERROR, _LAST_ERROR = 300, 599
# A daemon whose sound card is gone says that it began, and never that it ended.
_LONGEST_MS, _A_LETTER_MS = 8000, 700


def socket_path() -> Path:
    """Return where the daemon of this user listens."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}")
    return Path(runtime, "speech-dispatcher", "speechd.sock")


class DispatcherMouth:
    """Speaks through the daemon; one connection for as long as it lasts.

    Args:
        chinese: How Chinese is spoken.
        path: The daemon's socket.
    """

    def __init__(self, chinese: Chinese, path: Path) -> None:
        self._chinese: Chinese = chinese
        self._path = path
        self._replies = ssip.Replies()
        self._waiting: Done | None = None
        self._message: str | None = None
        self._socket = QLocalSocket()
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self._gone)
        self._patience = QTimer(self._socket)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._gone)

    def connect(self) -> bool:
        """Connect unless that is done; returns whether the daemon is there."""
        if self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState:
            return True
        self._socket.abort()
        self._replies = ssip.Replies()
        self._socket.connectToServer(str(self._path))
        if not self._socket.waitForConnected(_CONNECT_MS):
            return False
        self._send(*ssip.GREETING)
        return True

    def say(self, utterance: Utterance, done: Done) -> None:
        """Begin to say it."""
        self.stop()
        if not self.connect():
            done(False)  # noqa: FBT003  # told as the seam says
            return
        self._waiting = done
        self._send(*ssip.settings(utterance, self._chinese), "SPEAK")
        self._socket.write(ssip.spoken(utterance.text))
        self._socket.flush()
        slowest_ms = _LONGEST_MS + _A_LETTER_MS * len(utterance.text) * 100 // max(utterance.rate, 25)
        self._patience.start(slowest_ms)

    def stop(self) -> None:
        """Fall silent at once."""
        if self._waiting is None:
            return
        self._forget()
        self._send(ssip.CANCEL)

    def close(self) -> None:
        """Fall silent and hang up."""
        self.stop()
        self._socket.disconnected.disconnect(self._gone)
        self._socket.abort()

    def _send(self, *commands: str) -> None:
        self._socket.write("".join(f"{command}\r\n" for command in commands).encode())
        self._socket.flush()

    def _read(self) -> None:
        for code, lines in self._replies.feed(bytes(self._socket.readAll().data())):
            if code == _QUEUED:
                self._message = lines[0]
            elif code in {_END, _CANCELLED} and lines[0] == self._message:
                self._over(well=code == _END)
            elif _FIRST_ERROR <= code <= _LAST_ERROR and self._waiting is not None:
                self._over(well=False)

    def _gone(self) -> None:
        self._over(well=False)

    def _forget(self) -> None:
        self._patience.stop()
        self._waiting = self._message = None

    def _over(self, *, well: bool) -> None:
        done = self._waiting
        self._forget()
        if done is not None:
            done(well)
