"""A service item (事项) per GB/T 39046-2020, plus what a terminal must offer to serve it."""

from dataclasses import dataclass
from typing import Literal

from kiosk.domain.text import Text


@dataclass(frozen=True, slots=True)
class Material:
    """One document an application needs (申请材料).

    Args:
        code: Names the material inside the item, e.g. ``"household-register"``.
        name: What it is called.
        how: One plain sentence: which page, which side.
        capture: ``"scan"`` with the document scanner or ``"photo"`` with the document camera.
        required: Whether the application cannot be submitted without it (是否必备).
        pages_max: Most pages taken.
    """

    code: str
    name: Text
    how: Text
    capture: Literal["scan", "photo"]
    required: bool = True
    pages_max: int = 1


@dataclass(frozen=True, slots=True)
class Requires:
    """What the terminal must have working to serve the item now.

    Args:
        devices: ``devices.model.Kind`` values without which the item cannot be filed.
        identity: Accepted ways of identification, e.g. ``("id-card",)``.
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
