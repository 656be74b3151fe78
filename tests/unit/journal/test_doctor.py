"""``python -m kiosk doctor journal``."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kiosk.desks import doctor_app
from kiosk.journal import Entry

Run = Callable[..., Entry | None]
EXAMPLE = Path(__file__).parents[3] / "deploy" / "profile.example.toml"
UNAVAILABLE = 69


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    text = EXAMPLE.read_text(encoding="utf-8").replace('"/var/lib/zhiwang"', f'"{tmp_path}"')
    path = tmp_path / "terminal.toml"
    path.write_text(text, encoding="utf-8")
    return path


def asked(profile: Path) -> Result:
    return CliRunner().invoke(doctor_app, ["journal", "--profile", str(profile)], env={"COLUMNS": "180"})


def test_a_journal_that_holds_is_told_with_its_length_and_age(profile: Path, run: Run) -> None:
    run(10)
    told = asked(profile)
    assert told.exit_code == 0
    assert "10 entries in 3 segments, since 20" in told.stdout


def test_a_journal_that_does_not_hold_fails_and_says_where(profile: Path, path: Path, run: Run) -> None:
    run(10)
    path.with_name("journal-000002.jsonl").unlink()
    told = asked(profile)
    assert told.exit_code == UNAVAILABLE
    for word in ("journal.broken", "journal.jsonl: does not join on to journal-000001.jsonl"):
        assert word in told.stdout
