"""Filing for somebody else, by touch."""

from dataclasses import replace

import pytest

from devices.model import CardRecord
from kiosk.demo.scenes.acting import CHILD, GRANDSON
from kiosk.domain.masking import mask_name, mask_number
from kiosk.session.acting_states import Arranging, NamingWard
from kiosk.session.effects import FetchPrefill
from kiosk.session.events import CardWasRemoved
from kiosk.session.states import Identifying, Notifying, Previewing, Reviewing
from tests.support.panel import KEYBOARD_NOISE
from tests.support.walking import CARD, SCENES, Walk, broken

pytestmark = KEYBOARD_NOISE
AGENTS = replace(CARD, name=GRANDSON.name, number=GRANDSON.number, born="19920308", sex="1", ethnic="15")
CHILDS = replace(CARD, name=CHILD.name, number=CHILD.number, born="20180909", sex="2")


def test_whoever_files_for_another_says_as_what_and_lays_down_two_cards(walk: Walk) -> None:
    walk.begins("notice").taps("continue").is_at(Arranging).sees("title", "您为谁办理")
    walk.taps("pick-agent").sees("title", "什么人").taps("back").taps("pick-agent", "pick-relative")
    walk.is_at(Identifying).sees("title", "请先放申请人的身份证").lays()
    walk.sees("title", "现在请放您自己的身份证").hears(CardWasRemoved()).lays(AGENTS)
    assert walk.asked(FetchPrefill)
    walk.is_at(Previewing).taps("back").is_at(Arranging).taps("back").is_at(Notifying)


def test_without_a_scanner_for_the_letter_it_says_so_before_any_card(walk: Walk) -> None:
    walk.begins("whom-either").hears(broken("scanner-1")).taps("pick-agent", "pick-child")
    walk.is_at(Arranging).is_told("item.needs-scanner")


def test_a_guardian_types_who_the_child_is(walk: Walk) -> None:
    walk.begins("child-card").taps("pick-without-card").is_at(NamingWard).sees("title", "姓名")
    walk.begins("child-number").taps("continue").is_at(Identifying).lays(AGENTS).is_at(Previewing)
    walk.is_told("prefill.typed-number")
    assert not walk.asked(FetchPrefill)


def test_a_typed_number_that_does_not_fit_says_why(walk: Walk) -> None:
    walk.begins("child-name").taps("continue").is_told("form.required")
    state = SCENES["child-number"]
    assert isinstance(state, NamingWard)
    walk.begins(replace(state, number="123")).taps("continue").is_told("form.not-an-id-number")
    walk.begins(replace(state, number=GRANDSON.number)).taps("continue").is_told("acting.ward-is-adult")


@pytest.mark.parametrize(
    ("scene", "card", "code"),
    [
        ("identify-agent", CARD, "acting.same-card"),
        ("identify-agent", CHILDS, "acting.agent-too-young"),
        ("identify-applicant", CHILDS, "acting.applicant-is-minor"),
    ],
)
def test_a_card_that_does_not_fit_says_why(walk: Walk, scene: str, card: CardRecord, code: str) -> None:
    walk.begins(scene).lays(card).is_at(Identifying).is_told(code)


def test_a_card_of_somebody_under_14_leads_to_the_guardian_or_to_the_window(walk: Walk) -> None:
    walk.begins("whom-either").taps("pick-self").lays(CHILDS).is_at(Arranging)
    walk.is_told("identity.under-14-guardian")
    walk.begins("whom").taps("pick-self").lays(CHILDS).is_at(Identifying).is_told("identity.under-14")


def test_the_review_shows_both_people_and_either_can_be_changed(walk: Walk) -> None:
    walk.begins("review-agent")
    for code, who in (("applicant", CARD), ("agent", AGENTS)):
        walk.sees(f"{code}-value", f"{mask_name(who.name)} {mask_number(who.number)}")
    assert not walk.says(GRANDSON.number)
    walk.taps("reveal").sees("agent-value", GRANDSON.number)
    walk.taps("change-applicant").is_at(Arranging).taps("back").is_at(Reviewing)
    walk.taps("change-agent").is_at(Identifying).lays(AGENTS).is_at(Reviewing)
