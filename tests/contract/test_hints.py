"""What the platform asks for in passing: patience, pace, smaller chunks, an order; and what a refusal is."""

import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kiosk.backend import HttpTransport
from offline_queue.delivery import Courier, Errand
from offline_queue.transport import Announcement, Conflict, Pace, Reachable, Trouble, TryLater

SUBMISSION = "ab" * 16
DATE = "Wed, 25 Nov 2026 08:00:00 GMT"


class Platform(ThreadingHTTPServer):
    """Says what it was told to say."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body = b"{}"

    def says(self, status: int, body: bytes = b"{}", **headers: str) -> None:
        self.status, self.body = status, body
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def refuses(self, status: int, code: str, **headers: str) -> None:
        body = f'{{"code":"{code}"}}'.encode()
        self.says(status, body, Content_Type="application/problem+json", **headers)


class _Handler(BaseHTTPRequestHandler):
    server: Platform  # pyright: ignore[reportIncompatibleVariableOverride]  # the only server it is used with

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - base class's signature
        pass

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = self.server
        self.send_response_only(said.status)
        for name, value in {
            **said.headers,
            "Zhiwang-Api": "1",
            "Content-Length": str(len(said.body)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said.body)

    do_PATCH = do_GET  # noqa: N815 - the base class asks for these names


@pytest.fixture(scope="module")
def platform() -> Generator[Platform]:
    server = Platform()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def transport(platform: Platform) -> Generator[HttpTransport]:
    with HttpTransport(
        f"http://127.0.0.1:{platform.server_address[1]}", "token", "T0421", timeout_s=5
    ) as opened:
        yield opened


@pytest.mark.parametrize(
    ("headers", "pace"),
    [
        ({"X_Drain": "interval_ms=1500, lasts_s=60"}, Pace(1.5, 60.0)),
        ({"X_Drain": "interval_ms=0, lasts_s=0"}, Pace(0.0, 0.0)),
        ({"RateLimit": '"default";r=0;t=30'}, Pace(0.0, 0.0, 30.0)),
        ({"RateLimit": '"burst";r=7;t=1, "daily";r=0;t=90'}, Pace(0.0, 0.0, 90.0)),
        ({"RateLimit": '"default";r=0;t=999999'}, Pace(0.0, 0.0, 3600.0)),
        (
            {"X_Drain": "interval_ms=1500, lasts_s=60", "RateLimit": '"default";r=0;t=30'},
            Pace(1.5, 60.0, 30.0),
        ),
        ({"RateLimit": '"default";r=1;t=30'}, None),
        ({"RateLimit": "r=0;t=30"}, None),
        ({"X_Drain": "interval_ms=-1, lasts_s=60"}, None),
        ({"X_Drain": "interval_ms=٣, lasts_s=60"}, None),
        ({"X_Drain": "soon"}, None),
        ({}, None),
    ],
)
def test_a_wish_for_a_pace_is_heard_and_anything_else_is_none(
    platform: Platform, transport: HttpTransport, headers: dict[str, str], pace: Pace | None
) -> None:
    platform.says(200, b'{"ok":true}', **{name: _latin(value) for name, value in headers.items()})
    assert transport.ping() == Reachable()
    assert transport.pace() == pace


def _latin(text: str) -> str:
    return text.encode().decode("latin-1")


def test_the_wish_is_that_of_the_last_answer(platform: Platform, transport: HttpTransport) -> None:
    platform.says(200, b'{"ok":true}', X_Drain="interval_ms=1500, lasts_s=60")
    transport.ping()
    platform.says(200, b'{"ok":true}')
    transport.ping()
    assert transport.pace() is None


def test_a_wish_is_not_heard_again_with_an_answer_that_never_came(
    platform: Platform, transport: HttpTransport
) -> None:
    platform.says(200, b'{"ok":true}', RateLimit='"default";r=0;t=30')
    transport.ping()
    platform.says(200, b" " * 2_000_000)
    assert transport.ping() == TryLater(Trouble.GARBLED)
    assert transport.pace() is None


def test_a_wish_is_not_heard_again_where_nothing_was_asked(
    platform: Platform, transport: HttpTransport, tmp_path: Path
) -> None:
    platform.says(200, b'{"ok":true}', RateLimit='"default";r=0;t=3600')
    transport.ping()
    assert transport.pace() == Pace(0.0, 0.0, 3600.0)
    meta = Announcement(SUBMISSION, "cd" * 32, 100, "item", 1, "T0421-000001-XX", "seal-1", 1, "T0421")
    Courier(transport, {}).carry(Errand(meta, tmp_path / "gone", tried_before=True))
    assert transport.pace() is None


@pytest.mark.parametrize("status", [400, 404, 405, 409, 410, 411, 412, 413, 415, 422, 431])
def test_any_other_refusal_is_counted_by_its_date(
    platform: Platform, transport: HttpTransport, status: int
) -> None:
    platform.refuses(status, "request.odd", Date=DATE)
    assert transport.status(SUBMISSION) == TryLater(Trouble.REFUSED, mark=DATE)


@pytest.mark.parametrize(
    ("status", "code", "answer"),
    [
        (422, "submission.digest-conflict", Conflict("platform.digest-conflict")),
        (422, "submission.unknown-key", Conflict("platform.unknown-key")),
        (422, "submission.bad-receipt-no", Conflict("platform.refused")),
        (413, "submission.too-large", Conflict("platform.too-large")),
        (428, "submission.out-of-order", TryLater(Trouble.OUT_OF_ORDER, 20.0)),
        (401, "auth.unknown", TryLater(Trouble.AUTH, 20.0)),
        (403, "auth.other-terminal", TryLater(Trouble.AUTH, 20.0)),
        (429, "district.busy", TryLater(Trouble.BUSY, 20.0)),
        (503, "district.busy", TryLater(Trouble.BUSY, 20.0)),
    ],
)
def test_what_blames_an_application_and_what_asks_for_patience_are_told_apart(
    platform: Platform, transport: HttpTransport, status: int, code: str, answer: Conflict | TryLater
) -> None:
    platform.refuses(status, code, Date=DATE, Retry_After="20")
    assert transport.status(SUBMISSION) == answer


def test_another_request_at_work_on_the_same_upload_delays_this_application_alone(
    platform: Platform, transport: HttpTransport
) -> None:
    platform.refuses(409, "upload.in-flight", Retry_After="2")
    assert transport.append(SUBMISSION, 0, b"bytes", last=False) == TryLater(Trouble.PROCESSING, 2.0)
