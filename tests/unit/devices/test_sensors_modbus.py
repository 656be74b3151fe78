import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU
from pymodbus.pdu.bit_message import ReadDiscreteInputsResponse

from devices.errors import DeviceError
from devices.sensors.modbus import Damage, ModbusLink, decode

FRAMER = FramerRTU(DecodePDU(is_server=True))
# Modbus over Serial Line V1.02, appendix B, computes this checksum: unit 2, function 7.
GOLDEN = bytes.fromhex("020741 12")
TIMEOUT_S = 0.05


class ScriptedLine:
    """A line on which the answers stand beforehand; one entry is what comes of one wait."""

    def __init__(self, *chunks: bytes) -> None:
        self._chunks = [b"", *chunks]  # quiet at first
        self._now_s = 0.0
        self.sent: list[bytes] = []

    def send(self, data: bytes, timeout_s: float) -> None:
        assert timeout_s > 0
        self.sent.append(data)

    def receive(self, timeout_s: float) -> bytes:
        coming = self._chunks.pop(0) if self._chunks and timeout_s > 0 else b""
        self._now_s += 0.0 if coming else timeout_s
        return coming

    def watch(self) -> float:
        return self._now_s

    def drain(self) -> None:
        """Nothing is left over: what comes stands in the script."""


def answer(bits: str, unit: int = 1) -> bytes:
    return FRAMER.buildFrame(ReadDiscreteInputsResponse(bits=[bit == "1" for bit in bits], dev_id=unit))


def link(line: ScriptedLine) -> ModbusLink:
    return ModbusLink("sensors-1", line, 1, TIMEOUT_S, line.watch)


def test_the_checksum_is_that_of_the_specification() -> None:
    assert FRAMER.encode(b"\x07", 2, 0) == GOLDEN


def test_a_question_is_what_the_specification_says() -> None:
    line = ScriptedLine(answer("101"))
    assert link(line).inputs(0, 3) == (True, False, True)
    assert line.sent == [bytes.fromhex("01 02 00 00 00 03 38 0b")]


def test_an_answer_may_come_in_pieces() -> None:
    whole = answer("01")
    assert link(ScriptedLine(*(bytes([byte]) for byte in whole))).inputs(0, 2) == (False, True)


def test_a_refusal_in_pieces_is_told_with_its_cause() -> None:
    refused = FRAMER.encode(b"\x82\x02", 1, 0)
    with pytest.raises(DeviceError, match=r"sensors\.refused \(exception 2\)"):
        link(ScriptedLine(refused[:3], refused[3:])).inputs(0, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        answer("1")[:-1] + b"\0",
        answer("1", unit=2),
        answer("1" * 9),
        FRAMER.encode(b"\x04\x02\x00\x01", 1, 0),
        FRAMER.encode(b"\x01\x01\x01", 1, 0),
        b"\0" * 6,
        b"\xff" * 6,
    ],
    ids=["checksum", "unit", "too many", "other function", "sister function", "zeros", "ones"],
)
def test_one_wrong_answer_is_asked_for_again(wrong: bytes) -> None:
    assert link(ScriptedLine(wrong, b"", answer("1"))).inputs(0, 1) == (True,)


@given(st.binary(max_size=300))
def test_whatever_comes_is_an_answer_or_damage(data: bytes) -> None:
    assert decode(data, 1) is not None


@given(st.binary(min_size=1, max_size=12), st.integers(1, 247))
def test_whatever_comes_in_a_sound_frame_is_an_answer_or_damage(body: bytes, unit: int) -> None:
    decoded = decode(FRAMER.encode(body, unit, 0), unit)
    assert isinstance(decoded, Damage) or decoded.dev_id == unit


@given(st.lists(st.binary(max_size=20), max_size=8))
def test_whatever_comes_on_the_line_ends_in_states_or_in_the_drivers_own_error(chunks: list[bytes]) -> None:
    outcome: object
    try:
        outcome = len(link(ScriptedLine(*chunks)).inputs(0, 4))
    except DeviceError as error:
        outcome = error.code
    assert outcome in {
        4,
        "sensors.no-answer",
        "sensors.line-error",
        "sensors.refused",
        "sensors.module-failed",
    }


@given(st.integers(0, 65535), st.integers(1, 16))
def test_a_question_is_answered_by_its_own_number_of_bits(address: int, count: int) -> None:
    bits = "100"[:count] * 6
    assert link(ScriptedLine(answer(bits[:count]))).inputs(address, count) == tuple(
        bit == "1" for bit in bits[:count]
    )
