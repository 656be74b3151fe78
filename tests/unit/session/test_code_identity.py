"""Being identified by a one-ID code, and what is offered when the card is not read."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.catalogue.model import ServiceItem
from kiosk.domain.identity import CodeRecord
from kiosk.session.effects import (
    ArmCodeScanner,
    DisarmCardReader,
    DisarmCodeScanner,
    FetchPrefill,
    VerifyCode,
)
from kiosk.session.errand import Filing
from kiosk.session.events import (
    CardReadWasRefused,
    CardWasDetected,
    CardWasRead,
    CodeRefused,
    CodeVerified,
    CodeWasScanned,
    Continued,
    DeviceHealthChanged,
    Door,
    DoorOpened,
    Ended,
    NetworkSeen,
    WentBack,
)
from kiosk.session.mine_states import Presenting
from kiosk.session.side_events import Picked
from kiosk.session.states import (
    Attract,
    CardPhase,
    Fault,
    Guiding,
    Identifying,
    Notifying,
    Previewing,
    Reviewing,
    Signing,
)
from kiosk.session.ways import Ways, ways

from .conftest import CHEN, Walk, broken, healthy

CODE = "gZ1pNq-one-time"
PERSON = CodeRecord(CHEN.name, CHEN.number, "2", date(1943, 5, 17), CHEN.address, None)
ZHOU = replace(
    CHEN,
    name="周远航",
    sex="1",
    born="19920308",
    number="431124199203089913",
)


@pytest.fixture
def walk() -> Walk:
    return Walk().does(DeviceHealthChanged(healthy("codes-1")), NetworkSeen(online=True))


def identifying(walk: Walk) -> Identifying:
    assert isinstance(walk.state, Identifying)
    return walk.state


def offered(walk: Walk) -> Ways:
    return ways(walk.session, identifying(walk))


def checking(walk: Walk) -> Walk:
    return walk.to_identify().does(CodeWasScanned(CODE))


def verified(walk: Walk, record: CodeRecord = PERSON, code: str = CODE) -> CodeVerified:
    return CodeVerified(walk.session.serial, code, record)


def refused(walk: Walk, why: str, code: str = CODE) -> CodeRefused:
    return CodeRefused(walk.session.serial, code, why)


# The scanner --------------------------------------------------------------------------------------


def test_the_scanner_listens_while_somebody_is_asked_who_they_are(walk: Walk) -> None:
    walk.to_identify()
    assert ArmCodeScanner() in walk.effects
    walk.does(WentBack())
    assert DisarmCodeScanner() in walk.effects


def test_it_does_not_listen_without_the_platform_and_does_again_with_it(walk: Walk) -> None:
    walk.to_identify().does(NetworkSeen(online=False))
    assert walk.effects == (DisarmCodeScanner(),)
    walk.does(NetworkSeen(online=True))
    assert walk.effects == (ArmCodeScanner(),)


def test_a_scanner_that_comes_back_listens_again(walk: Walk) -> None:
    walk.to_identify().does(DeviceHealthChanged(broken("codes-1")))
    assert walk.effects == (DisarmCodeScanner(),)
    walk.does(DeviceHealthChanged(healthy("codes-1")))
    assert walk.effects == (ArmCodeScanner(),)


def test_a_terminal_without_a_scanner_asks_for_the_card_alone() -> None:
    walk = Walk().does(NetworkSeen(online=True)).to_identify()
    assert ArmCodeScanner() not in walk.effects
    assert offered(walk) == Ways(card=True, code=False, why=None, first="card", told=())


# The code -----------------------------------------------------------------------------------------


def test_a_code_is_verified_by_the_platform_and_identifies_its_holder(walk: Walk) -> None:
    checking(walk)
    assert identifying(walk).checking == CODE
    assert walk.effects == (VerifyCode(walk.session.serial, CODE),)
    walk.does(verified(walk))
    assert isinstance(walk.state, Previewing)
    holder = walk.state.visit.holder
    assert (holder.name, holder.number, holder.proof) == (CHEN.name, CHEN.number, "code")
    assert any(isinstance(effect, FetchPrefill) for effect in walk.effects)
    assert {DisarmCardReader(), DisarmCodeScanner()} <= set(walk.effects)


def test_what_the_code_told_names_the_code_as_its_source(walk: Walk) -> None:
    checking(walk).does(verified(walk))
    assert isinstance(walk.state, Previewing)
    assert {datum.source.zh for datum in walk.state.visit.data} == {"一码通"}


def test_a_code_opens_what_fits_oneself_too(walk: Walk) -> None:
    walk.to_home().does(DoorOpened(Door.MINE), CodeWasScanned(CODE), verified(walk))
    assert isinstance(walk.state, Presenting)


def test_a_second_code_waits_until_the_first_is_answered(walk: Walk) -> None:
    checking(walk).does(CodeWasScanned("another"))
    assert (identifying(walk).checking, walk.effects) == (CODE, ())
    walk.does(refused(walk, "identity-code.expired"), CodeWasScanned("another"))
    assert walk.effects == (VerifyCode(walk.session.serial, "another"),)


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
def test_a_code_that_is_not_taken_says_why_and_counts_no_try_of_the_card(walk: Walk, why: str) -> None:
    checking(walk).does(refused(walk, why))
    assert walk.state == Identifying(Filing(walk.item), fault=Fault(why))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "identity.name-missing"),
        ({"number": "440306194305179909"}, "identity.number-invalid"),
        ({"born": date(1943, 5, 18)}, "identity.birth-mismatch"),
        ({"sex": "1"}, "identity.sex-mismatch"),
        ({"valid_until": date(2026, 11, 22)}, "identity.card-expired"),
    ],
)
def test_whom_the_code_names_is_checked_like_a_card(
    walk: Walk, changed: dict[str, object], code: str
) -> None:
    checking(walk).does(verified(walk, replace(PERSON, **changed)))
    assert identifying(walk).fault == Fault(code)


def test_without_the_platform_a_code_asks_nobody(walk: Walk) -> None:
    walk.does(NetworkSeen(online=False)).to_identify().does(CodeWasScanned(CODE))
    assert (identifying(walk).checking, walk.effects) == ("", ())


def test_an_item_that_wants_the_card_takes_no_code() -> None:
    class CardOnly(Walk):
        @property
        def item(self) -> ServiceItem:
            item = super().item
            return replace(item, requires=replace(item.requires, identity=("id-card",)))

    walk = CardOnly().does(DeviceHealthChanged(healthy("codes-1")), NetworkSeen(online=True)).to_identify()
    assert ArmCodeScanner() not in walk.effects
    assert identifying(walk.does(CodeWasScanned(CODE))).checking == ""


def test_a_code_shown_while_the_warning_stands_is_not_lost(walk: Walk) -> None:
    walk.to_identify().waits(walk.session.now_s + 10_000)
    assert walk.session.warning_until_s is not None
    walk.does(CodeWasScanned(CODE))
    assert identifying(walk).checking == CODE


def test_a_code_held_up_elsewhere_does_nothing(walk: Walk) -> None:
    walk.to_notice().does(CodeWasScanned(CODE))
    assert isinstance(walk.state, Notifying)
    assert walk.effects == ()


# Card and code together ---------------------------------------------------------------------------


def test_a_card_laid_while_a_code_is_verified_is_read_and_wins(walk: Walk) -> None:
    checking(walk).does(CardWasDetected())
    assert identifying(walk).phase is CardPhase.READING
    walk.does(CardWasRead(ZHOU))
    assert isinstance(walk.state, Previewing)
    walk.does(verified(walk))
    assert isinstance(walk.state, Previewing)
    assert walk.state.visit.holder.name == "周远航"


def test_a_card_that_cannot_be_read_leaves_the_code_its_chance(walk: Walk) -> None:
    checking(walk).does(CardWasDetected(), CardReadWasRefused("idcard.moved"))
    assert identifying(walk).fault == Fault("idcard.moved")
    walk.does(verified(walk))
    assert isinstance(walk.state, Previewing)


def test_a_code_refused_while_a_card_is_read_says_nothing(walk: Walk) -> None:
    checking(walk).does(CardWasDetected(), refused(walk, "identity-code.used"))
    assert walk.state == Identifying(Filing(walk.item), CardPhase.READING)


# Late answers -------------------------------------------------------------------------------------


def test_a_late_answer_of_an_ended_visit_does_nothing(walk: Walk) -> None:
    late = verified(checking(walk))
    walk.does(Ended(), Continued(), late)
    assert isinstance(walk.state, Attract)
    walk.to_identify().does(late)
    assert identifying(walk).fault is None


def test_an_answer_to_a_code_of_a_screen_that_was_left_does_nothing(walk: Walk) -> None:
    checking(walk).does(WentBack(), Picked("self"), verified(walk))
    assert walk.state == Identifying(Filing(walk.item))
    walk.does(CodeWasScanned("another"), refused(walk, "identity-code.used"))
    assert identifying(walk).checking == "another"


# Signing ------------------------------------------------------------------------------------------


def test_whoever_came_by_code_cannot_sign_by_card(walk: Walk) -> None:
    checking(walk).does(verified(walk))
    assert isinstance(walk.state, Previewing)
    visit = walk.state.visit
    walk.session = replace(walk.session, state=Reviewing(visit, declared=True))
    signing = Signing(visit, lifted=True)
    assert not signing.by_card_too
    walk.session = replace(walk.session, state=signing)
    walk.does(CardWasRead(CHEN), CardReadWasRefused("idcard.moved"))
    assert walk.state == signing


# What is offered ----------------------------------------------------------------------------------


def test_both_ways_are_offered_and_the_card_stands_first(walk: Walk) -> None:
    assert offered(walk.to_identify()) == Ways(card=True, code=True, why=None, first="card", told=())


def test_without_the_platform_it_says_why_no_code_is_taken(walk: Walk) -> None:
    now = offered(walk.to_identify().does(NetworkSeen(online=False)))
    assert (now.code, now.why, now.first) == (False, "identity-code.offline", "card")


def test_without_the_reader_the_visit_begins_all_the_same_and_the_code_stands_first(walk: Walk) -> None:
    now = offered(walk.does(DeviceHealthChanged(broken("idcard-1", "idcard.no-answer"))).to_identify())
    assert (now.card, now.code, now.first) == (False, True, "code")


def test_without_reader_and_platform_the_guide_says_so_and_the_screen_leads_elsewhere(walk: Walk) -> None:
    ill = DeviceHealthChanged(broken("idcard-1", "idcard.no-answer"))
    assert offered(walk.to_identify().does(ill, NetworkSeen(online=False))).first == "elsewhere"
    walk.does(Ended(), Continued()).to_notice()
    assert isinstance(walk.state, Guiding)
    assert walk.state.fault == Fault("item.needs-id-card")


def test_each_failed_try_of_a_card_is_helped_in_another_way(walk: Walk) -> None:
    walk.to_identify()
    told: list[tuple[str, tuple[str, ...]]] = []
    for _ in range(4):
        now = offered(walk.does(CardReadWasRefused("idcard.unreadable")))
        told.append((now.first, now.told))
    assert told == [
        ("card", ("idcard.unreadable", "idcard.try-again")),
        ("card", ("idcard.unreadable", "idcard.try-otherwise")),
        ("code", ("idcard.try-code",)),
        ("code", ("idcard.try-code",)),
    ]


def test_where_no_code_is_taken_the_third_failed_try_leads_elsewhere() -> None:
    walk = Walk().to_identify()
    for _ in range(3):
        walk.does(CardReadWasRefused("idcard.unreadable"))
    assert (offered(walk).first, offered(walk).told) == ("elsewhere", ("idcard.try-elsewhere",))


@pytest.mark.parametrize("code", ["idcard.wrong-card", "idcard.lift-first"])
def test_what_another_try_does_not_help_gets_no_hint(walk: Walk, code: str) -> None:
    assert offered(walk.to_identify().does(CardReadWasRefused(code))).told == (code,)


def test_nobody_can_read_a_code_in_what_is_logged(walk: Walk) -> None:
    seen = [checking(walk).state, *walk.effects, CodeWasScanned(CODE), verified(walk), refused(walk, "x.y")]
    assert CODE not in repr(seen)
    assert CHEN.name not in repr(seen)
