import json
import re
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import requests

from district.contract import COMMITTED, openapi
from kiosk.backend import BackendClient, BackendError, HttpTransport
from offline_queue.numbers import make_number
from offline_queue.transport import Announcement, Holding, Holdings
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


def _document() -> dict[str, Any]:
    return json.loads(COMMITTED.read_text("utf-8"))


def test_the_committed_document_is_what_the_code_serves() -> None:
    assert COMMITTED.read_text("utf-8") == openapi()


def test_everything_the_terminal_asks_is_in_the_document() -> None:
    asked = _requests_of_the_terminal()
    assert len(asked) == 14
    for method, path, headers, query in asked:
        template = next(name for name in _document()["paths"] if _matches(name, path))
        operation = _document()["paths"][template][method]
        known = {(one["in"], one["name"].lower()) for one in operation.get("parameters", [])}
        assert {("header", name) for name in headers - OF_HTTP} <= known
        assert {("query", name) for name in query} <= known
        secured = "security" in operation
        assert secured == (template != "/v1/ping")


def _matches(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{[a-z_]+\}", "[^/]+", template), path) is not None


def _requests_of_the_terminal() -> list[tuple[str, str, set[str], set[str]]]:
    asked: list[tuple[str, str, set[str], set[str]]] = []

    class Recorder(BaseHTTPRequestHandler):
        def record(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path, _, query = self.path.partition("?")
            names = {pair.partition("=")[0] for pair in query.split("&") if pair}
            asked.append((self.command.lower(), path, {name.lower() for name in self.headers}, names))
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
            lambda: client.prefill("item", "name", "number"),
            lambda: client.circumstances("name", "number"),
            lambda: client.identify("a code"),
            lambda: client.progress("123", "1234"),
            lambda: client.rate(make_number("T0421", 1), 1),
            lambda: client.receipt(make_number("T0421", 1)),
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


def test_a_ping_needs_no_token(platform: Platform) -> None:
    with platform.client(token="unknown") as client:
        client.ping()


def test_every_refusal_in_the_code_has_a_code_of_the_agreed_form() -> None:
    source = "".join(path.read_text("utf-8") for path in Path("district").rglob("*.py"))
    codes = re.findall(r'HTTPStatus\.[A-Z_]+,\s*"([^"]+)"', source)
    assert len(codes) > 15
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", code) for code in codes)
