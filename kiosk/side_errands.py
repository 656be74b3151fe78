"""What the effects beside filing an application do; each function runs on a lane and returns an event."""

from dataclasses import dataclass, field
from hashlib import blake2b
from secrets import token_hex

from devices import DeviceError, DeviceSet
from kiosk.backend import BackendClient, BackendError, NotFound
from kiosk.documents.judging import DocumentError, encode_jpeg
from kiosk.domain.application import CapturedPage
from kiosk.domain.cases import AwaitedReceipt, KeptHere
from kiosk.domain.receipt_shape import BARE, WITH_DASHES
from kiosk.domain.report import SERVICE as REPORT_SERVICE
from kiosk.domain.report import ReportProgress
from kiosk.domain.seal_mark import SealMark
from kiosk.sealing import Sealer
from kiosk.session.events import ApplicationStored, PageFailed, PageTaken, StoreFailed
from kiosk.session.side_effects import (
    AskCases,
    AskCircumstances,
    AskEarlier,
    AskingEffect,
    AskNear,
    AskNumber,
    AskStory,
    StoreReport,
    SupportReport,
    TakeSnapshot,
)
from kiosk.session.side_events import (
    AskingFailed,
    CaseNumbered,
    CasesTold,
    CircumstancesTold,
    EarlierKnown,
    NearTold,
    SideAnswer,
    StoryTold,
    Supported,
)
from offline_queue import ItemStatus, QueueClient, QueueError
from offline_queue.numbers import check_number


def with_dashes(number: str) -> str:
    """Return a receipt number as on the slip, also where it was typed without its dashes."""
    number = number.strip().upper()
    if not BARE.fullmatch(number):
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
        run: Nobody else's: what is told to the platform again is known by it.
    """

    backend: BackendClient
    devices: DeviceSet
    sealer: Sealer
    here: str
    queue: QueueClient
    run: str = field(default_factory=lambda: token_hex(16))

    def ask(self, effect: AskingEffect) -> SideAnswer | None:  # noqa: PLR0911 - one line for each effect
        """Ask the platform something, or tell it something, in a word."""
        match effect:
            case AskStory():
                return self.story(effect)
            case AskNumber():
                return self.number(effect)
            case AskCases():
                return self.cases(effect)
            case AskCircumstances():
                return self.circumstances(effect)
            case AskEarlier():
                return self.earlier(effect)
            case AskNear():
                return self.near(effect)
            case SupportReport():
                return self.support(effect)

    def story(self, effect: AskStory) -> StoryTold | AskingFailed:
        """Ask how an application stands."""
        number = with_dashes(effect.number)
        if WITH_DASHES.fullmatch(number) and not check_number(number):
            return AskingFailed(effect.serial, "case.number-mistyped")
        try:
            progress = self.backend.progress(number, effect.last4)
        except BackendError as error:
            kept = self._kept(number)
            return AskingFailed(effect.serial, error.code) if kept is None else StoryTold(effect.serial, kept)
        if isinstance(progress, NotFound):
            return AskingFailed(effect.serial, "case.not-found")
        return StoryTold(effect.serial, progress)

    def number(self, effect: AskNumber) -> StoryTold | CaseNumbered | AskingFailed:
        """Tell how a report stands by its number, or that the number is no report's.

        What was handed in here is looked up here: of an application the platform is asked nothing, and a
        report that has not left is told of without asking.
        """
        number = with_dashes(effect.number)
        is_receipt = WITH_DASHES.fullmatch(number) is not None
        if is_receipt and not check_number(number):
            return AskingFailed(effect.serial, "case.number-mistyped")
        status = self._status(number)
        if status is not None and status.service != REPORT_SERVICE:
            return CaseNumbered(effect.serial)
        kept = _lying_here(status, report=True)
        if kept is not None and kept.case_no is None:
            return StoryTold(effect.serial, kept)
        try:
            story = self._report(number, is_receipt=is_receipt)
        except BackendError:
            # Of a number from elsewhere it cannot be told what it is; the next question says so.
            return CaseNumbered(effect.serial) if kept is None else StoryTold(effect.serial, kept)
        return CaseNumbered(effect.serial) if story is None else StoryTold(effect.serial, story)

    def earlier(self, effect: AskEarlier) -> EarlierKnown | None:
        """Ask for an open case that the applicant had; without an answer nothing is said."""
        status = self._status(effect.receipt_no)
        if status is None:
            return None
        try:
            earlier = self.backend.earlier(status.submission_id.hex())
        except BackendError:
            return None
        return None if earlier is None else EarlierKnown(effect.serial, earlier)

    def near(self, effect: AskNear) -> NearTold:
        """Ask for reports nearby; without an answer there are none to choose from."""
        try:
            reports = self.backend.near(effect.kind, effect.place.text or self.here)
        except BackendError:
            return NearTold(effect.serial, ())
        return NearTold(effect.serial, reports)

    def support(self, effect: SupportReport) -> Supported | AskingFailed:
        """Tell that one more saw the same; a visit counts once for a report, however often it is told."""
        said = f"{self.run}:{effect.serial}:{effect.number}".encode()
        try:
            report = self.backend.support(effect.number, blake2b(said, digest_size=16).hexdigest())
        except BackendError as error:
            code = "report.closed" if error.code == "report.closed" else "report.not-supported"
            return AskingFailed(effect.serial, code)
        return Supported(effect.serial, report)

    def cases(self, effect: AskCases) -> CasesTold | AskingFailed:
        """Ask for the cases of a person."""
        try:
            cases = self.backend.cases(effect.holder.name, effect.holder.number)
        except BackendError as error:
            return AskingFailed(effect.serial, error.code, effect.holder)
        return CasesTold(effect.serial, cases, effect.holder)

    def circumstances(self, effect: AskCircumstances) -> CircumstancesTold | AskingFailed:
        """Ask for what decides offers."""
        try:
            facts = self.backend.circumstances(effect.holder.name, effect.holder.number)
        except BackendError as error:
            return AskingFailed(effect.serial, error.code, effect.holder)
        return CircumstancesTold(effect.serial, facts, effect.holder)

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
        mark = SealMark.of(stored.digest, stored.proof)
        return ApplicationStored(effect.serial, stored.receipt_no, mark)

    def _kept(self, number: str) -> KeptHere | None:
        """Return what this terminal's own queue knows of a receipt; nothing in it names a person."""
        return _lying_here(self._status(number))

    def _status(self, number: str) -> ItemStatus | None:
        if not check_number(number):
            return None
        try:
            return self.queue.status(number)
        except QueueError:
            return None

    def _report(self, number: str, *, is_receipt: bool) -> ReportProgress | AwaitedReceipt | None:
        report = self.backend.report(number)
        if isinstance(report, ReportProgress) or not is_receipt:
            return report if isinstance(report, ReportProgress) else None
        standing = self.backend.receipt(number)
        is_awaited = standing.state in {"announced", "not-delivered"}
        return AwaitedReceipt(number, standing.certain) if is_awaited else None


def _lying_here(status: ItemStatus | None, *, report: bool = False) -> KeptHere | None:
    """Return what is told of an application that lies, or lay, in the queue.

    What the platform has refused for good does not lie here any more; why it did, the platform tells.
    """
    if status is None or status.refused:
        return None
    return KeptHere(status.receipt_no, status.acceptance_no, report=report)
