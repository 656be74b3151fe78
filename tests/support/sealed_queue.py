"""A queue to test against: sealed applications, a clock to turn by hand, the service as thread or process."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from offline_queue import (
    KeyOutlook,
    Notary,
    Part,
    PlatformKey,
    QueueClient,
    QueueError,
    Stamp,
    Transport,
    new_submission_id,
    pack,
    run_service,
    seal,
)
from offline_queue.disk import Disk, RoomPolicy
from tests.support.fake_platform import LoopbackTransport

TERMINAL = "T0421"
SERVICE = "old-age-allowance"
NO_ROOM_KEPT = RoomPolicy(reserve_bytes=0, headroom_bytes=0, keep_share=0.0)


class UnflushedDisk(Disk):
    """Flushes nothing: no power is cut here."""

    def fsync(self, fd: int) -> None:
        pass


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.stamp = Stamp("boot-1", 1_000_000, 1_750_000_000_000)

    def now(self) -> Stamp:
        return self.stamp

    def advance(self, seconds: float) -> None:
        moved = round(seconds * 1000)
        self.stamp = replace(
            self.stamp, mono_ms=self.stamp.mono_ms + moved, wall_ms=self.stamp.wall_ms + moved
        )

    def set_wall(self, wall_ms: int) -> None:
        self.stamp = replace(self.stamp, wall_ms=wall_ms)

    def reboot(self) -> None:
        self.stamp = Stamp(f"{self.stamp.boot}'", 5_000, self.stamp.wall_ms)


def sealed_application(
    recipients: Sequence[PlatformKey],
    *,
    name: str = "赵钱孙",
    page_bytes: int = 1000,
    submission_id: bytes | None = None,
    terminal: str = TERMINAL,
) -> bytes:
    """An application as the terminal seals it."""
    plaintext = pack({"name": name}, [Part("page-1.pdf", "application/pdf", os.urandom(page_bytes))])
    return seal(
        plaintext,
        recipients,
        submission_id=submission_id or new_submission_id(),
        terminal=terminal,
        service=SERVICE,
        created=Stamp("boot-1", 1_000_000, 1_750_000_000_000),
    )


class RunningQueue:
    """The service on a thread of this process, over a real socket and real files."""

    def __init__(
        self,
        directory: Path,
        transport: Transport,
        ack_keys: dict[str, bytes],
        *,
        pause: float = 0.0,
        policy: RoomPolicy = NO_ROOM_KEPT,
        notary: Notary | None = None,
        seal_keys: Callable[[int], KeyOutlook] | None = None,
    ) -> None:
        self.directory = directory / "queue"
        self.socket_path = directory / "queue.sock"
        self.client = QueueClient(self.socket_path)
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._failure: list[BaseException] = []

        def serve() -> None:
            try:
                run_service(
                    self.directory,
                    self.socket_path,
                    TERMINAL,
                    transport,
                    ack_keys,
                    stop=self._stop,
                    dice=lambda: pause,
                    policy=policy,
                    ready=self._ready.set,
                    notary=notary,
                    seal_keys=seal_keys,
                )
            except (QueueError, OSError, sqlite3.Error) as error:
                self._failure.append(error)
                self._ready.set()

        self._thread = threading.Thread(target=serve)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(20)
        if self._failure:
            self._thread.join()
            raise self._failure.pop()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        with suppress(QueueError):
            self.client.stats()  # wakes the service, so that it sees the stop at once
        self._thread.join(20)
        assert not self._thread.is_alive()
        if self._failure and error is None:
            raise self._failure.pop()


class QueueProcess:
    """The service in a process of its own, to be killed."""

    def __init__(
        self,
        directory: Path,
        port: int,
        ack_keys: dict[str, bytes],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.directory = directory / "queue"
        self.socket_path = directory / "queue.sock"
        self.client = QueueClient(self.socket_path)
        (kid, key), *_ = ack_keys.items()
        command = [
            sys.executable,
            "-m",
            "tests.support.sealed_queue",
            str(directory),
            str(port),
            kid,
            key.hex(),
        ]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, env={**os.environ, **(environment or {})}
        )

    def __enter__(self) -> Self:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """Take the process away as a power cut takes the program away: at once, with no last word."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


def main(directory: str, port: str, kid: str, key: str) -> None:
    run_service(
        Path(directory) / "queue",
        Path(directory) / "queue.sock",
        TERMINAL,
        LoopbackTransport(int(port)),
        {kid: bytes.fromhex(key)},
        stop=threading.Event(),
        dice=lambda: 0.0,
        policy=NO_ROOM_KEPT,
        ready=lambda: print("ready", flush=True),  # noqa: T201 - tells the parent process
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
