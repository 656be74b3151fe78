import errno
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
import usb.backend.libusb0
import usb.backend.libusb1
import usb.backend.openusb

from devices.errors import DeviceError, Remedy
from devices.idcard import sdt
from devices.idcard.frame import HEAD_BYTES, body_bytes, encode
from devices.model import CardReadFailed
from devices.sim import usb_backend
from devices.sim.sdt_module import READ
from devices.sim.sdt_reader import LineFault, ReaderCable
from devices.sim.usb_backend import FolderUsb
from devices.sim.usb_plug import Descriptor, SimulatedUsbReader, UsbPlug
from devices.transports.serial import PortGoneError
from devices.transports.usb_ids import UsbId
from devices.transports.usb_pipes import Split, UsbPipes
from tests.wire.card_rig import CHEN, armed, read_of, ticks
from tests.wire.puppets import until

STANDARD = UsbId("0400", "c35a")
SPLIT = Split(HEAD_BYTES, body_bytes)


@pytest.fixture
def bus(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def reader(bus: Path) -> Generator[SimulatedUsbReader]:
    with SimulatedUsbReader(bus) as plugged:
        yield plugged


def opened(bus: Path, usb_id: UsbId = STANDARD) -> UsbPipes:
    return UsbPipes.open("idcard-1", usb_id, SPLIT, FolderUsb(bus))


def refusal(bus: Path, usb_id: UsbId = STANDARD) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        opened(bus, usb_id)
    return caught.value


def test_head_and_body_of_a_frame_go_through_pipes_of_their_own(bus: Path) -> None:
    heard: list[bytes] = []

    def answer(plug: ReaderCable, data: bytes) -> None:
        heard.append(data)
        plug.send(encode(b"\x00\x00\x90" + bytes(185)))

    plug = UsbPlug(bus / "reader.usb", Descriptor(), answer)
    pipes = opened(bus)
    pipes.send(encode(b"\x11\xff"), 1.0)
    assert pipes.receive(5.0) == b"\xaa\xaa\xaa\x96\x69\x00\xbd"
    assert pipes.receive(5.0) == b"\x00\x00\x90" + bytes(185) + b"\x2d"
    assert pipes.receive(0.01) == b""
    assert heard == [encode(b"\x11\xff")]
    pipes.close()
    plug.unplug()


@pytest.mark.parametrize(
    ("usb", "found"),
    [("0400:c35a:B", "B"), ("0400:c35a:C", None), ("2015:0008", "other"), ("9573:4836", None)],
)
def test_a_reader_is_chosen_by_its_ids_and_its_serial_number(bus: Path, usb: str, found: str | None) -> None:
    descriptors = {
        "A": Descriptor(serial="A"),
        "B": Descriptor(serial="B"),
        "other": Descriptor(0x2015, 0x0008),
    }
    readers = {name: SimulatedUsbReader(bus, name, descriptor) for name, descriptor in descriptors.items()}
    driver = usb_backend.make("idcard-1", {"usb": usb, "bus": str(bus)})
    with readers["A"], readers["B"], readers["other"]:
        try:
            driver.open()
        except DeviceError as error:
            heard = error.code
        else:
            heard = next(name for name, reader in readers.items() if reader.heard())
        driver.close()
    assert heard == (found or "device.absent")


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EACCES, "device.port-denied"), (errno.EBUSY, "device.port-in-use"), (errno.EIO, "device.absent")],
)
def test_a_device_that_refuses_to_be_opened_is_told_by_its_reason(bus: Path, number: int, code: str) -> None:
    with SimulatedUsbReader(bus, descriptor=Descriptor(refusal=number)):
        assert refusal(bus).code == code


def test_a_device_whose_serial_number_this_user_may_not_read_is_denied(bus: Path) -> None:
    with SimulatedUsbReader(bus, descriptor=Descriptor(serial="A", refusal=errno.EACCES)):
        assert refusal(bus, UsbId("0400", "c35a", "A")).code == "device.port-denied"


def test_a_bus_where_nothing_is_plugged_in_means_absent(bus: Path) -> None:
    error = refusal(bus)
    assert (error.code, error.detail) == ("device.absent", "no usb:0400:c35a on the USB")


def test_the_systems_own_usb_is_searched_where_no_other_is_given() -> None:
    driver = sdt.make("idcard-1", {"usb": "0400:c35a:a serial number that nobody gave"})
    with pytest.raises(DeviceError, match=r"device\.absent"):
        driver.open()
    driver.close()


def test_a_system_without_libusb_lacks_a_library_of_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    for library in (usb.backend.libusb0, usb.backend.libusb1, usb.backend.openusb):
        monkeypatch.setattr(library, "get_backend", lambda: None)
    driver = sdt.make("idcard-1", {"usb": "0400:c35a"})
    with pytest.raises(DeviceError, match=r"device\.driver-missing"):
        driver.open()
    driver.close()


@pytest.mark.parametrize(("kernel_driver", "configuration"), [(True, 1), (False, 0), (True, 0)])
def test_a_device_that_the_system_has_taken_hold_of_or_left_alone_is_made_ready(
    bus: Path, reader: SimulatedUsbReader, *, kernel_driver: bool, configuration: int
) -> None:
    backend = FolderUsb(bus)
    backend.kernel_driver, backend.configuration = kernel_driver, configuration
    pipes = UsbPipes.open("idcard-1", STANDARD, SPLIT, backend)
    pipes.send(encode(b"\x11\xff"), 1.0)
    assert pipes.receive(5.0) + pipes.receive(5.0) == encode(b"\x00\x00\x90")
    assert reader.heard() == (b"\x11\xff",)
    assert (backend.kernel_driver, backend.configuration) == (False, 1)
    pipes.close()


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EOVERFLOW])
def test_a_pipe_that_stalls_costs_a_message_and_not_the_device(
    bus: Path, reader: SimulatedUsbReader, number: int
) -> None:
    assert reader.heard() == ()
    backend = FolderUsb(bus)
    pipes = UsbPipes.open("idcard-1", STANDARD, SPLIT, backend)
    backend.next_error = number
    assert pipes.receive(0.01) == b""
    pipes.drain()
    pipes.send(encode(b"\x11\xff"), 1.0)
    assert pipes.receive(5.0) + pipes.receive(5.0) == encode(b"\x00\x00\x90")
    pipes.close()


@pytest.mark.parametrize("number", [errno.ENODEV, errno.EIO])
def test_any_other_error_of_a_pipe_means_that_the_device_is_gone(
    bus: Path, reader: SimulatedUsbReader, number: int
) -> None:
    assert reader.heard() == ()
    backend = FolderUsb(bus)
    pipes = UsbPipes.open("idcard-1", STANDARD, SPLIT, backend)
    backend.next_error = number
    with pytest.raises(PortGoneError):
        pipes.drain()
    pipes.close()


def test_unplugged_in_the_middle_of_a_cards_data_fails_the_card(reader: SimulatedUsbReader) -> None:
    with armed(reader) as driver:
        reader.place(CHEN)
        assert ticks(driver, 1) == read_of(CHEN)[:1]
        reader.disturb_after(1, LineFault(pause_s=0.002))
        unplugging = threading.Thread(target=lambda: (until(lambda: READ in reader.heard()), reader.unplug()))
        unplugging.start()
        assert ticks(driver, 1) == [CardReadFailed("idcard-1", "device.port-gone", Remedy.SERVICE)]
        unplugging.join()
        reader.recover()
        reader.replug()
        assert ticks(driver, 2) == read_of(CHEN)


def test_a_reader_that_lost_power_and_came_back_reads_on(reader: SimulatedUsbReader) -> None:
    with armed(reader) as driver:
        for _ in range(3):
            reader.unplug()
            with pytest.raises(DeviceError, match=r"device\.port-gone"):
                driver.tick()
            reader.replug()
            reader.place(CHEN)
            assert ticks(driver, 2) == read_of(CHEN)
            reader.pull()
            ticks(driver, 1)
