"""What the resident takes home: the truth about the application at the moment of printing, and nobody's data.

A slip is often left lying about: it carries the masked name and no identity number, and its code neither.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from devices.model import Block, GapBlock, PairBlock, QrBlock, RuleBlock, TextBlock
from kiosk.domain.local_time import local_time
from kiosk.domain.report import SERVICE as REPORT_SERVICE
from kiosk.domain.text import Language, Text
from kiosk.session.progress_link import progress_link
from kiosk.session.states import Outcome

HOTLINE = "12345"
_QR_MM = 39.0
"""Five dots to a module (0.6 mm) up to 61 modules, 251 bytes: a link with a case number of 43 characters."""
_CLAUSES = re.compile(r"[^，]+，?")
RECEIVED = Text("受理系统已收件", "Received by the acceptance system")
SAVED = Text("申请材料已保存，尚未送达受理系统", "Saved here, not yet delivered to the acceptance system")

_NOWHERE = Text("", "")
_TITLE = Text("回执", "Receipt")
_REPRINT = Text("重新打印", "Printed again")
_RECEIPT_NO = Text("回执编号", "Receipt no.")
_CASE_NO = Text("办件编号", "Case no.")
_ITEM = Text("申请事项", "Service")
_DEPARTMENT = Text("办理部门", "Department")
_APPLICANT = Text("申请人", "Applicant")
_AGENT = Text("代办人", "Filed by")
_DIGEST = Text("封存码", "Seal code")
_PAGES = Text("提交材料", "Pages")
_PAGE_COUNT = Text("{count} 页", "{count}")
_TIME = Text("打印时间", "Printed at")
_EXACT = Text("{at}", "{at}")
_ABOUT = Text("约 {at}", "approx. {at}")
_TERMINAL = Text("终端", "Terminal")
_NEXT = Text("接下来", "What happens next")
_ASK = Text("咨询或查询请拨打 {phone}", "Questions or progress: call {phone}")
_NO_PAGES = Text("无", "none")
_SCAN = Text("手机扫码查询进度", "Scan to see the progress")
_KEEP = Text("请妥善保管此回执", "Keep this slip")
_SAMPLE = Text("演示内容，不作为办理凭据", "Sample content, not a legal record")
_AFTER_RECEIPT = (
    Text(
        "部门承诺在 {days} 个工作日内办结，凭办件编号可以查询进度。",
        "The department promises a decision within {days} working days; ask with the case number.",
    ),
)
_AFTER_REPORT = (
    Text(
        "您反映的问题会转给负责的部门。凭回执编号，可以在终端“查进度”里看处理到哪一步，或拨打 {phone}。",
        "What you reported goes to whoever is in charge. To see how far it is, use the receipt number at any "
        "terminal, under Progress, or call {phone}.",
    ),
)
_AFTER_ANOTHER = Text(
    "您已经办过这个事项，更早的办件编号是 {number}。如果是同一件事，请拨打 {phone} 撤回其中一件。",
    "You applied for this before, with case number {number}. If it is one matter, call {phone} to withdraw "
    "one of them.",
)
_AFTER_SAVING = (
    Text(
        "网络恢复后，终端会自动送达，您不用再来。",
        "This terminal delivers it by itself once the network is back; you need not come again.",
    ),
    Text(
        "送达后凭回执编号可以查到办件编号；办理时限从送达之日算起。",
        "Then the receipt number leads to the case number; the time limit starts on that day.",
    ),
    Text(
        "三个工作日后仍查不到，请凭回执编号拨打 {phone}。",
        "If it cannot be found after three working days, call {phone} with that number.",
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """The terminal as the slip names it.

    Args:
        terminal: Number of the terminal.
        name: Where it stands, or an empty text.
        hotline: Telephone number of the help line.
        clock_is_rough: Whether no time server has been heard since the terminal started.
    """

    terminal: str
    name: Text = _NOWHERE
    hotline: str = HOTLINE
    clock_is_rough: bool = False


def receipt_blocks(
    outcome: Outcome,
    language: Language,
    printed_at: datetime,
    place: Place,
    progress_url: str,
    *,
    reprint: bool = False,
) -> tuple[Block, ...]:
    """Return what stands on the slip.

    Args:
        outcome: What is true about the application now.
        language: Of the slip; the service is named in both languages.
        printed_at: Aware time; printed as the clock on the wall shows it.
        place: Which terminal.
        progress_url: Page that shows the progress; the code leads to it.
        reprint: Whether the slip was printed before; two slips about one application say so.
    """
    return (
        *_head(outcome, language, reprint=reprint),
        RuleBlock(),
        *_facts(outcome, language, printed_at, place),
        RuleBlock(),
        *_next_steps(outcome, language, place.hotline),
        GapBlock(2.0),
        QrBlock(progress_link(outcome, progress_url), _QR_MM),
        TextBlock(_SCAN.in_(language), size="small", align="centre"),
        GapBlock(2.0),
        TextBlock(_ASK.in_(language).format(phone=place.hotline), size="small", align="centre"),
        TextBlock(_KEEP.in_(language), bold=True, align="centre"),
        *([TextBlock(_SAMPLE.in_(language), size="small", align="centre")] if outcome.item.sample else []),
    )


def _head(outcome: Outcome, language: Language, *, reprint: bool) -> Iterator[Block]:
    yield TextBlock(_TITLE.in_(language), size="huge", align="centre", bold=True)
    if reprint:
        yield TextBlock(_REPRINT.in_(language), align="centre")
    status = SAVED if outcome.case_no is None else RECEIVED
    # Broken where it may be broken: the paper is two characters too narrow for the Chinese sentence.
    for clause in _CLAUSES.findall(status.in_(language)):
        yield TextBlock(clause, size="large", align="centre", bold=True)


def _facts(outcome: Outcome, language: Language, printed_at: datetime, place: Place) -> Iterator[Block]:
    item = outcome.item
    if outcome.case_no is not None:
        yield PairBlock(_CASE_NO.in_(language), outcome.case_no)
    yield PairBlock(_RECEIPT_NO.in_(language), outcome.receipt_no)
    yield PairBlock(_ITEM.in_(language), _both(item.name, language))
    yield PairBlock(_DEPARTMENT.in_(language), item.department.in_(language))
    if outcome.masked_name:  # who reports a problem stays unknown
        yield PairBlock(_APPLICANT.in_(language), outcome.masked_name)
    if outcome.masked_agent:
        yield PairBlock(_AGENT.in_(language), outcome.masked_agent)
    if outcome.pages is not None:
        pages = _PAGE_COUNT if outcome.pages else _NO_PAGES
        yield PairBlock(_PAGES.in_(language), pages.in_(language).format(count=outcome.pages))
    if outcome.seal.digest8:
        yield PairBlock(_DIGEST.in_(language), outcome.seal.digest8)
    time = _ABOUT if place.clock_is_rough else _EXACT
    yield PairBlock(
        _TIME.in_(language), time.in_(language).format(at=f"{local_time(printed_at):%Y-%m-%d %H:%M}")
    )
    where = " ".join(part for part in (place.terminal, place.name.in_(language)) if part)
    yield PairBlock(_TERMINAL.in_(language), where)


def _next_steps(outcome: Outcome, language: Language, hotline: str) -> Iterator[Block]:
    yield TextBlock(_NEXT.in_(language), bold=True)
    lines = _AFTER_SAVING if outcome.case_no is None else _AFTER_RECEIPT
    if outcome.item.code == REPORT_SERVICE:
        lines = _AFTER_REPORT
    if outcome.earlier is not None:
        another = _AFTER_ANOTHER.in_(language)
        yield TextBlock(another.format(number=outcome.earlier.number, phone=hotline))
    for line in lines:
        yield TextBlock(line.in_(language).format(phone=hotline, days=outcome.item.guide.promised_days))


def _both(text: Text, language: Language) -> str:
    match language:
        case Language.ZH | Language.ZH_HANT:
            return f"{text.in_(language)} {text.en}"
        case Language.EN:
            return f"{text.en} {text.zh}"
        case _:
            assert_never(language)
