"""When to try again: pure functions over milliseconds and dice in 0..1."""

from dataclasses import dataclass, replace
from typing import Final

BASE_S: Final = 2.0
CAP_S: Final = 300.0
BREAKER_THRESHOLD: Final = 5
PROBE_MIN_S: Final = 30.0
PROBE_MAX_S: Final = 90.0
OUTAGE_SPREAD_S: Final = 300.0
SHORT_OUTAGE_S: Final = 60.0
EASED_INTERVAL_S: Final = 2.0
EASED_FOR_S: Final = 600.0
"""After an outage a backlog goes at this pace for so long, unless the platform tells another one."""
HINDERED_S: Final = 5.0
"""What lacks the machine for one application it lacks for the next one as well; it takes a while to pass."""
BUDGET_BYTES: Final = 4 * 1024 * 1024
"""What one turn may send while others wait."""
REFUSALS_MAX: Final = 5
OLDEST_EVERY: Final = 4
AHEAD_MAX: Final = 16
"""How many applications may be leased while one is on its way."""
_MAX_EXPONENT: Final = 16


def pause_s(failures: int, dice: float) -> float:
    """Return the pause after ``failures`` attempts (>= 1): full jitter, uniform up to a doubling limit."""
    limit = min(CAP_S, BASE_S * 2 ** min(failures - 1, _MAX_EXPONENT))
    return limit * dice


def asked_pause_s(retry_after_s: float, dice: float) -> float:
    """Return the pause for a platform that asked for one: never less, and not everybody at once."""
    return retry_after_s * (1 + dice)


def paced_s(interval_s: float, dice: float) -> float:
    """Return the pause to the next application at the platform's pace: uniform, the interval on average."""
    return 2 * interval_s * dice


def outage_spread_s(outage_s: float, dice: float) -> float:
    """Return how long the backlog still waits once the line is back: a district must not call at once.

    What has piled up grows with the outage, and so does the time it is spread over, up to five minutes. After
    a short outage there is next to nothing to spread.
    """
    return 0.0 if outage_s < SHORT_OUTAGE_S else min(OUTAGE_SPREAD_S, outage_s) * dice


def takes_oldest(turn: int) -> bool:
    """Return whether this turn is the oldest item's; the others are the smallest's.

    Smallest first keeps a 20 MB item from delaying a hundred small ones; every fourth turn keeps the small
    ones from starving it.
    """
    return turn % OLDEST_EVERY == OLDEST_EVERY - 1


@dataclass(frozen=True, slots=True)
class Breaker:
    """Whether the line is worth trying: opens after five network failures in a row.

    Args:
        failures: Network failures since the last answer.
        probe_at_ms: While open, when to ping next, in milliseconds of this boot; None while closed.
    """

    failures: int = 0
    probe_at_ms: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether only a probe, or an item nobody has tried yet, may use the line."""
        return self.probe_at_ms is not None

    def failed(self, now_ms: int, dice: float) -> "Breaker":
        """Return the breaker after one more network failure."""
        failures = self.failures + 1
        if failures < BREAKER_THRESHOLD:
            return replace(self, failures=failures)
        probe_at_ms = now_ms + round(1000 * (PROBE_MIN_S + (PROBE_MAX_S - PROBE_MIN_S) * dice))
        # A new item's own failure must not push an earlier probe away.
        if self.probe_at_ms is not None and self.probe_at_ms > now_ms:
            probe_at_ms = min(probe_at_ms, self.probe_at_ms)
        return Breaker(failures, probe_at_ms)

    @classmethod
    def reopened(cls, now_ms: int, dice: float) -> "Breaker":
        """Return an open breaker as a new process takes it over: it probes within ninety seconds."""
        return cls(BREAKER_THRESHOLD, now_ms + round(1000 * PROBE_MAX_S * dice))

    def probed(self) -> "Breaker":
        """Return the half-open breaker after an answered ping: one more failure opens it again."""
        return Breaker(BREAKER_THRESHOLD - 1)

    def probe_due(self, now_ms: int) -> bool:
        """Return whether it is time to ping."""
        return self.probe_at_ms is not None and self.probe_at_ms <= now_ms
