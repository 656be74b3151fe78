"""Driver of a receipt printer that speaks ESC/POS, over a network, a serial line or the USB printer class."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from devices.errors import DeviceError, Remedy, Severity
from devices.jobs import job_from, result_answer
from devices.model import DeviceEvent, Reading
from devices.options import convert_options
from devices.printer.faults import STATUS_UNSUPPORTED
from devices.printer.keeper import Keeper
from devices.printer.options import PrinterOptions, SerialOptions, TcpOptions, UsbOptions
from devices.printer.press import Press
from devices.printer.tally import Tally


def make_tcp(name: str, options: Mapping[str, Any]) -> "EscposPrinter":
    """Return the driver of a network printer, not yet open; see ``TcpOptions``.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    return EscposPrinter(name, convert_options(name, options, TcpOptions))


def make_serial(name: str, options: Mapping[str, Any]) -> "EscposPrinter":
    """Return the driver of a printer on a serial line, not yet open; see ``SerialOptions``.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    return EscposPrinter(name, convert_options(name, options, SerialOptions))


def make_usb(name: str, options: Mapping[str, Any]) -> "EscposPrinter":
    """Return the driver of a printer of the USB printer class, not yet open; see ``UsbOptions``.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    return EscposPrinter(name, convert_options(name, options, UsbOptions))


class EscposPrinter:
    """One printer; see ``devices.driver.Driver``.

    Args:
        name: Logical name from the profile.
        options: How to reach it.
    """

    def __init__(self, name: str, options: PrinterOptions) -> None:
        # A printer that does not answer is told after one pause and one answer timeout: 0.9 s.
        self.tick_s = 0.4
        self._name = name
        self._options = options
        self._keeper = Keeper(name, lambda: options.dial(name), options.answer_timeout_s)
        self._press = Press(name, options, self._keeper)
        self._tally = Tally()

    def open(self) -> Mapping[str, str]:
        """Find the fonts, read the journal, connect, and ask the printer who it is.

        Raises:
            DeviceError: ``device.absent``, the transport's own, ``printer.font-missing``,
                ``printer.journal-unwritable`` (all service).
        """
        self._press.prepare()
        self._keeper.connected()
        with suppress(DeviceError):  # what is wrong with a printer that is there is told by its ticks
            self._press.look()
        return {"model": f"ESC/POS {self._options.paper_mm} mm", **self._keeper.identity}

    def tick(self) -> Sequence[DeviceEvent]:
        """Ask the printer how it is.

        Raises:
            DeviceError: Its worst complaint; ``device.wrong-model`` (service); for a printer that cannot be
                asked ``printer.status-unsupported``, which costs nothing.
        """
        self._keeper.rested()
        try:
            fault = self._press.look()
        except DeviceError as error:
            self._keeper.complain(error.code)
            raise
        self._keeper.complain("" if fault is None else fault.code)
        if fault is not None:
            raise DeviceError(self._name, fault.code, fault.remedy)
        if self._options.status == "none":
            detail = "prints, and cannot be asked"
            raise DeviceError(self._name, STATUS_UNSUPPORTED, Remedy.SERVICE, detail, Severity.INFO)
        return ()

    def command(self, name: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Carry out ``print``; see ``devices.jobs``.

        A failure of the printer is part of the answer.
        """
        result = {"print": self._press.print}[name](job_from(arguments))
        self._tally.count(result)
        return result_answer(result)

    def readings(self) -> Mapping[str, Reading]:
        """Return paper, cover, what was printed and how it ended; see ``Tally``."""
        return self._tally.readings(self._keeper)

    def stir(self) -> None:
        """Look at once for a printer that was not there."""
        self._keeper.stir()

    def close(self) -> None:
        """Let go of the printer."""
        self._keeper.drop()
