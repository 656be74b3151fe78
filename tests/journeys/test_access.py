"""The whole visit by touch, as people with different needs see it."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem

from kiosk.domain.text import Language
from kiosk.session.access import Access
from kiosk.session.states import Attract, Resulting
from ui.scene import is_shown, walk

from .conftest import Scene

NEEDS = [
    pytest.param(Language.ZH_HANT, Access(low=True), id="traditional-from-a-wheelchair"),
    pytest.param(Language.EN, Access(size=160, slow=True), id="english-very-large"),
    pytest.param(Language.ZH, Access(size=130, contrast=True, left=True), id="elderly-left-handed"),
]
SAID = {Language.ZH: "已收件", Language.ZH_HANT: "已收件", Language.EN: "Received"}


def asks_for(scene: Scene, language: Language, access: Access) -> None:
    """Set it all on the panel, as a resident does."""
    wanted = [name for name in ("contrast", "low", "left", "slow") if getattr(access, name)]
    scene.citizen.taps("access")
    scene.citizen.taps(f"language-{language.value}", f"size-{access.size}")
    scene.citizen.taps(*(f"access-{name}" for name in wanted))
    scene.citizen.taps("accessDone")
    session = scene.terminal.core.session
    assert (session.language, session.access) == (language, access)
    if access.low:
        reach_mm = scene.stage.profile.panel.reach_mm
        scene.visitor.on_arrival = lambda: _within(reach_mm, controls_by_height_mm(scene))


def controls_by_height_mm(scene: Scene) -> dict[str, float]:
    """Return how far above the panel's lower edge each thing to touch begins."""
    window = scene.app.window
    px_per_mm = window.width() / scene.stage.profile.panel.width_mm
    return {
        item.objectName(): (window.height() - _top(item)) / px_per_mm
        for item in walk(window.contentItem())
        if _is_touched(item)
    }


def _top(item: QQuickItem) -> float:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height())).top()


def _is_touched(item: QQuickItem) -> bool:
    return is_shown(item) and item.inherits("QQuickAbstractButton")


@pytest.mark.parametrize(("language", "access"), NEEDS)
def test_the_whole_visit_is_done_as_the_resident_needs_it(
    scene: Scene, language: Language, access: Access
) -> None:
    visitor = scene.visitor
    visitor.before_the_door = lambda: asks_for(scene, language, access)
    try:
        visitor.to_result()
        state = scene.terminal.core.session.state
        assert isinstance(state, Resulting)
        assert state.outcome.case_no is not None
        scene.citizen.sees("title", SAID[language])
        scene.citizen.taps("continue")
        visitor.waits_for_paper()
        scene.citizen.taps("continue")
        visitor.leaves()
    finally:
        visitor.before_the_door = visitor.on_arrival = lambda: None
    assert isinstance(scene.terminal.core.session.state, Attract)
    assert scene.terminal.core.session.access == Access()
    assert scene.terminal.core.session.language is Language.ZH


def _within(reach_mm: float, heights_mm: dict[str, float]) -> None:
    assert heights_mm
    assert {name: height for name, height in heights_mm.items() if height > reach_mm} == {}
