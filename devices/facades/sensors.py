"""The contacts of the housing as the program uses them.

Commands ``acknowledge``, which answers the contacts' names separated by blanks, and ``serve`` with ``on``,
without answer.
"""

from devices.facades.base import Facade
from devices.health import Phase
from devices.values.sensors import Contact, SensorStates, states_from

_SILENT = (Phase.STARTING, Phase.LOST, Phase.DISABLED)


class Sensors(Facade):
    """Tells what the housing's contacts say. Faults are told by health: an open door, a tampering, heat."""

    def states(self) -> SensorStates:
        """Return what is known now. Never blocks; any thread."""
        states = states_from(self._process.readings)
        if self._process.health.phase not in _SILENT:
            return states
        return SensorStates(dict.fromkeys(states.contacts, Contact.UNKNOWN), None, states.tampered)

    def serve(self, *, on: bool) -> None:
        """Say whether staff is at work inside, so that an open door is none of a fault.

        Returns at once and holds until it is said otherwise, also over a restart of the device's process.
        """
        self._process.wish("serve", "serve", {"on": on})

    def acknowledge(self, timeout_s: float = 5.0) -> tuple[str, ...]:
        """Take note of a tampering, after somebody has looked at the machine.

        Returns:
            The contacts that were open since the last time.

        Raises:
            DeviceError: ``sensors.still-open`` (attendant) when one still is, or nobody knows;
                ``sensors.latch-unwritable`` (service); as ``DeviceProcess.call`` tells.
        """
        return tuple(str(self._process.call("acknowledge", {}, timeout_s)).split())
