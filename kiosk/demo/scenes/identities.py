"""Scenes of being identified: by card, by one-ID code, and where neither is possible."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from devices.health import OK, Health, Severity
from kiosk.session.states import Fault, Identifying, Session

_SINCE = datetime(2026, 3, 1, 7, 40, tzinfo=UTC)
_READER, _SCANNER = (Health(device, OK, Severity.OK, None, _SINCE) for device in ("idcard-1", "codes-1"))
_NO_READER = Health("idcard-1", "idcard.no-answer", Severity.FAULT, None, _SINCE)


def sessions(plain: Session, waiting: Identifying) -> Iterator[tuple[str, Session]]:
    """Every state of a screen that takes codes as well.

    Args:
        plain: What stands around it.
        waiting: The state to begin with.
    """
    both = replace(plain, state=waiting, health=(_READER, _SCANNER), online=True)
    tried = replace(waiting, fault=Fault("idcard.unreadable"), attempts=3)
    yield "identify-both", both
    yield "identify-checking", replace(both, state=replace(waiting, checking="a code"))
    yield (
        "identify-code-refused",
        replace(both, state=replace(waiting, fault=Fault("identity-code.expired"))),
    )
    yield "identify-code-offline", replace(both, online=False)
    yield "identify-second-try", replace(both, state=replace(tried, attempts=2))
    yield "identify-third-try", replace(both, state=tried)
    yield "identify-third-try-no-code", replace(plain, state=tried, health=(_READER,))
    yield "identify-no-reader", replace(both, health=(_NO_READER, _SCANNER))
    yield "identify-nothing", replace(both, health=(_NO_READER, _SCANNER), online=False)
