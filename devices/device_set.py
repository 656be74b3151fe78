"""All devices of one terminal, opened and closed together."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

from devices.facades import (
    CodeScanner,
    DocumentCamera,
    DocumentScanner,
    FaceCamera,
    IdCardReader,
    PagePrinter,
    PowerSupply,
    ReceiptPrinter,
    Sensors,
    SmartCardReader,
)
from devices.health import Health
from devices.hotplug import HotplugWatcher, Watcher, watched_by
from devices.model import DeviceEvent, DeviceSpec, Kind
from devices.patience import Patience
from devices.status import DeviceStatus
from devices.supervisor import DeviceProcess

_F = TypeVar("_F")


class DeviceSet:
    """The devices that the profile names; the first of a kind serves the session.

    Args:
        processes: One per device, in the order of the profile.
    """

    def __init__(self, processes: Sequence[DeviceProcess]) -> None:
        self._processes = {process.spec.name: process for process in processes}
        self.id_card = self._first(Kind.ID_CARD, IdCardReader)
        self.scanner = self._first(Kind.SCANNER, DocumentScanner)
        self.camera = self._first(Kind.CAMERA, DocumentCamera)
        self.face_camera = self._first(Kind.FACE_CAMERA, FaceCamera)
        self.code_scanner = self._first(Kind.CODE_SCANNER, CodeScanner)
        self.printer = self._first(Kind.PRINTER, ReceiptPrinter)
        self.page_printer = self._first(Kind.PAGE_PRINTER, PagePrinter)
        self.smart_card = self._first(Kind.SMART_CARD, SmartCardReader)
        self.sensors = self._first(Kind.SENSORS, Sensors)
        self.power = self._first(Kind.POWER, PowerSupply)

    def _first(self, kind: Kind, facade: Callable[[DeviceProcess], _F]) -> _F | None:
        found = (process for process in self._processes.values() if process.spec.kind is kind)
        return next((facade(process) for process in found if process.spec.enabled), None)

    @property
    def names(self) -> tuple[str, ...]:
        """Logical names in the order of the profile."""
        return tuple(self._processes)

    def health(self) -> tuple[Health, ...]:
        """Return the health of every device now, in the order of the profile."""
        return tuple(process.health for process in self._processes.values())

    def statuses(self) -> tuple[DeviceStatus, ...]:
        """Return everything that is known of every device now, in the order of the profile."""
        return tuple(process.status for process in self._processes.values())

    def stir(self) -> None:
        """Have every driver look at once: something was plugged in or pulled out."""
        for process in self._processes.values():
            process.stir()

    def kind(self, name: str) -> Kind:
        """Return what a device is for; KeyError for a name that the profile has not."""
        return self._processes[name].spec.kind

    def identity(self, name: str) -> Mapping[str, str]:
        """Return what a device said of itself when it was opened last, or an empty mapping."""
        return self._processes[name].identity

    def pid(self, name: str) -> int | None:
        """Return the number of a device's process, or None between two lives."""
        return self._processes[name].pid


@contextmanager
def open_devices(
    specs: Sequence[DeviceSpec],
    on_event: Callable[[DeviceEvent], None],
    patience: Patience | None = None,
    watcher: Watcher | None = None,
    on_note: Callable[[str], None] = lambda _: None,
) -> Generator[DeviceSet]:
    """Start a process for every device; leaving the block ends them all, within two seconds.

    Devices that are absent or wrongly described do not hinder the others: their health tells.

    Args:
        specs: As the profile names them; names are unique.
        on_event: Called on the devices' threads with everything they say; must return quickly.
        patience: How long to wait for what.
        watcher: Who notices what is plugged in and pulled out, not yet started; the usual one unless given.
        on_note: Called once, when the usual watcher cannot listen to udev and goes on by looking alone.
    """
    processes = [DeviceProcess(spec, on_event, patience) for spec in specs]
    watcher = watcher or HotplugWatcher(watched_by(specs), on_note=on_note)
    try:
        for process in processes:
            process.start()
        devices = DeviceSet(processes)
        watcher.start(devices.stir)
        yield devices
    finally:
        watcher.stop_soon()
        for process in processes:
            process.stop_soon()
        watcher.join()
        for process in processes:
            process.join()
