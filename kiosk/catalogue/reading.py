"""One item's folder → a ``ServiceItem`` and the source of its form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.files import (
    ITEM_FILE,
    SCHEMA_FILE,
    TEXT_FILES,
    UI_FILE,
    FormUi,
    ItemFile,
    ItemTexts,
    NoticeTexts,
)
from kiosk.catalogue.form_faults import checked
from kiosk.catalogue.form_source import FormSource
from kiosk.catalogue.model import Faq, Guide, Notice, Place, Requires, ServiceItem, Withdrawn
from kiosk.catalogue.reading_parts import (
    item_faults,
    materials_of,
    offer_of,
    questions_of,
    text_faults,
    text_of,
)
from kiosk.domain.text import Text

_Model = TypeVar("_Model", bound=BaseModel)
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the catalogue.

    Args:
        item: The item.
        form: Source of its form, None for an item that is a guide only.
    """

    item: ServiceItem
    form: FormSource | None


def read_item(code: str, folder: Mapping[str, object]) -> Entry:
    """Read one item.

    Args:
        code: Name of the folder.
        folder: File name → parsed JSON.

    Raises:
        CatalogueError: ``catalogue.bad-item``, naming item, file and key.
    """
    item = _parse(ItemFile, code, ITEM_FILE, folder)
    zh, en = _texts(code, item, folder)
    for key, why in item_faults(item):
        raise _bad(code, ITEM_FILE, key, why)
    if item.code != code:
        raise _bad(code, ITEM_FILE, "code", "is not the name of its folder")
    for file, texts in zip(TEXT_FILES, (zh, en), strict=True):
        for key, why in text_faults(item, texts):
            raise _bad(code, file, key, why)
    form = _form(code, folder, zh, en) if item.filing == "here" else None
    return Entry(
        ServiceItem(
            code=item.code,
            basic_code=item.basic_code,
            implementation_code=item.implementation_code,
            kind_code=item.kind_code,
            name=text_of(item.name),
            department=text_of(item.department),
            theme=item.theme,
            aliases=item.aliases,
            filing=item.filing,
            sample=item.sample,
            requires=Requires(item.requires.devices, item.requires.identity, item.requires.network),
            guide=_guide(code, item, zh, en),
            notice=_notice(code, item, zh.notice, en.notice),
            materials=materials_of(item, zh, en),
            version=item.version,
            department_code=item.department_code,
            subjects=item.subjects,
            case_kind=item.case_kind,
            events=item.events,
            coverage=item.coverage,
            payment=item.payment,
            precheck=questions_of(item, zh, en),
            sign=item.sign,
            agent=item.agent,
            offer=tuple(map(offer_of, item.offer)),
            withdrawn=Withdrawn(item.withdrawn.on, item.withdrawn.successor) if item.withdrawn else None,
            rank=item.rank,
            hot=item.hot,
        ),
        form,
    )


def _texts(code: str, item: ItemFile, folder: Mapping[str, object]) -> tuple[ItemTexts, ItemTexts]:
    if item.texts is None:
        return _parse(ItemTexts, code, TEXT_FILES[0], folder), _parse(ItemTexts, code, TEXT_FILES[1], folder)
    for file in TEXT_FILES:
        if file in folder:
            raise _bad(code, file, "$", f"{ITEM_FILE} has the texts already")
    return item.texts.zh, item.texts.en


def _form(code: str, folder: Mapping[str, object], zh: ItemTexts, en: ItemTexts) -> FormSource:
    ui = _parse(FormUi, code, UI_FILE, folder)
    schema = folder.get(SCHEMA_FILE)
    if not isinstance(schema, dict):
        raise _bad(code, SCHEMA_FILE, "$", "an object is needed, since the item is filed here")
    return checked(FormSource(cast("dict[str, Any]", schema), ui, zh.fields, en.fields), code)


def _guide(code: str, item: ItemFile, zh: ItemTexts, en: ItemTexts) -> Guide:
    return Guide(
        summary=Text(zh.guide.summary, en.guide.summary),
        who=Text(zh.guide.who, en.guide.who),
        conditions=_pairs(code, "guide.conditions", zh.guide.conditions, en.guide.conditions),
        steps=_pairs(code, "guide.steps", zh.guide.steps, en.guide.steps),
        result=Text(zh.guide.result, en.guide.result),
        fee=Text(zh.guide.fee, en.guide.fee),
        promised_days=item.guide.promised_days,
        legal_days=item.guide.legal_days,
        window=Text(zh.guide.window, en.guide.window),
        phone=item.guide.phone,
        as_of=item.guide.as_of.isoformat(),
        places=tuple(
            Place(Text(one.name, other.name), Text(one.address, other.address), Text(one.hours, other.hours))
            for one, other in _both(code, "guide.places", zh.guide.places, en.guide.places)
        ),
        faq=tuple(
            Faq(Text(one.asked, other.asked), Text(one.answer, other.answer))
            for one, other in _both(code, "guide.faq", zh.guide.faq, en.guide.faq)
        ),
        basis=_pairs(code, "guide.basis", zh.guide.basis, en.guide.basis),
    )


def _notice(code: str, item: ItemFile, zh: NoticeTexts | None, en: NoticeTexts | None) -> Notice:
    if zh is not None and en is not None:
        return Notice(
            handler=Text(zh.handler, en.handler),
            purpose=Text(zh.purpose, en.purpose),
            data=Text(zh.data, en.data),
            retention=Text(zh.retention, en.retention),
            basis=Text(zh.basis, en.basis),
            rights=Text(zh.rights, en.rights),
        )
    if item.filing == "here":
        raise _bad(code, TEXT_FILES[1] if en is None else TEXT_FILES[0], "notice", "is missing")
    return Notice(
        handler=text_of(item.department),
        purpose=Text("仅供阅读办事指南", "Reading the guide only"),
        data=Text("不采集个人信息", "No personal data is collected"),
        retention=Text("不保存", "Nothing is kept"),
        basis=Text("不涉及", "Not applicable"),
        rights=Text(f"如有疑问请拨打 {item.guide.phone}", f"Questions: call {item.guide.phone}"),
    )


def _pairs(code: str, key: str, zh: tuple[str, ...], en: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(Text(one, other) for one, other in _both(code, key, zh, en))


def _both(code: str, key: str, zh: tuple[_Part, ...], en: tuple[_Part, ...]) -> Iterator[tuple[_Part, _Part]]:
    if len(zh) != len(en):
        raise _bad(code, TEXT_FILES[1], key, f"has {len(en)} lines, the Chinese text {len(zh)}")
    return zip(zh, en, strict=True)


def _parse(model: type[_Model], code: str, file: str, folder: Mapping[str, object]) -> _Model:
    if file not in folder:
        raise _bad(code, file, "$", "the file is missing")
    try:
        return model.model_validate(folder[file])
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"]) or "$"
        raise _bad(code, file, key, first["msg"]) from error


def _bad(code: str, file: str, key: str, why: str) -> CatalogueError:
    return CatalogueError("catalogue.bad-item", f"{code}/{file}: {key}: {why}")
