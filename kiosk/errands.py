"""What the effects of a visit do: each on the lane of its device or peer, its answer an event."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex

from devices import DeviceError, DeviceSet, Frame, PrintJob, PrintOutcome, PrintResult, Remedy
from kiosk.backend import BackendClient, BackendError
from kiosk.clock import Clock
from kiosk.documents.judging import DocumentError, encode_jpeg, judge
from kiosk.documents.live import LiveLook
from kiosk.domain.application import CapturedPage
from kiosk.domain.seal_mark import SealMark
from kiosk.domain.terminal import TerminalFacts
from kiosk.forms.prefill import from_platform
from kiosk.lanes import Lane
from kiosk.mailbox import Mailbox
from kiosk.order_keys import OrderKeys
from kiosk.paper_errands import PaperErrands
from kiosk.receipts import Place, receipt_blocks
from kiosk.sealing import Sealer
from kiosk.session.effects import (
    Announcement,
    ArmCardReader,
    ArmCodeScanner,
    AwaitDelivery,
    CallStaff,
    DisarmCardReader,
    DisarmCodeScanner,
    Effect,
    FetchPrefill,
    HoldRoom,
    LookAtPreview,
    PrintReceipt,
    Ring,
    SealAndStore,
    SendRating,
    StartPreview,
    StopPreview,
    TakePage,
    VerifyCode,
    WipeSession,
)
from kiosk.session.events import (
    ApplicationStored,
    CodeRefused,
    CodeVerified,
    DeliveryKnown,
    Event,
    PageFailed,
    PageTaken,
    PrefillArrived,
    PrefillFailed,
    PreviewSeen,
    RatingKnown,
    ReceiptDone,
    RoomRefused,
    StoreFailed,
)
from kiosk.session.side_effects import (
    AskDocuments,
    FetchDocument,
    NoteRefusal,
    PaperEffect,
    PrintDocument,
    PrintGuide,
    SideEffect,
    StoreReport,
    TakeSnapshot,
)
from kiosk.side_errands import SideErrands
from offline_queue import (
    MAX_CONTAINER_BYTES,
    Confidence,
    ItemStatus,
    QueueClient,
    QueueError,
    system_confidence,
)

_VISIT_S = 3600.0
"""Longer than any visit; the end of a visit gives the room back before."""
LANES = ("scanner", "camera", "preview", "printer", "page-printer", "backend", "queue", "delivery")


@dataclass(frozen=True, slots=True)
class Peers:
    """Whom the errands go to, and what the queue is told of who belongs together."""

    devices: DeviceSet
    backend: BackendClient
    queue: QueueClient
    sealer: Sealer
    order_keys: OrderKeys
    confidence: Callable[[], Confidence] = system_confidence


class Errands:
    """Runs effects; nothing here waits on the core's thread.

    Args:
        peers: Devices, platform, queue and what seals for it.
        facts: What the terminal says about itself.
        clock: Time of the receipt and the declaration.
        delivery_s: How long ``AwaitDelivery`` waits for the platform's number.
        mailbox: The core's.
        deliver: Takes answers on the core's thread.
    """

    def __init__(
        self,
        peers: Peers,
        facts: TerminalFacts,
        clock: Clock,
        delivery_s: float,
        mailbox: Mailbox,
        deliver: Callable[[Event], None],
    ) -> None:
        self._peers = peers
        self._paper = PaperErrands(peers.backend, peers.devices, clock, token_hex(4))
        self._side = SideErrands(peers.backend, peers.devices, peers.sealer, facts.place.zh, peers.queue)
        self._facts = facts
        self._clock = clock
        self._delivery_s = delivery_s
        self._live_look = LiveLook()
        self._lanes = {name: Lane[Event](name, mailbox, deliver) for name in LANES}

    def close(self) -> None:
        """Take no more errands."""
        for lane in self._lanes.values():
            lane.close()

    def run(self, effect: Effect) -> None:
        """Start one errand; returns at once."""
        match effect:
            case ArmCardReader() | DisarmCardReader() | ArmCodeScanner() | DisarmCodeScanner():
                self._watch(effect)
            case StartPreview() | StopPreview() | LookAtPreview():
                self._look_through_camera(effect)
            case FetchPrefill() | SendRating() | VerifyCode():
                self._lanes["backend"].do(lambda: self._ask(effect))
            case TakePage(way="scan"):
                self._lanes["scanner"].do(lambda: self._take(effect))
            case TakePage():
                self._lanes["camera"].do(lambda: self._take(effect))
            case HoldRoom() | SealAndStore():
                self._lanes["queue"].do(lambda: self._at_queue(effect))
            case AwaitDelivery():
                self._lanes["delivery"].do(lambda: self._await(effect))
            case PrintReceipt():
                self._lanes["printer"].do(lambda: self._print(effect))
            case WipeSession():
                self._peers.sealer.forget()
                self._lanes["page-printer"].do(self._clear_page_printer)
                self._lanes["queue"].do(self._release)
            case _:
                self._run_side(effect)

    def _run_side(self, effect: SideEffect | Announcement) -> None:
        match effect:
            case Ring() | CallStaff():
                pass  # the screen rings, the chronicle tells
            case TakeSnapshot():
                self._lanes["camera"].do(lambda: self._side.snapshot(effect))
            case StoreReport():
                self._lanes["queue"].do(lambda: self._side.store(effect))
            case AskDocuments() | FetchDocument() | PrintDocument() | NoteRefusal() | PrintGuide():
                self._run_paper(effect)
            case _:
                self._lanes["backend"].do(lambda: self._side.ask(effect))

    def _run_paper(self, effect: PaperEffect) -> None:
        match effect:
            case AskDocuments():
                self._lanes["backend"].do(lambda: self._paper.documents(effect))
            case FetchDocument():
                self._lanes["backend"].do(lambda: self._paper.fetch(effect))
            case PrintDocument():
                self._lanes["page-printer"].do(lambda: self._paper.print(effect))
            case NoteRefusal():
                self._paper.note(effect)
            case PrintGuide():
                self._lanes["printer"].do(lambda: self._paper.guide(effect))

    def live_picture(self) -> Frame | None:
        """Return the camera's newest picture, or None; never blocks."""
        camera = self._peers.devices.camera
        return None if camera is None else camera.latest()

    def _watch(self, effect: ArmCardReader | DisarmCardReader | ArmCodeScanner | DisarmCodeScanner) -> None:
        reader, codes = self._peers.devices.id_card, self._peers.devices.code_scanner
        match effect:
            case ArmCardReader() if reader is not None:
                reader.arm()
            case DisarmCardReader() if reader is not None:
                reader.disarm()
            case ArmCodeScanner() if codes is not None:
                codes.arm(_VISIT_S)
            case DisarmCodeScanner() if codes is not None:
                codes.disarm()
            case _:
                return

    def _look_through_camera(self, effect: StartPreview | StopPreview | LookAtPreview) -> None:
        if isinstance(effect, LookAtPreview):
            self._lanes["preview"].do(lambda: self._look(effect))
            return
        camera = self._peers.devices.camera
        if camera is not None:
            (camera.start_preview if isinstance(effect, StartPreview) else camera.stop_preview)()
        self._lanes["preview"].do(self._live_look.forget)

    def _look(self, effect: LookAtPreview) -> Event | None:
        frame = self.live_picture()
        return None if frame is None else PreviewSeen(effect.serial, self._live_look.hint(frame.pixels))

    def _ask(self, effect: FetchPrefill | SendRating | VerifyCode) -> Event:
        match effect:
            case FetchPrefill():
                return self._prefill(effect)
            case VerifyCode():
                return self._identify(effect)
            case SendRating():
                return self._rate(effect)

    def _identify(self, effect: VerifyCode) -> Event:
        try:
            record = self._peers.backend.identify(effect.code)
        except BackendError as error:
            known = error.code.startswith("identity-code.")
            why = error.code if known else "identity-code.unreachable"
            return CodeRefused(effect.serial, effect.code, why)
        return CodeVerified(effect.serial, effect.code, record)

    def _prefill(self, effect: FetchPrefill) -> Event:
        try:
            rows = self._peers.backend.prefill(effect.item.code, effect.holder.name, effect.holder.number)
        except BackendError as error:
            return PrefillFailed(effect.serial, error.code, effect.item.code, effect.holder)
        data = from_platform(effect.form, rows)
        return PrefillArrived(effect.serial, data, effect.item.code, effect.holder)

    def _take(self, effect: TakePage) -> Event:
        try:
            frame = self._picture(effect)
            judged = judge(frame.pixels, known=effect.known)
            height, width = judged.pixels.shape[:2]
            jpeg = encode_jpeg(judged.pixels)
            page = CapturedPage(effect.material, jpeg, width, height, effect.way, judged.look)
        except (DeviceError, DocumentError) as error:
            return PageFailed(effect.serial, error.code)
        return PageTaken(effect.serial, page, judged.findings)

    def _picture(self, effect: TakePage) -> Frame:
        devices = self._peers.devices
        if effect.way == "scan" and devices.scanner is not None:
            return devices.scanner.scan()
        if effect.way == "photo" and devices.camera is not None:
            return devices.camera.still()
        raise DeviceError(effect.way, "device.absent", Remedy.SERVICE, "not in the profile")

    def _at_queue(self, effect: HoldRoom | SealAndStore) -> Event | None:
        return self._hold(effect) if isinstance(effect, HoldRoom) else self._store(effect)

    def _hold(self, effect: HoldRoom) -> Event | None:
        try:
            self._peers.queue.hold(MAX_CONTAINER_BYTES, _VISIT_S)
        except QueueError as error:
            # One that is being started again is asked once more when the application is submitted.
            return None if error.code == "queue.unreachable" else RoomRefused(effect.serial, error.code)
        return None

    def _release(self) -> None:
        with suppress(QueueError):  # it lets go by itself in the end
            self._peers.queue.release()

    def _store(self, effect: SealAndStore) -> Event:
        try:
            visit, service = effect.visit, effect.visit.item.code
            container = self._peers.sealer.seal(effect.serial, visit, effect.language)
            order_key = self._peers.order_keys.of(visit.holder.number, service)
            stored = self._peers.queue.submit(container, service, order_key=order_key)
        except (QueueError, DocumentError) as error:
            return StoreFailed(effect.serial, error.code)
        mark = SealMark.of(stored.digest, stored.proof)
        return ApplicationStored(effect.serial, stored.receipt_no, mark)

    def _await(self, effect: AwaitDelivery) -> Event:
        try:
            status = self._peers.queue.wait(effect.receipt_no, self._delivery_s)
        except QueueError:
            # The application is stored; that the queue does not answer now changes nothing about that.
            return DeliveryKnown(effect.serial, None)
        return DeliveryKnown(effect.serial, status.acceptance_no, refusal_of(status))

    def _rate(self, effect: SendRating) -> Event:
        try:
            self._peers.backend.rate(effect.receipt_no, effect.score)
        except BackendError:
            return RatingKnown(effect.serial, sent=False)
        return RatingKnown(effect.serial, sent=True)

    def _print(self, effect: PrintReceipt) -> Event:
        outcome = effect.outcome
        job_id = f"{outcome.receipt_no}-{effect.attempt}"
        printer = self._peers.devices.printer
        if printer is None:
            result = PrintResult(job_id, PrintOutcome.NOT_PRINTED, "device.absent")
        else:
            rough = self._peers.confidence() is Confidence.UNKNOWN
            place = Place(self._facts.number, self._facts.place, self._facts.hotline, rough)
            printed_at = self._clock.now()
            blocks = receipt_blocks(
                outcome,
                effect.language,
                printed_at,
                place,
                self._facts.progress_url,
                reprint=effect.attempt > 1,
            )
            result = printer.print(PrintJob(job_id, blocks))
        if result.outcome is PrintOutcome.PRINTED:
            self._mark_printed(outcome.receipt_no)
        return ReceiptDone(effect.serial, result)

    def _clear_page_printer(self) -> None:
        """Nobody else may find a page of this visit in the tray: what is not out yet never comes out."""
        printer = self._peers.devices.page_printer
        if printer is not None:
            with suppress(DeviceError):  # the driver cancels what it finds as soon as it can
                printer.cancel_all()

    def _mark_printed(self, receipt_no: str) -> None:
        try:
            self._peers.queue.mark_printed(receipt_no)
        except QueueError:
            # Only the offer of a reprint hangs on it; the queue asks nobody to wait for that.
            return


def refusal_of(status: ItemStatus) -> str | None:
    """Return the code of what the resident who waits is told where the platform has said no."""
    if status.refused:
        return "submission.refused"
    return "submission.set-aside" if status.state == "attention" else None
