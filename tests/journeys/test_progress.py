from datetime import date

import pytest

from kiosk.demo.delivery import wait_for_case
from kiosk.demo.visit import newest_slip
from kiosk.domain.identity import Holder
from kiosk.domain.text import Language
from kiosk.sealing import Sealer
from kiosk.session.progress_states import Listing, Numbering, Numeral, Telling, Tracking
from kiosk.session.states import Capturing, Gathering, Resulting, Reviewing, Visit
from kiosk.wiring import key_keeper
from provisioning.profile import load_platform_keys

from .conftest import Scene
from .test_visit import CANARIES, nothing_remains

LAST4 = CANARIES[0][-4:]


@pytest.fixture(scope="module")
def numbers() -> dict[str, str]:
    """Case and receipt number of the application that the first test hands in."""
    return {}


@pytest.fixture
def handed_in(scene: Scene, numbers: dict[str, str]) -> dict[str, str]:
    if not numbers:
        receipt_no = hand_in(scene)
        numbers |= {"receipt": receipt_no, "case": wait_for_case(scene.terminal.queue, receipt_no)}
    return numbers


def hand_in(scene: Scene) -> str:
    """Put an application into the queue as the screens do, without the screens."""
    profile = scene.stage.profile
    keys = key_keeper(profile, load_platform_keys(profile.platform.keys))
    core = scene.terminal.core
    item = core.catalogue.item("old-age-allowance")
    # From the reversed words, so that no module of this process holds hers.
    holder = Holder(CANARIES[1], CANARIES[0], "2", "01", date(1943, 5, 17), "", "", None)
    visit = Visit(item, core.form_of(item), holder)
    container = Sealer(profile.terminal.number, keys.current, scene.clock).seal(0, visit, Language.ZH)
    return scene.terminal.queue.submit(container, visit.item.code).receipt_no


def to_tracking(scene: Scene) -> None:
    scene.visitor.to_home()
    scene.citizen.taps("door-progress")
    scene.visitor.arrives(Tracking)


def asks_by_number(scene: Scene, number: str, last4: str) -> None:
    to_tracking(scene)
    scene.citizen.taps("pick-number")
    scene.visitor.arrives(Numbering)
    scene.citizen.taps("answer")
    scene.citizen.robot.types_latin(number)
    scene.citizen.taps("continue")
    scene.citizen.robot.wait(lambda: _typing(scene) is Numeral.LAST4, "the last four are asked for")
    scene.citizen.taps("answer")
    scene.citizen.robot.types_latin(last4)
    scene.citizen.taps("continue")


def _typing(scene: Scene) -> Numeral | None:
    state = scene.terminal.core.session.state
    return state.typing if isinstance(state, Numbering) else None


def opens_own_case(scene: Scene, case_no: str) -> None:
    to_tracking(scene)
    scene.citizen.taps("pick-card")
    scene.stage.bench.place_card("resident-chen")
    scene.visitor.arrives(Listing)
    scene.citizen.taps(f"pick-{case_no}")
    scene.visitor.arrives(Telling)


def reads_and_leaves(scene: Scene, title: str) -> None:
    scene.visitor.arrives(Telling)
    scene.citizen.sees("title", title)
    scene.citizen.taps("end")
    scene.visitor.leaves()


def test_the_card_shows_how_ones_own_application_stands(scene: Scene, handed_in: dict[str, str]) -> None:
    opens_own_case(scene, handed_in["case"])
    reads_and_leaves(scene, "已收件")
    nothing_remains(scene)


def test_the_number_on_the_slip_and_the_last_four_show_it_too(
    scene: Scene, handed_in: dict[str, str]
) -> None:
    asks_by_number(scene, handed_in["receipt"].replace("-", ""), LAST4)
    reads_and_leaves(scene, "已收件")
    nothing_remains(scene)


def test_without_the_network_the_terminal_tells_what_it_knows_itself(
    scene: Scene, handed_in: dict[str, str]
) -> None:
    scene.stage.bench.cut_network()
    asks_by_number(scene, handed_in["receipt"].replace("-", ""), LAST4)
    reads_and_leaves(scene, "已经送达受理系统")


def test_a_case_that_asks_for_documents_gets_them_here(scene: Scene, handed_in: dict[str, str]) -> None:
    case_no = handed_in["case"]
    scene.stage.clerk_decides(case_no, "correction-required", "请重拍社保卡", "social-security-card")
    opens_own_case(scene, case_no)
    scene.citizen.sees("title", "请补交材料")
    scene.citizen.taps("continue")
    scene.visitor.arrives(Gathering)
    scene.citizen.taps("material-social-security-card")
    scene.visitor.arrives(Capturing)
    scene.visitor.takes_page()
    scene.citizen.taps("continue")
    scene.visitor.arrives(Reviewing)
    scene.citizen.taps("declaration", "continue")
    scene.visitor.arrives(Resulting, 20.0)
    state = scene.terminal.core.session.state
    assert isinstance(state, Resulting)
    assert state.outcome.case_no == case_no
    scene.citizen.taps("continue")
    scene.visitor.waits_for_paper()
    assert newest_slip(scene.stage).exists()
    scene.citizen.taps("continue")
    scene.visitor.leaves()
    nothing_remains(scene)
    whole = scene.stage.desk(f"/cases/{case_no}/application").json()
    assert [one["name"] for one in whole["attachments"]][-1] == "social-security-card.pdf"
