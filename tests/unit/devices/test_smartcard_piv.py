import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError
from devices.sim.social_card import LIN, SocialApplet
from devices.sim.staff_card import StaffApplet, StaffAuthority, new_key
from devices.sim.vpcd_card import SimulatedApplet, SimulatedChip
from devices.smartcard.apdu import CardChannel
from devices.smartcard.piv import prove
from devices.values.smartcard import PinRefused, StaffProof, staff_statement

AUTHORITY = StaffAuthority()
KEYS = {"p256": new_key(), "rsa": new_key(is_rsa=True)}
CERTIFICATES = {name: AUTHORITY.issue(key) for name, key in KEYS.items()}
CHALLENGE = bytes(range(32))
PIN = "246802"


class ChipLine:
    def __init__(self, *applets: SimulatedApplet) -> None:
        self._chip = SimulatedChip(applets)
        self.heard: list[bytes] = []

    def transmit(self, apdu: bytes) -> bytes:
        self.heard.append(apdu)
        return self._chip.answer(apdu)


class AnyLine:
    def __init__(self, answers: list[bytes]) -> None:
        self._answers = answers

    def transmit(self, apdu: bytes) -> bytes:
        del apdu
        return self._answers.pop(0) if self._answers else b"\x90\x00"


def card(kind: str = "p256", pin: str | None = None) -> StaffApplet:
    return StaffApplet(KEYS[kind], CERTIFICATES[kind], pin)


def ask(line: ChipLine | AnyLine, pin: str | None = None) -> StaffProof | PinRefused:
    return prove(CardChannel("smartcard-1", line), CHALLENGE, pin)


@pytest.mark.parametrize("kind", ["p256", "rsa"])
@pytest.mark.parametrize("pin", [None, PIN])
def test_a_card_signs_with_either_key_and_with_or_without_a_pin(kind: str, pin: str | None) -> None:
    assert isinstance(ask(ChipLine(card(kind, pin)), pin), StaffProof)


def test_a_pin_is_shown_once_and_only_when_one_is_given() -> None:
    line = ChipLine(card())
    ask(line)
    assert not any(apdu[1] == 0x20 for apdu in line.heard)
    line = ChipLine(card(pin=PIN))
    ask(line, PIN)
    assert [apdu[5:] for apdu in line.heard if apdu[1] == 0x20] == [b"246802\xff\xff"]


def test_a_card_that_wants_its_pin_says_how_often_it_listens_and_is_shown_none() -> None:
    applet = card(pin=PIN)
    assert ask(ChipLine(applet)) == PinRefused("smartcard.pin-needed", 3)
    assert applet.tries_left == 3


def test_a_wrong_pin_tells_the_tries_that_are_left_and_the_right_one_gives_them_back() -> None:
    applet = card(pin=PIN)
    line = ChipLine(applet)
    assert ask(line, "000000") == PinRefused("smartcard.pin-wrong", 2)
    assert ask(line, "000000") == PinRefused("smartcard.pin-wrong", 1)
    assert isinstance(ask(line, PIN), StaffProof)
    assert applet.tries_left == 3


def test_a_card_that_locked_itself_says_so_whatever_pin_comes() -> None:
    line = ChipLine(card(pin=PIN))
    assert [ask(line, "00000000") for _ in range(3)][-1] == PinRefused("smartcard.pin-blocked", 0)
    assert ask(line, PIN) == PinRefused("smartcard.pin-blocked", 0)
    assert ask(line) == PinRefused("smartcard.pin-blocked", 0)


@pytest.mark.parametrize("pin", ["", "12345", "123456789", "12345a", "１２３４５６", "123456\n"])
def test_what_cannot_be_a_pin_never_reaches_the_card(pin: str) -> None:
    line = ChipLine(card(pin=PIN))
    assert ask(line, pin) == PinRefused("smartcard.pin-malformed")
    assert line.heard == []


@pytest.mark.parametrize("applet", [SocialApplet(LIN), StaffApplet(KEYS["p256"], None)])
def test_a_card_without_application_or_certificate_is_another_card(applet: SimulatedApplet) -> None:
    with pytest.raises(DeviceError, match=r"smartcard\.wrong-card"):
        ask(ChipLine(applet))


def test_what_is_signed_says_what_it_is_for() -> None:
    assert staff_statement(CHALLENGE).startswith(b"zhiwang-terminal/staff-proof/1\0")
    with pytest.raises(ValueError, match="32 bytes"):
        staff_statement(b"short")


@given(st.lists(st.binary(min_size=2, max_size=60), max_size=8), st.none() | st.just(PIN))
def test_whatever_a_card_answers_is_a_proof_a_refusal_or_a_device_error(
    answers: list[bytes], pin: str | None
) -> None:
    code = "smartcard.none"
    try:
        ask(AnyLine(answers), pin)
    except DeviceError as error:
        code = error.code
    assert code.startswith("smartcard.")
