"""The printer behind the connection: buffer, registers, commands, and what goes wrong when."""

from collections.abc import Callable
from typing import Final

from PIL import Image

from devices.sim.escpos.interpreter import Interpreter
from devices.sim.escpos.registers import PAUSING, SENSED, Mishap, Trouble, automatic, queued, real_time
from devices.sim.escpos.tokens import Command, RealTimeScanner, Token, Tokenizer

BUFFER_BYTES: Final = 64 * 1024
_GARBAGE: Final = b"\xff\x9a\xe5\x80"
_RECOVER_AND_CLEAR: Final = 2
_MAKER: Final = "BENCH"
_FIRMWARE: Final = "1.00"
_SERIAL: Final = "S0000001"


class Engine:
    """One printer without its connection; everything happens on the caller's thread.

    Real-time commands are answered whatever the state. Everything else waits in the buffer while the
    printer is offline and is printed when it is online again, as with real ones.

    Args:
        width_px: Printable dots across.
        on_cut: Takes each finished slip.
        reply: Takes what the printer says.
        hang_up: Breaks the connection, or pulls the plug.
        model: What the printer calls itself.
    """

    def __init__(
        self,
        width_px: int,
        on_cut: Callable[[Image.Image], None],
        reply: Callable[[bytes], None],
        hang_up: Callable[[Mishap], None],
        model: str = "NT-80-V-UL",
    ) -> None:
        self._reply = reply
        self._hang_up = hang_up
        self._tokenizer = Tokenizer()
        self._scanner = RealTimeScanner()
        self._interpreter = Interpreter(width_px, on_cut, self._answer_barrier, self._answer_who)
        self._about = {65: _FIRMWARE, 66: _MAKER, 67: model, 68: _SERIAL}
        self._troubles: set[Trouble] = set()
        self._held: tuple[Token, int] | None = None
        self._printed_bytes = 0
        self._planned: tuple[int, Trouble | Mishap] | None = None

    @property
    def takes_bytes(self) -> bool:
        """Whether the printer reads from its connection."""
        return Trouble.DEAF not in self._troubles and len(self._tokenizer) < BUFFER_BYTES

    @property
    def unknown(self) -> list[bytes]:
        """What the printer did not understand."""
        return self._interpreter.unknown

    def receive(self, data: bytes) -> None:
        """Take bytes from the connection."""
        start = 0
        for end, command in self._scanner.feed(data):
            self._tokenizer.feed(data[start:end])
            self._real_time(command)
            start = end
        self._tokenizer.feed(data[start:])
        self.work()

    def work(self) -> None:
        """Print what is in the buffer, as far as the state allows."""
        while not self._troubles & PAUSING:
            if self._held is None:
                self._held = self._tokenizer.take()
            if self._held is None:
                return
            token, length = self._held
            if isinstance(token, Command) and token.name.startswith("DLE"):
                length = 0  # answered when it came in; here it is only passed over
            if self._planned is not None and self._printed_bytes + length > self._planned[0]:
                fault = self._planned[1]
                self._planned = None
                self._happen(fault)
                continue
            self._held = None
            self._printed_bytes += length
            self._interpreter.run(token)

    def set_trouble(self, trouble: Trouble, *, on: bool) -> None:
        """Begin or end a trouble, and tell of it where that was asked for."""
        before = self._troubles & SENSED
        if on:
            self._troubles.add(trouble)
        else:
            self._troubles.discard(trouble)
        unable = self._troubles & {Trouble.NO_AUTOMATIC, Trouble.NO_STATUS}
        asked = self._interpreter.automatic_status and not unable
        if asked and self._troubles & SENSED != before:
            self._say(automatic(self._troubles))

    def fail_after(self, n_bytes: int, fault: Trouble | Mishap) -> None:
        """Let something go wrong once ``n_bytes`` more have been printed; pictures stop between rows."""
        self._planned = (self._printed_bytes + n_bytes, fault)

    def plan_nothing(self) -> None:
        """Forget what was to go wrong, and print what waits."""
        self._planned = None
        self.work()

    def power_cycle(self) -> None:
        """Lose buffers and settings; the paper stays where it is."""
        self._hang_up(Mishap.POWER_CYCLE)
        self._forget()
        self._scanner = RealTimeScanner()
        self._interpreter.initialise()
        self._interpreter.automatic_status = False

    def _happen(self, fault: Trouble | Mishap) -> None:
        match fault:
            case Mishap.RESET | Mishap.UNPLUG:
                self._hang_up(fault)
            case Mishap.POWER_CYCLE:
                self.power_cycle()
            case _:
                self.set_trouble(fault, on=True)

    def _forget(self) -> None:
        self._tokenizer.clear()
        self._held = None

    def _real_time(self, command: Command) -> None:
        argument = command.arguments[0]
        if command.name == "DLE EOT":
            self._answer(argument)
            return
        # DLE ENQ ends what a person has cleared away: the knife is free again, the head has cooled.
        self.set_trouble(Trouble.CUTTER_JAM, on=False)
        if argument == _RECOVER_AND_CLEAR:
            self._forget()

    def _answer(self, question: int) -> None:
        if Trouble.NO_STATUS in self._troubles:
            return
        answer = real_time(self._troubles, question)
        if Trouble.GARBAGE in self._troubles:
            answer = _GARBAGE
        if Trouble.DOUBLED in self._troubles:
            answer *= 2
        if Trouble.MIXED in self._troubles:
            frame = automatic(self._troubles)
            answer = frame[:2] + answer + frame[2:]
        self._say(answer)

    def _answer_barrier(self) -> None:
        if Trouble.NO_BARRIER not in self._troubles:
            self._say(queued(self._troubles))

    def _answer_who(self, number: int) -> None:
        if number in self._about and not self._troubles & {Trouble.NAMELESS, Trouble.NO_STATUS}:
            self._say(b"\x5f" + self._about[number].encode("ascii") + b"\x00")

    def _say(self, data: bytes) -> None:
        if Trouble.MUTE not in self._troubles:
            self._reply(data)
