import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.codes.splitter import Dropped, Piece, Splitter

GAP_S = 0.2
ENDS = [b"\r", b"\n", b"\r\n", b""]
CHUNKS = st.lists(st.binary(max_size=40) | st.sampled_from([b"\r", b"\n", b"\r\n", b"CODE"]), max_size=30)


def splitter(end: bytes = b"\r", max_bytes: int = 16) -> Splitter:
    return Splitter(end, max_bytes, GAP_S)


@pytest.mark.parametrize("end", ENDS[:3])
def test_codes_are_cut_at_their_ends_wherever_the_chunks_break(end: bytes) -> None:
    line = b"ONE" + end + b"TWO" + end
    for at in range(len(line) + 1):
        split = splitter(end)
        pieces = split.feed(line[:at]) + split.feed(line[at:])
        assert pieces == [Piece(b"ONE"), Piece(b"TWO")]


def test_two_ends_in_a_row_are_no_code() -> None:
    assert splitter().feed(b"\r\rONE\r\r") == [Piece(b"ONE")]


def test_without_an_end_a_pause_ends_the_code() -> None:
    split = splitter(b"")
    assert split.feed(b"ON") == []
    assert split.silence(0.15) == []
    assert split.feed(b"E") == []
    assert split.silence(0.15) == []
    assert split.silence(0.15) == [Piece(b"ONE")]
    assert split.silence(9.0) == []


def test_a_code_that_lost_its_end_is_dropped_after_the_gap() -> None:
    split = splitter()
    assert split.feed(b"ON") == []
    assert split.silence(0.19) == []
    assert split.silence(0.02) == [Dropped.UNFINISHED]
    assert split.silence(9.0) == []
    assert split.feed(b"TWO\r") == [Piece(b"TWO")]


def test_the_late_rest_of_a_code_is_not_taken_for_a_code() -> None:
    split = splitter()
    split.feed(b"12345")
    assert split.silence(0.3) == [Dropped.UNFINISHED]
    assert split.feed(b"678\rNEXT\r") == [Piece(b"NEXT")]


def test_bytes_that_waited_in_the_port_came_without_a_pause() -> None:
    split = splitter()
    assert split.feed(b"12345") == []
    assert split.feed(b"678\r") == [Piece(b"12345678")]


def test_a_code_under_way_when_listening_begins_is_skipped_to_its_end() -> None:
    split = splitter()
    split.skip()
    assert split.feed(b"678\rNEXT\r") == [Piece(b"NEXT")]
    split.skip()
    assert split.silence(0.3) == []
    assert split.feed(b"NEXT\r") == [Piece(b"NEXT")]


@pytest.mark.parametrize("end", ENDS[:3])
def test_the_longest_code_is_taken_and_a_longer_one_dropped_whole(end: bytes) -> None:
    split = splitter(end, max_bytes=8)
    line = b"12345678" + end + b"123456789" + end + b"x" * 1000 + end + b"NEXT" + end
    assert split.feed(line) == [Piece(b"12345678"), Dropped.TOO_LONG, Dropped.TOO_LONG, Piece(b"NEXT")]


def test_a_code_does_not_show_in_a_log() -> None:
    assert "SECRET" not in repr(Piece(b"SECRET"))


@given(CHUNKS, st.sampled_from(ENDS))
def test_whatever_comes_is_cut_into_codes_of_the_allowed_length_without_an_end_inside(
    chunks: list[bytes], end: bytes
) -> None:
    split = splitter(end, max_bytes=8)
    pieces = [piece for chunk in chunks for piece in split.feed(chunk)] + split.silence(1.0)
    for piece in pieces:
        if isinstance(piece, Piece):
            assert 1 <= len(piece.data) <= 8
            assert not end or end not in piece.data


@given(CHUNKS, st.sampled_from(ENDS))
def test_chunks_make_no_difference(chunks: list[bytes], end: bytes) -> None:
    one, many = splitter(end, max_bytes=8), splitter(end, max_bytes=8)
    apart = [piece for chunk in chunks for piece in many.feed(chunk)] + many.silence(0.25)
    assert one.feed(b"".join(chunks)) + one.silence(0.25) == apart


@given(CHUNKS, st.lists(st.floats(0.0, 0.5), min_size=30, max_size=30))
def test_pauses_anywhere_never_let_part_of_a_code_through(chunks: list[bytes], pauses: list[float]) -> None:
    split = splitter(max_bytes=8)
    sent = b"".join(chunks).split(b"\r")
    for chunk, pause_s in zip(filter(None, chunks), pauses, strict=False):
        for piece in split.feed(chunk) + split.silence(pause_s):
            assert not isinstance(piece, Piece) or piece.data in sent
