"""House rules of QML files: size, no script in screens, colours of the theme, names, quiet text fields."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import PurePosixPath

from breach import Breach
from qml_source import QmlObject, Setting, Token, read, tokens

FILE_LINES = 180
FUNCTIONS_PER_THOUSAND_LINES = 2
THEME = "Theme.qml"

_TEXT_INPUTS = frozenset({"TextInput", "TextEdit", "TextField", "TextArea", "SearchField"})
_BUTTONS = frozenset(
    {
        "AbstractButton", "Button", "CheckBox", "CheckDelegate", "ComboBox", "DelayButton", "Dial",
        "ItemDelegate", "MenuItem", "MouseArea", "MultiPointTouchArea", "RadioButton", "RadioDelegate",
        "RangeSlider", "RoundButton", "Slider", "SpinBox", "SwipeDelegate", "Switch", "SwitchDelegate",
        "TabButton", "ToolButton", "Tumbler",
    }
)  # fmt: skip  # a list of words
_HANDLERS = frozenset({"TapHandler", "DragHandler", "PinchHandler"})
"""They make the item around them interactive."""
_NAMES = ("objectName", "Accessible.name")
_QUIET = ("Qt.ImhSensitiveData", "Qt.ImhNoPredictiveText")
_COLOUR_MAKERS = frozenset({"Qt.rgba", "Qt.hsla", "Qt.hsva", "Qt.color"})
_HEX_COLOUR = re.compile(r"[\"'`]#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})[\"'`]")
_PLAIN_PLACES = frozenset({"controls", "components"})
_SCREEN_PLACES = frozenset({"screens", "service"})
_LISTED_PLACES = _PLAIN_PLACES | _SCREEN_PLACES | {""}
"""The rest of a module is loaded by its file's address."""


@dataclass(frozen=True, slots=True)
class QmlFile:
    """One file, read: ``place`` is its path in the project."""

    place: str
    source: str
    words: Sequence[Token]
    objects: Sequence[QmlObject]

    @property
    def type_name(self) -> str:
        """Return the type that the file defines."""
        return PurePosixPath(self.place).stem

    @property
    def folder(self) -> str:
        """Return the name of the file's folder."""
        return PurePosixPath(self.place).parent.name


def breaches(sources: Mapping[str, str]) -> Iterator[Breach]:
    """Yield what breaks a rule in the files, given by their paths in the project."""
    house = [QmlFile(place, source, tokens(source), read(source)) for place, source in sources.items()]
    kin = _Kin(house)
    for file in house:
        lines = file.source.count("\n")
        if lines > FILE_LINES:
            yield Breach(file.place, lines, f"a QML file has at most {FILE_LINES} lines, this one {lines}")
        yield from _colours(file)
        yield from _names(file, kin)
        yield from _quiet_fields(file, kin)
        yield from _declarations(file)
        yield from _layer(file, kin)
    yield from _functions(house)


class _Kin:
    """Which types of ours are, in the end, which types of Qt."""

    def __init__(self, house: Sequence[QmlFile]) -> None:
        self._roots = {file.type_name: file.objects[0] for file in house if file.objects}
        inner = [thing for file in house for thing in file.objects[1:]]
        derived = [file.objects[0] for file in house if file.objects]
        self.used = {_bare(thing.type_name) for thing in [*inner, *derived]}

    def chain(self, thing: QmlObject) -> list[QmlObject]:
        """Return the object and the roots of the files its type comes from."""
        links = [thing]
        while (root := self._roots.get(_bare(links[-1].type_name))) is not None and root not in links:
            links.append(root)
        return links

    def is_one_of(self, thing: QmlObject, types: frozenset[str]) -> bool:
        return _bare(self.chain(thing)[-1].type_name) in types

    def sets(self, thing: QmlObject, name: str) -> bool:
        return any(name in link.settings for link in self.chain(thing))


def _bare(type_name: str) -> str:
    return type_name.rpartition(".")[2]


def _names(file: QmlFile, kin: _Kin) -> Iterator[Breach]:
    for at, thing in enumerate(file.objects):
        if at == 0 and file.type_name in kin.used:
            continue  # asked of every use of the type
        asked = thing
        if _bare(thing.type_name) in _HANDLERS and thing.parent is not None:
            asked = thing.parent
        elif not kin.is_one_of(thing, _BUTTONS | _TEXT_INPUTS):
            continue
        for name in _NAMES:
            if not kin.sets(asked, name):
                yield Breach(file.place, asked.line, f"{asked.type_name} is interactive and sets no {name}")


def _quiet_fields(file: QmlFile, kin: _Kin) -> Iterator[Breach]:
    for thing in file.objects:
        if not kin.is_one_of(thing, _TEXT_INPUTS):
            continue
        hints = thing.settings.get("inputMethodHints")
        inherits = _bare(thing.type_name) not in _TEXT_INPUTS
        if hints is None and inherits:
            continue
        said = {word.text for word in hints.value} if hints is not None else set[str]()
        is_or = hints is not None and not {"&", "^", "?", "~"} & said
        if not (said.issuperset(_QUIET) and is_or):
            yield Breach(file.place, thing.line, f"{thing.type_name} has to set {' | '.join(_QUIET)}, always")
    for word, after in pairwise(file.words):
        if _bare(word.text) == "inputMethodHints" and after.text == "=":
            yield Breach(file.place, word.line, "inputMethodHints are bound, never assigned")


def _colours(file: QmlFile) -> Iterator[Breach]:
    if PurePosixPath(file.place).name == THEME:
        return
    lines = {word.line for word in file.words if word.kind == "text" and _HEX_COLOUR.fullmatch(word.text)}
    lines |= {word.line for word in file.words if word.text in _COLOUR_MAKERS}
    for thing in file.objects:
        for name, setting in thing.settings.items():
            if _is_colour(name, setting):
                lines |= {word.line for at, word in enumerate(setting.value) if _is_result(setting.value, at)}
    for line in sorted(lines):
        yield Breach(file.place, line, f"a colour literal outside {THEME}")


def _is_colour(name: str, setting: Setting) -> bool:
    last = name.rpartition(".")[2]
    return setting.of_type == "color" or last == "color" or (last.endswith("Color") and not setting.of_type)


def _is_result(value: Sequence[Token], at: int) -> bool:
    """Tell a text that may become the value from one that is compared: ``tone === "warn" ? …``."""
    return value[at].kind == "text" and "=" not in {
        *(word.text for word in value[max(0, at - 1) : at]),
        *(word.text for word in value[at + 1 : at + 2]),
    }


def _declarations(file: QmlFile) -> Iterator[Breach]:
    if (
        any(word.text == "Singleton" and before.text == "pragma" for before, word in pairwise(file.words))
        and PurePosixPath(file.place).name != THEME
    ):
        yield Breach(file.place, 1, f"no singleton but {THEME}")
    for thing in file.objects:
        for setting in thing.settings.values():
            if setting.of_type and re.match(r"on[A-Z]", setting.name):
                yield Breach(file.place, setting.line, f"{setting.name}: Qt takes on… for a signal's handler")


def _layer(file: QmlFile, kin: _Kin) -> Iterator[Breach]:
    if file.folder in _PLAIN_PLACES:
        for word in file.words:
            if word.kind == "name" and word.text.endswith(("ViewModel", "ViewModels")):
                yield Breach(file.place, word.line, f"{file.folder} know no view-model: {word.text}")
    if file.folder in _SCREEN_PLACES and file.type_name.endswith("Screen"):
        root = file.objects[0]
        declared = chain.from_iterable(link.settings.values() for link in kin.chain(root))
        models = {setting.name for setting in declared if setting.required and "ViewModel" in setting.of_type}
        if len(models) != 1:
            yield Breach(file.place, root.line, "a screen requires one view-model")


def _functions(house: Sequence[QmlFile]) -> Iterator[Breach]:
    elsewhere: list[Breach] = []
    for file in house:
        for word in file.words:
            if word.text != "function":
                continue
            if file.folder in _SCREEN_PLACES:
                yield Breach(file.place, word.line, "no function in a screen: it decides nothing")
            else:
                elsewhere.append(Breach(file.place, word.line, "too many functions in QML outside screens"))
    thousands = sum(file.source.count("\n") for file in house) // 1000 + 1
    yield from elsewhere[FUNCTIONS_PER_THOUSAND_LINES * thousands :]


def qmldir_breaches(place: str, source: str, present: frozenset[str]) -> Iterator[Breach]:
    """Yield what a hand-written ``qmldir`` names wrongly or leaves out; ``present`` are its files."""
    named: dict[str, int] = {}
    lines = source.splitlines()
    for number, line in enumerate(lines, start=1):
        words = line.split()
        if not words or not words[-1].endswith(".qml"):
            continue
        named[words[-1]] = number
        if PurePosixPath(words[-1]).stem != words[-3]:
            yield Breach(place, number, f"{words[-3]} stands for {words[-1]}")
        if words[-1] not in present:
            yield Breach(place, number, f"{words[-1]} does not exist")
    for file in sorted(present - named.keys()):
        if PurePosixPath(file).parent.name not in _LISTED_PLACES:
            continue
        yield Breach(place, len(lines), f"{file} is not listed")
