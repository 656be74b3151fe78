"""House rules of Python files: sizes, broad excepts, flags that make a program pretend, reasons."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from breach import Breach

FILE_LINES = 400
CLASS_LINES = 250
FUNCTION_LINES = 60
BROAD_EXCEPT_IN = frozenset({"kiosk/lanes.py", "kiosk/__main__.py"})
"""One in each: where a bug of any kind is handed on, and where it ends the process."""

_BROAD = frozenset({"Exception", "BaseException"})
_PRETENCE = re.compile(
    r"_*(is_|in_)?(simulat(e|ed|ing|ion)|dry_?run|pretend|mock(ed|ing)?)(_mode|_only)?|(demo|test|fake)_mode",
    re.IGNORECASE,
)
_DIRECTIVE = re.compile(
    r"#\s*(?P<tool>ruff:\s*noqa|noqa|type:\s*ignore|pyright:\s*\w+)"
    r"(?P<rules>:?\s*\[?[\w, -]*?\]?)(?=\s+[#-]|\s*$)"
)
_REASON = re.compile(r"(\w\W*){4}")


def breaches(place: str, source: str) -> Iterator[Breach]:
    """Yield what breaks a rule in one file; ``place`` is its path in the project."""
    lines = source.count("\n")
    if lines > FILE_LINES:
        yield Breach(place, lines, f"a file has at most {FILE_LINES} lines, this one {lines}")
    tree = ast.parse(source)
    yield from _sizes(place, tree)
    yield from _broad_excepts(place, tree)
    yield from _context_properties(place, tree)
    if not place.startswith("tests/"):
        yield from _pretence(place, tree)
    yield from _reasons(place, source)


def _sizes(place: str, tree: ast.Module) -> Iterator[Breach]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                kind, cap = "function", FUNCTION_LINES
            case ast.ClassDef():
                kind, cap = "class", CLASS_LINES
            case _:
                continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > cap:
            yield Breach(place, node.lineno, f"a {kind} has at most {cap} lines, {node.name} has {lines}")


def _broad_excepts(place: str, tree: ast.Module) -> Iterator[Breach]:
    found = sorted(_broad_lines(tree))
    allowed = 1 if place in BROAD_EXCEPT_IN else 0
    for line in found[allowed:]:
        yield Breach(place, line, "broad except: wrap what the foreign library raises, let a bug be a bug")


def _broad_lines(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case ast.ExceptHandler(type=None):
                yield node.lineno
            case ast.ExceptHandler(type=ast.expr() as caught) if _is_broad(caught):
                yield node.lineno
            case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress"), args=caught) if any(
                map(_is_broad, caught)
            ):
                yield node.lineno
            case _:
                continue


def _is_broad(caught: ast.expr) -> bool:
    match caught:
        case ast.Tuple(elts=parts):
            return any(map(_is_broad, parts))
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in _BROAD
        case _:
            return False


def _context_properties(place: str, tree: ast.Module) -> Iterator[Breach]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="setContextProperty" | "setContextObject"):
                yield Breach(place, node.lineno, "no context properties: a screen requires its view-model")
            case _:
                continue


def _pretence(place: str, tree: ast.Module) -> Iterator[Breach]:
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg=name) | ast.keyword(arg=str(name)) | ast.Attribute(attr=name):
                pass
            case ast.Name(id=name) | ast.Constant(value=str(name)):
                pass
            case _:
                continue
        if _PRETENCE.fullmatch(name):
            yield Breach(place, node.lineno, f"no {name} flag: the seam of simulation is bytes")


def _reasons(place: str, source: str) -> Iterator[Breach]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        directives = list(_DIRECTIVE.finditer(token.string))
        for directive in directives:
            if directive["tool"].startswith("type"):
                yield Breach(place, token.start[0], "type: ignore: say pyright: ignore[rule] and the reason")
            elif not directive["rules"].strip(":[] "):
                yield Breach(place, token.start[0], f"{directive['tool']} names no rule")
        if directives and not _REASON.search(_DIRECTIVE.sub("", token.string)):
            yield Breach(place, token.start[0], f"{directives[0]['tool']} carries no reason")


def config_breaches(place: str, source: str) -> Iterator[Breach]:
    """Yield the ignores of the project's tool configuration that do not say why."""
    section, in_list = "", False
    for number, line in enumerate(source.splitlines(), start=1):
        if line.startswith("["):
            section = line.strip("[] ")
        entry, _, reason = line.partition("#")
        in_list = (in_list or entry.startswith("ignore = [")) and entry.strip() != "]"
        excuses = {
            "tool.ruff.lint": in_list and entry.strip().startswith('"'),
            "tool.ruff.lint.per-file-ignores": "=" in entry,
            "tool.pyright": entry.rstrip().endswith("false"),
        }
        if excuses.get(section, False) and not _REASON.search(reason):
            yield Breach(place, number, "an ignore says why on its line")
