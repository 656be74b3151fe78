"""One picture as ESC/POS bytes: raster in bands, feed, cut.

python-escpos encodes; it is given no connection, because it can neither tell what was printed nor read
most of a printer's status.
"""

import os
import re
import shutil
from dataclasses import dataclass
from typing import Final

from escpos import capabilities
from escpos.printer import Dummy
from PIL import Image

from devices.printer.bands import BAND_ROWS, guarded_bands, head_and_tail

BARRIER: Final = b"\x1d\x72\x01"
"""GS r 1: queued behind everything before it, so its answer says that all of that was printed."""

INITIALISE: Final = b"\x1b\x40"
FLUSH: Final = bytes(72 * BAND_ROWS)
"""As many zeros as the longest band: white rows to a printer that waits for the rest of a picture, nothing
to one that waits for a command. A printer does not forget half a picture when its connection ends."""
AUTOMATIC_STATUS_ON: Final = b"\x1d\x61\xff"
RECOVER_AND_CLEAR: Final = b"\x10\x05\x02"
"""DLE ENQ 2: leave the error and forget what is waiting to be printed (Epson TM-H5000 p. 64)."""

INFORMATION: Final = b"\x1d\x49"
"""GS I n: with n from 65 to 68 the printer tells firmware, maker, model and serial number in words."""

_PROFILE: Final = {384: "POS-5890", 576: "NT-80-V-UL"}
_INVERTED: Final = bytes(byte ^ 0xFF for byte in range(256))
_HIDDEN_COMMAND: Final = re.compile(rb"\x10(?=[\x04\x05\x14])")

# The library makes a folder in the temporary directory at every import and never removes it; a device
# process that is restarted often would fill the disk with them.
if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
    shutil.rmtree(str(capabilities.pickle_dir), ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip as bytes, all but the cut and the barrier behind it.

    Args:
        body: The picture, with barriers in it.
        barriers: Answers of a slip that is whole and cut.
        tail_barriers: With fewer answers the end of the picture is certainly not on the paper.
        whole_bytes: With fewer bytes of ``body`` it is neither.
    """

    body: bytes
    barriers: int
    tail_barriers: int
    whole_bytes: int


def real_time_query(question: int) -> bytes:
    """Return DLE EOT n, which the printer answers at once, whatever state it is in."""
    return bytes((0x10, 0x04, question))


def encode_slip(picture: Image.Image, *, guarded: bool = False) -> Slip:
    """Encode the picture of one slip, with the barriers that tell how far it came.

    Args:
        picture: Mode ``1`` picture, 384 or 576 dots wide, 0 where a dot is burnt.
        guarded: Whether a printer that was switched off and on in the middle has to give itself away
            although the line does not break; see ``devices.printer.bands``.
    """
    head, tail = head_and_tail(without_hidden_commands(picture))
    if not guarded:
        body = INITIALISE + _raster(head) + BARRIER + _raster(tail)
        return Slip(body, barriers=2, tail_barriers=1, whole_bytes=len(body))
    bands = [*guarded_bands(head), *guarded_bands(tail)]
    body = INITIALISE + b"".join(_raster(band) + BARRIER for band in bands)
    return Slip(body, len(bands) + 1, len(guarded_bands(head)), len(body) - len(BARRIER))


def encode_body(picture: Image.Image) -> bytes:
    """Encode a picture without any barrier: ESC @ and raster bands (GS v 0) of at most 256 rows."""
    return INITIALISE + _raster(without_hidden_commands(picture))


def _raster(picture: Image.Image) -> bytes:
    if not picture.height:
        return b""
    printer = Dummy(profile=_PROFILE[picture.width])
    printer.image(  # pyright: ignore[reportUnknownMemberType]  # the library is not typed
        picture, fragment_height=BAND_ROWS
    )
    return bytes(printer.output)


def encode_cut() -> bytes:
    """Encode the feed past the cutter and the full cut."""
    printer = Dummy(profile=_PROFILE[576])
    printer.cut()
    return bytes(printer.output)


def without_hidden_commands(slip: Image.Image) -> Image.Image:
    """Add a dot wherever the picture's bytes read like a real-time command.

    HARDWARE: printers look for DLE EOT, DLE ENQ and DLE DC4 in the raw stream, also inside a picture (Epson
    warns of it under each of the three); ``10 05 02`` in the middle of a slip would throw the slip away.
    One more dot beside a dot that is burnt anyway is not seen.
    """
    burnt = slip.tobytes().translate(_INVERTED)
    safe = _HIDDEN_COMMAND.sub(b"\x18", burnt)
    return Image.frombytes("1", slip.size, safe.translate(_INVERTED))
