"""One HTTP exchange with the platform, told apart from everything else that may answer in its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Final, Protocol, Self, TypeVar

import msgspec
import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError, SSLError

from kiosk.backend.patience import patient_adapter

API_HEADER = "Zhiwang-Api"
API_VERSION = "1"
T = TypeVar("T")
_PIECE_BYTES = 64 * 1024
_ANSWER_BYTES_MAX = 1024 * 1024
_RETRY_AFTER_S_MAX = 3600.0


class Noise(StrEnum):
    """Why there is no answer of the platform."""

    OFFLINE = "offline"
    """No connection, or it broke before the answer."""
    UNTRUSTED = "untrusted"
    """The peer's certificate is not the platform's."""
    TIMEOUT = "timeout"
    """A connection, but no whole answer in time."""
    GARBLED = "garbled"
    """An answer, but not the platform's: a captive portal, a proxy's page, a cut reply."""


class LineError(Exception):
    """The platform's answer did not arrive; whether the request did is unknown.

    Args:
        noise: Why.
    """

    def __init__(self, noise: Noise) -> None:
        super().__init__(noise.value)
        self.noise = noise


class Body(Protocol):
    """Bytes that are sent piece by piece, so that they need not be in memory as a whole."""

    def __len__(self) -> int:
        """Return how many bytes there are."""
        ...

    def __iter__(self) -> Iterator[bytes]:
        """Give them in their order."""
        ...


class _Problem(msgspec.Struct):
    code: str


_PROBLEM: Final = msgspec.json.Decoder(_Problem)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that carries the platform's mark.

    Args:
        status: HTTP status.
        headers: Lower-case name → value.
        body: Whole body; may hold personal data.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def is_success(self) -> bool:
        """Tell whether the platform did what was asked."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def problem(self) -> str:
        """Return the stable code of a refusal.

        Raises:
            LineError: ``garbled``: the refusal is not a problem document.
        """
        if self.headers.get("content-type") != "application/problem+json":
            raise LineError(Noise.GARBLED)
        return self.decode(_PROBLEM).code

    @property
    def retry_after_s(self) -> float | None:
        """Return the patience that is asked for; a date counts as none, for clocks may be wrong."""
        text = self.headers.get("retry-after", "")
        return min(float(text), _RETRY_AFTER_S_MAX) if text.isascii() and text.isdecimal() else None

    def decode(self, decoder: msgspec.json.Decoder[T]) -> T:
        """Read the body as JSON.

        Raises:
            LineError: ``garbled``: it is not what the decoder reads.
        """
        try:
            return decoder.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            # The decoder's message can quote what the answer held, so it is not passed on.
            raise LineError(Noise.GARBLED) from None


class _Session(requests.Session):
    """Follows no redirect and does not look at where one leads: whoever sent it is not the platform.

    Even when it is told to follow none, ``requests`` reads the address and the whole body of a redirect.
    """

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002 - the library's signature
        return None


class Line:
    """A connection to one platform, for one thread.

    Args:
        base_url: Such as ``https://platform.example``.
        token: The terminal's bearer token.
        terminal: Its name, told in the user agent.
        timeout_s: For connecting, for each piece that is sent, and for the answer as a whole.
        ca_file: Certificates to trust instead of the public ones, or None.
    """

    def __init__(
        self, base_url: str, token: str, terminal: str, timeout_s: float, ca_file: str | None = None
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._timeout_s = timeout_s
        self._session = _Session()
        adapter = patient_adapter()
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        # Neither a proxy nor a .netrc of the machine may decide where a resident's data goes.
        self._session.trust_env = False
        self._session.verify = ca_file or True
        # Nor may whoever answers give the terminal something to be known again by: the platform sets none.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        self._session.headers.update(
            {
                "Authorization": f"Bearer {token}",
                "Accept-Encoding": "identity",
                "User-Agent": f"zhiwang-terminal/{terminal}",
            }
        )

    def __enter__(self) -> Self:
        """Return the line itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the line."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        body: bytes | Body | None = None,
        bytes_max: int = _ANSWER_BYTES_MAX,
    ) -> Reply:
        """Send one request and return the platform's answer.

        Args:
            method: HTTP method.
            path: Begins with ``/v1/``.
            headers: Further headers.
            query: Query parameters.
            body: Sent as it is; in pieces, when it comes in pieces.
            bytes_max: A longer answer is not the platform's.

        Raises:
            LineError: No answer that carries the platform's mark.
        """
        try:
            with self._session.request(
                method,
                self._base_url + path,
                headers=dict(headers or {}),
                params=dict(query or {}),
                data=body,
                timeout=self._timeout_s,
                allow_redirects=False,
                stream=True,
            ) as response:
                is_final = response.status_code >= HTTPStatus.OK
                if not is_final or response.headers.get(API_HEADER) != API_VERSION:
                    # Unread, so the connection is closed: what may follow a "103 Early Hints" on it is the
                    # answer to this question, and the next one's may be about another resident.
                    raise LineError(Noise.GARBLED)
                found = {name.lower(): value for name, value in response.headers.items()}
                return Reply(response.status_code, found, _read(response, bytes_max))
        except requests.RequestException as error:
            # Its text holds the address with the query, which is personal data.
            raise LineError(_noise(error)) from None
        except HTTPError as error:
            raise LineError(_noise_of_body(error)) from None
        except ValueError:
            # Lengths below zero, text in no known encoding: some of what is no HTTP is told like this.
            raise LineError(Noise.GARBLED) from None


def _read(response: requests.Response, bytes_max: int) -> bytes:
    received = bytearray()
    # Whatever is there, and not until a piece is full: on a line that trickles that would take minutes.
    while piece := response.raw.read1(_PIECE_BYTES, decode_content=True):
        received += piece
        if len(received) > bytes_max:
            raise LineError(Noise.GARBLED)
    return bytes(received)


def _noise(error: requests.RequestException) -> Noise:
    match error:
        case requests.exceptions.SSLError():
            return Noise.UNTRUSTED
        case requests.Timeout():
            return Noise.TIMEOUT
        case requests.ConnectionError():
            return Noise.OFFLINE
        case _:
            return Noise.GARBLED


def _noise_of_body(error: HTTPError) -> Noise:
    match error:
        case ReadTimeoutError():
            return Noise.TIMEOUT
        case SSLError():
            return Noise.UNTRUSTED
        case _:
            return Noise.GARBLED
