"""How long the supervisor waits for what, and what it says when it waited in vain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from devices.errors import DeviceError
from devices.ladder import LADDER, Rung, Step

GIVE_UP_S: Final = 0.7
"""HARDWARE: a process that waits in a kernel driver for a device that hangs cannot even be killed. So long
after it was, it is left to the kernel; all in all under two seconds."""


class CallCutError(DeviceError):
    """The process ended or was ended during the command: whether it took effect is not known."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the supervisor waits for what.

    Args:
        restart_s: Pauses before the process is started again; the last one repeats.
        settled_s: A process that lived this long starts the pauses from the first again.
        silence_s: Longest silence of a process that was asked nothing, where the profile names no other.
        stop_s: Time a process has to end by itself.
        cancel_s: Time a cancelled command has to end by itself.
        look_s: Between two looks at the process's memory and the device's long-lasting faults.
        ladder: When a device that stays unwell gets a new process, and when it is taken off the bus.
    """

    restart_s: tuple[float, ...] = (0.2, 0.5, 1.0, 2.0, 5.0)
    settled_s: float = 10.0
    silence_s: float = 30.0
    stop_s: float = 1.0
    cancel_s: float = 2.0
    look_s: float = 1.0
    ladder: Mapping[Rung, Step] = field(default_factory=lambda: LADDER)
