"""The walker finds each fault that it knows, and nothing in what is sound."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QUrl
from PySide6.QtQuick import QQuickView

from kiosk.domain.text import Language
from ui.environment import QML_FOLDER
from ui.walker.snapshot import Demands, Finding, Snapshot
from ui.walker.taking import take
from ui.walker.walk import findings_of

MM = 4.0
DEMANDS = Demands(
    language=Language.EN,
    low_mm=280.0,
    ways=frozenset({"sound", "back", "end"}),
    data=frozenset({"陈淑芬"}),
)


@pytest.fixture(scope="module")
def snapshot(qapp: object) -> Iterator[Snapshot]:
    del qapp
    view = QQuickView()
    view.engine().addImportPath(str(QML_FOLDER))
    view.setSource(QUrl.fromLocalFile(str(Path(__file__).parent / "Faulty.qml")))
    view.show()
    view.grabWindow()
    yield take(view, view.grabWindow(), MM, DEMANDS)
    view.close()


@pytest.fixture(scope="module")
def found(snapshot: Snapshot) -> tuple[Finding, ...]:
    return findings_of(snapshot)


@pytest.mark.parametrize(
    ("code", "items"),
    [
        ("target.small", {"too-small", "key"}),
        ("target.close", {"too-close"}),
        ("target.overlap", {"overlapping"}),
        ("target.outside", {"outside"}),
        ("text.elided", {"elided"}),
        ("text.cut", {"cut"}),
        ("text.outside", {"beyond", "clipped"}),
        ("text.overlap", {"over"}),
        ("text.contrast", {"pale"}),
        ("text.hidden", {"hidden"}),
        ("edge.contrast", {"edgeless"}),
        ("language.mixed", {"chinese", "foreign"}),
        ("icon.empty", {"glyph"}),
        ("name.missing", {"nameless"}),
        ("name.double", {"double"}),
        ("focus.missing", {"unfocused"}),
        ("narrator.missing", {"silent"}),
        ("way.missing", {"back", "end"}),
    ],
)
def test_each_fault_is_found_where_it_is_and_nowhere_else(
    found: tuple[Finding, ...], code: str, items: set[str]
) -> None:
    assert {finding.item for finding in found if finding.code == code} == items


def test_what_is_out_of_reach_is_found_in_the_low_layout_alone(snapshot: Snapshot) -> None:
    high = {finding.item for finding in findings_of(snapshot) if finding.code == "reach.high"}
    assert "sound" in high
    assert "low" not in high
    anywhere = replace(snapshot, demands=replace(DEMANDS, low_mm=None))
    assert not any(finding.code == "reach.high" for finding in findings_of(anywhere))


def test_high_contrast_is_held_to_seven(snapshot: Snapshot) -> None:
    strict = replace(snapshot, demands=replace(DEMANDS, contrast=True))
    pale = {finding.item for finding in findings_of(strict) if finding.code == "text.contrast"}
    assert pale == {"pale", "pale-large"}


def test_simplified_characters_are_foreign_in_traditional_text(snapshot: Snapshot) -> None:
    said = ("办理", "辦理", "后台")
    texts = [replace(part, text=text) for part, text in zip(snapshot.texts, said, strict=False)]
    traditional = replace(
        snapshot, parts=tuple(texts), demands=replace(DEMANDS, language=Language.ZH_HANT, ways=frozenset())
    )
    mixed = [finding.what for finding in findings_of(traditional) if finding.code == "language.mixed"]
    assert mixed == ["simplified '办' in '办理'"]


def test_a_finding_says_how_much(found: tuple[Finding, ...]) -> None:
    small = next(finding for finding in found if finding.item == "too-small")
    assert str(small) == "target.small: too-small: narrower than 15 mm (12.5)"
