"""Numbers that a reader answers with: of its security module and of a card's chip."""

import struct

from devices.values.idcard import ChipNumbers

CHIP_BYTES = 28
_FIELDS = struct.Struct("<HHIII")  # type, version, date YYYYMMDD, serial, random
_CHIP = struct.Struct("4s8s16s")


def sam_number(data: bytes) -> str:
    """Return the number as it is printed on the reader, ``tt.vv-YYYYMMDD-serial-random``.

    Args:
        data: The 16 bytes that the reader answers 12 FF with.
    """
    kind, version, date, serial, random = _FIELDS.unpack(data)
    # Unsigned throughout: a well-known library prints large serial numbers as negative ones.
    return f"{kind:02}.{version:02}-{date:08}-{serial:010}-{random:010}"


def chip_numbers(data: bytes) -> ChipNumbers:
    """Return the numbers of a card's chip.

    Args:
        data: The ``CHIP_BYTES`` that the reader answers 30 05 with.
    """
    return ChipNumbers(*_CHIP.unpack(data))
