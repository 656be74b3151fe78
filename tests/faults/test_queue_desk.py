"""``python -m kiosk queue``: what an operator reads and does, over a queue that runs."""

import io
import re
from collections.abc import Generator
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from kiosk.command_line import UNAVAILABLE, profile_at
from kiosk.desks import queue_app
from kiosk.queue_desk import show_item, show_queue
from offline_queue import ItemState
from tests.support.fake_platform import FakePlatform, LoopbackTransport
from tests.support.sealed_queue import SERVICE, RunningQueue, sealed_application

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "deploy" / "profile.example.toml"
OPERATIONS = ROOT / "docs" / "operations.md"
FIGURE = re.compile(r"`([a-z]+(?:_[a-z]+)+(?:\{[^}`]*\})?)`")
KEYS_OF_THE_PROFILE = {"max_waiting", "max_waiting_h"}


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """The profile of the terminal whose queue runs there."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for folder in ("/var/lib/zhiwang", "/run/zhiwang"):
        text = text.replace(f'"{folder}"', f'"{tmp_path}"')
    path = tmp_path / "terminal.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def queue(platform: FakePlatform, tmp_path: Path) -> Generator[RunningQueue]:
    with RunningQueue(tmp_path, LoopbackTransport(platform.port), platform.ack_keys, pause=1.0) as running:
        yield running


@pytest.fixture
def waiting(queue: RunningQueue, platform: FakePlatform) -> str:
    """The number of an application that cannot be delivered while the line is cut.

    Whoever changes its container leaves the line cut: what is being sent was read before, and would arrive.
    """
    platform.faults.cut = True
    return submit(queue, platform)


def submit(queue: RunningQueue, platform: FakePlatform) -> str:
    return queue.client.submit(sealed_application([platform.recipient]), SERVICE).receipt_no


def told(profile: Path, *words: str) -> Result:
    return CliRunner().invoke(queue_app, [*words, "--profile", str(profile)])


def test_the_list_has_each_application_in_one_line_of_a_file(
    profile: Path, queue: RunningQueue, platform: FakePlatform, waiting: str
) -> None:
    platform.faults.cut = False
    arrived = submit(queue, platform)
    case = queue.client.wait(arrived, 20).acceptance_no
    lines = told(profile, "list").stdout.splitlines()
    (line,) = [line for line in lines if arrived in line]
    assert case is not None
    assert all(word in line for word in (SERVICE, case, "wiped"))
    assert any(waiting in line for line in lines)
    assert any("line open; admits: True; level green" in line for line in lines)


@pytest.mark.parametrize("columns", [80, 60])
def test_a_number_can_be_read_in_a_narrow_window(profile: Path, waiting: str, columns: int) -> None:
    window = io.StringIO()
    console = Console(file=window, width=columns, markup=False)
    show_queue(profile_at(profile), console)
    show_item(profile_at(profile), waiting, console)
    assert window.getvalue().count(waiting) == 2
    assert "…" not in window.getvalue()


def test_what_is_known_of_one_application_is_shown_with_what_to_do(
    profile: Path, queue: RunningQueue, waiting: str
) -> None:
    item = queue.client.status(waiting)
    shown = told(profile, "show", waiting).stdout
    assert all(word in shown for word in (waiting, item.digest.hex(), item.submission_id.hex(), item.kid))


def test_a_number_nobody_has_is_told(profile: Path, queue: RunningQueue) -> None:
    del queue
    refused = told(profile, "show", "T0421-000009-XX")
    assert (refused.exit_code, refused.stderr) == (UNAVAILABLE, "kiosk: queue.unknown-number\n")


def test_only_what_was_set_aside_is_sent_again_by_hand(
    profile: Path, queue: RunningQueue, platform: FakePlatform, waiting: str
) -> None:
    assert "queue.not-set-aside" in told(profile, "retry", waiting).stderr
    container = next((queue.directory / "containers").glob("*.zwq"))
    whole = container.read_bytes()
    container.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    while queue.client.wait(waiting, 0.1).state != ItemState.ATTENTION:
        queue.client.kick()
    assert "Check the disk" in told(profile, "show", waiting).stdout
    container.write_bytes(whole)
    platform.faults.cut = False
    assert told(profile, "retry", waiting).exit_code == 0
    while not queue.client.wait(waiting, 0.5).accepted:
        queue.client.kick()


def test_a_lost_application_is_given_up_and_stays_in_the_list(
    profile: Path, queue: RunningQueue, waiting: str
) -> None:
    assert "queue.not-lost" in told(profile, "give-up", waiting).stderr
    next((queue.directory / "containers").glob("*.zwq")).unlink()
    while queue.client.wait(waiting, 0.1).state != ItemState.ATTENTION:
        queue.client.kick()
    assert told(profile, "give-up", waiting).exit_code == 0
    listed = told(profile, "list").stdout
    assert all(word in listed for word in (waiting, "attention", "queue.given-up"))


def test_what_waits_is_carried_away_and_marked(
    profile: Path, queue: RunningQueue, waiting: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    done = told(profile, "export", str(stick))
    (folder,) = stick.iterdir()
    assert f"1 applications copied and read back: {folder}" in done.stdout
    assert sorted(path.suffix for path in folder.iterdir()) == [".json", ".zwq"]
    assert queue.client.status(waiting).exported_ms is not None


def test_the_figures_are_printed_or_written(profile: Path, queue: RunningQueue, tmp_path: Path) -> None:
    del queue
    assert "\nzhiwang_queue_up 1\n" in told(profile, "metrics").stdout
    assert told(profile, "metrics", "--textfile", str(tmp_path / "queue.prom")).stdout == ""
    assert "\nzhiwang_queue_up 1\n" in (tmp_path / "queue.prom").read_text()


def test_every_figure_that_operators_are_told_to_watch_is_printed(profile: Path, waiting: str) -> None:
    del waiting
    page = OPERATIONS.read_text(encoding="utf-8").partition("\n## The queue\n")[2].partition("\n## ")[0]
    named = {name.removeprefix("zhiwang_queue_") for name in FIGURE.findall(page)} - KEYS_OF_THE_PROFILE
    printed = told(profile, "metrics").stdout
    assert len(named) >= 6
    assert [name for name in sorted(named) if f"\nzhiwang_queue_{name} " not in printed] == []


@pytest.mark.parametrize(
    "words", [["list"], ["show", "T0421-000001-41"], ["check"], ["retry", "T0421-000001-41"]]
)
def test_without_a_queue_a_command_says_so(profile: Path, words: list[str]) -> None:
    refused = told(profile, *words)
    assert refused.exit_code == UNAVAILABLE
    assert refused.stderr.startswith("kiosk: queue.unreachable")


def test_a_repair_is_wanted_of_the_next_start(profile: Path, tmp_path: Path) -> None:
    (tmp_path / "queue").mkdir()
    assert "restart the queue" in told(profile, "repair").stdout
    assert [path.name for path in (tmp_path / "queue").iterdir()] == ["repair-wanted"]
