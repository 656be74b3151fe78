"""Random faults, one after the other and sometimes together, from a seed; each is put right again."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Self

from devices import DeviceSet, Health
from tests.soak.fault import nothing
from tests.soak.remote import Remote

PAUSE_S: Final = (0.3, 2.5)
HOLD_S: Final = (0.1, 3.0)
BACK_S: Final = 30.0
"""Within which every device is usable after a fault was put right."""
TOGETHER: Final = 0.25
"""Part of the faults that come before the one before was put right."""


@dataclass(slots=True)
class Tally:
    """What was done and what became of it.

    Args:
        injected: Faults by kind.
        survived: Of them, those after which all devices were usable again.
        stuck: What was still wrong otherwise.
    """

    injected: Counter[str] = field(default_factory=Counter[str])
    survived: Counter[str] = field(default_factory=Counter[str])
    stuck: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class _Fault:
    name: str
    begin: Callable[[], object]
    end: Callable[[], object]


class Injector:
    """Makes things go wrong on a thread of its own; a context manager.

    Args:
        bench: What has faults by name.
        devices: Sets of devices whose processes are killed and made to hang.
        seed: Of the dice.
        only: Beginnings of the names of the faults to use, all when empty.
    """

    def __init__(
        self, bench: Remote, devices: Sequence[DeviceSet], seed: int, only: Sequence[str] = ()
    ) -> None:
        self.tally = Tally()
        self._dice = random.Random(seed)
        self._devices = devices
        faults = [*self._bench_faults(bench), *self._process_faults()]
        self._faults = [fault for fault in faults if not only or fault.name.startswith(tuple(only))]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="injector", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End, with everything put right."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(self._dice.uniform(*PAUSE_S)):
            faults = [self._dice.choice(self._faults)]
            while self._dice.random() < TOGETHER:
                faults.append(self._dice.choice(self._faults))
            for fault in faults:
                self.tally.injected[fault.name] += 1
                fault.begin()
                self._stopping.wait(self._dice.uniform(*HOLD_S))
            for fault in faults:
                fault.end()
            self._judge(faults)

    def _judge(self, faults: Sequence[_Fault]) -> None:
        end_s = time.monotonic() + BACK_S
        while (unwell := [health for health in self._health() if not health.usable]) and (
            time.monotonic() < end_s
        ):
            time.sleep(0.05)
        if not unwell:
            self.tally.survived.update(fault.name for fault in faults)
            return
        names = "+".join(fault.name for fault in faults)
        self.tally.stuck += [f"{names} → {health.device}: {health.code}" for health in unwell]

    def _bench_faults(self, bench: Remote) -> Sequence[_Fault]:
        return [
            _Fault(
                name, lambda name=name: bench.call("begin", name), lambda name=name: bench.call("end", name)
            )
            for name in bench.call("fault_names")
        ]

    def _health(self) -> list[Health]:
        return [health for devices in self._devices for health in devices.health()]

    def _process_faults(self) -> Sequence[_Fault]:
        home = {name: devices for devices in self._devices for name in devices.names}
        names = tuple(home)

        def each(number: signal.Signals, devices: Sequence[str] = names) -> None:
            for name in devices:
                pid = home[name].pid(name)
                if pid is not None:
                    with suppress(ProcessLookupError):
                        os.kill(pid, number)

        kills = [
            _Fault(f"{name}.process-killed", lambda name=name: each(signal.SIGKILL, [name]), nothing)
            for name in names
        ]
        hangs = [
            _Fault(
                f"{name}.process-hung",
                lambda name=name: each(signal.SIGSTOP, [name]),
                lambda name=name: each(signal.SIGCONT, [name]),
            )
            for name in names
        ]
        return [*kills, *hangs, _Fault("all.processes-killed", lambda: each(signal.SIGKILL), nothing)]
