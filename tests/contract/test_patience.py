"""An answer has one time limit, however it comes; and who answers is given no other power over the line."""

import itertools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.backend import HttpTransport
from offline_queue.transport import Partial, Reachable, Trouble, TryLater

ANSWER = b'HTTP/1.1 200 OK\r\nZhiwang-Api: 1\r\nContent-Length: 12\r\n\r\n{"ok": true}'
ENDLESS = b"HTTP/1.1 200 OK\r\nZhiwang-Api: 1\r\nContent-Length: 99999\r\n\r\n{"
HOST = x509.IPAddress(IPv4Address("127.0.0.1"))
Talk = Callable[[socket.socket, threading.Event], None]


@contextmanager
def peer(talk: Talk, tls: ssl.SSLContext | None = None) -> Generator[int]:
    """Answer on one connection as ``talk`` does, which is told when the other side has given up."""
    given_up = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with (
                suppress(OSError),
                connection if tls is None else tls.wrap_socket(connection, server_side=True) as line,
            ):
                talk(line, given_up)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            given_up.set()
            thread.join()


def saying(pieces: Iterator[bytes], pause_s: float) -> Talk:
    """Say these pieces, whatever is asked, until the other side gives up."""

    def talk(line: socket.socket, given_up: threading.Event) -> None:
        line.recv(65536)
        for piece in pieces:
            line.sendall(piece)
            if given_up.wait(pause_s):
                return

    return talk


def trickle(start: bytes) -> Talk:
    return saying(itertools.chain([start], itertools.repeat(b"x", 60)), 0.05)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """Return a platform's certificate, and what it answers with."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "platform")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    ca_file, both = tmp_path / "ca.pem", tmp_path / "platform.pem"
    pem = made.public_bytes(serialization.Encoding.PEM)
    ca_file.write_bytes(pem)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both.write_bytes(private + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return ca_file, context


def transport_to(port: int, timeout_s: float, ca_file: Path | None = None) -> HttpTransport:
    scheme, trusted = ("http", None) if ca_file is None else ("https", str(ca_file))
    return HttpTransport(
        f"{scheme}://127.0.0.1:{port}", "token", "T0421", timeout_s=timeout_s, ca_file=trusted
    )


@pytest.mark.parametrize(
    "talk",
    [
        trickle(b"HTTP/1.1 2"),
        trickle(b"HTTP/1.1 200 OK\r\nZhiwang-Api: 1\r\nX: "),
        saying(itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n", 60), 0.05),
        saying(itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000), 0),
    ],
    ids=["status", "head", "slow continues", "a flood of continues"],
)
def test_a_head_that_does_not_end_is_given_up_in_time(talk: Talk) -> None:
    begun_s = time.monotonic()
    with peer(talk) as port, transport_to(port, 0.3) as transport:
        assert transport.ping() == TryLater(Trouble.TIMEOUT)
        assert time.monotonic() - begun_s < 2.5, "it was read until the other side had enough"


@pytest.mark.parametrize("start", [b"HTTP/1.1 2", ENDLESS], ids=["head", "body"])
def test_the_limit_holds_over_tls(start: bytes, certificate: tuple[Path, ssl.SSLContext]) -> None:
    ca_file, context = certificate
    begun_s = time.monotonic()
    with peer(trickle(start), context) as port, transport_to(port, 0.5, ca_file) as transport:
        assert transport.ping() == TryLater(Trouble.TIMEOUT)
        assert time.monotonic() - begun_s < 2.5, "it was read until the other side had enough"


def test_every_answer_on_a_kept_connection_has_the_whole_time(
    certificate: tuple[Path, ssl.SSLContext],
) -> None:
    def slowly(line: socket.socket, given_up: threading.Event) -> None:
        while line.recv(65536):
            for piece in (ANSWER[:20], ANSWER[20:60], ANSWER[60:]):
                given_up.wait(0.1)
                line.sendall(piece)

    ca_file, context = certificate
    with peer(slowly, context) as port, transport_to(port, 0.8, ca_file) as transport:
        assert [transport.ping() for _ in range(3)] == [Reachable()] * 3


def test_what_the_sending_takes_on_a_slow_line_is_not_taken_from_the_answer() -> None:
    size = 8 * 1024 * 1024

    def slowly(line: socket.socket, given_up: threading.Event) -> None:
        given_up.wait(0.5)
        received = 0
        while received < size:
            received += len(line.recv(size))
        given_up.wait(0.5)
        body = b'{"state": "partial", "upload_offset": 8}'
        line.sendall(b"HTTP/1.1 200 OK\r\nZhiwang-Api: 1\r\nContent-Length: 40\r\n\r\n" + body)

    with peer(slowly) as port, transport_to(port, 0.8) as transport:
        assert transport.append("ab" * 16, 0, bytes(size), last=False) == Partial(8)


def test_a_cookie_that_an_answer_sets_is_not_kept() -> None:
    asked: list[bytes] = []

    def marking(line: socket.socket, given_up: threading.Event) -> None:
        del given_up
        while request := line.recv(65536):
            asked.append(request)
            line.sendall(ANSWER.replace(b"\r\n", b"\r\nSet-Cookie: known=1; Path=/\r\n", 1))

    with peer(marking) as port, transport_to(port, 5) as transport:
        assert [transport.ping() for _ in range(2)] == [Reachable()] * 2
    assert [b"cookie" in request.lower() for request in asked] == [False, False]


def test_what_follows_an_interim_answer_is_not_taken_for_the_next_answer() -> None:
    asked: list[bytes] = []

    def hinting(line: socket.socket, given_up: threading.Event) -> None:
        del given_up
        line.recv(65536)
        line.sendall(b"HTTP/1.1 103 Early Hints\r\nZhiwang-Api: 1\r\n\r\n")
        asked.append(line.recv(65536))
        line.sendall(ANSWER)

    with peer(hinting) as port, transport_to(port, 0.3) as transport:
        assert transport.ping() != Reachable()
        assert transport.ping() != Reachable()
    assert asked == [b""], "it was asked on over the same connection"
