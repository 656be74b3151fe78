import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.sim.cups_ipp import Attribute, IppError, Tag, decode, encode


@given(st.binary(max_size=300))
def test_whatever_bytes_come_they_are_a_request_or_an_error_of_its_own(data: bytes) -> None:
    try:
        decode(data)
    except IppError:
        return


def test_a_request_is_taken_apart_and_its_document_kept() -> None:
    data = encode(
        0x0006,
        42,
        [(Tag.JOB, [Attribute(Tag.INTEGER, "job-id", (7,)), Attribute(Tag.KEYWORD, "sides", ("a", "b"))])],
    )
    request = decode(data + b"%PDF-1.7")
    assert (request.operation, request.id, request.document) == (6, 42, b"%PDF-1.7")
    assert request.number("job-id", 0) == 7
    assert request.attributes["sides"] == ["a", "b"]
    assert request.number("sides", 3) == 3


@pytest.mark.parametrize("end", [7, 12, 30])
def test_a_request_that_was_cut_is_an_error(end: int) -> None:
    data = encode(0x000B, 1, [(Tag.PRINTER, [Attribute(Tag.RESOLUTION, "r", ((600, 600, 3),))])])
    with pytest.raises(IppError):
        decode(data[:end])


def test_numbers_switches_and_ranges_have_the_lengths_of_the_protocol() -> None:
    values = Attribute(Tag.BOOLEAN, "b", (True,)), Attribute(Tag.RANGE, "r", ((1, 99),))
    data = encode(0, 1, [(Tag.PRINTER, values)])
    assert b"\x22\x00\x01b\x00\x01\x01" in data
    assert b"\x33\x00\x01r\x00\x08" + struct.pack(">ii", 1, 99) in data
