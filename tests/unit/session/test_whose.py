"""Two cards in one visit: what was asked for the first is answered while the second is on the screen."""

import pytest

from kiosk.domain.identity import Holder
from kiosk.forms.model import Datum
from kiosk.session.effects import FetchPrefill
from kiosk.session.events import (
    CardWasDetected,
    CardWasRead,
    CardWasRemoved,
    Door,
    DoorOpened,
    Event,
    PrefillArrived,
    PrefillFailed,
    WentBack,
)
from kiosk.session.progress_states import Listing
from kiosk.session.side_effects import AskCases, AskCircumstances, AskDocuments
from kiosk.session.side_events import AskingFailed, CasesTold, CircumstancesTold, DocumentsTold, Picked
from kiosk.session.states import PrefillPhase, Previewing

from .conftest import CHEN, KNOWN, SOURCE, Walk
from .test_acting import card
from .test_progress import case

OTHER = card("林桂芳", "19400307")

PHONE = (Datum("phone", KNOWN["phone"], SOURCE, None),)
LAID_ANEW = (CardWasRemoved(), CardWasDetected(), CardWasRead(OTHER))
ASKED = FetchPrefill | AskCases | AskDocuments | AskCircumstances


def asked(walk: Walk) -> tuple[int, Holder]:
    effect = next(one for one in walk.effects if isinstance(one, ASKED))
    return effect.serial, effect.holder


@pytest.mark.parametrize("way", ["known", "failed"])
def test_what_the_district_knows_of_the_first_is_not_filed_for_the_second(walk: Walk, way: str) -> None:
    serial, first = asked(walk.to_loading())
    late: Event = PrefillArrived(serial, PHONE, walk.item.code, first)
    if way == "failed":
        late = PrefillFailed(serial, "backend.timeout", walk.item.code, first)
    walk.does(WentBack(), Picked("self"), *LAID_ANEW)
    _, second = asked(walk)
    walk.does(late)
    assert isinstance(walk.state, Previewing)
    assert walk.state.phase is PrefillPhase.LOADING
    assert "phone" not in {datum.field for datum in walk.state.visit.data}
    walk.does(PrefillArrived(serial, PHONE, walk.item.code, second))
    assert "phone" in {datum.field for datum in walk.state.visit.data}


def test_what_was_asked_for_another_item_answers_nothing_of_this_one(walk: Walk) -> None:
    serial, holder = asked(walk.to_loading())
    walk.does(PrefillArrived(serial, PHONE, "another-item", holder))
    assert isinstance(walk.state, Previewing)
    assert walk.state.phase is PrefillPhase.LOADING


def test_the_cases_of_the_first_are_not_shown_to_the_second(walk: Walk) -> None:
    walk.to_home().does(DoorOpened(Door.PROGRESS), Picked("card"), CardWasDetected(), CardWasRead(CHEN))
    serial, first = asked(walk)
    walk.does(WentBack(), Picked("card"), *LAID_ANEW)
    _, second = asked(walk)
    walk.does(CasesTold(serial, (case(),), first), AskingFailed(serial, "backend.timeout", first))
    assert walk.state == Listing(second)
    assert walk.does(CasesTold(serial, (), second)).state == Listing(second, ())


@pytest.mark.parametrize("door", [Door.MINE, Door.DOCUMENTS])
def test_nor_is_what_fits_the_first_or_what_there_is_to_print(walk: Walk, door: Door) -> None:
    walk.to_home().does(DoorOpened(door), CardWasDetected(), CardWasRead(CHEN))
    serial, first = asked(walk)
    walk.does(WentBack(), DoorOpened(door), *LAID_ANEW)
    before = walk.state
    walk.does(DocumentsTold(serial, (), first), CircumstancesTold(serial, {"a": ("b",)}, first))
    assert walk.state == before
    _, second = asked(walk.does(WentBack(), DoorOpened(door), *LAID_ANEW))
    walk.does(DocumentsTold(serial, (), second), CircumstancesTold(serial, {}, second))
    assert walk.state != before
