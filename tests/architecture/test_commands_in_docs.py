import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from district.__main__ import app as district
from kiosk.__main__ import app as kiosk
from kiosk.desks import add_to

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "deploy/profile.example.toml")
DOCS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
add_to(kiosk)
PROGRAMS: dict[str, typer.Typer] = {"kiosk": kiosk, "district": district}
# `python -m …` anywhere, or shortened, as `queue show NUMBER`, where it is clear whose it is.
SPAN = re.compile(r"`([^`\n]+)`")
WHOLE = re.compile(r"python -m (kiosk|district)\b([^`#|)\n]*)")
SHORT = re.compile(r"(?:(district) |(queue|device-key|keys|catalogue|doctor) )([a-z][^`]*)")
OWNERS = {"keys": "district"}


@dataclass(frozen=True)
class Said:
    """A command as a page says it."""

    page: str
    program: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}: {self.program} {' '.join(self.words)}"


def said() -> Iterator[Said]:
    for page in (*PAGES, *DOCS):
        text = (ROOT / page).read_text(encoding="utf-8")
        for program, rest in WHOLE.findall(text):
            yield Said(page, program, tuple(rest.split()))
        for span in SPAN.findall(text):
            if found := SHORT.fullmatch(span):
                program, group, rest = found.groups()
                owner = program or OWNERS.get(group or "", "kiosk")
                yield Said(page, owner, (*([group] if group else []), *rest.split()))


def wrong(one: Said) -> str:
    command: Any = get_command(PROGRAMS[one.program])
    words = list(one.words)
    while words and getattr(command, "commands", None) and not words[0].startswith(("-", "[")):
        command = command.commands.get(words[0])
        if command is None:
            return f"no command {words[0]}"
        words.pop(0)
    options = {name: param for param in command.params for name in param.opts if name.startswith("--")}
    given = [word.strip("[],;.") for word in words]
    named = [word for word in given if word.startswith("--")]
    if strangers := [word for word in named if word not in options]:
        return f"no option {strangers}"
    # The bare name of a command is a way to speak of it; with anything behind it, it is one to type.
    needed = {param.opts[0] for param in options.values() if param.required}
    missing = needed - set(named) if given and "…" not in given else set[str]()
    return f"does not run without {sorted(missing)}" if missing else ""


def test_every_command_that_a_page_gives_can_be_typed_as_it_stands_there() -> None:
    commands = list(said())
    assert len(commands) > 40
    assert [f"{one}: {why}" for one in commands if (why := wrong(one))] == []


@pytest.mark.parametrize(
    ("program", "words", "why"),
    [
        ("district", "import FOLDER", "does not run without ['--data-dir']"),
        ("kiosk", "queue purge", "no command purge"),
        ("kiosk", "queue list --all", "no option ['--all']"),
        ("kiosk", "queue show NUMBER", ""),
    ],
)
def test_a_command_that_cannot_be_typed_is_found(program: str, words: str, why: str) -> None:
    assert wrong(Said("page", program, tuple(words.split()))) == why
