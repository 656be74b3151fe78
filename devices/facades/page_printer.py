"""The A4 printer as the program uses it.

Commands ``print`` with ``job_id``, ``copies``, ``timeout_s`` and a PDF as its document →
``devices.jobs.result_answer``, and ``cancel.all`` → how many jobs had not ended.
"""

import time
from typing import Final

from devices.errors import DeviceError
from devices.facades.base import Facade, printed
from devices.model import PrintResult
from devices.values.page_printer import Supply, supplies_from

_GRACE_S: Final = 15.0
"""That the driver has beyond its own deadline to cancel a job and find out what became of it."""
_AGAIN_S: Final = 0.05


class PagePrinter(Facade):
    """Prints one document at a time."""

    def print(self, document: bytes, job_id: str, copies: int = 1, timeout_s: float = 120.0) -> PrintResult:
        """Print a PDF, follow it to its end and tell what is known of it; raises nothing.

        A process that ends in the middle leaves ``unknown``: paper may have come out. The same id is never
        printed twice; when a person asks for another one, the caller gives it another id.

        Args:
            document: The PDF, which is written to no file here.
            job_id: Names the job in the journal; no personal data, because the scheduler sees it too.
            copies: How many.
            timeout_s: After which it is cancelled.
        """
        arguments = {"job_id": job_id, "copies": copies, "timeout_s": timeout_s}
        return printed(self._process, job_id, arguments, timeout_s + _GRACE_S, document)

    def cancel(self) -> None:
        """Break off the print under way, which then says ``pageprinter.cancelled``. Never blocks."""
        self._process.cancel()

    def cancel_all(self, timeout_s: float = 15.0) -> int:
        """Cancel whatever this terminal has sent and is not out yet; for the end of a visit.

        A print under way on another thread is broken off first. Jobs that a process left behind when it
        ended are cancelled by the next one before anything else.

        Returns:
            How many jobs were still waiting, besides one that was broken off.

        Raises:
            DeviceError: The driver's own, or as ``DeviceProcess.call`` tells.
        """
        end_s = time.monotonic() + timeout_s
        while True:
            self._process.cancel()
            try:
                answer = self._process.call("cancel.all", {}, timeout_s)
            except DeviceError as error:
                if error.code != "device.busy" or time.monotonic() >= end_s:
                    raise
                time.sleep(_AGAIN_S)
            else:
                return answer if isinstance(answer, int) else 0

    def supplies(self) -> tuple[Supply, ...]:
        """Return toner and waste as they were told last; never blocks."""
        return supplies_from(self._process.readings)
