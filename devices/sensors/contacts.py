"""From bits that bounce to contacts that are open or closed; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from devices.sensors.options import Input
from devices.values.sensors import Contact


@dataclass(slots=True)
class _Line:
    """One contact.

    Args:
        input: Where it is.
        state: The last one that stayed.
        newer: Another one that has been seen since.
        since_s: Since when, monotonic seconds.
    """

    input: Input
    state: Contact = Contact.UNKNOWN
    newer: Contact = Contact.UNKNOWN
    since_s: float = 0.0


class Contacts:
    """All contacts of one module.

    Args:
        inputs: Name → where it is.
        first_bit: Address of the first bit that ``feed`` gets.
        debounce_s: A new state has to stay for this long before it counts.
    """

    def __init__(self, inputs: Mapping[str, Input], first_bit: int, debounce_s: float) -> None:
        self._lines = {name: _Line(wired) for name, wired in inputs.items()}
        self._first_bit = first_bit
        self._debounce_s = debounce_s

    def feed(self, bits: Sequence[bool], now_s: float) -> None:
        """Take what the module said.

        Args:
            bits: Of its inputs, from ``first_bit`` on.
            now_s: Monotonic seconds.
        """
        for line in self._lines.values():
            closed = bits[line.input.bit - self._first_bit] == line.input.closed
            seen = Contact.CLOSED if closed else Contact.OPEN
            if seen is not line.newer:
                line.newer, line.since_s = seen, now_s
            if now_s - line.since_s >= self._debounce_s:
                line.state = seen

    def forget(self) -> None:
        """Know nothing any more: the module does not answer."""
        for line in self._lines.values():
            line.state = line.newer = Contact.UNKNOWN

    def states(self) -> dict[str, Contact]:
        """Return the state of each."""
        return {name: line.state for name, line in self._lines.items()}
