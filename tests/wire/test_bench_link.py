import json
import socket
import threading
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from devices.sim.control import BadOrderError, BenchClient, ControlServer
from devices.sim.link import Link
from devices.sim.listening import HOST, Listener, kept_port, port_of
from devices.sim.orders import CardPlace, IdCardFault, Order, PrinterPaper
from devices.sim.sdt_reader import LineFault


def echo(connection: socket.socket) -> None:
    while data := connection.recv(65536):
        connection.sendall(data)


@pytest.fixture
def link() -> Generator[Link]:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = Listener(listening, echo)
    with Link("127.0.0.1", port) as cable:
        yield cable
    server.close()


def connect(link: Link) -> socket.socket:
    return socket.create_connection(("127.0.0.1", link.port), timeout=10.0)


def test_a_whole_cable_carries_both_ways_and_tells_the_end() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    server = Listener(listening, echo)
    sent = bytes(range(256)) * 2000
    with Link("127.0.0.1", listening.getsockname()[1]) as link, connect(link) as client:
        sender = threading.Thread(target=lambda: (client.sendall(sent), client.shutdown(socket.SHUT_WR)))
        sender.start()
        received = b"".join(iter(lambda: client.recv(65536), b""))
        sender.join()
    server.close()
    assert received == sent


def test_a_cut_cable_breaks_connections_and_refuses_new_ones(link: Link) -> None:
    with connect(link) as client:
        client.sendall(b"x")
        assert client.recv(1) == b"x"
        link.cut()
        with suppress(ConnectionError):
            assert client.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        connect(link)


def test_a_cut_does_not_wait_for_a_far_end_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, Link("127.0.0.1", silent.getsockname()[1]) as link:
        connect(link).close()
        with connect(link) as waiting:
            waiting.sendall(b"x")
            link.cut()
    assert not link.whole


def test_a_mended_cable_carries_again_under_the_same_port(link: Link) -> None:
    port = link.port
    for _ in range(3):
        link.cut()
        assert not link.whole
        link.restore()
        assert link.port == port
        with connect(link) as client:
            client.sendall(b"y")
            assert client.recv(1) == b"y"


def test_a_port_that_is_kept_is_nobody_elses_while_its_server_is_away() -> None:
    with kept_port() as keeper:
        for _ in range(2):
            with socket.create_server((HOST, port_of(keeper))) as server:
                socket.create_connection(server.getsockname(), timeout=10.0).close()
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection((HOST, port_of(keeper)), timeout=10.0)
            with socket.socket() as other, pytest.raises(OSError, match="in use"):
                other.bind((HOST, port_of(keeper)))


@pytest.fixture
def obeyed(tmp_path: Path) -> Generator[list[Order]]:
    orders: list[Order] = []

    def obey(order: Order) -> dict[str, Any]:
        if order == CardPlace("nobody"):
            raise BadOrderError("no such card")
        orders.append(order)
        return {"number": len(orders)}

    with ControlServer(tmp_path / "control.sock", obey):
        yield orders


def test_orders_are_lines_of_json_that_a_person_can_type(obeyed: list[Order], tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as raw:
        raw.connect(str(tmp_path / "control.sock"))
        with raw.makefile("rw", encoding="utf-8") as lines:
            for typed in (
                '{"do": "printer.paper", "out": true}',
                '{"do": "idcard.fault", "fault": {"cut_at": 7}, "answers": 1}',
                '{"do": "fly"}',
                '{"do": "card.pull", "hard": 1}',
                "not json",
            ):
                lines.write(typed + "\n")
            lines.flush()
            answers = [json.loads(lines.readline()) for _ in range(5)]
    assert answers[:2] == [{"ok": True, "number": 1}, {"ok": True, "number": 2}]
    assert ["error" in answer for answer in answers] == [False, False, True, True, True]
    assert obeyed == [PrinterPaper(out=True), IdCardFault(LineFault(cut_at=7), 1)]


def test_an_order_that_cannot_be_carried_out_is_refused_with_the_reason(
    obeyed: list[Order], tmp_path: Path
) -> None:
    with BenchClient(tmp_path / "control.sock") as client:
        with pytest.raises(BadOrderError, match="no such card"):
            client.place_card("nobody")
        client.place_card("somebody")
    assert obeyed == [CardPlace("somebody")]


def test_a_client_learns_that_the_bench_is_gone(tmp_path: Path) -> None:
    with ControlServer(tmp_path / "control.sock", lambda _: {}):
        client = BenchClient(tmp_path / "control.sock")
        client.pull_card()
    with client, pytest.raises(ConnectionError):
        client.pull_card()
