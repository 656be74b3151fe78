"""What comes and goes, gathered: a hub that is reset takes all its devices along at once; pure."""

from dataclasses import dataclass, field
from typing import Literal

Action = Literal["add", "remove", "change"]


@dataclass(frozen=True, slots=True)
class Plug:
    """One thing that was plugged in or pulled out, as far as it is known.

    Args:
        action: What happened; ``change`` when nobody knows, so that everybody has to look.
        subsystem: The kernel's: ``tty``, ``usb``, ``video4linux``, ``usbmisc``; or ``""``.
        node: Path of the device, or ``""``.
        usb_id: ``vid:pid`` or ``vid:pid:serial``, or ``""``.
    """

    action: Action
    subsystem: str = ""
    node: str = ""
    usb_id: str = ""


@dataclass(slots=True)
class Burst:
    """Gathers for a fixed time from the first on, so that what flaps without end is told again and again.

    Args:
        gather_s: How long.
        due_s: When it is time to tell, monotonic seconds, or None while there is nothing.
    """

    gather_s: float
    due_s: float | None = None
    _plugs: list[Plug] = field(default_factory=list[Plug])

    def add(self, plug: Plug, now_s: float) -> None:
        """Gather one."""
        self._plugs.append(plug)
        if self.due_s is None:
            self.due_s = now_s + self.gather_s

    def take(self, now_s: float) -> tuple[Plug, ...]:
        """Return what was gathered once it is due, until then nothing."""
        if self.due_s is None or now_s < self.due_s:
            return ()
        plugs = tuple(self._plugs)
        self._plugs.clear()
        self.due_s = None
        return plugs
