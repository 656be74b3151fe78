"""One resident's application, from the first answer to the bytes that are sealed.

Field names are those of GB/T 39046-2020 clause 6.2 (办事申请) in English; ``as_json`` gives the Chinese term
of each. The case number (办件编号) is missing: the platform gives it on acceptance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal

from kiosk.domain.identity import Document, Proof
from kiosk.domain.local_time import local_time
from kiosk.domain.text import Language, Text

Scalar = str | int | bool
Answer = Scalar | tuple[str, ...] | tuple[Mapping[str, "Answer"], ...]
"""One answer: a value, several choices, or the entries of a repeated group."""
FORMAT = "zhiwang-application-1"

# GA/T 2000.156: 111 居民身份证, 553 外国人永久居留身份证, 990 其他. The residence permit for Hong Kong, Macau
# and Taiwan is younger than the code set and has no code in it.
DOCUMENT_KIND_CODES: Mapping[Document, str] = MappingProxyType(
    {"resident": "111", "hmt": "990", "foreign": "553"}
)
_PROMISED_CASE = "2"
"""A.6: 承诺件, decided later by the department."""
_OTHER_FORM = "9"
"""A.5 办理形式: 其他, since the standard does not know a terminal."""


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """One accepted page or photo of a material, in memory only.

    Args:
        material: Code of the material it belongs to.
        jpeg: The picture, JPEG.
        width_px: Width.
        height_px: Height.
        way: How it was taken.
        look: What it looks like at a glance, to know the same page again; empty when nobody looked.
    """

    material: str
    jpeg: bytes
    width_px: int
    height_px: int
    way: Literal["scan", "photo"]
    look: bytes = b""

    def __repr__(self) -> str:
        """Hide the picture from logs and tracebacks."""
        return f"CapturedPage(material={self.material!r}, {self.width_px}x{self.height_px})"


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What an application says about its service item."""

    code: str
    basic_code: str
    implementation_code: str
    name: Text
    kind_code: str
    department: Text
    version: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies, as the card or the one-ID code says it.

    Args:
        name: Name.
        number: Identity number.
        document: Which card it is.
        proof: By what the person was identified at the terminal.
    """

    name: str
    number: str
    document: Document
    proof: Proof = "card"

    def __repr__(self) -> str:
        """Hide the person from logs and tracebacks."""
        return "Applicant(…)"


@dataclass(frozen=True, slots=True)
class Agent:
    """Who files for the applicant (代理人), as their card says it.

    Args:
        name: Name.
        number: Identity number.
        document: Which card it is.
        kind: Authorised by an adult, or guardian of a child.
        relation: Code of what they are to the applicant.
        relation_name: The same, as they read it.
    """

    name: str
    number: str
    document: Document
    kind: Literal["agent", "guardian"]
    relation: str
    relation_name: Text

    def __repr__(self) -> str:
        """Hide the person from logs and tracebacks."""
        return "Agent(…)"

    def as_json(self) -> dict[str, str]:
        """Return the fields of the agent."""
        return {
            "agent_name": self.name,
            "agent_document_kind_code": DOCUMENT_KIND_CODES[self.document],
            "agent_document_number": self.number,
            "agent_kind": self.kind,
            "agent_relation": self.relation,
            "agent_relation_name": self.relation_name.zh,
        }


@dataclass(frozen=True, slots=True)
class Source:
    """Where one answer came from, when the resident did not type it.

    Args:
        field: The answer.
        name: Who knows it.
        as_of: Date of the datum at its source, or None when read from the card just now.
        disputed: The datum as the source has it, when the resident says that it is wrong and answered anew.
    """

    field: str
    name: Text
    as_of: date | None
    disputed: str | None = None

    def __repr__(self) -> str:
        """Hide the datum from logs and tracebacks."""
        return f"Source(field={self.field!r})"


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One material of the list (申请材料) and how many pages of it were taken (0: not handed in)."""

    code: str
    name: Text
    required: bool
    way: Literal["scan", "photo"]
    pages: int


@dataclass(frozen=True, slots=True)
class SituationLine:
    """One answer to the pre-check (情形): which question, which answer, both as the resident read them."""

    code: str
    value: str
    question: Text
    answer: Text


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that is sealed besides the pages themselves.

    Args:
        item: The service item.
        applicant: Who applies.
        phone: 联系人手机, digits, or ``""``.
        answers: Answers of the form, valid as a whole.
        sources: Source of each answer that was prefilled.
        materials: The item's list of materials.
        terminal: Number of the terminal.
        language: Language in which the declaration was read.
        declared_at: Aware UTC time of the declaration.
        situation: Answers to the pre-check.
        signed_by: ``"hand"`` on the screen (``signature.png``), ``"card"`` laid down again, or None.
        corrects: 办件编号 of the case that asks for these documents (补正), or ``""``.
        agent: Who files for the applicant, None for whoever files for themselves.
    """

    item: ItemFacts
    applicant: Applicant
    phone: str
    answers: Mapping[str, Answer]
    sources: tuple[Source, ...]
    materials: tuple[MaterialLine, ...]
    terminal: str
    language: Language
    declared_at: datetime
    situation: tuple[SituationLine, ...] = ()
    signed_by: Literal["hand", "card"] | None = None
    corrects: str = ""
    agent: Agent | None = None

    def __repr__(self) -> str:
        """Hide the contents from logs and tracebacks."""
        return f"Application(item={self.item.code!r}, terminal={self.terminal!r})"

    def as_json(self) -> dict[str, Any]:
        """Return the application as a JSON object.

        ==============================  ==================================================================
        key                             GB/T 39046-2020
        ==============================  ==================================================================
        basic_code                      基本编码
        implementation_code             实施编码
        item_name                       事项名称
        item_kind_code                  事项类型代码 (A.1)
        case_kind_code                  办件类型代码 (A.6)
        handling_form_code              办理形式代码 (A.5)
        applicant_name                  申请者名称
        applicant_document_kind_code    申请者证件类型代码 (GA/T 2000.156)
        applicant_document_number       申请者证件号码
        contact_phone                   联系人手机
        agent_name, agent_document_…    代理人姓名, 证件类型代码, 证件号码; where somebody files for another
        source_code                     申报来源代码: the terminal's number
        applied_at                      申请时间, ``YYYYMMDDThhmmss`` local (Asia/Shanghai has no other rule)
        materials[].name                材料名称
        materials[].collected           是否收取
        materials[].collected_by        收取方式
        materials[].count               收取数量
        situation_code                  情形编码 SXQXBM of the exchange tables: ``code=value`` of each answer
        ==============================  ==================================================================

        The other keys are the terminal's own.
        """
        return {
            "format": FORMAT,
            "item": self.item.code,
            "item_version": self.item.version,
            "basic_code": self.item.basic_code,
            "implementation_code": self.item.implementation_code,
            "item_name": self.item.name.zh,
            "item_kind_code": self.item.kind_code,
            "department": self.item.department.zh,
            "case_kind_code": _PROMISED_CASE,
            "handling_form_code": _OTHER_FORM,
            "applicant_name": self.applicant.name,
            "applicant_document_kind_code": DOCUMENT_KIND_CODES[self.applicant.document],
            "applicant_document_number": self.applicant.number,
            "identified_by": self.applicant.proof,
            "contact_phone": self.phone,
            "source_code": self.terminal,
            "terminal": self.terminal,
            "language": self.language.value,
            "applied_at": local_time(self.declared_at).strftime("%Y%m%dT%H%M%S"),
            "declared_at": self.declared_at.isoformat(timespec="seconds"),
            "signed_by": self.signed_by,
            "situation_code": ";".join(f"{line.code}={line.value}" for line in self.situation),
            "situation": [_choice(line) for line in self.situation],
            "form": {
                "answers": {name: _plain(answer) for name, answer in self.answers.items()},
                "sources": {source.field: _source(source) for source in self.sources},
            },
            "materials": [_material(line) for line in self.materials],
            **({} if self.agent is None else self.agent.as_json()),
            **({"corrects": self.corrects} if self.corrects else {}),
        }


def _plain(answer: Answer) -> object:
    if not isinstance(answer, tuple):
        return answer
    return [
        part if isinstance(part, str) else {name: _plain(value) for name, value in part.items()}
        for part in answer
    ]


def _source(source: Source) -> dict[str, str | bool | None]:
    as_of = None if source.as_of is None else source.as_of.isoformat()
    told: dict[str, str | bool | None] = {"zh": source.name.zh, "en": source.name.en, "as_of": as_of}
    return told if source.disputed is None else {**told, "disputed": True, "held": source.disputed}


def _choice(line: SituationLine) -> dict[str, str]:
    return {
        "code": line.code,
        "value": line.value,
        "question": line.question.zh,
        "answer": line.answer.zh,
    }


def _material(line: MaterialLine) -> dict[str, str | int | bool]:
    return {
        "code": line.code,
        "name": line.name.zh,
        "required": line.required,
        "collected": line.pages > 0,
        "collected_by": line.way,
        "count": line.pages,
    }
