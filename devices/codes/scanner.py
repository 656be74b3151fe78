"""Driver ``serial-codes``: scanners of QR codes and barcodes on a serial or USB-CDC line."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from devices.codes.content import text_of
from devices.codes.guard import Flood, Repeats
from devices.codes.options import CodeOptions, read_options
from devices.codes.splitter import Dropped, Piece, Splitter
from devices.driver import Result
from devices.errors import DeviceError, Remedy, Severity
from devices.model import CodeScanned, DeviceEvent, Reading
from devices.transports.serial import PortGoneError, SerialLine

LISTEN_S: Final = 0.1
IDLE_TICK_S: Final = 0.25
LOST_TICK_S: Final = 0.5
BAD_LIMIT: Final = 3
"""So many codes in a row that were none mean that line or options are wrong, not the codes."""

_SEND_S: Final = 0.5
_READS_AT_ONCE: Final = 32
_COUNTS: Final = ("codes", "garbled", "unfinished", "too_long", "floods", "dropped_bytes")


class SerialCodeScanner:
    """One scanner. While it is not armed, and while it floods, what comes is dropped unread.

    Args:
        device: Logical name.
        options: Where it is and how it writes.
    """

    def __init__(self, device: str, options: CodeOptions) -> None:
        self._device = device
        self._options = options
        self._line: SerialLine | None = None
        self._splitter = Splitter(options.end, options.max_bytes, options.gap_s)
        self._repeats = Repeats(options.hold_s)
        self._flood = Flood(options.flood_per_s, options.flood_rest_s)
        self._until_s: float | None = None
        self._flooded = False
        self._torn_s = float("-inf")
        self._bad_in_a_row = 0
        self._counts: Counter[str] = Counter()

    @property
    def tick_s(self) -> float:
        """No pause while codes are listened for: the tick itself waits for them."""
        if self._line is None:
            return LOST_TICK_S
        return IDLE_TICK_S if self._until_s is None or self._flooded else 0.0

    def open(self) -> Mapping[str, str]:
        """Connect; a serial line tells nothing of what is at its end.

        Raises:
            DeviceError: The port's own.
        """
        self._connect()
        return {}

    def tick(self) -> Sequence[DeviceEvent]:
        """Listen for codes, or drop what came.

        Raises:
            DeviceError: The port's own; ``codes.flood`` (retry, blocks) until it is quiet again;
                ``codes.garbled`` (service, warns) after ``BAD_LIMIT`` in a row.
        """
        events: Sequence[DeviceEvent] = ()
        try:
            line = self._line or self._connect()
            if self._until_s is not None and time.monotonic() >= self._until_s:
                self._disarm()
            if self._flooded:
                self._wait_for_quiet(line)
            elif self._until_s is None:
                self._drop(line)
            else:
                events = self._listen(line)
        except PortGoneError:
            self._let_go()
            raise
        if self._flooded:
            detail = f"more than {self._options.flood_per_s} a second"
            raise DeviceError(self._device, "codes.flood", Remedy.RETRY, detail, Severity.BLOCK)
        if self._bad_in_a_row >= BAD_LIMIT and not events:
            detail = "compare baud, terminator, max_bytes and charset with the scanner's"
            raise DeviceError(self._device, "codes.garbled", Remedy.SERVICE, detail, Severity.WARN)
        return events

    def command(self, name: str, arguments: Mapping[str, Any]) -> Result:
        """Carry out ``arm`` with ``until_s`` (monotonic seconds), or ``disarm``.

        Raises:
            DeviceError: The port's own; the wish stands all the same.
        """
        try:
            if name == "arm":
                self._arm(float(arguments["until_s"]))
            else:
                {"disarm": self._disarm}[name]()
        except PortGoneError:
            self._let_go()
            raise
        return None

    def readings(self) -> Mapping[str, Reading]:
        """Return ``armed`` and how many codes there were, good and bad, since the process began.

        ``dropped_bytes`` is what came while nobody asked for codes.
        """
        return {"armed": self._until_s is not None} | {name: self._counts[name] for name in _COUNTS}

    def stir(self) -> None:
        """Something was plugged in or pulled out; every tick looks anyway."""

    def close(self) -> None:
        """Let go of the port, with the scanner's trigger released."""
        with suppress(PortGoneError):
            self._disarm()
        self._let_go()

    # Armed and not --------------------------------------------------------------------------------

    def _arm(self, until_s: float) -> None:
        self._until_s = until_s
        self._repeats.forget()
        if self._line is not None and not self._flooded:
            self._begin(self._line)

    def _disarm(self) -> None:
        was_armed, self._until_s = self._until_s is not None, None
        self._splitter.clear()
        if was_armed and self._line is not None:
            self._send(self._line, self._options.disarm_hex)

    def _begin(self, line: SerialLine) -> None:
        """Listen from now on: what was scanned before is dropped, also where its end is still to come."""
        self._drop(line)
        if time.monotonic() - self._torn_s < self._options.gap_s:
            self._splitter.skip()
        else:
            self._splitter.clear()
        self._send(line, self._options.arm_hex)

    # Reading --------------------------------------------------------------------------------------

    def _listen(self, line: SerialLine) -> Sequence[DeviceEvent]:
        wait_s = min(LISTEN_S, self._options.gap_s)
        data = line.receive(wait_s)
        pieces = self._splitter.feed(data) if data else self._splitter.silence(wait_s)
        now_s = time.monotonic()
        texts: list[str] = []
        for piece in pieces:
            if self._flood.rises(now_s):
                self._stop_for_flood(line)
                return ()
            text = self._judge(piece)
            if text is not None and self._repeats.is_new(text, now_s):
                texts.append(text)
        if pieces:
            self._send(line, self._options.arm_hex)  # HARDWARE: a trigger ends with the code that was read
        return tuple(CodeScanned(self._device, text) for text in texts)

    def _judge(self, piece: Piece | Dropped) -> str | None:
        """Return what a piece says, or None; either way it is counted."""
        if isinstance(piece, Dropped):
            text, count = None, "too_long" if piece is Dropped.TOO_LONG else "unfinished"
        else:
            text = text_of(piece.data, self._options)
            count = "garbled" if text is None else "codes"
        self._counts[count] += 1
        self._bad_in_a_row = self._bad_in_a_row + 1 if text is None else 0
        return text

    def _stop_for_flood(self, line: SerialLine) -> None:
        self._flooded = True
        self._counts["floods"] += 1
        self._splitter.clear()
        self._send(line, self._options.disarm_hex)

    def _wait_for_quiet(self, line: SerialLine) -> None:
        quiet = not self._drop(line)
        if not self._flood.goes_on(time.monotonic(), quiet=quiet):
            self._flooded = False
            if self._until_s is not None:
                self._begin(line)

    def _drop(self, line: SerialLine) -> bool:
        """Drop what came; return whether anything did."""
        dropped = False
        for _ in range(_READS_AT_ONCE):
            data = line.receive(0.0)
            if not data:
                break
            dropped = True
            self._counts["dropped_bytes"] += len(data)
            whole = bool(self._options.end) and data.endswith(self._options.end)
            self._torn_s = float("-inf") if whole else time.monotonic()
        return dropped

    # The line -------------------------------------------------------------------------------------

    def _connect(self) -> SerialLine:
        self._line = line = SerialLine.open(self._device, self._options.port, self._options.baud)
        if self._until_s is None or self._flooded:
            self._send(line, self._options.disarm_hex)
        else:
            self._begin(line)
        return line

    def _let_go(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None
        self._splitter.clear()

    def _send(self, line: SerialLine, command_hex: str) -> None:
        if command_hex:
            line.send(bytes.fromhex(command_hex), _SEND_S)


def make(name: str, options: Mapping[str, Any]) -> SerialCodeScanner:
    """Return a scanner that is not yet open; see ``CodeOptions``.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    return SerialCodeScanner(name, read_options(name, options))
