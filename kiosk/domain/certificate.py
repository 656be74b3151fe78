"""A certificate that the platform offers to be printed, and whose it is."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.identity import Holder
from kiosk.domain.text import Text


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One certificate of the list.

    Args:
        kind: Names it to the platform.
        title: What it is called.
        department: Who vouches for it.
        name: Whose it is.
        number: Identity number of whose it is.
        as_of: Day of its data.
        pages: How many pages of A4.
    """

    kind: str
    title: Text
    department: Text
    name: str
    number: str
    as_of: date
    pages: int

    def __repr__(self) -> str:
        """Hide the person from logs and tracebacks."""
        return f"CertificateFacts({self.kind!r})"


@dataclass(frozen=True, slots=True)
class Certificate:
    """The document itself.

    Args:
        kind: As in its facts.
        name: Whose it is, as the document itself says; ``""`` when it does not.
        number: Identity number, as the document itself says.
        pdf: What is printed.
    """

    kind: str
    name: str
    number: str
    pdf: bytes

    def __repr__(self) -> str:
        """Hide person and contents from logs and tracebacks."""
        return f"Certificate({self.kind!r})"


def belongs_to(document: CertificateFacts | Certificate, holder: Holder) -> bool:
    """Tell whether name and number of a document are those of the person who stands at the terminal."""
    return (document.name.strip(), document.number.strip().upper()) == (
        holder.name.strip(),
        holder.number.strip().upper(),
    )
