"""What the tests of device processes share: a listener, and a device that does as told."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from devices.model import DeviceEvent, DeviceSpec, HealthChanged, Kind
from devices.patience import Patience
from devices.supervisor import DeviceProcess

PUPPET = "devices.sim.puppet:make"


class Told:
    def __init__(self) -> None:
        self.events: list[DeviceEvent] = []
        self._changed = threading.Condition()
        self._waited_for = 0
        """How many codes had come when a wait ended: what comes later is news."""

    def __call__(self, event: DeviceEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait(self, check: Callable[[list[DeviceEvent]], bool], timeout_s: float = 15.0) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: check(self.events), timeout_s), self.codes()
            self._waited_for = len(self.codes())

    def codes(self) -> list[str]:
        return [event.health.code for event in self.events if isinstance(event, HealthChanged)]

    def wait_for_codes(self, *codes: str) -> None:
        """Wait until these stand at the end, or have stood there since the last wait however shortly."""

        def end() -> int:
            told = tuple(self.codes())
            ends = sorted({*range(self._waited_for + 1, len(told)), len(told)})
            return next((at for at in ends if told[max(0, at - len(codes)) : at] == codes), 0)

        with self._changed:
            self._waited_for = self._changed.wait_for(end, 15.0)
            assert self._waited_for, self.codes()


def until(check: Callable[[], bool], timeout_s: float = 15.0) -> None:
    end_s = time.monotonic() + timeout_s
    while not check():
        assert time.monotonic() < end_s
        time.sleep(0.01)


@contextmanager
def running(spec: DeviceSpec, told: Told, patience: Patience | None = None) -> Generator[DeviceProcess]:
    process = DeviceProcess(spec, told, patience)
    process.start()
    try:
        yield process
    finally:
        process.stop_soon()
        process.join()


@contextmanager
def puppet(
    told: Told, options: dict[str, str] | None = None, patience: Patience | None = None
) -> Generator[DeviceProcess]:
    with running(DeviceSpec("puppet-1", Kind.CAMERA, PUPPET, options or {}), told, patience) as process:
        yield process
