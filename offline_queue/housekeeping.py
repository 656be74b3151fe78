"""What the queue does for itself while nobody asks: times, room held or short, the thorough check."""

import logging
from dataclasses import dataclass, field
from typing import Final

from offline_queue.checkup import CheckPolicy, Checkup
from offline_queue.corrections import correct_times
from offline_queue.disk import Level
from offline_queue.store import Store
from offline_queue.timekeeping import ClockTrust

_CLOCK_EVERY_MS: Final = 5_000
_LEVEL_EVERY_MS: Final = 60_000
_QUIET_MS: Final = 1_000
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What the queue does for itself, and how.

    Args:
        trust: How far the wall clock can be believed.
        checks: When the thorough check runs.
    """

    trust: ClockTrust = field(default_factory=ClockTrust)
    checks: CheckPolicy = field(default_factory=CheckPolicy)


class Housekeeper:
    """Lives on the thread that owns the store.

    Args:
        store: What is looked after.
        policy: When the thorough check runs.
    """

    def __init__(self, store: Store, policy: CheckPolicy) -> None:
        self._store = store
        self.checkup = Checkup(store, policy)
        self._clock_at_ms = 0
        self._level_at_ms = 0
        self._level = Level.GREEN
        self._times_done_seq = -1
        self._held_until_ms: int | None = None
        self._busy_until_ms = 0

    def hold(self, size_bytes: int, seconds: float) -> None:
        """Hold the room of an application that is being filled in.

        Raises:
            StoreError: ``queue.no-space``, ``queue.storage-failed``.
        """
        self._store.hold(size_bytes)
        self._held_until_ms = self._store.clock.now().mono_ms + round(1000 * seconds)

    def release(self) -> None:
        """Give back what was held and not used.

        Raises:
            StoreError: ``queue.storage-failed``.
        """
        self._held_until_ms = None
        self._store.release()

    def disturbed(self) -> None:
        """Learn that somebody asked: what takes long is put off for a second."""
        self._busy_until_ms = self._store.clock.now().mono_ms + _QUIET_MS

    def tick(self) -> bool:
        """Do what is due.

        Returns:
            Whether there is more to do at once.

        Raises:
            StoreError: ``queue.database-corrupt``, ``queue.storage-failed``.
        """
        now_ms = self._store.clock.now().mono_ms
        if self._held_until_ms is not None and now_ms >= self._held_until_ms:
            self.release()
        if now_ms >= self._clock_at_ms:
            self._clock_at_ms = now_ms + _CLOCK_EVERY_MS
            self._times_done_seq = correct_times(self._store, self._times_done_seq)
        # What is held for a visit is given back in a moment.
        if now_ms >= self._level_at_ms and self._held_until_ms is None:
            self._level_at_ms = now_ms + _LEVEL_EVERY_MS
            self._tell_level()
        return now_ms >= self._busy_until_ms and self.checkup.tick()

    def _tell_level(self) -> None:
        """Say once each way that somebody should look after the room, or that no visit begins."""
        level, self._level = self._level, self._store.level()
        if self._level is not level:
            tell = _log.info if self._level is Level.GREEN else _log.warning
            tell("queue.level", extra={"outcome": self._level.value})
