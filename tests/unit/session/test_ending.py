"""What else fits is offered at the goodbye, to whoever ends the visit, and to nobody else."""

import pytest

from kiosk.session.effects import Ring
from kiosk.session.errand import Filing
from kiosk.session.events import (
    ApplicationStored,
    CardWasRemoved,
    Continued,
    DeliveryKnown,
    Ended,
    ItemChosen,
    NetworkSeen,
    ReceiptChosen,
)
from kiosk.session.states import Attract, Ending, Fault, Guiding, Identifying, Notifying, Rating

from .conftest import CHEN, Walk


def filed(walk: Walk) -> Walk:
    serial = walk.to_storing().session.serial
    walk.does(ApplicationStored(serial, "T0421-000001-K7"), DeliveryKnown(serial, None))
    return walk.does(ReceiptChosen("none"))


def ended(walk: Walk) -> Ending:
    filed(walk).does(Continued())
    assert isinstance(walk.state, Ending)
    return walk.state


@pytest.mark.parametrize("online", [True, False])
def test_whoever_filed_something_is_offered_what_else_fits(walk: Walk, *, online: bool) -> None:
    walk.does(NetworkSeen(online))
    also = ended(walk).also
    assert 0 < len(also) <= 3
    assert walk.item not in also


def test_the_offers_name_nobody(walk: Walk) -> None:
    ending = ended(walk)
    for secret in (CHEN.name, CHEN.number, CHEN.address):
        assert secret not in repr(walk.session)
        assert secret not in repr(ending)


def test_whoever_filed_nothing_is_offered_nothing(walk: Walk) -> None:
    walk.to_question().does(Ended())
    assert isinstance(walk.state, Ending)
    assert walk.state.also == ()


def test_whoever_walked_away_leaves_no_offers_to_the_next_one(walk: Walk) -> None:
    assert isinstance(filed(walk).state, Rating)
    walk.waits(21)
    assert isinstance(walk.state, Ending)
    assert walk.state.also == ()


def test_there_is_time_to_read_them_and_then_they_are_gone(walk: Walk) -> None:
    ended(walk)
    walk.does(CardWasRemoved()).waits(29)
    assert isinstance(walk.state, Ending)
    assert isinstance(walk.waits(2).state, Attract)


def test_an_offer_leads_to_its_guide_and_wants_the_card_again(walk: Walk) -> None:
    item = next(item for item in ended(walk).also if item.filing == "here" and not item.precheck)
    walk.does(ItemChosen(item))
    assert walk.state == Guiding(item)
    assert walk.session.begun_s == walk.now_s
    walk.does(Continued())
    assert isinstance(walk.state, Notifying)
    walk.does(Continued())
    assert walk.state == Identifying(Filing(item), fault=Fault("idcard.lift-first"))


def test_nobody_is_rung_at_while_they_go_on_with_their_card(walk: Walk) -> None:
    walk.does(ItemChosen(ended(walk).also[0])).waits(70)
    assert not any(isinstance(effect, Ring) and effect.words for effect in walk.effects)
    walk.does(Ended()).waits(0.5)
    assert [effect.words for effect in walk.effects if isinstance(effect, Ring)] == [True]


def test_what_was_not_offered_is_not_begun(walk: Walk) -> None:
    ended(walk)
    before = walk.state
    assert walk.does(ItemChosen(walk.item)).state == before
