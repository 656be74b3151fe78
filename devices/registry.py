"""Driver names in the terminal profile and the factories behind them."""

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from devices.driver import Driver, Factory
from devices.errors import DeviceError, Remedy
from devices.model import DeviceSpec

_DRIVERS: Mapping[str, str] = {
    "sdt": "devices.idcard.sdt:make",
    "escpos-tcp": "devices.printer.escpos:make",
    "sane": "devices.scanner.sane_driver:make",
    "opencv": "devices.camera.opencv_driver:make",
}
"""Places rather than functions: a device's process loads its own driver's libraries and no others."""

_BENCH_PREFIX = "devices.sim."
"""Drivers of the test bench may be named by their place; nothing outside the bench can be."""


def driver_names() -> tuple[str, ...]:
    """Return the names that a profile may use."""
    return tuple(_DRIVERS)


def make_driver(spec: DeviceSpec) -> Driver:
    """Return the driver that the specification names, not yet open.

    Raises:
        DeviceError: ``device.unknown-driver``, ``device.driver-missing`` (a library that the driver needs
            is not installed) or ``device.bad-option``; all service.
    """
    place = _DRIVERS.get(spec.driver)
    if place is None and spec.driver.startswith(_BENCH_PREFIX):
        place = spec.driver
    module, _, factory = (place or "").partition(":")
    if not factory:
        known = ", ".join(_DRIVERS)
        detail = f"driver {spec.driver!r} is none of {known}"
        raise DeviceError(spec.name, "device.unknown-driver", Remedy.SERVICE, detail)
    try:
        make = cast("Factory", getattr(import_module(module), factory))
    except ImportError as error:
        raise DeviceError(spec.name, "device.driver-missing", Remedy.SERVICE, str(error)) from error
    return make(spec.name, spec.options)
