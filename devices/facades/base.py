"""What the facades of all kinds share."""

from collections.abc import Mapping
from typing import Any

from devices.errors import DeviceError
from devices.jobs import result_from
from devices.model import Frame, PrintOutcome, PrintResult
from devices.patience import CallCutError
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


def frame_of(
    process: DeviceProcess, command: str, timeout_s: float, arguments: Mapping[str, Any] | None = None
) -> Frame:
    """Return the picture that a command answers.

    Raises:
        DeviceError: The driver's own, or as ``DeviceProcess.call`` tells.
    """
    answer = process.call(command, arguments or {}, timeout_s)
    if not isinstance(answer, Frame):
        raise TypeError(f"{process.spec.driver} answers {command} without a picture")
    return answer


def printed(
    process: DeviceProcess, job_id: str, arguments: Mapping[str, Any], timeout_s: float, document: bytes = b""
) -> PrintResult:
    """Have a job printed and tell what is known of it; raises nothing.

    A process that ends in the middle leaves ``unknown``: paper may have come out.
    """
    try:
        answer = process.call("print", arguments, timeout_s, document)
    except CallCutError as error:
        return PrintResult(job_id, PrintOutcome.UNKNOWN, error.code)
    except DeviceError as error:
        return PrintResult(job_id, PrintOutcome.NOT_PRINTED, error.code)
    if not isinstance(answer, dict):
        raise TypeError(f"{process.spec.driver} answers print without a result")
    return result_from(answer)
