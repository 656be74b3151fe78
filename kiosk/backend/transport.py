"""The queue's way to the platform over HTTP: resumable uploads; only the platform's own answers decide.

Protocol: create or return (``PUT``), chunks at an offset (``PATCH``, after the IETF's resumable uploads), the
last of which commits, and a status that may be asked at any time.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from http import HTTPStatus
from types import MappingProxyType, TracebackType
from typing import Final, Literal, Self, assert_never

import msgspec

from kiosk.backend.line import Line, LineError, Noise, Reply
from offline_queue.ack import ack_from_json, verdict_from_json
from offline_queue.errors import AckError
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

_TROUBLES: Final = MappingProxyType(
    {
        Noise.OFFLINE: Trouble.OFFLINE,
        Noise.UNTRUSTED: Trouble.GARBLED,
        Noise.TIMEOUT: Trouble.TIMEOUT,
        Noise.GARBLED: Trouble.GARBLED,
    }
)
_CONFLICTS: Final = MappingProxyType(
    {
        "submission.digest-conflict": "platform.digest-conflict",
        "submission.digest-mismatch": "platform.digest-conflict",
        "submission.too-large": "platform.too-large",
        "submission.unknown-key": "platform.unknown-key",
        "submission.unreadable": "platform.refused",
        "submission.bad-receipt-no": "platform.refused",
        "upload.chunk-too-large": "platform.too-large",
    }
)
_NO_SUCH_REQUEST: Final = MappingProxyType(
    {
        HTTPStatus.NOT_FOUND: "request.not-found",
        HTTPStatus.METHOD_NOT_ALLOWED: "request.method-not-allowed",
    }
)
"""How a platform answers that is older than a request."""
_AGAIN: Final = frozenset({"upload.broken-off", "upload.chunk-damaged"})
_GARBLED: Final = TryLater(Trouble.GARBLED)
_LIMIT: Final = re.compile(r"(?:^|,)\s*max-append-size=([1-9][0-9]{0,9})\s*(?:,|$)", re.ASCII)
_DRAIN: Final = re.compile(r"interval_ms=([0-9]{1,9}),\s*lasts_s=([0-9]{1,6})", re.ASCII)
_RATE: Final = re.compile(r'(?:^|,)\s*"[^"]*"\s*;\s*r=([0-9]{1,9})\s*;\s*t=([0-9]{1,9})', re.ASCII)
_OFFSET: Final = re.compile(r"[0-9]{1,18}", re.ASCII)
_SILENCE_S_MAX: Final = 3600.0


class _State(msgspec.Struct):
    state: Literal["unknown", "partial", "processing", "accepted", "rejected", "unreadable"]
    upload_offset: int | None = None
    ack: dict[str, object] | None = None
    verdict: dict[str, object] | None = None
    problem: str | None = None


class _Settled(msgspec.Struct):
    ack: dict[str, object] | None = None
    verdict: dict[str, object] | None = None


class _Reconciled(msgspec.Struct):
    settled: tuple[_Settled, ...]
    unfinished: tuple[str, ...]
    unknown: tuple[str, ...]
    conflicts: tuple[str, ...]
    gaps: tuple[int, ...]


class _Pong(msgspec.Struct):
    ok: Literal[True]


_STATE: Final = msgspec.json.Decoder(_State)
_RECONCILED: Final = msgspec.json.Decoder(_Reconciled)
_PONG: Final = msgspec.json.Decoder(_Pong)


class HttpTransport:
    """Implements ``offline_queue.transport.Transport``; never raises for what the network does.

    Args:
        base_url: Such as ``https://platform.example``.
        token: The terminal's bearer token.
        terminal: Its name, told in the user agent.
        timeout_s: For connecting, for each wait on the wire, and for the answer as a whole.
        ca_file: Certificates to trust instead of the public ones, or None.
        sign: Returns the terminal's signature of an announcement as text, or None when it cannot sign.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        terminal: str,
        *,
        timeout_s: float,
        ca_file: str | None = None,
        sign: Callable[[Announcement], str | None] = lambda _meta: None,
    ) -> None:
        self._sign = sign
        self._line = Line(base_url, token, terminal, timeout_s, ca_file)
        self._append_bytes_max: int | None = None
        self._takes_whole = True
        self._pace: Pace | None = None

    def __enter__(self) -> Self:
        """Return the transport itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the transport."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def announce(self, meta: Announcement) -> Answer:
        """Create the submission, or learn how far it is."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": f'"{meta.submission_id}"'}
        headers |= self._signed(meta)
        try:
            reply = self._ask("PUT", f"/v1/submissions/{meta.submission_id}", headers, _told(meta))
            return _state(reply) if reply.is_success else _refusal(reply)
        except LineError as error:
            return TryLater(_TROUBLES[error.noise])

    def deliver(self, meta: Announcement, content: Content) -> Answer:
        """Create the submission, send the whole of it and commit, in one request.

        A platform that does not take so much at once, or not in this way, is announced it instead.
        """
        size = len(content)
        if not self._takes_whole or size > (self._append_bytes_max or size):
            return self.announce(meta)
        told = base64.b64encode(_told(meta)).decode()
        headers = {"Content-Type": "application/octet-stream", "Announcement": f":{told}:"}
        headers |= self._signed(meta)
        try:
            reply = self._ask("POST", f"/v1/uploads/{meta.submission_id}", headers, content)
            if reply.status in _NO_SUCH_REQUEST and reply.problem in _NO_SUCH_REQUEST.values():
                self._takes_whole = False
                return self.announce(meta)
            if self._learns_limit(reply, size):
                return self.announce(meta)
            if reply.status == HTTPStatus.CONFLICT:
                return _offset(reply)
            return _state(reply) if reply.is_success else _refusal(reply)
        except LineError as error:
            return TryLater(_TROUBLES[error.noise])

    def append(self, submission_id: str, offset: int, chunk: bytes, *, last: bool) -> Answer:
        """Write bytes at an offset; with ``last`` the platform commits and answers ``Accepted``.

        A platform that takes less at once is given less: the answer then is how far it has come.
        """
        try:
            reply = self._append(submission_id, offset, chunk, last=last)
            if self._learns_limit(reply, len(chunk)):
                reply = self._append(submission_id, offset, chunk, last=last)
            if reply.status in {HTTPStatus.NO_CONTENT, HTTPStatus.CONFLICT}:
                return _offset(reply)
            return _state(reply) if reply.is_success else _refusal(reply)
        except LineError as error:
            return TryLater(_TROUBLES[error.noise])

    def status(self, submission_id: str) -> Answer:
        """Ask what became of a submission."""
        try:
            reply = self._ask("GET", f"/v1/submissions/{submission_id}")
            return _state(reply) if reply.is_success else _refusal(reply)
        except LineError as error:
            return TryLater(_TROUBLES[error.noise])

    def ping(self) -> Reachable | TryLater:
        """Ask whether the platform is there."""
        try:
            reply = self._ask("GET", "/v1/ping")
            if not reply.is_success:
                return TryLater(Trouble.BUSY, reply.retry_after_s)
            reply.decode(_PONG)
        except LineError as error:
            return TryLater(_TROUBLES[error.noise])
        return Reachable()

    def reconcile(self, batch: Holdings) -> Reconciled | TryLater:
        """Compare accounts; the answer's signed words are still to be verified."""
        headers = {"Content-Type": "application/json"}
        try:
            reply = self._ask("POST", "/v1/reconciliations", headers, msgspec.json.encode(asdict(batch)))
            if reply.is_success:
                return _reconciled(reply)
            answer = _refusal(reply)
        except LineError as error:
            return TryLater(_TROUBLES[error.noise])
        if isinstance(answer, TryLater) and answer.reason is not Trouble.REFUSED:
            return answer
        return _GARBLED

    def pace(self) -> Pace | None:
        """Return what the answer to the last question asked for, once; None: no wish, no answer, or told."""
        pace, self._pace = self._pace, None
        return pace

    def _append(self, submission_id: str, offset: int, chunk: bytes, *, last: bool) -> Reply:
        sent = chunk[: self._append_bytes_max]
        digest = base64.b64encode(hashlib.sha256(sent).digest()).decode()
        headers = {
            "Content-Type": "application/partial-upload",
            "Upload-Offset": str(offset),
            "Upload-Complete": "?1" if last and len(sent) == len(chunk) else "?0",
            "Content-Digest": f"sha-256=:{digest}:",
        }
        return self._ask("PATCH", f"/v1/uploads/{submission_id}", headers, sent)

    def _signed(self, meta: Announcement) -> dict[str, str]:
        signature = self._sign(meta)
        return {} if signature is None else {"Device-Signature": signature}

    def _learns_limit(self, reply: Reply, sent_bytes: int) -> bool:
        if reply.status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return False
        match = _LIMIT.search(reply.headers.get("upload-limit", ""))
        if match is None or int(match[1]) >= min(sent_bytes, self._append_bytes_max or sent_bytes):
            return False
        self._append_bytes_max = int(match[1])
        return True

    def _ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | Content | None = None,
    ) -> Reply:
        # Who does not answer wishes for nothing: an old wish must not be heard again with every failure.
        self._pace = None
        reply = self._line.ask(method, path, headers=headers, body=body)
        self._pace = _pace(reply)
        return reply


def _told(meta: Announcement) -> bytes:
    fields = asdict(meta)
    del fields["submission_id"]
    return msgspec.json.encode(fields)


def _pace(reply: Reply) -> Pace | None:
    """Return what the answer asks for: ``X-Drain``, or a ``RateLimit`` (draft-11) that is used up."""
    silence_s = _silence_s(reply)
    told = _DRAIN.fullmatch(reply.headers.get("x-drain", ""))
    if told is not None:
        return Pace(int(told[1]) / 1000, float(told[2]), silence_s)
    return Pace(0.0, 0.0, silence_s) if silence_s else None


def _silence_s(reply: Reply) -> float:
    left = [(int(r), float(t)) for r, t in _RATE.findall(reply.headers.get("ratelimit", ""))]
    return min(_SILENCE_S_MAX, max((reset_s for remaining, reset_s in left if not remaining), default=0.0))


def _state(reply: Reply) -> Answer:
    answer: Answer = _GARBLED
    told = reply.decode(_STATE)
    with suppress(AckError):
        match told.state:
            case "unknown":
                answer = Unknown()
            case "partial" if told.upload_offset is not None:
                answer = Partial(told.upload_offset)
            case "partial":
                answer = _GARBLED
            case "processing":
                answer = TryLater(Trouble.PROCESSING, reply.retry_after_s)
            case "accepted":
                answer = Accepted(ack_from_json(told.ack))
            case "rejected":
                answer = Rejected(verdict_from_json(told.verdict))
            case "unreadable":
                answer = _conflict(told.problem or "")
            case _:
                assert_never(told.state)
    return answer


def _reconciled(reply: Reply) -> Reconciled | TryLater:
    told = reply.decode(_RECONCILED)
    words: list[Accepted | Rejected] = []
    for settled in told.settled:
        # One garbled word must not hide the others; what is lost here is asked for again tomorrow.
        with suppress(AckError):
            words.append(
                Accepted(ack_from_json(settled.ack))
                if settled.ack is not None
                else Rejected(verdict_from_json(settled.verdict))
            )
    return Reconciled(tuple(words), told.unfinished, told.unknown, told.conflicts, told.gaps)


def _offset(reply: Reply) -> Answer:
    text = reply.headers.get("upload-offset", "")
    if _OFFSET.fullmatch(text):
        return Partial(int(text))
    # Another request is at work on this submission; nobody else has to wait for that.
    in_flight = TryLater(Trouble.PROCESSING, reply.retry_after_s)
    return in_flight if reply.status == HTTPStatus.CONFLICT else _GARBLED


def _refusal(reply: Reply) -> Answer:
    if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR or reply.status == HTTPStatus.TOO_MANY_REQUESTS:
        return TryLater(Trouble.BUSY, reply.retry_after_s)
    if reply.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return TryLater(Trouble.AUTH, reply.retry_after_s)
    if reply.status == HTTPStatus.PRECONDITION_REQUIRED:
        return TryLater(Trouble.OUT_OF_ORDER, reply.retry_after_s)
    return _GARBLED if reply.status < HTTPStatus.BAD_REQUEST else _blame(reply)


def _blame(reply: Reply) -> Answer:
    code = reply.problem
    if code == "submission.unknown":
        return Unknown()
    if code in _AGAIN:
        return _GARBLED
    if code in _CONFLICTS:
        return _conflict(code)
    # Whatever else it refuses may be a fault of the moment, or of a gateway that leaves out what it does not
    # know, and then it would be so with every application. A cache repeats an answer with its date.
    return TryLater(Trouble.REFUSED, reply.retry_after_s, mark=reply.headers.get("date", ""))


def _conflict(code: str) -> Conflict:
    return Conflict(_CONFLICTS.get(code, "platform.refused"))
