"""The receipt printer as the program uses it.

Command ``print`` with ``devices.jobs.job_arguments`` (read back by ``job_from``) → ``result_answer``.
"""

from devices.errors import DeviceError
from devices.facades.base import Facade
from devices.jobs import job_arguments, result_from
from devices.model import PrintJob, PrintOutcome, PrintResult
from devices.patience import CallCutError


class ReceiptPrinter(Facade):
    """Prints one slip at a time."""

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
