"""Uses the devices that no visit uses yet, over and over, and compares with what really happened."""

import io
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import pikepdf

from devices import (
    CodeScanned,
    DeviceError,
    DeviceEvent,
    DeviceSet,
    DeviceSpec,
    HealthChanged,
    PrintOutcome,
    SmartCardInserted,
    open_devices,
)
from devices.sim.scanner_sheets import mark_of
from tests.soak.fault import ended_by_itself
from tests.soak.others_bench import PEOPLE
from tests.soak.remote import Remote, RemoteError

_WAIT_S: Final = 4.0


@dataclass(slots=True)
class Findings:
    """What came of it.

    Args:
        done: Uses that ended well, by kind.
        refused: Uses that the device refused with a code.
        wrong: What was not as it should be.
        ends: Processes that ended though nobody had killed them.
    """

    done: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])
    ends: list[str] = field(default_factory=list[str])


class Prober:
    """Uses devices on a thread of its own; a context manager.

    Args:
        specs: The devices.
        bench: Where cards, sheets and codes come from.
        seed: Of the dice.
    """

    def __init__(self, specs: tuple[DeviceSpec, ...], bench: Remote, seed: int) -> None:
        self.findings = Findings()
        self._specs = specs
        self._bench = bench
        self._dice = random.Random(seed)
        self._changed = threading.Condition()
        self._events: list[DeviceEvent] = []
        self._stopping = threading.Event()
        self._number = 0
        self._unknown = 0

    @contextmanager
    def probing(self) -> Generator[DeviceSet]:
        """Open the devices and use them until the block is left."""
        with open_devices(self._specs, self._hear) as devices:
            thread = threading.Thread(target=self._run, args=(devices,), name="prober", daemon=True)
            thread.start()
            try:
                yield devices
            finally:
                self._stopping.set()
                thread.join()

    def _run(self, devices: DeviceSet) -> None:
        uses = [self._scan_code, self._feed, self._print_page]
        if devices.smart_card is not None:
            uses.append(self._read_card)
        while not self._stopping.wait(0.2):
            self._number += 1
            use = self._dice.choice(uses)
            kind = use.__name__.removeprefix("_")
            try:
                use(devices)
            except DeviceError as error:
                self.findings.refused[f"{kind}: {error.code}"] += 1
            except RemoteError:  # no card can be put in while its daemon is away
                self.findings.refused[f"{kind}: nothing to use"] += 1
            else:
                self.findings.done[kind] += 1

    def _hear(self, event: DeviceEvent) -> None:
        if isinstance(event, HealthChanged):
            end = ended_by_itself(event.health)
            if end is not None:
                self.findings.ends.append(end)
        with self._changed:
            self._events.append(event)
            del self._events[:-200]
            self._changed.notify_all()

    def _await(self, wanted: Callable[[DeviceEvent], bool]) -> DeviceEvent | None:
        with self._changed:
            self._changed.wait_for(lambda: any(map(wanted, self._events)), _WAIT_S)
            return next(filter(wanted, self._events), None)

    def _forget(self) -> None:
        with self._changed:
            self._events.clear()

    # One use of each kind -------------------------------------------------------------------------

    def _scan_code(self, devices: DeviceSet) -> None:
        assert devices.code_scanner is not None
        text = f"https://progress.example/case?receipt=T0421-{self._number:06}"
        self._forget()
        devices.code_scanner.arm(_WAIT_S)
        time.sleep(0.3)
        self._bench.call("show_code", text)
        told = self._await(lambda event: isinstance(event, CodeScanned))
        devices.code_scanner.disarm()
        if isinstance(told, CodeScanned) and told.text != text and "receipt=" in told.text:
            self.findings.wrong.append("a code was read that was not shown")

    def _feed(self, devices: DeviceSet) -> None:
        assert devices.scanner is not None
        marks = [self._dice.randint(1, 200) for _ in range(self._dice.randint(1, 4))]
        self._bench.call("load", *marks)
        seen: list[int] = []
        try:
            seen.extend(mark_of(page.pixels) for page in devices.scanner.feed(timeout_s=20.0))
        finally:
            if seen != marks[: len(seen)]:
                self.findings.wrong.append(f"sheets {marks} came as {seen}")

    def _print_page(self, devices: DeviceSet) -> None:
        assert devices.page_printer is not None
        before = len(self._bench.call("documents"))
        document = _document(self._dice.randint(1, 3))
        result = devices.page_printer.print(document, f"soak-{self._number}", timeout_s=20.0)
        time.sleep(0.5)
        whole = sum(is_whole for _, is_whole in self._bench.call("documents")[before:])
        # What nobody knew of may come out while the next one is printed.
        if whole > 1 + self._unknown:
            self.findings.wrong.append(f"{whole} documents came out for one")
        if result.outcome is PrintOutcome.PRINTED and not whole:
            self.findings.wrong.append("told as printed, and nothing came out")
        if result.outcome is PrintOutcome.NOT_PRINTED and whole > self._unknown:
            self.findings.wrong.append("told as not printed, and it came out")
        self._unknown = int(result.outcome is PrintOutcome.UNKNOWN)
        if result.outcome is not PrintOutcome.PRINTED:
            self.findings.refused[f"print_page: {result.code}"] += 1

    def _read_card(self, devices: DeviceSet) -> None:
        assert devices.smart_card is not None
        whose = self._dice.randrange(len(PEOPLE))
        self._forget()
        self._bench.call("insert", whose, self._dice.choice([None, None, self._dice.randint(1, 12)]))
        try:
            if self._await(lambda event: isinstance(event, SmartCardInserted)) is not None:
                card = devices.smart_card.read_social()
                person = PEOPLE[whose]
                if (card.card_number, card.number, card.name) != (
                    person.card_number,
                    person.number,
                    person.name,
                ):
                    self.findings.wrong.append("another card was read than the one inside")
        finally:
            self._bench.call("draw")


def _document(pages: int) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(buffer)
    return buffer.getvalue()
