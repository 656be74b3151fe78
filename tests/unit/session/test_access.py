"""What a resident sets for one visit stands on every screen and is gone for the next one."""

import pytest

from kiosk.domain.text import Language, Text
from kiosk.session.access import Access
from kiosk.session.events import AccessChanged, Ended, LanguageChosen, PanelToggled
from kiosk.session.limits import Limits, limit_of
from kiosk.session.states import Attract, Ending, Home

from .conftest import Walk

NEEDS = Access(size=160, contrast=True, low=True, left=True, slow=True, voice=True, rate=5, volume=4)


def test_what_was_set_stands_on_the_next_screens_and_is_gone_for_the_next_resident(walk: Walk) -> None:
    walk.to_home().does(AccessChanged(NEEDS)).does(LanguageChosen(Language.ZH_HANT)).to_find()
    assert (walk.session.access, walk.session.language) == (NEEDS, Language.ZH_HANT)
    walk.does(Ended())
    assert isinstance(walk.state, Attract)
    assert (walk.session.access, walk.session.language) == (Access(), Language.ZH)


def test_the_goodbye_is_said_as_the_visit_was(walk: Walk) -> None:
    walk.does(AccessChanged(NEEDS)).to_review().does(Ended())
    assert isinstance(walk.state, Ending)
    assert walk.session.access == NEEDS


def test_the_panel_is_opened_closed_and_gone_after_the_visit(walk: Walk) -> None:
    walk.to_home().does(PanelToggled(shown=True))
    assert walk.session.panel
    assert isinstance(walk.state, Home)
    assert not walk.does(PanelToggled(shown=False)).session.panel
    assert not walk.does(PanelToggled(shown=True)).does(Ended()).session.panel


@pytest.mark.parametrize("access", [Access(slow=True), Access(voice=True)], ids=["needs-time", "listens"])
def test_whoever_needs_time_or_listens_has_twice_as_much_of_it(walk: Walk, access: Access) -> None:
    limits = Limits()
    once, twice = limit_of(Home(), limits, Access()), limit_of(Home(), limits, access)
    assert once is not None
    assert twice is not None
    assert (twice.idle_s, twice.warning_s) == (2 * once.idle_s, 2 * once.warning_s)
    walk.to_home().does(AccessChanged(access)).waits(once.idle_s + 1)
    assert walk.session.warning_until_s is None
    assert walk.waits(once.idle_s).session.warning_until_s is not None


def test_fixed_texts_exist_in_traditional_characters() -> None:
    assert Text("高龄老人津贴申请", "Old-age allowance").in_(Language.ZH_HANT) == "高齡老人津貼申請"
