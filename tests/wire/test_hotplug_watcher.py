import errno
import os
import threading
import time
from collections.abc import Callable, Generator, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from devices.hotplug import HotplugWatcher, Plug, Timing, Watched
from devices.hotplug.udev import UdevLostError
from tests.support.usb_tree import FakeUsb
from tests.wire.puppets import until

QUICK = Timing(look_s=0.05, gather_s=0.1, reopen_s=0.05)


class Heard:
    """What a watcher told."""

    def __init__(self) -> None:
        self.bursts: list[tuple[Plug, ...]] = []
        self.notes: list[str] = []
        self.stirs = 0
        self.stirred_s: list[float] = []

    def stir(self) -> None:
        self.stirs += 1
        self.stirred_s.append(time.monotonic())

    def plugs(self) -> list[Plug]:
        return [plug for burst in self.bursts for plug in burst]


class FakeUdev:
    """Connections to a udev that says what it is told to, or breaks."""

    def __init__(self) -> None:
        self.opened = 0
        self.refuses = False
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        self._pending: list[Plug | None] = []

    def open(self) -> "FakeUdev":
        if self.refuses:
            raise UdevLostError("Could not create udev monitor")
        self.opened += 1
        return self

    def say(self, *plugs: Plug | None) -> None:
        """Say it all at once; None breaks the connection."""
        self._pending.extend(plugs)
        os.write(self._writer, b"!")

    def fileno(self) -> int:
        return self._reader

    def read(self) -> Iterator[Plug]:
        os.read(self._reader, 100)
        while self._pending:
            plug = self._pending.pop(0)
            if plug is None:
                raise UdevLostError(os.strerror(errno.ENOBUFS))
            yield plug

    def close(self) -> None:
        os.close(self._reader)
        os.close(self._writer)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def usb(tmp_path: Path) -> FakeUsb:
    return FakeUsb(tmp_path)


@pytest.fixture
def udev() -> Generator[FakeUdev]:
    made = FakeUdev()
    yield made
    made.close()


@pytest.fixture
def watch(usb: FakeUsb, heard: Heard, udev: FakeUdev) -> Generator[Callable[..., HotplugWatcher]]:
    del udev  # lives longer than who listens to it
    started: list[HotplugWatcher] = []

    def begin(udev: FakeUdev, timing: Timing = QUICK, paths: tuple[Path, ...] = ()) -> HotplugWatcher:
        watched = Watched(paths, usb.tree)
        watcher = HotplugWatcher(watched, heard.bursts.append, heard.notes.append, timing, udev.open)
        watcher.start(heard.stir)
        started.append(watcher)
        return watcher

    yield begin
    for watcher in started:
        watcher.stop_soon()
        watcher.join()


Watch = Callable[..., HotplugWatcher]
SELDOM = Timing(look_s=60.0, gather_s=0.1, reopen_s=60.0)


def test_what_udev_tells_stirs_once(watch: Watch, udev: FakeUdev, heard: Heard) -> None:
    plugs = [Plug("remove", "tty", f"/dev/ttyUSB{n}") for n in range(5)]
    watch(udev, SELDOM)
    udev.say(*plugs)
    until(lambda: heard.stirs == 1)
    assert heard.bursts == [tuple(plugs)]


def test_events_out_of_order_are_handed_on_and_stir_all_the_same(
    watch: Watch, udev: FakeUdev, heard: Heard
) -> None:
    watch(udev, SELDOM)
    late_goodbye = [Plug("add", "tty", "/dev/ttyUSB0"), Plug("remove", "tty", "/dev/ttyUSB0")]
    udev.say(*late_goodbye)
    until(lambda: heard.stirs == 1)
    assert heard.plugs() == late_goodbye


def test_what_udev_does_not_tell_is_seen_all_the_same(
    watch: Watch, usb: FakeUsb, udev: FakeUdev, heard: Heard
) -> None:
    watch(udev)
    plugged = usb.plug("1-1", "0403", "6001", "A1")
    until(lambda: Plug("add", "usb", "", "0403:6001:A1") in heard.plugs())
    usb.pull(plugged)
    until(lambda: Plug("remove", "usb", "", "0403:6001:A1") in heard.plugs())


def test_what_udev_told_is_not_told_again_by_the_next_look(
    watch: Watch, usb: FakeUsb, udev: FakeUdev, heard: Heard
) -> None:
    watch(udev, Timing(look_s=0.5, gather_s=0.1))
    usb.plug("1-1", "0403", "6001", "A1")
    udev.say(Plug("add", "usb", "", "0403:6001:A1"))
    until(lambda: heard.stirs >= 1)
    usb.plug("1-2", "10c4", "ea60")  # the next look has been when this one is told
    until(lambda: Plug("add", "usb", "", "10c4:ea60") in heard.plugs())
    assert heard.plugs().count(Plug("add", "usb", "", "0403:6001:A1")) == 1


def test_a_hub_that_is_reset_stirs_once_for_all_its_devices(
    watch: Watch, usb: FakeUsb, udev: FakeUdev, heard: Heard
) -> None:
    plugged = [usb.plug(f"1-1.{n}", "0403", "6001", f"A{n}") for n in range(4)]
    watch(udev, Timing(look_s=0.2, gather_s=0.5))
    for device in plugged:
        usb.pull(device)
    for n in range(4):
        usb.plug(f"1-1.{n}", "0403", "6001", f"A{n}")
    until(lambda: heard.stirs > 0)
    assert (len({plug.usb_id for plug in heard.bursts[0]}), heard.stirs) == (4, 1)


def test_flapping_stirs_at_most_once_in_200_ms_and_once_after_its_end(
    watch: Watch, udev: FakeUdev, heard: Heard
) -> None:
    watch(udev, Timing(look_s=60.0))
    pause = threading.Event()
    for _ in range(20):
        udev.say(Plug("remove", "tty", "/dev/ttyUSB0"), Plug("add", "tty", "/dev/ttyUSB0"))
        pause.wait(0.05)
    until(lambda: len(heard.plugs()) == 40 and len(heard.bursts) == heard.stirs)
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(heard.stirred_s))
    assert heard.bursts[-1][-1].action == "add"


def test_without_udev_one_note_is_told_and_looking_goes_on(
    watch: Watch, usb: FakeUsb, udev: FakeUdev, heard: Heard
) -> None:
    udev.refuses = True
    watcher = watch(udev)
    for number in range(3):
        usb.plug(f"1-{number + 1}", "0403", "6001", f"A{number}")
        until(lambda number=number: Plug("add", "usb", "", f"0403:6001:A{number}") in heard.plugs())
    assert not watcher.hears_udev
    assert heard.notes == ["udev cannot be listened to: Could not create udev monitor"]


def test_after_an_overflow_everybody_looks_and_udev_is_heard_again(
    watch: Watch, udev: FakeUdev, heard: Heard
) -> None:
    watcher = watch(udev, Timing(look_s=0.05, gather_s=0.05, reopen_s=0.05))
    until(lambda: watcher.hears_udev)
    for _ in range(2):
        before = udev.opened
        udev.say(Plug("add", "tty"), None)
        until(lambda before=before: udev.opened > before)
    assert Plug("change") in heard.plugs()
    assert len(heard.notes) == 1
    udev.say(Plug("remove", "tty"))
    until(lambda: Plug("remove", "tty") in heard.plugs())


def test_a_real_pty_behind_a_link_is_seen_coming_and_going(
    watch: Watch, udev: FakeUdev, heard: Heard, tmp_path: Path
) -> None:
    link = tmp_path / "port"
    far, near = os.openpty()
    try:
        watch(udev, paths=(link,))
        link.symlink_to(os.ttyname(near))
        until(lambda: heard.plugs() == [Plug("add", "", str(link))])
        link.unlink()
        until(lambda: heard.plugs()[1:] == [Plug("remove", "", str(link))])
    finally:
        os.close(far)
        os.close(near)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_the_watcher_ends_at_once_and_leaves_nothing_open(usb: FakeUsb, udev: FakeUdev) -> None:
    before = open_files()
    watcher = HotplugWatcher(Watched((), usb.tree), open_events=udev.open, timing=SELDOM)
    watcher.start(lambda: None)
    watcher.stop_soon()
    watcher.join()
    assert "hotplug" not in {thread.name for thread in threading.enumerate()}
    assert open_files() == before


def test_a_watcher_that_never_began_can_be_ended(usb: FakeUsb, udev: FakeUdev) -> None:
    watcher = HotplugWatcher(Watched((), usb.tree), open_events=udev.open)
    watcher.stop_soon()
    watcher.join()
    watcher.join()
    assert not watcher.hears_udev
