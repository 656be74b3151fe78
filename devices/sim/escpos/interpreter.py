"""What each command does to the paper and to the settings."""

import codecs
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import segno
from PIL import Image

from devices.sim.escpos.paper import Dots, Paper, Style, unpack
from devices.sim.escpos.tokens import Command, Control, RasterRow, Text, Token, Unknown

_DEFAULT_SPACING_PX: Final = 30
_LINE_FEED: Final = 0x0A
_SYMBOL_BYTES: Final = 2000
_FEEDING_CUTS: Final = (65, 66, 97, 98, 103, 104)


class Interpreter:
    """Settings and paper of one printer.

    Args:
        width_px: Printable dots across.
        on_cut: Takes each finished slip.
        on_query: Called for GS r, in its place in the stream.
        on_who: Called for GS I with its argument, likewise.
    """

    def __init__(
        self,
        width_px: int,
        on_cut: Callable[[Image.Image], None],
        on_query: Callable[[], None],
        on_who: Callable[[int], None],
    ) -> None:
        self._paper = Paper(width_px)
        self._on_cut = on_cut
        self._on_query = on_query
        self._on_who = on_who
        self.automatic_status = False
        self.unknown: list[bytes] = []
        """Everything that was not understood, for tests to find empty."""
        self._symbol = b""
        self._graphics: Dots | None = None
        self.initialise()

    def initialise(self) -> None:
        """ESC @: settings back to what they are after power-on; the automatic status stays."""
        self._style = Style()
        self._align = 0
        self._spacing_px = _DEFAULT_SPACING_PX
        # Printers for the Chinese market start in double-byte mode, and their ROM font ends at GBK.
        self._decoder = codecs.getincrementaldecoder("gbk")("replace")
        self._module_px = 3
        self._paper.drop_line()

    def run(self, token: Token) -> None:
        """Carry out one token."""
        match token:
            case Text(data):
                self._write(self._decoder.decode(data))
            case Control(byte):
                if byte == _LINE_FEED:
                    self._paper.end_line(self._spacing_px, self._align)
            case RasterRow(data, scale):
                self._paper.picture(unpack(data, len(data), scale), self._align)
            case Command(name="GS v"):
                self._paper.drop_line()
            case Command():
                self._command(token)
            case Unknown(data):
                self.unknown.append(data)

    def _write(self, text: str) -> None:
        while text := self._paper.write(text, self._style):
            self._paper.end_line(self._spacing_px, self._align)

    def _command(self, command: Command) -> None:
        first = command.arguments[0] if command.arguments else 0
        match command.name:
            case "ESC @":
                self.initialise()
            case "GS V":
                self._cut(command.arguments)
            case "GS r":
                self._on_query()
            case "GS I":
                self._on_who(first)
            case "GS a":
                self.automatic_status = first != 0
            case "GS ( k":
                self._symbol_command(command.data)
            case "GS ( L":
                self._graphics_command(command.data)
            case "ESC a" | "ESC d" | "ESC J" | "ESC 2" | "ESC 3":
                self._lay_out(command.name, first)
            case _:
                self._set_style(command.name, first)

    def _lay_out(self, name: str, value: int) -> None:
        match name:
            case "ESC a":
                self._align = value % 48 if value % 48 in (0, 1, 2) else 0
            case "ESC d":
                for _ in range(value):
                    self._paper.end_line(self._spacing_px, self._align)
            case "ESC J":
                self._paper.end_line(value, self._align)
            case _:  # ESC 2 has no argument
                self._spacing_px = value if name == "ESC 3" else _DEFAULT_SPACING_PX

    def _set_style(self, name: str, value: int) -> None:
        match name:
            case "GS !":
                self._style = replace(self._style, wide=1 + (value >> 4 & 7), high=1 + (value & 7))
            case "FS !":
                self._style = replace(
                    self._style,
                    wide=1 + bool(value & 0x04),
                    high=1 + bool(value & 0x08),
                    underline=bool(value & 0x80),
                )
            case "ESC !":
                self._style = Style(
                    wide=1 + bool(value & 0x20),
                    high=1 + bool(value & 0x10),
                    bold=bool(value & 0x08),
                    underline=bool(value & 0x80),
                )
            case "ESC E":
                self._style = replace(self._style, bold=bool(value & 1))
            case "ESC -":
                self._style = replace(self._style, underline=value % 48 != 0)
            case "FS &":
                self._decoder = codecs.getincrementaldecoder("gbk")("replace")
            case "FS .":
                self._decoder = codecs.getincrementaldecoder("cp437")("replace")
            case _:  # ESC M, ESC t, FS S and real-time commands leave the paper as it is
                return

    def _cut(self, arguments: bytes) -> None:
        if arguments[0] in _FEEDING_CUTS:
            self._paper.feed(arguments[1])
        self._on_cut(self._paper.cut())

    def _symbol_command(self, data: bytes) -> None:
        """GS ( k cn fn …: QR codes, cn = 49."""
        match list(data):
            case [49, 67, module_px, *_]:
                self._module_px = max(1, module_px & 0x0F)
            case [49, 80, _, *content] if 0 < len(content) <= _SYMBOL_BYTES:
                self._symbol = bytes(content)
            case [49, 81, *_] if self._symbol:
                code = segno.make_qr(self._symbol, error="m")
                dots = np.array([[0 if dark else 255 for dark in row] for row in code.matrix], np.uint8)
                scaled = dots.repeat(self._module_px, axis=0).repeat(self._module_px, axis=1)
                self._paper.picture(scaled, self._align)
            case [49, 65 | 69, *_]:
                return
            case _:
                self.unknown.append(data)

    def _graphics_command(self, data: bytes) -> None:
        """GS ( L m fn …: store a picture (112) and print it (50)."""
        match list(data):
            case [48, 112, _, scale_x, scale_y, _, x_low, x_high, _, _, *rows]:
                row_bytes = (x_low + 256 * x_high + 7) // 8
                if not rows or row_bytes == 0 or len(rows) % row_bytes:
                    self.unknown.append(data)
                    return
                scale = (1 + (scale_x == 2), 1 + (scale_y == 2))  # noqa: PLR2004  # 1 or 2 times as large
                self._graphics = unpack(bytes(rows), row_bytes, scale)
            case [48, 2 | 50, *_] if self._graphics is not None:
                self._paper.picture(self._graphics, self._align)
                self._graphics = None
            case _:
                self.unknown.append(data)
