"""What can be reported, as data: the kinds, and the service under which reports are delivered."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field, StringConstraints

from kiosk.catalogue.files import Strict
from kiosk.catalogue.model import Guide, Notice, Requires, ServiceItem
from kiosk.catalogue.shipped import read_shipped
from kiosk.domain.report import SERVICE
from kiosk.domain.text import Text

_Words = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
_NOTHING = Text("", "")


class _Text(Strict):
    zh: _Words
    en: _Words


class _Kind(Strict):
    code: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    icon: _Words
    title: _Text
    hint: _Text


class _Book(Strict):
    note: str
    name: _Text
    department: _Text
    answer_days: int
    kinds: tuple[_Kind, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of problem.

    Args:
        code: Goes to the district.
        icon: Name of its picture.
        title: What it is called.
        hint: What belongs to it.
    """

    code: str
    icon: str
    title: Text
    hint: Text


@dataclass(frozen=True, slots=True)
class ReportBook:
    """All kinds, and the service that the receipt names."""

    kinds: tuple[ReportKind, ...]
    item: ServiceItem

    def kind(self, code: str) -> ReportKind | None:
        """Return the kind of a code, None for a code that is not offered."""
        return next((kind for kind in self.kinds if kind.code == code), None)


@cache
def load_reports() -> ReportBook:
    """Load what can be reported, as it comes with the program."""
    book = read_shipped("reports.json", _Book)
    kinds = tuple(ReportKind(one.code, one.icon, _text(one.title), _text(one.hint)) for one in book.kinds)
    return ReportBook(kinds, _item(book))


def _text(words: _Text) -> Text:
    return Text(words.zh, words.en)


def _item(book: _Book) -> ServiceItem:
    """Return the service as far as a receipt names it: a report has no guide, no form and no documents."""
    guide = Guide(
        _NOTHING, _NOTHING, (), (), _NOTHING, _NOTHING, book.answer_days, book.answer_days, _NOTHING, "", ""
    )
    notice = Notice(_NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING)
    return ServiceItem(
        code=SERVICE,
        basic_code="",
        implementation_code="",
        kind_code="",
        name=_text(book.name),
        department=_text(book.department),
        theme="",
        aliases=(),
        filing="here",
        sample=True,
        requires=Requires(identity=()),
        guide=guide,
        notice=notice,
        materials=(),
        version="1",
    )
