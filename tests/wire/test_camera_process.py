import statistics
import time
from collections.abc import Generator
from typing import Any

import cv2
import numpy as np
import pytest

from devices.device_set import DeviceSet, open_devices
from devices.facades import DocumentCamera, FaceCamera
from devices.model import DeviceSpec, Frame, Kind
from devices.sim.camera_plug import CameraPlate, SimulatedCamera
from tests.support.promises import keeps
from tests.wire.puppets import Told, until

DRIVER = "devices.sim.camera_source:make"
FACE = CameraPlate(model="Face Camera", product_id="5843")
LATENCY_S = 0.12
SILENCE_S = 3.0


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("scene")
    random = np.random.default_rng(1)
    for index in range(12):
        cv2.imwrite(str(folder / f"{index:03d}.png"), random.integers(80, 160, (240, 320, 3), np.uint8))
    return str(folder / "%03d.png")


def spec(camera: SimulatedCamera, name: str, kind: Kind, **options: Any) -> DeviceSpec:
    usb = f"{camera.plate.vendor_id}:{camera.plate.product_id}"
    chosen = {"folder": str(camera.folder), "tree": str(camera.tree), "usb": usb, **options}
    return DeviceSpec(name, kind, DRIVER, chosen, silence_s=SILENCE_S)


@pytest.fixture(scope="module")
def cameras(tmp_path_factory: pytest.TempPathFactory, scene: str) -> Generator[dict[str, SimulatedCamera]]:
    tree = tmp_path_factory.mktemp("cameras")
    with (
        SimulatedCamera(tree / "document", scene, tree=tree) as document,
        SimulatedCamera(tree / "face", scene, FACE, port="1-3", tree=tree) as face,
    ):
        yield {"camera-1": document, "facecam-1": face}


@pytest.fixture(scope="module")
def told() -> Told:
    return Told()


@pytest.fixture(scope="module")
def devices(cameras: dict[str, SimulatedCamera], told: Told) -> Generator[DeviceSet]:
    still = {"still_width": 2592, "still_height": 1944}
    specs = [
        spec(cameras["camera-1"], "camera-1", Kind.CAMERA, width=1280, height=960, **still),
        spec(cameras["facecam-1"], "facecam-1", Kind.FACE_CAMERA, width=640, height=480),
    ]
    with open_devices(specs, told) as opened:
        until(lambda: all_well(opened))
        yield opened


def all_well(devices: DeviceSet) -> bool:
    return all(health.code == "device.ok" for health in devices.health())


@pytest.fixture
def document(devices: DeviceSet) -> Generator[DocumentCamera]:
    assert devices.camera is not None
    devices.camera.start_preview()
    yield devices.camera
    devices.camera.stop_preview()


def newer(camera: DocumentCamera, than_s: float) -> Frame:
    while True:
        frame = camera.latest()
        if frame is not None and frame.taken_s > than_s:
            return frame
        time.sleep(0.001)


def test_both_cameras_of_a_terminal_are_found_by_what_they_say_of_themselves(devices: DeviceSet) -> None:
    assert isinstance(devices.face_camera, FaceCamera)
    assert devices.face_camera.still().pixels.shape == (480, 640, 3)
    assert devices.identity("facecam-1")["model"] == "Face Camera"
    assert devices.identity("camera-1")["resolution"] == "1280x960"


def test_a_frame_of_the_preview_is_young_when_it_can_be_shown(document: DocumentCamera) -> None:
    def age_of_most() -> tuple[float]:
        frame = newer(document, 0.0)
        ages_s: list[float] = []
        while len(ages_s) < 15:
            frame = newer(document, frame.taken_s)
            ages_s.append(time.monotonic() - frame.taken_s)
        return (statistics.median(ages_s),)

    assert keeps((LATENCY_S,), age_of_most)


def test_a_still_in_full_size_keeps_the_memory_of_the_preview(
    devices: DeviceSet, document: DocumentCamera
) -> None:
    newer(document, 0.0)
    ring = devices._processes["camera-1"]._ring  # pyright: ignore[reportPrivateUsage]  # the memory itself

    def show_again_after_a_still() -> tuple[float]:
        frame = document.still()
        answered_s = time.monotonic()
        assert frame.pixels.shape == (1944, 2592, 3)
        assert newer(document, answered_s).pixels.shape == (720, 960, 3)
        return (time.monotonic() - answered_s,)

    assert keeps((1.0,), show_again_after_a_still)
    assert devices._processes["camera-1"]._ring is ring  # pyright: ignore[reportPrivateUsage]  # the memory itself


def test_nothing_of_the_preview_is_left_in_memory_when_it_is_stopped(
    devices: DeviceSet, document: DocumentCamera
) -> None:
    newer(document, 0.0)
    ring = devices._processes["camera-1"]._ring  # pyright: ignore[reportPrivateUsage]  # the memory itself
    assert ring is not None
    memory = ring._memory  # pyright: ignore[reportPrivateUsage]  # the bytes themselves
    assert any(memory[:])
    document.stop_preview()
    assert document.latest() is None
    until(lambda: not any(memory[:]))


def test_a_hand_over_the_face_camera_is_told_and_its_removal_too(
    devices: DeviceSet, cameras: dict[str, SimulatedCamera]
) -> None:
    cameras["facecam-1"].cover()
    until(lambda: devices.health()[1].code == "camera.covered")
    assert devices.health()[0].code == "device.ok"
    cameras["facecam-1"].recover()
    until(lambda: all_well(devices))


def test_a_camera_pulled_out_in_the_preview_is_told_and_shows_again_when_it_is_back(
    devices: DeviceSet, document: DocumentCamera, cameras: dict[str, SimulatedCamera]
) -> None:
    newer(document, 0.0)
    cameras["camera-1"].unplug()
    until(lambda: devices.health()[0].code == "device.absent")
    cameras["camera-1"].plug(index=8)
    until(lambda: all_well(devices))
    newer(document, time.monotonic())


def test_cameras_that_never_come_back_from_a_call_are_killed_and_used_again(
    devices: DeviceSet, document: DocumentCamera, cameras: dict[str, SimulatedCamera], told: Told
) -> None:
    newer(document, 0.0)
    pids = [devices.pid(name) for name in devices.names]
    cameras["camera-1"].hang("read")
    cameras["facecam-1"].hang("open")
    cameras["facecam-1"].unplug()
    cameras["facecam-1"].plug()
    told.wait(lambda _: told.codes().count("device.restarting") >= 2)
    for camera in cameras.values():
        camera.recover()
    until(lambda: all_well(devices))
    assert not {devices.pid(name) for name in devices.names} & set(pids)
    newer(document, time.monotonic())
