import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.smartcard.tlv import Tlv, TlvError, encode, parse, value_of

TAGS = st.sampled_from([0x53, 0x70, 0x71, 0x7C, 0x81, 0x9F0C, 0x5FC105])


@given(st.binary(max_size=600))
def test_whatever_a_card_gives_is_objects_or_a_tlv_error(data: bytes) -> None:
    try:
        objects = parse(data)
    except TlvError:
        return
    assert sum(len(item.value) for item in objects) <= len(data)


@given(st.lists(st.tuples(TAGS, st.binary(max_size=400)), max_size=5))
def test_what_was_encoded_is_parsed_again(objects: list[tuple[int, bytes]]) -> None:
    data = b"".join(encode(tag, value) for tag, value in objects)
    assert parse(data) == tuple(Tlv(tag, value) for tag, value in objects)


@given(TAGS, st.binary(min_size=1, max_size=300), st.data())
def test_an_object_cut_anywhere_is_refused(tag: int, value: bytes, data: st.DataObject) -> None:
    whole = encode(tag, value)
    cut = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(TlvError):
        parse(whole[:cut])


def test_a_value_is_found_along_its_path() -> None:
    data = encode(0x6F, encode(0x84, b"name") + encode(0xA5, encode(0x9F0C, b"\x86\x01\x03")))
    assert value_of(data, 0x6F, 0xA5, 0x9F0C, 0x86) == b"\x03"
    assert value_of(data, 0x6F, 0x87) is None


@pytest.mark.parametrize("data", ["5380", "5384000000010", "1f818181", "53850000000001"])
def test_lengths_and_tags_that_no_card_has_are_refused(data: str) -> None:
    with pytest.raises(TlvError):
        parse(bytes.fromhex(data.ljust(len(data) + len(data) % 2, "0")))


@pytest.mark.parametrize(
    ("size", "head"), [(127, "537f"), (128, "538180"), (256, "53820100"), (65535, "5382ffff")]
)
def test_lengths_are_written_as_short_as_they_can_be(size: int, head: str) -> None:
    assert encode(0x53, bytes(size)).startswith(bytes.fromhex(head))
    assert parse(encode(0x53, bytes(size))) == (Tlv(0x53, bytes(size)),)
