# The database alone keeps submissions single: here nothing else stands between two that act at once.
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from district.acceptance.announcing import AnnouncementIn, announce
from district.acceptance.commit import Committer
from district.acceptance.tables import Case, Submission
from district.acceptance.uploads import Uploads
from district.database import Database
from district.problems import ProblemError
from district.resources.tables import Department
from tests.contract.hosted import Hosted
from tests.contract.platform import TERMINAL, Sealed

T = TypeVar("T")
ROUNDS = 4
CONNECTIONS = 3


@pytest.fixture
def databases(host: Hosted) -> Iterator[list[Database]]:
    with ExitStack() as stack:
        opened = [host.home.database() for _ in range(CONNECTIONS)]
        for database in opened:
            stack.callback(database.close)
        yield opened


def _at_once(jobs: list[Callable[[], T]]) -> list[T]:
    barrier = threading.Barrier(len(jobs))

    def run(job: Callable[[], T]) -> T:
        barrier.wait(20)
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def _uploaded(host: Hosted) -> Sealed:
    sealed = host.sealed()
    with host.transport() as transport:
        transport.announce(sealed.meta)
        transport.append(sealed.meta.submission_id, 0, sealed.container, last=False)
    return sealed


def _committer(host: Hosted, database: Database) -> Committer:
    here = host.services
    uploads = Uploads(host.folder / "containers", database, here.limits, here.now)
    return Committer(database, uploads, here.committer.keys, here.catalogue, here.now)


def _commit(host: Hosted, database: Database, sealed: Sealed) -> object:
    with database.reading() as session:
        row = session.get_one(Submission, sealed.meta.submission_id)
    _committer(host, database).commit(row)
    with database.reading() as session:
        return session.get_one(Submission, sealed.meta.submission_id).ack


def test_one_submission_committed_by_several_at_once_becomes_one_case(
    host: Hosted, databases: list[Database]
) -> None:
    for _ in range(ROUNDS):
        sealed = _uploaded(host)
        jobs = [partial(_commit, host, database, sealed) for database in databases]
        acks = _at_once(jobs)
        assert acks[0] is not None
        assert all(ack == acks[0] for ack in acks)
        assert host.cases(sealed.meta.submission_id) == 1


def test_several_submissions_committed_at_once_get_numbers_one_after_the_other(
    host: Hosted, databases: list[Database]
) -> None:
    sealed = [[_uploaded(host) for _ in databases] for _ in range(ROUNDS)]
    for group in sealed:
        pairs = zip(databases, group, strict=True)
        _at_once([partial(_commit, host, database, one) for database, one in pairs])
    names = {one.meta.submission_id for group in sealed for one in group}
    with host.services.database.reading() as session:
        numbers = session.scalars(select(Case.number).where(Case.submission_id.in_(names))).all()
    tails = sorted(int(number[-4:]) for number in numbers)
    assert tails == list(range(tails[0], tails[0] + len(names)))


def _announce(host: Hosted, database: Database, sealed: Sealed, digest: str) -> str:
    fields = {**asdict(sealed.meta), "digest": digest}
    name = fields.pop("submission_id")
    try:
        found = announce(database, name, AnnouncementIn.model_validate(fields), TERMINAL, host.now())
    except ProblemError as error:
        return f"{int(error.status)} {error.code}"
    return "created" if found.created else "known"


def test_of_two_announcements_with_different_digests_one_is_refused(
    host: Hosted, databases: list[Database]
) -> None:
    for _ in range(ROUNDS):
        sealed = host.sealed()
        jobs = [
            partial(_announce, host, database, sealed, digest * 64)
            for database, digest in zip(databases[:2], "ab", strict=True)
        ]
        assert sorted(_at_once(jobs)) == ["422 submission.digest-conflict", "created"]


def test_of_equal_announcements_at_once_one_creates_and_the_others_find_it(
    host: Hosted, databases: list[Database]
) -> None:
    for _ in range(ROUNDS):
        sealed = host.sealed()
        jobs = [partial(_announce, host, database, sealed, sealed.meta.digest) for database in databases]
        assert sorted(_at_once(jobs)) == ["created", "known", "known"]


def test_transactions_that_block_each_other_are_repeated(host: Hosted, databases: list[Database]) -> None:
    del host
    names = ["one", "two"]
    with databases[0].writing() as session:
        session.add_all(Department(code=f"lock-{name}", name_zh="", name_en="") for name in names)
    met = threading.Barrier(2)
    first_time = threading.local()

    def work(session: Session, order: list[str], mark: str) -> None:
        for name in order:
            row = session.get_one(Department, f"lock-{name}", with_for_update=True)
            row.name_en += mark
            session.flush()
            if not databases[0].is_sqlite and not hasattr(first_time, "over"):
                # Each holds one row and goes on to want the other's.
                first_time.over = True
                met.wait(20)

    jobs = [
        lambda: databases[0].transact(lambda session: work(session, names, "a")),
        lambda: databases[1].transact(lambda session: work(session, names[::-1], "b")),
    ]
    _at_once(jobs)
    with databases[0].reading() as session:
        written = [session.get_one(Department, f"lock-{name}").name_en for name in names]
    assert [sorted(text) for text in written] == [["a", "b"], ["a", "b"]]
    with databases[0].writing() as session:
        for name in names:
            session.delete(session.get_one(Department, f"lock-{name}"))


def test_what_cannot_succeed_is_not_repeated_for_ever(host: Hosted) -> None:
    tried: list[int] = []

    def work(session: Session) -> None:
        tried.append(1)
        session.add(Department(code="twice", name_zh="", name_en=""))
        session.flush()
        session.expunge_all()
        session.add(Department(code="twice", name_zh="", name_en=""))

    with pytest.raises(IntegrityError):
        host.services.database.transact(work)
    assert 1 < len(tried) < 10
