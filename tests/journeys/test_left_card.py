"""A card is left on the reader: bell, goodbye, alert; then its owner comes back."""

from kiosk.journal import read
from kiosk.session.bell import FORGOTTEN
from kiosk.session.effects import Ring, Tone
from kiosk.session.states import Attract, Ending
from ui.messages import say

from .conftest import Scene


def forgotten(scene: Scene) -> int:
    journal = scene.stage.profile.paths.data / "journal.jsonl"
    return sum(entry.code == FORGOTTEN for entry in read(journal))


def test_a_card_left_behind_is_rung_for_and_reported_once(scene: Scene) -> None:
    visitor, citizen, core = scene.visitor, scene.citizen, scene.terminal.core
    rung: list[Ring] = []
    core.watch_effects(lambda effect: rung.append(effect) if isinstance(effect, Ring) else None)
    visitor.to_prefill()
    citizen.taps("end")
    visitor.arrives(Ending)
    citizen.sees("take-card")
    citizen.robot.wait(lambda: rung == [Ring(Tone.CARD, words=True)], "the bell is rung")
    scene.clock.turn(60.0)
    citizen.sees("forgotten", say(FORGOTTEN, core.session.language))
    citizen.robot.wait(lambda: forgotten(scene) == 1, "staff are called")
    scene.clock.turn(15.0)
    visitor.arrives(Attract)
    citizen.sees("forgotten")
    scene.stage.bench.pull_card()
    citizen.robot.wait(lambda: not citizen.robot.shows("forgotten"), "nothing lies there any more")
    assert forgotten(scene) == 1
