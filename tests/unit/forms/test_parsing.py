from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.text import Text
from kiosk.forms.model import Choice, Field, FieldKind, Limits, Problem, Value
from kiosk.forms.parsing import draft_of, parse, ticked

NOTHING = Text("", "")


def field(kind: FieldKind, *, required: bool = True, limits: Limits | None = None) -> Field:
    many = kind in {"choice", "choices"}
    choices = tuple(Choice(value, NOTHING) for value in ("rented", "own", "other")) if many else ()
    return Field(
        "it", kind, NOTHING, NOTHING, NOTHING, required=required, choices=choices, limits=limits or Limits()
    )


def code(answer: Value | Problem) -> str:
    assert isinstance(answer, Problem)
    assert answer.field == "it"
    return answer.code


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13812345678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("(0755) 2345 6789", "075523456789"),
        ("0660-2345678", "06602345678"),
    ],
)
def test_a_phone_number_is_taken_as_people_write_it(typed: str, stored: str) -> None:
    assert parse(field("phone"), typed) == stored


@pytest.mark.parametrize(
    "typed", ["12812345678", "1381234567", "138123456789", "23456789", "打电话", "+44 20"]
)
def test_what_is_no_phone_number_is_said_to_be_none(typed: str) -> None:
    assert code(parse(field("phone"), typed)) == "form.not-a-phone"


@pytest.mark.parametrize("typed", ["11010519491231002X", "110105 19491231 002x", "110105-19491231-002Ｘ"])
def test_an_identity_number_is_taken_with_spaces_dashes_and_a_small_x(typed: str) -> None:
    assert parse(field("id-number"), typed) == "11010519491231002X"


@pytest.mark.parametrize("typed", ["110105194912310021", "11010519491231002", "X"])
def test_an_identity_number_with_a_slip_is_refused(typed: str) -> None:
    assert code(parse(field("id-number"), typed)) == "form.not-an-id-number"


@pytest.mark.parametrize(
    "typed", ["2026-03-08", "20260308", "2026/3/8", "2026年3月8日", "2026. 3. 8", "２０２６0308"]
)
def test_a_date_is_taken_as_people_write_it(typed: str) -> None:
    assert parse(field("date"), typed) == "2026-03-08"


@pytest.mark.parametrize("typed", ["20260230", "2026-13-01", "260308", "明天", "2026", "00000101"])
def test_a_day_that_does_not_exist_is_no_date(typed: str) -> None:
    assert code(parse(field("date"), typed)) == "form.not-a-date"


def test_a_date_that_cannot_lie_in_the_future_is_held_against_today() -> None:
    past = field("date", limits=Limits(past=True))
    today = date(2026, 3, 8)
    assert parse(past, "20260308", today) == "2026-03-08"
    assert code(parse(past, "20260309", today)) == "form.in-the-future"
    assert parse(field("date"), "20260309", today) == "2026-03-09"
    assert code(parse(past, "18991231", today)) == "form.out-of-range"


def test_a_text_keeps_its_characters_and_loses_its_stray_spaces() -> None:
    assert parse(field("text"), "  深圳市\u3000宝安区\t一路\x00 1 号 ") == "深圳市 宝安区 一路 1 号"
    assert parse(field("text"), "𠮷野家㐂") == "𠮷野家㐂"


def test_a_text_that_breaks_a_limit_names_the_limit() -> None:
    limited = field("text", limits=Limits(length_min=2, length_max=4))
    assert parse(limited, "四个字符") == "四个字符"
    short, long = parse(limited, "一"), parse(limited, "一共五个字")
    assert isinstance(short, Problem)
    assert isinstance(long, Problem)
    assert (short.code, dict(short.parameters)) == ("form.too-short", {"least": 2})
    assert (long.code, dict(long.parameters)) == ("form.too-long", {"most": 4})


def test_an_account_number_stays_text_and_a_count_becomes_a_number() -> None:
    account = field("number", limits=Limits(length_min=4, length_max=4))
    count = field("number", limits=Limits(least=1, most=12, whole=True))
    assert parse(account, "04 26") == "0426"
    assert code(parse(account, "426")) == "form.too-short"
    assert parse(count, "07") == 7
    assert code(parse(count, "13")) == "form.out-of-range"
    assert code(parse(count, "9" * 5000)) == "form.out-of-range"
    assert code(parse(count, "三")) == "form.not-a-number"


def test_only_a_choice_that_is_offered_is_taken() -> None:
    assert parse(field("choice"), "rented") == "rented"
    assert code(parse(field("choice"), "castle")) == "form.not-a-choice"


def test_several_choices_are_kept_in_the_order_of_the_form_and_counted() -> None:
    several = field("choices", limits=Limits(least=1, most=2))
    assert parse(several, "own\nrented") == ("rented", "own")
    assert code(parse(several, "own\ncastle")) == "form.not-a-choice"
    assert code(parse(several, "own\nrented\nother")) == "form.too-many"
    assert code(parse(several, "")) == "form.required"
    assert code(parse(field("choices", limits=Limits(least=2)), "own")) == "form.too-few"


def test_a_choice_is_ticked_and_unticked() -> None:
    assert ticked("", "own") == "own"
    assert ticked("own", "rented") == "own\nrented"
    assert ticked("own\nrented", "own") == "rented"


def test_an_address_is_a_text_with_its_limits() -> None:
    address = field("address", limits=Limits(length_min=6, length_max=20))
    assert parse(address, " 宝安区 某路1号 ") == "宝安区 某路1号"
    assert code(parse(address, "某路")) == "form.too-short"


def test_no_text_answers_a_group() -> None:
    assert code(parse(field("group"), "张三")) == "form.malformed"
    assert code(parse(field("group", required=False), "")) == "form.malformed"


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\n"])
def test_nothing_is_missing_where_it_is_required_and_skipped_where_it_is_not(typed: str) -> None:
    assert code(parse(field("text"), typed)) == "form.required"
    assert parse(field("text", required=False), typed) == ""


@given(
    kind=st.sampled_from(get_args(FieldKind)),
    text=st.text(max_size=60) | st.lists(st.sampled_from(["own", "rented", "x"])).map("\n".join),
    limits=st.sampled_from(
        [Limits(), Limits(length_min=2, length_max=5), Limits(least=0, most=9, whole=True)]
    ),
)
def test_no_text_makes_parsing_fail_and_what_is_taken_is_taken_again(
    kind: FieldKind, text: str, limits: Limits
) -> None:
    asked = field(kind, limits=limits)
    answer = parse(asked, text)
    if not isinstance(answer, Problem):
        assert parse(asked, draft_of(answer)) == answer


@given(
    day=st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    shape=st.sampled_from(
        ["{0:04}-{1:02}-{2:02}", "{0:04}{1:02}{2:02}", "{0}年{1}月{2}日", "{0} / {1} / {2}"]
    ),
    wide=st.booleans(),
)
def test_every_day_is_taken_however_it_is_written(day: date, shape: str, wide: bool) -> None:  # noqa: FBT001 - drawn
    typed = shape.format(day.year, day.month, day.day)
    if wide:
        typed = typed.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    assert parse(field("date"), f" {typed} ") == day.isoformat()


@given(
    digits=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    cuts=st.lists(
        st.tuples(st.integers(0, 11), st.sampled_from([" ", "-", "\u3000", "－", "."])), max_size=5
    ),
)
def test_a_mobile_number_is_taken_with_whatever_stands_between_its_digits(
    digits: str, cuts: list[tuple[int, str]]
) -> None:
    typed = digits
    for place, mark in cuts:
        typed = typed[:place] + mark + typed[place:]
    assert parse(field("phone"), typed) == digits
