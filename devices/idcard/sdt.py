"""Identity card readers that speak SDT, over a serial line or the USB: what the registry names."""

from collections.abc import Mapping
from typing import Any

from devices.idcard.line import ReaderLine
from devices.idcard.options import read_options
from devices.idcard.reader import SdtReader


def make(name: str, options: Mapping[str, Any]) -> SdtReader:
    """Return a reader that is not yet open; see ``SdtOptions``.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    checked = read_options(name, options)
    return SdtReader(name, checked, ReaderLine(name, checked))
