"""What runs in the tortured process: the real store and the real service, opened in one place for all parts.

Each function is a job of the zygote; what it says on its line is acknowledged outside of the file system.
"""

import hashlib
import resource
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Final

from offline_queue import QueueError, SystemClock, journal, run_service
from offline_queue.disk import RoomPolicy
from offline_queue.header import read_header
from offline_queue.store import Store
from tests.support.fake_platform import LoopbackTransport
from tests.support.sealed_queue import NO_ROOM_KEPT, TERMINAL
from tests.torture import variants
from tests.torture.calls import Watch
from tests.torture.truth import Row
from tests.torture.zygote import Line

_PAGE: Final = 200


def open_store(folder: Path, policy: RoomPolicy = NO_ROOM_KEPT) -> Store:
    """Open the queue's folder as a start of the service does: recovery included."""
    return Store(folder, TERMINAL, SystemClock(), policy=policy)


def serve(
    line: Line,
    place: Path,
    folder: Path,
    port: int,
    ack_keys: dict[str, bytes],
    variant: str | None = None,
    watch: Watch | None = None,
    policy: RoomPolicy = NO_ROOM_KEPT,
    core_bytes: int = 0,
) -> None:
    """Run the service until killed. Says "ready", or "failed" with the code it ended with.

    Args:
        line: To the supervisor.
        place: Where its socket is to lie.
        folder: The queue's own.
        port: Where the platform is on loopback.
        ack_keys: The platform's.
        variant: What is wrong with it.
        watch: Which calls wait for the supervisor, from readiness on.
        policy: How much room is kept.
        core_bytes: How much of it may be dumped to where it runs, should it be killed that way.
    """
    variants.apply(variant, folder)
    resource.setrlimit(resource.RLIMIT_CORE, (core_bytes, core_bytes))

    def ready() -> None:
        if watch is not None:
            line.put_up_gate(watch)
        line.say("ready")

    try:
        run_service(
            folder,
            place,
            TERMINAL,
            LoopbackTransport(port),
            ack_keys,
            stop=threading.Event(),
            dice=lambda: 0.0,
            policy=policy,
            ready=ready,
        )
    except QueueError as error:
        line.say("failed", error.code)


def put_each(
    line: Line,
    folder: Path,
    containers: list[bytes],
    warm: list[bytes],
    variant: str | None,
    watch: Watch,
    log_bytes: int | None = None,
) -> None:
    """Store containers one after the other, saying "acked" after each.

    Args:
        line: To the supervisor.
        folder: The queue's own.
        containers: What is stored under the supervisor's eyes.
        warm: Stored before. Without any the eyes are open from the first call on.
        variant: What is wrong with the store.
        watch: Which calls wait for the supervisor.
        log_bytes: How long the write-ahead log is to be before; None until it is written over instead of
            growing: only then does a commit's own flush no longer carry other names of the file system along.
    """
    variants.apply(variant, folder)
    if not warm:
        line.put_up_gate(watch)
    with closing(open_store(folder)) as store:
        _warm_up(line, folder / "queue.db-wal", store, warm, log_bytes)
        if warm:
            line.put_up_gate(watch)
        for container in containers:
            _put(line, store, container)
        line.say("stored")
        # What is closed in order is not what a cut finds.
        line.hear()


def _warm_up(line: Line, log: Path, store: Store, warm: list[bytes], log_bytes: int | None) -> None:
    for container in warm:
        before = log.stat().st_size if log.exists() else 0
        _put(line, store, container)
        now = log.stat().st_size if log.exists() else 0
        if before and (now == before if log_bytes is None else now >= log_bytes):
            return


def recover(line: Line, folder: Path, watch: Watch | None) -> None:
    """Open the folder as a start does, and say "rows"; a gate, where asked for, watches all of it.

    In peace the journal is followed as well: "rows" tells the number of its first broken entry, or None.
    """
    if watch is not None:
        line.put_up_gate(watch)
    with closing(open_store(folder)) as store:
        rows = rows_of(store)
        if watch is not None:
            line.say("rows", rows, None)
            line.hear()
    with closing(sqlite3.connect(folder / "queue.db")) as database:
        line.say("rows", rows, journal.first_broken(database))


def rows_of(store: Store) -> list[Row]:
    """Return every application of an open store."""
    rows: list[Row] = []
    while page := store.ledger.page(rows[-1].seq if rows else 0, _PAGE):
        for item in page:
            path = store.container_path(item)
            whole = path.is_file() and hashlib.sha256(path.read_bytes()).digest() == item.digest
            rows.append(Row(item.submission_id.hex(), item.receipt_no, item.seq, item.state, whole))
    return rows


def _put(line: Line, store: Store, container: bytes) -> None:
    header = read_header(container)
    try:
        item = store.put(header, [container])
    except QueueError as error:
        line.say("refused", header.submission_id.hex(), error.code)
        return
    line.say("acked", header.submission_id.hex(), item.receipt_no)
