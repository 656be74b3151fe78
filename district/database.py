"""The platform's database: SQLite beside the program, or PostgreSQL by URL."""

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import psycopg
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from district.base import Base

T = TypeVar("T")
_PRAGMAS: Final = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "secure_delete": 1,
}
_SETTINGS: Final = {"synchronous_commit": "on", "lock_timeout": "10s"}
_ATTEMPTS: Final = 5
_AGAIN: Final = frozenset({"40001", "40P01"})
"""SQLSTATE: could not serialize, deadlock found. The transaction did nothing and may simply be repeated."""
_MIGRATION_LOCK: Final = 0x5A57_0001
"""Key of PostgreSQL's advisory lock: servers that start together migrate one after the other."""


class SchemaError(Exception):
    """The database's schema is not one this program can bring up to its own, e.g. a newer program's."""


class Database:
    """Transactions for reading and for writing.

    Args:
        url: SQLAlchemy URL, e.g. ``sqlite:////var/lib/district/district.sqlite`` or
            ``postgresql://district@/district?host=/run/postgresql``.
    """

    def __init__(self, url: str) -> None:
        place = make_url(url)
        if place.drivername == "postgresql":
            place = place.set(drivername="postgresql+psycopg")
        # An error text must not carry the values of a statement: they are personal data.
        self._engine = create_engine(place, hide_parameters=True, pool_pre_ping=True)
        if self.is_sqlite:
            _prepare_sqlite(self._engine)
        else:
            _prepare_postgresql(self._engine)
        self._read = sessionmaker(self._engine)
        self._write = sessionmaker(self._engine.execution_options(writes=True))

    @property
    def is_sqlite(self) -> bool:
        """Tell whether it is SQLite; otherwise it is PostgreSQL."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Generator[Session]:
        """Give a session that is rolled back at its end."""
        with self._read() as session:
            yield session

    @contextmanager
    def writing(self) -> Generator[Session]:
        """Give a session that is committed at its end, or rolled back by an exception."""
        with self._write.begin() as session:
            yield session

    def transact(self, work: Callable[[Session], T]) -> T:
        """Run ``work`` in a transaction of its own, again when another one got in its way.

        ``work`` may run several times, each time from the start: it must not act outside of its session.

        Raises:
            DBAPIError: The database refuses, also when repeated.
        """
        for _ in range(_ATTEMPTS - 1):
            try:
                with self.writing() as session:
                    return work(session)
            except DBAPIError as error:
                if not _may_be_repeated(error):
                    raise
        with self.writing() as session:
            return work(session)

    def migrate(self) -> None:
        """Bring the schema to the newest version.

        Raises:
            SchemaError: The database is newer than this program.
        """
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        with self._engine.execution_options(writes=True).connect() as connection:
            if self.is_sqlite:
                _upgrade_sqlite(connection, config)
            else:
                with connection.begin():
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
                    _upgrade(connection, config)

    def connect(self) -> Connection:
        """Open a bare connection, for comparing schemas."""
        return self._engine.connect()

    def close(self) -> None:
        """Close every pooled connection."""
        self._engine.dispose()


def insert_for(session: Session) -> Callable[[type[Base]], postgresql.Insert | sqlite.Insert]:
    """Return the ``insert`` of the session's database, which knows what to do on a conflict."""
    return sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert


def _may_be_repeated(error: DBAPIError) -> bool:
    # A unique value that somebody else was quicker to insert is found there the next time.
    if isinstance(error, IntegrityError):
        return True
    return isinstance(error.orig, psycopg.Error) and error.orig.sqlstate in _AGAIN


def _upgrade(connection: Connection, config: Config) -> None:
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise SchemaError(str(error)) from error


def _upgrade_sqlite(connection: Connection, config: Config) -> None:
    # SQLite changes a table by building it anew; with foreign keys enforced, dropping the old one would take
    # the rows that point to it along. The switch works only outside of a transaction.
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("SQLAlchemy's connection to SQLite is not one of the standard library")
    driver.execute("PRAGMA foreign_keys = 0")
    try:
        with connection.begin():
            _upgrade(connection, config)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise RuntimeError("the migration would leave rows that point nowhere")
    finally:
        driver.execute("PRAGMA foreign_keys = 1")


def _prepare_postgresql(engine: Engine) -> None:
    def connected(connection: psycopg.Connection[Any], _record: Any) -> None:  # noqa: ANN401 - a pool record, unused
        with connection.cursor() as cursor:
            for name, wanted in _SETTINGS.items():
                cursor.execute("SELECT set_config(%s, %s, false)", (name, wanted))
                cursor.execute("SELECT current_setting(%s)", (name,))
                found = cursor.fetchone()
                if found != (wanted,):
                    raise RuntimeError(f"PostgreSQL refuses {name} = {wanted}: it says {found}")
        connection.commit()

    event.listen(engine, "connect", connected)


def _prepare_sqlite(engine: Engine) -> None:
    def connected(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - a pool record, unused
        # The driver's own implicit transactions begin late and as readers; ours begin explicitly below.
        connection.isolation_level = None
        for name, wanted in _PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {wanted}")
            (found,) = connection.execute(f"PRAGMA {name}").fetchone()
            if found != wanted:
                raise RuntimeError(f"SQLite refuses {name} = {wanted}: it says {found}")

    def begun(connection: Connection) -> None:
        # A reader that turns writer can be refused half-way (SQLITE_BUSY); a writer queues at the start.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
