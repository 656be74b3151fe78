from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError, Remedy
from devices.smartcard.apdu import Apdu, CardChannel, select

READ = Apdu(0xB2, 0x01, 0x04, le=18)


class FakeLine:
    def __init__(self, answers: Sequence[str]) -> None:
        self._answers = [bytes.fromhex(answer) for answer in answers]
        self.sent: list[str] = []

    def transmit(self, apdu: bytes) -> bytes:
        self.sent.append(apdu.hex())
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def test_data_that_waits_is_fetched() -> None:
    line = FakeLine(["6103", "0102036102", "04059000"])
    answer = CardChannel("smartcard-1", line).ask(READ)
    assert (answer.data.hex(), answer.status) == ("0102030405", 0x9000)
    assert line.sent == ["00b2010412", "00c0000003", "00c0000002"]


def test_a_length_that_the_card_corrects_is_asked_with_the_right_one() -> None:
    line = FakeLine(["6c02", "01029000"])
    assert CardChannel("smartcard-1", line).ask(READ).data == b"\1\2"
    assert line.sent == ["00b2010412", "00b2010402"]


def test_a_corrected_length_follows_the_data_of_the_command() -> None:
    line = FakeLine(["6c04", "010203049000"])
    CardChannel("smartcard-1", line).ask(select(b"abc"))
    assert line.sent == ["00a404000361626300", "00a404000361626304"]


def test_data_that_waits_is_asked_for_with_the_corrected_length_too() -> None:
    line = FakeLine(["6110", "6c02", "01029000"])
    assert CardChannel("smartcard-1", line).ask(READ).data == b"\1\2"


def test_a_card_that_corrects_itself_without_end_is_garbled() -> None:
    with pytest.raises(DeviceError, match=r"smartcard\.garbled"):
        CardChannel("smartcard-1", FakeLine(["6c02"])).ask(READ)


@pytest.mark.parametrize("answer", ["6110", "0102036110", "00" * 256 + "6100"])
def test_a_card_that_always_has_more_is_cut_off(answer: str) -> None:
    with pytest.raises(DeviceError, match=r"smartcard\.garbled"):
        CardChannel("smartcard-1", FakeLine([answer])).ask(READ)


def test_long_data_goes_in_a_chain_whose_last_piece_alone_asks_for_an_answer() -> None:
    line = FakeLine(["9000"])
    CardChannel("smartcard-1", line).ask(Apdu(0x87, 0x07, 0x9A, bytes(300), 256))
    assert line.sent == ["1087079aff" + "00" * 255, "0087079a2d" + "00" * 45 + "00"]


def test_a_chain_that_is_refused_ends_there() -> None:
    line = FakeLine(["6982"])
    assert CardChannel("smartcard-1", line).ask(Apdu(0x87, 0x07, 0x9A, bytes(600))).status == 0x6982
    assert len(line.sent) == 1


def test_a_conversation_that_was_cancelled_sends_nothing_more() -> None:
    line = FakeLine(["9000"])
    with pytest.raises(DeviceError, match=r"smartcard\.cancelled") as caught:
        CardChannel("smartcard-1", line, lambda: True).ask(READ)
    assert (caught.value.remedy, line.sent) == (Remedy.RETRY, [])


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=8), st.binary(max_size=700))
def test_whatever_a_card_answers_is_an_answer_or_a_device_error(answers: list[bytes], data: bytes) -> None:
    line = FakeLine([answer.hex() for answer in answers])
    outcome = ""
    try:
        answer = CardChannel("smartcard-1", line).ask(Apdu(0xCB, 0x3F, 0xFF, data, 256))
    except DeviceError as error:
        outcome = error.code
    else:
        outcome = f"{answer.status >> 8:02x}"
    assert outcome == "smartcard.garbled" or outcome not in {"61", "6c"}


def test_what_goes_to_a_card_and_comes_back_stays_out_of_reprs() -> None:
    pin = Apdu(0x20, 0, 0x80, b"246802")
    answer = CardChannel("smartcard-1", FakeLine([b"secret".hex() + "9000"])).ask(pin)
    assert "246802" not in repr(pin)
    assert "secret" not in repr(answer)
