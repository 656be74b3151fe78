"""From the attract screen to the card, by touch: every error and every way out before anybody is known."""

from dataclasses import replace

import pytest

from kiosk.demo.scenes import situations, visits
from kiosk.session.acting_states import Arranging
from kiosk.session.effects import HoldRoom
from kiosk.session.events import CardReadWasRefused, CardWasDetected, CardWasRemoved, NetworkSeen, RoomRefused
from kiosk.session.states import (
    Attract,
    Checking,
    Finding,
    Guiding,
    Home,
    Identifying,
    Notifying,
    Previewing,
    Unfit,
)
from tests.support.panel import KEYBOARD_NOISE
from tests.support.walking import CARD, SERIAL, Walk, broken, healthy

pytestmark = KEYBOARD_NOISE


def test_a_touch_on_the_attract_screen_opens_the_doors(walk: Walk) -> None:
    walk.begins().taps("start").is_at(Home).sees("door-apply")
    walk.taps("back").sees("start")
    walk.taps("start", "end").sees("start")


def test_every_door_leads_somewhere_and_back(walk: Walk) -> None:
    walk.begins(Home())
    doors = [item.objectName() for item in walk.panel.controls() if item.objectName().startswith("door-")]
    for door in doors:
        if door in ("door-elder", "door-standard"):
            continue
        walk.begins(Home()).taps(door)
        assert not isinstance(walk.state, Home | Attract), door
        walk.taps("back").is_at(Home)


def test_without_the_network_filing_says_it_is_kept_and_asking_for_progress_still_opens(walk: Walk) -> None:
    walk.begins(Home()).hears(NetworkSeen(online=False)).sees("offline")
    walk.sees("door-apply", "离线可暂存").taps("door-apply").is_at(Finding)
    walk.taps("back", "door-progress", "back").is_at(Home)


def test_the_elder_door_makes_everything_larger_and_the_standard_door_takes_it_back(walk: Walk) -> None:
    walk.begins(Home()).taps("door-elder")
    assert walk.core.session.access.elder
    walk.taps("door-standard")
    assert not walk.core.session.access.elder


def test_nothing_found_says_so_and_all_leads_on(walk: Walk) -> None:
    walk.begins("find-nothing").sees("nothing", "没有找到")
    walk.taps("facet-all").sees("item-old-age-allowance")
    assert walk.state == Finding()


@pytest.mark.parametrize("group", ["event-retire", "theme-elderly", "department-11440306SAMPLEMZ01"])
def test_a_service_is_found_without_typing_and_the_way_back_is_the_way_there(walk: Walk, group: str) -> None:
    facet, _, key = group.partition("-")
    walk.begins(Finding()).taps(f"facet-{facet}", f"group-{key}", "item-old-age-allowance").is_at(Guiding)
    walk.taps("back").sees("item-old-age-allowance")
    walk.taps("back").sees(f"group-{key}")
    walk.taps("back").is_at(Home)


def test_what_the_filter_hides_is_told_and_comes_back(walk: Walk) -> None:
    walk.begins(Finding()).taps("only-here")
    assert not walk.shows("item-passport")
    walk.begins(Finding(query="passport", here=True)).sees("nothing", "本机可办")
    walk.taps("only-here").sees("item-passport")


def test_a_word_with_a_slip_still_finds_what_was_meant(walk: Walk) -> None:
    walk.begins(Finding(query="gaolingjintei")).sees("near").taps("item-old-age-allowance").is_at(Guiding)
    walk.taps("back").is_at(Finding).sees("item-old-age-allowance")


def test_a_guide_for_a_window_cannot_be_started_here(walk: Walk) -> None:
    walk.begins("guide-window").sees("title")
    assert not walk.shows("continue")
    walk.taps("back").is_at(Finding)


def test_a_guide_is_taken_on_the_phone_and_back_leads_to_it(walk: Walk) -> None:
    walk.begins("guide").taps("phone-guide").sees("code")
    assert not walk.shows("phone-guide")
    walk.taps("back").is_at(Guiding).sees("phone-guide")
    assert not walk.shows("code")
    walk.taps("phone-guide", "continue").is_at(Notifying)


@pytest.mark.parametrize(
    ("device", "code"), [("scanner-1", "item.needs-scanner"), ("idcard-1", "item.needs-id-card")]
)
def test_a_device_the_item_needs_is_missed_before_the_first_question(
    walk: Walk, device: str, code: str
) -> None:
    walk.begins(Guiding(visits.item())).hears(broken(device)).taps("continue")
    walk.is_told(code).is_at(Guiding)
    walk.hears(healthy(device)).taps("continue")
    assert not isinstance(walk.state, Guiding)


def test_an_item_that_needs_the_network_says_so_while_it_is_away(walk: Walk) -> None:
    needy = replace(visits.item(), requires=replace(visits.item().requires, network="required"))
    walk.begins(Guiding(needy), online=False).taps("continue")
    walk.is_told("item.needs-network").taps("back").is_at(Finding)


def test_no_room_for_an_application_is_told_before_the_first_question(walk: Walk) -> None:
    walk.begins(Guiding(visits.item())).taps("continue")
    assert walk.asked(HoldRoom)
    walk.hears(RoomRefused(SERIAL, "queue.no-space")).is_at(Guiding).is_told("queue.no-space")


def test_the_precheck_wants_an_answer_before_it_goes_on(walk: Walk) -> None:
    walk.begins(Checking(situations.checked(visits.item()), "household")).taps("continue")
    walk.is_told("precheck.choose-first").taps("choice-district", "continue").is_at(Checking)
    walk.taps("choice-home", "continue").is_at(Notifying)
    walk.taps("back").is_at(Checking)
    walk.taps("back", "back").is_at(Guiding)


def test_an_answer_that_stops_leads_to_a_page_of_its_own_and_on_to_the_guide(walk: Walk) -> None:
    walk.begins(Checking(situations.checked(visits.item()), "household"))
    walk.taps("choice-other", "continue").is_at(Unfit).sees("reason", "户籍所在地")
    walk.taps("back").is_at(Checking)
    walk.taps("continue", "continue").is_at(Guiding)


def test_whoever_does_not_agree_to_the_notice_goes_back_to_the_guide_or_leaves(walk: Walk) -> None:
    walk.begins(Notifying(visits.item())).taps("back").is_at(Guiding)
    walk.begins(Notifying(visits.item())).taps("end").sees("start")


@pytest.mark.parametrize(
    "code",
    ["idcard.wrong-card", "idcard.moved", "idcard.unreadable", "idcard.auth-failed", "idcard.data-invalid"],
)
def test_a_card_that_cannot_be_read_says_why_and_the_next_try_counts(walk: Walk, code: str) -> None:
    walk.begins(Notifying(visits.item())).taps("continue", "pick-self").is_at(Identifying)
    walk.hears(CardWasDetected()).sees("title", "正在读取")
    walk.hears(CardReadWasRefused(code)).is_told(code)
    walk.hears(CardWasRemoved()).is_told(code)
    walk.lays().is_at(Previewing)


def test_an_expired_card_is_refused_with_a_reason(walk: Walk) -> None:
    walk.begins("identify").lays(replace(CARD, valid_until="20200101")).is_told("identity.card-expired")
    walk.hears(CardWasRemoved()).taps("back").is_at(Arranging)


def test_a_card_that_lay_there_before_has_to_be_lifted_first(walk: Walk) -> None:
    walk.begins(Notifying(visits.item())).hears(CardWasDetected()).taps("continue", "pick-self")
    walk.is_told("idcard.lift-first").hears(CardWasRemoved())
    assert not walk.shows("fault")
    walk.lays().is_at(Previewing)


def test_failed_tries_are_counted_and_nobody_is_shut_out(walk: Walk) -> None:
    walk.begins("identify")
    for _ in range(4):
        walk.hears(CardWasDetected(), CardReadWasRefused("idcard.moved"), CardWasRemoved())
    assert isinstance(walk.state, Identifying)
    assert walk.state.attempts == 4
    walk.is_told("idcard.try-elsewhere").lays().is_at(Previewing)


def test_a_reader_that_breaks_says_so_and_reads_once_it_is_back(walk: Walk) -> None:
    walk.begins("identify").hears(CardWasDetected(), broken("idcard-1"))
    walk.panel.robot.wait(lambda: walk.says("读卡器"), "the banner names the reader")
    walk.hears(healthy("idcard-1")).lays().is_at(Previewing)


def test_a_reader_that_stays_broken_leaves_a_way_out(walk: Walk) -> None:
    walk.begins("identify").hears(broken("idcard-1")).taps("back").is_at(Arranging)
    walk.begins("identify").hears(broken("idcard-1")).taps("end")
    assert not isinstance(walk.state, Identifying)


def test_an_item_that_is_withdrawn_says_so_and_cannot_be_started(walk: Walk) -> None:
    gone = visits.item("housing-subsidy-talent")
    walk.begins(Guiding(gone)).sees("title")
    walk.panel.robot.wait(lambda: walk.says("不再办理"), "it is said")
    assert not walk.shows("continue")
    walk.taps("back").is_at(Finding)


def test_what_took_the_place_of_a_withdrawn_item_is_one_touch_away(walk: Walk) -> None:
    gone = visits.item("housing-subsidy-talent")
    successor = gone.withdrawn.successor if gone.withdrawn is not None else None
    walk.begins("guide-withdrawn").taps(f"successor-{successor}").is_at(Guiding)
    assert walk.state == Guiding(visits.item(successor or ""))
