import os
import signal
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest

from devices.device_set import DeviceSet, open_devices
from devices.errors import DeviceError
from devices.model import DeviceSpec, Frame, Kind, PrintJob, PrintOutcome, PrintResult, TextBlock
from devices.shared import RingReader, RingWriter
from devices.sim.puppet import gradient
from tests.wire.puppets import PUPPET, Told, until

BLOCKS = (TextBlock("回执"),)


@pytest.fixture
def devices(told: Told) -> Generator[DeviceSet]:
    specs = [DeviceSpec("camera-1", Kind.CAMERA, PUPPET), DeviceSpec("printer-1", Kind.PRINTER, PUPPET)]
    with open_devices(specs, told) as opened:
        told.wait(lambda _: told.codes().count("device.ok") == 2)
        yield opened


def kill(devices: DeviceSet, name: str, told: Told) -> None:
    pid = devices.pid(name)
    assert pid is not None
    before = told.codes().count("device.ok")
    os.kill(pid, signal.SIGKILL)
    told.wait(lambda _: told.codes().count("device.ok") > before)


def newest(devices: DeviceSet) -> Frame | None:
    assert devices.camera is not None
    return devices.camera.latest()


def test_a_picture_arrives_byte_for_byte_and_read_only(devices: DeviceSet) -> None:
    assert devices.camera is not None
    frame = devices.camera.still(10.0)
    assert np.array_equal(frame.pixels, gradient(480, 640))
    assert frame.taken_s == 12.5
    assert not frame.pixels.flags.writeable


def test_a_picture_outlives_the_process_that_took_it(devices: DeviceSet, told: Told) -> None:
    assert devices.camera is not None
    frame = devices.camera.still(10.0)
    kill(devices, "camera-1", told)
    assert np.array_equal(frame.pixels, gradient(480, 640))


def test_pictures_have_no_name_that_a_killed_process_could_leave_behind(devices: DeviceSet) -> None:
    assert devices.camera is not None
    devices.camera.start_preview()
    until(lambda: newest(devices) is not None)
    frame = devices.camera.still(10.0)
    maps = Path("/proc/self/maps").read_text("ascii").splitlines()
    pictures = [line for line in maps if "picture" in line or "preview" in line]
    assert len(pictures) >= 2
    assert all(line.endswith((" /memfd:picture (deleted)", " /memfd:preview (deleted)")) for line in pictures)
    assert frame.pixels.shape == (480, 640, 3)


def test_asking_again_for_a_preview_that_runs_keeps_the_picture(devices: DeviceSet) -> None:
    assert devices.camera is not None
    devices.camera.start_preview()
    until(lambda: newest(devices) is not None)
    devices.camera.start_preview()
    assert newest(devices) is not None


def test_pictures_leave_no_descriptor_open(devices: DeviceSet) -> None:
    assert devices.camera is not None
    devices.camera.still(10.0)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        devices.camera.still(10.0)
    assert len(list(Path("/proc/self/fd").iterdir())) <= before


def test_the_preview_shows_whole_frames_ever_newer_until_it_is_stopped(devices: DeviceSet) -> None:
    assert devices.camera is not None
    assert newest(devices) is None
    devices.camera.start_preview()
    until(lambda: newest(devices) is not None)
    seen: list[float] = []
    while len(set(seen)) < 8:
        frame = newest(devices)
        if frame is None:
            continue  # a reader that was kept from running is overtaken, and goes without
        assert frame.pixels.shape == (48, 64, 3)
        assert frame.pixels.min() == frame.pixels.max()
        seen.append(frame.taken_s)
    assert seen == sorted(seen)
    devices.camera.stop_preview()
    assert newest(devices) is None


def test_the_preview_comes_back_by_itself_after_a_restart(devices: DeviceSet, told: Told) -> None:
    assert devices.camera is not None
    devices.camera.start_preview()
    until(lambda: newest(devices) is not None)
    kill(devices, "camera-1", told)
    until(lambda: newest(devices) is not None)


def test_the_newest_frame_of_a_ring_is_the_one_put_last_however_many_came_before() -> None:
    writer = RingWriter(4 * 6 * 3)
    reader = RingReader(os.dup(writer.descriptor))
    assert reader.latest() is None
    for number in range(1, 20):
        writer.put(Frame(np.full((4, 6, 3), number, np.uint8), float(number)))
        if number % 5 == 0:
            frame = reader.latest()
            assert frame is not None
            assert (frame.taken_s, int(frame.pixels.max())) == (float(number), number)
    smaller = Frame(np.zeros((2, 3, 3), np.uint8), 20.0)
    assert writer.fits(smaller)
    writer.put(smaller)
    frame = reader.latest()
    assert frame is not None
    assert frame.pixels.shape == (2, 3, 3)
    assert not writer.fits(Frame(np.zeros((5, 6, 3), np.uint8), 21.0))
    writer.close()


def test_a_closed_ring_holds_no_picture_any_more() -> None:
    writer = RingWriter(12)
    reader = RingReader(os.dup(writer.descriptor))
    writer.put(Frame(np.full((2, 2, 3), 7, np.uint8), 1.0))
    writer.close()
    assert reader.latest() is None
    assert not any(reader._memory[:])  # pyright: ignore[reportPrivateUsage]  # the bytes themselves


def test_memory_that_is_no_ring_is_refused() -> None:
    descriptor = os.memfd_create("other")
    os.truncate(descriptor, 100)
    with pytest.raises(ValueError, match="size"):
        RingReader(descriptor)


def test_a_job_that_was_printed_is_told_as_printed(devices: DeviceSet) -> None:
    assert devices.printer is not None
    result = devices.printer.print(PrintJob("job-1", BLOCKS))
    assert result == PrintResult("job-1", PrintOutcome.PRINTED)


def test_a_printer_that_dies_over_a_job_leaves_it_unknown(devices: DeviceSet) -> None:
    assert devices.printer is not None
    result = devices.printer.print(PrintJob("leave", BLOCKS))
    assert result == PrintResult("leave", PrintOutcome.UNKNOWN, "device.restarting")


def test_a_printer_that_hangs_over_a_job_leaves_it_unknown(devices: DeviceSet) -> None:
    assert devices.printer is not None
    result = devices.printer.print(PrintJob("hang", BLOCKS), timeout_s=0.2)
    assert result == PrintResult("hang", PrintOutcome.UNKNOWN, "device.timeout")


def test_a_printer_that_is_absent_prints_nothing(told: Told, tmp_path: Path) -> None:
    spec = DeviceSpec("printer-1", Kind.PRINTER, PUPPET, {"needs": str(tmp_path / "nothing")})
    with open_devices([spec], told) as devices:
        told.wait_for_codes("device.absent")
        assert devices.printer is not None
        result = devices.printer.print(PrintJob("job-1", BLOCKS))
        assert result == PrintResult("job-1", PrintOutcome.NOT_PRINTED, "device.absent")


def test_a_kind_that_the_profile_has_not_is_none_and_the_first_of_two_serves(
    told: Told, tmp_path: Path
) -> None:
    absent = {"needs": str(tmp_path / "nothing")}
    specs = [
        DeviceSpec("scanner-1", Kind.SCANNER, PUPPET),
        DeviceSpec("scanner-2", Kind.SCANNER, PUPPET, absent),
    ]
    with open_devices(specs, told) as devices:
        told.wait(lambda _: len(told.codes()) == 2)
        assert devices.names == ("scanner-1", "scanner-2")
        assert (devices.id_card, devices.camera, devices.printer) == (None, None, None)
        assert devices.scanner is not None
        assert devices.scanner.name == "scanner-1"
        assert devices.scanner.scan(10.0).pixels.shape == (480, 640, 3)
        assert [health.code for health in devices.health()] == ["device.ok", "device.absent"]
        with pytest.raises(DeviceError, match=r"device\.absent"):
            devices._processes["scanner-2"].call("scan", {}, 5.0)  # pyright: ignore[reportPrivateUsage]  # the second has no façade
