import pytest

from devices.errors import Remedy
from devices.scanner.faults import open_fault, scan_fault


@pytest.mark.parametrize(
    ("sentence", "code", "remedy"),
    [
        ("Document feeder jammed", "scanner.jam", Remedy.RESIDENT),
        ("Scanner cover is open", "scanner.cover-open", Remedy.RESIDENT),
        ("Document feeder out of documents", "scanner.no-page", Remedy.RESIDENT),
        ("Device busy", "scanner.busy", Remedy.RETRY),
        ("Error during device I/O", "scanner.io-error", Remedy.SERVICE),
        ("Access to resource has been denied", "scanner.denied", Remedy.SERVICE),
        ("Operation was cancelled", "scanner.cancelled", Remedy.RETRY),
        ("Operation was canceled", "scanner.cancelled", Remedy.RETRY),
        ("Invalid argument", "scanner.setting-refused", Remedy.SERVICE),
        ("Operation not supported", "scanner.setting-refused", Remedy.SERVICE),
        ("Scanner returned no data", "scanner.truncated", Remedy.RETRY),
        ("what no version has said so far", "scanner.io-error", Remedy.SERVICE),
    ],
)
def test_every_sentence_of_sane_has_a_code_and_somebody_who_acts(
    sentence: str, code: str, remedy: Remedy
) -> None:
    fault = scan_fault("scanner-1", sentence)
    assert (fault.code, fault.remedy, fault.detail) == (code, remedy, sentence)


def test_an_invalid_name_means_that_the_scanner_is_not_there() -> None:
    assert open_fault("scanner-1", "Invalid argument").code == "device.absent"
    assert open_fault("scanner-1", "Device busy").code == "scanner.busy"
