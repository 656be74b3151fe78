"""Certificates of the card's holder: listed, fetched, and each says itself whose it is."""

import io

import pikepdf
import pytest

from kiosk.backend import BackendError
from kiosk.domain.certificate import Certificate
from kiosk.paper_errands import certificate_from
from tests.contract.platform import NAME, NUMBER, Platform


def test_somebody_finds_their_own(platform: Platform) -> None:
    with platform.client() as client:
        found = client.documents(NAME, NUMBER)
    assert {one.kind for one in found} == {"residence", "household", "social"}
    assert {(one.name, one.number) for one in found} == {(NAME, NUMBER)}


def test_the_pdf_says_whose_it_is(platform: Platform) -> None:
    with platform.client() as client:
        pdf = client.document(NAME, NUMBER, "household")
    read = certificate_from("household", pdf)
    assert (read.name, read.number) == (NAME, NUMBER)
    assert pdf.startswith(b"%PDF")


def test_somebody_unknown_has_none(platform: Platform) -> None:
    with platform.client() as client:
        assert client.documents("无此人", "440306199902309919") == ()


def test_another_name_gets_nothing(platform: Platform) -> None:
    with platform.client() as client, pytest.raises(BackendError) as refused:
        client.document("别人", NUMBER, "household")
    assert refused.value.code == "prefill.mismatch"


def test_what_there_is_not_cannot_be_fetched(platform: Platform) -> None:
    with platform.client() as client, pytest.raises(BackendError) as refused:
        client.document(NAME, NUMBER, "pilot-licence")
    assert refused.value.code == "document.not-found"


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.4 cut", b"<html>"])
def test_what_is_no_pdf_is_nobodys(pdf: bytes) -> None:
    assert certificate_from("household", pdf) == Certificate("household", "", "", pdf)


def test_a_pdf_that_is_locked_with_a_password_is_nobodys() -> None:
    locked = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(locked, encryption=pikepdf.Encryption(owner="of the register", user="of the register"))
    assert certificate_from("household", locked.getvalue()).name == ""
