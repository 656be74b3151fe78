"""SANE's answers as codes.

python-sane hands on no status number, only the English sentence of ``sane_strstatus``.
"""

from typing import Final

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT

TRUNCATED: Final = "scanner.truncated"
NO_PAGE: Final = "scanner.no-page"
REFUSED: Final = "scanner.setting-refused"
JAM: Final = "scanner.jam"
COVER_OPEN: Final = "scanner.cover-open"
DOUBLE_FEED: Final = "scanner.double-feed"
BUSY: Final = "scanner.busy"
CANCELLED: Final = "scanner.cancelled"
IO_ERROR: Final = "scanner.io-error"
TOO_LONG: Final = "scanner.page-too-long"

_FAULTS: Final = {
    "Document feeder jammed": (JAM, Remedy.RESIDENT),
    "Scanner cover is open": (COVER_OPEN, Remedy.RESIDENT),
    "Document feeder out of documents": (NO_PAGE, Remedy.RESIDENT),
    "Device busy": (BUSY, Remedy.RETRY),
    # Statuses 12 and 13 of later versions of the standard, which libsane 1.2 has no words for.
    "Unknown SANE status code 12": (BUSY, Remedy.RETRY),
    "Unknown SANE status code 13": ("scanner.locked", Remedy.SERVICE),
    "Error during device I/O": (IO_ERROR, Remedy.SERVICE),
    "Access to resource has been denied": ("scanner.denied", Remedy.SERVICE),
    "Operation was cancelled": (CANCELLED, Remedy.RETRY),
    "Operation was canceled": (CANCELLED, Remedy.RETRY),
    "Out of memory": (IO_ERROR, Remedy.SERVICE),
    "Invalid argument": (REFUSED, Remedy.SERVICE),
    "Operation not supported": (REFUSED, Remedy.SERVICE),
    "Bad pixel depth": (REFUSED, Remedy.SERVICE),  # of python-sane: none of 1, 8 and 16 bits
    "Invalid frame format": (REFUSED, Remedy.SERVICE),  # likewise: JPEG and the like
    "End of file reached": (TRUNCATED, Remedy.RETRY),
    "Scanner returned no data": (TRUNCATED, Remedy.RETRY),
}
_UNKNOWN: Final = (IO_ERROR, Remedy.SERVICE)


def scan_fault(device: str, sentence: str) -> DeviceError:
    """Return the error for what SANE said during a scan."""
    code, remedy = _FAULTS.get(sentence, _UNKNOWN)
    return DeviceError(device, code, remedy, sentence)


def open_fault(device: str, sentence: str) -> DeviceError:
    """Return the error for what SANE said when the device was opened.

    A device that is not there is an "invalid argument" to SANE, because its name is.
    """
    if sentence == "Invalid argument":
        return DeviceError(device, ABSENT, Remedy.SERVICE, "SANE knows no such device")
    return scan_fault(device, sentence)


def refined_jam(error: DeviceError, *, double_feed: bool, cover_open: bool) -> DeviceError:
    """Return the error with what the sensors say of its cause.

    SANE has no status for two sheets at once: back ends report a jam, and the better ones beside it a
    read-only option ``double-feed`` (fujitsu). Some report an open cover as a jam.
    """
    if error.code != JAM:
        return error
    if cover_open:
        return DeviceError(error.device, COVER_OPEN, Remedy.RESIDENT, error.detail)
    if double_feed:
        return DeviceError(error.device, DOUBLE_FEED, Remedy.RESIDENT, error.detail)
    return error
