"""What the bench can be told while it runs; one JSON object a line on its control socket."""

import msgspec

from devices.sim.sdt_reader import LineFault


class _Order(msgspec.Struct, frozen=True, tag_field="do", forbid_unknown_fields=True):
    """One thing to do."""


class CardPlace(_Order, frozen=True, tag="card.place"):
    """Lay a card of the scenario on the reader."""

    card: str


class CardPull(_Order, frozen=True, tag="card.pull"):
    """Take the card away."""


class CardPullAfter(_Order, frozen=True, tag="card.pull-after"):
    """Take the card away after so many bytes of its data."""

    bytes: int


class IdCardFault(_Order, frozen=True, tag="idcard.fault"):
    """Disturb the next answers of the reader, or all until ``idcard.recover``."""

    fault: LineFault
    answers: int | None = None


class IdCardForce(_Order, frozen=True, tag="idcard.force"):
    """Answer a command of the reader with this SW3 until ``idcard.recover``."""

    command: str
    sw3: int


class IdCardRecover(_Order, frozen=True, tag="idcard.recover"):
    """Have nothing go wrong with the reader any more."""


class IdCardUnplug(_Order, frozen=True, tag="idcard.unplug"):
    """Pull the reader's plug."""


class IdCardReplug(_Order, frozen=True, tag="idcard.replug"):
    """Plug the reader in again."""


class CodeShow(_Order, frozen=True, tag="codes.show"):
    """Hold a phone with this code before the code scanner."""

    text: str


class PrinterPaper(_Order, frozen=True, tag="printer.paper"):
    """Take the roll out, or put one in; or let it run low."""

    out: bool = False
    low: bool = False


class PrinterCover(_Order, frozen=True, tag="printer.cover"):
    """Open or close the cover."""

    open: bool


class PrinterMute(_Order, frozen=True, tag="printer.mute"):
    """Have the printer print and say nothing, or speak again."""

    on: bool


class PrinterSlips(_Order, frozen=True, tag="printer.slips"):
    """Answer with the paths of all slips so far, under ``slips``."""


class ScannerPage(_Order, frozen=True, tag="scanner.page"):
    """Lay a document of the person on that card on the glass."""

    card: str


class NetworkCut(_Order, frozen=True, tag="network.cut"):
    """Cut the cable."""


class NetworkRestore(_Order, frozen=True, tag="network.restore"):
    """Mend the cable."""


Order = (
    CardPlace
    | CardPull
    | CardPullAfter
    | IdCardFault
    | IdCardForce
    | IdCardRecover
    | IdCardUnplug
    | IdCardReplug
    | CodeShow
    | PrinterPaper
    | PrinterCover
    | PrinterMute
    | PrinterSlips
    | ScannerPage
    | NetworkCut
    | NetworkRestore
)
