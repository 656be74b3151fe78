import importlib
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image

from devices.errors import DeviceError, Remedy
from devices.model import Frame
from devices.scanner.sane_driver import SaneScanner, make
from devices.sim.page_source import write_page

SANE: Any = importlib.import_module("sane")


@pytest.fixture
def config_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "sane.d"
    folder.mkdir()
    (folder / "dll.conf").write_text("test\npnm\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", "set by the driver, put back after the test")
    return str(folder)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drawn") / "page.ppm"
    write_page(path, "陈淑芬", "440306194103152224")
    return path


@pytest.fixture
def page(tmp_path: Path, drawn: Path) -> Path:
    return Path(shutil.copy(drawn, tmp_path / "page.ppm"))


@pytest.fixture
def small_page(tmp_path: Path) -> Path:
    path = tmp_path / "small.ppm"
    Image.new("RGB", (30, 20), (10, 200, 30)).save(path)
    return path


@pytest.fixture
def glass(config_dir: str, page: Path) -> Iterator[SaneScanner]:
    driver = make("scanner-1", {"device": "pnm:0", "config_dir": config_dir, "page_file": str(page)})
    driver.open()
    yield driver
    driver.close()


def scanned(driver: SaneScanner) -> Frame:
    return cast("Frame", driver.command("scan", {}))


def test_a_scan_that_is_broken_off_as_it_begins_does_not_go_on(glass: SaneScanner) -> None:
    glass.allow()
    glass.cancel()
    with pytest.raises(DeviceError, match=r"scanner\.cancelled"):
        scanned(glass)
    glass.allow()
    assert scanned(glass).pixels.size


def set_status(option: str, *, on: bool) -> None:
    """Reach past the driver into the scanner; the back end keeps it from one opening to the next."""
    handle = SANE.open("pnm:0")
    setattr(handle, option.replace("-", "_"), on)
    handle.close()


def test_the_page_comes_out_as_it_lies_on_the_glass(glass: SaneScanner, page: Path) -> None:
    frame = scanned(glass)
    with Image.open(page) as picture:
        np.testing.assert_array_equal(frame.pixels[:, :, ::-1], np.asarray(picture))
    assert frame.pixels.flags.c_contiguous
    assert frame.pixels.dtype == np.uint8
    assert 0 <= time.monotonic() - frame.taken_s < 60


def test_the_next_page_is_scanned_and_not_the_last_one_again(glass: SaneScanner, page: Path) -> None:
    first = scanned(glass)
    write_page(page, "李建国", "440306195001011230")
    assert not np.array_equal(scanned(glass).pixels, first.pixels)


def test_a_page_can_be_made_for_a_card_without_a_birth_date_in_its_number(tmp_path: Path) -> None:
    write_page(tmp_path / "page.ppm", "ANNA SAMPLE", "DEU440001000150")
    with Image.open(tmp_path / "page.ppm") as picture:
        assert picture.size == (1780, 1307)


def test_without_a_page_the_resident_is_asked_for_one(glass: SaneScanner, page: Path) -> None:
    elsewhere = page.rename(page.with_suffix(".taken"))
    with pytest.raises(DeviceError) as caught:
        scanned(glass)
    assert (caught.value.code, caught.value.remedy) == ("scanner.no-page", Remedy.RESIDENT)
    elsewhere.rename(page)
    assert scanned(glass).pixels.shape[2] == 3


def test_a_page_that_comes_short_is_not_taken_for_a_whole_one(glass: SaneScanner, page: Path) -> None:
    data = page.read_bytes()
    page.write_bytes(data[: len(data) // 2])
    with pytest.raises(DeviceError) as caught:
        scanned(glass)
    assert (caught.value.code, caught.value.remedy) == ("scanner.truncated", Remedy.RETRY)
    page.write_bytes(data)
    assert scanned(glass).pixels.shape == (1307, 1780, 3)


# The `pnm` back end and not `test`: that one breaks its reading thread off in the middle of malloc when a
# scan fails, and now and then hangs for ever. In the field the supervisor ends a process that hangs.
@pytest.mark.parametrize(
    ("status", "code", "remedy"),
    [
        ("status-jammed", "scanner.jam", Remedy.RESIDENT),
        ("status-nodocs", "scanner.no-page", Remedy.RESIDENT),
        ("status-coveropen", "scanner.cover-open", Remedy.RESIDENT),
        ("status-ioerror", "scanner.io-error", Remedy.SERVICE),
        ("status-nomem", "scanner.io-error", Remedy.SERVICE),
        ("status-accessdenied", "scanner.denied", Remedy.SERVICE),
        ("status-eof", "scanner.truncated", Remedy.RETRY),
    ],
)
def test_a_complaint_of_the_scanner_ends_when_its_cause_does(
    config_dir: str, small_page: Path, status: str, code: str, remedy: Remedy
) -> None:
    trouble = {"extra": {status: True}}
    options = {"device": "pnm:0", "config_dir": config_dir, "page_file": str(small_page)}
    driver = make("scanner-1", options | trouble)
    driver.open()
    with pytest.raises(DeviceError) as caught:
        scanned(driver)
    assert (caught.value.code, caught.value.remedy) == (code, remedy)
    cleared = make("scanner-1", options)
    cleared.open()
    with pytest.raises(DeviceError, match=code):
        scanned(cleared)
    set_status(status, on=False)
    assert scanned(cleared).pixels.shape == (20, 30, 3)
    assert cleared.tick() == ()
    cleared.close()  # leaves SANE, for both of them


def test_a_scanner_that_somebody_else_has_open_is_busy_until_it_is_free(
    config_dir: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANE_CONFIG_DIR", config_dir)
    SANE.init()
    somebody = SANE.open("test:0")
    driver = make("scanner-1", {"device": "test:0", "config_dir": config_dir})
    with pytest.raises(DeviceError) as caught:
        driver.open()
    assert (caught.value.code, caught.value.remedy) == ("scanner.busy", Remedy.RETRY)
    somebody.close()
    driver.open()
    driver.close()


def test_a_scanner_without_a_feeder_feeds_the_one_page_on_its_glass(glass: SaneScanner) -> None:
    assert len(list(cast("Iterator[Frame]", glass.command("feed", {})))) == 1


def test_the_scanner_tells_who_made_it(config_dir: str) -> None:
    driver = make("scanner-1", {"device": "test:0", "config_dir": config_dir})
    assert driver.open() == {"vendor": "Noname", "model": "frontend-tester"}
    driver.close()


def test_a_scanner_that_is_not_there_is_absent(config_dir: str) -> None:
    driver = make("scanner-1", {"device": "genesys:libusb:001:004", "config_dir": config_dir})
    with pytest.raises(DeviceError) as caught:
        driver.open()
    assert (caught.value.code, caught.value.remedy) == ("device.absent", Remedy.SERVICE)
    driver.close()


@pytest.mark.parametrize("extra", [{"no-such-option": 1}, {"test-picture": 3}, {"depth": "deep"}])
def test_an_option_that_the_scanner_does_not_take_is_named(config_dir: str, extra: Mapping[str, Any]) -> None:
    driver = make("scanner-1", {"device": "test:0", "config_dir": config_dir, "extra": extra})
    with pytest.raises(DeviceError) as caught:
        driver.open()
    assert caught.value.code == "device.bad-option"
    assert next(iter(extra)) in caught.value.detail
    driver.close()


@pytest.mark.parametrize(
    ("wrong", "key"),
    [({}, "device"), ({"device": "test:0", "dpi": 20}, "dpi"), ({"device": "test:0", "lamp": 1}, "lamp")],
)
def test_a_wrong_option_is_named_before_anything_is_opened(wrong: Mapping[str, Any], key: str) -> None:
    with pytest.raises(DeviceError) as caught:
        make("scanner-1", wrong)
    assert caught.value.code == "device.bad-option"
    assert key in caught.value.detail


def test_without_the_binding_the_fault_says_what_to_install(
    config_dir: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sane", None)
    driver = make("scanner-1", {"device": "test:0", "config_dir": config_dir})
    with pytest.raises(DeviceError) as caught:
        driver.open()
    assert (caught.value.code, caught.value.remedy) == ("scanner.sane-absent", Remedy.SERVICE)
    driver.close()
