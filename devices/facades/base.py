"""What the facades of all kinds share."""

from devices.model import Frame
from devices.supervisor import DeviceProcess


class Facade:
    """What all kinds have in common.

    Args:
        process: The device.
    """

    def __init__(self, process: DeviceProcess) -> None:
        self._process = process

    @property
    def name(self) -> str:
        """Logical name from the profile."""
        return self._process.spec.name


def frame_of(process: DeviceProcess, command: str, timeout_s: float) -> Frame:
    """Return the picture that a command answers.

    Raises:
        DeviceError: The driver's own, or as ``DeviceProcess.call`` tells.
    """
    answer = process.call(command, {}, timeout_s)
    if not isinstance(answer, Frame):
        raise TypeError(f"{process.spec.driver} answers {command} without a picture")
    return answer
