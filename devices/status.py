"""Everything that is known of one device at one moment, for those who look after it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from devices.health import Health, Phase
from devices.model import DeviceSpec, Reading


@dataclass(frozen=True, slots=True)
class Stats:
    """What has happened since the program started.

    Args:
        done: Commands that succeeded; each page of a stream counts.
        failures: Commands that failed.
        restarts: Ends of the device's process that nobody had asked for.
        last_ok: Aware UTC time of the last success: a command, a card read, a code read.
    """

    done: int = 0
    failures: int = 0
    restarts: int = 0
    last_ok: datetime | None = None

    def succeeded(self, at: datetime) -> "Stats":
        """Count a success."""
        return replace(self, done=self.done + 1, last_ok=at)

    def failed(self) -> "Stats":
        """Count a failure."""
        return replace(self, failures=self.failures + 1)

    def restarted(self) -> "Stats":
        """Count an end of the process."""
        return replace(self, restarts=self.restarts + 1)


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """One device.

    Args:
        spec: As the profile names it.
        health: What is wrong with it, if anything.
        busy: Whether a command is under way.
        identity: What it said of itself when it was opened last.
        readings: Levels, counts and states besides its health.
        stats: What has happened since the program started.
    """

    spec: DeviceSpec
    health: Health
    busy: bool
    identity: Mapping[str, str]
    readings: Mapping[str, Reading]
    stats: Stats

    @property
    def phase(self) -> Phase:
        """Where the device is in its life."""
        phase = self.health.phase
        return Phase.BUSY if self.busy and phase is Phase.READY else phase
