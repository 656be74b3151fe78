from datetime import UTC, datetime

from kiosk.domain.text import Language
from kiosk.forms.freezing import freeze
from kiosk.session.events import (
    AnswerEdited,
    Continued,
    DatumDisputed,
    DatumToggled,
    PrefillFailed,
)
from kiosk.session.states import Asking, Fault, PrefillPhase, Previewing, Visit

from .conftest import KNOWN, Walk


def previewed(walk: Walk) -> Visit:
    assert isinstance(walk.state, Previewing)
    return walk.state.visit


def test_a_datum_that_is_wrong_is_not_used_and_marked(walk: Walk) -> None:
    walk.to_prefill().does(DatumDisputed("phone"))
    datum = next(one for one in previewed(walk).data if one.field == "phone")
    assert (datum.used, datum.disputed) == (False, True)
    walk.does(DatumToggled("phone", used=True))
    datum = next(one for one in previewed(walk).data if one.field == "phone")
    assert (datum.used, datum.disputed) == (True, False)


def test_what_the_card_says_cannot_be_disputed_here(walk: Walk) -> None:
    walk.to_prefill().does(DatumDisputed("applicant_name"))
    assert not any(datum.disputed for datum in previewed(walk).data)


def test_a_wrong_datum_is_asked_anew_and_the_department_is_told(walk: Walk) -> None:
    walk.to_prefill().does(DatumDisputed("phone"), Continued())
    assert isinstance(walk.state, Asking)
    assert walk.state.name == "phone"
    assert walk.state.draft == ""
    walk.does(AnswerEdited("13700137000"), Continued())
    assert isinstance(walk.state, Asking)
    visit = walk.state.visit
    sealed = freeze(
        item=visit.item,
        form=visit.form,
        holder=visit.holder,
        data=visit.data,
        answers=visit.answers,
        pages=(),
        terminal="T0421",
        language=Language.ZH,
        declared_at=datetime(2026, 11, 23, tzinfo=UTC),
    ).as_json()["form"]
    assert sealed["answers"]["phone"] == "13700137000"
    assert sealed["sources"]["phone"]["disputed"] is True
    assert sealed["sources"]["phone"]["held"] == KNOWN["phone"]
    assert "disputed" not in sealed["sources"]["payout_bank"]


def test_a_record_under_another_name_is_said_and_the_visit_goes_on(walk: Walk) -> None:
    walk.to_loading().does(PrefillFailed(walk.session.serial, "prefill.mismatch"))
    assert isinstance(walk.state, Previewing)
    assert walk.state.phase is PrefillPhase.UNAVAILABLE
    assert walk.state.fault == Fault("prefill.mismatch")
    assert isinstance(walk.does(Continued()).state, Asking)
