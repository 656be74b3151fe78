# What one terminal asks while nothing happens, times the terminals of a district, is what the district bears.
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from kiosk.backend import BackendClient
from kiosk.catalogue_keeper import CatalogueKeeper
from kiosk.key_keeper import KeyKeeper
from kiosk.line_watch import LineWatch
from offline_queue import QueueClient
from provisioning.profile import load_platform_keys
from tests.contract.hosted import Hosted, hosted
from tests.contract.platform import TERMINAL
from tests.support.fault_proxy import FaultProxy

LOOK_S = 0.01
LOOKS = 8
NEWS = ("GET /v1/seal-keys", "GET /v1/catalogue")


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """On one database: nothing that is asked here is about what lies in it."""
    with hosted(tmp_path_factory.mktemp("watched")) as served:
        yield served


class Watched:
    """A line watch before a platform, and what it asked and told."""

    def __init__(self, proxy: FaultProxy) -> None:
        self._proxy = proxy
        self._turned = Event()
        self._pause = Event()
        self._known = 0
        self.online: bool | None = None

    def tell(self, online: bool) -> None:  # noqa: FBT001 - as the watch calls it
        self.online = online
        self._turned.set()

    def turn(self, *, refuse: bool) -> None:
        """Cut the line or bring it back, until the watch has said so."""
        self._turned.clear()
        self._proxy.plan.refuse = refuse
        assert self._turned.wait(20)

    def asked(self, looks: int = LOOKS) -> Counter[str]:
        """What was asked since it was last told, once it has looked so often."""
        told = Counter[str]()
        while told["GET /v1/ping"] < looks:
            self._pause.wait(LOOK_S)
            new = self._proxy.exchanges[self._known :]
            told = Counter(exchange.request.partition(b" HTTP")[0].decode() for exchange in new)
        self._known += told.total()
        return told


@contextmanager
def watching(host: Hosted, folder: Path, **how: Any) -> Generator[Watched]:
    keys = load_platform_keys(host.home.terminal(TERMINAL) / "platform.json")
    heard: list[str] = []
    with FaultProxy.before(host.url) as proxy, client(host, proxy.url, keys.catalogue) as backend:
        watched = Watched(proxy)
        watch = LineWatch(
            backend,
            QueueClient(folder / "no-queue.sock"),
            CatalogueKeeper(folder, keys.catalogue, heard.append),
            on_change=watched.tell,
            on_catalogue=lambda _: None,
            on_storage=lambda _: None,
            interval_s=LOOK_S,
            keys=KeyKeeper(folder, keys, heard.append),
            **how,
        )
        watch.start()
        try:
            yield watched
        finally:
            watch.close()
        assert heard == []


def client(host: Hosted, url: str, keys: Any) -> BackendClient:
    token = (host.home.terminal(TERMINAL) / "token").read_text().strip()
    return BackendClient(url, token, TERMINAL, timeout_s=20, catalogue_keys=keys)


def test_keys_and_catalogue_are_asked_for_at_the_start_and_not_with_every_look(
    host: Hosted, tmp_path: Path
) -> None:
    with watching(host, tmp_path, news_s=3600.0) as watched:
        told = watched.asked()
        assert [told[what] for what in NEWS] == [1, 1]
        assert [watched.asked()[what] for what in NEWS] == [0, 0]


@pytest.mark.parametrize(("dice", "times"), [(lambda: 1.0, 0), (lambda: 0.0, 1)], ids=["later", "at once"])
def test_a_line_that_is_back_is_not_asked_for_them_by_everybody_at_once(
    host: Hosted, tmp_path: Path, dice: Callable[[], float], times: int
) -> None:
    with watching(host, tmp_path, news_s=3600.0, dice=dice) as watched:
        watched.asked()
        watched.turn(refuse=True)
        watched.turn(refuse=False)
        assert watched.online
        told = watched.asked(2 * LOOKS)
        assert [told[what] for what in NEWS] == [times, times]


def test_what_is_new_is_asked_for_again_in_its_time(host: Hosted, tmp_path: Path) -> None:
    with watching(host, tmp_path, news_s=0.0) as watched:
        told = watched.asked()
        assert all(told[what] >= LOOKS - 1 for what in NEWS)
