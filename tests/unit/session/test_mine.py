from kiosk.session.effects import WipeSession
from kiosk.session.events import CardWasRead, Door, DoorOpened, Ended, ItemChosen, NetworkSeen, WentBack
from kiosk.session.mine_states import Presenting
from kiosk.session.side_effects import AskCircumstances
from kiosk.session.side_events import AskingFailed, CircumstancesTold
from kiosk.session.states import Ending, Guiding, Home, Identifying

from .conftest import CHEN, Walk


def presented(walk: Walk) -> Presenting:
    assert isinstance(walk.state, Presenting)
    return walk.state


def to_mine(walk: Walk) -> Walk:
    walk.to_home().does(DoorOpened(Door.MINE))
    assert isinstance(walk.state, Identifying)
    return walk.does(CardWasRead(CHEN))


def test_the_card_alone_offers_what_fits_and_the_district_is_asked_for_more(walk: Walk) -> None:
    to_mine(walk)
    assert presented(walk).asking
    assert [type(effect) for effect in walk.effects[:1]] == [AskCircumstances]
    assert "old-age-allowance" in {offer.item.code for offer in presented(walk).offers}


def test_without_the_network_the_card_is_enough(walk: Walk) -> None:
    walk.does(NetworkSeen(online=False))
    to_mine(walk)
    assert not presented(walk).asking
    assert presented(walk).offers
    assert not any(isinstance(effect, AskCircumstances) for effect in walk.effects)


def test_what_the_district_knows_is_taken_in(walk: Walk) -> None:
    to_mine(walk).does(CircumstancesTold(walk.session.serial, {}))
    assert not presented(walk).asking


def test_a_district_that_does_not_answer_takes_nothing_away(walk: Walk) -> None:
    before = presented(to_mine(walk)).offers
    walk.does(AskingFailed(walk.session.serial, "backend.timeout"))
    assert presented(walk).offers == before
    assert not presented(walk).asking


def test_an_offer_leads_to_its_guide_and_applies_for_nothing(walk: Walk) -> None:
    offer = presented(to_mine(walk)).offers[0]
    walk.does(ItemChosen(offer.item))
    assert walk.state == Guiding(offer.item)


def test_back_leads_home_and_end_wipes(walk: Walk) -> None:
    assert isinstance(to_mine(walk).does(WentBack()).state, Home)
    serial = to_mine(Walk()).session.serial
    walk = to_mine(Walk()).does(Ended())
    assert isinstance(walk.state, Ending)
    assert WipeSession(serial) in walk.effects
