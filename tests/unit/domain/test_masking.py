import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.masking import mask_name, mask_number, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张*"),
        ("欧阳修", "欧阳*"),
        ("司马", "司*"),
        ("JOHN SMITH", "J*"),
        (" 陈淑 ", "陈*"),
        ("", "*"),
    ],
)
def test_a_name_keeps_its_surname_and_hides_its_length(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_an_identity_number_keeps_three_and_four() -> None:
    assert mask_number("440123199001011234") == "440***********1234"


def test_a_phone_number_keeps_what_its_owner_recognises() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("075512345678") == "075*****5678"
    assert mask_phone("12345678") == "****5678"


@given(st.text(max_size=30))
def test_never_more_than_seven_characters_are_left(text: str) -> None:
    for masked in (mask_number(text), mask_phone(text)):
        assert len(masked) == len(text)
        assert sum(one == other for one, other in zip(masked, text, strict=True) if one != "*") <= 7


@given(st.text(alphabet="0123456789", max_size=9))
def test_a_number_too_short_to_hide_in_is_hidden_whole(text: str) -> None:
    assert set(mask_number(text)) <= {"*"}
