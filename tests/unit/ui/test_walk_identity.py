"""Who stands here: by one-ID code, when the card is not read, and when nothing can read it."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.demo.scenes import visits
from kiosk.domain.identity import CodeRecord
from kiosk.session.acting_states import Arranging
from kiosk.session.effects import VerifyCode
from kiosk.session.events import (
    CardReadWasRefused,
    CardWasDetected,
    CardWasRead,
    CardWasRemoved,
    CodeRefused,
    CodeVerified,
    CodeWasScanned,
    NetworkSeen,
)
from kiosk.session.states import Guiding, Identifying, Notifying, Previewing, Signing
from tests.support.panel import KEYBOARD_NOISE
from tests.support.walking import CARD, SERIAL, Walk, broken, healthy

pytestmark = KEYBOARD_NOISE
CODE = "zW4-one-time"
PERSON = CodeRecord(visits.NAME, visits.NUMBER, "2", date(1943, 5, 17), visits.ADDRESS, None)


@pytest.fixture
def walk(walk: Walk) -> Walk:
    """Before the notice, at a terminal with a code scanner."""
    return walk.begins(Notifying(visits.item())).hears(healthy("codes-1"))


def for_oneself(walk: Walk) -> Walk:
    """From the notice to the card, for nobody else."""
    return walk.taps("continue", "pick-self")


def test_a_code_is_shown_verified_and_the_visit_goes_on(walk: Walk) -> None:
    for_oneself(walk).sees("title", "请放身份证，或出示一码通").sees("other-way", "没有带身份证")
    walk.hears(CodeWasScanned(CODE)).sees("title", "正在核验一码通")
    assert walk.asked(VerifyCode)
    walk.hears(CodeVerified(SERIAL, CODE, PERSON)).is_at(Previewing)


@pytest.mark.parametrize(
    "why",
    [
        "identity-code.unknown",
        "identity-code.expired",
        "identity-code.used",
        "identity-code.too-many-tries",
        "identity-code.unreachable",
    ],
)
def test_a_code_that_is_not_taken_says_why_and_the_next_one_counts(walk: Walk, why: str) -> None:
    for_oneself(walk).hears(CodeWasScanned(CODE), CodeRefused(SERIAL, CODE, why)).is_told(why)
    walk.hears(CodeWasScanned("another"), CodeVerified(SERIAL, "another", PERSON)).is_at(Previewing)


def test_a_card_laid_while_the_code_is_verified_is_not_lost(walk: Walk) -> None:
    for_oneself(walk).hears(CodeWasScanned(CODE), CardWasDetected()).sees("title", "正在读取")
    walk.hears(CardWasRead(CARD)).is_at(Previewing)


def test_without_the_platform_it_says_why_no_code_is_taken(walk: Walk) -> None:
    for_oneself(walk).hears(NetworkSeen(online=False)).sees("title", "请把身份证平放在读卡区")
    walk.sees("other-way", "网络中断，现在不能用一码通")
    walk.hears(NetworkSeen(online=True)).sees("title", "或出示一码通")


def test_each_failed_try_is_helped_in_another_way(walk: Walk) -> None:
    for_oneself(walk)
    for hint in ("idcard.try-again", "idcard.try-otherwise", "idcard.try-code"):
        walk.hears(CardWasDetected(), CardReadWasRefused("idcard.unreadable"), CardWasRemoved())
        walk.is_told(hint)
    walk.sees("title", "请出示手机上的一码通").sees("other-way", "身份证也可以再试")
    walk.lays().is_at(Previewing)


def test_without_the_reader_the_code_stands_first(walk: Walk) -> None:
    walk.begins(Guiding(visits.item())).hears(healthy("codes-1"), broken("idcard-1", "idcard.no-answer"))
    walk.panel.robot.wait(lambda: walk.says("可以用手机上的一码通"), "the guide says how it can be done")
    for_oneself(walk.taps("continue").is_at(Notifying)).sees("title", "请出示手机上的一码通")
    walk.hears(CodeWasScanned(CODE), CodeVerified(SERIAL, CODE, PERSON)).is_at(Previewing)


def test_without_reader_and_code_it_says_where_else(walk: Walk) -> None:
    for_oneself(walk).hears(broken("idcard-1", "idcard.no-answer"), NetworkSeen(online=False))
    walk.sees("title", "现在不能在这里核验身份")
    for place in walk.core.facts.neighbours:
        assert walk.says(place.zh)
    walk.hears(healthy("idcard-1")).sees("title", "请把身份证平放在读卡区")
    walk.taps("back").is_at(Arranging)


def test_whoever_came_by_code_signs_with_the_finger(walk: Walk) -> None:
    visit = visits.visit(filled=True)
    walk.begins(Signing(replace(visit, holder=replace(visit.holder, proof="code")), lifted=True))
    assert not walk.says("身份证")
    walk.lays()
    assert not walk.shows("confirmed")
    walk.taps("continue").is_told("signature.empty")
    assert not walk.says("身份证")


def test_back_gives_the_code_up_and_its_late_answer_changes_nothing(walk: Walk) -> None:
    for_oneself(walk).hears(CodeWasScanned(CODE)).taps("back").is_at(Arranging)
    walk.hears(CodeVerified(SERIAL, CODE, PERSON)).is_at(Arranging)
    walk.taps("pick-self").is_at(Identifying)
