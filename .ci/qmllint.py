"""Lint every QML file of ours against the real types, those written in Python included; no warning passes.

Usage: python .ci/qmllint.py [folder with the ui package, "ui" unless told]
"""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import PySide6

ROOT = Path(__file__).resolve().parent.parent
TYPES = ROOT / "out" / "qmltypes"
TOOLS = Path(sys.executable).parent
QT = Path(PySide6.__file__).parent / "Qt"
FOREIGN = ("core", "gui", "qml", "quick")


def main(arguments: list[str]) -> int:
    """Describe the Python types, then lint; returns qmllint's status."""
    ui = Path(arguments[0] if arguments else ROOT / "ui").resolve()
    for module, sources in _modules(ui).items():
        _describe(module, sources)
    files = sorted(str(path) for path in (ui / "qml").rglob("*.qml"))
    if not files:
        print(f"qmllint: no QML files under {ui}")
        return 1
    # Relative import paths make qmllint report singletons that are none.
    command = [str(QT.parent / "qmllint"), "-W", "0"]
    for folder in (QT / "qml", ui / "qml", TYPES):
        command += ["-I", str(folder)]
    status = subprocess.run([*command, *files], check=False).returncode
    print(f"qmllint: {len(files)} files, {'clean' if status == 0 else 'with warnings'}")
    return status


def _modules(ui: Path) -> dict[str, list[Path]]:
    """Return the sources of each QML module; a file that names none goes with its folder."""
    named = {path: _import_name(path) for path in sorted(ui.rglob("*.py"))}
    of_folder = {path.parent: name for path, name in named.items() if name}
    modules: dict[str, list[Path]] = {}
    for path, name in named.items():
        module = name or (of_folder.get(path.parent) if path.parent != ui else None)
        if module:
            modules.setdefault(module, []).append(path)
    return modules


def _import_name(path: Path) -> str | None:
    for statement in ast.parse(path.read_text("utf-8")).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="QML_IMPORT_NAME")], value=ast.Constant(value=str(name))):
                return name
            case _:
                continue
    return None


def _describe(module: str, sources: list[Path]) -> None:
    folder = TYPES.joinpath(*module.split("."))
    folder.mkdir(parents=True, exist_ok=True)
    dump = subprocess.run(
        [str(TOOLS / "pyside6-metaobjectdump"), *map(str, sources)],
        check=True,
        capture_output=True,
        text=True,
    )
    described: list[dict[str, Any]] = json.loads(dump.stdout)
    for entry in described:
        for kind in entry["classes"]:
            # The dump reads file by file and does not see that a base from another file is a QObject.
            kind["object"] = True
            for entry_property in kind.get("properties", ()):
                _complete(entry_property)
    types = folder / "metatypes.json"
    types.write_text(json.dumps(described), "utf-8")
    foreign = ",".join(str(QT / "metatypes" / f"qt6{name}_metatypes.json") for name in FOREIGN)
    subprocess.run(
        [
            str(TOOLS / "pyside6-qmltyperegistrar"),
            str(types),
            "--generate-qmltypes",
            str(folder / "plugins.qmltypes"),
            "-o",
            str(folder / "registrations.cpp"),
            "--import-name",
            module,
            "--major-version",
            "1",
            "--foreign-types",
            foreign,
        ],
        check=True,
        capture_output=True,
    )
    native = "" if module == "Kiosk.Native" else "import Kiosk.Native\n"
    qmldir = f"module {module}\ntypeinfo plugins.qmltypes\ndepends QtQuick\n{native}"
    (folder / "qmldir").write_text(qmldir, "utf-8")


def _complete(description: dict[str, Any]) -> None:
    """Add what the dump of PySide6 6.11 leaves out: a property of ours notifies or is constant."""
    if "notify" not in description:
        description["constant"] = True
    kind = str(description["type"])
    if kind == "list":
        description["type"] = "QVariantList"
    elif kind[:1].isupper() and not kind.startswith("Q") and not kind.endswith("*"):
        description["type"] = f"{kind}*"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
