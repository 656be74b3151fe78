"""Jobs of the queue's bench that need a process of their own.

``python -m tests.bench.queue_probe enqueue WHO FOLDER COUNT SIZE`` stores; to be watched by strace.
``... fill FOLDER COUNT`` makes a directory with waiting applications, ``... boot FOLDER`` opens it and prints
the seconds. ``... serve FOLDER PORT KID KEY`` is the queue's service over HTTP.
"""

import sys
import threading
import time
from pathlib import Path
from typing import cast

from kiosk.backend import HttpTransport
from offline_queue import SystemClock, run_service
from offline_queue.header import read_header
from offline_queue.store import Store
from tests.bench.queue_peers import Who, containers, opened
from tests.support.sealed_queue import NO_ROOM_KEPT, TERMINAL, UnflushedDisk

TIMEOUT_S = 20.0


def enqueue(who: str, folder: str, count: str, size_bytes: str) -> None:
    made = containers(int(count), int(size_bytes))
    with opened(cast("Who", who), Path(folder)) as put:
        for container in made:
            put(container)


def fill(folder: str, count: str) -> None:
    store = Store(Path(folder), TERMINAL, SystemClock(), policy=NO_ROOM_KEPT, disk=UnflushedDisk())
    for container in containers(int(count), 1000):
        store.put(read_header(container), [container])
    store.close()


def boot(folder: str) -> None:
    clock = SystemClock()
    begun_s = time.monotonic()
    store = Store(Path(folder), TERMINAL, clock, policy=NO_ROOM_KEPT)
    print(time.monotonic() - begun_s)
    store.close()


def serve(folder: str, port: str, kid: str, key: str) -> None:
    place = Path(folder)
    with HttpTransport(f"http://127.0.0.1:{port}", "token", TERMINAL, timeout_s=TIMEOUT_S) as transport:
        run_service(
            place / "queue",
            place / "queue.sock",
            TERMINAL,
            transport,
            {kid: bytes.fromhex(key)},
            stop=threading.Event(),
            dice=lambda: 0.0,
            policy=NO_ROOM_KEPT,
            ready=lambda: print("ready", flush=True),
        )


JOBS = {"enqueue": enqueue, "fill": fill, "boot": boot, "serve": serve}

if __name__ == "__main__":
    JOBS[sys.argv[1]](*sys.argv[2:])
