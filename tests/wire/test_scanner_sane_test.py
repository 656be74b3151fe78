"""What the driver gets out of SANE's own back end ``test``: kinds of pages that no picture file has."""

import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from devices.errors import DeviceError
from devices.facades import DocumentScanner
from devices.model import Frame
from devices.supervisor import DeviceProcess
from tests.wire.sane_test import SCAN_S, answer, running


def scanned(process: DeviceProcess) -> Frame:
    return answer(process, lambda: DocumentScanner(process).scan(SCAN_S))


@pytest.mark.parametrize("mode", ["Color", "Gray"])
def test_the_scan_is_as_large_as_the_resolution_makes_it_and_always_of_three_channels(
    tmp_path: Path, mode: str
) -> None:
    shapes: list[tuple[int, ...]] = []
    for dpi in (50, 100):
        with running(tmp_path, mode=mode, dpi=dpi, extra={"test-picture": "Color pattern"}) as process:
            shapes.append(scanned(process).pixels.shape)
    (low, narrow, _), (high, wide, _) = shapes
    assert abs(high - 2 * low) <= 1
    assert abs(wide - 2 * narrow) <= 1
    assert {channels for *_, channels in shapes} == {3}


def test_a_scanner_that_does_not_know_the_height_beforehand_scans_too(tmp_path: Path) -> None:
    with running(tmp_path, "test:1", dpi=50, extra={"hand-scanner": True}) as process:
        assert scanned(process).pixels.shape[0] > 100


def test_the_feeder_has_ten_pages_and_then_is_empty(tmp_path: Path) -> None:
    with running(tmp_path, dpi=50, mode="gray") as process:
        feed = DocumentScanner(process).feed
        shapes = answer(process, lambda: [frame.pixels.shape for frame in feed(timeout_s=SCAN_S)])
    assert len(shapes) == 10
    assert len(set(shapes)) == 1


def test_parameters_that_are_vague_before_the_scan_do_not_matter(tmp_path: Path) -> None:
    with running(tmp_path, dpi=50, extra={"fuzzy-parameters": True}) as process:
        assert scanned(process).pixels.shape[2] == 3


def test_a_page_in_three_passes_is_refused_because_the_binding_cannot_read_it(tmp_path: Path) -> None:
    options: dict[str, Any] = {"mode": "Color", "extra": {"three-pass": True}}
    with running(tmp_path, dpi=50, **options) as process, pytest.raises(DeviceError) as caught:
        scanned(process)
    assert caught.value.code == "scanner.setting-refused"
    assert "frame='red'" in caught.value.detail


def test_a_page_of_one_bit_for_each_pixel_is_black_and_white(tmp_path: Path) -> None:
    with running(tmp_path, dpi=50, mode="Gray", extra={"depth": 1}) as process:
        assert set(np.unique(scanned(process).pixels)) <= {0, 255}


def ignored_signals(pid: int) -> int:
    """The kernel's own mask: Python's record of a signal does not see what a C library changes."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("SigIgn:")), 16)


@pytest.mark.parametrize("sane_name", ["test:0", "pnm:0"])
def test_after_a_scan_a_peer_that_is_gone_does_not_end_the_process(tmp_path: Path, sane_name: str) -> None:
    page = tmp_path / "small.ppm"
    Image.new("RGB", (30, 20), (10, 200, 30)).save(page)
    options = {"page_file": str(page)} if sane_name == "pnm:0" else {}
    with running(tmp_path, sane_name, **options) as process:
        scanned(process)
        assert process.pid is not None
        assert ignored_signals(process.pid) & (1 << (signal.SIGPIPE - 1))
