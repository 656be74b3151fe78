import os
import struct
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import Remedy, Severity
from devices.idcard.photo import BMP_BYTES, NO_DECODER, UNDECODED, UNLICENSED, Mirror, PhotoHelper, picture_of
from devices.idcard.portrait import DECODED, FAILED_LIMIT, Portraits
from devices.model import CardRecord
from devices.sim import wlt_helper
from devices.sim.cards import load_cards
from devices.values.idcard import PHOTO_BYTES, CardPhoto
from tests.wire.puppets import until

CHEN = load_cards()["resident-chen"].record
ZHOU = load_cards()["resident-zhou"].record
ROWS = (np.arange(PHOTO_BYTES, dtype=np.uint32) % 251).astype(np.uint8).reshape(126, 102, 3)


def sh(script: str, timeout_s: float = 5.0, memory_mb: int = 256) -> PhotoHelper:
    return PhotoHelper(("/bin/sh", "-c", script), timeout_s=timeout_s, memory_mb=memory_mb)


def bmp(rows: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], height: int = 126) -> bytes:
    head = struct.pack("<2sIHHI", b"BM", BMP_BYTES, 0, 0, 54)
    info = struct.pack("<IiiHHIIiiII", 40, 102, height, 1, 24, 0, 0, 2835, 2835, 0, 0)
    padded = np.zeros((126, 308), np.uint8)
    padded[:, :306] = rows.reshape(126, 306)
    return head + info + padded.tobytes()


def is_held(fifo: Path) -> bool:
    try:
        os.close(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def portraits(script: str) -> Portraits:
    return Portraits(sh(script))


def test_the_benchs_decoder_draws_the_same_portrait_for_the_same_bytes_and_another_for_others() -> None:
    helper = PhotoHelper(tuple(wlt_helper.command()), timeout_s=5.0)
    first, again, other = (helper.decode(record.photo_wlt) for record in (CHEN, CHEN, ZHOU))
    assert isinstance(first, CardPhoto)
    assert first == again != other
    assert first.picture().shape == (126, 102, 3)
    assert len(np.unique(first.picture().reshape(-1, 3), axis=0)) == 4


def test_a_photo_that_is_none_is_not_decoded() -> None:
    helper = PhotoHelper(tuple(wlt_helper.command()), timeout_s=5.0)
    assert helper.decode(bytes(1024)) == UNDECODED
    assert helper.decode(b"WLf") == UNDECODED


@pytest.mark.parametrize(
    ("status", "code"),
    [(10, UNDECODED), (11, UNDECODED), (14, UNDECODED), (15, UNLICENSED), (16, UNDECODED), (127, NO_DECODER)],
)
def test_a_decoder_says_by_its_exit_code_why_there_is_no_picture(status: int, code: str) -> None:
    assert sh(f"exit {status}").decode(CHEN.photo_wlt) == code


@pytest.mark.parametrize("command", [(), ("/nonexistent/wlt-decode",), ("/etc/hostname",)])
def test_a_decoder_that_is_not_there_or_cannot_be_started_is_none(command: tuple[str, ...]) -> None:
    assert PhotoHelper(command, timeout_s=5.0).decode(CHEN.photo_wlt) == NO_DECODER


def test_a_decoder_that_hangs_is_killed_with_all_that_it_started(tmp_path: Path) -> None:
    fifo = tmp_path / "held"
    os.mkfifo(fifo)
    began_s = time.monotonic()
    assert sh(f"sleep 60 3<>{fifo} & sleep 60", timeout_s=0.3).decode(CHEN.photo_wlt) == UNDECODED
    assert time.monotonic() - began_s < 5.0
    until(lambda: not is_held(fifo))


@pytest.mark.parametrize(
    "script",
    [
        "kill -SEGV $$",
        "head -c 100 /dev/zero",
        "head -c 38557 /dev/zero",
        "cat /dev/zero",
        f"head -c {BMP_BYTES} /dev/zero",
        "exec 1>&-; sleep 60",
    ],
)
def test_a_decoder_that_crashes_or_writes_anything_else_gives_no_picture(script: str) -> None:
    assert sh(script, timeout_s=0.5).decode(CHEN.photo_wlt) == UNDECODED


def test_a_decoder_that_wants_too_much_memory_gives_no_picture() -> None:
    eater = f"exec {wlt_helper.command()[0]} -I -S -c 'bytearray(200_000_000)'"
    assert sh(eater, memory_mb=64).decode(CHEN.photo_wlt) == UNDECODED


def test_a_decoder_cannot_leave_a_photo_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "photo.bmp"
    sh(f"cat > {file}").decode(CHEN.photo_wlt)
    assert not file.exists() or file.read_bytes() == b""


def test_raw_pixels_are_taken_as_they_are() -> None:
    photo = picture_of(ROWS.tobytes(), "none")
    assert photo is not None
    assert np.array_equal(photo.picture(), ROWS)


def test_a_bmp_is_turned_upright_and_its_padding_dropped() -> None:
    for output in (bmp(ROWS[::-1]), bmp(ROWS, height=-126)):
        photo = picture_of(output, "none")
        assert photo is not None
        assert np.array_equal(photo.picture(), ROWS)


@pytest.mark.parametrize(
    ("mirror", "given_rows"),
    [("columns", ROWS[:, ::-1]), ("rows", ROWS[::-1]), ("both", ROWS[::-1, ::-1])],
)
def test_a_decoder_that_mirrors_is_put_right(
    mirror: Mirror, given_rows: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
) -> None:
    photo = picture_of(given_rows.tobytes(), mirror)
    assert photo is not None
    assert np.array_equal(photo.picture(), ROWS)


@given(st.binary(max_size=64), st.sampled_from([0, 100, PHOTO_BYTES, BMP_BYTES]))
def test_no_output_makes_the_codec_raise(head: bytes, size: int) -> None:
    photo = picture_of(head.ljust(size, b"\0"), "none")
    assert photo is None or len(photo.pixels) == PHOTO_BYTES


def test_a_photo_shows_nobody_in_a_log() -> None:
    assert repr(CardPhoto(bytes(PHOTO_BYTES))) == "CardPhoto(…)"


def with_portrait(made: Portraits, times: int = 1) -> CardRecord:
    return [made.add(CHEN) for _ in range(times)][-1]


def test_a_record_comes_with_its_portrait() -> None:
    made = portraits(f"head -c {PHOTO_BYTES} /dev/zero")
    assert with_portrait(made) == replace(CHEN, photo=CardPhoto(bytes(PHOTO_BYTES)))
    assert made.state == DECODED
    assert made.complaint("idcard-1") is None


def test_a_terminal_without_a_decoder_says_so_in_its_readings_and_bothers_nobody() -> None:
    made = Portraits(PhotoHelper())
    assert with_portrait(made) == CHEN
    assert made.state == "idcard.no-photo-decoder"
    assert made.complaint("idcard-1") is None


def test_a_decoder_that_is_missing_is_told_and_hinders_nothing() -> None:
    made = Portraits(PhotoHelper(("/nonexistent/wlt-decode",), timeout_s=5.0))
    assert with_portrait(made) == CHEN
    complaint = made.complaint("idcard-1")
    assert complaint is not None
    assert (complaint.code, complaint.remedy) == ("idcard.no-photo-decoder", Remedy.SERVICE)
    assert complaint.severity is Severity.INFO


def test_one_photo_that_is_not_decoded_is_told_to_nobody_three_in_a_row_are() -> None:
    made = portraits("exit 11")
    with_portrait(made, FAILED_LIMIT - 1)
    assert made.complaint("idcard-1") is None
    with_portrait(made)
    complaint = made.complaint("idcard-1")
    assert complaint is not None
    assert complaint.code == "idcard.photo-undecoded"


def test_a_broken_decoder_is_not_waited_for_again_before_a_pause_or_a_hint(tmp_path: Path) -> None:
    decoder = tmp_path / "decode"
    made = Portraits(PhotoHelper((str(decoder),), timeout_s=5.0))
    with_portrait(made)
    decoder.write_text(f"#!/bin/sh\nhead -c {PHOTO_BYTES} /dev/zero\n", encoding="ascii")
    decoder.chmod(0o755)
    assert with_portrait(made) == CHEN
    made.stir()
    assert with_portrait(made).photo is not None
    assert made.complaint("idcard-1") is None
