"""The devices that a terminal's profile names, as ``devices`` takes them."""

from devices import DeviceSpec, Kind, driver_kinds, driver_names
from kiosk.catalogue.readiness import KIND_OF_FAMILY, kind_of
from provisioning.profile import DevicePart, ProfileError, TerminalProfile


def device_specs(profile: TerminalProfile) -> tuple[DeviceSpec, ...]:
    """Return the devices of a profile, in its order.

    The options of a driver are checked by the driver itself, in its own process: a mistake in them is the
    health of that device (``device.bad-option``) and hinders no other.

    Raises:
        ProfileError: ``profile.bad-key``: a name that does not fit the kind, a driver that there is not, or
            one that does not drive this kind.
    """
    return tuple(_spec(name, part) for name, part in profile.devices.items())


def _spec(name: str, part: DevicePart) -> DeviceSpec:
    kind, kinds = Kind(part.kind), driver_kinds(part.driver)
    if kind_of(name) is not kind:
        family = next(family for family, named in KIND_OF_FAMILY.items() if named is kind)
        remedy = f"a device of kind {kind} is called {family}-1"
        raise ProfileError("profile.bad-key", _key(name), remedy)
    if kind not in kinds:
        fitting = [driver for driver in driver_names() if kind in driver_kinds(driver)]
        remedy = f"for {kind} it is one of {', '.join(fitting)}"
        raise ProfileError("profile.bad-key", _key(name, "driver"), remedy)
    return DeviceSpec(
        name,
        kind,
        part.driver,
        part.options,
        enabled=part.enabled,
        memory_mb=part.memory_mb,
        silence_s=part.silence_s,
        usb=part.usb,
    )


def _key(*parts: str) -> str:
    return ".".join(("devices", *parts))
