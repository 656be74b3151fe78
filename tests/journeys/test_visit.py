import os
import signal
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.demo.delivery import wait_for_case
from kiosk.demo.visit import newest_slip
from kiosk.session.states import (
    Attract,
    Capturing,
    Fault,
    Identifying,
    Previewing,
    Receipting,
    ReceiptPhase,
    Resulting,
)
from tests.support.remains import in_files, in_objects, on_the_screen

from .conftest import Scene, devices_work

# Spelled backwards, so that the searched process does not find its own test.
CANARIES = tuple(
    text[::-1]
    for text in (
        "809971503491603044",  # the card's number
        "芬淑陈",  # the name on the card
        "205栋3号7路网织",  # the address
        "强国陈",  # the name typed
        "00083100831",  # the phone typed
    )
)


def nothing_remains(scene: Scene, canaries: Sequence[str] = CANARIES) -> None:
    """Nothing of the resident is left in objects, on screens, or in any file of the terminal."""
    assert isinstance(scene.terminal.core.session.state, Attract)
    found = in_objects(canaries)
    assert found == []
    assert on_the_screen(scene.app.window, canaries) == []
    profile = scene.stage.profile
    logs = list(scene.stage.folder.glob("*.log"))
    assert logs
    assert in_files([profile.paths.data, profile.paths.runtime], canaries) == []
    for log in logs:
        assert not any(canary in log.read_text(encoding="utf-8", errors="replace") for canary in canaries)


def test_the_search_finds_what_it_looks_for(scene: Scene, tmp_path: Path) -> None:
    scene.visitor.to_prefill()
    assert in_objects(CANARIES) != []
    assert on_the_screen(scene.app.window, CANARIES) != []
    (tmp_path / "leak").write_bytes(CANARIES[1].encode("utf-16-le"))
    assert in_files([tmp_path], CANARIES) == ["leak"]


def test_a_visit_with_the_network_ends_with_a_case_number(scene: Scene) -> None:
    scene.visitor.to_result()
    state = scene.terminal.core.session.state
    assert isinstance(state, Resulting)
    case_no, receipt_no = state.outcome.case_no, state.outcome.receipt_no
    assert case_no is not None
    scene.citizen.sees("caseNo", case_no)
    scene.citizen.taps("continue")
    scene.visitor.waits_for_paper()
    assert scene.stage.desk(f"/cases/{case_no}/application").json()["item"] == "old-age-allowance"
    codes = zxingcpp.read_barcodes(Image.open(newest_slip(scene.stage)))
    assert any(receipt_no in code.text for code in codes)
    scene.citizen.taps("continue")
    scene.visitor.leaves()
    nothing_remains(scene)


def test_a_visit_without_the_network_is_saved_and_delivered_once_it_is_back(scene: Scene) -> None:
    scene.visitor.to_review()
    scene.stage.bench.cut_network()
    scene.citizen.taps("declaration", "continue")
    scene.visitor.arrives(Resulting, 20.0)
    state = scene.terminal.core.session.state
    assert isinstance(state, Resulting)
    assert state.outcome.case_no is None
    scene.citizen.sees("title", "已保存，尚未送达")
    scene.citizen.taps("continue")
    scene.visitor.waits_for_paper()
    scene.citizen.taps("continue")
    scene.visitor.leaves()
    nothing_remains(scene)
    scene.stage.bench.restore_network()
    case_no = wait_for_case(scene.terminal.queue, state.outcome.receipt_no)
    assert scene.stage.desk(f"/cases/{case_no}/application").json()["number"] == case_no
    nothing_remains(scene)


def test_a_card_pulled_while_it_is_read_is_asked_for_again(scene: Scene) -> None:
    scene.visitor.to_identify()
    scene.stage.bench.pull_card_after(600)
    scene.stage.bench.place_card("resident-chen")
    scene.citizen.sees("fault")
    assert scene.visitor.is_at(Identifying)
    scene.stage.bench.place_card("resident-chen")
    scene.visitor.waits_for_prefill()
    scene.citizen.sees("datum-phone")
    scene.citizen.taps("end")
    scene.visitor.leaves()
    nothing_remains(scene)


def test_without_paper_the_application_counts_and_the_number_stands_on_the_screen(scene: Scene) -> None:
    scene.visitor.to_result()
    scene.stage.bench.paper(out=True)
    scene.citizen.taps("continue")
    scene.visitor.waits_for_paper()
    state = scene.terminal.core.session.state
    assert isinstance(state, Receipting)
    assert (state.phase, state.fault) == (ReceiptPhase.NOT_PRINTED, Fault("printer.paper-out"))
    scene.citizen.sees("receiptNo", state.outcome.receipt_no)
    scene.citizen.robot.wait(lambda: not devices_work(scene.terminal.core.session), "the printer says so")
    scene.stage.bench.paper(out=False)
    scene.citizen.robot.wait(lambda: all_is_well(scene), "the printer has paper again")
    scene.citizen.taps("reprint")
    scene.visitor.waits_for_paper()
    state = scene.terminal.core.session.state
    assert isinstance(state, Receipting)
    assert state.phase is ReceiptPhase.PRINTED
    scene.citizen.taps("continue")
    scene.visitor.leaves()
    nothing_remains(scene)


def all_is_well(scene: Scene) -> bool:
    """Every device works, and the banner that said otherwise moves nothing under the finger any more."""
    return devices_work(scene.terminal.core.session) and not scene.citizen.robot.shows("banner")


def kill(scene: Scene, device: str) -> datetime:
    """Kill a device's process and return when; what the screen knows of it is older for a while yet."""
    pid = scene.terminal.devices.pid(device)
    assert pid is not None
    killed_at = datetime.now(UTC)
    os.kill(pid, signal.SIGKILL)
    return killed_at


def is_back(scene: Scene, device: str, killed_at: datetime) -> bool:
    known = [health for health in scene.terminal.core.session.health if health.device == device]
    return all(health.usable and health.since > killed_at for health in known) and all_is_well(scene)


def test_a_scanner_killed_before_the_scan_is_told_and_the_visit_goes_on(scene: Scene) -> None:
    scene.visitor.to_scanner()
    kill(scene, "scanner-1")
    scene.citizen.sees("banner")
    scene.citizen.robot.wait(lambda: not scene.citizen.robot.shows("banner"), "the scanner is back")
    scene.visitor.takes_page()
    scene.citizen.taps("end")
    scene.visitor.leaves()
    nothing_remains(scene)


def test_a_scanner_killed_during_the_scan_keeps_everything_else(scene: Scene) -> None:
    scene.visitor.to_scanner()
    scene.citizen.taps("capture")
    killed_at = kill(scene, "scanner-1")
    scene.citizen.robot.wait(lambda: scan_is_over(scene), "the scan is over, one way or the other")
    scene.citizen.robot.wait(lambda: is_back(scene, "scanner-1", killed_at), "the scanner is back")
    if not scene.citizen.robot.shows("page"):
        scene.citizen.taps("capture")
    scene.citizen.sees("page")
    scene.citizen.taps("end")
    scene.visitor.leaves()
    nothing_remains(scene)


def scan_is_over(scene: Scene) -> bool:
    state = scene.terminal.core.session.state
    return isinstance(state, Capturing) and state.phase.value != "working"


@pytest.mark.parametrize("device", ["idcard-1", "camera-1"])
def test_a_device_killed_while_it_is_needed_comes_back_by_itself(scene: Scene, device: str) -> None:
    if device == "idcard-1":
        scene.visitor.to_identify()
    else:
        scene.visitor.to_camera()
    kill(scene, device)
    scene.citizen.sees("banner")
    scene.citizen.robot.wait(lambda: not scene.citizen.robot.shows("banner"), f"{device} is back")
    if device == "idcard-1":
        scene.stage.bench.place_card("resident-chen")
        scene.visitor.waits_for_prefill()
    else:
        scene.citizen.robot.wait(lambda: scene.terminal.core.live_picture() is not None, "a live picture")
        scene.visitor.takes_page()
    scene.citizen.taps("end")
    scene.visitor.leaves()
    nothing_remains(scene)


SCREENS = [
    "to_home",
    "to_find",
    "to_guide",
    "to_notice",
    "to_identify",
    "to_prefill",
    "to_typed_name",
    "to_materials",
    "to_scanner",
    "to_camera",
    "to_review",
    "to_result",
    "to_receipt",
    "to_rating",
    "to_end",
]


@pytest.mark.parametrize("screen", SCREENS)
def test_whoever_walks_away_leaves_nothing_behind(scene: Scene, screen: str) -> None:
    getattr(scene.visitor, screen)()
    scene.citizen.walks_away()
    nothing_remains(scene)


def test_a_visit_begins_with_a_one_id_code_and_the_card_left_at_home(scene: Scene) -> None:
    scene.visitor.to_identify()
    scene.citizen.sees("title", "或出示一码通")
    scene.stage.bench.show_code("https://example.org/another-code")
    scene.citizen.sees("fault", "这不是一码通的身份码")
    scene.stage.show_code(CANARIES[0])
    scene.visitor.waits_for_prefill()
    state = scene.terminal.core.session.state
    assert isinstance(state, Previewing)
    assert (state.visit.holder.number, state.visit.holder.proof) == (CANARIES[0], "code")
    del state
    scene.citizen.sees("datum-phone")
    scene.citizen.taps("end", "continue")
    scene.visitor.arrives(Attract)
    nothing_remains(scene)
