import errno
import os
import pty
import select
import threading
import tty
from collections.abc import Generator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest
import serial

from devices.errors import DeviceError
from devices.transports.byte_stream import LinkLostError, LinkStalledError
from devices.transports.descriptor import Descriptor
from devices.transports.serial_stream import SerialStream
from devices.transports.usb_lp import UsbLpStream, refusal
from tests.support.usb_tree import FakeUsb
from tests.wire.puppets import until


@contextmanager
def line() -> Generator[tuple[int, str]]:
    far, near = pty.openpty()
    tty.setraw(near)
    os.set_blocking(far, False)
    try:
        yield far, os.ttyname(near)
    finally:
        os.close(far)
        os.close(near)


def arrived(far: int, count: int) -> bytes:
    data = b""
    while len(data) < count:
        ready, _, _ = select.select([far], [], [], 10.0)
        assert ready, data
        data += os.read(far, 4096)
    return data


def stopped(stream: SerialStream) -> bool:
    try:
        stream.send(b".", 0.02)
    except LinkStalledError:
        return True
    return False


def test_all_bytes_arrive_whatever_they_are_and_what_is_said_meanwhile_is_heard() -> None:
    with line() as (far, path):
        stream = UsbLpStream.open("printer-1", path)
        data = bytes(range(256)) * 128
        taken = bytearray()

        def take() -> None:
            os.write(far, b"\x12\x14")
            while len(taken) < len(data):
                try:
                    taken.extend(os.read(far, 700))
                except BlockingIOError:
                    select.select([far], [], [], 1.0)

        peer = threading.Thread(target=take)
        peer.start()
        heard = stream.send(data, 10.0)
        peer.join()
        assert taken == data
        assert heard == b"\x12\x14"
        stream.close()


def test_a_peer_that_takes_nothing_stalls_the_line_and_what_is_left_is_told() -> None:
    with line() as (_, path):
        stream = UsbLpStream.open("printer-1", path)
        with pytest.raises(LinkStalledError) as caught:
            stream.send(bytes(1 << 20), 0.05)
        assert 0 < caught.value.unsent_bytes < 1 << 20
        stream.close()


@pytest.mark.parametrize("kind", ["usb", "serial"])
def test_a_device_that_is_pulled_out_is_told_by_whatever_is_called_next(kind: str) -> None:
    far, near = pty.openpty()
    tty.setraw(near)
    path = os.ttyname(near)
    stream = (
        UsbLpStream.open("printer-1", path)
        if kind == "usb"
        else SerialStream.open("printer-1", path, 9600, "N", "none")
    )
    os.close(far)
    os.close(near)
    for call in (lambda: stream.receive(0.0), lambda: stream.send(b"x", 0.1)):
        with pytest.raises(LinkLostError) as caught:
            call()
        assert caught.value.code == "device.port-gone"
    stream.close()


def test_packets_of_no_bytes_are_no_end_and_are_not_looked_at_in_a_circle() -> None:
    # A regular file at its end reads as empty and is always ready, like a USB printer with nothing to say.
    descriptor = os.memfd_create("printer")
    stream = Descriptor(descriptor, lambda detail: LinkLostError("printer-1", detail))
    assert [stream.receive(0.0) for _ in range(3)] == [b"", b"", b""]
    os.close(descriptor)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EBUSY, "device.port-in-use"),
        (errno.EACCES, "device.port-denied"),
        (errno.ENODEV, "device.absent"),
        (errno.ENOENT, "device.absent"),
    ],
)
def test_why_a_printer_cannot_be_opened_is_told_apart(number: int, code: str) -> None:
    error = OSError(number, os.strerror(number))
    assert refusal("printer-1", "/dev/usb/lp0", error).code == code


def test_a_file_in_the_place_of_a_printer_is_no_printer(tmp_path: Path) -> None:
    path = tmp_path / "lp0"
    path.write_bytes(b"")
    with pytest.raises(DeviceError) as caught:
        UsbLpStream.open("printer-1", str(path))
    assert caught.value.code == "device.absent"
    assert path.read_bytes() == b""


def test_a_line_that_is_held_takes_urgent_bytes_and_no_others() -> None:
    with line() as (far, path):
        held = True
        stream = SerialStream("printer-1", serial.Serial(path, timeout=0), lambda: held)
        with pytest.raises(LinkStalledError) as caught:
            stream.send(b"picture", 0.05)
        assert caught.value.unsent_bytes == len(b"picture")
        stream.send(b"\x10\x04\x01", 1.0, urgent=True)
        assert arrived(far, 3) == b"\x10\x04\x01"
        held = False
        stream.send(b"picture", 1.0)
        assert arrived(far, 7) == b"picture"
        stream.close()


def test_a_line_held_by_a_contact_gets_small_pieces() -> None:
    pauses = cycle([False, True])
    looks = 0

    def held() -> bool:
        nonlocal looks
        looks += 1
        return next(pauses)

    with line() as (far, path):
        stream = SerialStream("printer-1", serial.Serial(path, timeout=0), held)
        stream.send(bytes(150), 5.0)
        assert arrived(far, 150) == bytes(150)
        assert looks >= 5, "three pieces of 64 bytes at most, and a pause between them"
        stream.close()


def test_a_contact_that_cannot_be_read_any_more_means_that_the_port_is_gone() -> None:
    def held() -> bool:
        raise OSError(errno.EIO, "Input/output error")

    with line() as (_, path):
        stream = SerialStream("printer-1", serial.Serial(path, timeout=0), held)
        with pytest.raises(LinkLostError):
            stream.send(b"picture", 1.0)
        stream.close()


def test_xoff_stops_the_line_and_xon_lets_it_go_on() -> None:
    with line() as (far, path):
        stream = SerialStream.open("printer-1", path, 38400, "N", "xon-xoff")

        assert not stopped(stream)
        os.write(far, b"\x13")
        until(lambda: stopped(stream))
        os.write(far, b"\x11")
        until(lambda: not stopped(stream))
        assert stream.receive(0.0) == b"", "flow control never reaches the program"
        stream.close()


def test_a_line_opened_again_is_not_held_by_a_stop_whose_end_was_lost_at_opening() -> None:
    with line() as (far, path):
        stream = SerialStream.open("printer-1", path, 38400, "N", "xon-xoff")
        os.write(far, b"\x13")
        until(lambda: stopped(stream))
        stream.close()
        stream = SerialStream.open("printer-1", path, 38400, "N", "xon-xoff")
        assert not stopped(stream)
        os.write(far, b"\x13")
        until(lambda: stopped(stream))
        stream.close()


def test_a_printer_is_found_by_its_usb_id_under_whatever_number_it_has(tmp_path: Path) -> None:
    usb = FakeUsb(tmp_path)
    classes = usb.tree.sysfs / "class/usbmisc"
    classes.mkdir(parents=True)
    for port, serial_number, name in (("1-1", "A1", "lp3"), ("1-2", "B2", "lp0")):
        plugged = usb.plug(port, "0416", "5011", serial_number)
        folder = plugged.folder / f"{port}:1.0" / "usbmisc" / name
        folder.mkdir(parents=True)
        (classes / name).symlink_to(folder)
    with line() as (_, path):
        (usb.tree.dev / "usb").mkdir()
        (usb.tree.dev / "usb" / "lp3").symlink_to(path)
        UsbLpStream.open("printer-1", "usb:0416:5011:A1", usb.tree).close()
    codes: list[str] = []
    for port in ("usb:0416:5011", "usb:0416:5011:C3", "usb:what"):
        with pytest.raises(DeviceError) as caught:
            UsbLpStream.open("printer-1", port, usb.tree)
        codes.append(caught.value.code)
    assert codes == ["device.ambiguous", "device.absent", "device.bad-option"]
