"""An older end of the socket understands a newer one, and the other way round."""

import sqlite3
from typing import Any

import msgspec
import pytest

from offline_queue.clock import Stamp
from offline_queue.keepsake import CHECKED, Checked, read_checked, write_value
from offline_queue.pace import LinePace
from offline_queue.wire import LENGTH_BYTES, ItemStatus, QueueStats, Stored, decode_reply, encode

STATS: dict[str, Any] = {
    "type": "QueueStats",
    "counts": {"queued": 1},
    "waiting_bytes": 10,
    "oldest_waiting_s": None,
    "free_bytes": 5,
    "admits": True,
    "breaker_open": False,
}
ITEM: dict[str, Any] = {
    "type": "ItemStatus",
    "receipt_no": "T0421-000001-41",
    "seq": 1,
    "submission_id": bytes(16),
    "service": "old-age-allowance",
    "state": "queued",
    "size": 10,
    "attempts": 0,
    "created_ms": 1,
    "acceptance_no": None,
    "last_error": None,
    "receipt_printed": False,
}
STORED: dict[str, Any] = {"type": "Stored", "receipt_no": "T0421-000001-41", "seq": 1, "digest": bytes(32)}


@pytest.mark.parametrize(("told", "kind"), [(STATS, QueueStats), (ITEM, ItemStatus), (STORED, Stored)])
def test_what_an_older_queue_says_is_understood(told: dict[str, Any], kind: type) -> None:
    assert isinstance(decode_reply(msgspec.msgpack.encode(told)), kind)


@pytest.mark.parametrize("told", [STATS, ITEM, STORED])
def test_what_a_newer_queue_says_beside_it_is_passed_over(told: dict[str, Any]) -> None:
    known = decode_reply(msgspec.msgpack.encode(told))
    assert decode_reply(msgspec.msgpack.encode(told | {"of_a_later_release": 1})) == known


def test_an_older_client_finds_every_field_it_knows() -> None:
    reply = decode_reply(msgspec.msgpack.encode(STATS))
    written = msgspec.msgpack.decode(encode(reply)[LENGTH_BYTES:])
    assert written.items() >= STATS.items()


@pytest.mark.parametrize("note", [b'{"result":"\xff"}', b'{"boot":"\xff"}', b"\xff", b"{", b"[]"])
def test_a_note_with_a_wrong_bit_is_as_none(note: bytes) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE kv (k TEXT PRIMARY KEY, v BLOB) STRICT")
    write_value(database, CHECKED, note)
    assert read_checked(database) == Checked()
    assert LinePace.resume(note, Stamp("boot-1", 0, 0), 0.5) == LinePace()
