"""A real PostgreSQL for the tests: a server of its own in a temporary folder, reached by its socket."""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg

_BINARIES: Final = Path("/usr/lib/postgresql/15/bin")  # where Debian 12 puts them, outside of PATH
_ACCOUNT: Final = "postgres"  # PostgreSQL refuses to run as root; Debian's package makes this account
_UNSAFE_BUT_QUICK: Final = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "64MB"}
_READY_S: Final = 60


@dataclass
class Cluster:
    """A running server; every ``new_database`` is another empty one."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new_database(self) -> str:
        """Return the SQLAlchemy URL of a new, empty database."""
        name = f"district_{next(self._numbers)}"
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return f"postgresql+psycopg://{_ACCOUNT}@/{name}?host={self.folder}"

    def hang_up(self, database: str) -> None:
        """Break every connection to a database, as a server that is restarted does."""
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (database,)
            )

    @contextmanager
    def taken_away(self, database: str) -> Generator[None]:
        """Let a database be nowhere to be found for the time of the block."""
        self._rename(database, f"{database}_away")
        try:
            yield
        finally:
            self._rename(f"{database}_away", database)

    def _rename(self, old: str, new: str) -> None:
        self.hang_up(old)
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"'.encode())

    def _dsn(self, database: str) -> str:
        return f"host={self.folder} user={_ACCOUNT} dbname={database}"


@contextmanager
def postgres() -> Generator[Cluster]:
    """Start a server; it ends with the block, and with the test run if that is killed."""
    folder = Path(tempfile.mkdtemp(prefix="zw-pg-"))
    try:
        prefix = _as_other_account(folder)
        data = folder / "data"
        made = ["-D", data, "-U", _ACCOUNT, "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(
            [*prefix, _BINARIES / "initdb", *made], check=True, stdout=subprocess.DEVNULL, cwd=folder
        )
        options = ["-c", "listen_addresses=", "-k", folder]
        options += [part for item in _UNSAFE_BUT_QUICK.items() for part in ("-c", "=".join(item))]
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen(
                [*prefix, "--pdeathsig", "SIGQUIT", _BINARIES / "postgres", "-D", data, *options],
                stdout=log,
                stderr=log,
                cwd=folder,
            ) as server,
        ):
            try:
                _wait_until_ready(folder, server)
                yield Cluster(folder)
            finally:
                server.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
    finally:
        shutil.rmtree(folder)


def _wait_until_ready(folder: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _READY_S
    asked = [_BINARIES / "pg_isready", "-q", "-h", folder]
    while subprocess.run(asked, check=False).returncode != 0:
        assert server.poll() is None, (folder / "log").read_text()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _as_other_account(folder: Path) -> list[str]:
    if os.getuid() != 0:
        return ["setpriv"]
    shutil.chown(folder, _ACCOUNT, _ACCOUNT)
    return ["setpriv", f"--reuid={_ACCOUNT}", f"--regid={_ACCOUNT}", "--clear-groups"]
