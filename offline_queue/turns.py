"""Whose turn it is: questions to the table of applications, no change."""

import sqlite3
from collections.abc import Collection
from dataclasses import asdict
from enum import Enum
from typing import Final

from offline_queue.clock import Stamp
from offline_queue.disk import storage_faults
from offline_queue.item import AGE_S, COLUMNS, GIVEN_UP, LOST_HERE, Item

# What was accepted once and is set aside, because the platform has lost it, holds up nobody.
# A moment of this boot that lies further ahead than any pause can be is a clock that went back, and counts
# as past.
_LONGEST_PAUSE_MS: Final = 3 * 3600 * 1000
_IS_DUE: Final = f"""
  state = 'queued'
  AND (not_before_mono IS NULL OR not_before_boot IS NOT :boot OR not_before_mono <= :mono
    OR not_before_mono > :mono + :longest)
  AND (order_key IS NULL OR NOT EXISTS (
    SELECT 1 FROM item earlier WHERE earlier.order_key = item.order_key AND earlier.seq < item.seq
    AND earlier.state IN ('queued', 'sending', 'attention') AND earlier.acceptance_no IS NULL
    AND earlier.last_error IS NOT '{GIVEN_UP}'))
"""  # noqa: S608 - constants

_COUNT_WAITING: Final = f"""
  WITH lost AS (
    SELECT seq, order_key FROM item
    WHERE state = 'attention' AND acceptance_no IS NULL AND last_error IN {tuple(sorted(LOST_HERE))}),
  stuck AS (
    SELECT seq FROM lost UNION
    SELECT later.seq FROM lost JOIN item later ON later.order_key = lost.order_key AND later.seq > lost.seq)
  SELECT count(*), min(seq) FROM item
  WHERE state IN ('queued', 'sending', 'attention') AND acceptance_no IS NULL AND seq NOT IN stuck
  AND last_error IS NOT '{GIVEN_UP}'
"""  # noqa: S608 - constants


class Order(Enum):
    """Who goes first among those who may go. Each value is SQL."""

    SMALLEST = "size, seq"
    OLDEST = "seq"
    LEAST_TRIED = "attempts, size, seq"


class Turns:
    """Used by the thread that opened the connection.

    Args:
        database: The one connection.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def due(self, now: Stamp, order: Order, *, untried_only: bool = False) -> Item | None:
        """Return the application to send next, or None.

        Args:
            now: What "due" is compared with.
            order: Who goes first.
            untried_only: Only applications nobody has tried to send.
        """
        where = f"{_IS_DUE} {_untried(untried_only)} ORDER BY {order.value} LIMIT 1"
        with storage_faults():
            return self._one(where, _values(now))

    def due_ahead(self, now: Stamp, order: Order, count: int) -> list[Item]:
        """Return so many applications that could be sent now, one after the other."""
        where = f"{_IS_DUE} ORDER BY {order.value} LIMIT :count"
        with storage_faults():
            return self._all(where, {**_values(now), "count": count})

    def due_among(self, now: Stamp, numbers: Collection[str], *, untried_only: bool = False) -> Item | None:
        """Return the first of these receipt numbers that could be sent now, or None."""
        where = f"{_IS_DUE} {_untried(untried_only)} AND receipt_no = :number"
        with storage_faults():
            found = (self._one(where, {**_values(now), "number": number}) for number in numbers)
            return next((item for item in found if item is not None), None)

    def next_due_ms(self, now: Stamp) -> int | None:
        """Return the earliest moment of this boot at which a waiting application becomes due, or None."""
        with storage_faults():
            row = self._database.execute(
                "SELECT min(not_before_mono) FROM item WHERE state = 'queued' AND not_before_mono > ?",
                (now.mono_ms,),
            ).fetchone()
        return row[0]

    def before_in_chain(self, item: Item) -> bytes | None:
        """Return the id of the accepted application that precedes this one in its chain, or None."""
        with storage_faults():
            row = self._database.execute(
                "SELECT submission_id FROM item"
                " WHERE acceptance_no IS NOT NULL AND state <> 'attention' AND seq < :seq"
                " AND order_key = (SELECT order_key FROM item WHERE seq = :seq) ORDER BY seq DESC LIMIT 1",
                {"seq": item.seq},
            ).fetchone()
        return row[0] if row else None

    def waiting(self, now: Stamp) -> tuple[int, float | None]:
        """Return how many applications are still to be delivered, and the first one's age in seconds.

        What the platform had acknowledged, and lost when it was wiped here, can never be delivered again. Nor
        can what lost its container here, nor what must not arrive before that.
        """
        with storage_faults():
            count, first = self._database.execute(_COUNT_WAITING).fetchone()
            row = self._database.execute(
                f"SELECT {AGE_S} FROM item WHERE seq = :seq",  # noqa: S608 - constants
                {"seq": first, **asdict(now)},
            ).fetchone()
        return count, row[0] if row else None

    def first_unsettled(self) -> int | None:
        """Return the lowest number without a final answer, or None."""
        with storage_faults():
            row = self._database.execute(
                "SELECT min(seq) FROM item WHERE state IN ('queued', 'sending', 'attention')"
            ).fetchone()
        return row[0]

    def _one(self, where: str, values: dict[str, object]) -> Item | None:
        return next(iter(self._all(where, values)), None)

    def _all(self, where: str, values: dict[str, object]) -> list[Item]:
        rows = self._database.execute(f"SELECT {COLUMNS} FROM item WHERE {where}", values)  # noqa: S608 - constants
        return [Item(*row) for row in rows]


def _untried(only: bool) -> str:  # noqa: FBT001 - one word of SQL or none
    return "AND attempts = 0" if only else ""


def _values(now: Stamp) -> dict[str, object]:
    return {"boot": now.boot, "mono": now.mono_ms, "longest": _LONGEST_PAUSE_MS}
