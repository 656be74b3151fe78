from typing import Any

import pytest

from devices.errors import DeviceError, Remedy
from devices.idcard.options import SdtOptions, read_options


def test_the_port_alone_is_enough() -> None:
    assert read_options("idcard-1", {"port": "/dev/reader"}) == SdtOptions("/dev/reader", 115200, 0.3, 1.5)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({}, "port"),
        ({"port": ""}, "port"),
        ({"port": 3}, "port"),
        ({"port": "x", "baud": 300}, "baud"),
        ({"port": "x", "poll_s": 0.1}, "poll_s"),
        ({"port": "x", "frame_timeout_s": 60}, "frame_timeout_s"),
        ({"port": "x", "speed": 9600}, "speed"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, Any], named: str) -> None:
    with pytest.raises(DeviceError, match=r"device\.bad-option") as caught:
        read_options("idcard-1", options)
    assert named in caught.value.detail
    assert caught.value.remedy is Remedy.SERVICE
