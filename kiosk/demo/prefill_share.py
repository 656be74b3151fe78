"""How many answers a resident is spared: the built-in forms and the platform's invented people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from district.database import Database
from district.resources.prefill import prefill
from district.resources.seed import seed
from district.resources.tables import Person
from district.tables import Terminal
from kiosk.backend.client import PrefillDatum
from kiosk.catalogue.catalogue import Catalogue
from kiosk.domain import identity_number
from kiosk.domain.identity import Holder
from kiosk.domain.text import Text
from kiosk.forms.loading import load_form
from kiosk.forms.model import Form
from kiosk.forms.prefill import from_card, from_platform

GOAL = 0.6
_TERMINAL = "T0000"
_ADULT = 18


@dataclass(frozen=True, slots=True)
class Share:
    """What is known in advance of one item's form.

    Args:
        item: Code of the item.
        asked: Fields that are not computed.
        card: How many of them the card answers.
        best: How many are known of the resident of whom most is known: one for whom the item is meant.
        mean: How many are known on average over all residents.
        unknown: Fields with a prefill key that is known of nobody.
    """

    item: str
    asked: int
    card: int
    best: int
    mean: float
    unknown: tuple[str, ...]

    @property
    def share(self) -> float:
        """Return the part that is known of somebody for whom the item is meant."""
        return self.best / self.asked


def measure(catalogue: Catalogue) -> tuple[Share, ...]:
    """Return the share of every item that is filed at a terminal, in the catalogue's order."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'district.sqlite'}")
        try:
            database.migrate()
            with database.writing() as session:
                seed(session)
                session.add(Terminal(id=_TERMINAL, token_hash="", enrolled_at=datetime.now(UTC)))
            with database.writing() as session:
                return tuple(_shares(catalogue, session))
        finally:
            database.close()


def total(shares: tuple[Share, ...]) -> float:
    """Return the share over all fields of all items."""
    return sum(share.best for share in shares) / sum(share.asked for share in shares)


def show(shares: tuple[Share, ...], console: Console) -> None:
    """Print the shares item by item, and the total."""
    table = Table("item", "fields", "from the card", "known in all", "share", "mean of all residents")
    for share in shares:
        parts = (f"{share.share:.0%}", f"{share.mean / share.asked:.0%}")
        table.add_row(share.item, str(share.asked), str(share.card), str(share.best), *parts)
    asked, mean = sum(share.asked for share in shares), sum(share.mean for share in shares)
    card, best = sum(share.card for share in shares), sum(share.best for share in shares)
    table.add_section()
    table.add_row("all", str(asked), str(card), str(best), f"{total(shares):.0%}", f"{mean / asked:.0%}")
    console.print(table)
    console.print(f"{total(shares):.0%} of the fields are prefilled; goal ≥ {GOAL:.0%}")


def _shares(catalogue: Catalogue, session: Session) -> Iterator[Share]:
    people = [person for person in session.scalars(select(Person)) if _is_resident(person)]
    for entry in catalogue.entries:
        if entry.form is None:
            continue
        form = load_form(entry.form)
        asked = [field for field in form.fields if field.computed is None]
        known = [_known(form, person, session) for person in people]
        card = max(len(from_card(form, _holder(person))) for person in people)
        counts = [len(names) for names in known]
        yield Share(
            item=entry.item.code,
            asked=len(asked),
            card=card,
            best=max(counts),
            mean=sum(counts) / len(counts),
            unknown=tuple(sorted(set(entry.form.ui.prefill) - frozenset().union(*known))),
        )


def _known(form: Form, person: Person, session: Session) -> frozenset[str]:
    wanted = frozenset(field.prefill for field in form.fields if field.prefill is not None)
    told = prefill(
        session,
        terminal=_TERMINAL,
        item="",
        wanted=wanted,
        name=person.name,
        number=person.number,
        at=datetime.now(UTC),
    )
    rows = [
        PrefillDatum(one.field, one.value, Text(one.department.name_zh, one.department.name_en), one.as_of)
        for one in told
    ]
    return frozenset(datum.field for datum in (*from_card(form, _holder(person)), *from_platform(form, rows)))


def _is_resident(person: Person) -> bool:
    born = identity_number.birth_of(person.number)
    return born is not None and born.year + _ADULT < datetime.now(UTC).year


def _holder(person: Person) -> Holder:
    home = person.household or person.residence
    return Holder(
        name=person.name,
        number=person.number,
        sex=identity_number.sex_of(person.number),
        ethnic="01",
        born=identity_number.birth_of(person.number) or date.min,
        address="" if home is None else home.address.text,
        issuer="",
        valid_until=None,
    )
