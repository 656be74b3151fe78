"""Before the door: how many requests about submissions are let in, and how fast terminals should call.

After an outage every terminal has something to say. Who is let in while the platform is busy hears in
``X-Drain`` how far apart it wants its submissions; who is not, hears it with 503 and ``Retry-After``. The
pace is the number of terminals heard lately, divided by what the platform takes: all of them just fit.
"""

import hashlib
import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from district.limits import Limits
from district.problems import answer

LASTS_S: Final = 120
"""For how long a wish for a pace counts, and for how long a terminal counts as one that calls. It is longer
than most pauses at the pace itself, or terminals would drop out of the count between two calls."""
_WINDOW_S: Final = 15.0
_HEADROOM: Final = 1.2
"""Terminals draw their pauses; at a pace without room for chance, one in twenty would find the door shut."""
_BUSY_SHARE: Final = 0.5
_REQUESTS_PER_SUBMISSION: Final = 2
"""What became of it, and itself; only a large one takes more."""
_INTERVAL_MS_MAX: Final = 600_000
_TERMINALS_MAX: Final = 100_000
_ABOUT_SUBMISSIONS: Final = ("/v1/submissions/", "/v1/uploads/", "/v1/reconciliations")
_DRAIN_BYTES_MAX: Final = 8 * 1024 * 1024


def is_gated(path: str) -> bool:
    """Tell whether requests to ``path`` are about submissions."""
    return path.startswith(_ABOUT_SUBMISSIONS)


class Load:
    """How busy the platform is. Used by the event loop's thread alone.

    Args:
        limits: What it can take.
        monotonic: Seconds that only rise.
    """

    def __init__(self, limits: Limits, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._begun: deque[float] = deque()
        self._terminals: OrderedDict[bytes, float] = OrderedDict()
        self.under_way = 0

    def enter(self, who: bytes) -> bool:
        """Note a request of ``who`` and tell whether it is let in."""
        now = self._monotonic()
        self._terminals[who] = now
        self._terminals.move_to_end(who)
        while self._terminals and (
            len(self._terminals) > _TERMINALS_MAX or next(iter(self._terminals.values())) < now - LASTS_S
        ):
            self._terminals.popitem(last=False)
        while self._begun and self._begun[0] < now - _WINDOW_S:
            self._begun.popleft()
        per_s = self._limits.requests_per_s
        if self.under_way >= self._limits.concurrent:
            return False
        if per_s is not None and len(self._begun) >= per_s * _WINDOW_S:
            return False
        self._begun.append(now)
        return True

    @property
    def interval_ms(self) -> int | None:
        """The pace wished for between two submissions of one terminal, or None while there is no need."""
        per_s = self._limits.requests_per_s
        if per_s is None or len(self._begun) < _BUSY_SHARE * per_s * _WINDOW_S:
            return None
        per_terminal = _HEADROOM * _REQUESTS_PER_SUBMISSION / per_s
        wished = math.ceil(1000 * len(self._terminals) * per_terminal)
        return min(wished, _INTERVAL_MS_MAX)  # whoever makes up tokens must not silence everybody

    @property
    def retry_after_s(self) -> int:
        """For how long to stay away who was not let in."""
        return max(1, math.ceil((self.interval_ms or 0) / 1000))


class Gate:
    """Lets requests about submissions in as long as there is room; everything else passes.

    Args:
        app: What is behind it.
        limits: How much is let in.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._load = Load(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or not is_gated(scope["path"]):
            await self._app(scope, receive, send)
            return
        load = self._load
        who = hashlib.sha256(Headers(scope=scope).get("authorization", "").encode()).digest()
        if not load.enter(who):
            await _read_out(receive)
            refusal = answer(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "district.busy",
                "The platform is busy; come back later.",
                {"Retry-After": str(load.retry_after_s), **_drain(load)},
            )
            await refusal(scope, receive, send)
            return

        async def paced(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_drain(load))
            await send(message)

        load.under_way += 1
        try:
            await self._app(scope, receive, paced)
        finally:
            load.under_way -= 1


def _drain(load: Load) -> dict[str, str]:
    pace_ms = load.interval_ms
    return {} if pace_ms is None else {"X-Drain": f"interval_ms={pace_ms}, lasts_s={LASTS_S}"}


async def _read_out(receive: Receive) -> None:
    """Read the body and drop it: who is hung up on in the middle of a chunk never hears why."""
    left = _DRAIN_BYTES_MAX
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return
