"""One mailbox, one thread: everything that happens to the core happens there, one after the other."""

import queue
import threading
from collections.abc import Callable
from typing import Protocol

Job = Callable[[], None]


class Mailbox(Protocol):
    """Where any thread leaves a job for the core's thread."""

    def post(self, job: Job) -> None:
        """Leave a job; returns at once."""
        ...


class PlainMailbox:
    """A mailbox without Qt: the thread that calls ``run`` is the core's."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()

    def post(self, job: Job) -> None:
        """Leave a job; returns at once."""
        self._jobs.put(job)

    def run(self) -> None:
        """Do jobs until ``stop``; a job that raises ends the run, for it is a bug."""
        while (job := self._jobs.get()) is not None:
            job()

    def stop(self) -> None:
        """Let ``run`` return once the jobs before this call are done."""
        self._jobs.put(None)


class Ticker:
    """Posts a job at a steady pace until it is stopped.

    Args:
        mailbox: Where.
        job: What.
        interval_s: How often.
    """

    def __init__(self, mailbox: Mailbox, job: Job, interval_s: float) -> None:
        self._mailbox = mailbox
        self._job = job
        self._interval_s = interval_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)

    def start(self) -> None:
        """Start ticking."""
        self._thread.start()

    def close(self) -> None:
        """Stop ticking and wait for the thread."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(self._interval_s):
            self._mailbox.post(self._job)
