import pytest

from kiosk.domain.text import Language
from kiosk.session.access import Access
from kiosk.session.events import AccessChanged, Door, DoorOpened, ItemChosen
from kiosk.session.states import Home
from tests.support.panel import KEYBOARD_NOISE, PANELS, Panel

pytestmark = KEYBOARD_NOISE

NEEDS = (Access(), Access(size=130), Access(size=160), Access(low=True), Access(size=160, low=True))


@pytest.mark.parametrize("panel", PANELS, indirect=True)
@pytest.mark.parametrize("language", Language)
def test_every_door_is_on_the_panel_for_everybody_without_scrolling(panel: Panel, language: Language) -> None:
    for access in NEEDS:
        panel.core.show(access=access)
        panel.show(Home(), language)
        frame = panel.place(panel.part("frame"))
        doors = [one for one in panel.controls() if one.objectName().startswith("door-")]
        assert len(doors) >= 3
        for door in doors:
            place = panel.place(door)
            assert frame.contains(place), door.objectName()
            for words in panel.words_in(door):
                assert place.adjusted(-1, -1, 1, 1).contains(panel.place(words)), words.property("text")


def test_the_elder_version_has_few_doors_and_a_way_back(panel: Panel) -> None:
    panel.show(Home())
    panel.robot.tap("door-elder")
    assert panel.core.posted == [AccessChanged(Access(size=130, slow=True))]
    panel.core.show(access=Access(size=130, slow=True))
    panel.show(Home())
    names = {one.objectName() for one in panel.controls()}
    assert not any(name.startswith("hot-") for name in names)
    assert len([name for name in names if name.startswith("door-")]) <= 6
    panel.robot.tap("door-standard")
    assert panel.core.posted == [AccessChanged(Access())]


def test_without_the_network_the_door_to_apply_stays_and_says_what_happens(panel: Panel) -> None:
    panel.core.show(online=False)
    panel.show(Home())
    assert "离线可暂存" in panel.robot.text("door-apply")
    panel.robot.tap("door-apply")
    assert panel.core.posted == [DoorOpened(Door.APPLY)]


def test_a_service_on_the_home_screen_leads_to_its_guide(panel: Panel) -> None:
    panel.show(Home())
    panel.robot.tap("hot-old-age-allowance")
    assert panel.core.posted == [ItemChosen(panel.core.catalogue.item("old-age-allowance"))]
