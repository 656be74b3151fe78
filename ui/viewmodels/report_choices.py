"""The choices of somebody who reports a problem, and the look back at all of it. Pure."""

from typing import TYPE_CHECKING

from kiosk.catalogue.reports import load_reports
from kiosk.domain.masking import mask_phone
from kiosk.domain.report import NearReport, PlaceWay, Report
from kiosk.domain.text import Language, Text
from kiosk.session.report_places import communities, named, streets
from kiosk.session.report_states import ReportNear, ReportPicking, ReportReview, ReportStep
from kiosk.session.reporting import (
    ANONYMOUS,
    BY_HAND,
    HERE,
    NO_PHOTO,
    PHOTO,
    WHOLE_STREET,
    WITH_PHONE,
)
from kiosk.session.supporting import ANOTHER
from ui.messages import said
from ui.viewmodels.choices import ChoiceLine, Choosing, choice
from ui.viewmodels.formats import shown_date
from ui.words import reporting as words
from ui.words.progress import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

_NONE = Text("", "")


def report_choosing(state: ReportPicking | ReportReview | ReportNear, language: Language) -> Choosing:
    """Return what is asked of the reporter, what was said so far, or what others reported."""
    fault = said(state.fault, language)
    if isinstance(state, ReportNear):
        return _near(state, fault, language)
    if isinstance(state, ReportReview):
        return _review(state, fault, language)
    title, lead = words.TITLES[state.step.value]
    lines = tuple(_choices(state, language))
    columns = 2 if len(lines) > _ONE_COLUMN else 1
    return Choosing(title.in_(language), lead.in_(language), lines, fault, columns=columns)


_ONE_COLUMN = 6


def _review(state: ReportReview, fault: str, language: Language) -> Choosing:
    if state.storing:
        return Choosing(words.STORING.in_(language), busy=True)
    title, lead = (one.in_(language) for one in words.REVIEW)
    lines = tuple(_lines_of(state.report, language))
    return Choosing(title, lead, lines, fault, primary=words.SUBMIT.in_(language), private=True)


def _near(state: ReportNear, fault: str, language: Language) -> Choosing:
    if state.reports is None:
        return Choosing(words.LOOKING.in_(language), busy=True)
    if state.supporting:
        return Choosing(words.SUPPORTING.in_(language), busy=True)
    lines = (*(_near_line(one, language) for one in state.reports), _another(language))
    return Choosing(words.NEAR[0].in_(language), words.NEAR[1].in_(language), lines, fault)


def _near_line(report: NearReport, language: Language) -> ChoiceLine:
    stage = words.STAGE.get(report.stage, UNKNOWN).in_(language)
    line = (words.NEAR_LINE if report.supports else words.NEAR_LINE_ALONE).in_(language)
    hint = line.format(day=shown_date(report.day, language), stage=stage, supports=report.supports)
    return ChoiceLine(report.number, named(report.place).in_(language), hint, "support")


def _another(language: Language) -> ChoiceLine:
    return ChoiceLine(ANOTHER, words.ANOTHER.in_(language), symbol="forward")


def report_name(kind: str, language: Language) -> str:
    """Return what a kind of problem is called; a kind that this terminal does not offer is its code."""
    known = load_reports().kind(kind)
    return kind if known is None else known.title.in_(language)


def _choices(state: ReportPicking, language: Language) -> "Iterator[ChoiceLine]":
    match state.step:
        case ReportStep.KIND:
            for kind in load_reports().kinds:
                yield choice(kind.code, kind.title, kind.hint, kind.icon, language)
        case ReportStep.PHOTO:
            yield choice(PHOTO, words.WITH_PHOTO, words.WITH_PHOTO_HINT, "camera", language)
            yield choice(NO_PHOTO, words.WITHOUT_PHOTO, _NONE, "forward", language)
        case ReportStep.PLACE:
            yield choice(HERE, words.HERE, _NONE, "home", language)
            for street in streets():
                yield choice(street.zh, street, _NONE, "place", language)
            yield choice(BY_HAND, words.BY_HAND, _NONE, "edit", language)
        case ReportStep.COMMUNITY:
            street = next((one for one in streets() if one.zh == state.street), _NONE)
            whole = words.WHOLE_STREET.in_(language).format(street=street.in_(language))
            yield ChoiceLine(WHOLE_STREET, whole, symbol="place")
            for community in communities(state.street):
                yield choice(community.zh, community, _NONE, "place", language)
            yield choice(BY_HAND, words.BY_HAND, _NONE, "edit", language)
        case _:
            yield choice(ANONYMOUS, words.ANONYMOUS, _NONE, "hidden", language)
            yield choice(WITH_PHONE, words.LEAVE_PHONE, _NONE, "phone", language)


def _lines_of(report: Report, language: Language) -> "Iterator[ChoiceLine]":
    photo = words.NO_PHOTO if report.photo is None else words.ONE_PHOTO
    answers = {
        "kind": report_name(report.kind, language),
        "photo": photo.in_(language),
        "place": _place(report, language),
        "words": report.words or words.NO_WORDS.in_(language),
        "contact": mask_phone(report.phone) if report.phone else words.UNKNOWN.in_(language),
    }
    for step, label in words.LABELS.items():
        yield ChoiceLine(step, label.in_(language), answers[step], "edit")


def _place(report: Report, language: Language) -> str:
    if report.place is None:
        return ""
    return words.HERE.in_(language) if report.place.way is PlaceWay.TERMINAL else report.place.text
