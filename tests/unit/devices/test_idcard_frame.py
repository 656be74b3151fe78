from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.idcard.frame import (
    HEAD_BYTES,
    MAX_LENGTH,
    PREAMBLE,
    Answer,
    Damage,
    FrameReader,
    body_bytes,
    encode,
)
from devices.idcard.questions import (
    CHIP_NUMBERS,
    FIND,
    NEW_ADDRESS,
    READ,
    READ_WITH_FINGERPRINTS,
    RESET,
    SAM_ID,
    SELECT,
    STATUS,
    Question,
    set_radio_frame,
    set_speed,
)
from devices.sim.cards import SimulatedCard, load_cards

CHEN = load_cards()["resident-chen"].record
STATUS_OK = bytes.fromhex("aaaaaa9669 0004 000090 94")
BODY = b"\x00\x00\x90"


def fingers(size: int) -> SimulatedCard:
    return SimulatedCard(replace(CHEN, fingerprints=bytes(size)))


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
        ("3005", "aaaaaa9669 0003 3005 36"),
        ("3010", "aaaaaa9669 0003 3010 23"),
        ("6000", "aaaaaa9669 0003 6000 63"),
        ("6004", "aaaaaa9669 0003 6004 67"),
        ("6103", "aaaaaa9669 0003 6103 61"),
        ("000080", "aaaaaa9669 0004 000080 84"),
        ("000081", "aaaaaa9669 0004 000081 85"),
        ("000041", "aaaaaa9669 0004 000041 45"),
        ("0000900000000000000000", "aaaaaa9669 000c 0000900000000000000000 9c"),
        ("000090", "aaaaaa9669 0004 000090 94"),
        ("000060", "aaaaaa9669 0004 000060 64"),
        ("00009f00000000", "aaaaaa9669 0008 00009f00000000 97"),
    ],
)
def test_frames_are_those_that_readers_are_known_to_speak(body: str, frame: str) -> None:
    assert encode(bytes.fromhex(body)) == bytes.fromhex(frame)
    assert FrameReader(least=2).feed(bytes.fromhex(frame)) == [bytes.fromhex(body)]


@pytest.mark.parametrize(
    ("body", "frame"), [("00", "aaaaaa9669 0002 00 02"), ("01", "aaaaaa9669 0002 01 03")]
)
def test_frames_of_one_byte_put_a_reader_to_sleep_and_wake_it(body: str, frame: str) -> None:
    assert encode(bytes.fromhex(body)) == bytes.fromhex(frame)
    assert FrameReader(least=1).feed(bytes.fromhex(frame)) == [bytes.fromhex(body)]


@pytest.mark.parametrize(
    ("question", "body"),
    [
        (RESET, "10ff"),  # not 01 FF, as one well-known header has it
        (STATUS, "11ff"),  # not 12 FF, as one well-known library has it
        (SAM_ID, "12ff"),
        (FIND, "2001"),
        (SELECT, "2002"),
        (READ, "3001"),
        (READ_WITH_FINGERPRINTS, "3010"),
        (NEW_ADDRESS, "3003"),
        (CHIP_NUMBERS, "3005"),
        (set_speed(115200), "6000"),
        (set_speed(57600), "6001"),
        (set_speed(38400), "6002"),
        (set_speed(19200), "6003"),
        (set_speed(9600), "6004"),
        (set_radio_frame(3), "6103"),
    ],
)
def test_the_driver_asks_with_the_commands_of_the_standard(question: Question, body: str) -> None:
    assert question.body.hex() == body


@pytest.mark.parametrize(
    ("card", "head", "size"),
    [
        (SimulatedCard(CHEN).base_data, "aaaaaa9669 0508 000090 0100 0400", 1295),
        (SimulatedCard(CHEN).data_with_fingerprints, "aaaaaa9669 050a 000090 0100 0400 0000", 1297),
        (fingers(512).data_with_fingerprints, "aaaaaa9669 070a 000090 0100 0400 0200", 1809),
        (fingers(1024).data_with_fingerprints, "aaaaaa9669 090a 000090 0100 0400 0400", 2321),
    ],
    ids=["30 01", "30 10", "30 10 with 512", "30 10 with 1024"],
)
def test_a_whole_card_has_the_size_and_the_head_that_readers_are_known_to_give(
    card: bytes, head: str, size: int
) -> None:
    frame = encode(b"\x00\x00\x90" + card)
    assert frame.startswith(bytes.fromhex(head))
    assert len(frame) == size
    assert body_bytes(frame[:HEAD_BYTES]) == size - HEAD_BYTES


@pytest.mark.parametrize("head", ["", "aa", "aaaaaa96690b01", "aaaaaa9669ffff", "00aaaa96690004"])
def test_nothing_follows_what_is_no_head(head: str) -> None:
    assert body_bytes(bytes.fromhex(head)) == 0


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
