"""SANE's own back end ``test``, which needs no hardware, in a process of its own, because it may hang.

It breaks its reading thread off wherever that is, at the end of each scan and where one ends early: also in
``malloc`` and ``free``, whose lock then stays taken (met once in ten thousand scans on a busy machine).
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

from devices.errors import DeviceError
from devices.model import DeviceSpec, Kind
from devices.patience import Patience
from devices.supervisor import DeviceProcess
from tests.wire import puppets
from tests.wire.puppets import Told, until

_T = TypeVar("_T")

SCAN_S: Final = 5.0
_HASTY: Final = replace(Patience(), restart_s=(0.05,))


@contextmanager
def running(folder: Path, device: str = "test:0", **options: Any) -> Generator[DeviceProcess]:
    """Run the driver at one device of the back end, in a process of its own."""
    (folder / "dll.conf").write_text("test\npnm\n")
    spec = DeviceSpec(
        "scanner-1", Kind.SCANNER, "sane", {"device": device, "config_dir": str(folder), **options}
    )
    with puppets.running(spec, Told(), _HASTY) as process:
        yield process


def answer(process: DeviceProcess, scan: Callable[[], _T], attempts: int = 2) -> _T:
    """Return what a scan answers or raise how it fails.

    Where the back end hangs the supervisor ends the process, which the scan hears as a code of its own
    (``device.``); then it is asked for again, as a resident would.
    """
    for _ in range(attempts - 1):
        until(lambda: process.health.code == "device.ok")
        try:
            return scan()
        except DeviceError as error:
            if not error.code.startswith("device."):
                raise
    until(lambda: process.health.code == "device.ok")
    return scan()
