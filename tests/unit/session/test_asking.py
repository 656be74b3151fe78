"""Several choices, addresses, groups and what follows from the answers, event by event."""

from dataclasses import replace
from datetime import date

from kiosk.catalogue.model import ServiceItem
from kiosk.demo.scenes import sample_form, visits
from kiosk.forms.address import known_addresses
from kiosk.forms.entries import entries_of
from kiosk.forms.model import Answers, Datum, Form, Value
from kiosk.session.base import Context
from kiosk.session.events import (
    AddressTaken,
    AnswerEdited,
    ChangeAsked,
    Continued,
    EntryAdded,
    EntryChosen,
    EntryRemoved,
    Event,
    OptionToggled,
    PlaceByHand,
    PlacePicked,
    PlacesReopened,
    WentBack,
)
from kiosk.session.filling import ask, obstacle
from kiosk.session.machine import step
from kiosk.session.states import Asking, Gathering, Previewing, Reviewing, Session, State, Visit

TODAY = date(2026, 11, 25)
HOUSE = ("宝安区", "新安街道", "样例海棠社区", "样例海棠路1号海棠花园1栋")


def no_form(item: ServiceItem) -> Form:
    raise AssertionError(item.code)


def after(state: State, *events: Event) -> State:
    session = Session(state=state)
    for event in events:
        session, _ = step(session, event, Context(0.0, TODAY, no_form))
    return session.state


def visit(**answers: Value) -> Visit:
    return Visit(visits.item(), sample_form.form(), visits.holder(), answers=Answers(answers))


def whole() -> Visit:
    return Visit(visits.item(), sample_form.form(), visits.holder(), answers=sample_form.answers())


def asking(name: str, given: Visit | None = None, *, changing: bool = False) -> Asking:
    given = given or visit()
    return ask(given, given.form.field(name), changing=changing)


def still_asking(state: State) -> Asking:
    assert isinstance(state, Asking)
    return state


def entry(*texts: str) -> tuple[Event, ...]:
    return tuple(event for text in texts for event in (AnswerEdited(text), Continued()))


def problem(state: State) -> str | None:
    wrong = still_asking(state).problem
    return None if wrong is None else wrong.code


# Several choices ----------------------------------------------------------------------------------


def test_choices_are_ticked_and_unticked_and_then_answered() -> None:
    state = after(asking("needs"), OptionToggled("ramp"), OptionToggled("bed"), OptionToggled("ramp"))
    answered = still_asking(after(state, Continued()))
    assert answered.visit.answers["needs"] == ("bed",)
    assert answered.name == "home"


def test_too_many_choices_are_told_and_stay_ticked() -> None:
    ticks = [OptionToggled(value) for value in sample_form.NEEDS]
    state = still_asking(after(asking("needs"), *ticks, Continued()))
    assert problem(state) == "form.too-many"
    assert state.draft.split() == ["bed", "care", "ramp"]
    assert problem(after(state, OptionToggled("bed"))) is None


def test_a_choice_among_several_opens_its_question() -> None:
    state = after(asking("needs"), OptionToggled("ramp"), Continued())
    assert still_asking(state).name == "ramp_place"


# An address ---------------------------------------------------------------------------------------


def test_an_address_is_picked_and_stored_as_one_text() -> None:
    picks = [PlacePicked(name) for name in (*HOUSE, "302")]
    state = still_asking(after(asking("home"), *picks, Continued()))
    assert state.visit.answers["home"] == "广东省深圳市" + "".join((*HOUSE, "302"))
    assert state.name == "children"


def test_an_address_that_is_in_no_list_is_typed() -> None:
    state = after(
        asking("home"), PlacePicked("宝安区"), PlaceByHand(), AnswerEdited("某街道某村5号"), Continued()
    )
    assert still_asking(state).visit.answers["home"] == "广东省深圳市宝安区某街道某村5号"


def test_half_an_address_is_not_taken() -> None:
    state = after(asking("home"), PlacePicked("宝安区"), Continued())
    assert problem(state) == "form.address-incomplete"
    assert problem(after(asking("home"), Continued())) == "form.required"
    assert problem(after(state, PlacePicked("新安街道"))) is None


def test_back_in_an_address_goes_up_the_lists_and_then_to_the_question_before() -> None:
    state = after(asking("home"), PlacePicked("宝安区"), PlacePicked("新安街道"), WentBack())
    picking = still_asking(state).picking
    assert picking is not None
    assert picking.path == ("宝安区",)
    assert still_asking(after(state, WentBack(), WentBack())).name == "needs"


def test_an_earlier_address_is_shown_whole_and_can_be_picked_anew() -> None:
    state = asking("home", visit(home="广东省深圳市宝安区某路1号"))
    assert state.draft == "广东省深圳市宝安区某路1号"
    anew = still_asking(after(state, PlacesReopened(), PlacePicked("宝安区")))
    assert anew.draft == ""
    assert anew.picking is not None
    assert anew.picking.path == ("宝安区",)


def test_an_address_given_before_is_taken_over() -> None:
    form = sample_form.form()
    given = visit(registered="广东省深圳市宝安区某路2号", home_again="广东省深圳市宝安区某路3号")
    assert [field.name for field, _ in known_addresses(form, given.answers, "home")] == ["registered"]
    state = after(asking("home", given), AddressTaken("registered"), Continued())
    assert still_asking(state).visit.answers["home"] == "广东省深圳市宝安区某路2号"


def test_an_address_that_nobody_gave_is_not_taken_over() -> None:
    assert after(asking("home"), AddressTaken("name")) == asking("home")


# One choice ---------------------------------------------------------------------------------------


def test_a_choice_that_is_optional_can_be_taken_back_and_one_that_is_needed_cannot() -> None:
    state = still_asking(after(asking("pets"), EntryAdded(), AnswerEdited("cat"), AnswerEdited("cat")))
    assert state.draft == "cat"
    form = sample_form.form()
    optional = replace(form.field("pets").columns[0], required=False, name="rent")
    fields = tuple(optional if field.name == "rent" else field for field in form.fields)
    given = replace(visit(), form=replace(form, fields=fields))
    state = still_asking(after(asking("rent", given), AnswerEdited("cat"), AnswerEdited("cat")))
    assert state.draft == ""


# A repeated group ---------------------------------------------------------------------------------


def test_an_entry_is_asked_column_by_column_and_joins_the_list() -> None:
    state = still_asking(after(asking("children"), EntryAdded()))
    assert state.field.name == "name"
    state = still_asking(after(state, *entry("陈小明", "2018-3-8", "", "800")))
    assert state.entry is None
    assert state.visit.answers["children"] == (
        Answers({"name": "陈小明", "born": "2018-03-08", "number": "", "fee": 800}),
    )
    assert state.visit.answers["child_count"] == 1


def test_a_wrong_column_is_told_on_its_own_page_and_kept() -> None:
    state = after(asking("children"), EntryAdded(), *entry("陈小明", "2030-01-01"))
    assert problem(state) == "form.in-the-future"
    assert still_asking(state).draft == "2030-01-01"
    assert still_asking(state).field.name == "born"


def test_a_group_with_too_few_entries_is_not_left() -> None:
    assert problem(after(asking("children"), Continued())) == "form.too-few"


def test_a_full_group_takes_no_more() -> None:
    state = asking("pets")
    for kind in ("cat", "dog"):
        state = still_asking(after(state, EntryAdded(), *entry(kind)))
    assert still_asking(after(state, EntryAdded())).entry is None


def test_an_entry_is_changed_in_its_place() -> None:
    state = after(asking("children", whole()), EntryChosen(0), *entry("陈大明", "2017-03-08", "", "0"))
    names = [one["name"] for one in entries_of(still_asking(state).visit.answers, "children")]
    assert names == ["陈大明", "陈小红"]


def test_an_entry_is_removed_and_what_follows_from_the_list_with_it() -> None:
    state = still_asking(after(asking("children", whole()), EntryRemoved(1), EntryRemoved(7)))
    assert state.visit.answers["child_count"] == 1
    assert state.visit.answers["costs"] == 3400


def test_back_goes_through_the_columns_to_the_list_and_forgets_a_new_entry() -> None:
    state = still_asking(after(asking("children"), EntryAdded(), *entry("陈小明"), WentBack()))
    assert (state.field.name, state.draft) == ("name", "陈小明")
    state = still_asking(after(state, WentBack()))
    assert state.entry is None
    assert "children" not in state.visit.answers


def test_nobody_in_the_list_is_an_answer_where_nobody_is_needed() -> None:
    state = still_asking(after(asking("pets"), Continued()))
    assert state.visit.answers["pets"] == ()
    assert state.name == "rent"


# What follows, and what is asked again ------------------------------------------------------------


def test_what_is_computed_is_never_asked_and_ends_the_questions() -> None:
    assert isinstance(after(asking("rent", whole()), AnswerEdited("100"), Continued()), Gathering)


def test_a_computed_line_of_the_review_is_not_opened() -> None:
    review = Reviewing(whole())
    assert after(review, ChangeAsked("age")) == review


def test_a_changed_answer_recomputes_what_follows_and_asks_nothing_else() -> None:
    state = after(asking("rent", whole(), changing=True), AnswerEdited("100"), Continued())
    assert isinstance(state, Reviewing)
    assert state.visit.answers["costs"] == 900


def test_a_changed_answer_opens_only_what_depends_on_it() -> None:
    state = asking("needs", whole(), changing=True)
    opened = still_asking(after(state, OptionToggled("bed"), OptionToggled("care"), Continued()))
    assert (opened.name, opened.changing) == ("ramp_place", True)
    assert isinstance(after(opened, AnswerEdited("后门"), Continued()), Reviewing)


def test_an_answer_confirmed_as_it_was_opens_nothing() -> None:
    assert isinstance(after(asking("needs", whole(), changing=True), Continued()), Reviewing)


def test_a_datum_in_use_is_not_lost_when_its_condition_changes() -> None:
    known = Datum("ramp_place", "门口", visits.data()[0].source, None)
    given = replace(whole(), data=(known,))
    state = asking("needs", given, changing=True)
    state = after(state, OptionToggled("bed"), OptionToggled("care"), Continued())
    assert isinstance(state, Reviewing)
    assert state.visit.answers["ramp_place"] == "门口"


def test_what_the_review_finds_wrong_is_asked_again() -> None:
    given = whole()
    wrong = replace(given, answers=given.answers.with_("children", (Answers({"name": "陈小明"}),)))
    found = obstacle(Reviewing(wrong, declared=True))
    assert found is not None
    assert problem(found) == "form.entry"


def test_the_first_question_leads_back_to_what_is_known() -> None:
    assert isinstance(after(asking("name"), WentBack()), Previewing)
