"""What fits whoever laid a card down, by touch, with the district's word and without it."""

from kiosk.session.events import CardReadWasRefused, CardWasDetected, CardWasRemoved, NetworkSeen
from kiosk.session.mine_states import Presenting
from kiosk.session.side_effects import AskCircumstances
from kiosk.session.side_events import AskingFailed, CircumstancesTold
from kiosk.session.states import Finding, Guiding, Home, Identifying
from tests.support.panel import KEYBOARD_NOISE
from tests.support.walking import SERIAL, Walk, broken

pytestmark = KEYBOARD_NOISE
OFFER = "offer-old-age-allowance"


def test_the_card_offers_what_fits_and_an_offer_leads_to_its_guide(walk: Walk) -> None:
    walk.begins(Home()).taps("door-mine").is_at(Identifying).lays().is_at(Presenting)
    assert walk.asked(AskCircumstances)
    walk.hears(CircumstancesTold(SERIAL, {})).taps(OFFER).is_at(Guiding)


def test_a_district_that_does_not_answer_leaves_what_the_card_offers(walk: Walk) -> None:
    walk.begins(Home()).taps("door-mine").lays().hears(AskingFailed(SERIAL, "backend.timeout"))
    walk.sees(OFFER).taps("continue").is_at(Finding)


def test_without_the_network_the_card_alone_offers_and_says_so(walk: Walk) -> None:
    walk.begins(Home()).hears(NetworkSeen(online=False)).taps("door-mine").lays().sees(OFFER)
    assert not walk.asked(AskCircumstances)
    walk.panel.robot.wait(lambda: walk.says("网络中断，只按身份证"), "it is said")


def test_whom_nothing_fits_is_told_and_finds_on(walk: Walk) -> None:
    walk.begins("mine-nothing").sees("title", "没有特别提示").taps("continue").is_at(Finding)


def test_a_card_that_is_not_read_is_told_and_back_leads_home(walk: Walk) -> None:
    walk.begins(Home()).taps("door-mine")
    walk.hears(CardWasDetected(), CardReadWasRefused("idcard.moved"), CardWasRemoved())
    walk.is_told("idcard.moved").hears(broken("idcard-1")).taps("back").is_at(Home)
