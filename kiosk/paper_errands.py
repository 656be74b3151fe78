"""What is fetched to be printed, and printed: certificates on A4, guides on the receipt printer."""

import io
from dataclasses import dataclass
from typing import Final

import pikepdf

from devices import DeviceSet, PrintJob, PrintOutcome, PrintResult
from kiosk.backend import BackendClient, BackendError
from kiosk.clock import Clock
from kiosk.domain.certificate import Certificate
from kiosk.guide_slips import guide_blocks
from kiosk.log import logger
from kiosk.session.side_effects import AskDocuments, FetchDocument, NoteRefusal, PrintDocument, PrintGuide
from kiosk.session.side_events import (
    AskingFailed,
    DocumentFetched,
    DocumentPrinted,
    DocumentsTold,
    GuidePrinted,
)

HOLDER_NAME, HOLDER_NUMBER = "/ZhiwangHolderName", "/ZhiwangHolderNumber"
"""Where the platform's PDF says whose it is."""
_LOG: Final = logger("documents")


def certificate_from(kind: str, pdf: bytes) -> Certificate:
    """Read whose a document is out of the document itself; one that does not say it is nobody's."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            said = [str(document.docinfo.get(key, "")) for key in (HOLDER_NAME, HOLDER_NUMBER)]
    except (pikepdf.PdfError, pikepdf.PasswordError):
        said = ["", ""]
    return Certificate(kind, said[0], said[1], pdf)


@dataclass(frozen=True, slots=True)
class PaperErrands:
    """The errands.

    Args:
        backend: The platform.
        devices: Both printers among them.
        clock: Time of a printed guide.
        run: Makes the names of jobs differ from those of an earlier run of the program.
    """

    backend: BackendClient
    devices: DeviceSet
    clock: Clock
    run: str

    def documents(self, effect: AskDocuments) -> DocumentsTold | AskingFailed:
        """Ask what there is."""
        try:
            found = self.backend.documents(effect.holder.name, effect.holder.number)
        except BackendError as error:
            return AskingFailed(effect.serial, error.code, effect.holder)
        return DocumentsTold(effect.serial, found, effect.holder)

    def fetch(self, effect: FetchDocument) -> DocumentFetched | AskingFailed:
        """Fetch one document."""
        try:
            pdf = self.backend.document(effect.holder.name, effect.holder.number, effect.kind)
        except BackendError as error:
            return AskingFailed(effect.serial, error.code)
        return DocumentFetched(effect.serial, certificate_from(effect.kind, pdf))

    def print(self, effect: PrintDocument) -> DocumentPrinted:
        """Print a document; the log has its kind and what became of it, and nothing of what stands on it."""
        printer = self.devices.page_printer
        job_id = f"{effect.document.kind}-{self.run}-{effect.serial}-{effect.attempt}"
        if printer is None:
            result = PrintResult(job_id, PrintOutcome.NOT_PRINTED, "item.needs-page-printer")
        else:
            result = printer.print(effect.document.pdf, job_id)
        _LOG.info("document.print", kind=effect.document.kind, outcome=result.outcome.value)
        return DocumentPrinted(effect.serial, result)

    def note(self, effect: NoteRefusal) -> None:
        """Write down a refusal."""
        _LOG.warning(effect.code, kind=effect.kind)

    def guide(self, effect: PrintGuide) -> GuidePrinted:
        """Print a guide."""
        printer = self.devices.printer
        job_id = f"guide-{self.run}-{effect.serial}-{effect.attempt}"
        if printer is None:
            return GuidePrinted(effect.serial, PrintResult(job_id, PrintOutcome.NOT_PRINTED, "device.absent"))
        blocks = guide_blocks(effect.item, effect.language, self.clock.now())
        return GuidePrinted(effect.serial, printer.print(PrintJob(job_id, blocks)))
