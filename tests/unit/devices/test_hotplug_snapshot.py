import os
from pathlib import Path

import pytest

from devices.hotplug.burst import Plug
from devices.hotplug.snapshot import Watched, differences, look, watched_by
from devices.model import DeviceSpec, Kind
from tests.support.usb_tree import FakeUsb


@pytest.fixture
def usb(tmp_path: Path) -> FakeUsb:
    return FakeUsb(tmp_path)


def changes(watched: Watched, act: object) -> list[Plug]:
    before = look(watched)
    assert callable(act)
    act()
    return list(differences(before, look(watched)))


def test_a_device_that_appears_is_seen_by_its_id_and_by_its_name(usb: FakeUsb) -> None:
    def plug() -> None:
        usb.link(usb.tty(usb.plug("1-1", "0403", "6001", "A1"), "ttyUSB0"), "by-id", "usb-FTDI_A1")

    assert changes(Watched(tree=usb.tree), plug) == [
        Plug("add", "tty", str(usb.tree.dev / "serial/by-id/usb-FTDI_A1")),
        Plug("add", "usb", "", "0403:6001:A1"),
    ]


def test_a_device_that_vanishes_is_seen(usb: FakeUsb) -> None:
    plugged = usb.plug("1-1", "0403", "6001")
    assert changes(Watched(tree=usb.tree), lambda: usb.pull(plugged)) == [
        Plug("remove", "usb", "", "0403:6001")
    ]


def test_the_same_device_pulled_and_plugged_in_between_two_looks_is_seen(usb: FakeUsb) -> None:
    plugged = usb.plug("1-1", "0403", "6001", "A1")

    def replug() -> None:
        usb.pull(plugged)
        usb.plug("1-1", "0403", "6001", "A1")

    assert [plug.action for plug in changes(Watched(tree=usb.tree), replug)] == ["remove", "add"]


def test_another_device_at_the_same_node_is_seen(usb: FakeUsb, tmp_path: Path) -> None:
    node = tmp_path / "ttyS9"
    node.touch()

    def replace() -> None:
        (tmp_path / "fresh").touch()
        (tmp_path / "fresh").replace(node)

    assert changes(Watched((node,), usb.tree), replace) == [
        Plug("remove", "", str(node)),
        Plug("add", "", str(node)),
    ]


def test_a_link_turned_to_another_pty_is_seen(usb: FakeUsb, tmp_path: Path) -> None:
    pairs = [os.openpty() for _ in range(2)]
    link = tmp_path / "port"
    link.symlink_to(os.ttyname(pairs[0][1]))

    def turn() -> None:
        link.unlink()
        link.symlink_to(os.ttyname(pairs[1][1]))

    try:
        assert [plug.action for plug in changes(Watched((link,), usb.tree), turn)] == ["remove", "add"]
    finally:
        for pair in pairs:
            for descriptor in pair:
                os.close(descriptor)


def test_use_of_a_device_is_no_change(usb: FakeUsb) -> None:
    far, near = os.openpty()
    try:
        path = Path(os.ttyname(near))
        assert changes(Watched((path,), usb.tree), lambda: os.write(far, b"x")) == []
    finally:
        os.close(far)
        os.close(near)


def test_a_link_that_leads_nowhere_is_not_there(usb: FakeUsb, tmp_path: Path) -> None:
    link = tmp_path / "port"
    assert changes(Watched((link,), usb.tree), lambda: link.symlink_to(tmp_path / "gone")) == []


def test_a_printer_and_a_camera_are_seen_in_their_folders(usb: FakeUsb) -> None:
    def plug() -> None:
        for name in ("usb/lp0", "v4l/by-id/usb-EXAMPLE-video-index0"):
            (usb.tree.dev / name).parent.mkdir(parents=True)
            (usb.tree.dev / name).touch()

    found = changes(Watched(tree=usb.tree), plug)
    assert [(plug.subsystem, Path(plug.node).name) for plug in found] == [
        ("usbmisc", "lp0"),
        ("video4linux", "usb-EXAMPLE-video-index0"),
    ]


def test_the_profile_says_which_paths_to_watch(usb: FakeUsb) -> None:
    specs = [
        DeviceSpec("idcard-1", Kind.ID_CARD, "sdt", {"port": "/dev/ttyS0", "baud": 9600}),
        DeviceSpec("idcard-2", Kind.ID_CARD, "sdt", {"port": "/dev/ttyS1"}, enabled=False),
        DeviceSpec("sensors-1", Kind.SENSORS, "modbus-inputs", {"port": "usb:0403:6001"}),
        DeviceSpec("camera-1", Kind.CAMERA, "opencv", {"path": "/dev/video0"}),
        DeviceSpec("printer-1", Kind.PRINTER, "escpos-tcp", {"port": 9100, "journal": "/var/lib/x"}),
    ]
    assert watched_by(specs, usb.tree) == Watched((Path("/dev/ttyS0"), Path("/dev/video0")), usb.tree)
