"""Taking a USB device off its bus and putting it back, as a hand on the plug would.

Linux ``Documentation/ABI/testing/sysfs-bus-usb``: writing 0 to ``authorized`` unbinds the device's drivers
and unconfigures it; writing 1 configures it anew.
"""

import time
from pathlib import Path
from typing import Final

SYSFS: Final = Path("/sys/bus/usb/devices")
_OFF_S: Final = 0.5


def off_and_on(port: str, sysfs: Path = SYSFS) -> str:
    """Take the device at ``port`` off the bus and put it back.

    Args:
        port: Sysfs name of the port, such as ``"1-2.3"``.
        sysfs: Where the kernel lists USB devices.

    Returns:
        What went wrong, for the log, or ``""``.
    """
    switch = sysfs / port / "authorized"
    try:
        switch.write_text("0", encoding="ascii")
        time.sleep(_OFF_S)
        switch.write_text("1", encoding="ascii")
    except OSError as error:
        return f"{switch}: {error.strerror}"
    return ""
