"""Options of a power supply behind NUT in the terminal profile."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from devices.options import convert_options

_Seconds = Annotated[float, msgspec.Meta(ge=0.05, le=5)]


class NutOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Options of the driver ``nut``.

    Args:
        ups: Name of the supply in ``ups.conf``.
        host: Where upsd listens.
        port: TCP port, 3493 by registration.
        poll_s: Pause between two looks.
        timeout_s: For an answer.
        dead_s: After so long without fresh data somebody has to come; a supply that was last seen on battery
            counts as ending then.
        low_percent: On battery, at or below this charge, it counts as ending whatever the supply says.
        low_runtime_s: Likewise with the time that is left.
    """

    ups: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.-]+$")]
    host: Annotated[str, msgspec.Meta(min_length=1)] = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(gt=0, lt=65536)] = 3493
    poll_s: _Seconds = 1.0
    timeout_s: _Seconds = 1.0
    dead_s: Annotated[float, msgspec.Meta(ge=0.1, le=600)] = 15.0
    low_percent: Annotated[float, msgspec.Meta(ge=0, le=100)] = 15.0
    low_runtime_s: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 120.0


def read_options(device: str, options: Mapping[str, Any]) -> NutOptions:
    """Check what the profile says.

    Raises:
        DeviceError: ``device.bad-option`` (service), the detail naming the key and what it should be.
    """
    return convert_options(device, options, NutOptions)
