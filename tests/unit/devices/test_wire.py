import os
import socket
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from devices.errors import Remedy
from devices.health import Health, Severity
from devices.jobs import job_arguments, job_from, result_answer, result_from
from devices.model import (
    CardDetected,
    CardRead,
    CardReadFailed,
    CardRemoved,
    DeviceEvent,
    DeviceSpec,
    GapBlock,
    HealthChanged,
    Kind,
    PairBlock,
    PrintJob,
    PrintOutcome,
    PrintResult,
    QrBlock,
    RuleBlock,
    TextBlock,
)
from devices.sim.cards import load_cards
from devices.wire import (
    MAX_BYTES,
    Channel,
    Command,
    Done,
    Downward,
    HealthIs,
    Picture,
    Said,
    Setup,
    Upward,
    WireError,
    device_end,
    program_end,
)

CHEN = load_cards()["resident-chen"].record
HEALTH = Health("idcard-1", "device.ok", Severity.OK, None, datetime(2026, 11, 1, 8, 30, tzinfo=UTC))
Ends = tuple[Channel[Upward], Channel[Downward]]


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture
def ends() -> Generator[Ends]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with program_end(ours) as program, device_end(theirs) as device:
        yield program, device


@pytest.mark.parametrize(
    "event",
    [
        HealthChanged(HEALTH),
        CardDetected("idcard-1"),
        CardRead("idcard-1", CHEN),
        CardReadFailed("idcard-1", "idcard.moved", Remedy.RESIDENT),
        CardRemoved("idcard-1"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_every_event_crosses_unchanged(ends: Ends, event: DeviceEvent) -> None:
    program, device = ends
    assert device.send(Said.of(event))
    received = program.receive()
    assert received is not None
    assert isinstance(received[0], Said)
    assert received[0].event() == event


def test_a_specification_and_a_health_cross_unchanged(ends: Ends) -> None:
    program, device = ends
    spec = DeviceSpec("idcard-1", Kind.ID_CARD, "sdt", {"port": "/dev/reader", "poll_s": 0.3})
    program.send(Setup(spec))
    device.send(HealthIs(HEALTH))
    assert device.receive() == (Setup(spec), None)
    assert program.receive() == (HealthIs(HEALTH), None)


def test_a_descriptor_arrives_with_its_message_and_is_not_inherited(ends: Ends) -> None:
    program, device = ends
    descriptor = os.memfd_create("picture")
    os.write(descriptor, b"pixels")
    device.send(Picture(1, 1, 2, 0.5), descriptor)
    os.close(descriptor)
    received = program.receive()
    assert received is not None
    message, arrived = received
    assert message == Picture(1, 1, 2, 0.5)
    assert arrived is not None
    assert os.pread(arrived, 10, 0) == b"pixels"
    assert not os.get_inheritable(arrived)
    os.close(arrived)


def test_the_end_of_the_other_side_is_seen_by_both_directions(ends: Ends) -> None:
    program, device = ends
    program.hang_up()
    assert device.receive() is None
    assert not device.send(HealthIs(HEALTH))
    program.hang_up()


@pytest.mark.parametrize(
    "data", [b"\x00", b"\xc1", b"nonsense" * 9, msgspec.msgpack.encode({"message": "fly"})]
)
def test_bytes_that_are_no_message_are_an_error_of_its_own_and_leak_no_descriptor(data: bytes) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with program_end(ours) as program, theirs:
        before = descriptors()
        socket.send_fds(theirs, [data], [theirs.fileno()])
        with pytest.raises(WireError):
            program.receive()
        assert descriptors() == before


def test_an_event_that_this_program_does_not_know_is_an_error_of_its_own() -> None:
    for said in (Said("card-eaten", msgspec.Raw(b"\x80")), Said("card-read", msgspec.Raw(b"\x80"))):
        with pytest.raises(WireError):
            said.event()


def test_a_message_too_large_for_the_wire_is_refused_before_it_is_sent(ends: Ends) -> None:
    program, device = ends
    with pytest.raises(ValueError, match="too large"):
        program.send(Command(1, "print", {"text": "字" * MAX_BYTES}))
    assert not device.wait(0)


def test_a_program_does_not_wait_for_a_device_that_reads_nothing(ends: Ends) -> None:
    program, _ = ends
    command = Command(1, "echo", {"value": bytes(MAX_BYTES // 2)})
    assert not all(program.send(command) for _ in range(100))


def test_no_message_shows_what_is_in_it() -> None:
    for message in (
        Said.of(CardRead("idcard-1", CHEN)),
        Done(1, "陈淑芬"),
        Command(1, "print", {"a": "陈淑芬"}),
    ):
        assert repr(message) == f"{type(message).__name__}()"


def test_a_job_with_every_kind_of_block_crosses_unchanged() -> None:
    job = PrintJob(
        "job-1",
        (
            TextBlock("收件回执", size="huge", align="centre", bold=True),
            PairBlock("姓名", "陈淑芬"),
            RuleBlock(),
            GapBlock(2.5),
            QrBlock("https://example.invalid/1", 25.0),
        ),
    )
    assert job_from(msgspec.msgpack.decode(msgspec.msgpack.encode(job_arguments(job)))) == job


@pytest.mark.parametrize("outcome", list(PrintOutcome))
def test_every_result_of_a_print_crosses_unchanged(outcome: PrintOutcome) -> None:
    result = PrintResult("job-1", outcome, "printer.paper-out")
    assert result_from(msgspec.msgpack.decode(msgspec.msgpack.encode(result_answer(result)))) == result
