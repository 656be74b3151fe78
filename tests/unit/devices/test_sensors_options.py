from typing import Any

import pytest

from devices.errors import DeviceError, Remedy
from devices.sensors.modbus_inputs import make
from devices.sensors.options import read_options

DOOR = {"door": {"bit": 0}}


def test_the_example_of_the_profile_is_read() -> None:
    options = read_options(
        "sensors-1",
        {
            "port": "usb:0403:6001:A50285BI",
            "inputs": {"door": {"bit": 3, "closed": True}, "tamper": {"bit": 1}, "presence-left": {"bit": 7}},
            "temperature": {"register": 0, "limit_c": 55},
        },
    )
    assert (options.first_bit, options.bits, options.unit, options.debounce_s) == (1, 7, 1, 0.05)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"inputs": DOOR}, "port"),
        ({"port": "", "inputs": DOOR}, "port"),
        ({"port": "/dev/ttyS0"}, "inputs"),
        ({"port": "/dev/ttyS0", "inputs": {}}, "inputs"),
        ({"port": "/dev/ttyS0", "inputs": {"window": {"bit": 0}}}, "door, tamper, presence"),
        ({"port": "/dev/ttyS0", "inputs": {"door ": {"bit": 0}}}, "door, tamper, presence"),
        ({"port": "/dev/ttyS0", "inputs": {"door": {"bit": -1}}}, "bit"),
        ({"port": "/dev/ttyS0", "inputs": {"door": {"pin": 1}}}, "pin"),
        ({"port": "/dev/ttyS0", "inputs": {"door": {"bit": 1}, "tamper": {"bit": 1}}}, "bit of its own"),
        ({"port": "/dev/ttyS0", "inputs": {"door": {"bit": 1}, "tamper": {"bit": 9000}}}, "within 2000"),
        ({"port": "/dev/ttyS0", "inputs": DOOR, "baud": 9601}, "baud"),
        ({"port": "/dev/ttyS0", "inputs": DOOR, "parity": "mark"}, "parity"),
        ({"port": "/dev/ttyS0", "inputs": DOOR, "unit": 0}, "unit"),
        ({"port": "/dev/ttyS0", "inputs": DOOR, "poll_s": 5}, "poll_s"),
        ({"port": "/dev/ttyS0", "inputs": DOOR, "temperature": {"register": "x"}}, "register"),
        ({"port": "/dev/ttyS0", "inputs": DOOR, "speed": 1}, "speed"),
    ],
)
def test_a_mistake_in_the_profile_is_told_by_its_key(options: dict[str, Any], told: str) -> None:
    with pytest.raises(DeviceError) as caught:
        make("sensors-1", options)
    assert (caught.value.code, caught.value.remedy) == ("device.bad-option", Remedy.SERVICE)
    assert told in caught.value.detail
