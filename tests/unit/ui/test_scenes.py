"""The scenes of the gallery: every screen, in every state it can be in."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import get_args

from kiosk.demo.scenes.own_words import own_words
from kiosk.demo.scenes.registry import scenes
from kiosk.demo.scenes.visits import NAME, NUMBER
from kiosk.session.states import State

SCENES = tuple(scenes())


def test_every_state_has_a_scene() -> None:
    assert {type(scene.session.state) for scene in SCENES} == set(get_args(State))


def test_every_phase_of_every_state_has_a_scene() -> None:
    shown = {phase for scene in SCENES for phase in _phases(scene.session.state)}
    assert shown == {member for kind in {type(phase) for phase in shown} for member in kind}
    fields_of_phases = {
        (kind.__name__, field.name)
        for kind in get_args(State)
        for field in fields(kind)
        if field.name == "phase"
    }
    assert fields_of_phases <= {
        (type(scene.session.state).__name__, "phase") for scene in SCENES if any(_phases(scene.session.state))
    }


def test_no_two_scenes_share_a_name() -> None:
    names = [scene.name for scene in SCENES]
    assert len(names) == len(set(names))


def test_what_stands_around_a_screen_has_scenes_too() -> None:
    sessions = [scene.session for scene in SCENES]
    assert any(session.online is False for session in sessions)
    assert any(session.health for session in sessions)
    assert any(session.warning_until_s is not None for session in sessions)
    assert any(session.panel for session in sessions)
    assert any(session.card_on_reader for session in sessions)


def test_a_residents_own_words_are_known_and_the_terminals_are_not_among_them() -> None:
    review = next(scene for scene in SCENES if scene.name == "review")
    words = own_words(review.session.state)
    assert {NAME, NUMBER} <= words
    assert not any("津贴" in word for word in words)


def _phases(state: object) -> Iterator[Enum]:
    if is_dataclass(state):
        phase: object = getattr(state, "phase", None)
        if isinstance(phase, Enum):
            yield phase
