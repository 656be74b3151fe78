from kiosk.demo.delivery import wait_for_case
from kiosk.domain.cases import KeptHere, Story
from kiosk.domain.report import ReportProgress
from kiosk.session.capture_phase import CapturePhase
from kiosk.session.progress_states import Telling
from kiosk.session.report_states import ReportNear, ReportPhoto, ReportPicking, ReportReview, ReportWriting
from kiosk.session.states import Resulting

from .conftest import Scene
from .test_visit import nothing_remains

REVERSED = "00083100831"


def to_words(scene: Scene) -> None:
    """A street light, with a photo, near the terminal."""
    scene.visitor.to_home()
    scene.citizen.taps("door-report")
    scene.visitor.arrives(ReportPicking)
    scene.citizen.taps("pick-street-light", "pick-photo")
    scene.visitor.arrives(ReportPhoto)
    scene.citizen.taps("capture")
    scene.citizen.robot.wait(lambda: is_taken(scene), "the photo is there")
    scene.citizen.taps("continue", "pick-here")
    scene.citizen.robot.wait(lambda: not is_looking(scene), "what is nearby was looked for")
    if scene.visitor.is_at(ReportNear):  # what the test before reported
        scene.citizen.taps("pick-another")
    scene.visitor.arrives(ReportWriting)


def is_looking(scene: Scene) -> bool:
    state = scene.terminal.core.session.state
    return isinstance(state, ReportPicking) or (isinstance(state, ReportNear) and state.reports is None)


def is_taken(scene: Scene) -> bool:
    state = scene.terminal.core.session.state
    return isinstance(state, ReportPhoto) and state.phase is CapturePhase.JUDGING


def hands_in(scene: Scene) -> Resulting:
    scene.visitor.arrives(ReportReview)
    scene.citizen.taps("continue")
    scene.visitor.arrives(Resulting, 20.0)
    state = scene.terminal.core.session.state
    assert isinstance(state, Resulting)
    return state


def leaves(scene: Scene) -> None:
    scene.citizen.taps("end")
    scene.visitor.leaves()
    nothing_remains(scene)


def asks(scene: Scene, number: str) -> Story:
    """How a report stands, by the number on its slip alone."""
    scene.visitor.to_home()
    scene.citizen.taps("door-progress", "pick-number", "answer")
    scene.citizen.robot.types_latin(number.replace("-", ""))
    scene.citizen.taps("continue")
    scene.visitor.arrives(Telling)
    state = scene.terminal.core.session.state
    assert isinstance(state, Telling)
    scene.citizen.taps("end")
    scene.visitor.leaves()
    return state.story


def test_a_problem_is_reported_with_a_photo_and_without_a_name(scene: Scene) -> None:
    to_words(scene)
    scene.citizen.taps("answer")
    scene.citizen.types("路灯", pinyin="ludeng")
    scene.citizen.taps("continue", "pick-anonymous")
    outcome = hands_in(scene).outcome
    assert outcome.case_no is not None
    scene.citizen.sees("caseNo", outcome.case_no)
    leaves(scene)
    kept = scene.stage.desk(f"/reports/{outcome.case_no}/content").json()
    assert (kept["kind"], kept["described"], kept["contact_phone"]) == ("street-light", "路灯", "")
    assert kept["place"] == scene.terminal.core.facts.place.zh
    assert kept["photo_size"] > 0
    story = asks(scene, outcome.receipt_no)
    assert isinstance(story, ReportProgress)
    assert (story.number, story.supports) == (outcome.case_no, 0)


def test_without_the_network_the_number_comes_now_and_the_districts_id_later(scene: Scene) -> None:
    to_words(scene)
    scene.stage.bench.cut_network()
    scene.citizen.taps("continue", "pick-phone", "answer")
    scene.citizen.types(REVERSED[::-1])
    scene.citizen.taps("continue")
    outcome = hands_in(scene).outcome
    assert outcome.case_no is None
    leaves(scene)
    assert asks(scene, outcome.receipt_no) == KeptHere(outcome.receipt_no, None, report=True)
    scene.stage.bench.restore_network()
    number = wait_for_case(scene.terminal.queue, outcome.receipt_no)
    kept = scene.stage.desk(f"/reports/{outcome.receipt_no}/content").json()
    assert (kept["number"], kept["contact_phone"]) == (number, REVERSED[::-1])
    del kept  # the district's answer is this test's, and it holds the phone
    nothing_remains(scene)
