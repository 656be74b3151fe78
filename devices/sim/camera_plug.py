"""The hand at a simulated camera: plugs it in, pulls it out, lays a hand over it, and worse."""

import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Self

import msgspec

from devices.sim.camera_state import CameraState, write_state

_BUS: Final = "devices/usb1"


@dataclass(frozen=True, slots=True)
class CameraPlate:
    """What stands on the type plate.

    Args:
        vendor: Name of the maker.
        model: Name of the product.
        vendor_id: Four hexadecimal digits.
        product_id: Four hexadecimal digits.
        serial: Serial number, or ``""``.
    """

    vendor: str = "EXAMPLE"
    model: str = "Document Camera"
    vendor_id: str = "0bda"
    product_id: str = "5842"
    serial: str = "C0001"


class SimulatedCamera:
    """One UVC camera from ``with`` to its end, with the nodes, links and sysfs entries a real one has.

    It has two nodes, as most have: one with pictures and one with metadata alone. The driver
    ``devices.sim.camera_source:make`` is the real one with this behind it. The methods may be called from
    any thread.

    Args:
        folder: Where its state and its ``dev`` and ``sys`` appear; several cameras may share the latter two.
        scene: Recording that it sees, as ``devices.sim.camera_frames.write_sequence`` returns one.
        plate: What it says of itself.
        port: Name of its USB port.
        tree: Folder of ``dev`` and ``sys``, where it is not ``folder``.
    """

    def __init__(
        self,
        folder: Path,
        scene: str,
        plate: CameraPlate | None = None,
        port: str = "1-2",
        tree: Path | None = None,
    ) -> None:
        self.folder = folder
        self.tree = tree or folder
        self.plate = plate or CameraPlate()
        self._port = port
        self._lock = threading.Lock()
        self._times = 0
        self._index: int | None = None
        self._state = CameraState(scene=scene)

    @property
    def by_id(self) -> Path:
        """Name that stays the same."""
        plate = self.plate
        parts = filter(None, (plate.vendor, plate.model.replace(" ", "_"), plate.serial))
        return self.tree / f"dev/v4l/by-id/usb-{'_'.join(parts)}-video-index0"

    @property
    def by_path(self) -> Path:
        """Name of the socket it is plugged into."""
        return self.tree / f"dev/v4l/by-path/pci-0000:00:14.0-usb-0:{self._port[2:]}:1.0-video-index0"

    @property
    def node(self) -> Path | None:
        """The node with pictures, or None while it is not plugged in."""
        return None if self._index is None else self.tree / f"dev/video{self._index}"

    def __enter__(self) -> Self:
        """Plug it in."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.plug()
        return self

    def __exit__(self, *_: object) -> None:
        """Pull it out."""
        self.unplug()

    def plug(self, index: int | None = None) -> None:
        """Plug it in, if it is not.

        Args:
            index: Number of the node with pictures; the next one gets the metadata. None for the lowest free.
        """
        with self._lock:
            if self._index is not None:
                return
            self._times += 1
            self._index = self._free() if index is None else index
            self._set(plugged=self._times)
            self._appear(self._index)

    def unplug(self, *, ghost: bool = True) -> None:
        """Pull it out, if it is in.

        Args:
            ghost: Whether whoever has it open goes on getting the last frame, as with many cameras.
        """
        with self._lock:
            if self._index is None:
                return
            for number in (self._index, self._index + 1):
                shutil.rmtree(self.tree / f"sys/class/video4linux/video{number}")
                (self.tree / f"dev/video{number}").unlink()
            shutil.rmtree(self.tree / "sys" / _BUS / self._port)
            for link in (self.by_id, self.by_path):
                if link.readlink() == self.tree / f"dev/video{self._index}":
                    link.unlink()
            self._index = None
            self._set(plugged=0, ghost=ghost)

    def look_at(self, scene: str) -> None:
        """See another recording from now on."""
        self.change(scene=scene)

    def freeze(self) -> None:
        """Repeat the last frame."""
        self.change(frozen=True)

    def cover(self) -> None:
        """See nothing but the sensor's noise."""
        self.change(black=True)

    def slow(self, fps: float = 2.0) -> None:
        """Make so many frames a second."""
        self.change(fps=fps)

    def fall_silent(self) -> None:
        """Make no frames."""
        self.change(silent=True)

    def give_only(self, width: int, height: int) -> None:
        """Give frames of this size, whatever is asked for."""
        self.change(only_size=(width, height))

    def be_busy(self) -> None:
        """Belong to another process: it cannot be opened."""
        self.change(busy=True)

    def hang(self, call: Literal["open", "read"]) -> None:
        """Never come back from this call; only for a camera that is driven in a process of its own."""
        self.change(hang=call)

    def recover(self) -> None:
        """Have nothing wrong any more; whether it is plugged in stays as it is."""
        with self._lock:
            self._state = CameraState(plugged=self._state.plugged, scene=self._state.scene)
            write_state(self.folder, self._state)

    def change(self, **state: object) -> None:
        """Put fields of ``CameraState`` in force."""
        with self._lock:
            self._set(**state)

    def _set(self, **state: object) -> None:
        self._state = msgspec.structs.replace(self._state, **state)
        write_state(self.folder, self._state)

    def _free(self) -> int:
        index = 0
        while (self.tree / f"dev/video{index}").exists():
            index += 1
        return index

    def _appear(self, index: int) -> None:
        device = self.tree / "sys" / _BUS / self._port
        interface = device / f"{self._port}:1.0"
        interface.mkdir(parents=True)
        plate = self.plate
        for name, value in (
            ("idVendor", plate.vendor_id),
            ("idProduct", plate.product_id),
            ("manufacturer", plate.vendor),
            ("product", plate.model),
            ("serial", plate.serial),
        ):
            if value:
                (device / name).write_text(f"{value}\n", encoding="utf-8")
        for number in (index, index + 1):
            entry = self.tree / f"sys/class/video4linux/video{number}"
            entry.mkdir(parents=True)
            (entry / "device").symlink_to(interface)
            (entry / "index").write_text(f"{number - index}\n", encoding="ascii")
            node = self.tree / f"dev/video{number}"
            node.parent.mkdir(parents=True, exist_ok=True)
            node.touch()
        for link in (self.by_id, self.by_path):
            link.parent.mkdir(parents=True, exist_ok=True)
            link.unlink(missing_ok=True)  # of two that are alike, udev lets the later one have the name
            link.symlink_to(self.tree / f"dev/video{index}")
