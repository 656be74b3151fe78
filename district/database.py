"""The platform's database: SQLite beside the program, or PostgreSQL by URL."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "secure_delete": 1,
}


class Database:
    """Transactions for reading and for writing.

    Args:
        url: SQLAlchemy URL, e.g. ``sqlite:////var/lib/district/district.sqlite``.
    """

    def __init__(self, url: str) -> None:
        # An error text must not carry the values of a statement: they are personal data.
        self._engine = create_engine(url, hide_parameters=True)
        if self._engine.dialect.name == "sqlite":
            _prepare_sqlite(self._engine)
        self._read = sessionmaker(self._engine)
        self._write = sessionmaker(self._engine.execution_options(writes=True))

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

    def migrate(self) -> None:
        """Bring the schema to the newest version."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        with self._engine.execution_options(writes=True).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def connect(self) -> Connection:
        """Open a bare connection, for comparing schemas."""
        return self._engine.connect()

    def close(self) -> None:
        """Close every pooled connection."""
        self._engine.dispose()


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
