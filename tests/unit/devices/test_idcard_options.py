from typing import Any

import pytest

from devices.errors import DeviceError, Remedy
from devices.idcard.options import SdtOptions, read_options
from devices.transports.usb_ids import UsbId


def test_the_port_alone_is_enough() -> None:
    assert read_options("idcard-1", {"port": "/dev/reader"}) == SdtOptions(port="/dev/reader")


@pytest.mark.parametrize(
    ("usb", "meant"),
    [
        ("0400:c35a", UsbId("0400", "c35a")),
        ("0400:C35A", UsbId("0400", "c35a")),
        ("2015:0008:SN 7:b", UsbId("2015", "0008", "SN 7:b")),
    ],
)
def test_a_reader_on_the_usb_is_named_by_its_ids_and_perhaps_its_serial_number(
    usb: str, meant: UsbId
) -> None:
    assert read_options("idcard-1", {"usb": usb}).usb_id == meant


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({}, "either port"),
        ({"port": ""}, "either port"),
        ({"port": "x", "usb": "0400:c35a"}, "either port"),
        ({"port": 3}, "port"),
        ({"usb": "400:c35a"}, "usb"),
        ({"usb": "usb:0400:c35a"}, "usb"),
        ({"usb": "0400:c35a", "baud": 9600}, "baud"),
        ({"port": "x", "baud": 300}, "baud"),
        ({"port": "x", "poll_s": 0.1}, "poll_s"),
        ({"port": "x", "poll_s": 2}, "poll_s"),
        ({"port": "x", "frame_timeout_s": 60}, "frame_timeout_s"),
        ({"port": "x", "speed": 9600}, "speed"),
        ({"port": "x", "radio_frame": 256}, "radio_frame"),
        ({"port": "x", "fingerprints": 1}, "fingerprints"),
        ({"port": "x", "photo_helper": "decode"}, "photo_helper"),
        ({"port": "x", "photo_helper": ["decode"]}, "photo_helper"),
        ({"port": "x", "photo_mirror": "sideways"}, "photo_mirror"),
        ({"port": "x", "photo_timeout_s": 60}, "photo_timeout_s"),
        ({"port": "x", "photo_memory_mb": 8}, "photo_memory_mb"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, Any], named: str) -> None:
    with pytest.raises(DeviceError, match=r"device\.bad-option") as caught:
        read_options("idcard-1", options)
    assert named in caught.value.detail
    assert caught.value.remedy is Remedy.SERVICE
