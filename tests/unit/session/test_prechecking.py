import json
from datetime import UTC, datetime

import pytest

from kiosk.catalogue.model import ServiceItem
from kiosk.demo.scenes import situations
from kiosk.demo.scenes.visits import answers, data, form, holder
from kiosk.domain.text import Language
from kiosk.forms.freezing import freeze
from kiosk.session.effects import HoldRoom
from kiosk.session.events import (
    CardWasRead,
    Continued,
    NoticeDeclined,
    RoomRefused,
    WayChosen,
    WentBack,
)
from kiosk.session.side_events import Picked
from kiosk.session.states import (
    Checking,
    Fault,
    Guiding,
    Identifying,
    Notifying,
    Previewing,
    Unfit,
)

from .conftest import CHEN, Walk


class CheckedWalk(Walk):
    @property
    def item(self) -> ServiceItem:
        return situations.checked(super().item)


@pytest.fixture
def walk() -> Walk:
    return CheckedWalk()


def test_the_pre_check_comes_before_the_notice_and_room_is_held_before_it(walk: Walk) -> None:
    walk.to_guide().does(Continued())
    assert isinstance(walk.state, Checking)
    assert walk.effects == (HoldRoom(walk.session.serial),)


def test_going_on_without_an_answer_says_so(walk: Walk) -> None:
    walk.to_guide().does(Continued(), Continued())
    assert isinstance(walk.state, Checking)
    assert walk.state.fault == Fault("precheck.choose-first")
    walk.does(WayChosen("city"))
    assert walk.state.fault is None


def test_an_answer_that_is_none_changes_nothing(walk: Walk) -> None:
    walk.to_guide().does(Continued())
    before = walk.state
    assert walk.does(WayChosen("moon")).state == before


def test_an_answer_that_stops_leads_to_its_own_page_and_back(walk: Walk) -> None:
    walk.to_guide().does(Continued(), WayChosen("other"), Continued())
    assert isinstance(walk.state, Unfit)
    walk.does(WentBack())
    assert isinstance(walk.state, Checking)
    walk.does(WayChosen("city"), Continued())
    assert isinstance(walk.state, Checking)
    assert walk.state.question == "living"


def test_from_the_page_that_stops_the_guide_is_one_touch_away(walk: Walk) -> None:
    walk.to_guide().does(Continued(), WayChosen("other"), Continued(), Continued())
    assert isinstance(walk.state, Guiding)


def test_back_leads_through_the_questions_to_the_guide(walk: Walk) -> None:
    walk.to_guide().does(Continued(), WayChosen("city"), Continued(), WayChosen("home"), Continued())
    assert isinstance(walk.state, Notifying)
    for question in ("living", "household"):
        walk.does(WentBack())
        assert isinstance(walk.state, Checking)
        assert walk.state.question == question
    assert isinstance(walk.does(WentBack()).state, Guiding)


@pytest.mark.parametrize(("living", "documents"), [("home", 2), ("institution", 1)])
def test_the_answers_choose_the_documents_and_go_along(walk: Walk, living: str, documents: int) -> None:
    walk.to_guide().does(Continued(), WayChosen("city"), Continued(), WayChosen(living), Continued())
    walk.does(Continued(), Picked("self"))
    assert isinstance(walk.state, Identifying)
    walk.does(CardWasRead(CHEN))
    assert isinstance(walk.state, Previewing)
    assert len(walk.state.visit.materials) == documents
    assert walk.state.visit.situation == (("household", "city"), ("living", living))


def test_going_back_from_the_data_keeps_the_situation(walk: Walk) -> None:
    walk.to_guide().does(Continued(), WayChosen("city"), Continued(), WayChosen("home"), Continued())
    walk.does(Continued(), CardWasRead(CHEN), WentBack())
    assert isinstance(walk.state, Notifying)
    assert dict(walk.state.situation)["living"] == "home"


def test_no_room_in_the_middle_of_the_questions_leads_back_to_the_guide(walk: Walk) -> None:
    walk.to_guide().does(Continued(), RoomRefused(walk.session.serial, "queue.no-space"))
    assert isinstance(walk.state, Guiding)
    assert walk.state.fault == Fault("queue.no-space")


def test_the_sealed_application_tells_the_situation_in_codes_and_words() -> None:
    item = situations.checked(Walk().item)
    frozen = freeze(
        item=item,
        form=form(),
        holder=holder(),
        data=data(),
        answers=answers(),
        pages=(),
        situation=(("household", "city"), ("living", "institution")),
        terminal="T0421",
        language=Language.ZH,
        declared_at=datetime(2026, 11, 23, tzinfo=UTC),
    ).as_json()
    assert frozen["situation_code"] == "household=city;living=institution"
    assert frozen["situation"][1] == {
        "code": "living",
        "value": "institution",
        "question": "老人现在住在哪里？",
        "answer": "在养老机构",
    }
    assert [line["code"] for line in frozen["materials"]] == ["household-register"]
    assert json.dumps(frozen)


def test_whoever_does_not_agree_gets_the_guide_with_the_window() -> None:
    walk = Walk().to_notice().does(NoticeDeclined())
    assert isinstance(walk.state, Guiding)
    assert walk.state.fault == Fault("notice.declined")
