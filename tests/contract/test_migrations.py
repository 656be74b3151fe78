# A database as each released schema left it comes up to the newest one, with what was in it.
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

import district
from district.acceptance.tables import Case, Submission
from district.database import Database, SchemaError
from district.home import Home, HomeError, initialise
from district.times import utc_now

RELEASED = ("v0001",)
AT = datetime.fromisoformat("2026-01-01T00:00:00")
TERMINAL = "INSERT INTO terminal (id, token_hash, enrolled_at) VALUES ('T0421', 'aa', :at)"
SUBMISSION = """
INSERT INTO submission (id, terminal, seq, receipt_no, service, kid, container_ver, size, digest, state,
  upload_offset, restarts, announced_at, problem, ack)
VALUES ('ab', 'T0421', 1, 'T0421-000001-XX', 'item', 'seal-1', 1, 10, 'cd', 'accepted',
  10, 0, :at, NULL, '{"acceptance_no": "1"}')
"""
CASE = """
INSERT INTO application_case (number, submission_id, implementation_code, item, item_name, applicant_name,
  applicant_document_kind_code, applicant_document_number, contact_phone, channel_code, terminal, received_at,
  application)
VALUES ('1', 'ab', 'x', 'item', 'item', 'A', '111', '1', '', '9', 'T0421', :at, '{}')
"""


def _upgrade(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(district.__file__).with_name("migrations")))
    with database.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@pytest.fixture
def empty(new_home: Home) -> Iterator[Database]:
    new_home.root.mkdir()
    database = new_home.database()
    yield database
    database.close()


@pytest.mark.parametrize("revision", RELEASED)
def test_what_an_older_release_kept_is_still_there(empty: Database, revision: str) -> None:
    _upgrade(empty, revision)
    with empty.writing() as session:
        for row in (TERMINAL, SUBMISSION, CASE):
            session.execute(text(row), {"at": AT})
    empty.migrate()
    empty.migrate()
    with empty.reading() as session:
        submission = session.get_one(Submission, "ab")
        assert submission.ack == {"acceptance_no": "1"}
        assert (submission.verdict, submission.prev_in_chain, submission.moved_at) == (None, None, None)
        assert session.get_one(Case, 1).submission_id == "ab"


def test_foreign_keys_are_kept_to_after_a_migration(empty: Database) -> None:
    empty.migrate()
    with pytest.raises(IntegrityError), empty.writing() as session:
        session.execute(text(SUBMISSION), {"at": AT})


def test_a_newer_database_is_left_alone(new_home: Home) -> None:
    initialise(new_home, "T0421", utc_now)
    database = new_home.database()
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'v9999'"))
    with pytest.raises(SchemaError):
        database.migrate()
    with database.reading() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "v9999"
    database.close()
    with pytest.raises(HomeError):
        initialise(new_home, "T0421", utc_now)
