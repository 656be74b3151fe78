import asyncio
import inspect
import re
import threading
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import requests
from starlette.types import Message, Receive, Scope, Send

from district.contract import COMMITTED, openapi
from kiosk.backend import BackendClient, BackendError, HttpTransport
from offline_queue.numbers import make_number
from offline_queue.transport import Announcement, Holding, Holdings
from tests.contract.guard import Guard, operation_of, unlike
from tests.contract.platform import Platform
from tests.support.pieces import Pieces

META = Announcement("ab" * 16, "cd" * 32, 100, "item", 1, "T0421-000001-XX", "seal-1", 1, "T0421")
OF_HTTP = {
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "idempotency-key",
    "user-agent",
}


@dataclass(frozen=True)
class Asked:
    """One request of the terminal."""

    method: str
    path: str
    headers: set[str]
    query: set[str]
    kind: str
    body: bytes


def test_the_committed_document_is_what_the_code_serves() -> None:
    assert COMMITTED.read_text("utf-8") == openapi()


def test_everything_the_terminal_asks_is_in_the_document() -> None:
    asked = _requests_of_the_terminal()
    assert len(asked) == 22
    for one in asked:
        operation = operation_of(one.method, one.path)
        assert operation is not None, one.path
        known = {(said["in"], said["name"].lower()) for said in operation.get("parameters", [])}
        assert {("header", name) for name in one.headers - OF_HTTP} <= known
        assert {("query", name) for name in one.query} <= known
        assert ("security" in operation) == (one.path != "/v1/ping")
        content = operation.get("requestBody", {}).get("content", {})
        assert bool(one.body) == bool(content)
        if one.body:
            assert one.kind in content
            assert one.kind != "application/json" or unlike(content[one.kind]["schema"], one.body) == ""


def test_nothing_that_a_client_can_ask_is_left_out() -> None:
    told = set(re.findall(r"\b(?:transport|client)\.([a-z_]+)\(", Path(__file__).read_text("utf-8")))
    for asker in (HttpTransport, BackendClient):
        offered = {name for name, _ in inspect.getmembers(asker, callable) if not name.startswith("_")}
        assert offered - told - {"close", "pace"} == set()


def _requests_of_the_terminal() -> list[Asked]:
    asked: list[Asked] = []

    class Recorder(BaseHTTPRequestHandler):
        def record(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path, _, query = self.path.partition("?")
            names = {pair.partition("=")[0] for pair in query.split("&") if pair}
            headers = {name.lower() for name in self.headers}
            kind = self.headers.get("Content-Type") or ""
            asked.append(Asked(self.command.lower(), path, headers, names, kind, body))
            self.send_response(503)
            self.end_headers()

        do_GET = do_PUT = do_PATCH = do_POST = record  # noqa: N815 - named by the base class

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the base class
            pass

    with HTTPServer(("127.0.0.1", 0), Recorder) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        _ask_everything(f"http://127.0.0.1:{server.server_address[1]}")
        server.shutdown()
        thread.join()
    return asked


def _ask_everything(url: str) -> None:
    with HttpTransport(url, "token", "T0421", timeout_s=10) as transport:
        transport.ping()
        transport.announce(META)
        transport.deliver(META, Pieces(bytes(META.size)))
        transport.append(META.submission_id, 0, b"x", last=True)
        transport.status(META.submission_id)
        transport.reconcile(Holdings("T0421", 1, 1, 1, (Holding(1, "ab" * 16, "cd" * 4, "queued"),)))
    with BackendClient(url, "token", "T0421", timeout_s=10, catalogue_keys={}) as client:
        for ask in (
            client.ping,
            lambda: client.catalogue('"etag"'),
            lambda: client.seal_keys('"etag"'),
            lambda: client.prefill("item", "name", "number"),
            lambda: client.circumstances("name", "number"),
            lambda: client.cases("name", "number"),
            lambda: client.documents("name", "number"),
            lambda: client.document("name", "number", "kind"),
            lambda: client.identify("a code"),
            lambda: client.progress("123", "1234"),
            lambda: client.rate(make_number("T0421", 1), 1),
            lambda: client.receipt(make_number("T0421", 1)),
            lambda: client.earlier(META.submission_id),
            lambda: client.near("road", "a place"),
            lambda: client.support("SSP1", "ab" * 16),
            lambda: client.report("SSP1"),
        ):
            with suppress(BackendError):
                ask()


def test_every_answer_carries_the_platforms_mark(platform: Platform) -> None:
    for path in ("/v1/ping", "/v1/catalogue", "/nothing-here", "/v1/submissions/zz"):
        assert platform.raw("GET", path).headers["Zhiwang-Api"] == "1"
    assert platform.raw("DELETE", "/v1/ping").headers["Zhiwang-Api"] == "1"
    with requests.Session() as session:
        refused = session.get(platform.url + "/v1/catalogue", timeout=10)
    assert (refused.status_code, refused.headers["Zhiwang-Api"]) == (401, "1")
    assert refused.json()["code"] == "auth.unknown-token"


@pytest.mark.parametrize(
    ("status", "header", "body", "why"),
    [
        (200, "zhiwang-api", b'{"ok": true}', []),
        (202, "zhiwang-api", b"", ["GET /v1/ping 202: no such status"]),
        (200, "x-strange", b'{"ok": true}', ["GET /v1/ping 200: no such headers ['x-strange']"]),
        (200, "zhiwang-api", b'{"ok": "yes"}', ["GET /v1/ping 200: $.ok: type"]),
        (503, "zhiwang-api", b"{}", ["GET /v1/ping 503: no such content 'application/json'"]),
    ],
)
def test_an_answer_that_is_not_as_the_document_has_it_is_found(
    status: int, header: str, body: bytes, why: list[str]
) -> None:
    async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (header.encode(), b"1")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def hear() -> Message:
        return {}

    async def say(_: Message) -> None:
        pass

    guard = Guard(answer)
    asyncio.run(guard({"type": "http", "method": "GET", "path": "/v1/ping"}, hear, say))
    assert guard.broken == why


def test_a_ping_needs_no_token(platform: Platform) -> None:
    with platform.client(token="unknown") as client:
        client.ping()


def test_every_refusal_in_the_code_has_a_code_of_the_agreed_form() -> None:
    source = "".join(path.read_text("utf-8") for path in Path("district").rglob("*.py"))
    codes = re.findall(r'HTTPStatus\.[A-Z_]+,\s*"([^"]+)"', source)
    assert len(codes) > 15
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", code) for code in codes)
