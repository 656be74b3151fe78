from pathlib import Path

from kiosk.errors_book import errors_book


def test_the_book_gives_meaning_who_acts_and_remedy() -> None:
    entry = errors_book()["printer.paper-out"]
    assert (entry.meaning, entry.who) == ("The roll is at its end.", "attendant")
    assert entry.remedy.startswith("Put a new roll in.")


def test_a_code_without_a_remedy_has_none() -> None:
    assert errors_book()["device.ok"].remedy == ""


def test_a_terminal_without_its_documents_has_an_empty_book(tmp_path: Path) -> None:
    assert errors_book(tmp_path / "errors.md") == {}
