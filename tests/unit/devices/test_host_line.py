import math
import socket
import threading
from collections.abc import Generator
from dataclasses import dataclass

import pytest

from devices.errors import DeviceError
from devices.host_line import HangupError, Line
from devices.sim.puppet import Puppet
from devices.wire import Cancel, Channel, Command, Stir, Upward, device_end, program_end

FIRST = Command(1, "wait", {})
SECOND = Command(2, "wait", {})


class Breakable(Puppet):
    def __init__(self) -> None:
        super().__init__("puppet-1", "")
        self.broken_off = threading.Event()

    def allow(self) -> None:
        self.broken_off.clear()

    def cancel(self) -> None:
        self.broken_off.set()


@dataclass(frozen=True, slots=True)
class Talk:
    program: Channel[Upward]
    line: Line
    driver: Breakable


@pytest.fixture
def talk() -> Generator[Talk]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with program_end(ours) as program, device_end(theirs) as device:
        driver = Breakable()
        line = Line(device, "puppet-1")
        line.can_cancel(driver)
        yield Talk(program, line, driver)
        program.hang_up()
        with pytest.raises(HangupError):
            line.next_command(math.inf)


def test_a_command_that_was_cancelled_while_it_waited_does_not_begin(talk: Talk) -> None:
    talk.line.begin(FIRST)
    talk.program.send(Cancel(SECOND.id))
    talk.program.send(Cancel(FIRST.id))
    assert talk.driver.broken_off.wait(10.0)
    talk.line.end()
    with pytest.raises(DeviceError, match=r"device\.cancelled"):
        talk.line.begin(SECOND)


def test_what_broke_off_one_command_does_not_break_off_the_next(talk: Talk) -> None:
    talk.line.begin(FIRST)
    talk.program.send(Cancel(FIRST.id))
    assert talk.driver.broken_off.wait(10.0)
    talk.line.end()
    talk.line.begin(SECOND)
    assert not talk.driver.broken_off.is_set()


def test_that_something_was_plugged_in_is_not_taken_for_the_time_to_look(talk: Talk) -> None:
    talk.program.send(Stir())
    assert talk.line.next_command(math.inf) == Stir()
