from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError, Severity
from devices.sensors.latch import UNREADABLE, Latch


def latch(path: Path | None) -> Latch:
    made = Latch("sensors-1", path)
    made.load()
    return made


def test_a_tampering_outlives_the_process(tmp_path: Path) -> None:
    path = tmp_path / "latch"
    latch(path).add(("tamper", "tamper-2"))
    again = latch(path)
    assert again.names == ("tamper", "tamper-2")
    assert again.clear() == ("tamper", "tamper-2")
    assert latch(path).names == ()


def test_without_a_file_a_tampering_is_forgotten_with_the_process() -> None:
    made = latch(None)
    made.add(("tamper",))
    assert made.clear() == ("tamper",)
    assert made.names == ()


@pytest.mark.parametrize("content", [b"nothing to see here", b'["tamp\xffer"]'])
def test_a_file_that_somebody_else_wrote_stands_for_a_tampering(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "latch"
    path.write_bytes(content)
    assert latch(path).names == (UNREADABLE,)


@given(content=st.binary(max_size=40))
def test_whatever_stands_in_the_file_is_names_or_a_tampering(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "latch-fuzz"
    path.write_bytes(content)
    assert isinstance(latch(path).names, tuple)


def test_a_place_that_cannot_be_written_is_told_before_it_is_needed(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match=r"sensors\.latch-unwritable") as caught:
        latch(tmp_path / "none" / "latch")
    assert caught.value.severity is Severity.WARN


def test_a_disk_that_fails_later_hides_no_tampering_and_is_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    made = latch(folder / "latch")
    away = folder.rename(tmp_path / "away")
    with pytest.raises(DeviceError, match=r"sensors\.latch-unwritable"):
        made.add(("tamper",))
    assert made.names == ("tamper",)
    with pytest.raises(DeviceError, match=r"sensors\.latch-unwritable"):
        made.clear()
    assert made.names == ("tamper",)
    away.rename(folder)
    made.add(())
    assert latch(folder / "latch").names == ("tamper",)
