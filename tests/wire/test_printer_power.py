from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.model import PrintOutcome
from devices.sim.escpos_printer import Mishap, Trouble
from tests.wire.printer_rig import CUT_BYTES, LINKS, Link, open_rig

SHARE = st.floats(0.0, 1.05)
"""Where in a slip and its cut something happens; beyond 1 nothing does."""
CUTS = st.sampled_from([Mishap.POWER_CYCLE, Mishap.UNPLUG, Trouble.PAPER_OUT, Trouble.COVER_OPEN])


@pytest.mark.parametrize("link", LINKS)
@settings(max_examples=4)
@given(share=SHARE, what=CUTS)
def test_wherever_a_job_is_cut_off_what_is_said_of_it_is_true(
    link: Link, share: float, what: Mishap | Trouble
) -> None:
    with TemporaryDirectory() as folder, open_rig(link, Path(folder), barrier_timeout_s=0.3) as rig:
        rig.paper.fail_after(int((rig.slip_bytes + CUT_BYTES + 3) * share), what)
        first = rig.printed()
        rig.paper.recover()
        rig.driver.stir()
        if first.outcome is PrintOutcome.PRINTED:
            assert rig.whole_slips() == 1
        again = rig.printed()
        # What hung in the slot is off now: whatever comes out from here on belongs to the next job.
        whole = rig.whole_slips()
        match first.outcome, again.outcome:
            case PrintOutcome.NOT_PRINTED, PrintOutcome.PRINTED:
                assert whole == 1
            case PrintOutcome.PRINTED, PrintOutcome.PRINTED:
                assert whole == 1
            case PrintOutcome.UNKNOWN, (PrintOutcome.UNKNOWN | PrintOutcome.PRINTED):
                assert whole <= 1
            case other:
                raise AssertionError(other)


@pytest.mark.parametrize(
    ("link", "share"), [("tcp", 0.5), ("serial", 0.02), ("serial", 0.6), ("serial", 1.0), ("usb", 1.0)]
)
def test_a_printer_switched_off_and_on_in_a_job_never_prints_it_twice(
    link: Link, share: float, tmp_path: Path
) -> None:
    with open_rig(link, tmp_path) as rig:
        rig.paper.fail_after(int(rig.slip_bytes * share), Mishap.POWER_CYCLE)
        assert rig.printed().outcome is PrintOutcome.UNKNOWN
        assert rig.printed().outcome is PrintOutcome.UNKNOWN
        assert rig.whole_slips() <= 1
        assert rig.printed("slip-2").outcome is PrintOutcome.PRINTED
