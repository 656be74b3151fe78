import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.forms.model import FieldKind
from ui.viewmodels import pad

KINDS = st.sampled_from(["date", "id-number", "phone", "number"])
KEYS = st.lists(st.sampled_from("0123456789X"), max_size=60)


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("phone", "13800001234", "138 0000 1234"),
        ("phone", "1380", "138 0"),
        ("phone", "075523456789", "075523456789"),
        ("id-number", "11010519491231002X", "110105 19491231 002X"),
        ("number", "6222020000001234", "6222 0200 0000 1234"),
        ("number", "", ""),
    ],
)
def test_what_was_typed_is_grouped_as_people_read_it(kind: FieldKind, typed: str, shown: str) -> None:
    assert pad.grouped(kind, typed, whole=False) == shown


def test_a_number_that_is_counted_with_is_not_grouped() -> None:
    assert pad.grouped("number", "12600", whole=True) == "12600"


@given(KINDS, KEYS, st.booleans())
def test_grouping_adds_spaces_and_loses_nothing(kind: FieldKind, keys: list[str], whole: bool) -> None:  # noqa: FBT001 - drawn
    typed = "".join(keys)
    assert pad.grouped(kind, typed, whole=whole).replace(" ", "") == typed


@given(KINDS, KEYS, st.none() | st.integers(1, 30))
def test_keys_add_at_most_what_has_room(kind: FieldKind, keys: list[str], most: int | None) -> None:
    typed = ""
    for key in keys:
        after = pad.pressed(kind, typed, key, most)
        assert after.startswith(typed)
        assert len(after) <= len(typed) + 1
        typed = after
    assert len(typed) <= (most or 40)
    assert ("X" in typed) <= (kind == "id-number")


def test_an_answer_stands_in_the_pad_as_its_digits() -> None:
    assert pad.bare("date", "2026-03-08") == "20260308"
    assert pad.bare("id-number", "11010519491231002x") == "11010519491231002X"
