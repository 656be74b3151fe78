"""Number of a reader's security module: the asset number that every back end asks for."""

import struct

_FIELDS = struct.Struct("<HHIII")  # type, version, date YYYYMMDD, serial, random


def sam_number(data: bytes) -> str:
    """Return the number as it is printed on the reader, ``tt.vv-YYYYMMDD-serial-random``.

    Args:
        data: The 16 bytes that the reader answers 12 FF with.
    """
    kind, version, date, serial, random = _FIELDS.unpack(data)
    # Unsigned throughout: a well-known library prints large serial numbers as negative ones.
    return f"{kind:02}.{version:02}-{date:08}-{serial:010}-{random:010}"
