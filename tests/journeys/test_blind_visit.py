"""The whole visit without sight: five keys, and what is said."""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage
from kiosk.domain.text import Language
from kiosk.session.access import Access
from kiosk.session.states import Attract, Receipting, Resulting
from tests.support.blind_citizen import BlindCitizen
from tests.support.ear import Ear
from tests.support.visitor import Visitor
from ui.host import QtHost
from ui.scene import named_items
from ui.spoken import spell

from .conftest import Scene, open_scene
from .test_visit import nothing_remains

pytestmark = pytest.mark.timeout(240)

QUESTIONS = {
    Language.ZH: ("平时由谁照料您？", "紧急联系人叫什么名字？", "紧急联系人的电话是多少？"),
    Language.ZH_HANT: ("平時由誰照料您？", "緊急聯繫人叫什麼名字？", "緊急聯繫人的電話是多少？"),
    Language.EN: ("Who looks after you", "emergency contact", "phone"),
}


@pytest.fixture(scope="module")
def ear() -> Ear:
    ear = Ear()
    ear.plugged = True
    return ear


@pytest.fixture(scope="module")
def running_terminal(stage: Stage, host: QtHost, ear: Ear) -> Iterator[Scene]:
    """The terminal of all journeys, but heard."""
    with open_scene(stage, host, ear.speech()) as scene:
        yield scene


def title(scene: Scene) -> str:
    return str(named_items(scene.app.window, "title")[-1].property("text"))


def missing(citizen: BlindCitizen, wanted: list[str]) -> list[str]:
    """Return what was never said."""
    story = "\n".join(citizen.story)
    return [text for text in wanted if text not in story]


@pytest.mark.parametrize("language", Language)
def test_the_whole_visit_is_done_by_five_keys_and_by_ear(scene: Scene, ear: Ear, language: Language) -> None:
    core = scene.terminal.core
    citizen = BlindCitizen(
        scene.citizen.robot,
        scene.app.blind,
        ear,
        lambda: core.session.language,
        lambda: scene.clock.turn(5.0),
    )
    visitor = Visitor(citizen, scene.stage.bench, lambda: core.session)
    # Every screen says its heading before the resident goes on.
    visitor.on_arrival = lambda: citizen.hears(title(scene))
    if language is not Language.ZH:
        visitor.before_the_door = lambda: citizen.taps("access", f"language-{language.value}", "accessDone")

    visitor.to_result()
    state = core.session.state
    assert isinstance(state, Resulting)
    assert state.outcome.case_no is not None
    assert core.session.access.voice
    citizen.hears(state.outcome.case_no)
    citizen.hears(state.outcome.receipt_no)
    citizen.taps("continue")
    visitor.waits_for_paper()
    assert isinstance(core.session.state, Receipting)
    citizen.hears(state.outcome.receipt_no)
    citizen.taps("continue")
    visitor.leaves()

    assert missing(citizen, [*QUESTIONS[language], spell(state.outcome.receipt_no, language)]) == []
    citizen.story.clear()
    assert isinstance(core.session.state, Attract)
    assert core.session.access == Access()
    ear.heard()
    nothing_remains(scene)
