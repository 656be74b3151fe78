import json
import socket
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kiosk.backend import BackendClient, BackendError, HttpTransport, NotFound
from offline_queue.transport import Announcement, Conflict, Partial, Reachable, Trouble, TryLater, Unknown
from tests.contract.platform import NAME, NUMBER

MARK = {"Zhiwang-Api": "1"}
JSON = {"Content-Type": "application/json"}
PROBLEM = {**MARK, "Content-Type": "application/problem+json"}
META = Announcement("ab" * 16, "cd" * 32, 100, "item", 1, "T0421-000001-XX", "seal-1", 1, "T0421")
ACK = {
    "terminal": "T0421",
    "submission_id": "ab" * 16,
    "digest": "cd" * 32,
    "acceptance_no": "1",
    "accepted_at": "2026-01-01T00:00:00+00:00",
    "kid": "k",
    "signature": "",
}
ACCEPTED = json.dumps({"state": "accepted", "ack": ACK}).encode()


@contextmanager
def peer(status: int, headers: Mapping[str, str], body: bytes, cut_bytes: int = 0) -> Generator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(body) + cut_bytes))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        do_GET = do_PUT = do_PATCH = do_POST = answer  # noqa: N815 - named by the base class

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the base class
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def transport_to(url: str, timeout_s: float = 10) -> HttpTransport:
    return HttpTransport(url, "token", "T0421", timeout_s=timeout_s)


def client_to(url: str, timeout_s: float = 10) -> BackendClient:
    return BackendClient(url, "token", "T0421", timeout_s=timeout_s, catalogue_keys={})


def all_answers(transport: HttpTransport) -> set[object]:
    return {
        transport.announce(META),
        transport.append(META.submission_id, 0, b"x", last=True),
        transport.append(META.submission_id, 0, b"x", last=False),
        transport.status(META.submission_id),
    }


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, {"Content-Type": "text/html"}, b"<html>Please log in to the Wi-Fi</html>"),
        (200, JSON, ACCEPTED),
        (302, {"Location": "http://127.0.0.1:1/login"}, b""),
        (302, {"Location": "/登录".encode("gbk").decode("latin-1")}, b""),
        (302, {"Location": "http://[login"}, b""),
        (401, JSON, b'{"code": "auth.unknown-token"}'),
        (403, {}, b"blocked by policy"),
        (404, {"Content-Type": "text/html"}, b"not found"),
        (409, {"Upload-Offset": "0"}, b""),
        (413, {}, b"too large"),
        (422, {"Content-Type": "application/problem+json"}, b'{"code": "submission.digest-conflict"}'),
        (502, {"Retry-After": "60"}, b"bad gateway"),
        (200, {"Zhiwang-Api": "2", **JSON}, ACCEPTED),
    ],
)
def test_an_answer_without_the_platforms_mark_decides_nothing(
    status: int, headers: dict[str, str], body: bytes
) -> None:
    with peer(status, headers, body) as url, transport_to(url) as transport:
        assert all_answers(transport) == {TryLater(Trouble.GARBLED)}
        assert transport.ping() == TryLater(Trouble.GARBLED)


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, {**MARK, "Content-Type": "text/html"}, b"<html></html>"),
        (200, {**MARK, **JSON}, b'{"state": "perhaps"}'),
        (200, {**MARK, **JSON}, b'{"state": "accepted"}'),
        (200, {**MARK, **JSON}, b'{"state": "accepted", "ack": {"kid": 1}}'),
        (200, {**MARK, **JSON}, b'{"state": "rejected", "verdict": {}}'),
        (200, {**MARK, **JSON}, b'{"state": "partial"}'),
        (200, {**MARK, **JSON}, b"\xff\xfe"),
        (200, {**MARK, **JSON}, b'{"state": "accepted", "ack": {"a": ' + b"[" * 9999 + b"]" * 9999 + b"}}"),
        (200, {**MARK, "Transfer-Encoding": "chunked"}, b"-5\r\nabc"),
        (422, {**MARK, "Content-Type": "text/html"}, b"<html></html>"),
        (422, PROBLEM, b'{"title": "no code"}'),
        (304, MARK, b""),
    ],
)
def test_an_answer_of_the_wrong_shape_decides_nothing(
    status: int, headers: dict[str, str], body: bytes
) -> None:
    with peer(status, headers, body) as url, transport_to(url) as transport:
        assert all_answers(transport) == {TryLater(Trouble.GARBLED)}


@pytest.mark.parametrize("offset", ["", "-1", "1e3", "٣", "0x10", "9" * 5000])
def test_an_offset_that_is_no_number_decides_nothing(offset: str) -> None:
    headers = {**MARK, "Upload-Offset": offset.encode().decode("latin-1")}
    with peer(204, headers, b"") as url, transport_to(url) as transport:
        assert transport.append(META.submission_id, 0, b"x", last=False) == TryLater(Trouble.GARBLED)


def test_a_reply_that_is_cut_decides_nothing() -> None:
    with peer(200, {**MARK, **JSON}, ACCEPTED, cut_bytes=1) as url, transport_to(url) as transport:
        assert all_answers(transport) == {TryLater(Trouble.GARBLED)}


def test_a_reply_that_never_ends_is_not_read_to_its_end() -> None:
    with peer(200, {**MARK, **JSON}, b" " * 2_000_000) as url, transport_to(url) as transport:
        assert transport.status(META.submission_id) == TryLater(Trouble.GARBLED)


@pytest.mark.parametrize(
    ("status", "headers", "code", "expected"),
    [
        (503, {"Retry-After": "7"}, "district.failed", TryLater(Trouble.BUSY, 7)),
        (429, {"Retry-After": "99999999"}, "x.y", TryLater(Trouble.BUSY, 3600)),
        (500, {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}, "x.y", TryLater(Trouble.BUSY)),
        (401, {}, "auth.unknown-token", TryLater(Trouble.AUTH)),
        (403, {}, "auth.other-terminal", TryLater(Trouble.AUTH)),
        (404, {}, "submission.unknown", Unknown()),
        (400, {}, "upload.chunk-damaged", TryLater(Trouble.GARBLED)),
        (422, {}, "submission.digest-conflict", Conflict("platform.digest-conflict")),
        (422, {}, "submission.unknown-key", Conflict("platform.unknown-key")),
        (413, {}, "submission.too-large", Conflict("platform.too-large")),
        (422, {}, "submission.unreadable", Conflict("platform.refused")),
    ],
)
def test_a_refusal_of_the_platform_is_understood(
    status: int, headers: dict[str, str], code: str, expected: object
) -> None:
    body = json.dumps({"code": code}).encode()
    with peer(status, {**PROBLEM, **headers}, body) as url, transport_to(url) as transport:
        assert all_answers(transport) == {expected}


def test_a_conflict_with_an_offset_is_followed_and_one_without_is_waited_for() -> None:
    with (
        peer(409, {**PROBLEM, "Upload-Offset": "12"}, b'{"code": "x.y"}') as url,
        transport_to(url) as transport,
    ):
        assert transport.append(META.submission_id, 50, b"x", last=True) == Partial(12)
    with peer(409, PROBLEM, b'{"code": "x.y"}') as url, transport_to(url) as transport:
        assert transport.append(META.submission_id, 50, b"x", last=True) == TryLater(Trouble.PROCESSING)


def test_a_platform_that_is_still_at_work_is_asked_again() -> None:
    with peer(200, {**MARK, **JSON}, b'{"state": "processing"}') as url, transport_to(url) as transport:
        assert transport.status(META.submission_id) == TryLater(Trouble.PROCESSING)


def test_a_peer_that_never_answers_is_a_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}"
        with transport_to(url, 0.1) as transport, client_to(url, 0.1) as client:
            assert all_answers(transport) == {TryLater(Trouble.TIMEOUT)}
            with pytest.raises(BackendError) as failed:
                client.ping()
    assert failed.value.code == "backend.timeout"


def test_an_answer_that_stops_half_way_is_a_timeout() -> None:
    started = b"HTTP/1.1 200 OK\r\nZhiwang-Api: 1\r\nContent-Length: 50\r\n\r\n{"
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(started)
                connection.recv(65536)  # returns when the terminal gives up

        thread = threading.Thread(target=answer)
        thread.start()
        with transport_to(f"http://127.0.0.1:{server.getsockname()[1]}", 0.2) as transport:
            assert transport.status(META.submission_id) == TryLater(Trouble.TIMEOUT)
        thread.join()


@pytest.mark.parametrize(
    "head", [b"Content-Length: 99999", b"Transfer-Encoding: chunked\r\n\r\n1869f"], ids=["length", "chunked"]
)
def test_an_answer_that_trickles_is_given_up_in_time(head: bytes) -> None:
    given_up = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def trickle() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nZhiwang-Api: 1\r\n" + head + b"\r\n")
                connection.sendall(b"\r\n" * (b"chunked" not in head))
                for _ in range(60):
                    connection.sendall(b" ")
                    if given_up.wait(0.05):
                        break

        thread = threading.Thread(target=trickle)
        thread.start()
        with transport_to(f"http://127.0.0.1:{server.getsockname()[1]}", 0.3) as transport:
            assert transport.status(META.submission_id) == TryLater(Trouble.TIMEOUT)
        assert thread.is_alive(), "it was read until the other side had enough"
        given_up.set()
        thread.join()


@pytest.mark.parametrize(
    "case",
    [
        {"statuses": []},
        {"statuses": [{"status": 5, "at": "2026-01-01T00:00:00Z", "note": ""}]},
        {"received_at": "yesterday"},
        {"item_name": None},
    ],
)
def test_a_case_that_says_nothing_of_where_it_stands_is_no_answer(case: dict[str, object]) -> None:
    entry = {"status": "received", "at": "2026-01-01T00:00:00Z", "note": ""}
    whole = {
        "kind": "case",
        "number": "N",
        "receipt_no": "R",
        "item": "i",
        "item_name": "x",
        "received_at": "2026-01-01T00:00:00Z",
        "statuses": [entry],
    }
    body = json.dumps(whole | case).encode()
    with (
        peer(200, {**MARK, **JSON}, body) as url,
        client_to(url) as client,
        pytest.raises(BackendError) as failed,
    ):
        client.progress("N", "123X")
    assert failed.value.code == "backend.garbled"


def test_no_network_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with transport_to(url) as transport, client_to(url) as client:
        assert all_answers(transport) == {TryLater(Trouble.OFFLINE)}
        with pytest.raises(BackendError) as failed:
            client.prefill("item", NAME, NUMBER)
    assert failed.value.code == "backend.unreachable"
    assert failed.value.__cause__ is not None
    assert NUMBER not in repr(failed.value.__cause__)


@pytest.mark.parametrize(
    ("status", "headers", "body", "code"),
    [
        (200, {"Content-Type": "text/html"}, b"<html>", "backend.garbled"),
        (200, {**MARK, **JSON}, b"{}", "backend.garbled"),
        (409, {**MARK, **JSON}, b"{}", "backend.garbled"),
        (409, PROBLEM, b'{"code": "x.y"}', "backend.refused"),
        (401, PROBLEM, b'{"code": "auth.unknown-token"}', "backend.refused"),
        (503, PROBLEM, b'{"code": "x.y"}', "backend.busy"),
    ],
)
def test_the_client_tells_why_it_has_no_answer(
    status: int, headers: dict[str, str], body: bytes, code: str
) -> None:
    with peer(status, headers, body) as url, client_to(url) as client:
        with pytest.raises(BackendError) as prefill:
            client.prefill("item", NAME, NUMBER)
        with pytest.raises(BackendError) as ping:
            client.ping()
    assert prefill.value.code == code
    assert ping.value.code == code


def test_a_proxys_page_does_not_say_that_a_case_does_not_exist() -> None:
    body = b'{"code": "case.not-found"}'
    with peer(404, {"Content-Type": "application/problem+json"}, body) as url, client_to(url) as client:
        with pytest.raises(BackendError) as failed:
            client.progress("123", "1234")
        assert failed.value.code == "backend.garbled"
    with peer(404, PROBLEM, body) as url, client_to(url) as client:
        assert client.progress("123", "1234") == NotFound()


def test_a_proxy_set_on_the_machine_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with peer(200, {**MARK, **JSON}, b'{"ok": true}') as url, transport_to(url) as transport:
        assert transport.ping() == Reachable()
