import subprocess
import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from ui.bridge import BugHook, QtMailbox, describe

BUG = """
from kiosk.demo.still_core import StillCore
from ui.app import KioskApp
from ui.environment import ScreenSettings
from ui.host import QtHost

def bug():
    raise {raised}

def report(code, where):
    print(code, where, flush=True)

with QtHost(ScreenSettings(width_px=270, height_px=480), report) as host:
    with KioskApp(host, StillCore()) as app:
        host.mailbox.post(bug)
        status = app.run()
raise SystemExit(status)
"""


def test_jobs_of_another_thread_run_in_order_on_the_mailboxs_thread(qtbot: QtBot) -> None:
    mailbox = QtMailbox()
    ran: list[tuple[int, int]] = []
    poster = threading.Thread(
        target=lambda: [
            mailbox.post(lambda number=number: ran.append((number, threading.get_ident())))
            for number in range(50)
        ]
    )
    poster.start()
    poster.join()
    assert ran == []
    qtbot.waitUntil(lambda: len(ran) == 50)
    assert ran == [(number, threading.get_ident()) for number in range(50)]


def ended_by(raised: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BUG.format(raised=raised)],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


def test_ctrl_c_ends_the_program_as_a_shell_expects_and_is_no_bug() -> None:
    ended = ended_by("KeyboardInterrupt")
    assert (ended.returncode, ended.stdout) == (130, "")


def test_a_bug_ends_the_program_with_70_and_says_where_but_not_what() -> None:
    ended = ended_by('ValueError("secret 440306194305179908")')
    assert ended.returncode == 70
    assert "ui.bug ValueError at <string>:8" in ended.stdout
    assert "secret" not in ended.stdout + ended.stderr


def ignore(_code: str, _where: str) -> None:
    pass


def test_a_hook_gives_its_place_back() -> None:
    before = sys.excepthook
    with BugHook(ignore):
        assert sys.excepthook is not before
    assert sys.excepthook is before


def test_the_place_of_a_bug_is_the_innermost_one() -> None:
    def inner() -> None:
        raise KeyError("440306194305179908")

    with pytest.raises(KeyError) as caught:
        inner()
    assert describe(KeyError, caught.tb).startswith("KeyError at test_bridge.py:")
    assert "4403" not in describe(KeyError, caught.tb)
