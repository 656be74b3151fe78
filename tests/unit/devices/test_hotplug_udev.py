from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from devices.hotplug.burst import Plug
from devices.hotplug.udev import UdevEvents, UdevLostError


@dataclass(frozen=True)
class FakeDevice:
    """As pyudev gives them, whole or in shreds."""

    action: str | None
    properties: Mapping[str, str]
    subsystem: str | None = "tty"
    device_node: str | None = "/dev/ttyUSB0"


class FakeMonitor:
    """As pyudev's, which says the end by None and trouble by an OSError."""

    def __init__(self, *answers: FakeDevice | OSError) -> None:
        self._answers = list(answers)

    def poll(self, timeout: float) -> FakeDevice | None:
        assert timeout == 0
        answer = self._answers.pop(0) if self._answers else None
        if isinstance(answer, OSError):
            raise answer
        return answer


@pytest.mark.parametrize(
    ("device", "plug"),
    [
        (
            FakeDevice("add", {"ID_VENDOR_ID": "0403", "ID_MODEL_ID": "6001", "ID_SERIAL_SHORT": "A1"}),
            Plug("add", "tty", "/dev/ttyUSB0", "0403:6001:A1"),
        ),
        (
            FakeDevice("remove", {"ID_VENDOR_ID": "0403", "ID_MODEL_ID": "6001"}),
            Plug("remove", "tty", "/dev/ttyUSB0", "0403:6001"),
        ),
        (
            FakeDevice("remove", {"PRODUCT": "403/6001/600"}, "usb", None),
            Plug("remove", "usb", "", "0403:6001"),
        ),
        (FakeDevice("bind", {}, None, None), Plug("change")),
        (FakeDevice(None, {"ID_VENDOR_ID": "0403", "PRODUCT": "?"}), Plug("change", "tty", "/dev/ttyUSB0")),
        (FakeDevice("add", {"PRODUCT": "/"}), Plug("add", "tty", "/dev/ttyUSB0")),
    ],
)
def test_what_udev_knows_is_told_and_what_it_does_not_know_is_left_open(
    device: FakeDevice, plug: Plug
) -> None:
    assert list(UdevEvents(FakeMonitor(device)).read()) == [plug]


def test_an_overflow_is_told_after_what_was_still_heard() -> None:
    events = UdevEvents(FakeMonitor(FakeDevice("add", {}), OSError(105, "No buffer space available"))).read()
    assert next(events).action == "add"
    with pytest.raises(UdevLostError, match="No buffer space"):
        next(events)
