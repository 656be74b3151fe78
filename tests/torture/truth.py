"""What was promised, written down outside of the tortured file system, and what became of it."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from offline_queue import ItemState
from offline_queue.header import read_header
from tests.support.fake_platform import FakePlatform

UNSETTLED = frozenset({ItemState.QUEUED, ItemState.SENDING, ItemState.ATTENTION})


@dataclass(frozen=True, slots=True)
class Row:
    """An application as the queue tells of it after a restart.

    Args:
        submission_id: 32 hex digits.
        receipt_no: Its number.
        seq: Its place in the terminal's sequence.
        state: A value of ``ItemState``.
        whole: Whether its container lies there with the bytes that were handed in.
    """

    submission_id: str
    receipt_no: str
    seq: int
    state: str
    whole: bool


@dataclass(slots=True)
class Findings:
    """What must be empty."""

    lost: list[str] = field(default_factory=list[str])
    duplicated: list[str] = field(default_factory=list[str])
    torn: list[str] = field(default_factory=list[str])
    canaries: list[str] = field(default_factory=list[str])
    broken: list[str] = field(default_factory=list[str])
    """Exceptions that are nobody's answer, and services that did not come back."""

    def add(self, other: "Findings", where: str) -> None:
        """Take over what another trial found, with where it was found."""
        for kind in KINDS:
            getattr(self, kind).extend(f"{where}: {one}" for one in getattr(other, kind))

    def any(self) -> bool:
        """Whether there is anything."""
        return any(getattr(self, kind) for kind in KINDS)

    def kinds(self) -> list[str]:
        """The names of what is not empty."""
        return [kind for kind in KINDS if getattr(self, kind)]


_CREATE = frozenset({"PUT", "POST"})
KINDS = ("lost", "duplicated", "torn", "canaries", "broken")


class Truth:
    """The residents' and the platform's side of one directory's life."""

    def __init__(self) -> None:
        self.handed_in: dict[str, bytes] = {}
        self.receipts: dict[str, str] = {}

    def hand_in(self, container: bytes) -> str:
        """Note what a resident is about to hand in; returns its id."""
        submission_id = read_header(container).submission_id.hex()
        self.handed_in[submission_id] = container
        return submission_id

    def service_of(self, submission_id: str) -> str:
        """Return what was applied for."""
        return read_header(self.handed_in[submission_id]).service

    def acknowledged(self, submission_id: str, receipt_no: str) -> None:
        """Note a receipt."""
        self.receipts.setdefault(submission_id, receipt_no)

    def judge_rows(self, rows: list[Row], delivered: set[str]) -> Findings:
        """Compare a restarted queue with what was promised.

        Args:
            rows: All of its rows.
            delivered: Ids the platform has accepted.
        """
        found = Findings()
        by_id = {row.submission_id: row for row in rows}
        for submission_id, receipt_no in self.receipts.items():
            row = by_id.get(submission_id)
            if row is None or row.receipt_no != receipt_no:
                found.lost.append(f"{receipt_no} is {row.receipt_no if row else 'gone'}")
            elif row.state in UNSETTLED and not row.whole:
                found.lost.append(f"{receipt_no} has no whole container")
            elif row.state not in UNSETTLED and submission_id not in delivered:
                found.lost.append(f"{receipt_no} is {row.state}, and nobody has it")
        for row in rows:
            if row.state == ItemState.ATTENTION or (row.state in UNSETTLED and not row.whole):
                found.torn.append(f"{row.receipt_no} is {row.state}, whole: {row.whole}")
        numbers = Counter([row.receipt_no for row in rows])
        found.duplicated += [f"number {number} given twice" for number, n in numbers.items() if n > 1]
        found.duplicated += self._twice_promised()
        if [row.seq for row in rows] != list(range(1, len(rows) + 1)):
            found.torn.append(f"numbers with a gap: {[row.seq for row in rows]}")
        return found

    def judge_platform(self, platform: FakePlatform) -> Findings:
        """Compare the platform's cases with what was promised, once everything is delivered."""
        found = Findings()
        cases = Counter(platform.commits)
        found.lost += [f"{self.receipts[one]} never arrived" for one in self.receipts if one not in cases]
        found.duplicated += [f"{n} cases of one application" for n in cases.values() if n > 1]
        numbers = Counter(platform.receipt_numbers())
        found.duplicated += [f"{n} cases named {number}" for number, n in numbers.items() if n > 1]
        told = dict(zip(platform.commits, platform.receipt_numbers(), strict=True))
        for one, number in self.receipts.items():
            if told.get(one, number) != number:
                found.duplicated.append(f"{number} is {told[one]} at the platform")
        found.duplicated += self._twice_promised()
        return found

    def _twice_promised(self) -> list[str]:
        promised = Counter(self.receipts.values())
        return [f"two residents hold {number}" for number, n in promised.items() if n > 1]


def handed_over_again(requests: list[str], life_began: int) -> list[str]:
    """Return submissions that a new life created again without asking first what became of them.

    The platform here would forgive it. One that does not would make a second case of it.

    Args:
        requests: The platform's log: method and path.
        life_began: How many there were when the present life began.
    """
    before = {name for method, name in map(_parts, requests[:life_began]) if method in _CREATE}
    first: dict[str, str] = {}
    for method, name in map(_parts, requests[life_began:]):
        first.setdefault(name, method)
    return [name for name in before if first.get(name) in _CREATE]


def _parts(request: str) -> tuple[str, str]:
    method, _, path = request.partition(" ")
    return method, Path(path).name
