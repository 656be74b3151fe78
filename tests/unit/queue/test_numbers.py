import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_queue import QueueError, check_number, make_number, parse_number
from offline_queue.numbers import ReceiptNumber

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TERMINALS = st.text(ALPHABET, min_size=2, max_size=12)
NUMBERS = st.builds(make_number, TERMINALS, st.integers(1, 10**12 - 1))


def test_a_number_shows_terminal_and_sequence() -> None:
    assert make_number("T0421", 137) == "T0421-000137-96"


def test_the_first_check_character_is_that_of_the_standard() -> None:
    # ISO 7064 gives A12425GABC1234002 the check character M; its first twelve and last six stand here.
    assert make_number("A12425GABC12", 34002)[-2] == make_number("A12425GABC12", 34002).split("-")[2][0]
    assert make_number("A12425GABC1", 234002)[-2] == "M"


@given(TERMINALS, st.integers(1, 10**12 - 1))
def test_a_number_is_read_back(terminal: str, seq: int) -> None:
    assert parse_number(make_number(terminal, seq)) == ReceiptNumber(terminal, seq)


def test_a_person_may_type_small_letters_and_spaces() -> None:
    assert check_number("  t0421-000137-96 ")


@given(NUMBERS, st.data())
def test_every_single_wrong_character_is_caught(number: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([i for i, character in enumerate(number) if character != "-"]))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(number[place], "")))
    assert not check_number(number[:place] + wrong + number[place + 1 :])


@given(NUMBERS)
def test_every_swap_of_neighbours_is_caught(number: str) -> None:
    terminal, seq, _ = number.split("-")
    plain = number.replace("-", "")
    for place in range(len(plain) - 1):
        if plain[place] != plain[place + 1]:
            swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
            body = len(terminal)
            assert not check_number(f"{swapped[:body]}-{swapped[body : body + len(seq)]}-{swapped[-2:]}")


def test_a_swap_the_first_character_overlooks_is_caught_by_the_second() -> None:
    number = make_number("T5349", 364215)
    swapped = make_number("T5439", 364215)
    assert number[-2] == swapped[-2]
    assert number[-1] != swapped[-1]


def test_the_second_character_is_not_the_same_on_every_receipt() -> None:
    assert {make_number("T0421", seq)[-1] for seq in range(1, 30_000, 7)} == set(ALPHABET)


@pytest.mark.parametrize(
    "text", ["", "T0421", "T0421-137-96", "T0421-000137", "T0421 000137 96", "T0421-00013A-96"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert not check_number(text)


@pytest.mark.parametrize(("terminal", "seq"), [("t0421", 1), ("T", 1), ("T04-1", 1), ("T0421", 0)])
def test_a_terminal_or_sequence_that_cannot_be_printed_is_refused(terminal: str, seq: int) -> None:
    with pytest.raises(QueueError, match=r"number\.invalid"):
        make_number(terminal, seq)


@pytest.mark.parametrize("number", ["T0421-000137-96", "ZZ-999999999999-UL", "A1B2C3D4E5F6-000001-00"])
def test_no_single_wrong_character_of_a_number_passes_at_any_place(number: str) -> None:
    terminal, seq, _ = number.split("-")
    number = make_number(terminal, int(seq))
    passed = [
        number[:place] + wrong + number[place + 1 :]
        for place, right in enumerate(number)
        if right != "-"
        for wrong in ALPHABET
        if wrong != right and check_number(number[:place] + wrong + number[place + 1 :])
    ]
    assert passed == []


def test_no_swap_of_any_two_characters_passes_at_any_place() -> None:
    pairs = [(a, b) for a in ALPHABET for b in ALPHABET if a < b]
    for place in range(4):
        for a, b in pairs:
            name = ["T"] * 5
            name[place : place + 2] = a, b
            number = make_number("".join(name), 137)
            name[place : place + 2] = b, a
            assert not check_number("".join(name) + number[5:])
    for place in range(5):
        for a, b in [pair for pair in pairs if "".join(pair).isdigit()]:
            digits = ["1"] * 6
            digits[place : place + 2] = a, b
            number = make_number("T0421", int("".join(digits)))
            digits[place : place + 2] = b, a
            assert not check_number(f"T0421-{''.join(digits)}{number[-3:]}")
