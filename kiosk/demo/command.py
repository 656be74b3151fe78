"""``python -m kiosk demo``: the window and the bench panel, or without a display a whole visit played."""

import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from kiosk.demo.bench import DemoBench
from kiosk.demo.children import StageError
from kiosk.demo.delivery import collect_case, wait_for_case
from kiosk.demo.diary import Diary
from kiosk.demo.stage import LANDSCAPE, PORTRAIT, Panel, open_stage
from kiosk.demo.visit import (
    Hands,
    answer,
    find_the_item,
    hand_in_documents,
    identify,
    newest_slip,
    submit,
    take_the_receipt,
)
from kiosk.domain.text import Language
from kiosk.screen import Shown, settings_of, shown_terminal
from kiosk.session.states import Receipting, Resulting
from ui.bench import BenchWindow
from ui.environment import Display
from ui.errors import DisplayError
from ui.robot import Robot, ScreenError

FAILED = 1
_STEP_TIMEOUT_S = 10.0


def run_demo(*, offline: bool, display: str, landscape: bool, english: bool, out: Path) -> int:
    """Run the demonstration; returns the exit status."""
    chosen = _display(display)
    panel = LANDSCAPE if landscape else PORTRAIT
    try:
        if chosen is Display.OFFSCREEN:
            return _play(panel, out, offline=offline, language=Language.EN if english else Language.ZH)
        return _interact(panel, chosen)
    except (StageError, DisplayError) as error:
        _say(f"kiosk demo: {error}")
        return FAILED


def _display(name: str) -> Display:
    if name == "auto":
        here = "WAYLAND_DISPLAY" in os.environ or "DISPLAY" in os.environ
        return Display.NATIVE if here else Display.OFFSCREEN
    return Display(name)


def _interact(panel: Panel, display: Display) -> int:
    with open_stage(panel) as stage:
        settings = settings_of(stage.profile, display, fullscreen=False)
        with shown_terminal(stage.profile, settings) as shown:
            if display is Display.VNC:
                _say(f"serving the kiosk on 127.0.0.1:{settings.vnc_port} (VNC); Ctrl+C ends it")
                return shown.app.run()
            with BenchWindow(
                DemoBench(stage.bench, shown.terminal.devices, stage.show_code), shown.app.window
            ):
                return shown.app.run()


def _play(panel: Panel, out: Path, *, offline: bool, language: Language) -> int:
    begun = time.perf_counter()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    _say("Zhiwang Terminal: one visit on simulated devices" + (", with the network cut" if offline else ""))
    with open_stage(panel) as stage:
        settings = settings_of(stage.profile, Display.OFFSCREEN, fullscreen=False)
        with shown_terminal(stage.profile, settings) as shown:
            robot = Robot(shown.app.window, _STEP_TIMEOUT_S, lambda: shown.host.bug)
            diary = Diary(out, robot.grab)
            diary.facts["surroundings_s"] = round(time.perf_counter() - begun, 3)
            _say(f"  surroundings ready after {diary.facts['surroundings_s']:.2f} s")
            hands = Hands(robot, stage, diary, lambda: shown.terminal.core.session.state)
            try:
                _visit(hands, shown, offline=offline, language=language)
            except (ScreenError, StageError, FileNotFoundError) as error:
                robot.grab(out / "failed.png")
                _say(f"FAILED: {error}\n  the screen at that moment: {out / 'failed.png'}")
                return FAILED
            diary.facts["total_s"] = round(time.perf_counter() - begun, 3)
            written = diary.write()
    _say(f"case number {diary.facts['case_no']}, receipt number {diary.facts['receipt_no']}")
    _say(f"pictures of every screen, receipt.png, the submitted PDFs and visit.json: {written.parent}")
    _say(f"done in {diary.facts['total_s']:.1f} s")
    return 0


def _visit(hands: Hands, shown: Shown, *, offline: bool, language: Language) -> None:
    core = shown.terminal.core
    facts = hands.diary.facts
    numbers: dict[str, str | None] = {}

    def note_numbers(session: Any) -> None:  # noqa: ANN401  # narrowed below
        state = session.state
        if isinstance(state, Resulting | Receipting):
            numbers.update(receipt_no=state.outcome.receipt_no, case_no=state.outcome.case_no)

    core.subscribe(note_numbers)
    find_the_item(hands, language)
    identify(hands)
    answer(hands)
    hand_in_documents(hands)
    if offline:
        hands.stage.bench.cut_network()
        _say("      --  the network is cut")
    submit(hands)
    take_the_receipt(hands)
    shutil.copy(newest_slip(hands.stage), hands.diary.folder / "receipt.png")
    receipt_no = str(numbers["receipt_no"])
    facts.update(language=language.value, offline=offline, item="old-age-allowance", receipt_no=receipt_no)
    facts["receipt_said"] = "received" if numbers["case_no"] else "saved, not yet delivered"
    if offline:
        if numbers["case_no"] is not None:
            raise StageError("the network was cut, but the receipt has a case number")
        hands.stage.bench.restore_network()
        _say("      --  the network is back")
    elif numbers["case_no"] is None:
        raise StageError("the network was there, but the receipt has no case number")
    begun = time.perf_counter()
    case_no = wait_for_case(shown.terminal.queue, receipt_no)
    facts["delivered_after_s"] = round(time.perf_counter() - begun, 3)
    facts["case_no"] = case_no
    facts.update(collect_case(hands.stage, case_no, hands.diary.folder))
    _say(f"      --  the district holds case {case_no} with {len(facts['documents'])} documents")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
