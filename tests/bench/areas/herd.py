"""A thousand terminals after one outage: their real dispatchers against the district's real gate."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.row import Measured, Row
from tests.support.herd import REQUESTS_PER_APPLICATION, Herd

TERMINALS = 1000
APPLICATIONS = 20
REQUESTS_PER_S = 60
OUTAGE_S = 1800.0
SEED = 1
RATIO_LIMIT = 2.0
REFUSED_LIMIT = 1.0
_GOAL = "goal"
_NOTES = (
    f"Simulated time: {TERMINALS} terminals with {APPLICATIONS} applications each, all tried in vain.",
    f"An outage of {OUTAGE_S / 60:.0f} minutes; a platform that serves {REQUESTS_PER_S} requests a second.",
    f"Ideal: {REQUESTS_PER_APPLICATION} requests an application, without a pause at the platform's capacity.",
    "Store, dispatcher, courier, schedule and pace are the terminal's own; the gate is the district's own.",
    "Fairness is Jain's index over the moments at which the terminals were done; 1 is all at once.",
)


def measure() -> Measured:
    """Let them drain."""
    # Twenty thousand deliveries are no news here.
    logging.getLogger("offline_queue").setLevel(logging.CRITICAL)
    with TemporaryDirectory(dir="/dev/shm") as folder:
        herd = Herd(Path(folder), TERMINALS, APPLICATIONS, REQUESTS_PER_S, SEED)
        drained = herd.drain(OUTAGE_S)
    ideal = ("ideal", drained.ideal_s)
    rows = (
        Row("everything delivered", drained.took_s, "s", RATIO_LIMIT * drained.ideal_s, "≤", _GOAL, *ideal),
        Row("requests refused", 100 * drained.refused_share, "%", REFUSED_LIMIT, "≤", _GOAL),
        Row(
            "most requests in one second", drained.peak_per_s, "/s", None, "≤", "", "capacity", REQUESTS_PER_S
        ),
        Row("first delivery of a terminal, median", drained.first_median_s, "s"),
        Row("first delivery of a terminal, 95 of 100", drained.first_worst_s, "s"),
        Row("a terminal done, median", drained.done_median_s, "s", None, "≤", "", *ideal),
        Row("fairness among terminals", drained.fairness, ""),
    )
    return Measured(rows, _NOTES)
