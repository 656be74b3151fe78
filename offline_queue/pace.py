"""What is known of the line and of the platform's wishes, and how fast everything goes on. Pure.

All moments are milliseconds of this boot, all dice are uniform in 0..1.
"""

from dataclasses import dataclass, field, replace
from typing import Final, Self

import msgspec

from offline_queue import schedule
from offline_queue.clock import Stamp
from offline_queue.schedule import Breaker
from offline_queue.transport import Pace

_KEPT_STEP_MS: Final = 60_000


class _Kept(msgspec.Struct, frozen=True):
    boot: str
    is_open: bool
    down_since_ms: int | None
    hold_until_ms: int
    interval_s: float
    paced_until_ms: int


@dataclass(frozen=True, slots=True)
class LinePace:
    """The line's state, changed by what is heard on it.

    Args:
        breaker: Whether the line is worth trying.
        down_since_ms: The first network failure since the platform was last heard of, or None.
        hold_until_ms: Nothing at all is sent before: the platform asked for patience.
        quiet_until_ms: Only what somebody waits for is sent before; the rest goes at the platform's pace.
        interval_s: Mean time between two applications that the platform wishes for.
        paced_until_ms: How long that wish counts.
        cautious: Whether something failed since the last delivery: then whoever was tried least goes first,
            so that one application that makes the platform stumble is never tried again and again before
            all others.
    """

    breaker: Breaker = field(default_factory=Breaker)
    down_since_ms: int | None = None
    hold_until_ms: int = 0
    quiet_until_ms: int = 0
    interval_s: float = 0.0
    paced_until_ms: int = 0
    cautious: bool = False

    def lost(self, now_ms: int, dice: float) -> Self:
        """Return the pace after the network failed once more."""
        since_ms = now_ms if self.down_since_ms is None else self.down_since_ms
        return replace(self, breaker=self.breaker.failed(now_ms, dice), down_since_ms=since_ms, cautious=True)

    def probed(self, now_ms: int, dice: float) -> Self:
        """Return the pace after an answered ping: one application may try, once the crowd has spread."""
        return replace(self._spread(now_ms, dice), breaker=self.breaker.probed())

    def answered(self, now_ms: int, dice: float) -> Self:
        """Return the pace after the platform answered in any way about an application."""
        return replace(self._spread(now_ms, dice), breaker=Breaker(), down_since_ms=None)

    def restored(self, now_ms: int, dice: float) -> Self:
        """Return the pace after somebody said that the line is back."""
        spread = self if self.down_since_ms is None else self._spread(now_ms, dice, known=True)
        return replace(spread, breaker=Breaker(), down_since_ms=None)

    def delivered(self, now_ms: int, dice: float) -> Self:
        """Return the pace after an application was settled: the next one takes its time if so asked."""
        calm = replace(self, cautious=False)
        if now_ms >= self.paced_until_ms:
            return calm
        pause_ms = round(1000 * schedule.paced_s(self.interval_s, dice))
        return replace(calm, quiet_until_ms=max(self.quiet_until_ms, now_ms + pause_ms))

    def stumbled(self) -> Self:
        """Return the pace after the platform answered, but not as hoped."""
        return replace(self, cautious=True)

    def hindered(self, now_ms: int, dice: float) -> Self:
        """Return the pace after this machine could not even read what to send: the next one could not either.

        The line was not used, so nothing is known of it that was not known before.
        """
        until_ms = now_ms + round(1000 * schedule.asked_pause_s(schedule.HINDERED_S, dice))
        return replace(self, cautious=True, quiet_until_ms=max(self.quiet_until_ms, until_ms))

    def held(self, now_ms: int, asked_s: float, dice: float) -> Self:
        """Return the pace after the platform asked everybody for patience."""
        until_ms = now_ms + round(1000 * schedule.asked_pause_s(asked_s, dice))
        return replace(self, hold_until_ms=max(self.hold_until_ms, until_ms))

    def asked(self, now_ms: int, pace: Pace | None, dice: float) -> Self:
        """Return the pace after hearing the platform's wish; None is no wish and ends none."""
        if pace is None:
            return self
        paced = replace(self, interval_s=pace.interval_s, paced_until_ms=now_ms + round(1000 * pace.lasts_s))
        return paced.held(now_ms, pace.silent_s, dice) if pace.silent_s > 0 else paced

    def is_calm(self, now_ms: int) -> bool:
        """Return whether nothing failed lately and nobody asked for any pause."""
        since_ms = max(self.hold_until_ms, self.quiet_until_ms, self.paced_until_ms)
        return now_ms >= since_ms and not self.cautious and self.breaker == Breaker()

    def next_ms(self, now_ms: int, due_ms: int) -> int | None:
        """Return when to look at the line again, of which ``due_ms`` is when something will be due."""
        if now_ms < self.hold_until_ms:
            return self.hold_until_ms
        if self.breaker.is_open:
            return self.breaker.probe_at_ms
        return self.quiet_until_ms if now_ms < self.quiet_until_ms else due_ms

    def keep(self, boot: str) -> bytes:
        """Return what has to outlive the process."""
        return msgspec.json.encode(
            _Kept(
                boot,
                self.breaker.is_open,
                self.down_since_ms,
                self.hold_until_ms,
                self.interval_s,
                self.paced_until_ms,
            )
        )

    def differs(self, kept: "LinePace") -> bool:
        """Return whether so much has changed since ``kept`` that it is worth a flush of the disk."""
        return _worth_keeping(self) != _worth_keeping(kept)

    @classmethod
    def resume(cls, kept: bytes | None, now: Stamp, dice: float) -> Self:
        """Return the pace as the last process of this terminal left it.

        After a reboot only the breaker is taken over: moments of another boot cannot be compared, and what
        waits has been spread by the store already.
        """
        try:
            told = msgspec.json.decode(kept or b"", type=_Kept)
        except ValueError:
            return cls()
        if told.boot == now.boot:
            resumed = cls(
                down_since_ms=told.down_since_ms,
                hold_until_ms=told.hold_until_ms,
                interval_s=told.interval_s,
                paced_until_ms=told.paced_until_ms,
            ).delivered(now.mono_ms, dice)
        else:
            resumed = cls(down_since_ms=now.mono_ms if told.is_open else None)
        return replace(resumed, breaker=Breaker.reopened(now.mono_ms, dice)) if told.is_open else resumed

    def _spread(self, now_ms: int, dice: float, *, known: bool = False) -> Self:
        if self.down_since_ms is None or not (known or self.breaker.is_open):
            return self
        outage_s = (now_ms - self.down_since_ms) / 1000
        if outage_s < schedule.SHORT_OUTAGE_S:
            return self
        until_ms = now_ms + round(1000 * schedule.outage_spread_s(outage_s, dice))
        eased = replace(self, quiet_until_ms=max(self.quiet_until_ms, until_ms))
        if now_ms < self.paced_until_ms:
            return eased
        # Until the platform tells its own wish, the backlog goes at a walk.
        paced_until_ms = until_ms + round(1000 * schedule.EASED_FOR_S)
        return replace(eased, interval_s=schedule.EASED_INTERVAL_S, paced_until_ms=paced_until_ms)


def _worth_keeping(pace: LinePace) -> tuple[object, ...]:
    return (
        pace.breaker.is_open,
        pace.hold_until_ms,
        pace.interval_s,
        pace.paced_until_ms // _KEPT_STEP_MS,
    )
