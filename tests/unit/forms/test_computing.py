from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.demo.scenes import sample_form
from kiosk.forms.checking import check
from kiosk.forms.computing import age_on, with_computed
from kiosk.forms.model import Answers, Value
from kiosk.forms.questions import asked, visible

TODAY = date(2026, 11, 25)
FORM = sample_form.form()


def computed(**changes: Value) -> Answers:
    return with_computed(FORM, Answers({**sample_form.answers(), **changes}), TODAY)


def test_what_follows_from_the_answers_is_filled_in_and_the_whole_is_valid() -> None:
    answers = computed()
    assert (answers["child_count"], answers["costs"], answers["age"]) == (2, 3400, 83)
    assert answers["home_again"] == answers["home"]
    assert check(FORM, answers) == ()


def test_it_is_recomputed_when_its_source_changes() -> None:
    before = computed()
    after = with_computed(FORM, before.with_("rent", 100).with_("children", ()), TODAY)
    assert (after["child_count"], after["costs"]) == (0, 100)


def test_without_its_source_there_is_none() -> None:
    left = with_computed(FORM, computed().without("born", "children", "rent", "home"), TODAY)
    assert not {"age", "child_count", "costs", "home_again"} & set(left)


def test_a_sum_counts_what_was_answered() -> None:
    assert computed(rent="")["costs"] == 800


def test_a_computed_answer_is_never_asked_and_shown_once_it_is_known() -> None:
    answers = computed()
    assert "age" not in {field.name for field in asked(FORM, answers)}
    assert "age" in {field.name for field in visible(FORM, answers)}
    assert "age" not in {field.name for field in visible(FORM, {})}


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        (date(1966, 11, 25), TODAY, 60),
        (date(1966, 11, 26), TODAY, 59),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (TODAY, TODAY, 0),
    ],
)
def test_an_age_is_in_completed_years(born: date, today: date, age: int) -> None:
    assert age_on(today, born) == age


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 20000), st.lists(st.integers(0, 9999), max_size=3))
def test_no_answer_makes_a_computed_one_invalid(born: date, rent: int, fees: list[int]) -> None:
    entries = tuple(Answers({"name": "某某", "born": "2020-01-01", "fee": fee}) for fee in fees)
    answers = computed(born=born.isoformat(), rent=rent, children=entries)
    assert {problem.field for problem in check(FORM, answers)} <= {"children"}
    assert answers["costs"] == rent + sum(fees)
