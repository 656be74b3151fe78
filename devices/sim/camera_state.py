"""What a simulated camera is like now, as a file that both the hand and the camera's process see."""

from pathlib import Path
from typing import Final, Literal

import msgspec

_FILE: Final = "camera.json"


class CameraState(msgspec.Struct, frozen=True):
    """One camera at one moment.

    Args:
        plugged: Which time it is plugged in, counted from 1; 0 while it is not.
        scene: Recording that it sees, as OpenCV opens it.
        fps: Frames it makes a second.
        frozen: Whether it repeats its last frame.
        black: Whether it sees nothing but its sensor's noise.
        silent: Whether no frames come.
        ghost: Whether one who has it open still gets the last frame after it was pulled out.
        busy: Whether another process has it.
        only_size: Width and height of its frames, whatever it is asked for; or None.
        hang: In which call it never comes back.
    """

    plugged: int = 0
    scene: str = ""
    fps: float = 30.0
    frozen: bool = False
    black: bool = False
    silent: bool = False
    ghost: bool = True
    busy: bool = False
    only_size: tuple[int, int] | None = None
    hang: Literal["", "open", "read"] = ""


def write_state(folder: Path, state: CameraState) -> None:
    """Put a state in force."""
    fresh = folder / f"{_FILE}.new"
    fresh.write_bytes(msgspec.json.encode(state))
    fresh.replace(folder / _FILE)


class StateFile:
    """The state in force, read again when it changed.

    Args:
        folder: Where ``write_state`` puts it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._mark = (0, 0)
        self._state = CameraState()

    def now(self) -> CameraState:
        """Return the state in force; a camera that was never plugged in before there is one."""
        try:
            found = self._path.stat()
            mark = (found.st_ino, found.st_mtime_ns)
            if mark != self._mark:
                self._state = msgspec.json.decode(self._path.read_bytes(), type=CameraState)
                self._mark = mark
        except FileNotFoundError:
            return CameraState()
        return self._state
