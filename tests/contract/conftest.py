from collections.abc import Iterator
from pathlib import Path

import pytest

from district.home import Home
from tests.contract.hosted import Hosted, hosted
from tests.contract.platform import Platform, running
from tests.support.postgres import Cluster, postgres

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with postgres() as started:
        yield started


@pytest.fixture(scope="session", params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    return request.param


def new_url(database: str, request: pytest.FixtureRequest) -> str | None:
    """The URL of a new, empty database; None for SQLite, which lies in the platform's own folder."""
    if database == "sqlite":
        return None
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.new_database()


@pytest.fixture(scope="session")
def platform(
    database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    """One platform for all that leaves no trace others could stumble over."""
    with hosted(tmp_path_factory.mktemp(f"district-{database}"), new_url(database, request)) as served:
        yield served


@pytest.fixture(scope="module")
def module_platform(
    database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    url = new_url(database, request)
    with running(tmp_path_factory.mktemp(f"own-{database}"), url) as served:
        yield served


@pytest.fixture
def own_platform(module_platform: Platform) -> Platform:
    if not module_platform.is_running:
        module_platform.start()
    return module_platform


@pytest.fixture
def new_home(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    return Home(tmp_path / "district", new_url(database, request))


@pytest.fixture(scope="module")
def module_host(
    database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp(f"host-{database}"), new_url(database, request)) as served:
        yield served


@pytest.fixture
def host(module_host: Hosted) -> Hosted:
    if not module_host.is_running:
        module_host.start()
    return module_host
