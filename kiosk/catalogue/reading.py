"""One item's folder → a ``ServiceItem`` and the source of its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.files import (
    ITEM_FILE,
    SCHEMA_FILE,
    TEXT_FILES,
    UI_FILE,
    Bilingual,
    FormUi,
    ItemFile,
    ItemTexts,
    NoticeTexts,
)
from kiosk.catalogue.form_source import FormSource, checked
from kiosk.catalogue.model import Guide, Material, Notice, Requires, ServiceItem
from kiosk.catalogue.themes import THEME_KEYS
from kiosk.domain.text import Text

_Model = TypeVar("_Model", bound=BaseModel)


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
    zh = _parse(ItemTexts, code, TEXT_FILES[0], folder)
    en = _parse(ItemTexts, code, TEXT_FILES[1], folder)
    if item.code != code:
        raise _bad(code, ITEM_FILE, "code", "is not the name of its folder")
    if item.theme not in THEME_KEYS:
        raise _bad(code, ITEM_FILE, "theme", f"no theme is called {item.theme!r}")
    codes = [material.code for material in item.materials]
    if len(set(codes)) != len(codes):
        raise _bad(code, ITEM_FILE, "materials", "two have the same code")
    form = _form(code, folder, zh, en) if item.filing == "here" else None
    return Entry(
        ServiceItem(
            code=item.code,
            basic_code=item.basic_code,
            implementation_code=item.implementation_code,
            kind_code=item.kind_code,
            name=_text(item.name),
            department=_text(item.department),
            theme=item.theme,
            aliases=item.aliases,
            filing=item.filing,
            sample=item.sample,
            requires=Requires(item.requires.devices, item.requires.identity, item.requires.network),
            guide=_guide(code, item, zh, en),
            notice=_notice(code, item, zh.notice, en.notice),
            materials=_materials(code, item, zh, en),
            version=item.version,
        ),
        form,
    )


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
        handler=_text(item.department),
        purpose=Text("仅供阅读办事指南", "Reading the guide only"),
        data=Text("不采集个人信息", "No personal data is collected"),
        retention=Text("不保存", "Nothing is kept"),
        basis=Text("不涉及", "Not applicable"),
        rights=Text(f"如有疑问请拨打 {item.guide.phone}", f"Questions: call {item.guide.phone}"),
    )


def _materials(code: str, item: ItemFile, zh: ItemTexts, en: ItemTexts) -> tuple[Material, ...]:
    codes = {material.code for material in item.materials}
    for file, texts in zip(TEXT_FILES, (zh, en), strict=True):
        if set(texts.materials) != codes:
            raise _bad(code, file, "materials", "must name each material of item.json once")
    return tuple(
        Material(
            code=material.code,
            name=Text(zh.materials[material.code].name, en.materials[material.code].name),
            how=Text(zh.materials[material.code].how, en.materials[material.code].how),
            capture=material.capture,
            required=material.required,
            pages_max=material.pages_max,
        )
        for material in item.materials
    )


def _pairs(code: str, key: str, zh: tuple[str, ...], en: tuple[str, ...]) -> tuple[Text, ...]:
    if len(zh) != len(en):
        raise _bad(code, TEXT_FILES[1], key, f"has {len(en)} lines, the Chinese text {len(zh)}")
    return tuple(Text(one, other) for one, other in zip(zh, en, strict=True))


def _text(value: Bilingual) -> Text:
    return Text(value.zh, value.en)


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
