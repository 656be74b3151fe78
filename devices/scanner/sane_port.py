"""The SANE library as far as the driver uses it, with its exceptions translated.

python-sane carries no types: everything untyped stays in this file.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportAttributeAccessIssue=false

import importlib
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

import numpy as np

from devices.errors import DeviceError, Remedy
from devices.model import Pixels
from devices.scanner.faults import NO_PAGE, TRUNCATED, open_fault, scan_fault

Setting = str | float | bool
"""Value of a SANE option."""

_UNKNOWN_HEIGHT: Final = -1
"""What a hand-held or sheet-fed scanner says before the page has passed."""

_EIGHT_BIT: Final = 8


@dataclass(frozen=True, slots=True)
class Listed:
    """One device as SANE lists it."""

    name: str
    vendor: str
    model: str


class SanePort:
    """One scanner through libsane; the process must be the driver's own.

    Args:
        device: Logical name, for errors.
        sane_name: SANE's name of the device, such as ``"pnm:0"``.
        config_dir: Folder with ``dll.conf`` to use instead of the system's, or None.

    Raises:
        DeviceError: ``scanner.sane-absent`` (service).
    """

    def __init__(self, device: str, sane_name: str, config_dir: str | None) -> None:
        self._device = device
        self._sane_name = sane_name
        if config_dir is not None:
            os.environ["SANE_CONFIG_DIR"] = config_dir
        self._sane = _library(device)
        # The module's own exception has no public name.
        self._error: type[Exception] = importlib.import_module("_sane").error
        try:
            self._sane.init()
        except self._error as error:
            raise scan_fault(device, str(error)) from error
        self._handle: Any = None

    def listed(self) -> Listed | None:
        """Return the device's entry in SANE's list of local devices, or None when it is not there."""
        try:
            entries: list[tuple[str, str, str, str]] = self._sane.get_devices(True)  # noqa: FBT003  # its own signature
        except self._error as error:
            raise scan_fault(self._device, str(error)) from error
        found = [Listed(name, vendor, model) for name, vendor, model, _ in entries]
        return next((entry for entry in found if entry.name == self._sane_name), None)

    def open(self, settings: Mapping[str, Setting]) -> None:
        """Open the device and set its options, in order.

        Raises:
            DeviceError: ``device.absent``, ``device.bad-option`` (service), or what SANE says.
        """
        self.close()
        try:
            self._handle = self._sane.open(self._sane_name)
        except self._error as error:
            raise open_fault(self._device, str(error)) from error
        for name, value in settings.items():
            self._set(name, value)

    def scan(self) -> Pixels:
        """Scan one page.

        Returns:
            ``(height, width, 3)`` uint8 BGR.

        Raises:
            DeviceError: One of the codes of ``devices.scanner.faults``.
        """
        try:
            self._handle.start()
            kind, _, (width, height), depth, _ = self._handle.get_parameters()
            page: Pixels = self._handle.arr_snap()
        except (self._error, RuntimeError) as error:
            raise scan_fault(self._device, str(error)) from error
        finally:
            # Back ends that read through a pipe give SIGPIPE its default action, so that the next write to a
            # peer that is gone would end this process. Python ignores the signal, and so it stays here.
            signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        if depth != _EIGHT_BIT:
            raise DeviceError(
                self._device, "scanner.setting-refused", Remedy.SERVICE, f"{kind} of {depth} bits is not read"
            )
        # A scan that was broken off comes back as a shorter page, without an error.
        if page.shape[1] != width or height not in (_UNKNOWN_HEIGHT, page.shape[0]):
            raise DeviceError(
                self._device,
                TRUNCATED,
                Remedy.RETRY,
                f"{page.shape[1]}x{page.shape[0]} instead of {width}x{height}",
            )
        return np.ascontiguousarray(page[:, :, ::-1]) if page.shape[2] != 1 else page.repeat(3, axis=2)

    def close(self) -> None:
        """Let go of the device; may be called again."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None

    def shut_down(self) -> None:
        """Let go of the device and of SANE."""
        self.close()
        self._sane.exit()

    def _set(self, name: str, value: Setting) -> None:
        try:
            if name.replace("-", "_") not in self._handle.opt:
                raise self._bad_option(name, "the device has no such option")
            setattr(self._handle, name.replace("-", "_"), value)
        except (self._error, AttributeError, TypeError) as error:
            if name == "filename":
                raise DeviceError(self._device, NO_PAGE, Remedy.RESIDENT, str(error)) from error
            raise self._bad_option(name, str(error)) from error

    def _bad_option(self, name: str, reason: str) -> DeviceError:
        return DeviceError(self._device, "device.bad-option", Remedy.SERVICE, f"{name}: {reason}")


def _library(device: str) -> ModuleType:
    # Imported only here: the binding is built from source against libsane and may be missing on a machine
    # that has no scanner, which then still has to be told so in plain words.
    try:
        return importlib.import_module("sane")
    except ImportError as error:
        raise DeviceError(
            device, "scanner.sane-absent", Remedy.SERVICE, f"{error}; install libsane and python-sane"
        ) from error
