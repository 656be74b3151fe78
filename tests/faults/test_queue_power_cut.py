"""Properties 1, 2, 15 to 18 and 26 on real disks: power cuts, refusing and full disks, the raw image."""

import pytest

from tests.torture.quick import Row, held, torture

pytestmark = pytest.mark.root


@pytest.fixture(scope="module")
def cuts() -> dict[str, Row]:
    return torture("power-submit", "power-service", "power-recovery", most=5)


@pytest.fixture(scope="module")
def moments() -> dict[str, Row]:
    return torture("power-random-ext4", "power-random-xfs", most=4)


@pytest.fixture(scope="module")
def disks() -> dict[str, Row]:
    return torture("fault-eio", "fault-enospc", "disk-full", "read-only", "raw-image", most=5)


# Property 1: what was acknowledged is there after a power cut.


@pytest.mark.parametrize("kind", ["ext4", "xfs"])
def test_what_was_acknowledged_outlives_a_power_cut_at_any_moment(moments: dict[str, Row], kind: str) -> None:
    held(moments[f"power-random-{kind}"])


# Property 2: the same at the entry and exit of every flush, rename and removal.


def test_a_cut_at_any_flush_or_rename_of_a_submission_loses_and_tears_nothing(cuts: dict[str, Row]) -> None:
    assert held(cuts["power-submit"])["points"] > 12


def test_a_cut_at_any_flush_or_removal_of_delivery_and_wipe_loses_and_doubles_nothing(
    cuts: dict[str, Row],
) -> None:
    assert held(cuts["power-service"])["points"] > 20


# Property 26: recovery may itself be cut.


def test_a_cut_during_the_recovery_from_a_cut_changes_nothing(cuts: dict[str, Row]) -> None:
    assert held(cuts["power-recovery"])["points"] > 100


# Properties 15 to 17: no room, a failing flush, a disk that turned read-only.


def test_a_call_refused_for_want_of_room_is_told_and_loses_nothing(disks: dict[str, Row]) -> None:
    held(disks["fault-enospc"])


def test_a_call_that_fails_for_good_is_told_and_loses_nothing_even_with_the_power_cut_then(
    disks: dict[str, Row],
) -> None:
    held(disks["fault-eio"])


def test_a_disk_filled_to_the_last_block_is_drained_and_wiped_after_a_kill(disks: dict[str, Row]) -> None:
    held(disks["disk-full"])


def test_a_disk_that_turned_read_only_takes_nothing_and_loses_nothing(disks: dict[str, Row]) -> None:
    held(disks["read-only"])


# Property 18: no plaintext on raw blocks, in files, in a core, in memory or in mapped files.


def test_nothing_a_resident_entered_is_anywhere_after_the_whole_flow_kills_and_a_core(
    disks: dict[str, Row],
) -> None:
    assert held(disks["raw-image"])["canaries"] == 0
