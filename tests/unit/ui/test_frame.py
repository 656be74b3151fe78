"""What stands on every screen: where one is, how far one is, what does not work now."""

from dataclasses import replace

import pytest

from devices.errors import Remedy
from devices.health import ABSENT, OK, Health, Severity
from kiosk.demo.scenes import visits
from kiosk.demo.still_core import StillCore
from kiosk.domain.text import Language, Text
from kiosk.session.access import Access
from kiosk.session.errand import Filing
from kiosk.session.states import Home, Identifying
from tests.support.panel import KEYBOARD_NOISE, Panel
from ui.scene import named_items

pytestmark = KEYBOARD_NOISE

STATES = dict(visits.states())


def test_the_steps_are_counted_truthfully(panel: Panel) -> None:
    shown = {"guide": "第 1 步，共 5 步", "identify": "第 2 步，共 5 步", "review": "第 5 步，共 5 步"}
    for name, words in shown.items():
        panel.show(STATES[name])
        panel.robot.sees("step", words)
    panel.show(STATES["guide-window"])
    assert not panel.robot.shows("step")


def test_a_device_that_the_screen_needs_says_that_it_is_coming_back(panel: Panel) -> None:
    panel.show(STATES["identify"])
    assert not panel.robot.shows("banner")
    panel.core.show(health=(visits.broken("idcard-1"),))
    panel.robot.sees("banner", "正在恢复")
    panel.robot.tap("back")
    healthy = Health("idcard-1", OK, Severity.OK, None, visits.broken("idcard-1").since)
    panel.core.show(health=(healthy,))
    assert not panel.robot.shows("banner")


def test_a_device_that_the_screen_does_not_need_is_not_mentioned(panel: Panel) -> None:
    panel.show(STATES["identify"])
    panel.core.show(health=(visits.broken("printer-1"), visits.broken("scanner-1")))
    assert not panel.robot.shows("banner")


def test_the_guide_tells_beforehand_that_a_device_is_missing(panel: Panel) -> None:
    panel.show(STATES["guide"])
    gone = Health("scanner-1", ABSENT, Severity.FAULT, Remedy.SERVICE, visits.broken("x-1").since)
    panel.core.show(health=(gone,))
    panel.robot.sees("banner", "扫描仪")


def test_the_network_is_mentioned_only_while_it_is_gone(panel: Panel) -> None:
    panel.show(STATES["find"])
    assert not panel.robot.shows("offline")
    panel.core.show(online=False)
    panel.robot.sees("offline")
    panel.core.show(online=True)
    assert not panel.robot.shows("offline")


@pytest.mark.parametrize("language", list(Language))
def test_a_long_name_of_the_place_keeps_off_the_word_about_the_network(
    panel: Panel, core: StillCore, language: Language
) -> None:
    core.facts = replace(
        core.facts,
        place=Text("示范街道便民服务中心 24 小时自助厅", "Example Street Service Centre, 24-hour hall"),
    )
    core.show(Home(), online=False, access=Access(size=160), language=language)
    panel.robot.sees("offline")
    panel.app.window.grabWindow()
    place, offline = (named_items(panel.app.window, name)[-1] for name in ("place", "offline"))
    assert panel.gap_mm(place, offline) >= 3


def test_another_language_is_on_the_whole_screen_at_once(panel: Panel) -> None:
    panel.show(Identifying(Filing(visits.item())))
    panel.core.show(language=Language.EN)
    panel.robot.sees("title", "Lay your ID card")
    panel.robot.sees("help", "Help line 12345")
    panel.core.show(language=Language.ZH)
    panel.robot.sees("title", "请把身份证")


def test_the_two_results_never_look_alike(panel: Panel) -> None:
    panel.show(STATES["result-received"])
    assert panel.text("title") == "已收件"
    assert panel.text("caseNo") == visits.CASE_NO
    panel.show(STATES["result-saved"])
    assert panel.text("title") == "已保存，尚未送达受理系统"
    assert panel.text("receiptNo") == visits.RECEIPT_NO
    assert not panel.robot.shows("caseNo")


def test_a_receipt_that_did_not_come_leaves_the_number_and_the_reason(panel: Panel) -> None:
    panel.show(STATES["receipt-not-printed"])
    panel.robot.sees("fault", "没有纸")
    assert panel.text("receiptNo") == visits.RECEIPT_NO


def test_what_was_forgotten_is_named_at_the_end(panel: Panel) -> None:
    panel.show(STATES["end-reminders"])
    panel.core.show(card_on_reader=True)
    for name in ("take-card", "take-originals", "take-paper"):
        panel.robot.sees(name)
    panel.core.show(card_on_reader=False)
    assert not panel.robot.shows("take-card")
