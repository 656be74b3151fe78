"""A platform on loopback that keeps the submission contract over real HTTP, and misbehaves on request."""

import base64
import hashlib
import http.client
import http.server
import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from offline_queue import PlatformKey, unpack
from offline_queue.ack import Ack, Verdict, ack_from_json, sign_ack, sign_verdict, to_json, verdict_from_json
from offline_queue.errors import AckError
from offline_queue.package import Package
from offline_queue.seal import open_container
from offline_queue.transport import (
    Accepted,
    Announcement,
    Answer,
    Conflict,
    Content,
    Holdings,
    Pace,
    Partial,
    Reachable,
    Reconciled,
    Rejected,
    Trouble,
    TryLater,
    Unknown,
)

_API = "Zhiwang-Api"


@dataclass
class _Submission:
    meta: dict[str, Any]
    received: bytearray = field(default_factory=bytearray)
    acceptance_no: str | None = None


@dataclass
class Faults:
    """What to do wrong; every field may be changed at any time."""

    cut: bool = False  # no connection
    lose_replies: int = 0  # do what was asked, then hang up, this many times
    lose_next_accept: int = 0  # the same, but only for a commit
    raw_answer: bytes | None = None  # somebody else's answer to everything
    edit_ack: Callable[[Ack], Ack] | None = None
    conflict_seqs: set[int] = field(default_factory=set[int])
    reject_seqs: set[int] = field(default_factory=set[int])
    busy_answers: int = 0
    retry_after_s: float = 0.0
    forget_uploads: int = 0  # lose an unfinished upload before answering, this many times
    stall: threading.Event | None = None  # answer nothing until it is set


class FakePlatform:
    """Create-or-return, resumable upload, repeatable commit, signed answers; all in memory."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.commits: list[str] = []  # one entry for each case made; twice the same id would be a second case
        self.requests: list[str] = []
        self.asked_s: list[float] = []  # when each of the requests came, monotonic seconds
        self._submissions: dict[str, _Submission] = {}
        self._lock = threading.Lock()
        self._sealing_key = X25519PrivateKey.generate()
        self._signing_key = Ed25519PrivateKey.generate()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.faults.stall is not None:
            self.faults.stall.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def recipient(self) -> PlatformKey:
        return PlatformKey("platform-1", self._sealing_key.public_key().public_bytes_raw())

    @property
    def ack_keys(self) -> dict[str, bytes]:
        return {"ack-1": self._signing_key.public_key().public_bytes_raw()}

    def opened(self, submission_id: str) -> Package:
        """What the platform reads in an accepted submission."""
        container = bytes(self._submissions[submission_id].received)
        return unpack(open_container(container, {"platform-1": self._sealing_key})[1])

    def receipt_numbers(self) -> list[str]:
        """The receipt numbers of the cases made, in their order."""
        return [self._submissions[submission_id].meta["receipt_no"] for submission_id in self.commits]

    def handle(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, str], bytes]:
        with self._lock:
            self.requests.append(f"{method} {path}")
            self.asked_s.append(time.monotonic())
            if self.faults.busy_answers > 0:
                self.faults.busy_answers -= 1
                return 503, {"Retry-After": str(self.faults.retry_after_s)}, b"{}"
            submission_id = path.rsplit("/", 1)[-1]
            match method:
                case "PUT":
                    return self._create(submission_id, json.loads(body))
                case "POST":
                    return self._take(submission_id, headers, body)
                case "PATCH":
                    return self._append(submission_id, headers, body)
                case _ if path == "/v1/ping":
                    return 200, {}, b'{"ok":true}'
                case _:
                    return self._state(submission_id)

    def _create(self, submission_id: str, meta: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        known = self._submissions.setdefault(submission_id, _Submission(meta))
        if meta["seq"] in self.faults.conflict_seqs or known.meta["digest"] != meta["digest"]:
            return 422, {}, b'{"code":"submission.digest-conflict"}'
        return self._state(submission_id)

    def _take(self, submission_id: str, headers: Any, body: bytes) -> tuple[int, dict[str, str], bytes]:
        meta = json.loads(base64.b64decode(headers["Announcement"].strip(":")))
        status, _, _ = created = self._create(submission_id, meta)
        found = self._submissions[submission_id]
        if status != HTTPStatus.OK or found.acceptance_no is not None:
            return created
        assert len(body) == meta["size"]
        found.received.clear()
        return self._append(submission_id, {"Upload-Offset": "0", "Upload-Complete": "?1"}, body)

    def _append(self, submission_id: str, headers: Any, body: bytes) -> tuple[int, dict[str, str], bytes]:
        found = self._submissions.get(submission_id)
        if found is None:
            return 404, {}, b"{}"
        if self.faults.forget_uploads > 0:
            self.faults.forget_uploads -= 1
            found.received.clear()
        if int(headers["Upload-Offset"]) != len(found.received):
            return 409, {"Upload-Offset": str(len(found.received))}, b""
        found.received += body
        if headers["Upload-Complete"] == "?0":
            return 204, {"Upload-Offset": str(len(found.received))}, b""
        if found.acceptance_no is None and found.meta["seq"] not in self.faults.reject_seqs:
            assert hashlib.sha256(found.received).hexdigest() == found.meta["digest"]
            self.commits.append(submission_id)
            found.acceptance_no = f"3301{len(self.commits):06d}"
        return self._state(submission_id)

    def _state(self, submission_id: str) -> tuple[int, dict[str, str], bytes]:
        found = self._submissions.get(submission_id)
        if found is None:
            return 200, {}, b'{"state":"unknown"}'
        meta = found.meta
        if meta["seq"] in self.faults.reject_seqs and len(found.received) == meta["size"]:
            verdict = Verdict(
                meta["terminal"],
                submission_id,
                meta["digest"],
                "not-resident",
                "2025-06-01T08:00:00Z",
                "ack-1",
            )
            fields: dict[str, Any] = {"verdict": to_json(sign_verdict(verdict, self._signing_key))}
            return 200, {}, json.dumps({"state": "rejected", **fields}).encode()
        if found.acceptance_no is None:
            state = {"state": "partial", "upload_offset": len(found.received)}
            return 200, {}, json.dumps(state).encode()
        ack = Ack(
            meta["terminal"],
            submission_id,
            meta["digest"],
            found.acceptance_no,
            "2025-06-01T08:00:00Z",
            "ack-1",
        )
        ack = sign_ack(ack, self._signing_key)
        if self.faults.edit_ack is not None:
            ack = self.faults.edit_ack(ack)
        return 200, {}, json.dumps({"state": "accepted", "ack": to_json(ack)}).encode()


class _Server(http.server.ThreadingHTTPServer):
    def __init__(self, platform: FakePlatform) -> None:
        self.platform = platform
        super().__init__(("127.0.0.1", 0), _Handler)

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002 - base class's signature
        return not self.platform.faults.cut

    def handle_error(self, request: Any, client_address: Any) -> None:
        # The terminal's process is killed in the middle of requests here; that is no fault of the platform.
        pass


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Server  # pyright: ignore[reportIncompatibleVariableOverride]  # the only server it is used with

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - base class's signature
        pass

    def do_GET(self) -> None:
        platform = self.server.platform
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if platform.faults.stall is not None:
            platform.faults.stall.wait()
        if platform.faults.raw_answer is not None:
            self.wfile.write(platform.faults.raw_answer)
            return
        status, headers, answer = platform.handle(self.command, self.path, self.headers, body)
        if platform.faults.lose_replies > 0:
            platform.faults.lose_replies -= 1
            return
        if b"accepted" in answer and platform.faults.lose_next_accept > 0:
            platform.faults.lose_next_accept -= 1
            return
        self.send_response(status)
        for name, value in {**headers, _API: "1", "Content-Length": str(len(answer))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    do_PUT = do_GET  # noqa: N815 - the base class asks for these names
    do_POST = do_GET  # noqa: N815 - the base class asks for these names
    do_PATCH = do_GET  # noqa: N815 - the base class asks for these names


class LoopbackTransport:
    """The contract over the standard library's HTTP client; one connection a request."""

    def __init__(self, port: int, timeout_s: float = 5.0) -> None:
        self._port = port
        self._timeout_s = timeout_s

    def announce(self, meta: Announcement) -> Answer:
        return self._ask(
            "PUT", f"/v1/submissions/{meta.submission_id}", {}, json.dumps(asdict(meta)).encode()
        )

    def deliver(self, meta: Announcement, content: Content) -> Answer:
        told = base64.b64encode(json.dumps(asdict(meta)).encode()).decode()
        # With a length told the pieces are sent one by one; the queue's process never holds the whole.
        headers = {"Announcement": f":{told}:", "Content-Length": str(len(content))}
        return self._ask("POST", f"/v1/uploads/{meta.submission_id}", headers, content)

    def append(self, submission_id: str, offset: int, chunk: bytes, *, last: bool) -> Answer:
        digest = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
        headers = {
            "Upload-Offset": str(offset),
            "Upload-Complete": "?1" if last else "?0",
            "Content-Digest": f"sha-256=:{digest}:",
        }
        return self._ask("PATCH", f"/v1/uploads/{submission_id}", headers, chunk)

    def status(self, submission_id: str) -> Answer:
        return self._ask("GET", f"/v1/submissions/{submission_id}", {}, b"")

    def ping(self) -> Reachable | TryLater:
        answer = self._ask("GET", "/v1/ping", {}, b"")
        return answer if isinstance(answer, TryLater) else Reachable()

    def reconcile(self, batch: Holdings) -> Reconciled | TryLater:
        answer = self._ask("GET", "/v1/ping", {}, b"")
        settled = {holding.submission_id: self.status(holding.submission_id) for holding in batch.items}
        if isinstance(answer, TryLater):
            return answer
        return Reconciled(
            settled=tuple(word for word in settled.values() if isinstance(word, Accepted | Rejected)),
            unfinished=tuple(name for name, word in settled.items() if isinstance(word, Partial)),
            unknown=tuple(name for name, word in settled.items() if isinstance(word, Unknown)),
            conflicts=(),
            gaps=tuple(
                set(range(batch.first_seq, batch.last_seq + 1)) - {holding.seq for holding in batch.items}
            ),
        )

    def pace(self) -> Pace | None:
        return None

    def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes | Content) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=self._timeout_s)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return _read(response.status, response.headers, response.read())
        except TimeoutError:
            return TryLater(Trouble.TIMEOUT)
        except (OSError, http.client.HTTPException):
            return TryLater(Trouble.OFFLINE)
        except (ValueError, KeyError, AckError):
            return TryLater(Trouble.GARBLED)
        finally:
            connection.close()


def _read(status: int, headers: Any, body: bytes) -> Answer:
    if headers.get(_API) is None:
        return TryLater(Trouble.GARBLED)
    match status:
        case 204 | 409:
            return Partial(int(headers["Upload-Offset"]))
        case 503:
            return TryLater(Trouble.BUSY, float(headers["Retry-After"]))
        case 422:
            return Conflict("platform.digest-conflict")
        case _:
            return _state(json.loads(body))


def _state(fields: dict[str, Any]) -> Answer:
    match fields.get("state"):
        case "partial":
            return Partial(fields["upload_offset"])
        case "accepted":
            return Accepted(ack_from_json(fields["ack"]))
        case "rejected":
            return Rejected(verdict_from_json(fields["verdict"]))
        case _:
            return Unknown()
