# Property 6: a reply lost after the platform's commit makes no second case, wherever it is cut.
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from kiosk.backend import HttpTransport
from offline_queue.delivery import Delivered, Unfinished
from offline_queue.transport import (
    Accepted,
    Holding,
    Holdings,
    Partial,
    Reconciled,
    Trouble,
    TryLater,
)
from tests.contract.hosted import Hosted, hosted
from tests.contract.platform import TERMINAL, Sealed
from tests.support.fault_proxy import FaultProxy, Plan
from tests.support.pieces import Pieces

NOISE = {Trouble.GARBLED, Trouble.OFFLINE}
Ask = Callable[[HttpTransport], object]


@dataclass
class _Parrot:
    """Answers everything with the same bytes, as many of them as it is told, and hangs up."""

    answer: bytes = b""
    length: int = 0
    url: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)

    def serve(self, listener: socket.socket) -> None:
        while not self._stop.is_set():
            connection, _ = listener.accept()
            with connection:
                if connection.recv(65536):
                    connection.sendall(self.answer[: self.length])

    def end(self) -> None:
        self._stop.set()
        host, _, port = self.url.removeprefix("http://").rpartition(":")
        socket.create_connection((host, int(port))).close()


@contextmanager
def _parrot() -> Generator[_Parrot]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        parrot = _Parrot(url=f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=parrot.serve, args=(listener,))
        thread.start()
        try:
            yield parrot
        finally:
            parrot.end()
            thread.join()


def _holdings(sealed: Sealed) -> Holdings:
    held = Holding(sealed.meta.seq, sealed.meta.submission_id, sealed.meta.digest[:8], "queued")
    return Holdings(TERMINAL, sealed.meta.seq, sealed.meta.seq, sealed.meta.seq, (held,))


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Ask, object, bytes]]:
    """What is asked → how, the platform's whole answer as the terminal understands it, and its bytes."""
    with (
        hosted(tmp_path_factory.mktemp("recorded")) as platform,
        FaultProxy.before(platform.url) as proxy,
        platform.transport(url=proxy.url) as transport,
    ):
        sealed, at_once = platform.sealed(), platform.sealed()
        name, container = sealed.meta.submission_id, sealed.container
        asked: dict[str, Ask] = {
            "announced": lambda to: to.announce(sealed.meta),
            "moved": lambda to: to.append(name, 0, container[:120], last=False),
            "elsewhere": lambda to: to.append(name, 7, container[:9], last=False),
            "accepted": lambda to: to.append(name, 120, container[120:], last=True),
            "delivered": lambda to: to.deliver(at_once.meta, Pieces(at_once.container)),
            "reconciled": lambda to: to.reconcile(_holdings(sealed)),
        }
        return {what: (ask, ask(transport), proxy.exchanges[-1].answer) for what, ask in asked.items()}


@pytest.mark.parametrize("what", ["announced", "moved", "elsewhere", "accepted", "delivered", "reconciled"])
def test_a_reply_cut_at_any_byte_is_understood_as_the_truth_or_as_noise(
    recorded: dict[str, tuple[Ask, object, bytes]], what: str
) -> None:
    ask, truth, answer = recorded[what]
    assert not isinstance(truth, TryLater)
    with _parrot() as parrot, HttpTransport(parrot.url, "token", TERMINAL, timeout_s=20) as transport:
        parrot.answer = answer
        for length in range(len(answer)):
            parrot.length = length
            heard = ask(transport)
            assert heard == truth or (isinstance(heard, TryLater) and heard.reason in NOISE), length
        parrot.length = len(answer)
        assert ask(transport) == truth


def test_the_recorded_answers_are_those_that_decide(
    recorded: dict[str, tuple[Ask, object, bytes]],
) -> None:
    kinds = {what: type(truth) for what, (_, truth, _) in recorded.items()}
    assert kinds == {
        "announced": Partial,
        "moved": Partial,
        "elsewhere": Partial,
        "accepted": Accepted,
        "delivered": Accepted,
        "reconciled": Reconciled,
    }


@pytest.mark.parametrize("asked", [False, True], ids=["untried", "asked-about"])
@pytest.mark.parametrize("answer_bytes", [0, 1, 17, 100, 160, 230, 400, 700, 740])
def test_a_reply_lost_on_the_way_makes_no_second_case(
    host: Hosted, answer_bytes: int, *, asked: bool
) -> None:
    sealed = host.sealed()
    with FaultProxy.before(host.url, Plan(answer_bytes=answer_bytes, skip=int(asked), times=1)) as proxy:
        first = host.carry(sealed, proxy.url, tried_before=asked)
        second = host.carry(sealed, proxy.url, tried_before=True)
    assert isinstance(first, Unfinished | Delivered)
    assert isinstance(second, Delivered)
    assert host.cases(sealed.meta.submission_id) == 1
    if isinstance(first, Delivered):
        assert first == second


def test_replies_lost_again_and_again_make_no_second_case(host: Hosted) -> None:
    sealed = host.sealed()
    with FaultProxy.before(host.url) as proxy:
        for attempt in range(5):
            proxy.plan = Plan(answer_bytes=0, skip=min(attempt, 2))
            host.carry(sealed, proxy.url, tried_before=attempt > 0)
        proxy.plan = Plan()
        settled = host.carry(sealed, proxy.url, tried_before=True)
    assert isinstance(settled, Delivered)
    assert host.cases(sealed.meta.submission_id) == 1


def test_a_request_cut_at_any_place_leaves_nothing_half_done(host: Hosted) -> None:
    sealed = host.sealed()
    with FaultProxy.before(host.url) as proxy, host.transport(url=proxy.url) as transport:
        assert transport.announce(sealed.meta) == Partial(0)
        for cut in (1, 60, 200, 300, 420, 500, 700):
            proxy.plan.request_bytes = cut
            heard = transport.append(sealed.meta.submission_id, 0, sealed.container, last=True)
            assert isinstance(heard, TryLater)
            proxy.plan.request_bytes = None
            assert transport.status(sealed.meta.submission_id) == Partial(0)
        accepted = transport.append(sealed.meta.submission_id, 0, sealed.container, last=True)
    assert isinstance(accepted, Accepted)
    assert host.cases(sealed.meta.submission_id) == 1
