"""Writes down what the real queue does to its folder, system call by system call, with every byte."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.support.fake_platform import FakePlatform
from tests.torture import canary, subject
from tests.torture.disk_model import DiskModel, Operation
from tests.torture.gate import Call
from tests.torture.ground import Ground
from tests.torture.supervision import Residents, supervise, within
from tests.torture.trials import Bench, PlainFolder
from tests.torture.truth import Truth
from tests.torture.zygote import Child

_NEARLY_FULL_BYTES: Final = 600_000
"""The log is written back at 200 pages, and only then."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What had been promised before an operation: receipts given, and cases the platform had."""

    receipts: int
    cases: int


@dataclass(slots=True)
class Recording:
    """One life of a queue.

    Args:
        files: What was there at the start: path to bytes.
        folders: Likewise.
        operations: What was done, in order.
        moments: One for each operation, and one for the end.
        truth: All the promises.
        cases: All the platform's cases, in their order.
    """

    files: dict[str, bytes]
    folders: list[str]
    operations: list[Operation] = field(default_factory=list[Operation])
    moments: list[Moment] = field(default_factory=list[Moment])
    truth: Truth = field(default_factory=Truth)
    cases: list[str] = field(default_factory=list[str])

    def model(self) -> DiskModel:
        """Return the disk as it was at the start."""
        return DiskModel(self.files, self.folders)


def record_puts(ground: Ground, n: int, variant: str | None, warm: Sequence[bytes] = ()) -> Recording:
    """Record a store; a receipt is given the moment ``put`` returns.

    Args:
        ground: Of the part.
        n: How many applications are stored.
        variant: What is wrong with the store.
        warm: Stored before, until the log is about to be written back; without any the first start of the
            store is recorded as well.
    """
    bench = Bench(ground.zygote, ground.room, PlainFolder(ground.room), "changes", variant)
    containers = ground.applications(n, 200)
    bench.folder.mkdir()
    job = (bench.folder, containers, list(warm), variant, "changes", _NEARLY_FULL_BYTES)
    with bench.zygote.start(subject.put_each, *job) as child:
        tape: list[Recording] = []

        def note(call: Call, _: int) -> int:
            # Nothing has changed since the gate went up: this is the first call that could.
            tape[:] = tape or [_tape(bench.folder)]
            _hear(child, tape[0])
            _write_down(call, bench.folder, tape[0])
            return 0

        supervise(child, within(bench.folder), note, until="stored")
        _hear(child, tape[0])
        tape[0].moments.append(Moment(len(tape[0].truth.receipts), 0))
        child.kill()
    bench.clear()
    return tape[0]


def record_service(ground: Ground, n: int, variant: str | None) -> Recording:
    """Record the whole service while applications come, are delivered and wiped."""
    bench = Bench(ground.zygote, ground.room, PlainFolder(ground.room), "changes", variant)
    with FakePlatform() as platform, bench.serve(platform, gated=True, variant=variant) as child:
        containers = [canary.application([platform.recipient], 200) for _ in range(n)]
        supervise(child, lambda _: False, lambda call, number: 0, until="ready")  # noqa: ARG005 - all may go
        tape = _tape(bench.folder)
        tape.cases = platform.commits

        def note(call: Call, _: int) -> int:
            _write_down(call, bench.folder, tape)
            return 0

        with Residents(bench.socket, tape.truth, containers) as residents:
            supervise(child, within(bench.folder), note, finished=[residents])
            child.kill()
        tape.moments.append(Moment(len(tape.truth.receipts), len(tape.cases)))
    bench.clear()
    return tape


def _tape(folder: Path) -> Recording:
    below = sorted(folder.rglob("*"))
    files = {_place(path, folder): path.read_bytes() for path in below if path.is_file()}
    return Recording(files, ["", *(_place(path, folder) for path in below if path.is_dir())])


def _hear(child: Child, tape: Recording) -> None:
    for word, *details in child.said:
        if word == "acked":
            tape.truth.acknowledged(*details)


def _write_down(call: Call, folder: Path, tape: Recording) -> None:
    for operation in _operations(call, folder):
        tape.operations.append(operation)
        tape.moments.append(Moment(len(tape.truth.receipts), len(tape.cases)))


def _operations(call: Call, folder: Path) -> list[Operation]:
    path, arguments = call.path, call.arguments
    name = _place(path, folder)
    done: Operation | None = None
    match call.name:
        case "openat" | "unlink" | "mkdir":
            done = _naming(call, path, name)
        case "write":
            data = call.memory(arguments[1], arguments[2])
            done = Operation("write", name, offset=call.file_position(), data=data)
        case "pwrite64":
            data = call.memory(arguments[1], arguments[2])
            done = Operation("write", name, offset=arguments[3], data=data)
        case "ftruncate":
            done = Operation("resize", name, offset=arguments[1])
        case "fsync" | "fdatasync":
            done = Operation("flush", name)
        case "rename":
            done = Operation("rename", name, new_path=_place(call.new_path, folder))
        case other:
            raise NotImplementedError(f"the model does not know {other}")
    return [done] if done is not None else []


def _naming(call: Call, path: Path, name: str) -> Operation | None:
    there = path.exists()
    match call.name:
        case "openat" if not there:
            return Operation("create", name)
        case "openat" if call.arguments[2] & os.O_TRUNC:
            return Operation("resize", name, offset=0)
        case "mkdir" if not there:
            return Operation("mkdir", name)
        case "unlink" if there:
            return Operation("unlink", name)
        case _:
            return None


def _place(path: Path, folder: Path) -> str:
    return "" if path == folder else path.relative_to(folder).as_posix()
