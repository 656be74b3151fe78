from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.codes.content import text_of
from devices.codes.guard import Flood, Repeats
from devices.codes.options import CodeOptions, read_options
from devices.errors import DeviceError, Remedy


def options(**chosen: Any) -> CodeOptions:
    return CodeOptions(port="/dev/x", **chosen)


@pytest.mark.parametrize(
    ("data", "chosen", "text"),
    [
        (b"https://progress.example/case?n=1", {}, "https://progress.example/case?n=1"),
        ("受理编号".encode(), {}, None),
        ("受理编号".encode(), {"charset": "utf-8"}, "受理编号"),
        (b"\xff\xfe", {"charset": "utf-8"}, None),
        (b"A\x1b[2JB", {}, None),
        (b"A\tB", {}, None),
        ("A\u202eB".encode(), {"charset": "utf-8"}, None),
        (b"<A1>", {"prefix": "<", "suffix": ">"}, "A1"),
        (b"A1", {"prefix": "<", "suffix": ">"}, "A1"),
        (b"]Q1A1", {}, "]Q1A1"),
        (b"]Q1A1", {"aim_id": True}, "A1"),
        (b"]q]Q1", {"aim_id": True}, "]q]Q1"),
        (b"<]C1A1", {"prefix": "<", "aim_id": True}, "A1"),
        (b"]Q1", {"aim_id": True}, None),
        (b"<>", {"prefix": "<", "suffix": ">"}, None),
    ],
)
def test_a_code_says_printable_text_or_nothing(data: bytes, chosen: dict[str, Any], text: str | None) -> None:
    assert text_of(data, options(**chosen)) == text


@given(st.binary(max_size=64), st.sampled_from([{}, {"charset": "utf-8"}, {"aim_id": True}]))
def test_whatever_a_stranger_writes_has_no_control_characters(data: bytes, chosen: dict[str, Any]) -> None:
    text = text_of(data, options(**chosen))
    assert text is None or (text and text.isprintable())


def test_the_same_code_is_new_again_after_it_was_out_of_sight() -> None:
    repeats = Repeats(2.0)
    assert [repeats.is_new("A", now_s) for now_s in (0.0, 1.5, 3.0, 5.0)] == [True, False, False, True]
    assert [repeats.is_new(text, 6.0) for text in "BAB"] == [True, True, True]
    repeats.forget()
    assert repeats.is_new("B", 6.1)


def test_a_flood_is_more_than_so_many_in_a_second() -> None:
    flood = Flood(4, 5.0)
    assert not any(flood.rises(now_s) for now_s in (0.0, 0.3, 0.6, 0.9, 1.2, 1.5))
    assert not flood.goes_on(1.5, quiet=True)
    assert flood.rises(1.51)


def test_a_flood_is_over_after_so_long_a_quiet() -> None:
    flood = Flood(2, 5.0)
    assert [flood.rises(now_s) for now_s in (0.0, 0.1, 0.2)] == [False, False, True]
    assert flood.goes_on(4.0, quiet=False)
    assert flood.goes_on(8.9, quiet=True)
    assert not flood.goes_on(9.0, quiet=True)
    assert not flood.rises(9.1)


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"port": None}, "port"),
        ({"port": ""}, "port"),
        ({"baud": 1200}, "baud"),
        ({"terminator": "tab"}, "terminator"),
        ({"gap_s": 0}, "gap_s"),
        ({"max_bytes": 100000}, "max_bytes"),
        ({"charset": "gbk"}, "charset"),
        ({"arm_hex": "16f"}, "arm_hex"),
        ({"flood_per_s": 0}, "flood_per_s"),
        ({"volume": 3}, "volume"),
    ],
)
def test_a_wrong_option_is_named(wrong: dict[str, Any], key: str) -> None:
    with pytest.raises(DeviceError) as caught:
        read_options("codes-1", {"port": "/dev/x", **wrong})
    assert (caught.value.code, caught.value.remedy) == ("device.bad-option", Remedy.SERVICE)
    assert key in caught.value.detail
