"""What a stranger can read over a shoulder, after a walk-away, or in the next visit."""

from dataclasses import astuple

from PySide6.QtCore import Property, QObject
from pytestqt.qtbot import QtBot

from kiosk.demo.scenes import visits
from kiosk.demo.still_core import StillCore
from kiosk.session.personal import has_personal_data
from kiosk.session.states import Ending, Home, Reviewing
from tests.support.panel import KEYBOARD_NOISE, Panel
from ui.images import PageImages
from ui.viewmodels import ShellViewModel
from ui.viewmodels.prefill import DatumRow, PrefillViewModel
from ui.viewmodels.rows import RowModel

pytestmark = KEYBOARD_NOISE

PERSONAL = (visits.NAME, visits.NUMBER, visits.PHONE, "织网路7号", "陈晓东", "13900005678", "陈*")


def test_the_idle_warning_leaves_nothing_of_the_resident_to_read(panel: Panel) -> None:
    for name, state in visits.states():
        if has_personal_data(state):
            panel.show(state)
            panel.core.show(warning_until_s=30.0)
            panel.robot.sees("countdown", "30")
            seen = [text for text in panel.texts() if any(datum in text for datum in PERSONAL)]
            assert seen == [], name
            assert not panel.robot.shows("page")
            assert not panel.robot.shows("preview")
            panel.core.show(warning_until_s=None)


def test_the_countdown_counts_what_is_left(panel: Panel) -> None:
    panel.show(Home())
    panel.core.show(warning_until_s=30.0, now_s=12.4)
    panel.robot.sees("countdown", "18")
    panel.core.show(now_s=29.9)
    panel.robot.sees("countdown", "1")


def test_numbers_are_masked_until_they_are_asked_for_and_again_when_the_resident_leaves(panel: Panel) -> None:
    review = Reviewing(visits.visit(filled=True))
    panel.show(review)
    assert visits.NUMBER not in panel.texts()
    panel.robot.sees("applicant_number-value", "440***********9908")
    panel.robot.tap("reveal")
    panel.robot.sees("applicant_number-value", visits.NUMBER)
    panel.core.show(warning_until_s=30.0)
    panel.core.show(warning_until_s=None)
    panel.robot.sees("applicant_number-value", "440***********9908")


def test_numbers_shown_whole_are_masked_again_by_themselves(core: StillCore, qtbot: QtBot) -> None:
    prefill = PrefillViewModel(core, shown_ms=50)
    core.subscribe(prefill.show)
    core.show(dict(visits.states())["prefill"])
    prefill.reveal()
    assert visits.PHONE in str(prefill_values(prefill))
    qtbot.waitUntil(lambda: visits.PHONE not in str(prefill_values(prefill)))


def prefill_values(prefill: PrefillViewModel) -> list[str]:
    rows = prefill.findChild(RowModel)
    assert rows is not None
    return [row.value for row in rows.rows if isinstance(row, DatumRow)]


def test_no_view_model_keeps_anything_of_a_visit_that_is_over(core: StillCore) -> None:
    shell = ShellViewModel(core, PageImages())
    kept_while_there = 0
    for name, state in visits.states():
        if has_personal_data(state):
            core.show(state)
            kept_while_there += len(kept(shell))
            core.show(Ending())
            assert kept(shell) == [], name
    assert kept_while_there > 20


def _properties(kind: type) -> list[str]:
    return [name for base in kind.__mro__ for name, what in vars(base).items() if isinstance(what, Property)]


def kept(shell: ShellViewModel) -> list[str]:
    """Return every personal text that a property or a row of the view-models holds."""
    found: list[str] = []
    things = [shell, *shell.findChildren(QObject)]
    for thing in things:
        # Not by ``metaObject``: its wrapper outlives what it describes, and answers for what comes after it.
        values = [str(getattr(thing, name)) for name in _properties(type(thing))]
        if isinstance(thing, RowModel):
            values += [str(astuple(row)) for row in thing.rows]
        found += [value for value in values if any(datum in value for datum in PERSONAL)]
    return found
