from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError, Remedy
from devices.sim.social_card import FIRST_GENERATION, LIN, THIRD_GENERATION, ZHAO, SocialApplet, SocialPerson
from devices.sim.vpcd_card import SimulatedChip
from devices.smartcard.apdu import CardChannel
from devices.smartcard.social import (
    CARD_FILE,
    PERSON_FILE,
    SIZES,
    SocialRecordError,
    algorithm,
    decode,
    record,
)
from devices.smartcard.social_reading import read_social
from devices.values.smartcard import SocialSecurityCard

LONG = "阿卜杜热合曼麦麦提吐尔逊艾合买提江"


class ChipLine:
    def __init__(self, chip: SimulatedChip) -> None:
        self._chip = chip

    def transmit(self, apdu: bytes) -> bytes:
        return self._chip.answer(apdu)


class AnyLine:
    def __init__(self, answers: list[bytes]) -> None:
        self._answers = answers

    def transmit(self, apdu: bytes) -> bytes:
        del apdu
        return self._answers.pop(0) if self._answers else b"\x90\x00"


def read(applet: SocialApplet, *, announces: bool = False, exact: bool = False) -> SocialSecurityCard:
    chip = SimulatedChip([applet], announces=announces, exact=exact)
    return read_social(CardChannel("smartcard-1", ChipLine(chip)))


def test_a_card_says_what_it_is_and_whose() -> None:
    assert read(SocialApplet(LIN)) == SocialSecurityCard(
        protected=False,
        identification="440300D15600000500000000FFFFFFFF",
        card_class="01",
        version="2.00",
        issuer="915600000244030044030001",
        issued="20210601",
        valid_until="20310601",
        card_number="A12345678",
        algorithm=3,
        number="440306198704120025",
        name="林晓雯",
        sex="2",
        ethnic="01",
        birthplace="440306",
        born="19870412",
    )


@pytest.mark.parametrize("person", [FIRST_GENERATION, LIN, replace(THIRD_GENERATION, name="欧阳若兰")])
def test_every_generation_that_shows_its_person_is_read(person: SocialPerson) -> None:
    card = read(SocialApplet(person, guarded=False))
    assert (card.version, card.name, card.protected) == (person.version, person.name, False)


def test_a_third_generation_card_without_security_module_still_tells_its_number() -> None:
    card = read(SocialApplet(THIRD_GENERATION))
    assert (card.protected, card.card_number, card.version) == (True, "A12345678", "3.00")
    assert (card.number, card.name, card.born) == ("", "", "")


@pytest.mark.parametrize("by_tag", [True, False])
@pytest.mark.parametrize("selects", [(0x02,), (0x00,), ()])
@pytest.mark.parametrize("extension", [True, False])
def test_files_and_records_are_found_in_every_way_that_cards_know(
    *, by_tag: bool, selects: tuple[int, ...], extension: bool
) -> None:
    person = replace(ZHAO, extension=extension)
    card = read(SocialApplet(person, by_tag=by_tag, selects=selects))
    assert (card.name, card.number, card.card_number) == ("赵明轩", "440305199511080033", "B87654321")


@pytest.mark.parametrize("announces", [True, False])
@pytest.mark.parametrize("exact", [True, False])
def test_cards_that_announce_or_insist_on_lengths_are_read_alike(*, announces: bool, exact: bool) -> None:
    applet = SocialApplet(LIN, by_tag=False)
    assert read(applet, announces=announces, exact=exact).name == "林晓雯"


def test_a_long_name_goes_on_in_the_extension() -> None:
    card = read(SocialApplet(replace(LIN, name=LONG)))
    assert (card.name, card.name_cut) == (LONG, False)


def test_a_name_cut_in_the_middle_of_a_character_goes_on_in_the_extension() -> None:
    name = "A" + LONG
    assert len(name.encode("gbk")[:30].decode("gbk", "ignore").encode("gbk")) == 29
    card = read(SocialApplet(replace(LIN, name=name)))
    assert (card.name, card.name_cut) == (name, False)


def test_a_name_cut_in_the_middle_of_a_character_says_so_where_no_extension_is() -> None:
    name = "A" + LONG
    card = read(SocialApplet(replace(LIN, name=name, extension=False)))
    assert (card.name, card.name_cut) == (name[:15], True)


@pytest.mark.parametrize(
    ("fci", "number"),
    [
        ("6f098407736831", 1),
        ("6f07a5059f0c028600", 1),
        ("6f08a5069f0c03860103", 3),
        ("9f0c03860102", 2),
        ("", 1),
    ],
)
def test_the_algorithm_is_one_unless_the_card_tells_another(fci: str, number: int) -> None:
    assert algorithm(bytes.fromhex(fci)) == number


def test_a_card_without_the_application_is_another_card() -> None:
    with pytest.raises(DeviceError, match=r"smartcard\.wrong-card") as caught:
        read_social(CardChannel("smartcard-1", ChipLine(SimulatedChip())))
    assert caught.value.remedy is Remedy.RESIDENT


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x07",
        b"\x07\x08A1234567\x00",
        b"\x01\x09A12345678",
        b"\x07\x09A1234\xff678",
        b"\x07\x09" + bytes(9),
    ],
)
def test_a_record_that_is_none_makes_the_card_invalid(answer: bytes) -> None:
    with pytest.raises(DeviceError, match=r"smartcard\.data-invalid") as caught:
        read(SocialApplet(LIN, forced={(CARD_FILE, 0x07): answer}))
    assert "1234" not in str(caught.value)


@given(st.binary(max_size=40))
def test_whatever_comes_is_a_record_or_a_record_error(data: bytes) -> None:
    try:
        tag, value = record(data)
    except SocialRecordError:
        return
    assert data == bytes([tag, len(value)]) + value


VALUES = {
    file: st.fixed_dictionaries({}, optional={tag: st.binary(max_size=size) for tag, size in sizes.items()})
    for file, sizes in SIZES.items()
}


@given(st.binary(max_size=30), VALUES[CARD_FILE], st.none() | VALUES[PERSON_FILE])
def test_whatever_the_records_hold_is_a_card_or_a_record_error(
    fci: bytes, card: dict[int, bytes], person: dict[int, bytes] | None
) -> None:
    try:
        found = decode(fci, card, person)
    except SocialRecordError:
        return
    assert found.card_number
    assert found.protected or found.name


@given(st.lists(st.binary(min_size=2, max_size=40), max_size=30))
def test_whatever_a_card_answers_is_a_card_or_a_device_error(answers: list[bytes]) -> None:
    code = "smartcard.none"
    try:
        read_social(CardChannel("smartcard-1", AnyLine(answers)))
    except DeviceError as error:
        code = error.code
    assert code.startswith("smartcard.")


def test_a_card_hides_its_person_in_logs() -> None:
    card = read(SocialApplet(LIN))
    assert "林" not in repr(card)
    assert "4403" not in repr(card)
