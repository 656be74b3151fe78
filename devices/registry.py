"""Driver names in the terminal profile and the factories behind them."""

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from devices.driver import Driver, Factory
from devices.errors import DeviceError, Remedy
from devices.model import DeviceSpec, Kind

_DRIVERS: Mapping[str, tuple[str, tuple[Kind, ...]]] = {
    "sdt": ("devices.idcard.sdt:make", (Kind.ID_CARD,)),
    "escpos-tcp": ("devices.printer.escpos:make_tcp", (Kind.PRINTER,)),
    "escpos-serial": ("devices.printer.escpos:make_serial", (Kind.PRINTER,)),
    "escpos-usb": ("devices.printer.escpos:make_usb", (Kind.PRINTER,)),
    "pcsc": ("devices.smartcard.pcsc_driver:make", (Kind.SMART_CARD,)),
    "sane": ("devices.scanner.sane_driver:make", (Kind.SCANNER,)),
    "cups": ("devices.page_printer.cups_driver:make", (Kind.PAGE_PRINTER,)),
    "opencv": ("devices.camera.opencv_driver:make", (Kind.CAMERA, Kind.FACE_CAMERA)),
    "serial-codes": ("devices.codes.scanner:make", (Kind.CODE_SCANNER,)),
    "modbus-inputs": ("devices.sensors.modbus_inputs:make", (Kind.SENSORS,)),
    "nut": ("devices.power.nut:make", (Kind.POWER,)),
}
"""Driver name → where its factory is, and what it can be used for.

Places rather than functions: a device's process loads its own driver's libraries and no others.
"""

_BENCH_PREFIX = "devices.sim."
"""Drivers of the test bench may be named by their place; nothing outside the bench can be."""


def driver_names() -> tuple[str, ...]:
    """Return the names that a profile may use."""
    return tuple(_DRIVERS)


def driver_kinds(driver: str) -> tuple[Kind, ...]:
    """Return what a driver can be used for; every kind for a driver of the test bench, none if unknown."""
    if driver in _DRIVERS:
        return _DRIVERS[driver][1]
    return tuple(Kind) if driver.startswith(_BENCH_PREFIX) else ()


def make_driver(spec: DeviceSpec) -> Driver:
    """Return the driver that the specification names, not yet open.

    Raises:
        DeviceError: ``device.unknown-driver``, ``device.driver-missing`` (a library that the driver needs
            is not installed) or ``device.bad-option``; all service.
    """
    place, _ = _DRIVERS.get(spec.driver, ("", ()))
    if not place and spec.driver.startswith(_BENCH_PREFIX):
        place = spec.driver
    module, _, factory = place.partition(":")
    if not factory:
        known = ", ".join(_DRIVERS)
        detail = f"driver {spec.driver!r} is none of {known}"
        raise DeviceError(spec.name, "device.unknown-driver", Remedy.SERVICE, detail)
    try:
        make = cast("Factory", getattr(import_module(module), factory))
    except ImportError as error:
        raise DeviceError(spec.name, "device.driver-missing", Remedy.SERVICE, str(error)) from error
    return make(spec.name, spec.options)
