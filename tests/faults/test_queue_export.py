"""Copies on a USB stick, and figures for the operator: whole, verifiable, and nobody is named in them."""

import hashlib
import json
import os
import re
import stat
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from district.files import write_durably
from offline_queue import QueueError, metrics_text, write_textfile
from offline_queue.export import Source, check_export, export
from offline_queue.folder import file_name
from tests.support.fake_platform import FakePlatform
from tests.support.sealed_queue import SERVICE, TERMINAL, RunningQueue, sealed_application

CANARY = "赵钱孙李周吴"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC).isoformat()


@pytest.fixture
def platform() -> Generator[FakePlatform]:
    with FakePlatform() as running:
        running.faults.cut = True
        yield running


def submit(queue: RunningQueue, platform: FakePlatform) -> bytes:
    container = sealed_application([platform.recipient], name=CANARY, page_bytes=5000)
    queue.client.submit(container, SERVICE)
    return container


def source(queue: RunningQueue) -> Source:
    return Source(queue.directory / "containers", TERMINAL)


def test_what_waits_is_copied_as_it_is_and_stays_in_the_queue(
    queue: RunningQueue, platform: FakePlatform, tmp_path: Path
) -> None:
    containers = [submit(queue, platform) for _ in range(3)]
    manifest = export(source(queue), queue.client.items(), tmp_path / "stick", NOW)
    copied = [(tmp_path / "stick" / line.file).read_bytes() for line in manifest.items]
    assert copied == containers
    assert [line.digest for line in manifest.items] == [hashlib.sha256(c).hexdigest() for c in containers]
    assert len(list((queue.directory / "containers").glob("*.zwq"))) == 3


def test_the_manifest_says_which_receipt_belongs_to_which_file(
    queue: RunningQueue, platform: FakePlatform, tmp_path: Path
) -> None:
    submit(queue, platform)
    export(source(queue), queue.client.items(), tmp_path / "stick", NOW)
    told = json.loads((tmp_path / "stick" / "manifest.json").read_text())
    (item,) = queue.client.items()
    assert (told["format"], told["version"], told["terminal"]) == ("zhiwang-queue-export", 1, TERMINAL)
    assert told["items"][0]["receipt_no"] == item.receipt_no
    assert told["items"][0]["submission_id"] == item.submission_id.hex()


def test_an_exported_application_is_marked_and_still_delivered(
    queue: RunningQueue, platform: FakePlatform
) -> None:
    submit(queue, platform)
    (item,) = queue.client.items()
    assert item.exported_ms is None
    queue.client.mark_exported(item.receipt_no)
    assert queue.client.status(item.receipt_no).exported_ms is not None
    platform.faults.cut = False
    queue.client.kick()
    assert queue.client.wait(item.receipt_no, 20).accepted


def test_what_is_not_as_it_was_stored_is_left_out(
    queue: RunningQueue, platform: FakePlatform, tmp_path: Path
) -> None:
    for _ in range(2):
        submit(queue, platform)
    damaged, sound = queue.client.items()
    path = queue.directory / "containers" / file_name(TERMINAL, damaged.seq, damaged.submission_id)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    manifest = export(source(queue), queue.client.items(), tmp_path / "stick", NOW)
    assert [line.receipt_no for line in manifest.items] == [sound.receipt_no]
    assert len(list((tmp_path / "stick").iterdir())) == 2


@pytest.mark.parametrize("place", ["/proc/self/mem", "/proc/self"], ids=["a bad sector", "no file"])
def test_one_that_the_disk_does_not_give_back_keeps_none_of_the_others(
    queue: RunningQueue, platform: FakePlatform, tmp_path: Path, place: str
) -> None:
    for _ in range(2):
        submit(queue, platform)
    damaged, sound = queue.client.items()
    path = queue.directory / "containers" / file_name(TERMINAL, damaged.seq, damaged.submission_id)
    path.unlink()
    path.symlink_to(place)  # reading at the start of one's own memory is EIO
    manifest = export(source(queue), queue.client.items(), tmp_path / "stick", NOW)
    assert [line.receipt_no for line in manifest.items] == [sound.receipt_no]
    assert len(list((tmp_path / "stick").iterdir())) == 2


def test_an_error_that_is_no_damage_ends_the_export_and_leaves_no_application_out(
    queue: RunningQueue, platform: FakePlatform, tmp_path: Path
) -> None:
    submit(queue, platform)
    items = queue.client.items()
    path = queue.directory / "containers" / file_name(TERMINAL, items[0].seq, items[0].submission_id)
    path.unlink()
    os.mknod(path, stat.S_IFSOCK)  # opened as a file: no such device, as when the whole disk is gone
    with pytest.raises(QueueError, match=r"queue\.export-failed"):
        export(source(queue), items, tmp_path / "stick", NOW)


def test_a_manifest_that_the_stick_gives_back_with_a_wrong_bit_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(b'{"terminal":"T0421\xff","exported_at":"","items":[]}')
    with pytest.raises(QueueError, match=r"queue\.export-failed"):
        check_export(tmp_path)


def test_a_copy_that_changed_is_named(queue: RunningQueue, platform: FakePlatform, tmp_path: Path) -> None:
    submit(queue, platform)
    submit(queue, platform)
    manifest = export(source(queue), queue.client.items(), tmp_path / "stick", NOW)
    assert check_export(tmp_path / "stick") == ()
    spoilt = tmp_path / "stick" / manifest.items[1].file
    spoilt.write_bytes(spoilt.read_bytes()[:-1])
    assert check_export(tmp_path / "stick") == (manifest.items[1].file,)


def test_a_stick_that_is_not_there_is_told(queue: RunningQueue, tmp_path: Path) -> None:
    with pytest.raises(QueueError, match=r"queue\.export-failed"):
        export(source(queue), [], tmp_path / "gone" / "stick", NOW)


def test_a_folder_without_a_manifest_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(QueueError, match=r"queue\.export-failed"):
        check_export(tmp_path)


def test_nobody_is_named_in_an_export_or_in_the_figures(
    queue: RunningQueue, platform: FakePlatform, tmp_path: Path
) -> None:
    submit(queue, platform)
    export(source(queue), queue.client.items(), tmp_path / "stick", NOW)
    told = metrics_text(queue.client.stats()).encode()
    told += repr(queue.client.items()).encode()
    told += b"".join(path.read_bytes() for path in (tmp_path / "stick").iterdir())
    assert CANARY.encode() not in told
    assert CANARY.encode("utf-16-le") not in told


def test_the_figures_are_prometheus_text(queue: RunningQueue, platform: FakePlatform) -> None:
    submit(queue, platform)
    lines = metrics_text(queue.client.stats()).splitlines()
    sample = re.compile(r'zhiwang_queue_[a-z_]+(\{[a-z]+="[a-z0-9.]+"\})? -?([0-9.e+]+|\+Inf)')
    assert [line for line in lines if not line.startswith("# ") and not sample.fullmatch(line)] == []
    names = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(set(names)) == len(names)
    assert "zhiwang_queue_up 1" in lines


@pytest.mark.parametrize(
    "name",
    [
        'items{state="attention"}',
        "waiting_bytes",
        "oldest_waiting_seconds",
        "attempts",
        "breaker_open",
        "free_bytes",
        'level{level="red"}',
        "last_ack_timestamp_seconds",
        "check_ok",
        "repairs_total",
        "reconciled_timestamp_seconds",
        "acks_repaired",
        "platform_lost",
        "number_gaps",
        "wal_bytes",
    ],
)
def test_the_figures_an_operator_needs_are_there(queue: RunningQueue, name: str) -> None:
    assert f"\nzhiwang_queue_{name} " in metrics_text(queue.client.stats())


def test_how_long_storing_takes_is_told_so_that_a_worn_disk_is_seen(
    queue: RunningQueue, platform: FakePlatform
) -> None:
    assert queue.client.stats().store_s == {}
    for _ in range(3):
        submit(queue, platform)
    stats = queue.client.stats()
    assert 0 < stats.store_s[0.5] <= stats.store_s[0.99]
    assert stats.wal_bytes > 0
    assert 'zhiwang_queue_store_seconds{quantile="0.99"}' in metrics_text(stats)


def test_a_full_terminal_is_not_told_as_one_whose_keys_have_ended(queue: RunningQueue) -> None:
    full = msgspec.structs.replace(queue.client.stats(), admits=False, level="red")
    ended = msgspec.structs.replace(full, seal_key_code="seal.no-valid-key")
    assert "zhiwang_queue_seal_key_left_seconds +Inf" in metrics_text(full).splitlines()
    assert "zhiwang_queue_seal_key_left_seconds 0" in metrics_text(ended).splitlines()


def test_a_queue_that_does_not_answer_is_told_as_down() -> None:
    assert "zhiwang_queue_up 0" in metrics_text(None).splitlines()


def test_the_text_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    write_textfile(tmp_path / "queue.prom", "first\n")
    write_textfile(tmp_path / "queue.prom", "second\n")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("queue.prom", "second\n")]


def test_a_text_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "queue.prom").mkdir()
    with pytest.raises(OSError, match=r"queue\.prom"):
        write_textfile(tmp_path / "queue.prom", "figures\n")
    assert [path.name for path in tmp_path.iterdir()] == ["queue.prom"]
    with pytest.raises(IsADirectoryError):
        write_durably(tmp_path / "queue.prom", b"a key")
    assert [path.name for path in tmp_path.iterdir()] == ["queue.prom"]


def test_a_check_can_be_asked_for(queue: RunningQueue, platform: FakePlatform) -> None:
    submit(queue, platform)
    assert queue.client.stats().checked == ""
    queue.client.check()
    (item,) = queue.client.items()
    # It waits until nobody has asked for a second; asking for its end at once would put it off for ever.
    ends = (queue.client.wait(item.receipt_no, 1.5) and queue.client.stats().checked for _ in range(10))
    assert "ok" in ends
