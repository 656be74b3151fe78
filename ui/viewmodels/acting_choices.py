"""For whom somebody files: the choices, and what a guardian types of a child. Pure."""

from kiosk.catalogue.acting import Relation
from kiosk.domain.text import Language, Text
from kiosk.session.acting import SELF, WITH_CARD, WITHOUT_CARD, way_of, ways_for
from kiosk.session.acting_states import ActingStep, Arranging
from ui.messages import said
from ui.viewmodels.choices import ChoiceLine, Choosing, choice
from ui.words import acting as words

_SYMBOLS = {"agent": "family", "guardian": "child"}
_AND = Text("、", ", ")


def acting_choosing(state: Arranging, language: Language) -> Choosing:
    """Return what is asked of whoever files."""
    title, lead = (text.in_(language) for text in _asked(state.step))
    return Choosing(title, lead, _lines(state, language), said(state.fault, language))


def _asked(step: ActingStep) -> tuple[Text, Text]:
    match step:
        case ActingStep.WHOM:
            return words.WHOM
        case ActingStep.RELATION:
            return words.RELATION
        case ActingStep.CARD:
            return words.CHILD


def _lines(state: Arranging, language: Language) -> tuple[ChoiceLine, ...]:
    match state.step:
        case ActingStep.WHOM:
            others = ways_for(state.filing.item)
            return (
                choice(SELF, *words.SELF, "mine", language),
                *(choice(way.code, way.title, way.hint, _SYMBOLS[way.code], language) for way in others),
            )
        case ActingStep.RELATION:
            way = way_of(state.filing)
            return tuple(
                ChoiceLine(one.code, one.title.in_(language), _evidence(one, language), "document")
                for one in (() if way is None else way.relations)
            )
        case ActingStep.CARD:
            return (
                choice(WITH_CARD, *words.WITH_CARD, "card", language),
                choice(WITHOUT_CARD, *words.WITHOUT_CARD, "keyboard", language),
            )


def _evidence(relation: Relation, language: Language) -> str:
    evidence = _AND.in_(language).join(one.name.in_(language) for one in relation.evidence)
    return words.NEEDS.in_(language).format(evidence=evidence)
