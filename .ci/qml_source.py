"""Reads a QML file as far as the house rules need it: its objects and what each of them sets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)
      | (?P<name>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)
      | (?P<number>\d[\w.]*)
      | (?P<newline>\n)
      | (?P<mark>[{}()\[\]:;])
      | (?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)
_MODIFIERS = frozenset({"required", "readonly", "default"})
_NOT_SETTINGS = frozenset({"signal", "function", "component", "enum", "pragma", "import"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark and the line on which it stands."""

    kind: str
    text: str
    line: int


@dataclass(slots=True)
class Setting:
    """What one property of an object is set to; ``of_type`` is empty unless it is declared here."""

    name: str
    line: int
    of_type: str = ""
    required: bool = False
    value: list[Token] = field(default_factory=list[Token])


@dataclass(slots=True)
class QmlObject:
    """One object of a file: its type, the object around it, its settings by name (``font.pixelSize``)."""

    type_name: str
    line: int
    parent: "QmlObject | None"
    settings: dict[str, Setting] = field(default_factory=dict[str, Setting])


class _Kind(Enum):
    OBJECT = auto()
    GROUP = auto()
    SCRIPT = auto()


@dataclass(slots=True)
class _Block:
    kind: _Kind
    prefix: str = ""
    """Of a group, with its dot: ``anchors.``."""
    brackets: int = 0
    outer: Setting | None = None
    """The setting in whose value the block stands."""


def tokens(source: str) -> list[Token]:
    """Return the file's words and marks; comments are left out, line breaks are kept."""
    found: list[Token] = []
    line = 1
    for match in _TOKEN.finditer(source):
        text = match.group()
        if match.lastgroup != "comment":
            found.append(Token(str(match.lastgroup), text, line))
        line += text.count("\n")
    return found


def read(source: str) -> list[QmlObject]:
    """Return the objects of a file in the order of their opening braces; the first is the root."""
    reader = _Reader(tokens(source))
    reader.run()
    return reader.objects


class _Reader:
    """Walks over the words with a stack of open blocks; inside script it only waits for the block's end."""

    def __init__(self, found: Sequence[Token]) -> None:
        self.objects: list[QmlObject] = []
        self._tokens = found
        self._at = 0
        self._blocks = [_Block(_Kind.SCRIPT)]
        self._here: QmlObject | None = None
        self._setting: Setting | None = None

    def run(self) -> None:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            block = self._blocks[-1]
            if token.kind == "mark" and token.text == "{":
                self._open(token)
            elif token.kind == "mark" and token.text == "}" and len(self._blocks) > 1:
                self._close(token)
            elif block.kind is not _Kind.SCRIPT and block.brackets == 0 and self._starts_statement():
                self._statement(block, token)
            else:
                self._keep(token, block)
            self._at += 1

    def _keep(self, token: Token, block: _Block) -> None:
        if token.kind == "mark":
            block.brackets += (token.text in "([") - (token.text in ")]")
        if token.kind == "mark" and token.text == ";" and block.kind is not _Kind.SCRIPT:
            self._setting = None
        elif self._setting is not None and token.kind != "newline":
            self._setting.value.append(token)

    def _open(self, token: Token) -> None:
        block = self._blocks[-1]
        before = [word for word in self._tokens[max(0, self._at - 8) : self._at] if word.kind != "newline"]
        is_script = block.kind is _Kind.SCRIPT and len(self._blocks) > 1
        type_name = "" if is_script or block.brackets > 0 else _type(before)
        outer = self._setting
        if type_name:
            self._here = QmlObject(type_name, token.line, self._here)
            self.objects.append(self._here)
            self._blocks.append(_Block(_Kind.OBJECT, outer=outer))
            self._setting = None
        elif outer is None and block.kind is not _Kind.SCRIPT and before[-1].kind == "name":
            self._blocks.append(_Block(_Kind.GROUP, f"{block.prefix}{before[-1].text}."))
        else:
            self._keep(token, block)
            self._blocks.append(_Block(_Kind.SCRIPT, outer=outer))

    def _close(self, token: Token) -> None:
        closed = self._blocks.pop()
        self._setting = closed.outer
        if closed.kind is _Kind.OBJECT and self._here is not None:
            self._here = self._here.parent
        if closed.kind is _Kind.SCRIPT:
            self._keep(token, self._blocks[-1])

    def _starts_statement(self) -> bool:
        token, before = self._tokens[self._at], self._tokens[self._at - 1]
        return token.kind == "name" and before.text in {"\n", "{", "}", ";"}

    def _statement(self, block: _Block, token: Token) -> None:
        """Begin the setting or declaration whose first word is ``token``; a line that goes on is kept."""
        words: list[Token] = []
        for word in self._tokens[self._at :]:
            if word.text in {"\n", ";", "{", "}", ":"} or word.kind not in {"name", "other"}:
                break
            words.append(word)
        after = self._tokens[self._at + len(words)]
        setting = _setting([word for word in words if word.kind == "name"], has_value=after.text == ":")
        if setting is not None and self._here is not None:
            self._setting = self._here.settings[block.prefix + setting.name] = setting
            self._at += len(words) - (after.text != ":")
        elif token.text in _NOT_SETTINGS or after.text == "{":
            self._setting = None
        else:
            self._keep(token, block)


def _setting(words: Sequence[Token], *, has_value: bool) -> Setting | None:
    names = [word.text for word in words]
    required = "required" in names
    match [name for name in names if name not in _MODIFIERS]:
        case ["property", of_type, *_, name]:
            return Setting(name, words[0].line, of_type, required)
        case [name] if has_value or required:
            return Setting(name, words[0].line, "", required)
        case _:
            return None


def _type(before: Sequence[Token]) -> str:
    """Return the type whose object opens after these words, if one does: ``Item {``, ``Timer on x {``."""
    match [word.text for word in before[-3:]]:
        case [_, "enum", _]:
            return ""
        case [type_name, "on", _]:
            return type_name
        case [*_, name] if before[-1].kind == "name" and name.rpartition(".")[2][0].isupper():
            return name
        case _:
            return ""
