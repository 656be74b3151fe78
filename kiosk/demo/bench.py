"""The bench panel's buttons: orders to the simulated bench, and kills."""

import os
import signal
import threading
from collections.abc import Callable, Sequence

from devices import DeviceSet
from devices.sim.cards import load_cards
from devices.sim.control import BenchClient

CARDS = ("resident-chen", "resident-zhou")
PERSONS = ("陈淑芬（83 岁）", "周远航（34 岁）")


class DemoBench:
    """Implements ``ui.bench.BenchActions``.

    Args:
        bench: The simulated bench.
        devices: Whose processes can be killed.
        phone: Shows a new one-ID code of the person with this identity number; takes a while, any thread.
    """

    def __init__(self, bench: BenchClient, devices: DeviceSet, phone: Callable[[str], None]) -> None:
        self._bench = bench
        self._devices = devices
        self._phone = phone
        self._numbers = tuple(load_cards()[card].record.number for card in CARDS)

    @property
    def persons(self) -> Sequence[str]:
        """Names of the invented persons whose cards lie ready."""
        return PERSONS

    @property
    def devices(self) -> Sequence[str]:
        """Logical names of the devices whose processes can be killed."""
        return self._devices.names

    def place_card(self, person: int) -> None:
        """Lay a card on the reader."""
        self._bench.place_card(CARDS[person])

    def take_card(self) -> None:
        """Take the card off the reader."""
        self._bench.pull_card()

    def show_code(self, person: int) -> None:
        """Hold a phone with a new one-ID code before the scanner."""
        number = self._numbers[person]
        threading.Thread(target=lambda: self._phone(number), name="phone", daemon=True).start()

    def set_paper(self, *, present: bool) -> None:
        """Take the paper away, or put it back."""
        self._bench.paper(out=not present)

    def set_cover(self, *, closed: bool) -> None:
        """Open the printer's cover, or close it."""
        self._bench.cover(is_open=not closed)

    def set_network(self, *, connected: bool) -> None:
        """Cut the network, or restore it."""
        if connected:
            self._bench.restore_network()
        else:
            self._bench.cut_network()

    def kill_device(self, name: str) -> None:
        """Kill a device's process, as a crash of its driver would."""
        pid = self._devices.pid(name)
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
