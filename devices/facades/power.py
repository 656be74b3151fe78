"""The uninterruptible power supply as the program uses it; there is no command."""

from devices.facades.base import Facade
from devices.health import Phase
from devices.values.power import PowerState, state_from

_SILENT = (Phase.STARTING, Phase.LOST, Phase.DISABLED)


class PowerSupply(Facade):
    """Tells whether the mains are there. That the battery is about to end is told by health, too."""

    def state(self) -> PowerState:
        """Return what is known now. Never blocks; any thread."""
        state = state_from(self._process.readings)
        return PowerState(ending=state.ending) if self._process.health.phase in _SILENT else state
