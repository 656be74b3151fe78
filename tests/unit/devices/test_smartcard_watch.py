from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.model import DeviceEvent, SmartCardInserted, SmartCardRemoved
from devices.smartcard.pcsc_driver import make
from devices.smartcard.watch import LASTING_S, SETTLED_S, Look, Watch
from devices.transports.pcsc import SERVICE_DOWN, UNSEEN, ReaderState

ATR = b"\x3b\x80\x01\x81"
EMPTY = Look(reader="A", state=replace(UNSEEN, known=True))
CARD = Look(reader="A", state=replace(UNSEEN, known=True, present=True, events=1, atr=ATR))
OTHER = replace(CARD, state=replace(CARD.state, events=3))
MUTE = replace(CARD, state=replace(CARD.state, mute=True, atr=b""))
DOWN, GONE = Look(SERVICE_DOWN, "no service"), Look(ABSENT, "no reader")
REMOVED = SmartCardRemoved("smartcard-1")
INSERTED = SmartCardInserted("smartcard-1", ATR)
SWAPPED = SmartCardInserted("smartcard-1", ATR, swapped=True)


def told(*looks: Look) -> list[DeviceEvent]:
    watch = Watch("smartcard-1")
    return [event for look in looks for event in watch.see(look, 0.0)]


@pytest.mark.parametrize(
    ("looks", "events"),
    [
        ((EMPTY, CARD, EMPTY), [REMOVED, INSERTED, REMOVED]),
        ((EMPTY, EMPTY), [REMOVED]),
        ((CARD,), [INSERTED]),
        ((CARD, CARD), [INSERTED]),
        ((CARD, OTHER), [INSERTED, REMOVED, SWAPPED]),
        ((CARD, DOWN, CARD), [INSERTED, REMOVED, INSERTED]),
        ((CARD, GONE, EMPTY), [INSERTED, REMOVED, REMOVED][:2]),
        ((DOWN, GONE, EMPTY), [REMOVED]),
        ((CARD, replace(CARD, reader="B")), [INSERTED, REMOVED, SWAPPED]),
    ],
)
def test_looks_tell_what_has_happened(looks: tuple[Look, ...], events: list[DeviceEvent]) -> None:
    assert told(*looks) == events


def test_a_card_that_speaks_after_it_was_mute_is_told_with_what_it_says() -> None:
    assert told(MUTE, CARD) == [SmartCardInserted("smartcard-1", b""), INSERTED]


@given(st.lists(st.sampled_from([EMPTY, CARD, OTHER, MUTE, DOWN, GONE]), max_size=12))
def test_no_card_is_told_on_top_of_another_and_none_stays_when_nothing_is_there(looks: list[Look]) -> None:
    inside = False
    for event in told(EMPTY, *looks, EMPTY)[1:]:
        assert inside or isinstance(event, SmartCardInserted)
        inside = isinstance(event, SmartCardInserted)
    assert not inside


def test_a_card_that_did_not_answer_is_gone_at_once_and_its_removal_is_told_once() -> None:
    watch = Watch("smartcard-1")
    watch.see(CARD, 0.0)
    assert watch.lose(1.0) == (REMOVED,)
    assert watch.card is None
    assert watch.lose(1.1) == ()
    assert watch.see(EMPTY, 1.2) == []
    assert watch.settle(9.0) == ()


def test_a_card_that_is_still_seen_after_one_was_lost_counts_as_another_one() -> None:
    watch = Watch("smartcard-1")
    watch.see(CARD, 0.0)
    watch.lose(1.0)
    assert watch.see(CARD, 1.1) == []
    assert watch.settle(1.0 + SETTLED_S / 2) == ()
    assert watch.settle(1.0 + SETTLED_S) == (SWAPPED,)
    assert watch.card == CARD.state


def trouble(watch: Watch, now_s: float) -> tuple[str, Remedy] | None:
    error = watch.trouble(now_s)
    return None if error is None else (error.code, error.remedy)


def test_a_service_that_stays_away_becomes_a_matter_for_somebody() -> None:
    watch = Watch("smartcard-1")
    watch.see(DOWN, 100.0)
    watch.see(replace(DOWN, detail="another word for it"), 101.0)
    assert trouble(watch, 101.0) == (SERVICE_DOWN, Remedy.RETRY)
    assert trouble(watch, 100.0 + LASTING_S) == (SERVICE_DOWN, Remedy.SERVICE)
    watch.see(EMPTY, 200.0)
    assert trouble(watch, 200.0) is None


def test_a_mute_card_and_a_missing_reader_are_told_as_such() -> None:
    watch = Watch("smartcard-1")
    watch.see(MUTE, 0.0)
    assert trouble(watch, 0.0) == ("smartcard.mute", Remedy.RESIDENT)
    watch.see(GONE, 0.0)
    assert trouble(watch, 0.0) == ("device.absent", Remedy.SERVICE)


@pytest.mark.parametrize(
    ("flags", "known", "present", "mute", "events"),
    [
        (0x10022, True, True, False, 1),
        (0x20012, True, False, False, 2),
        (0x10222, True, True, True, 1),
        (0x10122 | 0x100, True, True, False, 1),
        (0x2, False, False, False, 0),
        (0xA, False, False, False, 0),
    ],
)
def test_the_services_word_is_read_as_measured(
    flags: int, *, known: bool, present: bool, mute: bool, events: int
) -> None:
    state = ReaderState.of(flags, ATR if present else b"")
    assert (state.known, state.present, state.mute, state.events) == (known, present, mute, events)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"readers": "x"}, "readers"),
        ({"reader": 1}, "reader"),
        ({"service_socket": "relative"}, "service_socket"),
    ],
)
def test_an_option_that_is_wrong_is_named(options: dict[str, object], named: str) -> None:
    with pytest.raises(DeviceError, match=r"device\.bad-option") as caught:
        make("smartcard-1", options)
    assert named in caught.value.detail
