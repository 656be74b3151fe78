from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.identity_number import (
    birth_of,
    check_character,
    is_foreign_2017,
    is_valid,
    sex_of,
)

PUBLISHED = ["11010519491231002X", "440524188001010014"]
"""The two examples printed in GB 11643-1999."""


@pytest.mark.parametrize("number", PUBLISHED)
def test_the_examples_of_the_standard_are_valid(number: str) -> None:
    assert is_valid(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "11010519491231002",
        "11010519491231002x",
        "110105194912310021",
        "1101051949123100２X",
        "010105194912310021",
        "11010519491231002X0",
    ],
)
def test_another_form_or_a_wrong_check_character_is_refused(number: str) -> None:
    assert not is_valid(number)


def test_a_day_that_does_not_exist_is_refused_although_the_check_character_fits() -> None:
    body = "11010519490230002"
    assert not is_valid(body + check_character(body))


@given(place=st.integers(0, 16), digit=st.integers(0, 9))
def test_any_single_wrong_digit_is_found(place: int, digit: int) -> None:
    number = PUBLISHED[0]
    wrong = number[:place] + str(digit) + number[place + 1 :]
    assert is_valid(wrong) == (wrong == number)


@given(place=st.integers(0, 15))
def test_two_neighbouring_digits_changed_over_are_found(place: int) -> None:
    number = PUBLISHED[0]
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_valid(wrong) == (wrong == number)


@given(st.text(max_size=20))
def test_no_text_makes_the_check_fail(text: str) -> None:
    assert is_valid(text) in {True, False}
    assert is_foreign_2017(text) in {True, False}


def test_birth_and_sex_are_read_from_the_number() -> None:
    assert birth_of(PUBLISHED[0]) == date(1949, 12, 31)
    assert sex_of(PUBLISHED[0]) == "2"
    assert sex_of(PUBLISHED[1]) == "1"
