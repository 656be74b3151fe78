"""SANE's answers as codes.

python-sane hands on no status number, only the English sentence of ``sane_strstatus``.
"""

from typing import Final

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT

TRUNCATED: Final = "scanner.truncated"
NO_PAGE: Final = "scanner.no-page"
REFUSED: Final = "scanner.setting-refused"

_FAULTS: Final = {
    "Document feeder jammed": ("scanner.jam", Remedy.RESIDENT),
    "Scanner cover is open": ("scanner.cover-open", Remedy.RESIDENT),
    "Document feeder out of documents": (NO_PAGE, Remedy.RESIDENT),
    "Device busy": ("scanner.busy", Remedy.RETRY),
    "Error during device I/O": ("scanner.io-error", Remedy.SERVICE),
    "Access to resource has been denied": ("scanner.denied", Remedy.SERVICE),
    "Operation was cancelled": ("scanner.cancelled", Remedy.RETRY),
    "Operation was canceled": ("scanner.cancelled", Remedy.RETRY),
    "Out of memory": ("scanner.io-error", Remedy.SERVICE),
    "Invalid argument": (REFUSED, Remedy.SERVICE),
    "Operation not supported": (REFUSED, Remedy.SERVICE),
    "End of file reached": (TRUNCATED, Remedy.RETRY),
    "Scanner returned no data": (TRUNCATED, Remedy.RETRY),
}
_UNKNOWN: Final = ("scanner.io-error", Remedy.SERVICE)


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
