from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError, Remedy
from devices.transports.serial import SerialLine
from devices.transports.usb_ids import UsbId, UsbTree, parse, resolve_port, usb_devices
from tests.support.usb_tree import FakeUsb


@pytest.fixture
def usb(tmp_path: Path) -> FakeUsb:
    return FakeUsb(tmp_path)


def refusal(port: str, tree: UsbTree) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        resolve_port("sensors-1", port, tree)
    assert caught.value.remedy is Remedy.SERVICE
    return caught.value


def test_a_path_is_left_as_it_is(usb: FakeUsb) -> None:
    assert resolve_port("sensors-1", "/dev/ttyS0", usb.tree) == "/dev/ttyS0"


def test_a_device_is_found_by_vendor_product_and_serial_number(usb: FakeUsb) -> None:
    usb.tty(usb.plug("1-1", "0403", "6001", "A1"), "ttyUSB0")
    second = usb.tty(usb.plug("1-2", "0403", "6001", "B2"), "ttyUSB1")
    assert resolve_port("sensors-1", "usb:0403:6001:B2", usb.tree) == str(second)


def test_a_device_that_is_alone_needs_no_serial_number(usb: FakeUsb) -> None:
    node = usb.tty(usb.plug("1-1", "0403", "6001", "A1"), "ttyUSB3")
    usb.tty(usb.plug("1-2", "10c4", "ea60", "A1"), "ttyUSB0")
    assert resolve_port("sensors-1", "usb:0403:6001", usb.tree) == str(node)


def test_the_same_device_is_found_again_under_another_number(usb: FakeUsb) -> None:
    first = usb.plug("1-1", "0403", "6001", "A1")
    usb.tty(first, "ttyUSB0")
    usb.pull(first)
    usb.tty(usb.plug("1-4", "10c4", "ea60"), "ttyUSB0")
    moved = usb.tty(usb.plug("1-3", "0403", "6001", "A1"), "ttyUSB1")
    assert resolve_port("sensors-1", "usb:0403:6001:A1", usb.tree) == str(moved)


def test_hexadecimal_digits_may_be_large(usb: FakeUsb) -> None:
    node = usb.tty(usb.plug("1-1", "1a86", "7523"), "ttyUSB0")
    assert resolve_port("sensors-1", "usb:1A86:7523", usb.tree) == str(node)


def test_a_name_by_identity_is_preferred_to_one_by_place_and_both_to_the_node(usb: FakeUsb) -> None:
    node = usb.tty(usb.plug("1-1", "0403", "6001", "A1"), "ttyUSB0")
    by_path = usb.link(node, "by-path", "pci-0000:00:14.0-usb-0:1:1.0-port0")
    assert resolve_port("sensors-1", "usb:0403:6001", usb.tree) == str(by_path)
    by_id = usb.link(node, "by-id", "usb-FTDI_A1-if00-port0")
    assert resolve_port("sensors-1", "usb:0403:6001", usb.tree) == str(by_id)


def test_a_link_that_leads_to_another_device_is_not_taken(usb: FakeUsb) -> None:
    usb.link(usb.tty(usb.plug("1-1", "10c4", "ea60"), "ttyUSB0"), "by-id", "usb-other")
    node = usb.tty(usb.plug("1-2", "0403", "6001"), "ttyUSB1")
    assert resolve_port("sensors-1", "usb:0403:6001", usb.tree) == str(node)


def test_two_identical_devices_without_serial_number_are_told_apart_by_place_alone(usb: FakeUsb) -> None:
    places: list[Path] = []
    for number in (1, 2):
        node = usb.tty(usb.plug(f"1-{number}", "1a86", "7523"), f"ttyUSB{number}")
        usb.link(node, "by-id", "usb-1a86_USB_Serial-if00-port0")  # the second takes the first one's name
        places.append(usb.link(node, "by-path", f"pci-0000:00:14.0-usb-0:{number}:1.0-port0"))
    error = refusal("usb:1a86:7523", usb.tree)
    assert error.code == "device.ambiguous"
    assert all(str(place) in error.detail for place in places)


def test_a_device_with_two_ports_is_ambiguous(usb: FakeUsb) -> None:
    plugged = usb.plug("1-1", "0403", "6010", "A1")
    for interface in (0, 1):
        usb.tty(plugged, f"ttyUSB{interface}", interface)
    assert refusal("usb:0403:6010:A1", usb.tree).code == "device.ambiguous"


@pytest.mark.parametrize("port", ["usb:0403:6001", "usb:0403:6001:A2"])
def test_a_device_that_is_not_plugged_in_is_absent(usb: FakeUsb, port: str) -> None:
    usb.tty(usb.plug("1-1", "10c4", "ea60", "A1"), "ttyUSB0")
    (usb.tree.sysfs / "class/tty/ttyS0").mkdir()
    assert refusal(port, usb.tree).code == "device.absent"


def test_a_device_pulled_while_it_is_looked_for_is_absent(usb: FakeUsb) -> None:
    plugged = usb.plug("1-1", "0403", "6001", "A1")
    usb.tty(plugged, "ttyUSB0")
    (plugged.folder / "idVendor").unlink()
    assert refusal("usb:0403:6001:A1", usb.tree).code == "device.absent"


def test_a_machine_without_sysfs_has_no_usb(tmp_path: Path) -> None:
    nothing = UsbTree(tmp_path / "none", tmp_path / "none")
    assert usb_devices(nothing) == {}
    assert refusal("usb:0403:6001", nothing).code == "device.absent"


@pytest.mark.parametrize("port", ["usb:", "usb:0403", "usb:403:6001", "usb:0403:6001:", "usb:zzzz:6001"])
def test_an_id_that_is_none_is_told_as_a_mistake_of_the_profile(usb: FakeUsb, port: str) -> None:
    error = refusal(port, usb.tree)
    assert error.code == "device.bad-option"
    assert "port" in error.detail


def test_a_serial_number_may_hold_colons() -> None:
    assert parse("usb:0403:6001:00:11:22") == UsbId("0403", "6001", "00:11:22")


def test_a_device_plugged_in_again_has_another_number_on_the_bus(usb: FakeUsb) -> None:
    plugged = usb.plug("1-1", "0403", "6001", "A1")
    before = usb_devices(usb.tree)
    usb.pull(plugged)
    usb.plug("1-1", "0403", "6001", "A1")
    after = usb_devices(usb.tree)
    assert before["1-1"][0] == after["1-1"][0]
    assert before["1-1"] != after["1-1"]


def test_the_serial_line_takes_an_id_for_its_port() -> None:
    with pytest.raises(DeviceError, match=r"device\.absent \(no serial port of usb:ffff:ffff:none"):
        SerialLine.open("sensors-1", "usb:ffff:ffff:none", 9600)


hex4 = st.text("0123456789abcdef", min_size=4, max_size=4)


@given(hex4, hex4, st.text(st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_an_id_written_down_is_read_back(vendor: str, product: str, serial: str) -> None:
    usb_id = UsbId(vendor, product, serial)
    assert parse(str(usb_id)) == usb_id


@given(st.text())
def test_whatever_stands_in_the_profile_is_an_id_or_none(text: str) -> None:
    found = parse(text)
    assert found is None or found.fits(found)
