import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from devices.camera.camera import Camera
from devices.camera.opencv_driver import make
from devices.driver import PreviewDriver
from devices.errors import DeviceError, Remedy
from devices.model import Frame, Pixels
from devices.sim.camera_frames import FRAMES, SIZE_PX, write_sequence


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_sequence(tmp_path_factory.mktemp("camera"))


@pytest.fixture
def camera(recording: str) -> Iterator[Camera]:
    driver = opened({"path": recording, "width": SIZE_PX[0], "height": SIZE_PX[1]})
    yield driver
    driver.close()


def opened(options: Mapping[str, Any]) -> Camera:
    driver = make("camera-1", options)
    driver.open()
    return driver


def still(driver: Camera) -> Pixels:
    frame = driver.command("still", {})
    assert isinstance(frame, Frame)
    return frame.pixels


def pictures(folder: Path, *frames: Pixels) -> str:
    """Write a sequence without loss, so that frames can be told apart by their values."""
    folder.mkdir()
    for index, pixels in enumerate(frames):
        assert cv2.imwrite(str(folder / f"frame-{index:03d}.png"), pixels)
    return str(folder / "frame-%03d.png")


def grey(value: int) -> Pixels:
    return np.full((240, 320, 3), value, np.uint8)


def ticked_until(driver: Camera, done: Callable[[DeviceError | None], bool]) -> DeviceError | None:
    """Tick as the host does until ``done`` with what the tick said; the test's timeout is the limit."""
    while True:
        said: DeviceError | None = None
        try:
            driver.tick()
        except DeviceError as error:
            said = error
        if done(said):
            return said
        time.sleep(min(driver.tick_s, 0.02))


def test_a_still_is_the_frame_in_full_size(camera: Camera, recording: str) -> None:
    first = cv2.imread(recording % 0)
    np.testing.assert_array_equal(still(camera), first)
    assert still(camera).shape == (SIZE_PX[1], SIZE_PX[0], 3)


def test_a_recording_begins_anew_at_its_end(tmp_path: Path) -> None:
    driver = opened({"path": pictures(tmp_path / "loop", grey(60), grey(90), grey(120))})
    values = [int(still(driver)[0, 0, 0]) for _ in range(7)]
    driver.close()
    assert values == [60, 90, 120, 60, 90, 120, 60]


def test_the_made_frames_differ_from_one_to_the_next_and_are_the_same_every_time(
    recording: str, tmp_path: Path
) -> None:
    frames = [Path(recording % index).read_bytes() for index in range(FRAMES)]
    assert len(set(frames)) == FRAMES
    again = write_sequence(tmp_path / "again")
    assert Path(again % 7).read_bytes() == frames[7]


def test_the_preview_gives_each_frame_once_and_no_wider_than_the_screen_needs(camera: Camera) -> None:
    assert isinstance(camera, PreviewDriver)
    camera.command("preview.start", {})
    seen: list[Frame] = []
    ticked_until(camera, lambda _: take(camera, seen) >= 4)
    assert {frame.pixels.shape for frame in seen} == {(720, 960, 3)}
    assert len({frame.pixels.tobytes() for frame in seen}) == len(seen)
    assert [frame.taken_s for frame in seen] == sorted(frame.taken_s for frame in seen)
    assert camera.preview_frame() is None


def take(driver: Camera, into: list[Frame]) -> int:
    frame = driver.preview_frame()
    if frame is not None:
        into.append(frame)
    return len(into)


def test_the_preview_keeps_to_its_rate(recording: str) -> None:
    driver = opened({"path": recording, "fps": 5})
    driver.command("preview.start", {})
    seen: list[Frame] = []
    ticked_until(driver, lambda _: take(driver, seen) >= 4)
    driver.close()
    assert seen[-1].taken_s - seen[0].taken_s >= 0.55
    assert driver.tick_s <= 0.2


def test_nothing_is_shown_before_the_preview_begins_or_after_it_ends(camera: Camera) -> None:
    camera.tick()
    assert camera.preview_frame() is None
    camera.command("preview.start", {})
    camera.command("preview.start", {})
    camera.tick()
    camera.command("preview.stop", {})
    camera.command("preview.stop", {})
    camera.tick()
    assert camera.preview_frame() is None
    assert camera.tick_s == 0.5


def test_a_still_in_the_preview_is_in_full_size(camera: Camera) -> None:
    camera.command("preview.start", {})
    camera.tick()
    assert still(camera).shape == (SIZE_PX[1], SIZE_PX[0], 3)


def test_a_lens_that_is_covered_is_the_residents_to_clear(tmp_path: Path) -> None:
    driver = opened({"path": pictures(tmp_path / "dark", grey(3), grey(4))})
    driver.command("preview.start", {})
    said = ticked_until(driver, lambda error: error is not None)
    assert said is not None
    assert (said.code, said.remedy) == ("camera.covered", Remedy.RESIDENT)
    with pytest.raises(DeviceError, match=r"camera\.covered"):
        still(driver)
    assert driver.preview_frame() is not None, "the resident sees that the picture is dark"
    driver.close()


def test_a_picture_that_stands_still_is_a_fault_where_motion_is_expected(tmp_path: Path) -> None:
    path = pictures(tmp_path / "frozen", grey(120))
    driver = opened({"path": path, "expect_motion": True, "frozen_after_s": 0.2})
    said = ticked_until(driver, lambda error: error is not None)
    assert said is not None
    assert (said.code, said.remedy) == ("camera.frozen", Remedy.SERVICE)
    fresh = pictures(tmp_path / "fresh", grey(130), grey(140))
    (tmp_path / "frozen").rename(tmp_path / "old")
    Path(fresh).parent.rename(tmp_path / "frozen")
    assert ticked_until(driver, lambda error: error is None) is None
    driver.close()


def test_a_source_that_vanishes_is_absent_and_found_again(tmp_path: Path) -> None:
    path = pictures(tmp_path / "camera", grey(100), grey(101))
    driver = opened({"path": path})
    (tmp_path / "camera").rename(tmp_path / "gone")
    said = ticked_until(driver, lambda error: error is not None)
    assert said is not None
    assert (said.code, said.remedy) == ("device.absent", Remedy.SERVICE)
    with pytest.raises(DeviceError, match=r"device\.absent"):
        still(driver)
    (tmp_path / "gone").rename(tmp_path / "camera")
    assert ticked_until(driver, lambda error: error is None) is None
    assert still(driver).shape == (240, 320, 3)
    driver.close()


@pytest.mark.parametrize("path", ["/dev/video-none", "nowhere/frame-%03d.jpg", "nowhere.avi"])
def test_a_source_that_is_not_there_is_absent(path: str, tmp_path: Path) -> None:
    driver = make("camera-1", {"path": path if path.startswith("/dev/") else str(tmp_path / path)})
    with pytest.raises(DeviceError) as caught:
        driver.open()
    assert (caught.value.code, caught.value.remedy) == ("device.absent", Remedy.SERVICE)
    driver.close()


def test_a_file_that_is_no_picture_gives_no_frames(tmp_path: Path) -> None:
    path = pictures(tmp_path / "camera", grey(100), grey(101))
    Path(path % 1).write_bytes(b"no picture at all")
    Path(path % 0).write_bytes(b"nor this one")
    driver = make("camera-1", {"path": path})
    with pytest.raises(DeviceError) as caught:
        driver.open()
    assert caught.value.code == "device.absent"
    driver.close()


def test_a_camera_of_another_size_than_the_profile_says_is_refused(recording: str) -> None:
    driver = make("camera-1", {"path": recording, "width": 2592, "height": 1944})
    with pytest.raises(DeviceError) as caught:
        driver.open()
    assert (caught.value.code, caught.value.remedy) == ("camera.wrong-size", Remedy.SERVICE)
    driver.close()


def test_a_video_file_serves_as_well(tmp_path: Path) -> None:
    path = str(tmp_path / "desk.avi")
    writer = cv2.VideoWriter(path, cv2.VideoWriter.fourcc(*"MJPG"), 15, (320, 240))
    for value in (60, 160):
        writer.write(grey(value))
    writer.release()
    driver = opened({"path": path})
    values = [round(float(still(driver).mean())) for _ in range(4)]
    driver.close()
    np.testing.assert_allclose(values, [60, 160, 60, 160], atol=4)


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({}, "path"),
        ({"path": ""}, "path"),
        ({"path": "a", "fps": 30}, "fps"),
        ({"path": "a", "width": 640}, "height"),
        ({"path": "a", "zoom": 2}, "zoom"),
    ],
)
def test_a_wrong_option_is_named(wrong: Mapping[str, Any], key: str) -> None:
    with pytest.raises(DeviceError) as caught:
        make("camera-1", wrong)
    assert caught.value.code == "device.bad-option"
    assert key in caught.value.detail


def test_a_command_that_a_camera_does_not_have_is_a_bug(camera: Camera) -> None:
    with pytest.raises(KeyError):
        camera.command("print", {})
