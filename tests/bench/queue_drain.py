"""How fast the queue delivers, beside plain uploads of the same files to the same platform.

``python -m tests.bench.queue_drain FOLDER BYTES COUNT ROUNDS`` prints both as lists of bytes per second.
"""

import json
import mmap
import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import psutil
import requests

from offline_queue import QueueClient
from tests.bench.queue_peers import containers, opened

_PROCESS_S = 300.0
_REST_S = 1.0


def delivered_s(place: Path, platform: Sequence[str], made: list[bytes]) -> float:
    """Return the seconds from the service's readiness to the last wipe."""
    folder = place / "d"
    with opened("queue", folder / "queue") as put:
        for container in made:
            put(container)
    _same_start(made)
    with service(folder, platform) as (client, _):
        begun_s = monotonic()
        # To wait for a receipt would be to ask for its application before the others, and whatever is asked
        # of the service takes from its time.
        while _holds_any(folder / "queue" / "containers"):
            sleep(0.005)
        while client.stats().counts["wiped"] < len(made):
            sleep(0.005)
        return monotonic() - begun_s


def _holds_any(folder: Path) -> bool:
    # Looked at two hundred times a second beside what is measured, so no further than the first name.
    with os.scandir(folder) as names:
        return any(name.name.endswith(".zwq") for name in names)


def _same_start(made: list[bytes]) -> None:
    """Let both ways begin with what was stored on the disk, the disk at rest, and memory at hand.

    The host of a virtual machine takes back memory that was free for two seconds (free page reporting of
    virtio-balloon); to get it again makes the next bytes that a program writes up to three times slower.
    """
    os.sync()
    sleep(_REST_S)
    needed_bytes = 2 * sum(map(len, made))
    mmap.mmap(-1, needed_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE).close()


def uploaded_s(place: Path, platform: Sequence[str], made: list[bytes]) -> float:
    """Return the seconds that plain uploads of the same files take."""
    folder = place / "plain"
    folder.mkdir()
    files = [folder / str(number) for number in range(len(made))]
    for file, container in zip(files, made, strict=True):
        file.write_bytes(container)
    url = f"http://127.0.0.1:{platform[0]}/plain"
    with requests.Session() as session:
        session.trust_env = False
        session.post(url, data=b"warm", timeout=_PROCESS_S)
        _same_start(made)
        begun_s = monotonic()
        for file in files:
            session.post(url, data=file.read_bytes(), timeout=_PROCESS_S).raise_for_status()
        return monotonic() - begun_s


@contextmanager
def platform_process(place: Path) -> Generator[Sequence[str]]:
    """Run a platform; gives its port, and id and key of its acknowledgements."""
    folder = place / "platform"
    folder.mkdir()
    command = [sys.executable, "-m", "tests.bench.upload_server", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()
        finally:
            process.kill()


@contextmanager
def service(folder: Path, platform: Sequence[str]) -> Generator[tuple[QueueClient, psutil.Process]]:
    """Run the queue's service over HTTP in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.queue_probe", "serve", str(folder), *platform]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield QueueClient(folder / "queue.sock"), psutil.Process(process.pid)
        finally:
            process.kill()


def main(folder: str, size_bytes: str, count: str, rounds: str) -> None:
    """Measure both, each as often first as second, and print the figures as JSON."""
    place = Path(folder)
    made = containers(int(count), int(size_bytes))
    sent_bytes = sum(map(len, made))
    plain: list[float] = []
    ours: list[float] = []
    ways = [(plain, uploaded_s), (ours, delivered_s)]
    for number in range(int(rounds)):
        for figures, measure in ways if number % 2 else reversed(ways):
            # Nothing of one way is left when the other begins: what lies there already slows a shared disk.
            with TemporaryDirectory(dir=place) as way, platform_process(Path(way)) as platform:
                figures.append(sent_bytes / measure(Path(way), platform, made))
    print(json.dumps([ours, plain]))


if __name__ == "__main__":
    main(*sys.argv[1:])
