import os
import tempfile
import time
from collections.abc import Callable, Generator
from itertools import count
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.camera.camera import Camera
from devices.errors import DeviceError, Remedy, Severity
from devices.model import Frame
from devices.sim.camera_faces import FRAMES as FACES
from devices.sim.camera_faces import write_faces
from devices.sim.camera_plug import CameraPlate, SimulatedCamera
from devices.sim.camera_source import make
from tests.support.promises import keeps

SEEN_S = 1.0
BACK_S = 3.0
SPARE_S = 2.0


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> str:
    return noisy(tmp_path_factory.mktemp("scene"), 120)


def noisy(folder: Path, level: int) -> str:
    random = np.random.default_rng(level)
    folder.mkdir(exist_ok=True)
    for index in range(12):
        frame = random.integers(level - 20, level + 20, (120, 160, 3), np.uint8)
        cv2.imwrite(str(folder / f"{index:03d}.png"), frame)
    return str(folder / "%03d.png")


@pytest.fixture
def simulated(tmp_path: Path, scene: str) -> Generator[SimulatedCamera]:
    with SimulatedCamera(tmp_path, scene) as plugged:
        yield plugged


@pytest.fixture
def opened(simulated: SimulatedCamera) -> Generator[Callable[..., Camera]]:
    made: list[Camera] = []

    def open_one(**options: object) -> Camera:
        usb = {} if "path" in options else {"usb": "0bda:5842:C0001"}
        camera = make("camera-1", {"folder": str(simulated.folder), **usb, **options})
        made.append(camera)
        camera.open()
        return camera

    yield open_one
    for camera in made:
        camera.close()


def said(camera: Camera) -> DeviceError | None:
    try:
        camera.tick()
    except DeviceError as error:
        return error
    return None


def until(camera: Camera, code: str) -> tuple[DeviceError | None, float]:
    began_s = time.monotonic()
    while True:
        error = said(camera)
        if (error.code if error else "") == code:
            return error, time.monotonic() - began_s
        time.sleep(camera.tick_s)


def shown(camera: Camera) -> Frame:
    while True:
        said(camera)
        frame = camera.preview_frame()
        if frame is not None:
            return frame
        time.sleep(camera.tick_s)


def still(camera: Camera) -> Frame:
    frame = camera.command("still", {})
    assert isinstance(frame, Frame)
    return frame


def test_the_compression_is_asked_for_before_the_size(opened: Callable[..., Camera]) -> None:
    camera = opened(width=2592, height=1944)
    assert camera.tick() == ()
    assert still(camera).pixels.shape == (1944, 2592, 3)
    assert camera.open()["format"] == "MJPG"


@pytest.mark.parametrize("pull", [{"ghost": True}, {"ghost": False}])
def test_a_camera_pulled_out_in_the_preview_is_missed_within_a_second_and_back_within_three(
    simulated: SimulatedCamera, opened: Callable[..., Camera], pull: dict[str, bool]
) -> None:
    camera = opened(width=640, height=480)
    camera.command("preview.start", {})

    def pull_and_put_back() -> tuple[float, float]:
        shown(camera)
        simulated.unplug(**pull)
        error, seen_s = until(camera, "device.absent")
        assert error is not None
        assert error.remedy is Remedy.SERVICE
        assert camera.preview_frame() is None
        simulated.plug()
        _, back_s = until(camera, "")
        assert shown(camera).pixels.shape == (480, 640, 3)
        return seen_s, back_s

    assert keeps((SEEN_S, BACK_S), pull_and_put_back)


@pytest.mark.parametrize("name", ["by_id", "by_path", "usb"])
def test_a_camera_that_has_another_number_after_it_was_plugged_in_again_is_followed(
    simulated: SimulatedCamera, opened: Callable[..., Camera], name: str
) -> None:
    camera = opened() if name == "usb" else opened(path=str(getattr(simulated, name)))
    camera.tick()

    indices = count(4)

    def come_back_as_another() -> tuple[float, float]:
        simulated.unplug()
        simulated.plug(index=next(indices))
        _, seen_s = until(camera, "device.absent")
        _, back_s = until(camera, "")
        assert still(camera).pixels.shape == (480, 640, 3)
        return seen_s, back_s

    assert keeps((SEEN_S, BACK_S), come_back_as_another)


def test_a_camera_that_is_absent_is_looked_for_at_every_tick_while_pauses_are_kept_for_one_that_fails(
    simulated: SimulatedCamera, opened: Callable[..., Camera]
) -> None:
    camera = opened()
    simulated.unplug()
    for _ in range(5):
        error = said(camera)
        assert error is not None
        assert error.code == "device.absent"
    simulated.plug()
    assert said(camera) is None


def test_a_camera_that_sees_the_same_after_it_was_plugged_in_again_is_not_taken_for_frozen(
    simulated: SimulatedCamera, opened: Callable[..., Camera]
) -> None:
    camera = opened(frozen_after_s=0.2)
    for _ in range(3):
        camera.tick()
        simulated.unplug()
        until(camera, "device.absent")
        time.sleep(0.1)  # longer, in all, than a picture may stand still
        simulated.plug()
        assert said(camera) is None


def test_a_hot_plug_event_ends_the_pause_of_a_camera_that_failed(
    simulated: SimulatedCamera, opened: Callable[..., Camera]
) -> None:
    camera = opened()
    simulated.be_busy()
    simulated.unplug()
    simulated.plug()
    until(camera, "camera.busy")
    simulated.recover()
    error = said(camera)
    assert error is not None
    assert error.code == "camera.busy", "the pause is not over"
    camera.stir()
    assert said(camera) is None


def test_a_picture_that_freezes_in_the_preview_is_a_fault_until_it_moves_again(
    simulated: SimulatedCamera, opened: Callable[..., Camera]
) -> None:
    camera = opened(frozen_after_s=0.4)
    camera.command("preview.start", {})
    shown(camera)
    simulated.freeze()
    error, _ = until(camera, "camera.frozen")
    assert error is not None
    assert (error.remedy, error.severity) == (Remedy.SERVICE, Severity.FAULT)
    simulated.recover()
    until(camera, "")
    shown(camera)


def test_a_still_is_never_the_last_picture_of_a_camera_that_froze_a_moment_ago(
    simulated: SimulatedCamera, opened: Callable[..., Camera]
) -> None:
    camera = opened(frozen_after_s=30.0)
    camera.command("preview.start", {})
    shown(camera)
    simulated.freeze()
    with pytest.raises(DeviceError, match=r"camera\.frozen"):
        still(camera)
    simulated.recover()
    until(camera, "")
    still(camera)


def test_a_covered_lens_is_the_residents_to_clear_and_a_black_one_the_services(
    simulated: SimulatedCamera, opened: Callable[..., Camera]
) -> None:
    camera = opened(black_after_s=1.5)
    camera.command("preview.start", {})
    shown(camera)
    simulated.cover()
    error, _ = until(camera, "camera.covered")
    assert error is not None
    assert (error.remedy, error.severity) == (Remedy.RESIDENT, Severity.BLOCK)
    assert shown(camera).pixels.max() < 6, "the resident sees that the picture is dark"
    with pytest.raises(DeviceError, match=r"camera\.covered"):
        still(camera)
    error, _ = until(camera, "camera.black")
    assert error is not None
    assert error.remedy is Remedy.SERVICE

    def clear() -> tuple[float]:
        simulated.cover()
        until(camera, "camera.black")
        simulated.recover()
        return (until(camera, "")[1],)

    assert keeps((SEEN_S,), clear)


def test_a_slow_camera_warns_and_goes_on(simulated: SimulatedCamera, opened: Callable[..., Camera]) -> None:
    camera = opened()
    simulated.slow(2.0)
    camera.command("preview.start", {})
    error, _ = until(camera, "camera.slow")
    assert error is not None
    assert (error.remedy, error.severity) == (Remedy.SERVICE, Severity.WARN)
    still(camera)
    shown(camera)
    simulated.recover()
    until(camera, "")


def test_a_camera_without_frames_is_missed_and_used_again_when_they_come(
    simulated: SimulatedCamera, opened: Callable[..., Camera]
) -> None:
    camera = opened()
    camera.command("preview.start", {})
    shown(camera)
    simulated.fall_silent()
    error, seen_s = until(camera, "camera.no-frames")
    assert error is not None
    assert error.remedy is Remedy.SERVICE
    assert seen_s < 2.0 + SPARE_S
    simulated.recover()
    until(camera, "")
    shown(camera)


def test_a_camera_that_gives_another_size_than_asked_for_is_refused(
    simulated: SimulatedCamera, opened: Callable[..., Camera]
) -> None:
    simulated.give_only(640, 480)
    with pytest.raises(DeviceError) as caught:
        opened(width=1280, height=960)
    assert (caught.value.code, caught.value.remedy) == ("camera.wrong-size", Remedy.SERVICE)


def test_frames_that_change_their_size_are_noticed(
    simulated: SimulatedCamera, opened: Callable[..., Camera]
) -> None:
    camera = opened(width=1280, height=960)
    camera.command("preview.start", {})
    shown(camera)
    simulated.give_only(320, 240)
    until(camera, "camera.wrong-size")
    simulated.recover()
    until(camera, "")
    assert shown(camera).pixels.shape == (720, 960, 3)


def test_a_still_size_that_the_camera_has_not_is_known_when_it_is_opened(
    opened: Callable[..., Camera],
) -> None:
    with pytest.raises(DeviceError, match=r"camera\.wrong-size"):
        opened(width=640, height=480, still_width=2000, still_height=2000)


def test_a_camera_that_somebody_else_uses_is_busy_and_opened_when_it_is_free(
    simulated: SimulatedCamera,
) -> None:
    camera = make("camera-1", {"folder": str(simulated.folder), "usb": "0bda:5842"})
    simulated.be_busy()
    with pytest.raises(DeviceError) as caught:
        camera.open()
    assert (caught.value.code, caught.value.remedy) == ("camera.busy", Remedy.SERVICE)
    simulated.recover()
    assert camera.open()["model"] == "Document Camera"
    camera.close()


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take a user's place")
def test_a_camera_that_this_user_may_not_open_is_denied(scene: str) -> None:
    with tempfile.TemporaryDirectory() as folder, SimulatedCamera(Path(folder), scene) as simulated:
        Path(folder).chmod(0o755)
        assert simulated.node is not None
        simulated.node.chmod(0o600)
        camera = make("camera-1", {"folder": folder, "usb": "0bda:5842"})
        os.seteuid(65534)
        try:
            with pytest.raises(DeviceError) as caught:
                camera.open()
        finally:
            os.seteuid(0)
        assert (caught.value.code, caught.value.remedy) == ("device.port-denied", Remedy.SERVICE)
        camera.close()


def test_the_preview_begins_with_a_picture_of_now(
    simulated: SimulatedCamera, opened: Callable[..., Camera], tmp_path: Path
) -> None:
    camera = opened()
    camera.tick()
    bright = noisy(tmp_path / "bright", 220)
    time.sleep(0.3)  # HARDWARE: so long the camera fills its queue with what lies there now
    simulated.look_at(bright)
    camera.command("preview.start", {})
    assert shown(camera).pixels.mean() > 200


def test_a_still_of_another_size_leaves_the_preview_as_it_was(opened: Callable[..., Camera]) -> None:
    camera = opened(width=640, height=480, still_width=2592, still_height=1944)
    camera.command("preview.start", {})
    shown(camera)

    def show_again_after_a_still() -> tuple[float]:
        assert still(camera).pixels.shape == (1944, 2592, 3)
        answered_s = time.monotonic()
        assert shown(camera).pixels.shape == (480, 640, 3)
        return (time.monotonic() - answered_s,)

    assert keeps((SEEN_S,), show_again_after_a_still)


def test_the_readings_tell_resolution_speed_and_age(
    simulated: SimulatedCamera, opened: Callable[..., Camera]
) -> None:
    camera = opened()
    assert dict(camera.readings()) == {"resolution": "640x480"}
    camera.command("preview.start", {})
    while "fps" not in camera.readings():
        camera.tick()
    assert 1 <= int(camera.readings()["fps"]) <= 31
    assert int(camera.readings()["frame_age_ms"]) < 1000
    simulated.unplug()
    while int(camera.readings()["frame_age_ms"]) < 1000:
        said(camera)
        time.sleep(camera.tick_s)
    assert camera.readings()["resolution"] == "640x480"


def test_the_face_that_is_made_moves_and_is_seen_by_the_camera(tmp_path: Path) -> None:
    scene = write_faces(tmp_path / "faces")
    frames = [Path(scene % index).read_bytes() for index in range(FACES)]
    assert len(set(frames)) == FACES
    plate = CameraPlate(model="Face Camera", product_id="5843")
    with SimulatedCamera(tmp_path, scene, plate) as simulated:
        options = {"usb": "0bda:5843", "width": 640, "height": 480}
        camera = make("facecam-1", {"folder": str(simulated.folder), **options})
        assert camera.open()["model"] == "Face Camera"
        assert camera.tick() == ()
        picture = still(camera).pixels
        camera.close()
    face, wall = picture[200:300, 290:350], picture[20:60, 20:60]
    assert face[:, :, 2].mean() > face[:, :, 0].mean() + 20, "skin is redder than blue"
    assert abs(float(wall[:, :, 2].mean()) - float(wall[:, :, 0].mean())) < 20
