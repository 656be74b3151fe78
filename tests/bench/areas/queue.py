"""What the queue costs, beside the least it could cost: storing, delivering, starting, memory."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import fmean, median
from time import monotonic

from offline_queue import QueueClient
from tests.bench.queue_drain import platform_process, service
from tests.bench.queue_peers import Who, containers, opened
from tests.bench.row import Measured, Row
from tests.support.sealed_queue import SERVICE

ROUNDS = 5
SIZES = {"4 KB": 3_300, "1 MB": 1_000_000}
COUNTS = {"4 KB": 150, "1 MB": 25}
WAITING = 10_000
LARGE_BYTES = 20_000_000
DRAINED = {"1 MB": (1_000_000, 480), "20 MB": (LARGE_BYTES, 24)}
"""What waits after an outage, as many bytes of either size; over the slow line a tenth, so that it ends."""
BOOT_LIMIT_S = 5.0
MEMORY_LIMIT_MB = 8.0
DRAIN_LIMIT = 0.8
_PEERS: tuple[Who, ...] = ("queue", "limit", "persist-queue")
_LEAST = "file + fsync + rename + fsync of the folder"
_OWNER = "persist-queue 1.1 SQLiteQueue"
_PROBE = "tests.bench.queue_probe"
LINE = "100mbit"
"""What a terminal's line is at best."""
NARROW_LINE = "2mbit"
"""What it is at worst."""
QUESTION_LIMIT = 0.5
_SHAPES = {LINE: ("65536", "burst 256kb latency 200ms"), NARROW_LINE: ("1500", "burst 16kb latency 400ms")}
"""Size of packets, and what the line holds of what it cannot send at once."""
_STEADY = (20, 120)
_PROCESS_S = 300.0
_NOTES = (
    f"Stored per second: medians of {ROUNDS} rounds, the three in random order, each in a fresh folder.",
    "Syncs and written bytes: what strace saw of the process, per application, start and end taken off.",
    "Drain: the service with its HTTP transport against a platform in a process of its own, both ways.",
    "A plain upload is one POST of the same file by requests over one kept connection.",
    "Both begin with disk and memory alike; each is as often first as second, for a shared host tires.",
    "The platform does the same for both: it hashes, and has file and name on its disk before it answers.",
    "What an application needs beyond a plain upload is done while the platform stores the one before it,",
    "on the second core: a machine that is busy with other things shows less of it.",
)


def measure() -> Measured:
    """Measure all of it on the disk that holds the repository."""
    out = Path("out").resolve()
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix="q") as folder:
        place = Path(folder)
        rows = [row for size in SIZES for row in _stored(place, size)]
        rows += [row for size in SIZES for row in _calls(place, size)]
        rows += [_drained(place, size) for size in DRAINED]
        # Only root may make a line narrow.
        if os.geteuid() == 0:
            rows += [_drained(place, size, line=LINE) for size in DRAINED]
            rows += _questions(place)
        rows += [_booted(place), _memory(place)]
    return Measured(tuple(rows), _NOTES)


def _stored(place: Path, size: str) -> list[Row]:
    rates: dict[Who, list[float]] = {who: [] for who in _PEERS}
    made = containers(COUNTS[size], SIZES[size])
    for _ in range(ROUNDS):
        for who in random.sample(_PEERS, len(_PEERS)):
            folder = place / "rate"
            with opened(who, folder) as put:
                begun_s = monotonic()
                for container in made:
                    put(container)
                rates[who].append(len(made) / (monotonic() - begun_s))
            shutil.rmtree(folder)
    ours, least, other = (median(rates[who]) for who in _PEERS)
    name = f"stored durably, {size} each"
    return [
        Row(name, ours, "/s", peer=_LEAST, peer_value=least, samples=tuple(rates["queue"])),
        Row(name, ours, "/s", peer=_OWNER, peer_value=other, samples=tuple(rates["queue"])),
    ]


def _calls(place: Path, size: str) -> list[Row]:
    ours, least, other = (_per_item(place, who, size) for who in _PEERS)
    return [
        Row(f"syncs per application, {size}", ours[0], "", peer=_LEAST, peer_value=least[0]),
        Row(f"syncs per application, {size}", ours[0], "", peer=_OWNER, peer_value=other[0]),
        Row(f"bytes written per byte stored, {size}", ours[1], "", peer=_OWNER, peer_value=other[1]),
    ]


def _per_item(place: Path, who: Who, size: str) -> tuple[float, float]:
    """Return syncs and written bytes per byte, for one more application once it runs steadily."""
    few, many = (_watched(place, who, count, SIZES[size]) for count in _STEADY)
    more = _STEADY[1] - _STEADY[0]
    stored_bytes = len(containers(1, SIZES[size])[0])
    return (many[0] - few[0]) / more, (many[1] - few[1]) / more / stored_bytes


def _watched(place: Path, who: Who, count: int, size_bytes: int) -> tuple[int, int]:
    log, folder = place / "strace", place / "watched"
    calls = "trace=fsync,fdatasync,write,pwrite64"
    command = ["strace", "-f", "-o", str(log), "-e", calls, "-e", "signal=none", "-s", "0"]
    command += [sys.executable, "-m", _PROBE, "enqueue", who, str(folder), str(count), str(size_bytes)]
    subprocess.run(command, check=True, timeout=_PROCESS_S, stdin=subprocess.DEVNULL)
    shutil.rmtree(folder)
    text = log.read_text()
    syncs = len(re.findall(r"(?:fsync|fdatasync)\([0-9]+\) += 0", text))
    written = sum(int(said) for said in re.findall(r"(?:write|pwrite64)\(.*\) += ([0-9]+)", text))
    return syncs, written


def _drained(place: Path, size: str, *, line: str = "") -> Row:
    size_bytes, count = DRAINED[size]
    rounds, count = ("1", max(3, count // 10)) if line else ("6", count)
    told = json.loads(
        _probe("tests.bench.queue_drain", str(place), str(size_bytes), str(count), rounds, line=line)
    )
    ours, plain = ([speed / 1e6 for speed in speeds] for speeds in told)
    peer = median(plain)
    name = f"drain, applications of {size}, {line or 'loopback as it is'}"
    basis = f"{DRAIN_LIMIT} of a plain upload"
    limit = DRAIN_LIMIT * peer
    return Row(name, median(ours), "MB/s", limit, "≥", basis, "plain upload", peer, tuple(ours))


def _questions(place: Path) -> list[Row]:
    told = json.loads(_probe("tests.bench.queue_question", str(place), line=NARROW_LINE))
    alone, beside, left = (told[way] for way in ("alone", "beside", "left"))
    name = f"question beside a backlog that leaves the line, {NARROW_LINE}"
    most, basis = QUESTION_LIMIT * fmean(beside), f"{QUESTION_LIMIT} of beside one that does not"
    peer = "beside one that does not"
    return [
        Row(f"{name}, mean", fmean(left), "s", most, basis=basis, peer=peer, peer_value=fmean(beside)),
        Row(f"{name}, median", median(left), "s", peer="alone on the line", peer_value=median(alone)),
    ]


def _booted(place: Path) -> Row:
    folder = str(place / "full")
    _probe(_PROBE, "fill", folder, str(WAITING))
    took_s = [float(_probe(_PROBE, "boot", folder)) for _ in range(3)]
    name = f"start with {WAITING} waiting applications"
    shutil.rmtree(folder)
    return Row(name, median(took_s), "s", BOOT_LIMIT_S, basis="goal", samples=tuple(took_s))


def _memory(place: Path) -> Row:
    """Return how far the service's memory rises while a large application is stored and sent."""
    folder = place / "m"
    folder.mkdir()
    rises: list[float] = []
    with platform_process(place) as platform, service(folder, platform) as (client, process):
        for size_bytes in (1_000, 600_000):
            _through(client, containers(1, size_bytes)[0])
        for _ in range(3):
            rest_bytes = process.memory_info().rss
            Path(f"/proc/{process.pid}/clear_refs").write_text("5")  # the high-water mark begins anew
            _through(client, containers(1, LARGE_BYTES)[0])
            text = Path(f"/proc/{process.pid}/status").read_text()
            peak = re.search(r"VmHWM:\s+([0-9]+) kB", text)
            rises.append((int(peak[1]) * 1024 - rest_bytes) / 1e6 if peak else float("nan"))
    name = "memory added by an application of 20 MB"
    return Row(name, max(rises), "MB", MEMORY_LIMIT_MB, basis="goal", samples=tuple(rises))


def _through(client: QueueClient, container: bytes) -> None:
    stored = client.submit(container, SERVICE)
    while not client.wait(stored.receipt_no, 10.0).accepted:
        pass


def _probe(module: str, *arguments: str, line: str = "") -> str:
    command = [sys.executable, "-m", module, *arguments]
    if line:
        shape = _SHAPES[line]
        narrow = f"ip link set lo up mtu {shape[0]} && tc qdisc add dev lo root tbf rate {line} {shape[1]}"
        command = ["unshare", "--net", "sh", "-c", f'{narrow} && exec "$@"', "sh", *command]
    done = subprocess.run(command, check=True, timeout=_PROCESS_S, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()
