"""One life and its end: the queue runs up to a chosen system call, is cut down there, and starts again.

A trial returns how many calls there were and what was found; the medium decides what being cut down means.
"""

import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from offline_queue import QueueClient, QueueError
from tests.support.fake_platform import FakePlatform
from tests.torture import canary, subject
from tests.torture.calls import Watch
from tests.torture.gate import Call
from tests.torture.supervision import Decide, Residents, settle, stop_at, supervise, within
from tests.torture.truth import Findings, Row, Truth, handed_over_again
from tests.torture.zygote import Child, Zygote

_FAIR_REFUSALS: Final = frozenset({"queue.no-space", "queue.storage-failed", "queue.unreachable"})


class Medium(Protocol):
    """Where the queue's folder lies."""

    @property
    def place(self) -> Path:
        """The folder of its files."""
        ...

    def cut(self) -> None:
        """Cut the power."""
        ...

    def restore(self) -> None:
        """Bring it back."""
        ...


@dataclass(frozen=True, slots=True)
class PlainFolder:
    """A folder that is never cut off: only the process dies."""

    place: Path

    def cut(self) -> None:
        """Change nothing."""

    def restore(self) -> None:
        """Change nothing."""


@dataclass(slots=True)
class Outcome:
    """What came of a trial.

    Args:
        passed: Calls that went by before the end.
        acknowledged: Receipts given.
        found: What should not be.
        calls: Names of the calls that concerned the trial, in their order.
    """

    passed: int = 0
    acknowledged: int = 0
    found: Findings = field(default_factory=Findings)
    calls: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Bench:
    """What a trial needs.

    Args:
        zygote: Starts the queue's processes.
        room: Folder in memory for sockets.
        medium: Where the queue's folder lies.
        watch: Which calls are points.
        variant: What is wrong with the first life's queue; later lives are always right.
    """

    zygote: Zygote
    room: Path
    medium: Medium
    watch: Watch
    variant: str | None = None

    @property
    def folder(self) -> Path:
        """The queue's own folder."""
        return self.medium.place / "queue"

    @property
    def socket(self) -> Path:
        """Where the service listens: never on what is cut."""
        return self.room / "queue.sock"

    def concerns(self) -> Callable[[Call], bool]:
        """Which of the calls that wait are points."""
        return within(self.folder) if self.watch == "changes" else lambda _: True

    def serve(self, platform: FakePlatform, *, gated: bool = False, variant: str | None = None) -> Child:
        """Start the service; with a gate it watches from readiness on."""
        watch = self.watch if gated else None
        return self.zygote.start(
            subject.serve, self.socket, self.folder, platform.port, platform.ack_keys, variant, watch
        )

    def clear(self) -> None:
        """Make room for the next trial."""
        shutil.rmtree(self.folder, ignore_errors=True)


def submit(bench: Bench, point: int | None, containers: Sequence[bytes], warm: Sequence[bytes]) -> Outcome:
    """The store alone takes ``containers``; cut down at call ``point``, or after the last receipt."""
    truth, outcome = Truth(), Outcome()
    for container in (*warm, *containers):
        truth.hand_in(container)
    job = (bench.folder, list(containers), list(warm), bench.variant, bench.watch)
    with bench.zygote.start(subject.put_each, *job) as child:
        outcome.passed = supervise(
            child, bench.concerns(), noting(stop_at(point), outcome.calls), until="stored"
        )
        bench.medium.cut()
        child.kill()
    for word, *details in child.said:
        if word == "acked":
            truth.acknowledged(*details)
        elif word in {"refused", "broken"}:
            outcome.found.broken.append(f"{word}: {details}")
    bench.medium.restore()
    outcome.acknowledged = len(truth.receipts)
    rows, again = recovered(bench, outcome.found), recovered(bench, outcome.found)
    outcome.found.add(truth.judge_rows(rows, set()), "rows")
    if again != rows:
        outcome.found.torn.append("a second start changed something")
    bench.clear()
    return outcome


def service(
    bench: Bench, point: int | None, n: int = 2, *, decide: Decide | None = None, then: int | None = None
) -> Outcome:
    """The whole service takes and delivers ``n`` applications; cut down at call ``point`` or at the end.

    Args:
        bench: Of the trial.
        point: Where the first life ends; None after everything is delivered.
        n: How many residents come.
        decide: What becomes of each call instead of ``point``.
        then: Also cut the first recovery down, at this call.
    """
    truth, outcome = Truth(), Outcome()
    with FakePlatform() as platform, ExitStack() as lives:
        containers = [canary.application([platform.recipient]) for _ in range(n)]
        child = lives.enter_context(bench.serve(platform, gated=True, variant=bench.variant))
        supervise(child, lambda _: False, stop_at(None), until="ready")
        with Residents(bench.socket, truth, containers) as residents:
            outcome.passed = supervise(
                child,
                bench.concerns(),
                noting(decide or stop_at(point), outcome.calls),
                finished=[residents],
            )
            bench.medium.cut()
            child.kill()
        outcome.found.broken += broken(child)
        outcome.found.broken += [f"told {code}" for code in residents.refused if code not in _FAIR_REFUSALS]
        life_began = len(platform.requests)
        bench.medium.restore()
        if then is not None:
            outcome.passed = cut_recovery_down(bench, then, outcome)
        for container in containers:
            truth.hand_in(container)
        aftermath(bench, platform, truth, outcome)
        again = handed_over_again(platform.requests, life_began)
        outcome.found.duplicated += [f"{one[:8]} was sent again without asking" for one in again]
    bench.clear()
    return outcome


def aftermath(bench: Bench, platform: FakePlatform, truth: Truth, outcome: Outcome) -> None:
    """Start the right queue, let it deliver everything, let the residents ask again, and judge."""
    found = outcome.found
    outcome.acknowledged = len(truth.receipts)
    with bench.serve(platform) as child:
        try:
            child.await_word("ready")
        except ChildProcessError:
            found.lost += [f"{number}: the queue does not start" for number in truth.receipts.values()]
            found.broken += [str(message) for message in child.said]
            return
        client = QueueClient(bench.socket)
        stuck = settle(client, list(truth.receipts.values()), 10)
        found.lost += [f"{number} is not delivered" for number in stuck]
        # Whoever was not answered asks again, and whoever was is told the same number.
        for submission_id, container in truth.handed_in.items():
            try:
                number = client.submit(container, truth.service_of(submission_id), patience_s=0).receipt_no
            except QueueError as error:
                found.broken.append(f"asked again: {error.code}")
                continue
            if number != truth.receipts.setdefault(submission_id, number):
                found.duplicated.append(f"{truth.receipts[submission_id]} is also {number}")
        found.broken += [f"{one} stays" for one in settle(client, list(truth.receipts.values()), 10)]
        child.kill()
    found.add(truth.judge_platform(platform), "platform")
    found.add(truth.judge_rows(recovered(bench, found), set(platform.commits)), "rows")


def cut_recovery_down(bench: Bench, point: int, outcome: Outcome) -> int:
    """Start the store and cut it down at call ``point`` of its recovery; returns how many there were."""
    with bench.zygote.start(subject.recover, bench.folder, bench.watch) as child:
        passed = supervise(child, bench.concerns(), stop_at(point), until="rows")
        bench.medium.cut()
        child.kill()
    outcome.found.broken += broken(child)
    bench.medium.restore()
    return passed


def recovered(bench: Bench, found: Findings) -> list[Row]:
    """Start the store once in peace and return its rows."""
    with bench.zygote.start(subject.recover, bench.folder, None) as child:
        try:
            _, rows, broken_entry = child.await_word("rows")
        except ChildProcessError as error:
            found.torn.append(f"does not start: {str(error)[-300:]}")
            return []
    if broken_entry is not None:
        found.torn.append(f"the journal is broken at entry {broken_entry}")
    return rows


def broken(child: Child) -> list[str]:
    """Return what a child said that no queue should say."""
    return [str(message[1])[-1500:] for message in child.said if message[0] == "broken"]


def noting(decide: Decide, names: list[str]) -> Decide:
    """Decide, and note the name of each call that was let go."""

    def noted(call: Call, number: int) -> int | None:
        verdict = decide(call, number)
        names.append(f"{call.name}{'!' if verdict else ''}")
        return verdict

    return noted
