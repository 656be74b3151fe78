"""A machine that stood still is not the silence of a device."""

import time
from typing import Any

import pytest
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU
from pymodbus.pdu.bit_message import ReadDiscreteInputsResponse

from devices.errors import DeviceError
from devices.idcard.questions import STATUS
from devices.printer.link import PrinterLink
from devices.sensors.modbus import ModbusLink
from devices.sim.sdt_module import SimulatedModule
from devices.transports.waiting import first_bytes, waits
from tests.support.card_line import CardLine, link_over


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def watch(self) -> float:
        return self.now_s


def test_all_the_time_is_waited_and_then_looked_once_more_without_waiting() -> None:
    clock, waited_s = Clock(), list[float]()
    for left_s in waits(1.0, clock.watch):
        waited_s.append(left_s)
        clock.now_s += min(left_s, 0.5)
    assert waited_s == [1.0, 0.5, 0.0]
    assert list(waits(0.0)) == [0.0]


def test_after_a_standstill_a_moment_is_given_to_what_stood_still_as_well() -> None:
    clock = Clock()
    patience = waits(1.0, clock.watch)
    assert next(patience) == 1.0
    clock.now_s += 3.0
    assert 0.0 < next(patience) < 0.5
    assert list(patience) == []


@pytest.mark.parametrize(("came", "first"), [([b"", b"late"], b"late"), ([b"", b""], b"")])
def test_what_came_during_a_standstill_is_found(came: list[bytes], first: bytes) -> None:
    clock = Clock()

    def receive(timeout_s: float) -> bytes:
        clock.now_s += timeout_s + 1.0
        return came.pop(0)

    assert first_bytes(receive, 1.0, clock.watch) == first


class StoppedCardLine(CardLine):
    """The machine stands still in the first wait for every answer."""

    def __init__(self, module: SimulatedModule) -> None:
        super().__init__(module)
        self._stood_still = False

    def receive(self, timeout_s: float) -> bytes:
        self._stood_still = not self._stood_still
        if self._stood_still:
            self._now_s += timeout_s + 1.0
            return b""
        return super().receive(timeout_s)


def test_a_reader_of_cards_that_answered_meanwhile_is_not_silent() -> None:
    link = link_over(StoppedCardLine(SimulatedModule()))
    assert STATUS.fits(link.ask(STATUS))


class StoppedLine(Clock):
    """The first wait for each answer is a standstill after which it lies there."""

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self._answer = answer
        self._coming = b""
        self._stood_still = False

    def send(self, data: bytes, timeout_s: float, *, urgent: bool = False) -> Any:
        del data, timeout_s, urgent
        self._coming, self._stood_still = self._answer, False
        return b""

    def receive(self, timeout_s: float) -> bytes:
        if timeout_s > 0 and not self._stood_still:
            self._stood_still = True
            self.now_s += timeout_s + 1.0
            time.sleep(timeout_s + 0.05)
            return b""
        coming, self._coming = self._coming, b""
        return coming

    def drain(self) -> None:
        self._coming = b""

    def close(self) -> None:
        """Nothing is open."""


def test_a_module_of_contacts_that_answered_meanwhile_is_not_silent() -> None:
    answer = FramerRTU(DecodePDU(is_server=True)).buildFrame(
        ReadDiscreteInputsResponse(bits=[True], dev_id=1)
    )
    line = StoppedLine(answer)
    assert ModbusLink("sensors-1", line, 1, 0.01, line.watch).inputs(0, 1) == (True,)


def test_a_printer_that_answered_meanwhile_is_not_silent() -> None:
    assert not PrinterLink("printer-1", StoppedLine(b"\x12"), 0.01).probe().offline
    with pytest.raises(DeviceError, match=r"printer\.silent"):
        PrinterLink("printer-1", StoppedLine(b""), 0.01).probe()
