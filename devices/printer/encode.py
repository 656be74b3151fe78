"""One picture as ESC/POS bytes: raster in bands, feed, cut.

python-escpos encodes; it is given no connection, because it can neither tell what was printed nor read
most of a printer's status.
"""

import os
import re
import shutil
from typing import Final

from escpos import capabilities
from escpos.printer import Dummy
from PIL import Image

BARRIER: Final = b"\x1d\x72\x01"
"""GS r 1: queued behind everything before it, so its answer says that all of that was printed."""

INITIALISE: Final = b"\x1b\x40"
FLUSH: Final = bytes(72 * 256)
"""As many zeros as the longest band: white rows to a printer that waits for the rest of a picture, nothing
to one that waits for a command. A printer does not forget half a picture when its connection ends."""
AUTOMATIC_STATUS_ON: Final = b"\x1d\x61\xff"
RECOVER_AND_CLEAR: Final = b"\x10\x05\x02"
"""DLE ENQ 2: leave the error and forget what is waiting to be printed (Epson TM-H5000 p. 64)."""

_BAND_ROWS: Final = 256
"""Rows of one raster command; ``FLUSH`` is as long at the widest paper."""
_PROFILE: Final = {384: "POS-5890", 576: "NT-80-V-UL"}
_INVERTED: Final = bytes(byte ^ 0xFF for byte in range(256))
_HIDDEN_COMMAND: Final = re.compile(rb"\x10(?=[\x04\x05\x14])")

# The library makes a folder in the temporary directory at every import and never removes it; a device
# process that is restarted often would fill the disk with them.
if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
    shutil.rmtree(str(capabilities.pickle_dir), ignore_errors=True)


def real_time_query(question: int) -> bytes:
    """Return DLE EOT n, which the printer answers at once, whatever state it is in."""
    return bytes((0x10, 0x04, question))


def encode_body(slip: Image.Image) -> bytes:
    """Encode the picture of one slip.

    Args:
        slip: Mode ``1`` picture, 384 or 576 dots wide, 0 where a dot is burnt.

    Returns:
        ESC @ and raster bands (GS v 0) of at most 256 rows.
    """
    printer = Dummy(profile=_PROFILE[slip.width])
    printer.image(  # pyright: ignore[reportUnknownMemberType]  # the library is not typed
        without_hidden_commands(slip), fragment_height=_BAND_ROWS
    )
    return INITIALISE + bytes(printer.output)


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
