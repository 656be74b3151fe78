"""The receipt printer as the program uses it.

Command ``print`` with ``devices.jobs.job_arguments`` (read back by ``job_from``) → ``result_answer``.
"""

from devices.facades.base import Facade, printed
from devices.jobs import job_arguments
from devices.model import PrintJob, PrintResult


class ReceiptPrinter(Facade):
    """Prints one slip at a time."""

    def print(self, job: PrintJob, timeout_s: float = 30.0) -> PrintResult:
        """Print one job and tell what is known of it; raises nothing.

        A process that ends in the middle leaves ``unknown``: paper may have come out.
        """
        return printed(self._process, job.id, job_arguments(job), timeout_s)
