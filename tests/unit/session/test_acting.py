"""Filing for somebody else: for whom, with which cards, with which evidence."""

from dataclasses import replace
from datetime import date
from typing import Self

import pytest

from devices.model import CardRecord
from kiosk.catalogue.model import ServiceItem
from kiosk.domain.identity_number import check_character
from kiosk.session.acting_states import ActingStep, Arranging, NamingWard, WardField
from kiosk.session.effects import FetchPrefill, SealAndStore, WipeSession
from kiosk.session.events import (
    AnswerEdited,
    CardWasDetected,
    CardWasRead,
    CardWasRemoved,
    ChangeAsked,
    Continued,
    DeclarationToggled,
    DeviceHealthChanged,
    Door,
    DoorOpened,
    Ended,
    RoomRefused,
    StrokeDrawn,
    WentBack,
)
from kiosk.session.side_events import Picked
from kiosk.session.states import (
    Attract,
    Ending,
    Fault,
    Gathering,
    Guiding,
    Identifying,
    Notifying,
    PrefillPhase,
    Previewing,
    Reviewing,
    Signing,
    Submitting,
)

from .conftest import CHEN, Walk, broken


def number_of(born: str, serial: str = "452") -> str:
    body = f"440306{born}{serial}"
    return body + check_character(body)


def card(name: str, born: str, serial: str = "452") -> CardRecord:
    return replace(CHEN, name=name, born=born, number=number_of(born, serial))


SON = card("陈晓东", "19700304")
CHILD = card("陈小满", "20180909")
OLDER_CHILD = card("陈小雨", "20100909")
NAME = ((100, 200), (300, 150), (500, 220), (700, 160), (800, 210))


class ActingWalk(Walk):
    code = "old-age-allowance"

    @property
    def item(self) -> ServiceItem:
        return self.catalogue.item(self.code)

    def lays(self, record: CardRecord) -> Self:
        return self.does(CardWasRemoved(), CardWasDetected(), CardWasRead(record))

    def to_whom(self) -> Self:
        return self.to_notice().does(Continued())

    def for_a_parent(self) -> Self:
        return self.to_whom().does(Picked("agent"), Picked("child"))

    def for_a_child(self) -> Self:
        return self.to_whom().does(Picked("guardian"), Picked("parent"))

    def to_loading(self) -> Self:
        return self.for_a_parent().lays(CHEN).lays(SON)


class ChildWalk(ActingWalk):
    code = "social-security-card-replacement"

    @property
    def item(self) -> ServiceItem:
        return replace(super().item, precheck=())


@pytest.fixture
def walk() -> ActingWalk:
    return ActingWalk()


@pytest.fixture
def childs() -> ChildWalk:
    return ChildWalk()


def refusal(walk: Walk) -> str | None:
    assert isinstance(walk.state, Identifying | NamingWard | Arranging), walk.state
    return None if walk.state.fault is None else walk.state.fault.code


def previewing(walk: Walk) -> Previewing:
    assert isinstance(walk.state, Previewing), walk.state
    return walk.state


# For whom -----------------------------------------------------------------------------------------


def test_an_item_that_nobody_else_may_file_asks_for_the_card_at_once() -> None:
    class Own(ActingWalk):
        code = "pension-eligibility"

    assert isinstance(Own().to_whom().state, Identifying)


def test_whoever_files_for_themselves_is_asked_for_one_card(walk: ActingWalk) -> None:
    assert isinstance(walk.to_whom().state, Arranging)
    walk.does(Picked("self")).lays(CHEN)
    assert previewing(walk).visit.acting is None
    assert previewing(walk).visit.signer is previewing(walk).visit.holder


@pytest.mark.parametrize(
    ("agency", "offered"),
    [("allowed", {"agent"}), ("guardian", {"guardian"}), ("either", {"agent", "guardian"})],
)
def test_only_the_ways_that_the_item_allows_can_be_taken(agency: str, offered: set[str]) -> None:
    class Item(ActingWalk):
        @property
        def item(self) -> ServiceItem:
            return replace(super().item, agent=agency)

    taken: set[str] = set()
    for way in ("agent", "guardian"):
        state = Item().to_whom().does(Picked(way)).state
        assert isinstance(state, Arranging)
        if state.step is ActingStep.RELATION:
            taken.add(way)
    assert taken == offered


def test_a_relation_that_is_not_offered_changes_nothing(walk: ActingWalk) -> None:
    walk.to_whom().does(Picked("agent"))
    before = walk.state
    assert walk.does(Picked("stranger")).state == before


def test_the_ways_back_lead_to_the_notice(childs: ChildWalk) -> None:
    childs.for_a_child().does(Picked("without-card"), AnswerEdited("陈小满"), Continued())
    seen: list[object] = []
    for _ in range(5):
        state = childs.does(WentBack()).state
        seen.append(getattr(state, "typing", None) or getattr(state, "step", None) or type(state))
    assert seen == [WardField.NAME, ActingStep.CARD, ActingStep.RELATION, ActingStep.WHOM, Notifying]


def test_without_a_device_for_the_evidence_it_says_so_before_any_card(childs: ChildWalk) -> None:
    childs.does(DeviceHealthChanged(broken("scanner-1"))).to_whom()
    childs.does(Picked("agent"), Picked("child"))
    assert isinstance(childs.state, Arranging)
    assert refusal(childs) == "item.needs-scanner"


def test_room_that_is_refused_meanwhile_leads_back_to_the_guide(walk: ActingWalk) -> None:
    walk.to_whom().does(RoomRefused(walk.session.serial, "queue.no-space"))
    assert isinstance(walk.state, Guiding)
    assert walk.state.fault == Fault("queue.no-space")


def test_leaving_while_it_is_asked_for_whom_wipes_at_once(walk: ActingWalk) -> None:
    walk.to_whom().does(Ended())
    assert isinstance(walk.state, Attract)
    assert any(isinstance(effect, WipeSession) for effect in walk.effects)


# Two cards ----------------------------------------------------------------------------------------


def test_the_applicants_card_comes_first_and_then_the_agents(walk: ActingWalk) -> None:
    walk.for_a_parent().lays(CHEN)
    assert isinstance(walk.state, Identifying)
    walk.lays(SON)
    visit = previewing(walk).visit
    assert visit.acting is not None
    assert (visit.holder.name, visit.acting.agent.name) == (CHEN.name, SON.name)
    assert visit.acting.relation.code == "child"
    assert visit.signer.name == SON.name


def test_what_the_district_knows_is_asked_of_the_applicant(walk: ActingWalk) -> None:
    walk.to_loading()
    (asked,) = [effect for effect in walk.effects if isinstance(effect, FetchPrefill)]
    assert asked.holder.number == CHEN.number


def test_the_applicants_card_laid_down_twice_is_refused(walk: ActingWalk) -> None:
    assert refusal(walk.for_a_parent().lays(CHEN).lays(CHEN)) == "acting.same-card"
    assert isinstance(walk.lays(SON).state, Previewing)


def test_an_agent_under_18_is_refused(walk: ActingWalk) -> None:
    assert refusal(walk.for_a_parent().lays(CHEN).lays(OLDER_CHILD)) == "acting.agent-too-young"


def test_nobody_under_18_can_authorise_an_agent(walk: ActingWalk) -> None:
    assert refusal(walk.for_a_parent().lays(OLDER_CHILD)) == "acting.applicant-is-minor"


def test_a_guardian_files_for_nobody_of_18_or_older(childs: ChildWalk) -> None:
    assert refusal(childs.for_a_child().does(Picked("with-card")).lays(SON)) == "acting.ward-is-adult"


@pytest.mark.parametrize(("born", "allowed"), [("20081123", False), ("20081124", True)])
def test_a_child_is_one_until_its_eighteenth_birthday(childs: ChildWalk, born: str, *, allowed: bool) -> None:
    childs.for_a_child().does(Picked("with-card")).lays(card("陈小满", born))
    assert (refusal(childs) is None) is allowed


def test_back_from_the_agents_card_leads_to_the_applicants(walk: ActingWalk) -> None:
    state = walk.for_a_parent().lays(CHEN).does(WentBack()).state
    assert isinstance(state, Identifying)
    assert walk.lays(CHEN).lays(SON).effects
    assert isinstance(walk.state, Previewing)


def test_back_from_the_first_card_leads_to_the_relation(walk: ActingWalk) -> None:
    state = walk.for_a_parent().does(WentBack()).state
    assert isinstance(state, Arranging)
    assert state.step is ActingStep.RELATION


# A child without a card ---------------------------------------------------------------------------


def typed(walk: ActingWalk, name: str, number: str) -> ActingWalk:
    walk.for_a_child().does(Picked("without-card"))
    return walk.does(AnswerEdited(name), Continued(), AnswerEdited(number), Continued())


def test_a_childs_name_and_number_are_typed_and_the_guardians_card_is_read(childs: ChildWalk) -> None:
    typed(childs, " 陈小满 ", CHILD.number).lays(SON)
    state = previewing(childs)
    assert (state.visit.holder.name, state.visit.holder.born) == ("陈小满", date(2018, 9, 9))
    assert state.visit.holder.proof == "typed"


def test_nothing_is_asked_of_the_district_about_a_typed_number(childs: ChildWalk) -> None:
    state = previewing(typed(childs, "陈小满", CHILD.number).lays(SON))
    assert state.phase is PrefillPhase.UNAVAILABLE
    assert state.fault == Fault("prefill.typed-number")
    assert not any(isinstance(effect, FetchPrefill) for effect in childs.effects)
    assert {datum.source.en for datum in state.visit.data} == {"Entered by the guardian"}


def test_a_child_without_a_name_is_asked_again(childs: ChildWalk) -> None:
    childs.for_a_child().does(Picked("without-card"), AnswerEdited("  "), Continued())
    assert refusal(childs) == "form.required"


@pytest.mark.parametrize("number", ["", "44030620180909452", "440306201809094520", number_of("20990101")])
def test_a_number_that_is_none_is_refused(childs: ChildWalk, number: str) -> None:
    assert refusal(typed(childs, "陈小满", number)) == "form.not-an-id-number"


def test_a_typed_number_of_an_adult_is_refused(childs: ChildWalk) -> None:
    assert refusal(typed(childs, "陈晓东", SON.number)) == "acting.ward-is-adult"


def test_back_from_the_guardians_card_leads_to_the_number_with_what_was_typed(childs: ChildWalk) -> None:
    state = typed(childs, "陈小满", CHILD.number).does(WentBack()).state
    assert isinstance(state, NamingWard)
    assert (state.typing, state.name, state.number) == (WardField.NUMBER, "陈小满", CHILD.number)


def test_what_a_guardian_typed_shows_in_no_trace(childs: ChildWalk) -> None:
    childs.for_a_child().does(Picked("without-card"), AnswerEdited("陈小满"))
    assert "陈小满" not in repr(childs.state)


# Under 14 -----------------------------------------------------------------------------------------


def test_a_card_of_somebody_under_14_leads_to_the_guardian_where_one_may_file(childs: ChildWalk) -> None:
    childs.to_whom().does(Picked("self")).lays(CHILD)
    assert isinstance(childs.state, Arranging)
    assert refusal(childs) == "identity.under-14-guardian"
    childs.does(Picked("guardian"), Picked("parent"), Picked("with-card")).lays(CHILD).lays(SON)
    assert isinstance(childs.state, Previewing)


def test_a_card_of_somebody_under_14_is_refused_where_no_guardian_may_file(walk: ActingWalk) -> None:
    assert refusal(walk.to_whom().does(Picked("self")).lays(CHILD)) == "identity.under-14"


def test_from_14_on_somebody_files_for_themselves(walk: ActingWalk) -> None:
    walk.to_whom().does(Picked("self")).lays(OLDER_CHILD)
    assert isinstance(walk.state, Previewing)


@pytest.mark.parametrize("door", [Door.MINE, Door.DOCUMENTS])
def test_a_card_of_somebody_under_14_opens_nothing_else_either(walk: ActingWalk, door: Door) -> None:
    walk.to_home().does(DoorOpened(door)).lays(CHILD)
    assert refusal(walk) == "identity.under-14"


# Evidence, review, signature ----------------------------------------------------------------------


def to_review(walk: ActingWalk) -> ActingWalk:
    walk.to_materials()
    walk.takes("authorisation-letter").takes("household-register").takes("social-security-card")
    return walk.does(Continued())


def evidence_of(walk: ActingWalk) -> list[str]:
    return [material.code for material in previewing(walk).visit.materials]


def test_the_letter_of_authorisation_is_one_of_the_documents(walk: ActingWalk) -> None:
    assert evidence_of(walk.to_loading())[0] == "authorisation-letter"


def test_a_parent_shows_the_register_or_the_birth_certificate(childs: ChildWalk) -> None:
    assert evidence_of(typed(childs, "陈小满", CHILD.number).lays(SON))[0] == "family-record"


def test_without_the_evidence_it_does_not_go_on(walk: ActingWalk) -> None:
    walk.to_materials().takes("household-register").takes("social-security-card").does(Continued())
    assert isinstance(walk.state, Gathering)
    assert walk.state.fault == Fault("materials.missing")


def test_the_receipt_names_both_masked(walk: ActingWalk) -> None:
    state = to_review(walk).does(DeclarationToggled(declared=True), Continued()).state
    assert isinstance(state, Submitting)
    assert (state.masked_name, state.masked_agent) == ("陈*", "陈*")
    assert any(isinstance(effect, SealAndStore) for effect in walk.effects)


def test_another_agent_keeps_what_was_given(walk: ActingWalk) -> None:
    to_review(walk)
    reviewed = walk.state
    walk.does(ChangeAsked("agent"))
    assert isinstance(walk.state, Identifying)
    assert walk.does(WentBack()).state == reviewed
    walk.does(ChangeAsked("agent")).lays(card("陈晓红", "19720304", "446"))
    assert isinstance(walk.state, Reviewing)
    assert walk.state.visit.acting is not None
    assert walk.state.visit.acting.agent.name == "陈晓红"
    assert len(walk.state.visit.pages) == 3


def test_another_applicant_begins_anew_and_whoever_goes_back_loses_nothing(walk: ActingWalk) -> None:
    to_review(walk)
    reviewed = walk.state
    assert isinstance(walk.does(ChangeAsked("applicant")).state, Arranging)
    assert walk.does(WentBack()).state == reviewed
    walk.does(ChangeAsked("applicant"), Picked("self")).lays(SON)
    assert previewing(walk).visit.pages == ()


def test_whoever_leaves_while_people_are_changed_is_reminded_of_the_originals(walk: ActingWalk) -> None:
    to_review(walk).does(ChangeAsked("applicant"), Ended())
    assert walk.state == Ending(originals=True)


def test_the_agent_signs() -> None:
    class Signed(ActingWalk):
        @property
        def item(self) -> ServiceItem:
            return replace(super().item, sign=True)

    signed = to_review(Signed()).does(DeclarationToggled(declared=True), Continued())
    assert isinstance(signed.state, Signing)
    signed.does(CardWasRemoved(), CardWasRead(CHEN))
    assert signed.state.fault == Fault("signature.other-card")
    signed.does(CardWasRead(SON))
    assert signed.state.signature.by_card
    assert isinstance(signed.does(StrokeDrawn(NAME), Continued()).state, Submitting)
