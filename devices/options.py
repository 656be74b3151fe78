"""A driver's options, as the terminal profile gives them, checked."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from devices.errors import DeviceError, Remedy

_O = TypeVar("_O")


def convert_options(device: str, options: Mapping[str, Any], kind: type[_O]) -> _O:
    """Check what the profile says.

    Raises:
        DeviceError: ``device.bad-option`` (service), the detail naming the key and what it should be.
    """
    try:
        return msgspec.convert(dict(options), kind)
    except msgspec.ValidationError as error:
        raise bad_option(device, str(error)) from error


def bad_option(device: str, detail: str) -> DeviceError:
    """Return the error for a mistake in the profile."""
    return DeviceError(device, "device.bad-option", Remedy.SERVICE, detail)
