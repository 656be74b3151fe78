"""What the terminal makes of the platform's word on a code: an event about that code, whatever happens."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from devices.device_set import DeviceSet
from kiosk.backend import BackendClient
from kiosk.clock import SystemClock
from kiosk.domain.terminal import TerminalFacts
from kiosk.domain.text import Text
from kiosk.errands import Errands, Peers
from kiosk.mailbox import PlainMailbox
from kiosk.order_keys import SECRET_BYTES, OrderKeys
from kiosk.sealing import Sealer
from kiosk.session.effects import VerifyCode
from kiosk.session.events import CodeRefused, CodeVerified, Event
from offline_queue import KeySet, QueueClient
from tests.contract.hosted import Hosted
from tests.contract.platform import NAME, NUMBER, TERMINAL
from tests.contract.test_code_command import issued

Answer = Callable[[BackendClient, str], Event]


def _no_keys() -> KeySet:
    raise AssertionError("nothing is sealed here")


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    """Has the platform asked about a code, and returns what the core is told."""

    def ask(backend: BackendClient, code: str) -> Event:
        told: list[Event] = []
        mailbox, clock = PlainMailbox(), SystemClock()
        sealer = Sealer(TERMINAL, _no_keys, clock)
        queue = QueueClient(tmp_path / "queue.sock")
        peers = Peers(DeviceSet(()), backend, queue, sealer, OrderKeys(bytes(SECRET_BYTES)))
        facts = TerminalFacts(TERMINAL, Text("此处", "Here"), "12345", "https://example.org")

        def deliver(event: Event) -> None:
            told.append(event)
            mailbox.stop()

        errands = Errands(peers, facts, clock, 1.0, mailbox, deliver)
        errands.run(VerifyCode(7, code))
        mailbox.run()
        errands.close()
        return told[0]

    return ask


def test_whose_code_it_is_comes_back_as_an_event(host: Hosted, answer: Answer) -> None:
    code = issued(host, NUMBER)[1]
    with host.client() as client:
        told = answer(client, code)
    assert isinstance(told, CodeVerified)
    assert (told.serial, told.code, told.record.name) == (7, code, NAME)


def test_a_code_that_is_none_comes_back_with_the_platforms_reason(host: Hosted, answer: Answer) -> None:
    with host.client() as client:
        assert answer(client, "none") == CodeRefused(7, "none", "identity-code.unknown")


def test_a_platform_that_cannot_be_reached_is_one_reason_whatever_it_was(
    host: Hosted, answer: Answer
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with host.client(base_url=url) as client:
            assert answer(client, "x") == CodeRefused(7, "x", "identity-code.unreachable")
    with host.client(token="unknown") as client:
        assert answer(client, "x") == CodeRefused(7, "x", "identity-code.unreachable")
