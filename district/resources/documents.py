"""Sample certificates of the invented residents: which there are, and each as a PDF that says whose it is."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select
from sqlalchemy.orm import Session

from district.resources.prefill import PersonMismatchError
from district.resources.tables import Lookup, Person, Sourced

_A4: Final = (1240, 1754)
"""150 dots to an inch."""
_DPI: Final = 150
_FONTS: Final = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"))
_FONT: Final = "NotoSansCJK-Regular.ttc"
_INK, _SOFT, _MARK = (24, 34, 40), (96, 104, 110), (206, 196, 180)
HOLDER_NAME, HOLDER_NUMBER = "/ZhiwangHolderName", "/ZhiwangHolderNumber"
"""Where the PDF itself says whose it is; the terminal compares before it prints."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One certificate that a person can have printed.

    Args:
        kind: Names it, e.g. ``"household"``.
        title_zh: What it is called.
        title_en: The same.
        lines: What stands on it: label and value.
        source: Who vouches for it.
    """

    kind: str
    title_zh: str
    title_en: str
    lines: tuple[tuple[str, str], ...]
    source: Sourced

    def __repr__(self) -> str:
        """Hide the person from logs and tracebacks."""
        return f"Offer({self.kind!r})"


def person_of(session: Session, name: str, number: str) -> Person | None:
    """Return the person of a card, None for somebody unknown.

    Raises:
        PersonMismatchError: The number belongs to somebody with another name.
    """
    person = session.scalar(select(Person).where(Person.number == number.strip().upper()))
    if person is not None and person.name != name:
        raise PersonMismatchError
    return person


def offers(person: Person) -> tuple[Offer, ...]:
    """Return the certificates of a person."""
    found: list[Offer] = []
    if home := person.residence:
        found.append(
            Offer("residence", "居住登记信息单", "Residence record", (("现居住地", home.address.text),), home)
        )
    if household := person.household:
        lines = (("户号", household.number), ("户籍地址", household.address.text))
        found.append(Offer("household", "户籍信息单", "Household record", lines, household))
    if social := person.social:
        bank = f"{social.bank_name}（尾号 {social.bank_tail}）"
        lines = (("社保卡号", social.card_number), ("关联账户", bank))
        found.append(Offer("social", "社会保障卡信息单", "Social security card record", lines, social))
    return tuple(found)


def note_handed_out(session: Session, person: Person, kind: str, terminal: str, at: datetime) -> None:
    """Record that a certificate was handed out."""
    session.add(
        Lookup(at=at, terminal=terminal, item=f"document:{kind}", person_id=person.id, fields="document")
    )


def as_pdf(person: Person, offer: Offer, department: str, on: date) -> bytes:
    """Draw a certificate on one page of A4."""
    page = Image.new("RGB", _A4, "white")
    pen = ImageDraw.Draw(page)
    pen.text((620, 620), "样例 SAMPLE", fill=_MARK, font=_font(150), anchor="mm")
    pen.text((620, 230), offer.title_zh, fill=_INK, font=_font(64), anchor="mm")
    pen.text((620, 310), f"{offer.title_en} (sample)", fill=_SOFT, font=_font(30), anchor="mm")
    lines = (("姓名", person.name), ("公民身份号码", person.number), *offer.lines)
    for at, (label, value) in enumerate(lines):
        pen.text((150, 450 + 90 * at), label, fill=_SOFT, font=_font(32))
        pen.text((430, 450 + 90 * at), value, fill=_INK, font=_font(34))
    pen.text(
        (150, 1500), f"数据来源：{department}，截至 {offer.source.as_of:%Y-%m-%d}", fill=_INK, font=_font(30)
    )
    pen.text((150, 1560), f"打印日期：{on:%Y-%m-%d}　样例内容，不作为凭证", fill=_INK, font=_font(30))
    drawn = io.BytesIO()
    page.save(drawn, "PDF", resolution=_DPI)
    return _signed_for(drawn.getvalue(), person)


def _signed_for(pdf: bytes, person: Person) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for key in list(document.docinfo.keys()):
            del document.docinfo[key]
        document.docinfo[HOLDER_NAME] = person.name
        document.docinfo[HOLDER_NUMBER] = person.number
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


@cache
def _font(size_px: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for folder in _FONTS:
        if (folder / _FONT).is_file():
            return ImageFont.truetype(str(folder / _FONT), size_px, index=_SIMPLIFIED)
    return ImageFont.load_default(size_px)


_SIMPLIFIED: Final = 2
"""Face of the collection with the forms of the mainland."""
