"""How a terminal asks the platform: one line, one question after the other, and what refusals mean."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType, TracebackType
from typing import Final, Self, TypeVar

import msgspec

from devices.errors import Remedy
from kiosk.backend.errors import BackendError
from kiosk.backend.line import Line, LineError, Noise, Reply

T = TypeVar("T")
_ANSWER_BYTES_MAX: Final = 1024 * 1024
_NOTHING_MORE: Final[Mapping[str, str]] = MappingProxyType({})
_JSON: Final = MappingProxyType({"Content-Type": "application/json"})
_NOISE_CODES: Final = MappingProxyType(
    {
        Noise.OFFLINE: ("backend.unreachable", Remedy.RETRY),
        Noise.UNTRUSTED: ("backend.untrusted", Remedy.SERVICE),
        Noise.TIMEOUT: ("backend.timeout", Remedy.RETRY),
        Noise.GARBLED: ("backend.garbled", Remedy.RETRY),
    }
)


class Asker:
    """Asks over a line that it closes at the end.

    Args:
        line: To the platform.
    """

    def __init__(self, line: Line) -> None:
        self._line = line

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the client."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def _of_holder(
        self,
        path: str,
        name: str,
        number: str,
        more: Mapping[str, str] = _NOTHING_MORE,
        *,
        bytes_max: int = _ANSWER_BYTES_MAX,
    ) -> Reply:
        holder = {"name": name, "number": number}
        reply = self._post(path, {"holder": holder, **more}, bytes_max=bytes_max)
        if reply.status == HTTPStatus.CONFLICT and problem(reply) == "prefill.mismatch":
            raise BackendError("prefill.mismatch", Remedy.ATTENDANT)
        return reply

    def _post(self, path: str, told: Mapping[str, object], *, bytes_max: int = _ANSWER_BYTES_MAX) -> Reply:
        return self._ask("POST", path, headers=_JSON, body=msgspec.json.encode(told), bytes_max=bytes_max)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
        bytes_max: int = _ANSWER_BYTES_MAX,
    ) -> Reply:
        try:
            return self._line.ask(method, path, headers=headers, query=query, body=body, bytes_max=bytes_max)
        except LineError as error:
            raise _backend_error(error) from error


def _backend_error(error: LineError) -> BackendError:
    code, remedy = _NOISE_CODES[error.noise]
    return BackendError(code, remedy)


def problem(reply: Reply) -> str:
    """Return the stable code of a refusal.

    Raises:
        BackendError: ``backend.garbled``.
    """
    try:
        return reply.problem
    except LineError as error:
        raise _backend_error(error) from error


def decode(reply: Reply, decoder: msgspec.json.Decoder[T]) -> T:
    """Read the body of an answer.

    Raises:
        BackendError: ``backend.garbled``.
    """
    try:
        return reply.decode(decoder)
    except LineError as error:
        raise _backend_error(error) from error


def expect(reply: Reply) -> None:
    """Return when the platform did what was asked.

    Raises:
        BackendError: ``backend.busy`` or ``backend.refused``.
    """
    if reply.is_success:
        return
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS or reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise BackendError("backend.busy", Remedy.RETRY, f"status {reply.status}")
    raise BackendError("backend.refused", Remedy.SERVICE, f"status {reply.status}, {problem(reply)}")
