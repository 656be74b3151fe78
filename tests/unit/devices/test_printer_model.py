from collections.abc import Mapping

import pytest

from devices.printer.model import mismatch


@pytest.mark.parametrize(
    ("identity", "wanted", "width_px"),
    [
        ({}, "", 576),
        ({}, "TM-T20II", 576),
        ({"model": "TM-T20II"}, "", 576),
        ({"model": "TM-T20II"}, "tm-t20", 576),
        ({"model": "NT-80-V-UL"}, "", 384),
        ({"model": "nobody knows it"}, "", 576),
        ({"vendor": "EPSON"}, "", 576),
    ],
)
def test_a_printer_that_can_be_the_right_one_is_taken(
    identity: Mapping[str, str], wanted: str, width_px: int
) -> None:
    assert mismatch(identity, wanted, width_px) == ""


@pytest.mark.parametrize(
    ("identity", "wanted", "width_px", "word"),
    [
        ({"model": "TM-T20II"}, "TM-T88", 576, "TM-T88"),
        ({"vendor": "EPSON"}, "TM-T88", 576, "TM-T88"),
        ({"model": "POS-5890"}, "", 576, "384 dots"),
        ({"model": "TM-T88V"}, "", 576, "512 dots"),
    ],
)
def test_a_printer_that_would_lose_part_of_every_slip_is_refused(
    identity: Mapping[str, str], wanted: str, width_px: int, word: str
) -> None:
    assert word in mismatch(identity, wanted, width_px)
