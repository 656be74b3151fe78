"""Keeps the connection to one printer: opens it, opens it again, tries what a driver can try itself."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

from devices.errors import DeviceError
from devices.printer.encode import INITIALISE, RECOVER_AND_CLEAR
from devices.printer.faults import CUTTER_JAM, GARBLED, SILENT, STALLED
from devices.printer.link import PrinterLink
from devices.printer.status import PrinterStatus
from devices.transports.byte_stream import ByteStream, LinkLostError

REOPEN_PAUSES_S: Final = (0.0, 0.4, 0.8, 1.6)
"""Between attempts to reach a printer that is not there; the last one repeats. One that is plugged in again
is to be usable within 3 s without anybody telling."""
RESET_AFTER: Final = 3
"""Looks in a row that ended with the same complaint, before the printer is reset by protocol."""
RESET_EVERY_S: Final = 60.0
"""The printer is reset this often at most (XFS: reset must not be used excessively)."""

_RESETTABLE: Final = (SILENT, GARBLED, STALLED, CUTTER_JAM)


class Keeper:
    """One printer's connection, which may be there or not.

    Args:
        device: Logical name, for errors.
        dial: Opens a connection.
        answer_timeout_s: Within which a question has to be answered.
    """

    def __init__(self, device: str, dial: Callable[[], ByteStream], answer_timeout_s: float) -> None:
        self._device = device
        self._dial = dial
        self._answer_timeout_s = answer_timeout_s
        self._refusal: DeviceError | None = None
        self._refusals = 0
        self._rest_until_s = 0.0
        self._complaint = ""
        self._complaints = 0
        self._reset_due_s = 0.0
        self._identified = False
        self.link: PrinterLink | None = None
        """The connection, or None."""
        self.status: PrinterStatus | None = None
        """What the printer last answered, or None when it does not answer now."""
        self.identity: Mapping[str, str] = {}
        """What the printer last said of itself."""
        self.connections = 0
        """How often a connection was opened."""

    def stir(self) -> None:
        """Forget the pause: something was plugged in."""
        self._rest_until_s = 0.0

    def connected(self) -> PrinterLink:
        """Return the connection, opened now if there is none.

        Raises:
            DeviceError: ``device.absent`` or the transport's own.
        """
        if self.link is None:
            try:
                stream = self._dial()
            except DeviceError as error:
                pause_s = REOPEN_PAUSES_S[min(self._refusals, len(REOPEN_PAUSES_S) - 1)]
                self._refusals += 1
                self._rest_until_s = time.monotonic() + pause_s
                self._refusal = error
                raise
            self._refusals, self._refusal = 0, None
            self._identified = False
            self.connections += 1
            self.link = PrinterLink(self._device, stream, self._answer_timeout_s)
        return self.link

    def drop(self) -> None:
        """Let go of the connection."""
        self.status = None
        if self.link is not None:
            self.link.close()
            self.link = None

    def rested(self) -> None:
        """Look whether it is time to try again to reach a printer that was not there.

        Raises:
            DeviceError: The last refusal, while its pause lasts.
        """
        if self.link is None and self._refusal is not None and time.monotonic() < self._rest_until_s:
            raise self._refusal

    def probe(self) -> PrinterStatus:
        """Ask the printer how it is; a connection that broke meanwhile is opened again, once.

        Raises:
            DeviceError: The printer cannot be reached, or does not answer.
        """
        try:
            return self._probe_once()
        except LinkLostError:
            # HARDWARE: many printers close a connection that was idle for some minutes.
            return self._probe_once()

    def identify(self) -> None:
        """Ask a printer that is ready, and was not asked on this connection, who it is.

        Raises:
            DeviceError: The connection broke.
        """
        if self._identified or self.status is None or self.status.offline:
            return
        self._identified = True
        try:
            self.identity = self.connected().identify()
        except DeviceError:
            self.drop()
            raise

    def complain(self, code: str) -> None:
        """Take note of what a look ended with, ``""`` when all was well, and reset what stays unwell."""
        self._complaints = self._complaints + 1 if code == self._complaint else 1
        self._complaint = code
        due = code in _RESETTABLE and self._complaints >= RESET_AFTER
        if not due or time.monotonic() < self._reset_due_s:
            return
        self._reset_due_s = time.monotonic() + RESET_EVERY_S
        with suppress(DeviceError):  # the next look tells what came of it
            self.connected().send(RECOVER_AND_CLEAR + INITIALISE, self._answer_timeout_s, urgent=True)

    def _probe_once(self) -> PrinterStatus:
        link = self.connected()
        try:
            self.status = link.probe()
        except DeviceError:
            self.drop()
            raise
        return self.status
