# A database that goes away and comes back costs patience, never a submission.
from collections.abc import Iterator

import pytest

from offline_queue.delivery import Delivered, Unfinished
from offline_queue.transport import Reachable, Trouble
from tests.contract.hosted import Hosted, hosted
from tests.support.postgres import Cluster


@pytest.fixture(scope="module")
def served(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    folder = tmp_path_factory.mktemp("gone")
    with hosted(folder, cluster.new_database()) as platform:
        yield platform


def _name(platform: Hosted) -> str:
    assert platform.database_url is not None
    return platform.database_url.partition("@/")[2].partition("?")[0]


def test_connections_that_broke_are_made_anew(served: Hosted, cluster: Cluster) -> None:
    sealed = served.sealed()
    assert isinstance(served.carry(sealed), Delivered)
    cluster.hang_up(_name(served))
    assert isinstance(served.carry(served.sealed()), Delivered)


def test_without_its_database_the_platform_asks_for_patience(served: Hosted, cluster: Cluster) -> None:
    sealed = served.sealed()
    with cluster.taken_away(_name(served)), served.transport() as transport:
        assert transport.ping() == Reachable()
        assert served.carry(sealed) == Unfinished(Trouble.BUSY, 5, 0)
        assert served.raw("GET", "/v1/catalogue").json()["code"] == "district.no-database"
    assert isinstance(served.carry(sealed, tried_before=True), Delivered)
    assert served.cases(sealed.meta.submission_id) == 1
