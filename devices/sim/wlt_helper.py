"""A decoder of card photos for the bench: draws a portrait of nobody, the same for the same bytes.

Speaks as ``devices.idcard.photo`` tells, and is started by path, without the rest of the program:
``photo_helper = [sys.executable, "-I", "-S", ".../wlt_helper.py"]``.
"""

import sys
from hashlib import blake2b
from pathlib import Path

WIDTH_PX, HEIGHT_PX = 102, 126
WLT_BYTES = 1024
EXIT_UNDECODED = 11
_HEAD = bytes.fromhex("574c66007e00")  # "WL", 102 × 126 pixels


def command() -> list[str]:
    """Return what to put for ``photo_helper``."""
    return [sys.executable, "-I", "-S", str(Path(__file__).resolve())]


def portrait(wlt: bytes) -> bytes:
    """Return 38 556 bytes, blue, green, red, row by row from the top: a head and shoulders before a wall."""
    seed = blake2b(wlt, digest_size=8).digest()
    wall = (235 - seed[0] % 20, 215 - seed[1] % 20, 190 + seed[2] % 20)
    skin = (140 + seed[3] % 30, 165 + seed[4] % 30, 205 + seed[5] % 30)
    coat = (40 + seed[6] % 90, 40 + seed[7] % 80, 35 + seed[0] % 80)
    hair = (30, 28, 26)
    face = (51, 52 + seed[1] % 5, 20 + seed[2] % 5, 27 + seed[3] % 5)
    pixels = bytearray()
    for y in range(HEIGHT_PX):
        for x in range(WIDTH_PX):
            if _inside(x, y, face):
                colour = hair if y < face[1] - 14 + (x - 51) ** 2 // 90 else skin
            elif _inside(x, y, (51, face[1] - 6, face[2] + 4, face[3] + 1)) and y < face[1]:
                colour = hair
            elif _inside(x, y, (51, 132, 46, 44)):
                colour = coat
            else:
                colour = skin if _inside(x, y, (51, face[1] + 20, 9, 30)) else wall
            pixels += bytes(colour)
    return bytes(pixels)


def _inside(x: int, y: int, oval: tuple[int, int, int, int]) -> bool:
    left, top, half_width, half_height = oval
    return ((x - left) / half_width) ** 2 + ((y - top) / half_height) ** 2 <= 1.0


def main() -> int:
    """Decode one photo from standard input to standard output."""
    wlt = sys.stdin.buffer.read(WLT_BYTES)
    if len(wlt) != WLT_BYTES or not wlt.startswith(_HEAD):
        return EXIT_UNDECODED
    sys.stdout.buffer.write(portrait(wlt))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
