import base64
import hashlib
from datetime import timedelta

import pytest

from district.acceptance.chunks import proven
from district.acceptance.guesses import PAUSE, TRIES_MAX, GuessLimit
from district.acceptance.statuses import Status, may_follow
from district.acceptance.tables import RECEIVING, UNREADABLE, Submission
from district.home import Home, initialise, open_services
from district.problems import ProblemError
from district.times import district_day, utc_now

NOW = utc_now()


def test_guesses_are_forgiven_after_a_while() -> None:
    limit = GuessLimit()
    for _ in range(TRIES_MAX):
        assert limit.wait_s("1", NOW) == 0
        limit.wrong("1", NOW)
    assert limit.wait_s("1", NOW) == PAUSE.total_seconds()
    assert limit.wait_s("2", NOW) == 0
    assert limit.wait_s("1", NOW + PAUSE) == 0
    limit.wrong("1", NOW + PAUSE)
    assert limit.wait_s("1", NOW + PAUSE) == 0


def test_guesses_at_ever_other_numbers_do_not_fill_the_memory() -> None:
    limit = GuessLimit()
    for number in range(10_001):
        for _ in range(TRIES_MAX if number == 0 else 1):
            limit.wrong(str(number), NOW)
    assert limit.wait_s("0", NOW) == 0


def test_a_case_that_is_closed_goes_nowhere_but_to_its_collection() -> None:
    closed = {Status.GRANTED, Status.REFUSED, Status.WITHDRAWN, Status.NOT_ACCEPTED, Status.COLLECTED}
    ways = {(a, b) for a in closed for b in Status if may_follow(a, b)}
    assert ways == {(Status.GRANTED, Status.COLLECTED)}


def test_every_status_can_be_reached_and_an_open_case_can_always_be_withdrawn() -> None:
    reached = {b for a in Status for b in Status if may_follow(a, b)}
    assert reached == set(Status) - {Status.RECEIVED}
    assert all(may_follow(status, Status.WITHDRAWN) for status in (Status.RECEIVED, Status.SUSPENDED))


def _digest(chunk: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(chunk).digest()).decode()}:"


@pytest.mark.parametrize("field", [None, _digest(b"x"), "md5=:AAAA:", "md5=:AAAA:, " + _digest(b"x")])
def test_a_chunk_is_proven_by_its_digest_where_it_has_one(field: str | None) -> None:
    proven(b"x", field)


@pytest.mark.parametrize("field", [_digest(b"y"), "sha-256=:A:", "md5=:AAAA:,sha-256=:AAAA:"])
def test_a_chunk_with_another_digest_is_refused(field: str) -> None:
    with pytest.raises(ProblemError) as refused:
        proven(b"x", field)
    assert refused.value.code == "upload.chunk-damaged"


def test_the_day_of_a_case_number_is_that_of_the_district() -> None:
    midnight = NOW.replace(hour=16, minute=0, second=0, microsecond=0)
    assert district_day(midnight) == NOW.date() + timedelta(days=1)
    assert district_day(midnight - timedelta(seconds=1)) == NOW.date()


def unreadable() -> Submission:
    return Submission(
        id="ab" * 16,
        terminal="T0421",
        seq=1,
        receipt_no="T0421-000001-XX",
        service="item",
        kid="seal-0",
        container_ver=1,
        size=10,
        digest="cd" * 32,
        state=UNREADABLE,
        upload_offset=10,
        restarts=0,
        announced_at=NOW,
    )


def test_a_file_that_cannot_be_read_keeps_no_platform_from_starting(new_home: Home) -> None:
    initialise(new_home, "T0421", utc_now)
    with open_services(new_home, None, utc_now) as services:
        with services.database.writing() as session:
            session.add(unreadable())
        # A folder in its place fails as a bad sector does.
        (new_home.root / "containers" / "ab" / f"{'ab' * 16}.zwq").mkdir(parents=True)
        services.committer.reopen_all()
        with services.database.reading() as session:
            assert session.get_one(Submission, "ab" * 16).state == UNREADABLE


def test_an_unreadable_container_that_was_lost_is_waited_for_again(new_home: Home) -> None:
    initialise(new_home, "T0421", utc_now)
    with open_services(new_home, None, utc_now) as services:
        with services.database.writing() as session:
            session.add(unreadable())
        services.committer.reopen_all()
        with services.database.reading() as session:
            found = session.get_one(Submission, "ab" * 16)
            assert (found.state, found.upload_offset) == (RECEIVING, 0)
