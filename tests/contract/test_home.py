import base64
import stat
import tomllib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select

from district import keys
from district.auth import token_hash
from district.home import Home, HomeError, initialise
from district.resources.seed import SEED
from district.resources.tables import Person
from district.schema import METADATA
from district.tables import Terminal
from district.times import utc_now
from tests.contract.conftest import new_url

SEEDED = len(tomllib.loads(SEED.read_text("utf-8"))["people"])


@pytest.fixture(scope="module")
def home(database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("district"), new_url(database, request))
    initialise(home, "T0421", utc_now)
    return home


def _everything(home: Home) -> dict[str, bytes]:
    files = [*home.keys.iterdir(), home.operator_token, *home.terminal("T0421").iterdir()]
    return {str(path): path.read_bytes() for path in files}


def test_secrets_are_for_their_owner_only(home: Home) -> None:
    for path in _everything(home):
        assert stat.S_IMODE(Path(path).stat().st_mode) == 0o600


def test_initialising_again_changes_nothing(home: Home) -> None:
    before = _everything(home)
    initialise(home, "T0421", utc_now)
    assert _everything(home) == before


def test_a_second_terminal_gets_its_own_token_and_the_same_keys(home: Home) -> None:
    initialise(home, "T0422", utc_now)
    first, second = home.terminal("T0421"), home.terminal("T0422")
    assert (first / "token").read_text() != (second / "token").read_text()
    ring = keys.load(home.keys)
    assert base64.b64encode(ring.ack.public).decode() in (second / "platform.json").read_text()


def test_a_lost_token_is_replaced_by_another(new_home: Home) -> None:
    token = initialise(new_home, "T0421", utc_now) / "token"
    lost = token.read_text()
    token.unlink()
    initialise(new_home, "T0421", utc_now)
    database = new_home.database()
    with database.reading() as session:
        assert session.get_one(Terminal, "T0421").token_hash == token_hash(token.read_text())
        assert session.scalar(select(func.count()).select_from(Person)) == SEEDED
    database.close()
    assert token.read_text() != lost


def test_a_name_that_no_receipt_number_could_carry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HomeError):
        initialise(Home(tmp_path), "terminal 1", utc_now)


def test_no_token_stands_in_the_database_in_the_clear(home: Home) -> None:
    token = (home.terminal("T0421") / "token").read_text()
    database = home.database()
    with database.reading() as session:
        kept = session.scalars(select(Terminal.token_hash)).all()
    database.close()
    assert kept
    assert token not in kept
    for path in home.root.glob("district.sqlite*"):
        assert token.encode() not in path.read_bytes()


def test_the_migrations_make_exactly_the_tables_of_the_code(home: Home) -> None:
    database = home.database()
    with database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    database.close()
