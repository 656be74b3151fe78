"""What a reader looked like, look after look → what has happened; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.model import DeviceEvent, SmartCardInserted, SmartCardRemoved
from devices.transports.pcsc import MUTE, SERVICE_DOWN, UNSEEN, ReaderState, ServiceDownError

LASTING_S: Final = 30.0
"""After so long without the smart card service somebody has to come."""
SETTLED_S: Final = 1.0
"""The service looks every 0.4 s: a card that it still sees after so long is there, the same or another."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the reader.

    Args:
        problem: ``smartcard.service-down``, ``device.absent``, or ``""`` when there is something to see.
        detail: Of the problem.
        reader: Its full name, or ``""``.
        state: Of the reader, while there is no problem.
    """

    problem: str = ""
    detail: str = ""
    reader: str = ""
    state: ReaderState = UNSEEN


class Watch:
    """Keeps what was seen last.

    Args:
        device: Logical name.
    """

    def __init__(self, device: str) -> None:
        self._device = device
        self._last: Look | None = None
        self._down_since_s: float | None = None
        self._lost_s: float | None = None
        self._told_empty = False
        self._inserted = 0

    @property
    def reader(self) -> str:
        """Full name of the reader, or ``""``."""
        return self._last.reader if self._last is not None else ""

    @property
    def card(self) -> ReaderState | None:
        """The state that tells of the card inside, or None without one that was told."""
        if self._lost_s is not None:
            return None
        state = None if self._last is None or self._last.problem else self._last.state
        return state if state is not None and state.present else None

    @property
    def inserted(self) -> int:
        """How many cards were seen coming in."""
        return self._inserted

    def see(self, look: Look, now_s: float) -> Sequence[DeviceEvent]:
        """Take a look in and return what it tells.

        Without the service or the reader there is no card either. The first look at an empty reader tells a
        removal: whoever waited for the card of an earlier process to be taken hears of it.
        """
        before, before_reader, last = self.card, self.reader, self._last
        # The service's first word for its end says more than those that follow.
        still_down = last is not None and last.problem == look.problem == SERVICE_DOWN
        self._last = last if still_down else look
        if last is None or not _same_card(last, look):
            self._lost_s = None
        if look.problem != SERVICE_DOWN:
            self._down_since_s = None
        elif self._down_since_s is None:
            self._down_since_s = now_s
        after = self.card
        events: list[DeviceEvent] = []
        came = after is not None and (before is None or (before.mute and not after.mute))
        swapped = (
            before is not None
            and after is not None
            and (before.events != after.events or before_reader != look.reader)
        )
        if (before is not None and after is None) or swapped or self._starts_empty(look):
            events.append(SmartCardRemoved(self._device))
        if after is not None and (came or swapped):
            self._inserted += 1
            events.append(SmartCardInserted(self._device, after.atr, swapped))
        return events

    def lose(self, now_s: float) -> Sequence[DeviceEvent]:
        """Take in that the card inside did not answer, which the service may not have noticed yet."""
        if self.card is None:
            return ()
        self._lost_s = now_s
        return (SmartCardRemoved(self._device),)

    def settle(self, now_s: float) -> Sequence[DeviceEvent]:
        """Return the insertion of a card that is still there after one was lost; it may be another."""
        if self._lost_s is None or now_s - self._lost_s < SETTLED_S:
            return ()
        self._lost_s = None
        card = self.card
        if card is None:
            return ()
        self._inserted += 1
        return (SmartCardInserted(self._device, card.atr, swapped=True),)

    def trouble(self, now_s: float) -> DeviceError | None:
        """Return what is wrong now, or None."""
        look = self._last
        if look is None:
            return ServiceDownError(self._device, "the service has not answered yet")
        if look.problem == ABSENT:
            return DeviceError(self._device, ABSENT, Remedy.SERVICE, look.detail)
        if look.problem:
            since_s = now_s if self._down_since_s is None else self._down_since_s
            if now_s - since_s >= LASTING_S:
                return DeviceError(self._device, SERVICE_DOWN, Remedy.SERVICE, look.detail)
            return ServiceDownError(self._device, look.detail)
        if look.state.mute:
            return DeviceError(self._device, MUTE, Remedy.RESIDENT)
        return None

    def _starts_empty(self, look: Look) -> bool:
        if self._told_empty or look.problem:
            return False
        self._told_empty = True
        return not look.state.present


def _same_card(before: Look, after: Look) -> bool:
    if before.problem or after.problem or not after.state.present:
        return False
    return (before.reader, before.state.events) == (after.reader, after.state.events)
