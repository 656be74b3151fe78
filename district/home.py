"""The platform's data folder: keys, database, containers, and what is handed to each terminal."""

import base64
import fcntl
import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from district import device_keys, key_set, keys
from district.acceptance.commit import Committer
from district.acceptance.guesses import GuessLimit
from district.acceptance.uploads import Uploads
from district.auth import new_token, token_hash
from district.catalogue.release import release, unserved
from district.database import Database, SchemaError
from district.files import write_durably
from district.limits import Limits
from district.resources.seed import seed
from district.services import Services
from district.tables import Operator, Terminal
from district.times import Now
from offline_queue.device_key import DevicePublicKey
from offline_queue.numbers import is_terminal_name

OPERATOR = "desk"
_USUAL = Limits()


class HomeError(Exception):
    """The data folder cannot be used; the text says why, for the person who started the program."""


class InUseError(HomeError):
    """Another process holds the data folder."""


@dataclass(frozen=True, slots=True)
class Home:
    """One data folder.

    Args:
        root: The folder; readable by its owner only.
        database_url: SQLAlchemy URL, or None for SQLite inside the folder.
    """

    root: Path
    database_url: str | None = None

    @property
    def keys(self) -> Path:
        """Folder of private keys."""
        return self.root / "keys"

    @property
    def ready_file(self) -> Path:
        """Exists while the server answers; holds its URL."""
        return self.root / "district.json"

    @property
    def operator_token(self) -> Path:
        """The desk's bearer token."""
        return self.root / "operator-token"

    def terminal(self, terminal: str) -> Path:
        """Return the folder that is handed to a terminal: ``platform.json`` and ``token``."""
        return self.root / f"terminal-{terminal}"

    def database(self) -> Database:
        """Open the database."""
        return Database(self.database_url or f"sqlite:///{self.root.resolve() / 'district.sqlite'}")

    def existing_database(self) -> Database:
        """Open the database of a folder that was initialised.

        Raises:
            HomeError: It never was; opening would make an empty one.
        """
        if self.database_url is None and not (self.root / "district.sqlite").exists():
            raise HomeError(f"{self.root} was never initialised; see python -m district init")
        return self.database()


@contextmanager
def locked(home: Home) -> Generator[None]:
    """Hold the folder alone.

    Raises:
        InUseError: Another process holds it.
    """
    home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(home.root / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUseError(f"{home.root} is in use by another process") from error
        yield
    finally:
        os.close(descriptor)


def initialise(home: Home, terminal: str, now: Now, device_key: DevicePublicKey | None = None) -> Path:
    """Make what is missing: keys, schema, resource base, the desk's token and the terminal's enrolment.

    Repeating it changes nothing, unless the terminal's token is lost: then it gets a new one.

    Args:
        home: The data folder.
        terminal: Whom to enrol.
        now: The present.
        device_key: The terminal's signing key, public half, or None to leave those it has.

    Returns:
        The terminal's folder.

    Raises:
        HomeError: The folder is in use, or the terminal's name cannot stand in a receipt number.
    """
    if not is_terminal_name(terminal):
        raise HomeError("a terminal's name is 2 to 12 capital letters and digits")
    with locked(home):
        keys.make_missing(home.keys)
        key_set.make_first(home.keys, now())
        ring = keys.load(home.keys)
        database = home.database()
        try:
            _migrate(database)
            with database.writing() as session:
                seed(session)
                hashed = token_hash(_token(home.operator_token))
                session.merge(Operator(name=OPERATOR, token_hash=hashed, enrolled_at=now()))
                folder = home.terminal(terminal)
                folder.mkdir(mode=0o700, exist_ok=True)
                hashed = token_hash(_token(folder / "token"))
                session.merge(Terminal(id=terminal, token_hash=hashed, enrolled_at=now()))
                if device_key is not None:
                    session.flush()
                    device_keys.enrol(session, terminal, device_key, now())
        finally:
            database.close()
        write_durably(folder / "platform.json", _platform(ring, terminal))
    return folder


@contextmanager
def open_services(
    home: Home, catalogue_folder: Path | None, now: Now, limits: Limits = _USUAL, *, serves: bool = True
) -> Generator[Services]:
    """Put the platform together over its data folder, which is held alone meanwhile.

    Args:
        home: The folder.
        catalogue_folder: Service items, or None.
        now: The present.
        limits: How much it takes.
        serves: Whether terminals will be told this catalogue, so that one that differs gets a new number.

    Raises:
        InUseError: The folder is in use.
        HomeError: The database is newer than this program.
        KeysMissingError: It was never initialised.
        CatalogueError: The catalogue's folder cannot be read as one.
    """
    with locked(home):
        ring = keys.load(home.keys)
        database = home.database()
        try:
            _migrate(database)
            if serves:
                with database.writing() as session:
                    catalogue = release(session, catalogue_folder, ring.catalogue, now())
            else:
                catalogue = unserved(catalogue_folder, ring.catalogue, now())
            uploads = Uploads(home.root / "containers", database, limits, now)
            committer = Committer(database, uploads, ring, catalogue, now)
            codes = GuessLimit(limits.code_tries, limits.code_pause)
            yield Services(database, catalogue, uploads, committer, GuessLimit(), codes, now, limits)
        finally:
            database.close()


def _migrate(database: Database) -> None:
    try:
        database.migrate()
    except SchemaError as error:
        raise HomeError(f"the database is not this program's: {error}") from error


def _token(path: Path) -> str:
    if not path.exists():
        write_durably(path, new_token().encode())
    return path.read_text(encoding="ascii").strip()


def _platform(ring: keys.KeyRing, terminal: str) -> bytes:
    public: dict[str, Any] = {
        "terminal": terminal,
        "seal_keys": ring.seal_public(),
        "ack_keys": {ring.ack.kid: base64.b64encode(ring.ack.public).decode()},
        "catalogue_keys": {ring.catalogue.kid: base64.b64encode(ring.catalogue.public).decode()},
        "root_keys": {kid: base64.b64encode(public).decode() for kid, public in ring.root.items()},
    }
    if ring.key_set is not None:
        public["key_set"] = json.loads(ring.key_set)
    return json.dumps(public, indent=2).encode() + b"\n"
