"""Driver of identity card readers that speak SDT."""

import time
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, Final, assert_never

from devices.driver import Result
from devices.errors import DeviceError, Remedy
from devices.idcard.card import CardTroubleError, find, is_lying, module_trouble, read, read_chip_numbers
from devices.idcard.exchange import NO_ANSWER, SdtLink
from devices.idcard.line import ReaderLine
from devices.idcard.options import LEAST_POLL_S, SdtOptions
from devices.idcard.portrait import Portraits
from devices.idcard.questions import RESET
from devices.idcard.sam import sam_number
from devices.idcard.status import LINE_ERROR, MOVED, REFUSED, SELFTEST_FAILED, Trouble
from devices.idcard.tally import Tally
from devices.model import CardDetected, CardRead, CardReadFailed, CardRemoved, DeviceEvent, Reading
from devices.transports.serial import PortGoneError

STATUS_EVERY_S: Final = 5.0
RESET_EVERY_S: Final = 60.0
"""The security module is reset this often at most."""
SILENT_LIMIT: Final = 3
"""Looks in a row that ended without an answer after which somebody has to come."""

LEFT_BEHIND: Final = Trouble("idcard.left-behind", Remedy.RESIDENT)
_CARDS_OWN: Final = frozenset({Remedy.RESIDENT, Remedy.ATTENDANT})
_LINE_TROUBLES: Final = frozenset({NO_ANSWER, LINE_ERROR.code})


class _Phase(Enum):
    EMPTY = auto()
    """No card that matters; one is looked for while armed."""
    FOUND = auto()
    """A card was found and told; it is read at the next tick."""
    LYING = auto()
    """A card was read and is watched for its removal."""
    SPENT = auto()
    """A card cannot be read. It has to be lifted before it, or another one, is tried."""


class SdtReader:
    """One reader.

    Args:
        device: Logical name.
        options: How to use it.
        line: To it.
    """

    def __init__(self, device: str, options: SdtOptions, line: ReaderLine) -> None:
        self._device = device
        self._options = options
        self._line = line
        self._portraits = Portraits(options.helper)
        self._tally = Tally()
        self._phase = _Phase.EMPTY
        self._armed = False
        self._told_lying = False
        self._told_empty = False
        self._silent = 0
        self._last_status = ""
        self._resets = 0
        self._reset_wanted = False
        self._status_due_s = 0.0
        self._reset_due_s = 0.0

    @property
    def tick_s(self) -> float:
        """No pause between finding a card and reading it; no long one before its removal is seen."""
        match self._phase:
            case _Phase.FOUND:
                return 0.0
            case _Phase.LYING:
                return LEAST_POLL_S
            case _Phase.EMPTY | _Phase.SPENT:
                return self._options.poll_s
            case _:
                assert_never(self._phase)

    def open(self) -> Mapping[str, str]:
        """Connect and return ``serial``, the number of the security module.

        Raises:
            DeviceError: The port's own, ``idcard.no-answer``, ``idcard.sam-selftest`` or
                ``idcard.sam-unauthorised``.
        """
        link = self._connect(thorough=True)
        try:
            self._check_module(link)
            # This process may follow one that was ended while a card lay on the reader; whoever waits for
            # that card to be taken hears of it either way.
            self._phase = _Phase.LYING if is_lying(link) else _Phase.EMPTY
            self._told_empty = self._phase is _Phase.LYING
        except DeviceError:
            self.close()
            raise
        return {"serial": sam_number(self._line.number)}

    def tick(self) -> Sequence[DeviceEvent]:
        """Look for a card, read it, or watch for its removal.

        Raises:
            DeviceError: The port's own; ``idcard.no-answer`` or ``idcard.line-error`` (retry, service after
                ``SILENT_LIMIT`` in a row); what the reader answers when it cannot look for cards.
        """
        try:
            link = self._line.link or self._connect(thorough=False)
            events = self._look(link)
        except DeviceError as error:
            raise self._after(error) from error
        except CardTroubleError as error:
            raise self._out_of_order(error) from error
        self._silent = 0
        return events

    def complaint(self) -> DeviceError | None:
        """Return what somebody should look at though cards are read."""
        return self._tally.complaint(self._device) or self._portraits.complaint(self._device)

    def readings(self) -> Mapping[str, Reading]:
        """Return counts of cards, the line's speed and the last status that told of a trouble."""
        return {
            "reads_ok": self._tally.reads_ok,
            "reads_failed": self._tally.reads_failed,
            "photos": self._portraits.state,
            "resets": self._resets,
            "speed": self._line.speed,
            "last_status": self._last_status,
        }

    def stir(self) -> None:
        """Look at the next tick, whatever the pauses say."""
        self._status_due_s = 0.0
        self._portraits.stir()

    def command(self, name: str, arguments: Mapping[str, Any]) -> Result:
        """Carry out ``arm``, ``disarm`` or ``chip-numbers``.

        Raises:
            DeviceError: ``chip-numbers`` only: why they cannot be read; ``idcard.moved`` when no card lies
                there that was read.
        """
        del arguments
        if name == "chip-numbers":
            return self._chip_numbers()
        armed = {"arm": True, "disarm": False}[name]
        if armed and not self._armed:
            self._told_lying = False
        self._armed = armed
        return None

    def close(self) -> None:
        """Let go of the line; ``tick`` opens it again."""
        self._line.close()

    # The line and the security module -------------------------------------------------------------

    def _connect(self, *, thorough: bool) -> SdtLink:
        link = self._line.connect(thorough=thorough)
        self._status_due_s = 0.0
        if self._phase is not _Phase.LYING:
            self._phase = _Phase.EMPTY  # a reader that was without power answers for every card again
        return link

    def _after(self, error: DeviceError) -> DeviceError:
        """Return the error to raise for one that came from the line, and get ready for the next try."""
        self._status_due_s = 0.0
        if isinstance(error, PortGoneError):
            self.close()
        if error.code not in _LINE_TROUBLES:
            return error
        self._silent += 1
        if self._silent < SILENT_LIMIT:
            return error
        self.close()  # a fresh start of the port wakes some USB converters
        return DeviceError(self._device, error.code, Remedy.SERVICE, error.detail)

    def _check_module(self, link: SdtLink) -> None:
        error = module_trouble(link)
        if error is not None and error.trouble == SELFTEST_FAILED and self._reset(link):
            error = module_trouble(link)
        if error is not None:
            raise self._out_of_order(error)
        self._status_due_s = time.monotonic() + STATUS_EVERY_S

    def _out_of_order(self, error: CardTroubleError) -> DeviceError:
        """Return the reader's health for an answer that is no card's fault."""
        self._status_due_s = 0.0
        self._last_status = error.status
        return self._error(error.trouble)

    def _reset(self, link: SdtLink) -> bool:
        """Reset the security module unless that was tried lately."""
        now_s = time.monotonic()
        if now_s < self._reset_due_s:
            return False
        self._reset_due_s = now_s + RESET_EVERY_S
        self._resets += 1
        link.ask(RESET)
        self._tally.was_reset()
        return True

    def _error(self, trouble: Trouble) -> DeviceError:
        return DeviceError(self._device, trouble.code, trouble.remedy)

    # The card -------------------------------------------------------------------------------------

    def _look(self, link: SdtLink) -> Sequence[DeviceEvent]:
        if self._reset_wanted:
            self._reset_wanted = False
            self._reset(link)
        match self._phase:
            case _Phase.EMPTY:
                return self._search(link)
            case _Phase.FOUND:
                return self._read(link)
            case _Phase.LYING:
                return self._watch(link)
            case _Phase.SPENT:
                if not self._armed:
                    link.drain()
                elif not find(link):
                    self._phase = _Phase.EMPTY
                return ()
            case _:
                assert_never(self._phase)

    def _search(self, link: SdtLink) -> Sequence[DeviceEvent]:
        if time.monotonic() >= self._status_due_s:
            self._check_module(link)
        if not self._told_empty:
            self._told_empty = True
            return (CardRemoved(self._device),)
        if not self._armed:
            link.drain()
            return ()
        if not find(link):
            return ()
        self._phase = _Phase.FOUND
        return (CardDetected(self._device),)

    def _read(self, link: SdtLink) -> Sequence[DeviceEvent]:
        self._phase = _Phase.EMPTY
        try:
            record = read(link, with_fingerprints=self._options.fingerprints)
        except CardTroubleError as error:
            # A card that was moved is off the reader now, or the reader says so until it is lifted; what is
            # the reader's own trouble is looked into at the next tick.
            if error.trouble != MOVED and error.trouble.remedy in _CARDS_OWN:
                self._phase = _Phase.SPENT
            self._recover(error)
            return self._failed(error.trouble.code, error.trouble.remedy)
        except DeviceError as error:
            # Told as the card's fate now; if it lasts, the next tick meets it again as the reader's health.
            cause = self._after(error)
            return self._failed(cause.code, cause.remedy)
        self._tally.succeeded()
        self._phase = _Phase.LYING
        self._told_lying = True
        return (CardRead(self._device, self._portraits.add(record)),)

    def _failed(self, code: str, remedy: Remedy) -> Sequence[DeviceEvent]:
        self._tally.failed(code)
        return (CardReadFailed(self._device, code, remedy),)

    def _recover(self, error: CardTroubleError) -> None:
        """Have the module reset at the next tick, once this card's fate is told, where that may help."""
        self._status_due_s = 0.0
        self._last_status = error.status
        refuses = self._tally.wants_reset(error.trouble, error.chip)
        self._reset_wanted = refuses or error.trouble == REFUSED

    def _watch(self, link: SdtLink) -> Sequence[DeviceEvent]:
        if not is_lying(link):
            self._phase = _Phase.EMPTY
            return (CardRemoved(self._device),)
        if self._told_lying or not self._armed:
            return ()
        self._told_lying = True
        return (CardReadFailed(self._device, LEFT_BEHIND.code, LEFT_BEHIND.remedy),)

    def _chip_numbers(self) -> Mapping[str, bytes]:
        link = self._line.link
        if self._phase is not _Phase.LYING or link is None:
            raise self._error(MOVED)
        try:
            numbers = read_chip_numbers(link)
        except CardTroubleError as error:
            raise self._error(error.trouble) from error
        return {"issue": numbers.issue, "serial": numbers.serial, "document": numbers.document}
