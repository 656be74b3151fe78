import pytest

from devices.errors import Remedy, Severity
from devices.idcard.status import AUTH_FAILED, MOVED
from devices.idcard.tally import LOOK_BACK, Tally

CHIPS = [bytes([number] * 8) for number in range(1, 9)]


def reading(failed: int, of: int, code: str = "idcard.unreadable") -> Tally:
    tally = Tally()
    for _ in range(of - failed):
        tally.succeeded()
    for _ in range(failed):
        tally.failed(code)
    return tally


def refusing(tally: Tally, *chips: bytes) -> list[bool]:
    return [tally.wants_reset(AUTH_FAILED, chip) for chip in chips]


def test_seven_failures_among_twenty_cards_are_told_as_a_warning_for_service() -> None:
    complaint = reading(7, LOOK_BACK).complaint("idcard-1")
    assert complaint is not None
    assert (complaint.code, complaint.remedy) == ("idcard.failing-often", Remedy.SERVICE)
    assert complaint.severity is Severity.WARN
    assert complaint.detail == "7 of the last 20 cards"


@pytest.mark.parametrize(("failed", "of"), [(6, 20), (6, 30), (7, 19), (3, 3)])
def test_up_to_thirty_percent_or_too_few_cards_are_told_to_nobody(failed: int, of: int) -> None:
    assert reading(failed, of).complaint("idcard-1") is None


def test_the_warning_ends_when_cards_are_read_again() -> None:
    tally = reading(7, LOOK_BACK)
    for _ in range(14):
        tally.succeeded()
    assert tally.complaint("idcard-1") is None
    assert (tally.reads_ok, tally.reads_failed) == (27, 7)


def test_cards_that_are_no_identity_cards_do_not_count_against_the_reader() -> None:
    assert reading(10, LOOK_BACK, "idcard.wrong-card").complaint("idcard-1") is None


def test_three_different_cards_in_a_row_that_are_refused_want_a_reset() -> None:
    assert refusing(Tally(), *CHIPS[:4]) == [False, False, True, True]


def test_the_same_card_tried_again_and_again_wants_none() -> None:
    assert refusing(Tally(), *[CHIPS[0]] * 5) == [False] * 5


def test_cards_whose_number_is_not_told_are_taken_for_different_ones() -> None:
    assert refusing(Tally(), b"", b"", b"") == [False, False, True]


def test_a_card_that_fails_otherwise_breaks_the_row() -> None:
    tally = Tally()
    assert refusing(tally, *CHIPS[:2]) == [False, False]
    assert not tally.wants_reset(MOVED, b"")
    assert refusing(tally, CHIPS[2]) == [False]


def test_three_more_refused_after_a_reset_are_told_to_service_until_one_is_read() -> None:
    tally = Tally()
    refusing(tally, *CHIPS[:3])
    tally.was_reset()
    assert tally.complaint("idcard-1") is None
    refusing(tally, *CHIPS[3:6])
    tally.was_reset()
    complaint = tally.complaint("idcard-1")
    assert complaint is not None
    assert (complaint.code, complaint.severity) == ("idcard.auth-failing", Severity.WARN)
    tally.succeeded()
    assert tally.complaint("idcard-1") is None


def test_a_reset_for_another_reason_says_nothing_about_refused_cards() -> None:
    tally = Tally()
    tally.was_reset()
    refusing(tally, *CHIPS[:3])
    assert tally.complaint("idcard-1") is None
