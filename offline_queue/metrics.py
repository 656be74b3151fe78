"""The queue's figures as Prometheus text (exposition format 0.0.4); nothing in them names a person."""

import os
from collections.abc import Iterator
from math import inf
from pathlib import Path

from offline_queue.disk import Level
from offline_queue.wire import QueueStats

_PREFIX = "zhiwang_queue"
_Sample = tuple[str, float]


def metrics_text(stats: QueueStats | None) -> str:
    """Return the figures; without them only that the queue does not answer."""
    return "".join(f"{line}\n" for line in _lines(stats))


def write_textfile(path: Path, text: str) -> None:
    """Put the text where node_exporter's textfile collector reads it: whole, or as it was.

    Raises:
        OSError: What the disk says.
    """
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(text, encoding="utf-8")
        half.chmod(0o644)
        half.replace(path)
    finally:
        # A full disk must not get another half file each minute.
        half.unlink(missing_ok=True)


def _lines(stats: QueueStats | None) -> Iterator[str]:
    yield from _metric("up", "Whether the queue answers.", [("", float(stats is not None))])
    if stats is None:
        return
    yield from _metric(
        "items",
        "Applications by state.",
        [(f'state="{state}"', count) for state, count in sorted(stats.counts.items())],
    )
    yield from _metric("waiting_bytes", "Bytes not delivered.", [("", stats.waiting_bytes)])
    yield from _metric(
        "oldest_waiting_seconds", "Age of the oldest application.", [("", stats.oldest_waiting_s or 0.0)]
    )
    yield from _metric("attempts", "Tries of what is not delivered.", [("", stats.tries)])
    yield from _disk(stats)
    yield from _accounts(stats)
    yield from _metric(
        "line_left", "Whether most of the line is left to a resident.", [("", stats.line_left)]
    )
    yield from _metric("breaker_open", "Whether the line is thought down.", [("", stats.breaker_open)])
    yield from _metric("admits", "Whether a visit may begin.", [("", stats.admits)])
    yield from _metric(
        "level", "How full it is.", [(f'level="{level}"', level == stats.level) for level in Level]
    )
    yield from _metric(
        "last_ack_timestamp_seconds",
        "When the platform last proved to have one; 0 for never.",
        [("", (stats.last_ack_ms or 0) / 1000)],
    )
    yield from _metric("repairs_total", "How often the database was built anew.", [("", stats.repairs)])
    yield from _metric("numbers_missing", "Numbers of which nothing is left here.", [("", stats.missing)])
    yield from _metric(
        "check_ok",
        "Whether the last thorough check found nothing; 1 before the first.",
        [("", stats.checked in {"", "ok"})],
    )
    yield from _metric(
        "check_timestamp_seconds", "When it ended; 0 for never.", [("", stats.checked_ms / 1000)]
    )
    yield from _metric(
        "seal_key_ok",
        "Whether nothing is to be said of the platform's keys.",
        [("", not stats.seal_key_code)],
    )
    without_end = 0.0 if stats.seal_key_code == "seal.no-valid-key" else inf
    yield from _metric(
        "seal_key_left_seconds",
        "For how long applications can be sealed yet; +Inf for no end.",
        [("", without_end if stats.seal_key_left_s is None else stats.seal_key_left_s)],
    )
    yield from _metric(
        "device_key_ok",
        "Whether receipts are signed; a key in a file counts as well.",
        [("", stats.device_key_code in {"", "device-key.in-file"})],
    )
    yield from _metric(
        "clock_synchronized", "Whether a time server is followed.", [("", stats.clock_conf == "ntp")]
    )


def _disk(stats: QueueStats) -> Iterator[str]:
    yield from _metric("free_bytes", "Room on the disk.", [("", stats.free_bytes)])
    yield from _metric(
        "store_seconds",
        "How long storing an application took, lately.",
        [(f'quantile="{quantile:g}"', took_s) for quantile, took_s in sorted(stats.store_s.items())],
    )
    yield from _metric("wal_bytes", "Size of the write-ahead log.", [("", stats.wal_bytes)])


def _accounts(stats: QueueStats) -> Iterator[str]:
    yield from _metric(
        "reconciled_timestamp_seconds",
        "When accounts were last compared with the platform; 0 for never.",
        [("", stats.reconciled_ms / 1000)],
    )
    yield from _metric("acks_repaired", "Lost acknowledgements it made good.", [("", stats.acks_repaired)])
    yield from _metric(
        "platform_lost", "Acknowledged applications the platform no longer knew.", [("", stats.platform_lost)]
    )
    yield from _metric("number_gaps", "Numbers nobody has an application for.", [("", stats.number_gaps)])


def _metric(name: str, about: str, samples: list[_Sample]) -> Iterator[str]:
    kind = "counter" if name.endswith("_total") else "gauge"
    yield f"# HELP {_PREFIX}_{name} {about}"
    yield f"# TYPE {_PREFIX}_{name} {kind}"
    for labels, value in samples:
        yield f"{_PREFIX}_{name}{f'{{{labels}}}' if labels else ''} {_number(value)}"


def _number(value: float) -> str:
    return "+Inf" if value == inf else f"{float(value):.15g}"
