"""SANE's own back end ``test`` with the faults it can be told."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from devices.errors import DeviceError
from devices.facades import DocumentScanner
from devices.supervisor import DeviceProcess
from tests.wire.sane_test import SCAN_S, answer, running

SLOW: Final[dict[str, Any]] = {
    "read-delay": True,
    "read-delay-duration": 200_000,
    "read-limit": True,
    "read-limit-size": 1000,
}
ATTEMPTS: Final = 5
"""A scan that ends early hangs far more often than one that is read to its end."""


def code_of(process: DeviceProcess, scan: Callable[[], object]) -> str:
    with pytest.raises(DeviceError) as caught:
        answer(process, scan, ATTEMPTS)
    return caught.value.code


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
    with running(tmp_path, dpi=200, extra={"read-return-value": f"SANE_STATUS_{status}"}) as process:
        assert code_of(process, lambda: DocumentScanner(process).scan(SCAN_S)) == code


def test_a_slow_page_is_cancelled_and_not_handed_over(tmp_path: Path) -> None:
    with running(tmp_path, dpi=200, extra=SLOW) as process:

        def scan() -> None:
            over = threading.Event()
            canceller = threading.Thread(target=lambda: cancel_until(over, process))
            canceller.start()
            try:
                DocumentScanner(process).scan(SCAN_S)
            finally:
                over.set()
                canceller.join()

        assert code_of(process, scan) == "scanner.cancelled"


def cancel_until(over: threading.Event, process: DeviceProcess) -> None:
    while not over.wait(0.2):
        process.cancel()
