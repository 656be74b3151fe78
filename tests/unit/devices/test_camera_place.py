from collections.abc import Callable
from pathlib import Path

import pytest

from devices.camera.options import CameraOptions
from devices.camera.place import Place, place_of
from devices.errors import DeviceError, Remedy
from devices.sim.camera_plug import CameraPlate, SimulatedCamera
from devices.transports.usb_ids import UsbTree

FACE = CameraPlate(model="Face Camera", product_id="5843", serial="F0001")
NAMELESS = CameraPlate(serial="")


@pytest.fixture
def camera(tmp_path: Path) -> Callable[..., SimulatedCamera]:
    def plugged(
        plate: CameraPlate | None = None, port: str = "1-2", index: int | None = None
    ) -> SimulatedCamera:
        folder = tmp_path / port
        folder.mkdir()
        made = SimulatedCamera(folder, "", plate, port, tree=tmp_path)
        made.plug(index)
        return made

    return plugged


def place(tmp_path: Path, options: CameraOptions) -> Place:
    return place_of("camera-1", options, UsbTree(tmp_path / "sys", tmp_path / "dev"))


def refused(found: Place) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        found.find()
    assert caught.value.remedy is Remedy.SERVICE
    return caught.value


@pytest.mark.parametrize("usb", ["0bda:5843", "0BDA:5843", "0bda:5843:F0001"])
def test_a_camera_is_found_by_what_it_says_of_itself(
    camera: Callable[..., SimulatedCamera], tmp_path: Path, usb: str
) -> None:
    camera()
    camera(FACE, "1-3")
    found = place(tmp_path, CameraOptions(usb=usb))
    assert found.is_live
    assert found.find() == str(tmp_path / "dev/video2")


def test_a_camera_is_followed_to_another_number(
    camera: Callable[..., SimulatedCamera], tmp_path: Path
) -> None:
    plugged = camera()
    places = [place(tmp_path, CameraOptions(usb="0bda:5842"))]
    places += [place(tmp_path, CameraOptions(path=str(path))) for path in (plugged.by_id, plugged.by_path)]
    assert [found.find() for found in places] == [str(tmp_path / "dev/video0")] * 3
    plugged.unplug()
    assert [refused(found).code for found in places] == ["device.absent"] * 3
    plugged.plug(index=6)
    assert [found.find() for found in places] == [str(tmp_path / "dev/video6")] * 3


def test_the_nodes_of_a_camera_are_counted_in_their_own_order(
    camera: Callable[..., SimulatedCamera], tmp_path: Path
) -> None:
    camera(index=9)
    assert place(tmp_path, CameraOptions(usb="0bda:5842", node=1)).find() == str(tmp_path / "dev/video10")
    error = refused(place(tmp_path, CameraOptions(usb="0bda:5842", node=2)))
    assert error.code == "device.absent"
    assert "2 video nodes" in error.detail


def test_of_two_cameras_that_are_alike_none_is_chosen_by_chance(
    camera: Callable[..., SimulatedCamera], tmp_path: Path
) -> None:
    camera(NAMELESS, "1-2")
    camera(NAMELESS, "1-3")
    error = refused(place(tmp_path, CameraOptions(usb="0bda:5842")))
    assert error.code == "device.ambiguous"
    assert "1-2, 1-3" in error.detail


def test_a_camera_tells_who_made_it(camera: Callable[..., SimulatedCamera], tmp_path: Path) -> None:
    plugged = camera()
    for options in (CameraOptions(usb="0bda:5842"), CameraOptions(path=str(plugged.by_id))):
        found = place(tmp_path, options)
        assert found.identity(found.find()) == {
            "vendor": "EXAMPLE",
            "model": "Document Camera",
            "serial": "C0001",
            "usb": "0bda:5842",
        }


def test_where_the_kernel_knows_no_cameras_there_is_none(tmp_path: Path) -> None:
    assert refused(place(tmp_path, CameraOptions(usb="0bda:5842"))).code == "device.absent"


def test_a_recording_is_no_live_camera(tmp_path: Path) -> None:
    found = place(tmp_path, CameraOptions(path="/data/frame-%03d.jpg"))
    assert not found.is_live
    assert found.find() == "/data/frame-%03d.jpg"
    assert found.identity(found.find()) == {}
