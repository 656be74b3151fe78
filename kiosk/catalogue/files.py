"""The files of one item's folder as pydantic models: an unknown or missing key is an error that names it."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kiosk.catalogue.model import Agency
from provisioning.profile import KindName

Line = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Path = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$", max_length=121)]
"""A field, or a column of a repeated group: ``"children.born"``."""
PrefillKey = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$")]

ITEM_FILE = "item.json"
SCHEMA_FILE = "form.schema.json"
UI_FILE = "form.ui.json"
TEXT_FILES = ("texts.zh-CN.json", "texts.en.json")


class Strict(BaseModel):
    """A part of a file: what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Strict):
    """One text in both languages."""

    zh: Line
    en: Line


class RequiresFile(Strict):
    """``requires`` of ``item.json``."""

    devices: tuple[KindName, ...] = ()
    identity: tuple[Literal["id-card", "one-id"], ...] = ("id-card",)
    network: Literal["optional", "required"] = "optional"


class GuideFile(Strict):
    """``guide`` of ``item.json``: what is the same in every language."""

    promised_days: int = Field(ge=0, le=3650)
    legal_days: int = Field(ge=0, le=3650)
    phone: Line
    as_of: date


class WhenFile(Strict):
    """``when`` of a material: needed only with one of these answers to the pre-check."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    precheck: Key
    is_: Annotated[tuple[Key, ...], Field(alias="is", min_length=1)]


class MaterialFile(Strict):
    """One of ``materials`` of ``item.json``."""

    code: Key
    capture: Literal["scan", "photo"]
    required: bool = True
    pages_min: int = Field(default=1, ge=1, le=20)
    pages_max: int = Field(default=1, ge=1, le=20)
    source: Literal["resident", "e-licence"] = "resident"
    later: bool = False
    when: WhenFile | None = None


class PrecheckFile(Strict):
    """One of ``precheck`` of ``item.json``."""

    code: Key
    choices: Annotated[tuple[Key, ...], Field(min_length=2, max_length=6)]
    stops: tuple[Key, ...] = ()


class AgeFile(Strict):
    """``age`` of an offer, in completed years."""

    since: int = Field(ge=0, le=120)
    until: int | None = Field(default=None, ge=1, le=121)
    early_days: int = Field(default=0, ge=0, le=366)


class ChildFile(Strict):
    """``child`` of an offer: who reaches ``age`` by the next ``by``, ``MM-DD``."""

    age: int = Field(ge=0, le=25)
    by: Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class OfferFile(Strict):
    """One of ``offer`` of ``item.json``."""

    reason: Bilingual
    certain: bool = True
    age: AgeFile | None = None
    sex: Literal["1", "2"] | None = None
    address: tuple[Line, ...] = ()
    child: ChildFile | None = None
    facts: dict[PrefillKey, Annotated[tuple[Line, ...], Field(min_length=1)]] = {}


class WithdrawnFile(Strict):
    """``withdrawn`` of ``item.json``."""

    on: date
    successor: Key | None = None


class ItemFile(Strict):
    """``item.json``; a guide may hold its texts in it, instead of in files of their own."""

    code: Key
    basic_code: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    implementation_code: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    kind_code: Literal["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20"]
    version: Line
    name: Bilingual
    department: Bilingual
    theme: Key
    aliases: tuple[Line, ...] = ()
    filing: Literal["here", "window"]
    sample: bool = False
    requires: RequiresFile = RequiresFile()
    guide: GuideFile
    materials: tuple[MaterialFile, ...] = ()
    department_code: Annotated[str, StringConstraints(max_length=64)] = ""
    subjects: Annotated[tuple[Literal["1", "2", "3", "4", "5", "6"], ...], Field(min_length=1)] = ("1",)
    case_kind: Literal["1", "2", "9"] = "2"
    events: tuple[Key, ...] = ()
    coverage: tuple[Annotated[str, StringConstraints(min_length=1, max_length=64)], ...] = ()
    payment: Literal["none", "window", "phone"] = "none"
    precheck: tuple[PrecheckFile, ...] = ()
    sign: bool = False
    rank: int = Field(default=100, ge=1, le=999)
    hot: Annotated[int, Field(ge=1, le=99)] | None = None
    agent: Agency = "none"
    offer: tuple[OfferFile, ...] = ()
    withdrawn: WithdrawnFile | None = None
    texts: "TextsFile | None" = None


class PlaceTexts(Strict):
    """One of ``places`` of a guide."""

    name: Line
    address: Line
    hours: Line


class FaqTexts(Strict):
    """One of ``faq`` of a guide."""

    asked: Line
    answer: Line


class GuideTexts(Strict):
    """``guide`` of a text file."""

    summary: Line
    who: Line
    conditions: tuple[Line, ...]
    steps: tuple[Line, ...]
    result: Line
    fee: Line
    window: Line
    places: tuple[PlaceTexts, ...] = ()
    faq: tuple[FaqTexts, ...] = ()
    basis: tuple[Line, ...] = ()


class PrecheckTexts(Strict):
    """One of ``precheck`` of a text file."""

    title: Line
    choices: dict[Key, Line]
    stops: dict[Key, Line] = {}


class NoticeTexts(Strict):
    """``notice`` of a text file."""

    handler: Line
    purpose: Line
    data: Line
    retention: Line
    basis: Line
    rights: Line


class MaterialTexts(Strict):
    """One of ``materials`` of a text file."""

    name: Line
    how: Line
    issuer: Line | None = None


class FieldTexts(Strict):
    """One of ``fields`` of a text file."""

    title: Line
    label: Line
    hint: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""
    choices: dict[str, Line] = {}


class ItemTexts(Strict):
    """``texts.<language>.json``."""

    guide: GuideTexts
    notice: NoticeTexts | None = None
    precheck: dict[Key, PrecheckTexts] = {}
    materials: dict[Key, MaterialTexts] = {}
    fields: dict[Path, FieldTexts] = {}


class TextsFile(Strict):
    """``texts`` of ``item.json``: what otherwise stands in two files."""

    zh: ItemTexts
    en: ItemTexts


class ShowRule(Strict):
    """Asked only while the answer to ``when`` is one of ``is_``."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    when: Name
    is_: Annotated[tuple[str, ...], Field(alias="is", min_length=1)]


class ComputedRule(Strict):
    """How one answer follows from others; exactly one key.

    Attributes:
        age: Full years since the date of this field.
        sum_: Sum of whole numbers: fields, or a column over all entries of its group.
        count: How many entries a group has, or how many choices are ticked.
        copy_: The same as this field.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    age: Name | None = None
    sum_: Annotated[tuple[Path, ...] | None, Field(alias="sum", min_length=1)] = None
    count: Name | None = None
    copy_: Annotated[Name | None, Field(alias="copy")] = None

    @model_validator(mode="after")
    def _is_one_rule(self) -> Self:
        if sum(rule is not None for rule in (self.age, self.sum_, self.count, self.copy_)) != 1:
            raise ValueError("one of age, sum, count and copy is needed")
        return self

    def sources(self) -> tuple[str, ...]:
        """Return the fields (or columns) that it is computed from."""
        single = self.age or self.count or self.copy_
        return self.sum_ or (() if single is None else (single,))


class FormUi(Strict):
    """``form.ui.json``: how the form is asked; what is valid is the schema's business.

    Attributes:
        order: Every property of the schema, in the order of the questions.
        prefill: Property → key of the datum that can answer it.
        show: Property → when it is asked.
        fixed: Answered by the card alone, never typed over.
        secret: Masked wherever they are shown.
        past: Dates that cannot lie in the future.
        groups: Repeated group → its columns in the order in which they are asked.
        computed: Property → how it follows from other answers; it is never asked.
    """

    order: tuple[Name, ...]
    prefill: dict[Name, PrefillKey] = {}
    show: dict[Name, ShowRule] = {}
    fixed: tuple[Name, ...] = ()
    secret: tuple[Path, ...] = ()
    past: tuple[Path, ...] = ()
    groups: dict[Name, tuple[Name, ...]] = {}
    computed: dict[Name, ComputedRule] = {}


ItemFile.model_rebuild()

Json = dict[str, Any]
"""A JSON object as read."""
