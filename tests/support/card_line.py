"""A line to a simulated reader: bytes in, bytes out, disturbed as told; only waiting in vain takes time."""

from collections.abc import Callable

from devices.idcard.exchange import SdtLink
from devices.idcard.frame import FrameReader, encode
from devices.sim.sdt_module import SimulatedModule

Disturbance = Callable[[bytes, bytes], bytes]
"""From a request's body and the frame of its answer to what goes out."""


class CardLine:
    def __init__(self, module: SimulatedModule) -> None:
        self.disturb: Disturbance | None = None
        self._now_s = 0.0
        self._module = module
        self._frames = FrameReader(least=2)
        self._coming = b""

    def send(self, data: bytes, timeout_s: float) -> None:
        del timeout_s
        for request in self._frames.feed(data):
            assert isinstance(request, bytes)
            answer = encode(self._module.answer(request))
            self._coming += answer if self.disturb is None else self.disturb(request, answer)

    def receive(self, timeout_s: float) -> bytes:
        coming, self._coming = self._coming, b""
        self._now_s += 0.0 if coming else timeout_s
        return coming

    def watch(self) -> float:
        return self._now_s

    def drain(self) -> None:
        self._coming = b""

    def close(self) -> None:
        return


def once(disturbance: Disturbance, command: bytes) -> Disturbance:
    """Return a disturbance of the first answer to one command."""
    due = [True]

    def disturb(request: bytes, answer: bytes) -> bytes:
        if request[:2] != command or not due:
            return answer
        due.clear()
        return disturbance(request, answer)

    return disturb


def linked(module: SimulatedModule) -> tuple[SdtLink, CardLine]:
    line = CardLine(module)
    return link_over(line), line


def link_over(line: CardLine) -> SdtLink:
    return SdtLink("idcard-1", line, timeout_s=1.0, watch=line.watch)
