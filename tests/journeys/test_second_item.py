from kiosk.demo.delivery import wait_for_case
from kiosk.session.states import (
    Asking,
    Attract,
    Finding,
    Gathering,
    Guiding,
    Home,
    Paging,
    Resulting,
    Reviewing,
    Signing,
)

from .conftest import Scene

ITEM = "residence-registration"
CONTRACT = "tenancy-contract"
HOME = ("宝安区", "新安街道", "样例海棠社区", "样例海棠路1号海棠花园1栋", "302")
ANSWERS = {
    "housing_kind": "rented",
    "move_in_date": "20260901",
    "reason": "study",
    "phone": "13700137000",
}


def answer_what_is_asked(scene: Scene) -> list[str]:
    """Answers one question after the other by what its field is, and returns which were asked."""
    core, citizen = scene.terminal.core, scene.citizen
    asked: list[str] = []
    while isinstance(core.session.state, Asking):
        state = core.session.state
        name, field = state.name, state.visit.form.field(state.name)
        asked.append(name)
        if field.kind == "address":
            citizen.taps(*(f"place-{place}" for place in HOME))
        elif field.kind == "choice":
            citizen.taps(f"choice-{ANSWERS[name]}")
        else:
            citizen.taps("answer")
            citizen.types(ANSWERS[name])
        citizen.taps("continue")
        citizen.robot.wait(lambda name=name: not is_asking(scene, name), f"the question after {name}")
    return asked


def is_asking(scene: Scene, name: str) -> bool:
    state = scene.terminal.core.session.state
    return isinstance(state, Asking) and state.name == name


def take_two_pages_in_the_wrong_order(scene: Scene) -> tuple[bytes, ...]:
    """Takes one page twice, then another instead, puts that one first, and returns both as they stand."""
    visitor, citizen = scene.visitor, scene.citizen
    citizen.taps(f"material-{CONTRACT}", "capture")
    citizen.sees("page")
    citizen.taps("continue")
    visitor.arrives(Paging)
    citizen.taps("page-add", "capture")
    citizen.sees("finding", "重复")
    scene.stage.bench.lay_page("resident-zhou")
    citizen.taps("retake", "capture")
    citizen.sees("title", "看得清楚吗")
    citizen.taps("continue")
    visitor.arrives(Paging)
    before = taken(scene)
    citizen.taps("page-2", "page-earlier", "continue")
    citizen.sees("page-2")
    citizen.taps("continue")
    visitor.arrives(Gathering)
    assert taken(scene) == before[::-1]
    return taken(scene)


def taken(scene: Scene) -> tuple[bytes, ...]:
    state = scene.terminal.core.session.state
    assert isinstance(state, Gathering | Paging)
    return tuple(page.jpeg for page in state.visit.pages_of(CONTRACT))


def test_another_service_is_only_other_data(scene: Scene) -> None:
    visitor, citizen = scene.visitor, scene.citizen
    citizen.taps("start")
    visitor.arrives(Home)
    citizen.taps("door-apply")
    visitor.arrives(Finding)
    citizen.taps("facet-theme", "group-residence", f"item-{ITEM}")
    visitor.arrives(Guiding)
    citizen.taps(
        "continue", "choice-elsewhere", "continue", "choice-long", "continue", "continue", "pick-self"
    )
    scene.stage.bench.place_card("resident-zhou")
    visitor.waits_for_prefill()
    citizen.taps(
        "datum-residence_address-skip", "continue"
    )  # moved since: what the district knows is not used
    visitor.arrives(Asking)
    citizen.robot.wait(lambda: scene.terminal.queue.stats().line_left, "the line left to the resident")
    assert {"residence_address", "move_in_date"} <= set(answer_what_is_asked(scene))
    visitor.arrives(Gathering)
    pages = take_two_pages_in_the_wrong_order(scene)
    citizen.taps("continue")
    visitor.arrives(Reviewing)
    citizen.taps("declaration", "continue")
    visitor.arrives(Signing)
    scene.stage.bench.pull_card()
    scene.stage.bench.place_card("resident-zhou")
    citizen.sees("confirmed")
    citizen.taps("continue")
    visitor.arrives(Resulting, 20.0)
    state = scene.terminal.core.session.state
    assert isinstance(state, Resulting)
    case_no = wait_for_case(scene.terminal.queue, state.outcome.receipt_no)
    told = scene.stage.desk(f"/cases/{case_no}/application").json()
    assert told["item"] == ITEM
    answers = told["application"]["form"]["answers"]
    assert answers["residence_address"] == "广东省深圳市" + "".join(HOME)
    assert answers["move_in_date"] == "2026-09-01"
    contract = scene.stage.desk(f"/cases/{case_no}/attachments/1").content
    assert 0 < contract.index(pages[0]) < contract.index(pages[1])
    citizen.taps("end")
    visitor.leaves()
    assert visitor.is_at(Attract)
