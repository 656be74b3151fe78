"""Driver of an uninterruptible power supply behind Network UPS Tools."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from devices.driver import Result
from devices.errors import DeviceError, Remedy
from devices.model import DeviceEvent, Reading
from devices.power.options import NutOptions, read_options
from devices.power.protocol import Garbage, Refusal, Variables, question, read_answer
from devices.power.verdict import STALE, ending, fault_of, identity_of, state_of
from devices.transports.byte_stream import LinkLostError, LinkStalledError
from devices.transports.tcp import TcpStream
from devices.transports.waiting import waits
from devices.values.power import PowerState

SERVICE_DOWN: Final = "power.service-down"
GARBLED: Final = "power.garbled"
REFUSED: Final = "power.refused"
_STALE_WORDS: Final = frozenset({"DATA-STALE", "DRIVER-NOT-CONNECTED"})


class NutSupply:
    """One supply; see ``devices.driver.Driver``.

    Args:
        device: Logical name.
        options: Where upsd is, and which supply.
    """

    def __init__(self, device: str, options: NutOptions) -> None:
        self.tick_s = options.poll_s
        self._device = device
        self._options = options
        self._stream: TcpStream | None = None
        self._state = PowerState()
        self._seen_on_battery = False
        self._silent_since_s: float | None = None

    def open(self) -> Mapping[str, str]:
        """Connect and ask once.

        Raises:
            DeviceError: As ``tick``, except for what is wrong with the supply.
        """
        try:
            return identity_of(self._look())
        except DeviceError as error:
            raise self._after(error) from error

    def tick(self) -> Sequence[DeviceEvent]:
        """Ask how the supply is.

        Raises:
            DeviceError: ``power.battery-low`` (attendant), ``power.on-battery`` (retry),
                ``power.replace-battery`` (service); ``power.service-down`` when nobody answers,
                ``power.stale-data`` when the answer is old, ``power.garbled`` when it is none: each retry,
                and service after ``dead_s``; ``power.refused`` (service).
        """
        try:
            self._look()
        except DeviceError as error:
            raise self._after(error) from error
        self._silent_since_s = None
        self._seen_on_battery = bool(self._state.on_battery)
        fault = fault_of(self._device, self._state)
        if fault is not None:
            raise fault
        return ()

    def readings(self) -> Mapping[str, Reading]:
        """Return what is known of the supply; see ``devices.values.power``."""
        return self._state.readings()

    def command(self, name: str, arguments: Mapping[str, Any]) -> Result:
        """There is nothing to do: a supply is looked at."""
        del arguments
        raise KeyError(name)

    def close(self) -> None:
        """Let go of upsd; ``tick`` connects again."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _after(self, error: DeviceError) -> DeviceError:
        """Return the error to raise for a supply of which nothing is known now."""
        now_s = time.monotonic()
        self._silent_since_s = now_s if self._silent_since_s is None else self._silent_since_s
        self._state = PowerState(ending=self._state.ending)
        if error.code != STALE:
            self.close()
        dead = now_s - self._silent_since_s >= self._options.dead_s
        if self._state.ending or (dead and self._seen_on_battery):
            self._state = PowerState(ending=True)
            return ending(self._device, f"on battery when last seen; {error.code}")
        if dead and error.remedy is Remedy.RETRY:
            return DeviceError(self._device, error.code, Remedy.SERVICE, error.detail)
        return error

    def _look(self) -> Mapping[str, str]:
        """Ask for all variables, and take note of what they say."""
        match self._ask_again():
            case Variables(values):
                state = state_of(values, self._options)
                if state is None:
                    raise self._error(STALE, f"status {values.get('ups.status', 'missing')}")
                self._state = state
                return values
            case Refusal(word) if word in _STALE_WORDS:
                raise self._error(STALE, word)
            case Refusal(word):
                raise DeviceError(self._device, REFUSED, Remedy.SERVICE, word)
            case Garbage(detail):
                raise self._error(GARBLED, detail)

    def _ask_again(self) -> Variables | Refusal | Garbage:
        """Ask; on a new connection when the one at hand is broken, as after a restart of upsd."""
        if self._stream is not None:
            try:
                return self._ask(self._stream)
            except (LinkLostError, LinkStalledError):
                self.close()
        try:
            options = self._options
            self._stream = TcpStream.connect(self._device, options.host, options.port, options.timeout_s)
            return self._ask(self._stream)
        except DeviceError as error:
            raise self._error(SERVICE_DOWN, error.detail) from error

    def _ask(self, stream: TcpStream) -> Variables | Refusal | Garbage:
        data = stream.send(question(self._options.ups), self._options.timeout_s)
        for left_s in waits(self._options.timeout_s):
            data += stream.receive(left_s)
            answer = read_answer(data, self._options.ups)
            if answer is not None:
                return answer
        raise self._error(SERVICE_DOWN, f"no answer in {self._options.timeout_s:g} s")

    def _error(self, code: str, detail: str) -> DeviceError:
        return DeviceError(self._device, code, Remedy.RETRY, detail)


def make(name: str, options: Mapping[str, Any]) -> NutSupply:
    """Return a driver that is not yet open; see ``NutOptions``.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    return NutSupply(name, read_options(name, options))
