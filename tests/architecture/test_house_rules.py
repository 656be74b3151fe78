import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUIET = "Qt.ImhSensitiveData | Qt.ImhNoPredictiveText"
NAMED = 'objectName: "a"; Accessible.name: qsTr("b")'

BAD: dict[str, tuple[str, str, str]] = {
    "a long file": ("kiosk/long.py", "\n" * 401, "401: a file has at most 400 lines, this one 401"),
    "a long function": (
        "kiosk/deep.py",
        "def deep():\n" + "    pass\n" * 60,
        "1: a function has at most 60 lines, deep has 61",
    ),
    "a long class": (
        "kiosk/wide.py",
        "class Wide:\n" + "    at = 0\n" * 250,
        "1: a class has at most 250 lines, Wide has 251",
    ),
    "a bare except": (
        "devices/bare.py",
        "try:\n    pass\nexcept:\n    pass\n",
        "3: broad except: wrap what the foreign library raises, let a bug be a bug",
    ),
    "a broad except among others": (
        "devices/among.py",
        "try:\n    pass\nexcept (OSError, Exception):\n    pass\n",
        "3: broad except: wrap what the foreign library raises, let a bug be a bug",
    ),
    "a broad suppress": (
        "devices/hush.py",
        "with contextlib.suppress(Exception):\n    pass\n",
        "1: broad except: wrap what the foreign library raises, let a bug be a bug",
    ),
    "a second broad except where one may be": (
        "kiosk/lanes.py",
        "try:\n    pass\nexcept Exception:\n    pass\n" * 2,
        "7: broad except: wrap what the foreign library raises, let a bug be a bug",
    ),
    "a program that pretends": (
        "devices/pretending.py",
        "class Reader:\n    simulating: bool\n",
        "2: no simulating flag: the seam of simulation is bytes",
    ),
    "a context property": (
        "ui/context.py",
        'engine.rootContext().setContextProperty("a", b)\n',
        "1: no context properties: a screen requires its view-model",
    ),
    "a noqa without a reason": ("tests/silent.py", "x = 1  # noqa: E501\n", "1: noqa carries no reason"),
    "a noqa of everything": ("tests/all.py", "x = 1  # noqa  # too long here\n", "1: noqa names no rule"),
    "a pyright ignore without a reason": (
        "ui/typed.py",
        "x = 1  # pyright: ignore[reportCallIssue]\n",
        "1: pyright: ignore carries no reason",
    ),
    "a pyright ignore of everything": (
        "ui/untyped.py",
        "x = 1  # pyright: ignore  # the stub is wrong\n",
        "1: pyright: ignore names no rule",
    ),
    "a type ignore": (
        "ui/foreign.py",
        "x = 1  # type: ignore[misc]  # the stub is wrong\n",
        "1: type: ignore: say pyright: ignore[rule] and the reason",
    ),
    "a configured ignore without a reason": (
        "pyproject.toml",
        '[tool.ruff.lint]\nignore = [\n  "E501",\n  "D203", # D211 is ours\n]\n',
        "3: an ignore says why on its line",
    ),
    "a long QML file": (
        "ui/qml/Kiosk/components/Long.qml",
        "Item {}\n" + "\n" * 180,
        "181: a QML file has at most 180 lines, this one 181",
    ),
    "a function in a screen": (
        "ui/qml/Kiosk/screens/Deciding.qml",
        "Item {\n    function decide() {}\n}\n",
        "2: no function in a screen: it decides nothing",
    ),
    "a third function elsewhere": (
        "ui/qml/Kiosk/controls/Clever.qml",
        "Item {\n    function a() {}\n    function b() {}\n    function c() {}\n}\n",
        "4: too many functions in QML outside screens",
    ),
    "a hexadecimal colour": (
        "ui/qml/Kiosk/components/Red.qml",
        'Item {\n    readonly property var tones: ["#ff0000"]\n}\n',
        "2: a colour literal outside Theme.qml",
    ),
    "a colour by name": (
        "ui/qml/Kiosk/components/White.qml",
        'Rectangle {\n    border.color: root.faulty ? Theme.fault : "white"\n}\n',
        "2: a colour literal outside Theme.qml",
    ),
    "a mixed colour": (
        "ui/qml/Kiosk/components/Mixed.qml",
        "Rectangle {\n    color: Qt.rgba(0, 0, 0, 0.5)\n}\n",
        "2: a colour literal outside Theme.qml",
    ),
    "a button without a name for the tester": (
        "ui/qml/Kiosk/components/Nameless.qml",
        'Item {\n    Push {\n        Accessible.name: "a"\n    }\n}\n',
        "2: Push is interactive and sets no objectName",
    ),
    "a touch area without a name for the blind": (
        "ui/qml/Kiosk/components/Mute.qml",
        'Item {\n    MouseArea { objectName: "a" }\n}\n',
        "2: MouseArea is interactive and sets no Accessible.name",
    ),
    "an item that a handler makes interactive": (
        "ui/qml/Kiosk/components/Tapped.qml",
        'Rectangle {\n    objectName: "a"\n    TapHandler { onTapped: root.tapped() }\n}\n',
        "1: Rectangle is interactive and sets no Accessible.name",
    ),
    "a text field that learns": (
        "ui/qml/Kiosk/controls/Learning.qml",
        f"TextInput {{\n    {NAMED}\n    inputMethodHints: Qt.ImhSensitiveData\n}}\n",
        f"1: TextInput has to set {QUIET}, always",
    ),
    "a text field that learns sometimes": (
        "ui/qml/Kiosk/controls/Forgetful.qml",
        f"T.TextField {{\n    {NAMED}\n    inputMethodHints: quiet ? {QUIET} : Qt.ImhNone\n}}\n",
        f"1: T.TextField has to set {QUIET}, always",
    ),
    "a text field of ours made to learn": (
        "ui/qml/Kiosk/components/Spoilt.qml",
        "Item {\n    Quiet { inputMethodHints: Qt.ImhNone }\n}\n",
        f"2: Quiet has to set {QUIET}, always",
    ),
    "hints taken away while it runs": (
        "ui/qml/Kiosk/components/Late.qml",
        "Item {\n    Component.onCompleted: { field.inputMethodHints = Qt.ImhNone }\n}\n",
        "2: inputMethodHints are bound, never assigned",
    ),
    "a second singleton": (
        "ui/qml/Kiosk/Store.qml",
        "pragma Singleton\nQtObject {}\n",
        "1: no singleton but Theme.qml",
    ),
    "a property that looks like a handler": (
        "ui/qml/Kiosk/components/Tinted.qml",
        "Item {\n    property color onAccent: Theme.inverse\n}\n",
        "2: onAccent: Qt takes on… for a signal's handler",
    ),
    "a component that knows a view-model": (
        "ui/qml/Kiosk/components/Knowing.qml",
        "Item {\n    required property ShellViewModel shell\n}\n",
        "2: components know no view-model: ShellViewModel",
    ),
    "a screen without its view-model": (
        "ui/qml/Kiosk/screens/LostScreen.qml",
        "Item {\n    property ShellViewModel shell\n}\n",
        "1: a screen requires one view-model",
    ),
}
GOOD = {
    "kiosk/__main__.py": "try:\n    pass\nexcept Exception:  # noqa: BLE001  # the last handler\n    pass\n",
    "kiosk/fine.py": "x = 1  # noqa: E501 - a table\ny = 2  # noqa: A1  # pyright: ignore[a]  # its stub\n",
    "devices/sim/bench.py": "def simulated_card():\n    raise OSError('simulating a card')\n",
    "ui/qml/Kiosk/qmldir": "module Kiosk\nsingleton Theme 1.0 Theme.qml\n",
    "ui/qml/Kiosk/Theme.qml": 'pragma Singleton\nQtObject { readonly property color ink: "#102030" }\n',
    "ui/qml/Parts/Push.qml": "T.AbstractButton {}\n",
    "ui/qml/Parts/Quiet.qml": (
        f"TextEdit {{\n    {NAMED} // {{ not a block\n    inputMethodHints: {QUIET} | root.more\n}}\n"
    ),
    "ui/qml/Parts/Calm.qml": (
        "Column {\n    id: root\n"
        '    property string tone: "warn"\n'
        '    readonly property var paths: ({ "a": "M1 2", "b": "{" })\n'
        '    color: tone === "warn" ? Theme.warn\n         : Theme.ink\n'
        "    font { family: Theme.family; bold: true }\n"
        f"    Push {{ {NAMED}\n        onClicked: {{ if (a) {{ b() }} }} }}\n"
        "    Quiet { visible: true }\n"
        "    SequentialAnimation on lift { running: true }\n"
        "}\n"
    ),
    "ui/qml/Parts/PageScreen.qml": "Rectangle { required property ShellViewModel shell }\n",
    "ui/qml/Kiosk/screens/HomeScreen.qml": "PageScreen { onEdited: text => root.shell.edit(text) }\n",
}
HOME = "HomeScreen 1.0 screens/HomeScreen.qml\n"


def judge(folder: Path, files: Mapping[str, str]) -> tuple[int, list[str]]:
    """Return the exit status and the lines printed for a house of these files."""
    for place, source in files.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
    command = [sys.executable, str(ROOT / ".ci" / "house_rules.py"), str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.fixture(scope="module")
def of_the_bad(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[str]]:
    parts = {place: GOOD[place] for place in GOOD if "/Parts/" in place}
    bad = {place: source for place, source, _ in BAD.values()}
    assert len(bad) == len(BAD)
    return judge(tmp_path_factory.mktemp("bad"), {**parts, **bad})


@pytest.mark.parametrize("sample", BAD)
def test_the_house_does_not_take(sample: str, of_the_bad: tuple[int, list[str]]) -> None:
    place, _, complaint = BAD[sample]

    assert f"{place}:{complaint}" in of_the_bad[1]


def test_each_breach_is_told_once_and_nothing_else_is(of_the_bad: tuple[int, list[str]]) -> None:
    status, lines = of_the_bad

    assert status == 1
    assert sorted(lines[:-1]) == sorted(f"{place}:{complaint}" for place, _, complaint in BAD.values())
    assert lines[-1].endswith(f"{len(BAD)} breaches")


def test_a_good_house_is_taken(tmp_path: Path) -> None:
    status, lines = judge(tmp_path, {**GOOD, "ui/qml/Kiosk/qmldir": GOOD["ui/qml/Kiosk/qmldir"] + HOME})

    assert (status, lines[:-1]) == (0, [])
    assert lines[-1].endswith("clean")


@pytest.mark.parametrize(
    ("listed", "complaint"),
    [
        ("", "2: screens/HomeScreen.qml is not listed"),
        (HOME + "Gone 1.0 controls/Gone.qml\n", "4: controls/Gone.qml does not exist"),
        ("Start 1.0 screens/HomeScreen.qml\n", "3: Start stands for screens/HomeScreen.qml"),
    ],
)
def test_the_list_of_a_module_is_its_files(listed: str, complaint: str, tmp_path: Path) -> None:
    qmldir = "ui/qml/Kiosk/qmldir"

    status, lines = judge(tmp_path, {**GOOD, qmldir: GOOD[qmldir] + listed})

    assert (status, lines[:-1]) == (1, [f"{qmldir}:{complaint}"])


def test_files_that_are_all_rather_long_are_too_much(tmp_path: Path) -> None:
    files = {f"kiosk/{name}.py": "\n" * lines for name, lines in {"a": 1, "b": 121, "c": 130}.items()}

    assert judge(tmp_path, files)[1][0] == ".:0: the median Python file has at most 120 lines, it has 121"


def test_an_empty_house_is_no_good_house(tmp_path: Path) -> None:
    assert judge(tmp_path, {})[0] == 1


def test_this_house_keeps_its_rules() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "house_rules.py")], check=False, capture_output=True, text=True
    )

    assert done.stdout.splitlines()[:-1] == []
