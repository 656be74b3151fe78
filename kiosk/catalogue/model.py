"""A service item (事项) per GB/T 39046-2020, plus what a terminal must offer to serve it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.catalogue.offer_rules import OfferRule
from kiosk.catalogue.situation import Condition, Question
from kiosk.domain.text import Text

Agency = Literal["allowed", "guardian", "either", "none"]
"""Who else may file: an adult who was authorised, a guardian for a child, either of them, or nobody."""


@dataclass(frozen=True, slots=True)
class Material:
    """One document an application needs (申请材料).

    Args:
        code: Names the material inside the item, e.g. ``"household-register"``.
        name: What it is called.
        how: One plain sentence: which page, which side.
        capture: ``"scan"`` with the document scanner or ``"photo"`` with the document camera.
        required: Whether the application cannot be submitted without it (是否必备).
        pages_min: Fewest pages that make it whole.
        pages_max: Most pages taken.
        source: Who brings it: the ``"resident"``, or nobody, since the district has it as an
            ``"e-licence"`` (电子证照, 免提交).
        later: Whether it may be brought to a window afterwards (容缺, 以后补).
        when: The situation in which it is needed, None for always.
        issuer: Who issues it (出具机构), or None.
    """

    code: str
    name: Text
    how: Text
    capture: Literal["scan", "photo"]
    required: bool = True
    pages_min: int = 1
    pages_max: int = 1
    source: Literal["resident", "e-licence"] = "resident"
    later: bool = False
    when: Condition | None = None
    issuer: Text | None = None


ONE_ID = "one-id"
"""In ``Requires.identity``: the code of the unified identity on a phone (一码通)."""


@dataclass(frozen=True, slots=True)
class Requires:
    """What the terminal must have working to serve the item now.

    Args:
        devices: ``devices.model.Kind`` values without which the item cannot be filed.
        identity: Accepted ways of identification: ``"id-card"``, ``ONE_ID``. Where both are, either device
            is enough.
        network: ``"optional"``: can be saved offline; ``"required"``: not without the platform.
    """

    devices: tuple[str, ...] = ()
    identity: tuple[str, ...] = ("id-card",)
    network: Literal["optional", "required"] = "optional"


@dataclass(frozen=True, slots=True)
class Notice:
    """What residents are told before their data is processed (PIPL art. 17).

    Args:
        handler: Who processes.
        purpose: What for.
        data: Which data.
        retention: How long it is kept.
        basis: Legal basis.
        rights: Rights and how to use them, with a contact.
    """

    handler: Text
    purpose: Text
    data: Text
    retention: Text
    basis: Text
    rights: Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is done in person (办理地点)."""

    name: Text
    address: Text
    hours: Text


@dataclass(frozen=True, slots=True)
class Faq:
    """A question that people ask, and its answer (常见问题)."""

    asked: Text
    answer: Text


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An item that is no longer offered.

    Args:
        on: Since which day.
        successor: Code of the item that took its place, or None.
    """

    on: date
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """What the guide page tells (办事指南)."""

    summary: Text
    who: Text
    conditions: tuple[Text, ...]
    steps: tuple[Text, ...]
    result: Text
    fee: Text
    promised_days: int
    legal_days: int
    window: Text
    phone: str
    as_of: str
    """Date of the guide's data, ``YYYY-MM-DD``."""
    places: tuple[Place, ...] = ()
    faq: tuple[Faq, ...] = ()
    basis: tuple[Text, ...] = ()
    """设定依据: the rules it rests on."""


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """One service item.

    Args:
        code: Folder name and the terminal's own key, e.g. ``"old-age-allowance"``.
        basic_code: 基本编码, opaque.
        implementation_code: 实施编码, opaque.
        kind_code: GB/T 39046 A.1, e.g. ``"05"`` 给付.
        name: 事项名称.
        department: 实施主体.
        theme: Key of the theme, see ``kiosk.catalogue.themes``.
        aliases: Other words people use, for search.
        filing: ``"here"`` can be filed at the terminal, ``"window"`` is a guide only.
        sample: Whether the content is sample content and marked so on screen.
        requires: What it needs.
        guide: 办事指南.
        notice: Privacy notice.
        materials: 申请材料.
        version: Version of the item's data, for the submission.
        department_code: 实施主体代码, opaque, or ``""``.
        subjects: GB/T 39046 A.4: ``"1"`` natural persons, ``"2"`` companies, …
        case_kind: GB/T 39046 A.6: ``"1"`` decided at once, ``"2"`` within the promised days, ``"9"`` other.
        events: Keys of the life events, see ``kiosk.catalogue.events``.
        coverage: Codes of the areas for which it is offered (通办范围), opaque.
        payment: Where a fee is paid; the terminal itself takes no money.
        precheck: Questions on the resident's situation, asked before anything personal.
        sign: Whether the resident signs on the screen before submitting.
        agent: Who else may file it, see ``kiosk.catalogue.acting``.
        offer: When it is offered without being asked for, see ``kiosk.catalogue.eligibility``.
        withdrawn: That it is no longer offered, or None.
        rank: Place among all items: the smaller, the more people come for it.
        hot: Place among the few on the home screen, None for an item that does not stand there.
    """

    code: str
    basic_code: str
    implementation_code: str
    kind_code: str
    name: Text
    department: Text
    theme: str
    aliases: tuple[str, ...]
    filing: Literal["here", "window"]
    sample: bool
    requires: Requires
    guide: Guide
    notice: Notice
    materials: tuple[Material, ...]
    version: str
    department_code: str = ""
    subjects: tuple[str, ...] = ("1",)
    case_kind: str = "2"
    events: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    payment: Literal["none", "window", "phone"] = "none"
    precheck: tuple[Question, ...] = ()
    sign: bool = False
    agent: Agency = "none"
    offer: tuple[OfferRule, ...] = ()
    withdrawn: Withdrawn | None = None
    rank: int = 100
    hot: int | None = None

    def needed(self, situation: Mapping[str, str]) -> tuple[Material, ...]:
        """Return the documents that this situation needs, those that the district has itself included.

        Args:
            situation: Answers to the pre-check, code → value; empty where there is none.
        """
        return tuple(one for one in self.materials if one.when is None or one.when.holds(situation))

    def to_bring(self, situation: Mapping[str, str]) -> tuple[Material, ...]:
        """Return the documents that the resident has to lay before the terminal in this situation."""
        return tuple(one for one in self.needed(situation) if one.source == "resident")
