"""Whether a visit ended as the terminal told: against the district's case and the printer's paper."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from kiosk.demo.children import StageError
from kiosk.demo.delivery import wait_for_case
from kiosk.demo.stage import Stage
from kiosk.domain.text import Language
from kiosk.receipts import Place, receipt_blocks
from kiosk.wiring import facts_of
from offline_queue import QueueClient
from tests.soak.resident import Told
from tests.soak.truth import codes_in, codes_in_pdf, expected_span_px, is_whole


def wrongs(
    told: Told, person: Sequence[str], stage: Stage, queue: QueueClient, slips: Sequence[str]
) -> list[str]:
    """Return everything that is not as it should be; empty when all is well.

    Args:
        told: What the terminal told.
        person: Name and number on the card that was laid.
        stage: Where the district is.
        queue: The terminal's queue.
        slips: Pictures of the slips that were cut since the visit began.
    """
    found: list[str] = []
    if told.number and [told.name, told.number] != list(person):
        found.append("another person than on the card")
    if told.outcome is None:
        return found
    try:
        number = wait_for_case(queue, told.outcome.receipt_no)
    except StageError:
        return [*found, "stored, but never delivered"]
    if told.outcome.case_no not in {None, number}:
        found.append("another case number than the district's")
    return [*found, *_wrong_case(told, person, stage, number), *_wrong_paper(told, stage, slips)]


def _wrong_case(told: Told, person: Sequence[str], stage: Stage, number: str) -> list[str]:
    found: list[str] = []
    case = stage.desk(f"/cases/{number}/application").json()
    form = case["application"]
    if [form["applicant_name"], form["applicant_document_number"]] != list(person):
        found.append("the case is another person's")
    tokens: list[str] = []
    for attachment in case["attachments"]:
        tokens += codes_in_pdf(stage.desk(f"/cases/{number}/attachments/{attachment['n']}").content)
    if told.outcome is not None and told.outcome.scanned and tokens != [told.token]:
        found.append(f"the scanned page is not the one that lay there ({len(tokens)} codes)")
    return found


def _wrong_paper(told: Told, stage: Stage, slips: Sequence[str]) -> list[str]:
    if told.outcome is None:
        return []
    facts = facts_of(stage.profile)
    place = Place(facts.number, facts.place, facts.hotline)
    blocks = receipt_blocks(
        told.outcome, Language.ZH, datetime.now(UTC), place, stage.profile.platform.progress_url
    )
    span_px = expected_span_px(blocks)
    whole = 0
    found: list[str] = []
    for slip in map(Path, slips):
        with Image.open(slip) as picture:
            texts = codes_in(picture)
        if any(told.outcome.receipt_no not in text for text in texts):
            found.append("a slip of another application")
        whole += bool(texts) and is_whole(slip, span_px)
    if not told.printed <= whole <= told.printed + told.unknown:
        found.append(f"{whole} whole slips, {told.printed} told as printed, {told.unknown} as unknown")
    return found
