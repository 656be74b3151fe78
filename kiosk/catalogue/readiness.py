"""What the devices' health means for each service item; pure.

Out of service is per service, not per terminal: paper out hinders no filing, a dead scanner no guide. Three
things stop every filing: a housing that somebody may have opened, a battery that is about to end, and a queue
that could not store what comes of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from devices.health import ABSENT, Health, Severity
from devices.model import Kind
from kiosk.catalogue.model import ONE_ID, ServiceItem

KIND_OF_FAMILY: Mapping[str, Kind] = MappingProxyType(
    {
        "idcard": Kind.ID_CARD,
        "scanner": Kind.SCANNER,
        "camera": Kind.CAMERA,
        "printer": Kind.PRINTER,
        "smartcard": Kind.SMART_CARD,
        "facecam": Kind.FACE_CAMERA,
        "pageprinter": Kind.PAGE_PRINTER,
        "codes": Kind.CODE_SCANNER,
        "sensors": Kind.SENSORS,
        "power": Kind.POWER,
    }
)
"""Device names are family-number; the family tells what the device is for."""

SUSPECT = "item.terminal-suspect"
ON_LAST_POWER = "item.needs-power"
BY_CODE_ONLY = "item.by-code-only"
_HELPFUL = (Kind.PRINTER,)
"""Not needed to file anything, but missed: without a printer the number stands on the screen alone."""


class Readiness(StrEnum):
    """Whether an item can be filed now."""

    READY = "ready"
    IMPAIRED = "impaired"
    """It can, with something missing that it does not depend on."""
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands now.

    Args:
        readiness: Whether it can be filed.
        code: What to tell the resident, or None when it is ready.
        causes: The devices' own health, worst first; a kind that the profile has no device for has none.
    """

    readiness: Readiness
    code: str | None = None
    causes: tuple[Health, ...] = ()


READY = Standing(Readiness.READY)


def kind_of(device: str) -> Kind | None:
    """Return what a device is for, None for a family that no service needs."""
    return KIND_OF_FAMILY.get(device.rpartition("-")[0])


def best_health(healths: Iterable[Health], kind: Kind) -> Health | None:
    """Return the health of the device of a kind, the usable one where there are several; None without one."""
    known = [health for health in healths if kind_of(health.device) is kind]
    return next((health for health in known if health.usable), known[0] if known else None)


def standing(
    item: ServiceItem, healths: Iterable[Health], *, online: bool | None, storage: str | None = None
) -> Standing:
    """Return how an item stands.

    Args:
        item: Guides stand as ready: they need nothing.
        healths: Of all devices.
        online: Whether the platform answers; None while nobody knows.
        storage: Code of why an application could not be stored now, None when it could.
    """
    if item.filing != "here":
        return READY
    healths = tuple(healths)
    by_code = ONE_ID in item.requires.identity and code_trouble(healths, online=online) is None
    needed = [Kind(device) for device in item.requires.devices]
    blocked = _whole_terminal(healths) or _lacking(
        (kind for kind in needed if not (by_code and kind is Kind.ID_CARD)), healths, Readiness.BLOCKED
    )
    if blocked is not None:
        return blocked
    if storage is not None:
        return Standing(Readiness.BLOCKED, storage)
    if item.requires.network == "required" and online is False:
        return Standing(Readiness.BLOCKED, "item.needs-network")
    no_card = _lacking((Kind.ID_CARD,), healths, Readiness.IMPAIRED) if Kind.ID_CARD in needed else None
    if no_card is not None:
        return replace(no_card, code=BY_CODE_ONLY)
    return _lacking(_HELPFUL, healths, Readiness.IMPAIRED) or READY


def code_trouble(healths: Iterable[Health], *, online: bool | None) -> str | None:
    """Return why nobody can be identified by a one-ID code now, or None when it can be done.

    Args:
        healths: Of all devices; a terminal without a code scanner takes no codes.
        online: Whether the platform answers, which alone can tell whose code it is.
    """
    scanner = best_health(healths, Kind.CODE_SCANNER)
    if scanner is None:
        return ABSENT
    if not scanner.usable:
        return scanner.code
    return "identity-code.offline" if online is False else None


def closed(healths: Iterable[Health], *, online: bool | None, storage: str | None) -> Standing | None:
    """Return why nothing at all can be filed now, or None while something can; guides and questions go on.

    Args:
        healths: Of all devices; while none has said anything, the terminal is only starting.
        online: Whether the platform answers; None while nobody knows.
        storage: Code of why an application could not be stored now, None when it could.
    """
    healths = tuple(healths)
    if not healths:
        return None
    stopped = _whole_terminal(healths)
    if stopped is None and code_trouble(healths, online=online) is not None:
        stopped = _lacking((Kind.ID_CARD,), healths, Readiness.BLOCKED)
    if stopped is not None or storage is None:
        return stopped
    return Standing(Readiness.BLOCKED, storage)


def _whole_terminal(healths: tuple[Health, ...]) -> Standing | None:
    suspect = tuple(health for health in healths if health.severity is Severity.SECURITY)
    if suspect:
        return Standing(Readiness.BLOCKED, SUSPECT, suspect)
    power = best_health(healths, Kind.POWER)
    if power is not None and power.severity is Severity.BLOCK and power.code == "power.battery-low":
        return Standing(Readiness.BLOCKED, ON_LAST_POWER, (power,))
    return None


def _lacking(kinds: Iterable[Kind], healths: tuple[Health, ...], readiness: Readiness) -> Standing | None:
    for kind in kinds:
        health = best_health(healths, kind)
        if health is None or not health.usable:
            causes = () if health is None else (health,)
            return Standing(readiness, f"item.needs-{kind}", causes)
    return None
