"""One-ID codes: whose it is, once, for a moment, and nothing more."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import requests
from sqlalchemy import func, select

from district.limits import Limits
from district.resources.identity_codes import KEPT, LIFETIME, IdentityCode, NobodyError, issue
from district.resources.tables import Lookup
from kiosk.backend import BackendError
from kiosk.domain.identity import CodeRecord
from tests.contract.hosted import Hosted
from tests.contract.platform import NAME, NUMBER, TERMINAL, Platform

HOME = "广东省深圳市宝安区新安街道织网社区织网路7号3栋502"
CHEN = CodeRecord(NAME, NUMBER, "2", date(1943, 5, 17), HOME, None)


@pytest.fixture
def district(host: Hosted) -> Iterator[Hosted]:
    yield host
    host.later = timedelta()
    host.services.code_guesses.forgive(TERMINAL)


def _issued(district: Hosted, number: str = NUMBER) -> str:
    return district.services.database.transact(lambda session: issue(session, number, district.now()))


def _refused(platform: Platform, code: str) -> str:
    with platform.client() as client, pytest.raises(BackendError) as refused:
        client.identify(code)
    return refused.value.code


def test_a_code_tells_whose_it_is_as_the_card_would(district: Hosted) -> None:
    with district.client() as client:
        assert client.identify(_issued(district)) == CHEN
        zhou = client.identify(_issued(district, "431124199203089913"))
    assert (zhou.sex, zhou.born, zhou.valid_until) == ("1", date(1992, 3, 8), date(2037, 9, 22))
    assert zhou.address  # of the residence, where the household is elsewhere


def test_a_code_is_good_for_one_time_also_for_the_same_terminal(district: Hosted) -> None:
    code = _issued(district)
    with district.client() as client:
        client.identify(code)
    assert _refused(district, code) == "identity-code.used"


def test_of_two_terminals_that_are_shown_the_same_code_one_is_answered(district: Hosted) -> None:
    code = _issued(district)
    told: list[str] = []

    def show() -> None:
        try:
            with district.client() as client:
                told.append(client.identify(code).name)
        except BackendError as error:
            told.append(error.code)

    threads = [threading.Thread(target=show) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == sorted([NAME, *["identity-code.used"] * 3])


def test_a_code_whose_time_is_over_is_refused(district: Hosted) -> None:
    code = _issued(district)
    district.later = LIFETIME
    assert _refused(district, code) == "identity-code.expired"


def test_what_was_never_issued_is_no_code(district: Hosted) -> None:
    assert _refused(district, "https://example.org/another-code") == "identity-code.unknown"


def test_old_codes_are_forgotten_when_the_next_is_issued(district: Hosted) -> None:
    code = _issued(district)
    district.later = LIFETIME + KEPT + timedelta(seconds=1)
    _issued(district)
    assert _refused(district, code) == "identity-code.unknown"


def test_a_terminal_that_shows_nonsense_has_to_wait_and_is_then_heard_again(district: Hosted) -> None:
    for number in range(Limits().code_tries):
        assert _refused(district, f"nonsense-{number}") == "identity-code.unknown"
    assert _refused(district, _issued(district)) == "identity-code.too-many-tries"
    district.later = Limits().code_pause
    with district.client() as client:
        assert client.identify(_issued(district)).name == NAME


def test_the_code_itself_is_nowhere_in_the_database(district: Hosted) -> None:
    code = _issued(district)
    with district.services.database.reading() as session:
        assert all(code not in str(kept.code_hash) for kept in session.scalars(select(IdentityCode)))
    data = b"".join(path.read_bytes() for path in district.folder.glob("district.sqlite*"))
    assert code.encode() not in data


def test_a_good_code_makes_up_for_those_that_were_none(district: Hosted) -> None:
    for number in range(2 * Limits().code_tries):
        assert _refused(district, f"nonsense-{number}") == "identity-code.unknown"
        if number % 10 == 0:
            with district.client() as client:
                client.identify(_issued(district))


def test_that_somebody_was_identified_is_written_down(district: Hosted) -> None:
    wanted = select(func.count()).where(Lookup.item == "identity")
    with district.services.database.reading() as session:
        before = session.scalar(wanted) or 0
    with district.client() as client:
        client.identify(_issued(district))
    with district.services.database.reading() as session:
        assert session.scalar(wanted) == before + 1


def test_nobody_unknown_gets_a_code(district: Hosted) -> None:
    with pytest.raises(NobodyError):
        _issued(district, "440306199902309919")


def test_only_a_terminal_may_ask(platform: Platform) -> None:
    reply = requests.post(f"{platform.url}/v1/identity-codes/verify", json={"code": "x"}, timeout=10)
    assert reply.status_code == 401


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": "x" * 513}, {"code": 7}, {"code": "x", "y": 1}])
def test_what_is_no_question_is_refused_without_repeating_it(platform: Platform, body: object) -> None:
    reply = platform.raw("POST", "/v1/identity-codes/verify", json=body)
    assert (reply.status_code, reply.json()["code"]) == (422, "request.invalid")
    assert "xxx" not in reply.text
