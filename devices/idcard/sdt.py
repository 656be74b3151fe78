"""Driver of identity card readers that speak SDT over a serial line."""

import time
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, Final, assert_never

from devices.driver import Result
from devices.errors import DeviceError, Remedy
from devices.idcard.card import CardTroubleError, find, is_lying, module_trouble, read
from devices.idcard.exchange import NO_ANSWER, RESET, SdtLink
from devices.idcard.options import SdtOptions, read_options
from devices.idcard.sam import sam_number
from devices.idcard.status import AUTH_FAILED, LINE_ERROR, MOVED, REFUSED, SELFTEST_FAILED, Trouble
from devices.model import CardDetected, CardRead, CardReadFailed, CardRemoved, DeviceEvent
from devices.transports.serial import PortGoneError, SerialLine

STATUS_EVERY_S: Final = 5.0
RESET_EVERY_S: Final = 60.0
"""The security module is reset this often at most."""
SILENT_LIMIT: Final = 3
"""Looks in a row that ended without an answer after which somebody has to come."""
AUTH_LIMIT: Final = 3
"""Cards in a row that refused the security module or were refused by it, after which it is reset."""

LEFT_BEHIND: Final = Trouble("idcard.left-behind", Remedy.RESIDENT)
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
        options: Where it is.
    """

    def __init__(self, device: str, options: SdtOptions) -> None:
        self._device = device
        self._options = options
        self._line: SerialLine | None = None
        self._link: SdtLink | None = None
        self._phase = _Phase.EMPTY
        self._armed = False
        self._told_lying = False
        self._told_empty = False
        self._silent = 0
        self._auth_failures = 0
        self._status_due_s = 0.0
        self._reset_due_s = 0.0

    @property
    def tick_s(self) -> float:
        """No pause between finding a card and reading it; otherwise as the options say."""
        return 0.0 if self._phase is _Phase.FOUND else self._options.poll_s

    def open(self) -> Mapping[str, str]:
        """Connect and return ``serial``, the number of the security module.

        Raises:
            DeviceError: The port's own, ``idcard.no-answer``, ``idcard.sam-selftest`` or
                ``idcard.sam-unauthorised``.
        """
        link, number = self._connect()
        try:
            self._check_module(link)
            # This process may follow one that was ended while a card lay on the reader; whoever waits for
            # that card to be taken hears of it either way.
            self._phase = _Phase.LYING if is_lying(link) else _Phase.EMPTY
            self._told_empty = self._phase is _Phase.LYING
        except DeviceError:
            self.close()
            raise
        return {"serial": sam_number(number)}

    def tick(self) -> Sequence[DeviceEvent]:
        """Look for a card, read it, or watch for its removal.

        Raises:
            DeviceError: The port's own; ``idcard.no-answer`` or ``idcard.line-error`` (retry, service after
                ``SILENT_LIMIT`` in a row); what the reader answers when it cannot look for cards.
        """
        try:
            link = self._link or self._connect()[0]
            events = self._look(link)
        except DeviceError as error:
            raise self._after(error) from error
        except CardTroubleError as error:
            self._status_due_s = 0.0
            raise self._error(error.trouble) from error
        self._silent = 0
        return events

    def command(self, name: str, arguments: Mapping[str, Any]) -> Result:
        """Carry out ``arm`` or ``disarm``."""
        del arguments
        armed = {"arm": True, "disarm": False}[name]
        if armed and not self._armed:
            self._told_lying = False
        self._armed = armed
        return None

    def close(self) -> None:
        """Let go of the port; ``tick`` opens it again."""
        if self._line is not None:
            self._line.close()
        self._line = self._link = None

    # The line and the security module -------------------------------------------------------------

    def _connect(self) -> tuple[SdtLink, bytes]:
        self._line = SerialLine.open(self._device, self._options.port, self._options.baud)
        link = SdtLink(self._device, self._line, self._options.frame_timeout_s)
        try:
            number = link.synchronise()
        except DeviceError:
            self.close()
            raise
        self._link = link
        self._status_due_s = 0.0
        if self._phase is not _Phase.LYING:
            self._phase = _Phase.EMPTY  # a reader that was without power answers for every card again
        return link, number

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
        trouble = module_trouble(link)
        if trouble == SELFTEST_FAILED and self._reset(link):
            trouble = module_trouble(link)
        if trouble is not None:
            raise self._error(trouble)
        self._status_due_s = time.monotonic() + STATUS_EVERY_S

    def _reset(self, link: SdtLink) -> bool:
        """Reset the security module unless that was tried lately."""
        now_s = time.monotonic()
        if now_s < self._reset_due_s:
            return False
        self._reset_due_s = now_s + RESET_EVERY_S
        link.ask(RESET)
        return True

    def _error(self, trouble: Trouble) -> DeviceError:
        return DeviceError(self._device, trouble.code, trouble.remedy)

    # The card -------------------------------------------------------------------------------------

    def _look(self, link: SdtLink) -> Sequence[DeviceEvent]:
        match self._phase:
            case _Phase.EMPTY:
                return self._search(link)
            case _Phase.FOUND:
                return self._read(link)
            case _Phase.LYING:
                return self._watch(link)
            case _Phase.SPENT:
                if self._armed and not find(link):
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
            if self._line is not None:
                self._line.drain()
            return ()
        if not find(link):
            return ()
        self._phase = _Phase.FOUND
        return (CardDetected(self._device),)

    def _read(self, link: SdtLink) -> Sequence[DeviceEvent]:
        self._phase = _Phase.EMPTY
        try:
            record = read(link)
        except CardTroubleError as error:
            # A card that was moved is off the reader now, or the reader says so until it is lifted.
            if error.trouble != MOVED and error.trouble.remedy is not Remedy.RETRY:
                self._phase = _Phase.SPENT
            self._recover(link, error.trouble)
            return (CardReadFailed(self._device, error.trouble.code, error.trouble.remedy),)
        except DeviceError as error:
            # Told as the card's fate now; if it lasts, the next tick meets it again as the reader's health.
            cause = self._after(error)
            return (CardReadFailed(self._device, cause.code, cause.remedy),)
        self._auth_failures = 0
        self._phase = _Phase.LYING
        self._told_lying = True
        return (CardRead(self._device, record),)

    def _recover(self, link: SdtLink, trouble: Trouble) -> None:
        self._status_due_s = 0.0
        self._auth_failures = self._auth_failures + 1 if trouble == AUTH_FAILED else 0
        if trouble == REFUSED or self._auth_failures >= AUTH_LIMIT:
            self._auth_failures = 0
            self._reset(link)

    def _watch(self, link: SdtLink) -> Sequence[DeviceEvent]:
        if not is_lying(link):
            self._phase = _Phase.EMPTY
            return (CardRemoved(self._device),)
        if self._told_lying or not self._armed:
            return ()
        self._told_lying = True
        return (CardReadFailed(self._device, LEFT_BEHIND.code, LEFT_BEHIND.remedy),)


def make(name: str, options: Mapping[str, Any]) -> SdtReader:
    """Return a reader that is not yet open; see ``SdtOptions``.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    return SdtReader(name, read_options(name, options))
