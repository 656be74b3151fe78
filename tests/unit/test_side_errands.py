import pytest

from kiosk.side_errands import with_dashes
from offline_queue.numbers import make_number


@pytest.mark.parametrize(("terminal", "seq"), [("T0421", 1), ("BA", 999_999), ("ABCDEFGH1234", 42)])
def test_a_receipt_number_typed_without_its_dashes_is_the_same_number(terminal: str, seq: int) -> None:
    number = make_number(terminal, seq)
    assert with_dashes(number.replace("-", "")) == number
    assert with_dashes(number) == number


@pytest.mark.parametrize(
    "number", ["", "T0421", "T042100000199", "11440306SAMPLE00012440511001000202611260001"]
)
def test_what_is_no_receipt_number_stays_as_it_is(number: str) -> None:
    assert with_dashes(number) == number
