"""Invariant I7: a resident is told before starting if the terminal cannot store the result."""

import pytest

from kiosk.session.effects import HoldRoom
from kiosk.session.events import Continued, Ended, RoomRefused, StorageSeen
from kiosk.session.states import Attract, Fault, Guiding, Identifying, Notifying, Previewing
from tests.unit.session.conftest import Walk

FULL = "queue.no-space"


@pytest.mark.parametrize("code", [FULL, "item.needs-queue"])
def test_without_room_no_visit_begins_and_the_guide_says_why(code: str) -> None:
    walk = Walk().does(StorageSeen(code)).to_guide()
    assert isinstance(walk.state, Guiding)
    walk.does(Continued())
    assert isinstance(walk.state, Guiding)
    assert walk.state.fault == Fault(code)


def test_with_room_again_the_visit_begins() -> None:
    walk = Walk().does(StorageSeen(FULL)).to_guide().does(Continued(), StorageSeen(None), Continued())
    assert isinstance(walk.state, Notifying)


def test_guides_can_be_read_without_room() -> None:
    walk = Walk().does(StorageSeen(FULL)).to_guide()
    assert isinstance(walk.state, Guiding)
    assert walk.state.fault is None


def test_room_is_held_before_anything_is_asked() -> None:
    walk = Walk().to_notice()
    assert walk.effects == (HoldRoom(walk.session.serial),)


@pytest.mark.parametrize("way", ["to_notice", "to_identify"])
def test_refused_room_ends_the_visit_before_the_first_question(way: str) -> None:
    walk: Walk = getattr(Walk(), way)()
    assert isinstance(walk.state, Notifying | Identifying)
    walk.does(RoomRefused(walk.session.serial, FULL))
    assert isinstance(walk.state, Guiding)
    assert walk.state.fault == Fault(FULL)


def test_whoever_has_shown_the_card_goes_on_and_the_store_has_the_last_word() -> None:
    walk = Walk().to_prefill()
    before = walk.state
    walk.does(RoomRefused(walk.session.serial, FULL))
    assert walk.state == before
    assert isinstance(before, Previewing)


def test_refused_room_of_another_visit_changes_nothing() -> None:
    walk = Walk().to_notice()
    walk.does(RoomRefused(walk.session.serial - 1, FULL))
    assert isinstance(walk.state, Notifying)


def test_a_full_disk_does_not_stop_a_visit_that_has_begun() -> None:
    walk = Walk().to_question()
    before = walk.state
    assert walk.does(StorageSeen(FULL)).state == before


def test_the_next_resident_is_told_too() -> None:
    walk = Walk().to_home().does(StorageSeen(FULL), Ended())
    assert isinstance(walk.state, Attract)
    walk.to_guide().does(Continued())
    assert isinstance(walk.state, Guiding)
    assert walk.state.fault == Fault(FULL)
