"""The seam to a decoder of card photos, a program of somebody else's in a process of its own.

Photos on cards are encoded by WLT, for which only closed decoders exist. A terminal works without one; where
the operator has licensed one, a small helper program around it is named in the profile:

* It is started for each photo as its argument list says, reads the 1024 encoded bytes from its standard
  input, writes the picture to its standard output, and ends.
* The picture is either 38 556 bytes, 126 rows of 102 pixels from the top, each blue, green, red; or a BMP of
  38 862 bytes, 24 bits without compression. Decoders differ in which way round they give it, so
  ``photo_mirror`` says what has to be turned.
* It ends with 0 when it wrote a picture, else with 10 minus the code of the makers' ``GetBmp``: 10 error of
  the reader's library, 11 cannot decode, 12 wrong suffix, 13 cannot open, 14 wrong format, 15 not licensed,
  16 device error.
* It gets no environment, ``memory_mb`` of memory, a few seconds of processor time, and cannot write a byte to
  any file: portraits do not lie about on disks. It is killed when the time is over, and with the driver.
"""

import os
import select
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from devices.values.idcard import PHOTO_BYTES, PHOTO_HEIGHT_PX, PHOTO_WIDTH_PX, CardPhoto

WLT_BYTES: Final = 1024
NO_DECODER: Final = "idcard.no-photo-decoder"
UNLICENSED: Final = "idcard.photo-unlicensed"
UNDECODED: Final = "idcard.photo-undecoded"

Mirror = Literal["none", "columns", "rows", "both"]

_BMP_HEAD_BYTES: Final = 54
_BMP_FIELDS: Final = ((10, 4), (28, 2), (30, 4))  # where the pixels begin, bits for one, how they are packed
_BMP_ROW_BYTES: Final = PHOTO_WIDTH_PX * 3 + 2  # rows begin at multiples of four
BMP_BYTES: Final = _BMP_HEAD_BYTES + PHOTO_HEIGHT_PX * _BMP_ROW_BYTES
_EXIT_UNLICENSED: Final = 15
_EXITS_NOT_STARTED: Final = frozenset({126, 127})  # as shells, setpriv and prlimit tell it
_CPU_S: Final = 5


@dataclass(frozen=True, slots=True)
class PhotoHelper:
    """How a decoder is run.

    Args:
        command: Program and arguments; empty for a terminal without one.
        mirror: What to turn to have the picture upright and the right way round.
        timeout_s: Until it is killed.
        memory_mb: Of address space.
    """

    command: tuple[str, ...] = ()
    mirror: Mirror = "none"
    timeout_s: float = 0.6
    memory_mb: int = 256

    def decode(self, wlt: bytes) -> CardPhoto | str:
        """Return the portrait, or the code that says why there is none; raises nothing.

        Args:
            wlt: The encoded photo as it came from the card.
        """
        if not self.command:
            return NO_DECODER
        if len(wlt) != WLT_BYTES:
            return UNDECODED
        try:
            status, output = self._run(wlt)
        except OSError:
            return NO_DECODER
        if status == 0:
            return picture_of(output, self.mirror) or UNDECODED
        if status == _EXIT_UNLICENSED:
            return UNLICENSED
        return NO_DECODER if status in _EXITS_NOT_STARTED else UNDECODED

    def _run(self, wlt: bytes) -> tuple[int, bytes]:
        """Return how the helper ended and the picture it wrote; raises OSError when it cannot be started."""
        with subprocess.Popen(
            (*_fence(self.memory_mb), *self.command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            start_new_session=True,
        ) as helper:
            deadline_s = time.monotonic() + self.timeout_s
            try:
                output = _converse(helper, wlt, deadline_s)
                left_s = 0.0 if output is None else max(deadline_s - time.monotonic(), 0.0)
                return helper.wait(left_s), output or b""
            except subprocess.TimeoutExpired:
                return -signal.SIGKILL, b""
            finally:
                _kill(helper)


def picture_of(output: bytes, mirror: Mirror) -> CardPhoto | None:
    """Return the portrait that a helper wrote, or None when it is none.

    Args:
        output: Raw pixels or a BMP.
        mirror: What to turn.
    """
    if len(output) == BMP_BYTES:
        rows = _bmp_rows(output)
    elif len(output) == PHOTO_BYTES:
        rows = np.frombuffer(output, np.uint8).reshape(PHOTO_HEIGHT_PX, PHOTO_WIDTH_PX, 3)
    else:
        return None
    if rows is None:
        return None
    if mirror in {"rows", "both"}:
        rows = rows[::-1]
    if mirror in {"columns", "both"}:
        rows = rows[:, ::-1]
    return CardPhoto(rows.tobytes())


def _bmp_rows(bmp: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None:
    """Take a BMP apart; its rows go from the bottom to the top unless its height is negative."""
    width, height = (int.from_bytes(bmp[at : at + 4], "little", signed=True) for at in (18, 22))
    start, depth, packing = (int.from_bytes(bmp[at : at + size], "little") for at, size in _BMP_FIELDS)
    known = bmp[:2] == b"BM" and (start, depth, packing) == (_BMP_HEAD_BYTES, 24, 0)
    if not known or (width, abs(height)) != (PHOTO_WIDTH_PX, PHOTO_HEIGHT_PX):
        return None
    rows = np.frombuffer(bmp, np.uint8, offset=start).reshape(PHOTO_HEIGHT_PX, _BMP_ROW_BYTES)
    pixels = rows[:, : PHOTO_WIDTH_PX * 3].reshape(PHOTO_HEIGHT_PX, PHOTO_WIDTH_PX, 3)
    return pixels if height < 0 else pixels[::-1]


def _fence(memory_mb: int) -> tuple[str, ...]:
    """Return what stands before the helper's own command: programs of util-linux that limit it."""
    limits = (f"--as={memory_mb << 20}", f"--cpu={_CPU_S}", "--core=0", "--fsize=0")
    return (
        *("/usr/bin/setpriv", "--pdeathsig", "KILL", "--no-new-privs"),
        *("/usr/bin/prlimit", *limits),
    )


def _converse(helper: subprocess.Popen[bytes], wlt: bytes, deadline_s: float) -> bytes | None:
    """Hand the photo over and take the picture; None when it took too long or wrote too much."""
    if helper.stdin is None or helper.stdout is None:
        raise TypeError("a helper has pipes")
    with suppress(BrokenPipeError):  # its exit code says why it did not read
        os.write(helper.stdin.fileno(), wlt)  # a pipe takes far more at once
    helper.stdin.close()
    output = bytearray()
    try:
        while len(output) <= BMP_BYTES:
            left_s = deadline_s - time.monotonic()
            if left_s <= 0 or not select.select([helper.stdout], [], [], left_s)[0]:
                return None
            piece = os.read(helper.stdout.fileno(), BMP_BYTES + 1)
            if not piece:
                return bytes(output)
            output += piece
        return None
    finally:
        output[:] = bytes(len(output))


def _kill(helper: subprocess.Popen[bytes]) -> None:
    """End the helper and whatever it started."""
    try:
        os.killpg(helper.pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # all of them have ended
