from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError, Remedy
from devices.scanner.finder import Listed, NotFoundError, find
from devices.scanner.options import DOCUMENT, FEEDER, Options, Profile, read_options

OFFICE = Listed("airscan:e0:Office MFP", "Kyocera", "ECOSYS M2040")
DESK = Listed("genesys:libusb:001:004", "Canon", "LiDE 400")
TWIN = Listed("genesys:libusb:001:007", "Canon", "LiDE 400")
ADF = Listed("fujitsu:fi-7160:7788", "FUJITSU", "fi-7160")
ALL = (OFFICE, DESK, ADF)


def options(**values: Any) -> Options:
    return read_options("scanner-1", values)


def found(listed: tuple[Listed, ...], known: Listed | None = None, **values: Any) -> Listed:
    serials = {DESK.name: "S1", TWIN.name: "S2"}
    return find(listed, options(**values), known, lambda name: serials.get(name, ""))


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({}, "one of device and match"),
        ({"device": "test:0", "match": {"model": "x"}}, "one of device and match"),
        ({"match": {}}, "names none of vendor, model, name, serial"),
        ({"device": "test:0", "usb_id": "1234"}, "usb_id"),
        ({"device": "test:0", "profiles": {"a": {"dpi": 20}}}, "profiles"),
        ({"device": "test:0", "profiles": {"a": {"lamp": 1}}}, "lamp"),
        ({"device": "test:0", "page": "A7"}, "page"),
        ({"device": "test:0", "page": {"width_mm": 0, "height_mm": 5}}, "width_mm"),
        ({"device": "test:0", "busy_s": -1}, "busy_s"),
        ({"device": "test:0", "most_pages": 0}, "most_pages"),
    ],
)
def test_a_mistake_in_the_options_is_named(wrong: dict[str, Any], key: str) -> None:
    with pytest.raises(DeviceError) as caught:
        options(**wrong)
    assert (caught.value.code, caught.value.remedy) == ("device.bad-option", Remedy.SERVICE)
    assert key in caught.value.detail


def test_a_profile_takes_from_the_common_settings_what_it_leaves_open() -> None:
    profiles = {"feeder": {"source": "feeder", "extra": {"b": 2}}, "photo": {"dpi": 600, "mode": "Gray"}}
    both = options(device="d", dpi=300, mode="Color", extra={"a": 1, "b": 1}, profiles=profiles)
    assert both.profile("photo", DOCUMENT) == Profile(dpi=600, mode="Gray", extra={"a": 1, "b": 1})
    assert both.profile(None, FEEDER) == Profile(300, "Color", "feeder", extra={"a": 1, "b": 2})
    assert both.profile(None, DOCUMENT) == Profile(300, "Color", extra={"a": 1, "b": 1})
    with pytest.raises(KeyError):
        both.profile("slides", DOCUMENT)


@pytest.mark.parametrize(
    ("match", "entry"),
    [
        ({"vendor": "canon"}, DESK),
        ({"vendor": "FUJITSU", "model": "FI-*"}, ADF),
        ({"name": "airscan:*:Office*"}, OFFICE),
        ({"serial": "S1"}, DESK),
        ({"model": "fi-*", "serial": "7788"}, ADF),
    ],
)
def test_a_scanner_is_found_by_what_it_is(match: dict[str, str], entry: Listed) -> None:
    assert found(ALL, match=match) == entry


def test_of_two_scanners_alike_the_serial_number_tells() -> None:
    assert found((DESK, TWIN), match={"model": "LiDE*", "serial": "S2"}) == TWIN
    with pytest.raises(NotFoundError, match=f"more than one fits: {DESK.name}, {TWIN.name}"):
        found((DESK, TWIN), match={"model": "LiDE*"})


def test_an_exact_name_is_exact_until_the_device_was_open_once() -> None:
    assert found(ALL, device=DESK.name) == DESK
    with pytest.raises(NotFoundError, match="SANE lists airscan"):
        found((OFFICE, TWIN), device=DESK.name)
    assert found((OFFICE, TWIN), DESK, device=DESK.name) == TWIN
    with pytest.raises(NotFoundError):
        found((DESK,), ADF, device=ADF.name)


def test_an_empty_list_says_so() -> None:
    with pytest.raises(NotFoundError, match="no device at all"):
        found((), device=DESK.name)


json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=6), inner, max_size=2)
    ),
    max_leaves=4,
)
KEYS = st.sampled_from([*Options.__struct_fields__, "lamp"])


@given(st.dictionaries(KEYS, json, max_size=6))
def test_whatever_stands_in_the_profile_is_taken_or_refused_with_a_code(values: dict[str, Any]) -> None:
    taken, code = None, ""
    try:
        taken = options(**values)
    except DeviceError as error:
        code = error.code
    if taken is None:
        assert code == "device.bad-option"
    else:
        assert (taken.device is None) != (taken.match is None)
