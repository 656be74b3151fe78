"""The SANE library as far as the driver uses it, with its exceptions translated.

python-sane carries no types: everything untyped stays in this file.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportAttributeAccessIssue=false

import importlib
import os
import signal
import threading
from contextlib import suppress
from types import ModuleType
from typing import Any, Final

from devices.errors import DeviceError, Remedy
from devices.model import Pixels
from devices.scanner.faults import CANCELLED, REFUSED, TOO_LONG, TRUNCATED, open_fault, scan_fault
from devices.scanner.finder import Listed
from devices.scanner.offer import Offer, Offers
from devices.scanner.options import Setting
from devices.scanner.pages import Announced, picture, shortfall

_PATIENCE_S: Final = 0.3
"""So long a cancelled scan may go on without a line before the library is told from another thread."""
_KINDS: Final = {0: "bool", 1: "int", 2: "fixed", 3: "string"}
"""``SANE_Value_Type``; buttons and groups have no value."""
_UNIT_PIXEL: Final = 1


class SanePort:
    """One scanner through libsane; the process must be the driver's own.

    Args:
        device: Logical name, for errors.
        config_dir: Folder with ``dll.conf`` to use instead of the system's, or None.

    Raises:
        DeviceError: ``scanner.sane-absent`` (service).
    """

    def __init__(self, device: str, config_dir: str | None) -> None:
        self._device = device
        if config_dir is not None:
            os.environ["SANE_CONFIG_DIR"] = config_dir
        self._sane = _library(device)
        # The module's own exception has no public name.
        self._error: type[Exception] = importlib.import_module("_sane").error
        self._handle: Any = None
        self._begun = False
        self._cancelled = threading.Event()
        self._calm = threading.Event()
        self._calm.set()
        self._lock = threading.Lock()
        self._start_library()

    def restart(self) -> None:
        """Let go of everything and load the back ends anew: some see a new device no other way."""
        self.close()
        self._sane.exit()
        self._start_library()

    def listed(self, *, network: bool) -> tuple[Listed, ...]:
        """Return SANE's list of devices, asking in the network too if told.

        Raises:
            DeviceError: What SANE says.
        """
        try:
            entries: list[tuple[str, str, str, str]] = self._sane.get_devices(not network)
        except self._error as error:
            raise scan_fault(self._device, str(error)) from error
        finally:
            _ignore_sigpipe()
        return tuple(Listed(name, vendor, model) for name, vendor, model, _ in entries)

    @property
    def is_open(self) -> bool:
        """Whether a device is open."""
        return self._handle is not None

    def open(self, sane_name: str) -> None:
        """Open a device.

        Raises:
            DeviceError: ``device.absent`` (service), or what SANE says.
        """
        self.close()
        try:
            self._handle = self._sane.open(sane_name)
        except self._error as error:
            raise open_fault(self._device, str(error)) from error
        finally:
            _ignore_sigpipe()

    def close(self) -> None:
        """Let go of the device; may be called again."""
        # HARDWARE: closing alone leaves some back ends in the middle of the page, for the next one to find.
        self.end_batch()
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()

    def shut_down(self) -> None:
        """Let go of the device and of SANE."""
        self.close()
        self._sane.exit()

    # Options --------------------------------------------------------------------------------------

    def offers(self) -> Offers:
        """Return the options of the open device as they are now, by SANE's names."""
        offers = (self._offer(option) for option in self._handle.opt.values())
        return {offer.name: offer for offer in offers}

    def set(self, name: str, value: Setting) -> None:
        """Set one option; a number may come out near to it.

        Raises:
            DeviceError: ``scanner.setting-refused`` (service), or what SANE says.
        """
        try:
            setattr(self._handle, _attribute(name), value)
        except self._error as error:
            raise scan_fault(self._device, str(error)) from error
        except (AttributeError, TypeError) as error:
            raise DeviceError(self._device, REFUSED, Remedy.SERVICE, str(error)) from error

    def value(self, name: str) -> Setting | None:
        """Return the value of one option, or None where the device has it not, or not now.

        Raises:
            DeviceError: What SANE says.
        """
        try:
            return getattr(self._handle, _attribute(name))
        except AttributeError:
            return None
        except self._error as error:
            raise scan_fault(self._device, str(error)) from error

    def _offer(self, option: Any) -> Offer:  # noqa: ANN401  # the binding has no types
        constraint = option.constraint
        span = constraint if isinstance(constraint, tuple) else (None, None)
        return Offer(
            name=str(option.name),
            kind=_KINDS.get(option.type, "other"),  # pyright: ignore[reportArgumentType]  # the table has no others
            settable=bool(option.is_active() and option.is_settable()),
            choices=tuple(constraint) if isinstance(constraint, list) else (),
            least=span[0],
            most=span[1],
            in_pixels=option.unit == _UNIT_PIXEL,
        )

    # Pages ----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin with a page: the feeder draws it in.

        Raises:
            DeviceError: One of the codes of ``devices.scanner.faults``.
        """
        self._check_cancelled()
        self._begun = True
        try:
            self._handle.start()
        except self._error as error:
            raise scan_fault(self._device, str(error)) from error
        finally:
            _ignore_sigpipe()

    def read(self, most_bytes: int) -> Pixels:
        """Read the page that was begun with; another may be started after.

        Args:
            most_bytes: Largest picture as python-sane has it: one byte for each sample.

        Returns:
            ``(height, width, 3)`` uint8 BGR.

        Raises:
            DeviceError: One of the codes of ``devices.scanner.faults``. A page that was broken off comes as
                a shorter one, without an error, from SANE; never from here.
        """
        before = self._announced()
        if not before.readable:
            raise DeviceError(self._device, REFUSED, Remedy.SERVICE, f"{before} cannot be read")
        most_lines = most_bytes // before.picture_line_bytes
        handle, cancelled = self._handle, self._cancelled
        told = too_long = False

        def passed(line: int, _of: int) -> None:
            # Called by C that does not expect it to raise: what is raised here ends the process.
            nonlocal told, too_long
            too_long = too_long or line > most_lines
            if (too_long or cancelled.is_set()) and not told:
                told = True
                with suppress(self._error):
                    handle.dev.cancel()

        self._calm.clear()
        try:
            self._check_cancelled()
            data, width_px, lines, samples, sample_bytes = handle.dev.snap(True, True, passed)  # noqa: FBT003  # its own signature
        except (self._error, RuntimeError) as error:
            self._check_cancelled()
            if not too_long:
                raise scan_fault(self._device, str(error)) from error
            data, width_px, lines, samples, sample_bytes = bytearray(), 0, 0, 1, 1
        finally:
            self._calm.set()
            with self._lock:  # until a canceller in the library has come out of it
                _ignore_sigpipe()
        self._check_cancelled()
        if too_long:
            detail = f"more than {most_lines} lines"
            raise DeviceError(self._device, TOO_LONG, Remedy.SERVICE, detail)
        missing = shortfall(width_px, lines, before, self._announced())
        if missing:
            raise DeviceError(self._device, TRUNCATED, Remedy.RETRY, missing)
        return picture(data, (lines, width_px, samples), sample_bytes)

    def end_batch(self) -> None:
        """Tell the device that no further page is wanted now; a feeder lets go of what it drew in."""
        begun, self._begun = self._begun, False
        if begun and self._handle is not None:
            with suppress(self._error):
                self._handle.cancel()

    def cancel(self) -> None:
        """Break off the page that is being read, from any thread.

        The thread that reads tells the library itself at the next line, because back ends expect one caller.
        Where no line comes this thread does it, which the standard allows during a read (1.06, 4.3.10). A
        start is never disturbed: the net back end would mix two questions on one connection.
        """
        self._cancelled.set()
        if self._calm.wait(_PATIENCE_S):
            return
        with self._lock:
            handle = self._handle
            if handle is not None and not self._calm.is_set():
                with suppress(self._error):
                    handle.dev.cancel()

    def allow(self) -> None:
        """Forget that something was cancelled."""
        self._cancelled.clear()

    def wait_cancelled(self, for_s: float) -> None:
        """Wait, unless something is cancelled.

        Raises:
            DeviceError: ``scanner.cancelled`` (retry).
        """
        self._cancelled.wait(for_s)
        self._check_cancelled()

    def _check_cancelled(self) -> None:
        if self._cancelled.is_set():
            raise DeviceError(self._device, CANCELLED, Remedy.RETRY, "as asked")

    def _announced(self) -> Announced:
        try:
            frame, _, (width_px, lines), depth, line_bytes = self._handle.get_parameters()
        except self._error as error:
            raise scan_fault(self._device, str(error)) from error
        return Announced(frame, width_px, lines, depth, line_bytes)

    def _start_library(self) -> None:
        try:
            self._sane.init()
        except self._error as error:
            raise scan_fault(self._device, str(error)) from error


def _attribute(name: str) -> str:
    return name.replace("-", "_")


def _ignore_sigpipe() -> None:
    # Back ends that read through a pipe give SIGPIPE its default action, so that the next write to a peer
    # that is gone would end this process. Python ignores the signal, and so it stays here.
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def _library(device: str) -> ModuleType:
    # Imported only here: the binding is built from source against libsane and may be missing on a machine
    # that has no scanner, which then still has to be told so in plain words.
    try:
        return importlib.import_module("sane")
    except ImportError as error:
        raise DeviceError(
            device, "scanner.sane-absent", Remedy.SERVICE, f"{error}; install libsane and python-sane"
        ) from error
