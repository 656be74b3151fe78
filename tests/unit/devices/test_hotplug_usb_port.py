import threading
from pathlib import Path

import pytest

from devices.usb_port import off_and_on
from tests.wire.puppets import until


@pytest.fixture
def switch(tmp_path: Path) -> Path:
    made = tmp_path / "1-2.3" / "authorized"
    made.parent.mkdir()
    made.write_text("1")
    return made


def test_a_port_is_switched_off_and_on_again(switch: Path, tmp_path: Path) -> None:
    answers: list[str] = []
    thread = threading.Thread(target=lambda: answers.append(off_and_on("1-2.3", tmp_path)))
    thread.start()
    until(lambda: switch.read_text() == "0")
    thread.join()
    assert switch.read_text() == "1"
    assert answers == [""]


def test_a_port_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert off_and_on("1-9", tmp_path) == f"{tmp_path}/1-9/authorized: No such file or directory"


def test_a_device_pulled_between_off_and_on_is_told_and_no_crash(switch: Path, tmp_path: Path) -> None:
    answers: list[str] = []
    thread = threading.Thread(target=lambda: answers.append(off_and_on("1-2.3", tmp_path)))
    thread.start()
    until(lambda: switch.read_text() == "0")
    switch.unlink()
    switch.parent.rmdir()
    thread.join()
    assert "No such file or directory" in answers[0]
