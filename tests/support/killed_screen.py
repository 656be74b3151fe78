"""A screen process of its own that plays a visit, says where it is, and is killed at a moment.

The network is cut before submission, so that the application is still on the machine when the screen dies.

``python -m tests.support.killed_screen PROFILE CONTROL_SOCKET MOMENT [RECEIPT_NO]`` prints a line per state
reached once the application is stored. With a number, the slip that a killed screen left is taken first.
Whoever watches could only kill it later, with the slip on its way to the paper.
"""

import os
import signal
import sys
from pathlib import Path

from devices.sim.control import BenchClient
from kiosk.screen import settings_of, shown_terminal
from kiosk.session.states import Receipting, ReceiptPhase, Resulting, Session, Submitting
from provisioning.profile import load_profile
from tests.support.citizen import Citizen
from tests.support.visitor import Visitor
from ui.environment import Display
from ui.robot import Robot


def main() -> None:
    profile = load_profile(Path(sys.argv[1]))
    settings = settings_of(profile, Display.OFFSCREEN, fullscreen=False)
    with BenchClient(Path(sys.argv[2])) as bench, shown_terminal(profile, settings) as shown:
        core = shown.terminal.core
        robot = Robot(shown.app.window, 20.0, lambda: shown.host.bug)
        robot.wait(lambda: all(health.usable for health in core.session.health), "the devices are ready")
        visitor = Visitor(Citizen(robot), bench, lambda: core.session)
        if len(sys.argv) > 4:
            take_left_slip(visitor, sys.argv[4])
        core.subscribe(tell)
        visitor.to_review()
        bench.cut_network()
        visitor.citizen.taps("declaration", "continue")
        visitor.arrives(Resulting, 20.0)
        visitor.citizen.taps("continue")
        visitor.waits_for_paper()


def take_left_slip(visitor: Visitor, receipt_no: str) -> None:
    visitor.citizen.robot.wait(lambda: visitor.session().slip is not None, "the slip is offered")
    visitor.citizen.sees("slipLeft", "领取回执")
    visitor.citizen.taps("start")
    visitor.arrives(Resulting)
    visitor.citizen.sees("receiptNo", receipt_no)
    visitor.citizen.taps("continue")
    visitor.waits_for_paper()
    # The screen was killed with a slip on its way to the paper: whether it came out may be unknown, and a
    # printer that stands before a torn one may need another touch.
    for _ in range(3):
        if not is_printed(visitor.session()):
            visitor.citizen.taps("reprint")
            visitor.waits_for_paper()
    visitor.citizen.taps("continue")
    visitor.leaves()


def is_printed(session: Session) -> bool:
    return isinstance(session.state, Receipting) and session.state.phase is ReceiptPhase.PRINTED


def tell(session: Session) -> None:
    state = session.state
    name = type(state).__name__
    match state:
        case Submitting(receipt_no=str(receipt_no)):
            say(f"{name} {receipt_no}")
        case Resulting(outcome) | Receipting(outcome):
            phase = getattr(state, "phase", "")
            say(f"{name}{phase and '-'}{phase} {outcome.receipt_no}")
        case _:
            pass


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
    if line.startswith(sys.argv[3] + " "):
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
