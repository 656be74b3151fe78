"""The table of time limits, row by row: before the warning and of it, as usual and with more time."""

import pytest

from kiosk.demo.scenes.visits import states
from kiosk.session.access import Access
from kiosk.session.events import AccessChanged, CaptureAsked, PageTaken
from kiosk.session.limits import Limits, limit_of

from .conftest import Walk

SCENES = dict(states())
TABLE = {
    "home": (45, 15, 90, 30),
    "find": (45, 15, 90, 30),
    "progress": (45, 15, 90, 30),
    "guide": (90, 30, 180, 60),
    "notice": (90, 30, 180, 60),
    "prefill": (60, 30, 120, 60),
    "materials": (60, 30, 120, 60),
    "review": (60, 30, 120, 60),
    "failed-not-stored": (60, 30, 120, 60),
    "cases": (60, 30, 120, 60),
    "mine": (60, 30, 120, 60),
    "documents": (60, 30, 120, 60),
    "question-text": (120, 30, 240, 60),
    "sign": (120, 30, 240, 60),
    "report-words": (120, 30, 240, 60),
    "progress-number": (120, 30, 240, 60),
    "identify": (120, 30, 240, 60),
    "capture-scan": (120, 30, 240, 60),
    "receipt-printed": (20, 0, 40, 0),
    "document-printed": (20, 30, 40, 60),
    "result-received": (30, 20, 60, 40),
    "receipt-on-phone": (30, 20, 60, 40),
    "receipt-not-printed": (30, 20, 60, 40),
    "failed-refused": (30, 20, 60, 40),
    "rating": (20, 0, 40, 0),
    "end": (15, 0, 30, 0),
}
AT_WORK = (
    "attract",
    "submit-storing",
    "submit-sending",
    "receipt-printing",
    "report-storing",
    "document-printing",
)


@pytest.mark.parametrize("scene", TABLE)
def test_every_screen_waits_as_the_table_says(scene: str) -> None:
    idle_s, warning_s, patient_idle_s, patient_warning_s = TABLE[scene]
    usual, patient = (limit_of(SCENES[scene], Limits(), one) for one in (Access(), Access(slow=True)))
    assert usual is not None
    assert patient is not None
    assert (usual.idle_s, usual.warning_s) == (idle_s, warning_s)
    assert (patient.idle_s, patient.warning_s) == (patient_idle_s, patient_warning_s)


@pytest.mark.parametrize("scene", AT_WORK)
def test_nobody_is_hurried_while_nobody_is_here_or_a_device_is_at_work(scene: str) -> None:
    assert limit_of(SCENES[scene], Limits(), Access()) is None


def test_the_whole_visit_lasts_half_an_hour_and_longer_for_whoever_needs_it() -> None:
    limits = Limits()
    assert limits.session.lasting(Access()).idle_s == 30 * 60
    assert limits.session.lasting(Access(voice=True)).idle_s == 45 * 60
    assert limits.session.warning_s == 60
    assert limits.extension_s == 15 * 60


def test_a_device_that_gets_on_is_a_sign_of_life(walk: Walk) -> None:
    walk.to_capture().does(AccessChanged(Access()), CaptureAsked()).waits(110)
    page = walk.page("household-register")
    assert isinstance(page, PageTaken)
    walk.does(page).waits(110)
    assert walk.session.warning_until_s is None
