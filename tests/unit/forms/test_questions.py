from kiosk.forms.model import Answers, Datum, Form, Value
from kiosk.forms.prefill import CARD
from kiosk.forms.questions import asked, next_question, previous_question, remaining, settled, visible


def names(fields: tuple[object, ...]) -> list[str]:
    return [str(getattr(field, "name")) for field in fields]  # noqa: B009 - a list of fields of any form


def known(*fields: str) -> tuple[Datum, ...]:
    return tuple(Datum(field, "某值", CARD, None) for field in fields)


CARD_FIELDS = known("applicant_name", "applicant_number", "household_address")


def test_a_dependent_question_is_asked_only_while_it_applies(registration: Form) -> None:
    assert "employer" not in names(visible(registration, {}))
    assert "employer" in names(visible(registration, {"reason": "work"}))
    assert "employer" not in names(visible(registration, {"reason": "study"}))


def test_what_is_known_and_used_is_not_asked(registration: Form) -> None:
    assert names(asked(registration, {}, CARD_FIELDS)) == [
        "residence_address",
        "housing_kind",
        "move_in_date",
        "reason",
        "phone",
    ]


def test_a_datum_that_is_not_used_is_asked(registration: Form) -> None:
    declined = Datum("household_address", "某值", CARD, None, used=False)
    data = (*known("applicant_name", "applicant_number"), declined)
    assert names(asked(registration, {}, data))[0] == "household_address"


def test_what_remains_is_what_has_no_answer(registration: Form) -> None:
    answers: dict[str, Value] = {"residence_address": "某路", "reason": "work", "housing_kind": "own"}
    assert names(remaining(registration, answers, CARD_FIELDS)) == ["move_in_date", "employer", "phone"]


def test_a_changed_answer_opens_its_dependent_question_only(registration: Form) -> None:
    answers = Answers(
        {
            "residence_address": "某路",
            "housing_kind": "own",
            "move_in_date": "2026-01-01",
            "reason": "study",
            "phone": "1",
        }
    )
    assert remaining(registration, answers, CARD_FIELDS) == ()
    assert names(remaining(registration, answers.with_("reason", "work"), CARD_FIELDS)) == ["employer"]


def test_walking_on_and_back_passes_the_same_questions(registration: Form) -> None:
    answers: dict[str, Value] = {"reason": "work"}
    walked: list[str] = []
    field = next_question(registration, answers, None, CARD_FIELDS)
    while field is not None:
        walked.append(field.name)
        field = next_question(registration, answers, field.name, CARD_FIELDS)
    assert walked == names(asked(registration, answers, CARD_FIELDS))
    back = [walked[-1]]
    while (field := previous_question(registration, answers, back[-1], CARD_FIELDS)) is not None:
        back.append(field.name)
    assert back == walked[::-1]


def test_walking_on_from_a_question_that_no_longer_applies_still_leads_on(registration: Form) -> None:
    after = next_question(registration, {"reason": "study"}, "employer", CARD_FIELDS)
    assert after is not None
    assert after.name == "phone"


def test_answers_to_questions_that_do_not_apply_are_dropped(registration: Form) -> None:
    answers: dict[str, Value] = {"reason": "study", "employer": "某公司", "phone": "", "housing_kind": "own"}
    assert dict(settled(registration, answers)) == {"reason": "study", "housing_kind": "own"}
