import re
from pathlib import Path

import pytest

RULES = Path(__file__).parents[3] / "deploy/udev/70-zhiwang.rules"
# One pair of a rule, as udev(7) has it: a key, perhaps an attribute, an operator that the key knows, a value.
MATCHED = re.compile(
    r"(ACTION|KERNEL|SUBSYSTEM|DRIVER|SUBSYSTEMS|DRIVERS|(ATTRS?|ENV)\{[\w/]+\}|TEST)(==|!=)\"[^\"]+\""
)
SET = re.compile(r"(GROUP|MODE|(ATTR|ENV)\{[\w/]+\})=\"[^\"]+\"|RUN\+=\"/[^\"]+\"")

LINES = [line for line in RULES.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def pairs(line: str) -> list[str]:
    return line.split(", ")


@pytest.mark.parametrize("line", LINES)
def test_a_rule_matches_first_and_sets_afterwards(line: str) -> None:
    kinds = "".join(
        "m" if MATCHED.fullmatch(pair) else "s" if SET.fullmatch(pair) else "?" for pair in pairs(line)
    )
    assert re.fullmatch(r"m+s+", kinds), line


def test_devices_are_given_to_the_terminals_group_and_to_nobody_else() -> None:
    groups = {pair for line in LINES for pair in pairs(line) if pair.startswith("GROUP")}
    modes = {pair for line in LINES for pair in pairs(line) if pair.startswith("MODE")}
    assert (groups, modes) == ({'GROUP="zhiwang"'}, {'MODE="0660"'})


@pytest.mark.parametrize("wanted", ["ttyUSB[0-9]*|ttyACM[0-9]*", "video[0-9]*", "lp[0-9]*"])
def test_each_way_to_a_device_has_a_rule(wanted: str) -> None:
    assert any(f'KERNEL=="{wanted}"' in line for line in LINES)


def test_the_switch_of_a_hub_is_out_of_reach() -> None:
    rules = [line for line in LINES if "authorized" in line]
    assert rules
    assert all('ATTR{bDeviceClass}!="09"' in line for line in rules)
