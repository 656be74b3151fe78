import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.idcard.frame import MAX_LENGTH, PREAMBLE, Answer, Damage, FrameReader, encode

STATUS_OK = bytes.fromhex("aaaaaa9669 0004 000090 94")
BODY = b"\x00\x00\x90"


@pytest.mark.parametrize(
    ("body", "frame"),
    [
        ("10ff", "aaaaaa9669 0003 10ff ec"),
        ("11ff", "aaaaaa9669 0003 11ff ed"),
        ("12ff", "aaaaaa9669 0003 12ff ee"),
        ("2001", "aaaaaa9669 0003 2001 22"),
        ("2002", "aaaaaa9669 0003 2002 21"),
        ("3001", "aaaaaa9669 0003 3001 32"),
        ("3003", "aaaaaa9669 0003 3003 30"),
        ("000090", "aaaaaa9669 0004 000090 94"),
        ("000060", "aaaaaa9669 0004 000060 64"),
        ("00009f00000000", "aaaaaa9669 0008 00009f00000000 97"),
    ],
)
def test_frames_are_those_that_readers_are_known_to_speak(body: str, frame: str) -> None:
    assert encode(bytes.fromhex(body)) == bytes.fromhex(frame)
    assert FrameReader(least=2).feed(bytes.fromhex(frame)) == [bytes.fromhex(body)]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_frame_may_come_in_pieces(size: int) -> None:
    frames = FrameReader()
    found = [one for start in range(0, 11, size) for one in frames.feed(STATUS_OK[start : start + size])]
    assert found == [BODY]
    assert not frames.started


def test_two_glued_frames_are_two() -> None:
    assert FrameReader().feed(STATUS_OK + encode(b"\x00\x00\x80")) == [BODY, b"\x00\x00\x80"]


@pytest.mark.parametrize(
    "garbage", [b"\x00", b"\xaa", b"\xaa\xaa", PREAMBLE[:4], b"\x96\x69" * 9, bytes(5000), b"\xaa" * 5000]
)
def test_garbage_before_a_frame_is_skipped(garbage: bytes) -> None:
    assert FrameReader().feed(garbage + STATUS_OK) == [BODY]


def test_one_leading_byte_too_many_does_not_hide_the_preamble() -> None:
    assert FrameReader().feed(b"\xaa" + STATUS_OK) == [BODY]


def test_a_lost_first_byte_costs_that_frame_only() -> None:
    assert FrameReader().feed(STATUS_OK[1:] + STATUS_OK) == [BODY]


@pytest.mark.parametrize("length", [0, 1, 2, 3, MAX_LENGTH + 1, 0xFFFF])
def test_an_impossible_length_is_a_damage_and_the_next_frame_is_found(length: int) -> None:
    broken = PREAMBLE + length.to_bytes(2, "big") + b"\x00\x00\x90\x94"
    assert FrameReader().feed(broken + STATUS_OK) == [Damage.LENGTH, BODY]


def test_a_wrong_checksum_is_a_damage_and_the_next_frame_is_found() -> None:
    assert FrameReader().feed(STATUS_OK[:-1] + b"\x95" + STATUS_OK) == [Damage.CHECKSUM, BODY]


def test_a_frame_inside_a_damaged_one_is_found() -> None:
    swallowing = PREAMBLE + (len(STATUS_OK) + 1).to_bytes(2, "big") + STATUS_OK + b"\x00"
    assert FrameReader().feed(swallowing) == [Damage.CHECKSUM, BODY]


@pytest.mark.parametrize("cut_at", range(len(STATUS_OK)))
def test_after_a_reset_a_cut_frame_is_forgotten(cut_at: int) -> None:
    frames = FrameReader()
    assert frames.feed(STATUS_OK[:cut_at]) == []
    frames.reset()
    assert frames.feed(STATUS_OK) == [BODY]


def test_the_longest_frame_passes() -> None:
    body = bytes(MAX_LENGTH - 1)
    assert FrameReader().feed(encode(body)) == [body]


@given(st.lists(st.binary(max_size=40) | st.just(PREAMBLE) | st.just(STATUS_OK), max_size=20))
def test_no_input_makes_the_reader_raise_or_keep_more_than_a_frame(pieces: list[bytes]) -> None:
    frames = FrameReader()
    for piece in pieces:
        for found in frames.feed(piece):
            assert isinstance(found, Damage) or len(found) >= 3
        assert len(frames._buffer) <= MAX_LENGTH + 7  # pyright: ignore[reportPrivateUsage]  # memory is what is at stake


@given(st.binary(min_size=3, max_size=300), st.data())
def test_any_body_survives_any_cutting(body: bytes, data: st.DataObject) -> None:
    frame = encode(body)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(frame) - 1), max_size=6)))
    frames = FrameReader()
    found = [
        one
        for start, end in zip([0, *cuts], [*cuts, len(frame)], strict=True)
        for one in frames.feed(frame[start:end])
    ]
    assert found == [body]


@given(st.binary(min_size=3, max_size=100), st.integers(0, 7), st.data())
def test_a_flipped_bit_never_passes_as_the_frame(body: bytes, bit: int, data: st.DataObject) -> None:
    frame = bytearray(encode(body))
    frame[data.draw(st.integers(0, len(frame) - 1))] ^= 1 << bit
    assert body not in FrameReader().feed(bytes(frame))


def test_an_answer_hides_its_data() -> None:
    answer = Answer.of(b"\x00\x00\x90" + "陈淑芬".encode("utf-16-le"))
    assert answer.data == "陈淑芬".encode("utf-16-le")
    assert repr(answer) == "Answer(00 00 90 + 6 bytes)"
