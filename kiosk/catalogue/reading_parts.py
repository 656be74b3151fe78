"""Parts of an item that have been read → the item's own values, and what does not fit together in them."""

from collections.abc import Iterator, Sequence
from datetime import date

from kiosk.catalogue.events import LIFE_EVENT_KEYS
from kiosk.catalogue.files import Bilingual, ItemFile, ItemTexts, OfferFile
from kiosk.catalogue.model import Material
from kiosk.catalogue.offer_rules import AgeSpan, ChildRule, FactRule, OfferRule
from kiosk.catalogue.situation import Condition, Question, Way
from kiosk.catalogue.themes import THEME_KEYS
from kiosk.domain.text import Text


def text_of(value: Bilingual) -> Text:
    """Return one text."""
    return Text(value.zh, value.en)


def item_faults(item: ItemFile) -> Iterator[tuple[str, str]]:
    """Yield what does not fit in ``item.json``: key and reason."""
    if item.theme not in THEME_KEYS:
        yield "theme", f"no theme is called {item.theme!r}"
    for event in item.events:
        if event not in LIFE_EVENT_KEYS:
            yield "events", f"no life event is called {event!r}"
    if _twice([material.code for material in item.materials]):
        yield "materials", "two have the same code"
    if item.withdrawn is not None and item.filing == "here":
        yield "withdrawn", "what is no longer offered cannot be filed here"
    if item.hot is not None and item.filing == "window":
        yield "hot", "what stands on the home screen can be filed here"
    if item.texts is not None and item.filing == "here":
        yield "texts", "an item that is filed here has its texts in files of their own"
    for material in item.materials:
        if material.pages_min > material.pages_max:
            yield f"materials.{material.code}.pages_min", "is more than pages_max"
    yield from _precheck_faults(item)
    yield from _offer_faults(item)


def _precheck_faults(item: ItemFile) -> Iterator[tuple[str, str]]:
    choices = {question.code: set(question.choices) for question in item.precheck}
    if _twice([question.code for question in item.precheck]):
        yield "precheck", "two have the same code"
    for question in item.precheck:
        if _twice(question.choices):
            yield f"precheck.{question.code}.choices", "two are the same"
        if not set(question.stops) < choices[question.code]:
            yield f"precheck.{question.code}.stops", "must be some of the choices, not all"
    for material in item.materials:
        when = material.when
        if when is not None and not set(when.is_) <= choices.get(when.precheck, set()):
            yield f"materials.{material.code}.when", f"{when.precheck!r} cannot be {list(when.is_)}"


def _offer_faults(item: ItemFile) -> Iterator[tuple[str, str]]:
    for number, offer in enumerate(item.offer):
        if offer.age is None and offer.child is None and not offer.facts:
            yield f"offer.{number}", "needs an age, a child or a fact"
        if offer.age is not None and offer.age.until is not None and offer.age.until <= offer.age.since:
            yield f"offer.{number}.age", "ends before it begins"
        if offer.child is not None and not _every_year(offer.child.by):
            yield f"offer.{number}.child.by", "is not a day of every year"


def text_faults(item: ItemFile, texts: ItemTexts) -> Iterator[tuple[str, str]]:
    """Yield what does not fit between ``item.json`` and the texts in one language: key and reason."""
    if set(texts.materials) != {material.code for material in item.materials}:
        yield "materials", "must name each material of item.json once"
    if set(texts.precheck) != {question.code for question in item.precheck}:
        yield "precheck", "must name each question of item.json once"
        return
    for question in item.precheck:
        own = texts.precheck[question.code]
        if set(own.choices) != set(question.choices):
            yield f"precheck.{question.code}.choices", "must name each choice of item.json once"
        if set(own.stops) != set(question.stops):
            yield f"precheck.{question.code}.stops", "must name each choice that stops, once"


def materials_of(item: ItemFile, zh: ItemTexts, en: ItemTexts) -> tuple[Material, ...]:
    """Return the documents."""
    return tuple(
        Material(
            code=material.code,
            name=Text(zh.materials[material.code].name, en.materials[material.code].name),
            how=Text(zh.materials[material.code].how, en.materials[material.code].how),
            capture=material.capture,
            required=material.required,
            pages_min=material.pages_min,
            pages_max=material.pages_max,
            source=material.source,
            later=material.later,
            when=Condition(material.when.precheck, material.when.is_) if material.when else None,
            issuer=_perhaps(zh.materials[material.code].issuer, en.materials[material.code].issuer),
        )
        for material in item.materials
    )


def questions_of(item: ItemFile, zh: ItemTexts, en: ItemTexts) -> tuple[Question, ...]:
    """Return the pre-check."""
    questions: list[Question] = []
    for question in item.precheck:
        one, other = zh.precheck[question.code], en.precheck[question.code]
        ways = tuple(
            Way(
                choice,
                Text(one.choices[choice], other.choices[choice]),
                Text(one.stops[choice], other.stops[choice]) if choice in question.stops else None,
            )
            for choice in question.choices
        )
        questions.append(Question(question.code, Text(one.title, other.title), ways))
    return tuple(questions)


def offer_of(rule: OfferFile) -> OfferRule:
    """Return one rule of an offer."""
    month_day = rule.child.by.split("-") if rule.child else []
    return OfferRule(
        reason=text_of(rule.reason),
        certain=rule.certain,
        age=AgeSpan(rule.age.since, rule.age.until, rule.age.early_days) if rule.age else None,
        sex=rule.sex,
        address=rule.address,
        child=ChildRule(rule.child.age, *map(int, month_day)) if rule.child else None,
        facts=tuple(FactRule(key, values) for key, values in rule.facts.items()),
    )


def _perhaps(zh: str | None, en: str | None) -> Text | None:
    return None if zh is None or en is None else Text(zh, en)


def _every_year(month_day: str) -> bool:
    try:
        date.fromisoformat(f"2001-{month_day}")
    except ValueError:
        return False
    return True


def _twice(codes: Sequence[str]) -> bool:
    return len(set(codes)) != len(codes)
