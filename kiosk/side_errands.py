"""What the effects beside filing an application do; each function runs on a lane and returns an event."""

import re
from dataclasses import dataclass
from typing import Final

from devices import DeviceError, DeviceSet
from kiosk.backend import BackendClient, BackendError, NotFound
from kiosk.documents.judging import DocumentError, encode_jpeg
from kiosk.domain.application import CapturedPage
from kiosk.domain.cases import KeptHere
from kiosk.domain.report import SERVICE as REPORT_SERVICE
from kiosk.domain.seal_mark import SealMark
from kiosk.sealing import Sealer
from kiosk.session.events import ApplicationStored, PageFailed, PageTaken, StoreFailed
from kiosk.session.side_effects import AskCases, AskCircumstances, AskStory, StoreReport, TakeSnapshot
from kiosk.session.side_events import AskingFailed, CasesTold, CircumstancesTold, StoryTold
from offline_queue import QueueClient, QueueError
from offline_queue.numbers import check_number

_RECEIPT: Final = re.compile(r"[A-Z0-9]{2,12}-[0-9]{6,12}-[A-Z0-9]{2}")
_BARE: Final = re.compile(r"[A-Z0-9]{10,26}")


def with_dashes(number: str) -> str:
    """Return a receipt number as on the slip, where it was typed without its dashes; all else as it is."""
    if not _BARE.fullmatch(number):
        return number
    # The check characters do not tell where the dashes were; a sequence has six digits for its first million.
    whole = f"{number[:-8]}-{number[-8:-2]}-{number[-2:]}"
    return whole if check_number(whole) else number


@dataclass(frozen=True, slots=True)
class SideErrands:
    """The errands.

    Args:
        backend: The platform.
        devices: The camera among them.
        sealer: Seals a report.
        here: Where the terminal stands.
        queue: Knows what was handed in at this terminal.
    """

    backend: BackendClient
    devices: DeviceSet
    sealer: Sealer
    here: str
    queue: QueueClient

    def story(self, effect: AskStory) -> StoryTold | AskingFailed:
        """Ask how an application stands."""
        number = with_dashes(effect.number.strip().upper())
        if _RECEIPT.fullmatch(number) and not check_number(number):
            return AskingFailed(effect.serial, "case.number-mistyped")
        try:
            progress = self.backend.progress(number, effect.last4)
        except BackendError as error:
            kept = self._kept(number)
            return AskingFailed(effect.serial, error.code) if kept is None else StoryTold(effect.serial, kept)
        if isinstance(progress, NotFound):
            return AskingFailed(effect.serial, "case.not-found")
        return StoryTold(effect.serial, progress)

    def cases(self, effect: AskCases) -> CasesTold | AskingFailed:
        """Ask for the cases of a person."""
        try:
            cases = self.backend.cases(effect.holder.name, effect.holder.number)
        except BackendError as error:
            return AskingFailed(effect.serial, error.code)
        return CasesTold(effect.serial, cases)

    def circumstances(self, effect: AskCircumstances) -> CircumstancesTold | AskingFailed:
        """Ask for what decides offers."""
        try:
            facts = self.backend.circumstances(effect.holder.name, effect.holder.number)
        except BackendError as error:
            return AskingFailed(effect.serial, error.code)
        return CircumstancesTold(effect.serial, facts)

    def snapshot(self, effect: TakeSnapshot) -> PageTaken | PageFailed:
        """Take a photo; whatever it shows is right."""
        camera = self.devices.camera
        if camera is None:
            return PageFailed(effect.serial, "device.absent")
        try:
            pixels = camera.still().pixels
            height, width = pixels.shape[:2]
            page = CapturedPage(REPORT_SERVICE, encode_jpeg(pixels), width, height, "photo")
        except (DeviceError, DocumentError) as error:
            return PageFailed(effect.serial, error.code)
        return PageTaken(effect.serial, page, ())

    def store(self, effect: StoreReport) -> ApplicationStored | StoreFailed:
        """Seal a report and hand it to the queue; nothing orders it after another one."""
        try:
            container = self.sealer.seal_report(effect.serial, effect.report, effect.language, self.here)
            stored = self.queue.submit(container, REPORT_SERVICE)
        except QueueError as error:
            return StoreFailed(effect.serial, error.code)
        return ApplicationStored(
            effect.serial, stored.receipt_no, SealMark(stored.digest.hex()[:8], stored.proof)
        )

    def _kept(self, number: str) -> KeptHere | None:
        """Return what this terminal's own queue knows of a receipt; nothing in it names a person."""
        if not check_number(number):
            return None
        try:
            status = self.queue.status(number)
        except QueueError:
            return None
        return KeptHere(status.receipt_no, status.acceptance_no)
