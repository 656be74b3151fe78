"""SANE's own back end ``test`` with the faults it can be told; a process of its own, because it may hang."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.errors import DeviceError
from devices.facades import DocumentScanner
from devices.model import DeviceSpec, Kind
from devices.patience import Patience
from devices.supervisor import DeviceProcess
from tests.wire.puppets import Told, until

HASTY = replace(Patience(), restart_s=(0.05,))
SLOW = {"read-delay": True, "read-delay-duration": 200_000, "read-limit": True, "read-limit-size": 1000}
ATTEMPTS = 5


@contextmanager
def running(folder: Path, extra: dict[str, Any]) -> Generator[DeviceProcess]:
    (folder / "dll.conf").write_text("test\n")
    options = {"device": "test:0", "config_dir": str(folder), "dpi": 200, "extra": extra}
    process = DeviceProcess(DeviceSpec("scanner-1", Kind.SCANNER, "sane", options), Told(), HASTY)
    process.start()
    try:
        yield process
    finally:
        process.stop_soon()
        process.join()


# The back end breaks its reading thread off in the middle of malloc when a scan ends early, and now and then
# hangs for ever. The supervisor then ends the process, and another attempt is made here as a resident would.
def code_of(process: DeviceProcess, scan: Callable[[], object]) -> str:
    code = "device.timeout"
    for _ in range(ATTEMPTS):
        until(lambda: process.health.code == "device.ok")
        with pytest.raises(DeviceError) as caught:
            scan()
        code = caught.value.code
        if not code.startswith("device."):
            break
    return code


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("JAMMED", "scanner.jam"),
        ("NO_DOCS", "scanner.no-page"),
        ("COVER_OPEN", "scanner.cover-open"),
        ("IO_ERROR", "scanner.io-error"),
        ("DEVICE_BUSY", "scanner.busy"),
        ("ACCESS_DENIED", "scanner.denied"),
    ],
)
def test_what_sane_says_in_mid_page_reaches_the_program_as_a_code(
    tmp_path: Path, status: str, code: str
) -> None:
    with running(tmp_path, {"read-return-value": f"SANE_STATUS_{status}"}) as process:
        assert code_of(process, lambda: DocumentScanner(process).scan(5.0)) == code


def test_a_slow_page_is_cancelled_and_not_handed_over(tmp_path: Path) -> None:
    with running(tmp_path, SLOW) as process:

        def scan() -> None:
            over = threading.Event()
            canceller = threading.Thread(target=lambda: cancel_until(over, process))
            canceller.start()
            try:
                DocumentScanner(process).scan(5.0)
            finally:
                over.set()
                canceller.join()

        assert code_of(process, scan) == "scanner.cancelled"


def cancel_until(over: threading.Event, process: DeviceProcess) -> None:
    while not over.wait(0.2):
        process.cancel()
