"""The table of applications: every question and every change, each change one durable transaction."""

import sqlite3
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from typing import NamedTuple, TypeVar

from offline_queue import journal
from offline_queue.clock import Stamp
from offline_queue.database import last_number, transaction
from offline_queue.disk import Room, storage_faults
from offline_queue.errors import StoreError
from offline_queue.header import Header
from offline_queue.item import AGE_S, COLUMNS, GIVEN_UP, LOST_HERE, Item, ItemState
from offline_queue.keepsake import read_spread
from offline_queue.numbers import ReceiptNumber, make_number
from offline_queue.timekeeping import SteadyClock

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tally:
    """Applications by state; of what is not delivered yet bytes, tries, and the oldest's age in seconds."""

    counts: dict[str, int]
    waiting_bytes: int
    oldest_waiting_s: float | None
    tries: int
    last_ack_ms: int | None


class Acked(NamedTuple):
    """An application, its case number, and the platform's verified word as it is kept."""

    item: Item
    acceptance_no: str
    ack: bytes


@dataclass(frozen=True, slots=True)
class _Change:
    item: Item
    assignments: str
    values: Mapping[str, object]
    event: str = ""
    detail: str = ""


class Ledger:
    """Rows in, rows out. Used by the thread that opened the connection.

    Args:
        database: The one connection.
        room: Gives up its reserve when the disk is full, so that what frees room can be written.
        clock: Where the time comes from.
        owner: Who holds the leases taken here.
    """

    def __init__(self, database: sqlite3.Connection, room: Room, clock: SteadyClock, owner: str) -> None:
        self._database = database
        self._room = room
        self._clock = clock
        self._owner = owner

    def by_number(self, receipt_no: str) -> Item:
        """Return an application by its receipt number.

        Raises:
            StoreError: ``queue.unknown-number``.
        """
        with storage_faults():
            item = self._one("receipt_no = :number", {"number": receipt_no})
        if item is None:
            raise StoreError("queue.unknown-number")
        return item

    def tally(self) -> Tally:
        """Count what is there."""
        with storage_faults():
            counts = dict(
                self._database.execute("SELECT state, count(*) FROM item GROUP BY state").fetchall()
            )
            waiting, oldest, tries = self._database.execute(
                f"SELECT coalesce(sum(size), 0), max({AGE_S}), coalesce(sum(attempts), 0) FROM item"  # noqa: S608 - constants
                " WHERE state IN ('queued', 'sending', 'attention')",
                asdict(self._clock.now()),
            ).fetchone()
            (acked,) = self._database.execute("SELECT max(ack_at) FROM item").fetchone()
        return Tally(counts, waiting, oldest, tries, acked)

    def page(self, after_seq: int, limit: int) -> list[Item]:
        """Return applications in the order of their numbers, from the one after ``after_seq``."""
        with storage_faults():
            return self._select(
                "seq > :after ORDER BY seq LIMIT :limit", {"after": after_seq, "limit": limit}
            )

    def lease(self, *items: Item) -> None:
        """Mark applications as being sent, before the first byte of any of them leaves."""
        anew = "state = 'sending', lease_boot = :boot, lease_owner = :owner, attempts = attempts + 1"
        values = {"boot": self._clock.now().boot, "owner": self._owner}
        self._change_all([_Change(item, anew, values) for item in items])

    def put_back(
        self,
        item: Item,
        error: str,
        *,
        not_before_ms: int | None,
        offset: int,
        counted: bool = True,
        refusal_mark: str = "",
    ) -> None:
        """Return a leased application to the queue.

        Args:
            item: Which.
            error: Code of why it did not arrive.
            not_before_ms: Earliest next try, in milliseconds of this boot; None for at once.
            offset: Bytes the platform is known to have; a hint that it knows the application.
            counted: Whether it counts as a try of this application.
            refusal_mark: What tells this refusal from the next one; empty when it was none.
        """
        self._change(
            item,
            "state = 'queued', lease_boot = NULL, lease_owner = NULL, last_error = :error,"
            " not_before_boot = :boot, not_before_mono = :mono, upload_offset_hint = :offset,"
            " attempts = max(0, attempts - :uncounted),"
            " refusals = refusals + (:mark <> '' AND refusal_mark IS NOT :mark),"
            " refusal_mark = coalesce(nullif(:mark, ''), refusal_mark)",
            {
                "error": error,
                "boot": self._clock.now().boot,
                "mono": not_before_ms,
                "offset": offset,
                "uncounted": not counted,
                "mark": refusal_mark,
            },
        )

    def need_attention(self, item: Item, code: str) -> None:
        """Set an application aside for a person; its container is kept."""
        self._change(item, "state = 'attention', last_error = :code", {"code": code}, "attention", code)

    def retry(self, item: Item) -> None:
        """Return an application set aside to the queue, due at once.

        Raises:
            StoreError: ``queue.not-set-aside`` when it is not waiting for a person.
        """
        if item.state != ItemState.ATTENTION:
            raise StoreError("queue.not-set-aside", item.state)
        anew = (
            "state = 'queued', not_before_mono = NULL, refusals = 0, refusal_mark = NULL,"
            " last_error = nullif(last_error, :given_up)"
        )
        self._change(item, anew, {"given_up": GIVEN_UP}, "retried")

    def give_up(self, item: Item) -> None:
        """Let nothing wait any more for an application whose container is lost; it stays set aside.

        Raises:
            StoreError: ``queue.not-lost`` when it can be sent from here.
        """
        if item.state != ItemState.ATTENTION or item.last_error not in LOST_HERE:
            raise StoreError("queue.not-lost", item.last_error or item.state)
        self._change(item, "last_error = :code", {"code": GIVEN_UP}, "given-up", item.last_error)

    def send_again(self, item: Item) -> None:
        """Return an application to the queue that the platform had acknowledged and knows no longer."""
        self._change(
            item,
            "state = 'queued', acceptance_no = NULL, not_before_mono = NULL,"
            " last_error = 'platform.forgotten'",
            {},
            "forgotten",
        )

    def hurry(self, errors: Collection[str]) -> None:
        """Make every application due at once whose last try failed with one of these codes.

        What waits since the machine started goes on waiting: with the power of a district the line comes back
        to all its terminals at once.
        """
        self.durably(lambda: _hurry(self._database, errors))

    def accept(self, item: Item, acceptance_no: str, ack: bytes) -> None:
        """Commit the platform's verified acknowledgement."""
        self.accept_all(Acked(item, acceptance_no, ack))

    def accept_all(self, *acked: Acked) -> None:
        """Commit several verified acknowledgements at once."""
        anew = "state = 'acked', acceptance_no = :no, ack = :ack, ack_at = :at, last_error = NULL"
        at = self._clock.now().wall_ms
        self._change_all(
            [
                _Change(item, anew, {"no": number, "ack": ack, "at": at}, "acked", number)
                for item, number, ack in acked
            ]
        )

    def reject(self, item: Item, reason: str, verdict: bytes) -> None:
        """Commit the platform's verified refusal."""
        self._change(
            item,
            "state = 'rejected', last_error = :reason, ack = :ack, ack_at = :at",
            {"reason": reason, "ack": verdict, "at": self._clock.now().wall_ms},
            "rejected",
            reason,
        )

    def mark_printed(self, item: Item) -> None:
        """Remember that the resident holds the receipt."""
        self._change(item, "receipt_printed = 1", {}, "printed")

    def mark_exported(self, item: Item) -> None:
        """Remember that a verified copy lies on a USB stick."""
        at = self._clock.now().wall_ms
        self._change(item, "exported_at = :at", {"at": at}, "exported", item.receipt_no)

    def insert(
        self, header: Header, number: ReceiptNumber, file: str, digest: bytes, order_key: bytes | None
    ) -> Item:
        """Commit a new application whose container is already durable.

        Returns:
            Its row.

        Raises:
            StoreError: ``queue.no-space`` when it was certainly not stored, ``queue.storage-failed``.
        """
        text = make_number(number.terminal, number.seq)
        values = {
            "seq": number.seq,
            "submission_id": header.submission_id,
            "receipt_no": text,
            "service": header.service,
            "container_ver": header.ver,
            "kid": header.recipients[0].kid,
            "file": file,
            "size": header.container_bytes,
            "digest": digest,
            "order_key": order_key,
            "state": ItemState.QUEUED.value,
            "created_boot": header.created.boot,
            "created_mono": header.created.mono_ms,
            "created_wall": self._clock.wall_of(header.created),
            "clock_conf": self._clock.confidence().value,
        }
        columns, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
        with storage_faults(), transaction(self._database):
            self._database.execute(f"INSERT INTO item ({columns}) VALUES ({marks})", values)  # noqa: S608 - names above
            journal.write(self._database, self._clock.now(), "stored", header.submission_id, text)
        return self.by_number(text)

    def next_seq(self) -> int:
        """Return the number the next application gets; a failed insert leaves no gap."""
        with storage_faults():
            return last_number(self._database) + 1

    def by_id(self, submission_id: bytes) -> Item | None:
        """Return an application by its submission id."""
        with storage_faults():
            return self._one("submission_id = :id", {"id": submission_id})

    def answered(self) -> list[Item]:
        """Return the applications whose final answer is committed and whose container is still there."""
        with storage_faults():
            return self._select("state IN ('acked', 'rejected')", {})

    def mark_wiped(self, *items: Item) -> None:
        """Remember that the containers are gone."""
        self._change_all([_Change(item, "state = 'wiped'", {}, "wiped") for item in items])

    def _change(
        self, item: Item, assignments: str, values: dict[str, object], event: str = "", detail: str = ""
    ) -> None:
        self._change_all([_Change(item, assignments, values, event, detail)])

    def _change_all(self, changes: list[_Change]) -> None:
        self.durably(lambda: _write(self._database, self._clock.now(), changes))

    def durably(self, write: Callable[[], _T]) -> _T:
        """Run ``write``; on a full disk give up the reserve and run it again."""
        return self._room.with_reserve(write)

    def _one(self, where: str, values: dict[str, object]) -> Item | None:
        return next(iter(self._select(where, values)), None)

    def _select(self, where: str, values: dict[str, object]) -> list[Item]:
        rows = self._database.execute(f"SELECT {COLUMNS} FROM item WHERE {where}", values)  # noqa: S608 - constants
        return [Item(*row) for row in rows]


def _write(database: sqlite3.Connection, now: Stamp, changes: list[_Change]) -> None:
    with transaction(database):
        for change in changes:
            database.execute(
                f"UPDATE item SET {change.assignments} WHERE seq = :seq",  # noqa: S608 - constants of this file
                {**change.values, "seq": change.item.seq},
            )
            if change.event:
                journal.write(database, now, change.event, change.item.submission_id, change.detail)


def _hurry(database: sqlite3.Connection, errors: Collection[str]) -> None:
    with transaction(database):
        spread = read_spread(database)
        database.executemany(
            "UPDATE item SET not_before_mono = NULL WHERE state = 'queued' AND last_error = ?"
            " AND NOT (not_before_boot IS ? AND not_before_mono IS ?)",
            [(error, spread.boot, spread.until_ms) for error in errors],
        )
