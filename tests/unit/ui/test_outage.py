"""When nothing can be filed, the start screen says so, since when, and where to go instead."""

import pytest

from devices.errors import Remedy
from devices.health import Health, Severity
from kiosk.demo.scenes.visits import RECEIPT_NO, broken, left_outcome
from kiosk.demo.still_core import StillCore
from kiosk.session.events import ReceiptChosen
from kiosk.session.states import Attract, Home, Resulting
from kiosk.session.submission import LeftSlip
from tests.support.panel import Panel


def test_a_terminal_that_works_only_invites(panel: Panel) -> None:
    panel.show(Attract())
    assert not panel.robot.shows("outage")


@pytest.mark.parametrize(
    ("health", "storage"),
    [
        pytest.param((broken("idcard-1", "idcard.no-answer"),), None, id="no-card-can-be-read"),
        pytest.param((), "queue.no-space", id="nothing-can-be-stored"),
    ],
)
def test_why_nothing_can_be_filed_and_where_to_go_stand_on_the_start_screen(
    panel: Panel, core: StillCore, health: tuple[Health, ...], storage: str | None
) -> None:
    fine = broken("printer-1")
    core.show(Attract(), health=(*health, fine) if health else (_well(),), storage=storage)
    panel.robot.sees("outage", "不能提交申请")
    assert panel.robot.says(core.facts.neighbours[0].zh)
    assert panel.robot.says("12345")
    assert bool(health) is panel.robot.says("08:00 起")


def test_a_printer_without_paper_closes_nothing(panel: Panel, core: StillCore) -> None:
    core.show(Attract(), health=(_well(), broken("printer-1", "printer.paper-out")))
    panel.robot.sees("title")
    assert not panel.robot.shows("outage")


def test_guides_and_progress_go_on(panel: Panel, core: StillCore) -> None:
    core.show(Attract(), health=(broken("idcard-1"),))
    panel.robot.sees("outage")
    core.show(Home())
    panel.robot.sees("door-guides")


def _well() -> Health:
    return Health("idcard-1", "ok", Severity.OK, Remedy.RETRY, broken("idcard-1").since)


def test_after_a_restart_in_mid_visit_the_next_person_is_told_and_the_one_after_is_not(
    panel: Panel, core: StillCore
) -> None:
    core.show(Attract(), cut_off=True)
    panel.robot.sees("cutOff", "没有保存")
    core.show(Home())
    core.show(Attract(), cut_off=False)
    panel.robot.sees("start")
    assert not panel.robot.shows("cutOff")


def test_a_slip_that_a_restart_left_is_offered_until_its_time_is_over(panel: Panel, core: StillCore) -> None:
    core.show(Attract(), slip=LeftSlip(left_outcome(), 300.0))
    panel.robot.sees("slipLeft", "已经保存")
    assert not panel.robot.shows("cutOff")
    core.show(slip=None)
    panel.robot.sees("start")
    assert not panel.robot.shows("slipLeft")


def test_whoever_is_shown_the_slip_of_a_visit_before_may_say_that_it_is_not_theirs(
    panel: Panel, core: StillCore
) -> None:
    core.show(Resulting(left_outcome()))
    panel.robot.sees("title", "没有丢失")
    panel.robot.sees("receiptNo", RECEIPT_NO)
    assert panel.robot.says("不是我提交的")
    assert not panel.robot.says("0 页")
    panel.robot.tap("receipt-none")
    assert core.posted == [ReceiptChosen("none")]
