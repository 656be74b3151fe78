import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.faults import worst_fault
from devices.printer.status import (
    AutomaticStatus,
    Barrier,
    Demultiplexer,
    Noise,
    PrinterStatus,
    RealTimeAnswer,
    Words,
    read_answer,
    read_automatic,
)

REAL_TIME = st.sampled_from([byte for byte in range(256) if byte & 0b1001_0011 == 0b0001_0010])
PLAIN = st.sampled_from([byte for byte in range(256) if byte & 0b1001_0000 == 0])
FIRST = st.sampled_from([byte for byte in range(256) if byte & 0b1001_0011 == 0b0001_0000])
FRAME = st.tuples(FIRST, PLAIN, PLAIN, PLAIN).map(bytes)


@given(st.binary(max_size=64))
def test_no_bytes_at_all_make_the_demultiplexer_raise_and_none_is_counted_twice(data: bytes) -> None:
    said = Demultiplexer().feed(data)
    assert sum(4 if isinstance(one, AutomaticStatus) else 1 for one in said) <= len(data)


@given(st.binary(max_size=64), st.data())
def test_where_the_stream_is_torn_changes_nothing(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    pieces = Demultiplexer()
    assert pieces.feed(data[:at]) + pieces.feed(data[at:]) == Demultiplexer().feed(data)


@given(FRAME, REAL_TIME, st.integers(0, 4))
def test_an_answer_inside_an_automatic_status_harms_neither(frame: bytes, answer: int, at: int) -> None:
    said = Demultiplexer().feed(frame[:at] + bytes((answer,)) + frame[at:])
    assert AutomaticStatus(read_automatic(frame)) in said
    assert RealTimeAnswer(answer) in said
    assert len(said) == 2


@given(PLAIN)
def test_a_plain_byte_by_itself_is_the_barrier(byte: int) -> None:
    assert Demultiplexer().feed(bytes((byte,))) == [Barrier(byte)]


@given(FRAME, PLAIN)
def test_a_barrier_after_an_automatic_status_is_not_part_of_it(frame: bytes, byte: int) -> None:
    assert Demultiplexer().feed(frame + bytes((byte,)))[1:] == [Barrier(byte)]


def test_flow_control_is_dropped_and_other_bytes_are_noise() -> None:
    assert Demultiplexer().feed(b"\x11\x13\xff") == [Noise(0xFF)]


@pytest.mark.parametrize(
    ("question", "value", "flag"),
    [
        (1, 0x1A, "offline"),
        (2, 0x16, "cover_open"),
        (2, 0x32, "paper_out"),
        (3, 0x1A, "cutter_jam"),
        (3, 0x32, "unrecoverable"),
        (3, 0x52, "head_hot"),
        (4, 0x16, "paper_low"),
        (4, 0x1A, "paper_low"),
        (4, 0x1E, "paper_low"),
        (4, 0x32, "paper_out"),
        (4, 0x52, "paper_out"),
    ],
)
def test_each_bit_of_each_answer_raises_its_own_flag_only(question: int, value: int, flag: str) -> None:
    status = read_answer(PrinterStatus(), question, value)
    assert status == PrinterStatus(**{flag: True})


@pytest.mark.parametrize("question", [1, 2, 3, 4])
def test_a_clean_answer_raises_nothing_and_forgets_nothing(question: int) -> None:
    before = PrinterStatus(cover_open=True, paper_low=True)
    assert read_answer(before, question, 0x12) == before


def test_there_is_no_fifth_question() -> None:
    with pytest.raises(ValueError, match="5"):
        read_answer(PrinterStatus(), 5, 0x12)


@pytest.mark.parametrize(
    ("frame", "flags"),
    [
        (b"\x10\x00\x00\x00", {}),
        (b"\x18\x00\x00\x00", {"offline"}),
        (b"\x38\x00\x00\x00", {"offline", "cover_open"}),
        (b"\x18\x08\x00\x00", {"offline", "cutter_jam"}),
        (b"\x18\x20\x00\x00", {"offline", "unrecoverable"}),
        (b"\x18\x40\x00\x00", {"offline", "head_hot"}),
        (b"\x10\x00\x01\x00", {"paper_low"}),
        (b"\x18\x00\x0f\x00", {"offline", "paper_low", "paper_out"}),
    ],
)
def test_an_automatic_status_is_read_bit_by_bit(frame: bytes, flags: set[str]) -> None:
    assert read_automatic(frame) == PrinterStatus(**dict.fromkeys(flags, True))


def test_of_several_complaints_the_one_to_clear_first_is_told() -> None:
    status = PrinterStatus(offline=True, cover_open=True, paper_out=True, paper_low=True)
    fault = worst_fault(status)
    assert fault is not None
    assert fault.code == "printer.cover-open"


def test_a_low_roll_alone_does_not_stop_printing() -> None:
    fault = worst_fault(PrinterStatus(paper_low=True))
    assert fault is not None
    assert (fault.code, fault.blocks) == ("printer.paper-low", False)


@pytest.mark.parametrize("byte", range(256))
def test_every_byte_by_itself_is_what_its_fixed_bits_say(byte: int) -> None:
    said = Demultiplexer().feed(bytes((byte,)))
    bits = f"{byte:08b}"
    if byte in {0x11, 0x13, 0x5F}:
        assert said == [], "flow control, or the head of a text"
    elif bits[0] == "0" and bits[3] == "1" and bits[6:] == "10":
        assert said == [RealTimeAnswer(byte)]
    elif bits[0] == "0" and bits[3] == "1" and bits[6:] == "00":
        assert said == [], "the first of four bytes of an automatic status"
    elif bits[0] == "0" and bits[3] == "0":
        assert said == [Barrier(byte)]
    else:
        assert said == [Noise(byte)]


def test_a_text_about_the_printer_is_not_taken_for_answers_whatever_its_letters() -> None:
    text = bytes(range(0x20, 0x5F))
    assert Demultiplexer().feed(b"\x12\x5f" + text + b"\x00\x00") == [
        RealTimeAnswer(0x12),
        Words(text.decode().strip()),
        Barrier(0),
    ]


def test_a_text_without_an_end_is_given_up() -> None:
    demultiplexer = Demultiplexer()
    assert demultiplexer.feed(b"\x5f" + b"A" * 81) == [Noise(0x5F)]
    demultiplexer.feed(b"\x5fAB")
    demultiplexer.forget_words()
    assert demultiplexer.feed(b"\x12") == [RealTimeAnswer(0x12)]
