import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from devices.errors import Remedy
from devices.model import Kind
from kiosk.domain.text import Language
from kiosk.session.states import State
from offline_queue import REMEDIES
from offline_queue.transport import Trouble
from ui.messages import FAMILIES, MESSAGES, has_words, say

ROOT = Path(__file__).parents[2]
ROOMS = ("devices", "kiosk", "offline_queue", "provisioning", "district", "ui")
BOOK = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
WORDS = ("ui/messages.py", "ui/words/")

DOTTED = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")
BEGINNING = re.compile(r"[a-z][a-z0-9-]*\.([a-z0-9]+-)*")
CODE_ROW = re.compile(r"^\| `([a-z0-9.-]+)` \| [^|]+ \| ([a-z, ]+) \| [^|]+ \|$", re.MULTILINE)
EVENT_ROW = re.compile(r"^\| `([a-z0-9.-]+)` \| [^|]+ \|$", re.MULTILINE)
ANY_ROW = re.compile(r"^\| `([a-z0-9-]+\.[a-z0-9.-]+)` \|", re.MULTILINE)

FILE_NAME = re.compile(r".*\.(db|json|jsonl|log|png|so\.0|sock|sqlite|toml|ttf)")
DATUM_KEY = re.compile(r"(card|household|population|social)\..*")
WORD = re.compile(r"(?<!^)(?=[A-Z])")
"""Where a state's name has its next word, as ``kiosk.chronicle`` spells it."""
NO_CODES = {
    "photo.jpg": "part of a report",
    "cancel.all": "command of a page printer",
    "battery.charge": "variable of NUT",
    "battery.runtime": "variable of NUT",
    "children.born": "column of a sample form",
    "children.fee": "column of a sample form",
    "children.name": "column of a sample form",
    "children.number": "column of a sample form",
    "guide.basis": "key of an item's texts",
    "guide.conditions": "key of an item's texts",
    "guide.faq": "key of an item's texts",
    "guide.places": "key of an item's texts",
    "guide.steps": "key of an item's texts",
    "http.disconnect": "message of ASGI",
    "http.response.start": "message of ASGI",
    "platform.keys": "key of the profile",
    "platform.token": "key of the profile",
    "pets.kind": "column of a sample form",
    "preview.start": "command of a camera",
    "preview.stop": "command of a camera",
    "read.social": "command of a smart card reader",
    "staff.prove": "command of a smart card reader",
    "ups.firmware": "variable of NUT",
    "ups.mfr": "variable of NUT",
    "ups.model": "variable of NUT",
    "ups.serial": "variable of NUT",
    "ups.status": "variable of NUT",
}

NO_BEGINNINGS = {"materials.", "offer.", "precheck."}
"""Keys of an item's files, in what is told about a wrong one."""

# What the session can put on the screen: whatever devices, forms, pages, cards and the queue say.
RESIDENT_ROOMS = ("devices", "kiosk/session", "kiosk/forms", "kiosk/domain", "kiosk/documents")
# ``kiosk.sealing`` hands the queue's own errors on. Those of a package are bugs: no visit can cause them.
RESIDENT_QUEUE = re.compile(r"(queue|seal)\..*")
SOME_BOUNDS = {"least": 1, "most": 2, "entry": 3}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _sources(room: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / room).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        # What the gallery's walker finds is told to whoever draws the screens, never to those who run them.
        if not any(part in name for part in ("/sim/", "/migrations/", "/walker/", "/gallery/")):
            yield name, _parsed(path)


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _codes_in(tree: ast.AST) -> Iterator[str]:
    """Yield every dotted word of a source that is not known to be something else than a code."""
    columns = {
        id(argument)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "ForeignKey"
        for argument in call.args
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in columns:
            word = node.value
            if DOTTED.fullmatch(word) and not _is_something_else(word):
                yield word


def _is_something_else(word: str) -> bool:
    place = ROOT / word.replace(".", "/")
    is_module = place.is_dir() or place.with_suffix(".py").is_file()
    return bool(FILE_NAME.fullmatch(word) or DATUM_KEY.fullmatch(word)) or is_module or word in NO_CODES


def _beginnings_in(tree: ast.AST) -> Iterator[str]:
    """Yield the constant beginning of every code that is put together when the program runs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            begin = str(node.values[0].value)
            if BEGINNING.fullmatch(begin):
                yield begin


@cache
def _used(*rooms: str) -> dict[str, str]:
    """Return code → where it is used; what only has words for a code does not use it."""
    return {
        code: name
        for room in rooms
        for name, tree in _sources(room)
        if not name.startswith(WORDS)
        for code in _codes_in(tree)
    }


def _composed() -> set[str]:
    return {f"item.needs-{kind}" for kind in Kind} | {
        "session." + WORD.sub("-", state.__name__).lower() for state in get_args(State)
    }


def _who_acts() -> dict[str, set[str]]:
    return {code: set(who.split(", ")) for code, who in CODE_ROW.findall(BOOK)}


def _in_the_book() -> set[str]:
    return set(ANY_ROW.findall(BOOK))


def _constants() -> dict[tuple[str, str], str]:
    """Return the codes that have a name: module and name → code."""
    found: dict[tuple[str, str], str] = {}
    for room in ROOMS:
        for path, tree in _sources(room):
            module = path.removesuffix(".py").replace("/", ".")
            for node in tree.body:
                target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
                value = getattr(node, "value", None)
                if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
                    found[module, target.id] = str(value.value)
    return found


def _remedies() -> dict[tuple[str, str], str]:
    """Return every code that stands beside a remedy in a call or a tuple: (code, remedy) → where."""
    constants = _constants()
    found: dict[tuple[str, str], str] = {}
    for path, tree in _sources("devices"):
        module = path.removesuffix(".py").replace("/", ".")
        names = {name: code for (owner, name), code in constants.items() if owner == module}
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module is not None:
                for alias in node.names:
                    code = constants.get((node.module, alias.name))
                    if code is not None:
                        names[alias.asname or alias.name] = code
        for code, remedy in _pairs(tree, names):
            found[code, remedy] = path
    return found


def _pairs(tree: ast.AST, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        parts = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
        codes = [
            str(part.value) if isinstance(part, ast.Constant) else names.get(getattr(part, "id", ""), "")
            for part in parts
        ]
        remedies = [
            part.attr.lower()
            for part in parts
            if isinstance(part, ast.Attribute) and ast.unparse(part.value) == "Remedy"
        ]
        for code in codes:
            if remedies and DOTTED.fullmatch(code):
                yield code, remedies[0]


def test_every_code_of_the_program_stands_in_the_book() -> None:
    missing = {code: where for code, where in _used(*ROOMS).items() if code not in _in_the_book()}
    assert missing == {}


def test_every_code_of_the_book_is_used_in_the_program() -> None:
    assert _in_the_book() - _used(*ROOMS).keys() - _composed() == set()


def test_every_code_that_is_put_together_stands_in_the_book() -> None:
    beginnings = {begin for room in ROOMS for _, tree in _sources(room) for begin in _beginnings_in(tree)}
    assert beginnings - NO_BEGINNINGS == {"item.needs-", "session."}
    assert _composed() - _in_the_book() == set()


def test_the_book_says_each_code_once_and_every_row_is_whole() -> None:
    rows = ANY_ROW.findall(BOOK)
    whole = [code for code, _ in CODE_ROW.findall(BOOK)] + EVENT_ROW.findall(BOOK)
    assert sorted(rows) == sorted(set(rows))
    assert sorted(whole) == sorted(rows)


def test_the_book_knows_only_people_who_can_act() -> None:
    people = {"nobody", *Remedy}
    assert {code: who for code, who in _who_acts().items() if not who <= people} == {}


def test_the_book_sends_for_the_same_person_as_the_queue() -> None:
    book = _who_acts()
    assert {code: book.get(code) for code in REMEDIES} == {code: {who} for code, who in REMEDIES.items()}


def test_the_book_sends_for_the_same_person_as_the_drivers() -> None:
    book = _who_acts()
    found = _remedies()
    assert ("device.port-gone", "service") in found
    assert ("scanner.jam", "resident") in found
    wrong = {pair: where for pair, where in found.items() if pair[1] not in book[pair[0]]}
    assert wrong == {}


def test_every_code_that_can_reach_a_resident_has_words_in_both_languages() -> None:
    reaching = set(_used(*RESIDENT_ROOMS)) | {code for code in REMEDIES if RESIDENT_QUEUE.fullmatch(code)}
    reaching |= {code for code in _composed() if code.startswith("item.")}
    assert {code for code in reaching if not has_words(code)} == set()
    for code in reaching:
        chinese, english = (say(code, language, SOME_BOUNDS) for language in (Language.ZH, Language.EN))
        assert CHINESE.search(chinese), code
        assert english, code
        assert not CHINESE.search(english), code


def test_no_words_are_kept_for_a_code_that_nothing_says() -> None:
    said = _used(*ROOMS).keys() | _composed()
    assert MESSAGES.keys() - said == set()
    assert FAMILIES.keys() - {code.partition(".")[0] for code in said} == set()


def test_the_words_of_the_queues_list_are_explained() -> None:
    explained = set(re.findall(r"^\| ([a-z-]+) \| [^|]+ \|$", BOOK, re.MULTILINE))
    assert {*Trouble, "interrupted"} - explained == set()


def test_whatever_is_taken_for_no_code_is_still_there() -> None:
    words = {
        str(node.value)
        for room in ROOMS
        for _, tree in _sources(room)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
    }
    assert NO_CODES.keys() - words == set()


@pytest.mark.parametrize(
    "source",
    [
        'raise DeviceError(name, "printer.on-fire", Remedy.SERVICE)',
        'FIRE: Final = "printer.on-fire"',
        'faults = {"hot": ("printer.on-fire", Remedy.RESIDENT)}',
        'def read():\n    return "printer.on-fire" if hot else None',
        'log.error("printer.on-fire", device=name)',
    ],
)
def test_a_new_code_is_found_wherever_it_is_written(source: str) -> None:
    assert list(_codes_in(ast.parse(source))) == ["printer.on-fire"]
    assert "printer.on-fire" not in _in_the_book()


def test_a_remedy_is_found_beside_a_code_that_has_a_name() -> None:
    source = 'raise DeviceError(name, FIRE, Remedy.SERVICE, "smoke")'
    assert list(_pairs(ast.parse(source), {"FIRE": "printer.on-fire"})) == [("printer.on-fire", "service")]


def test_a_family_without_words_is_found_out() -> None:
    assert not has_words("volcano.erupted")
