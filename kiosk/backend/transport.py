"""The queue's way to the platform over HTTP: resumable uploads; only the platform's own answers decide.

Protocol: create or return (``PUT``), chunks at an offset (``PATCH``, after the IETF's resumable uploads), the
last of which commits, and a status that may be asked at any time.
"""

import base64
import hashlib
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
    Partial,
    Reachable,
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
        "upload.chunk-too-large": "platform.too-large",
    }
)
_AGAIN: Final = frozenset({"upload.broken-off", "upload.chunk-damaged"})
_GARBLED: Final = TryLater(Trouble.GARBLED)


class _State(msgspec.Struct):
    state: Literal["unknown", "partial", "processing", "accepted", "rejected", "unreadable"]
    upload_offset: int | None = None
    ack: dict[str, object] | None = None
    verdict: dict[str, object] | None = None
    problem: str | None = None


class _Pong(msgspec.Struct):
    ok: Literal[True]


_STATE: Final = msgspec.json.Decoder(_State)
_PONG: Final = msgspec.json.Decoder(_Pong)


class HttpTransport:
    """Implements ``offline_queue.transport.Transport``; never raises for what the network does.

    Args:
        base_url: Such as ``https://platform.example``.
        token: The terminal's bearer token.
        terminal: Its name, told in the user agent.
        timeout_s: For connecting, for each wait on the wire, and for the answer as a whole.
        ca_file: Certificates to trust instead of the public ones, or None.
    """

    def __init__(
        self, base_url: str, token: str, terminal: str, *, timeout_s: float, ca_file: str | None = None
    ) -> None:
        self._line = Line(base_url, token, terminal, timeout_s, ca_file)

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
        fields = asdict(meta)
        submission_id = fields.pop("submission_id")
        try:
            reply = self._line.ask(
                "PUT",
                f"/v1/submissions/{submission_id}",
                headers={"Content-Type": "application/json", "Idempotency-Key": f'"{submission_id}"'},
                body=msgspec.json.encode(fields),
            )
            return _state(reply) if reply.is_success else _refusal(reply)
        except LineError as error:
            return TryLater(_TROUBLES[error.noise])

    def append(self, submission_id: str, offset: int, chunk: bytes, *, last: bool) -> Answer:
        """Write bytes at an offset; with ``last`` the platform commits and answers ``Accepted``."""
        digest = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
        headers = {
            "Content-Type": "application/partial-upload",
            "Upload-Offset": str(offset),
            "Upload-Complete": "?1" if last else "?0",
            "Content-Digest": f"sha-256=:{digest}:",
        }
        try:
            reply = self._line.ask("PATCH", f"/v1/uploads/{submission_id}", headers=headers, body=chunk)
            if reply.status in {HTTPStatus.NO_CONTENT, HTTPStatus.CONFLICT}:
                return _offset(reply)
            return _state(reply) if reply.is_success else _refusal(reply)
        except LineError as error:
            return TryLater(_TROUBLES[error.noise])

    def status(self, submission_id: str) -> Answer:
        """Ask what became of a submission."""
        try:
            reply = self._line.ask("GET", f"/v1/submissions/{submission_id}")
            return _state(reply) if reply.is_success else _refusal(reply)
        except LineError as error:
            return TryLater(_TROUBLES[error.noise])

    def ping(self) -> Reachable | TryLater:
        """Ask whether the platform is there."""
        try:
            reply = self._line.ask("GET", "/v1/ping")
            if not reply.is_success:
                return TryLater(Trouble.BUSY, reply.retry_after_s)
            reply.decode(_PONG)
        except LineError as error:
            return TryLater(_TROUBLES[error.noise])
        return Reachable()


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


def _offset(reply: Reply) -> Answer:
    text = reply.headers.get("upload-offset", "")
    if text.isascii() and text.isdecimal():
        return Partial(int(text))
    return TryLater(Trouble.BUSY, reply.retry_after_s) if reply.status == HTTPStatus.CONFLICT else _GARBLED


def _refusal(reply: Reply) -> Answer:
    if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR or reply.status == HTTPStatus.TOO_MANY_REQUESTS:
        return TryLater(Trouble.BUSY, reply.retry_after_s)
    if reply.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return TryLater(Trouble.AUTH, reply.retry_after_s)
    if reply.status >= HTTPStatus.BAD_REQUEST:
        code = reply.problem
        if code == "submission.unknown":
            return Unknown()
        return _GARBLED if code in _AGAIN else _conflict(code)
    return _GARBLED


def _conflict(code: str) -> Conflict:
    return Conflict(_CONFLICTS.get(code, "platform.refused"))
