"""The link that leads from a slip, or from the screen, to the progress of an application."""

from urllib.parse import urlencode

from kiosk.session.submission import Outcome


def progress_link(outcome: Outcome, progress_url: str) -> str:
    """Return what the code carries: a link to the progress page that proves itself.

    Receipt number, once it is known the case number, and the terminal's signature
    (``offline_queue.receipt_code``): who has its public key knows a genuine slip without any network.
    """
    numbers = {"receipt": outcome.receipt_no}
    if outcome.case_no is not None:
        numbers["case"] = outcome.case_no
    if outcome.seal.proof:
        numbers["proof"] = outcome.seal.proof
    return f"{progress_url}?{urlencode(numbers)}"
