"""The devices as the program uses them: one small class per kind, all blocking the caller's lane only."""

from devices.errors import DeviceError
from devices.jobs import job_arguments, result_from
from devices.model import Frame, PrintJob, PrintOutcome, PrintResult
from devices.supervisor import CallCutError, DeviceProcess


def _frame(process: DeviceProcess, command: str, timeout_s: float) -> Frame:
    answer = process.call(command, {}, timeout_s)
    if not isinstance(answer, Frame):
        raise TypeError(f"{process.spec.driver} answers {command} without a picture")
    return answer


class IdCardReader:
    """Reads one card after another while it is armed, and tells what happens by events."""

    def __init__(self, process: DeviceProcess) -> None:
        self._process = process

    @property
    def name(self) -> str:
        """Logical name from the profile."""
        return self._process.spec.name

    def arm(self) -> None:
        """Look for cards from now on: ``CardDetected``, then ``CardRead`` or ``CardReadFailed``.

        Returns at once and holds until ``disarm``, also over a restart of the device's process. A card
        that was read is not read again before it was lifted, which ``CardRemoved`` tells.
        """
        self._process.wish("armed", "arm")

    def disarm(self) -> None:
        """Look for no cards; the removal of one that was read is still told. Returns at once."""
        self._process.wish("armed", "disarm")


class DocumentScanner:
    """Scans one page at a time."""

    def __init__(self, process: DeviceProcess) -> None:
        self._process = process

    @property
    def name(self) -> str:
        """Logical name from the profile."""
        return self._process.spec.name

    def scan(self, timeout_s: float = 60.0) -> Frame:
        """Scan the page that lies on the glass.

        Returns:
            Pixels as ``(height, width, 3)`` uint8 BGR, read-only, in memory that no file names.

        Raises:
            DeviceError: The driver's own, or as ``DeviceProcess.call`` tells.
        """
        return _frame(self._process, "scan", timeout_s)


class DocumentCamera:
    """Shows what lies under it, and takes stills."""

    def __init__(self, process: DeviceProcess) -> None:
        self._process = process

    @property
    def name(self) -> str:
        """Logical name from the profile."""
        return self._process.spec.name

    def start_preview(self) -> None:
        """Have ``latest`` show moving pictures; holds until ``stop_preview``, also over a restart."""
        self._process.show(on=True)

    def stop_preview(self) -> None:
        """Have ``latest`` show nothing, from now on."""
        self._process.show(on=False)

    def latest(self) -> Frame | None:
        """Return the newest preview frame, or None while there is none. Never blocks; any thread.

        Returns:
            Pixels as ``(height, width, 3)`` uint8 BGR, read-only, possibly the same frame as before.
        """
        return self._process.latest()

    def still(self, timeout_s: float = 5.0) -> Frame:
        """Take one picture at full size.

        Returns:
            Pixels as ``(height, width, 3)`` uint8 BGR, read-only, in memory that no file names.

        Raises:
            DeviceError: The driver's own, or as ``DeviceProcess.call`` tells.
        """
        return _frame(self._process, "still", timeout_s)


class ReceiptPrinter:
    """Prints one slip at a time."""

    def __init__(self, process: DeviceProcess) -> None:
        self._process = process

    @property
    def name(self) -> str:
        """Logical name from the profile."""
        return self._process.spec.name

    def print(self, job: PrintJob, timeout_s: float = 30.0) -> PrintResult:
        """Print one job and tell what is known of it; raises nothing.

        A process that ends in the middle leaves ``unknown``: paper may have come out.
        """
        try:
            answer = self._process.call("print", job_arguments(job), timeout_s)
        except CallCutError as error:
            return PrintResult(job.id, PrintOutcome.UNKNOWN, error.code)
        except DeviceError as error:
            return PrintResult(job.id, PrintOutcome.NOT_PRINTED, error.code)
        if not isinstance(answer, dict):
            raise TypeError(f"{self._process.spec.driver} answers print without a result")
        return result_from(answer)
