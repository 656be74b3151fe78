"""A visit → the sealed container that the queue stores."""

from collections.abc import Callable, Sequence

from kiosk.clock import Clock
from kiosk.documents.pdf import to_pdf
from kiosk.documents.signature import signature_png
from kiosk.domain.application import Agent
from kiosk.domain.report import SERVICE as REPORT_SERVICE
from kiosk.domain.report import Report
from kiosk.domain.signature import NAME as SIGNATURE
from kiosk.domain.text import Language
from kiosk.forms.freezing import freeze
from kiosk.session.states import Visit
from offline_queue import KeySet, MemoryFile, Part, SystemClock, new_submission_id, pack_pieces, seal_frames


class Sealer:
    """Freezes, packs and seals. Plain data exists in memory only, and not after ``seal`` returned.

    The container of a visit is kept until the visit is over: when the queue's answer was lost, the same bytes
    are handed over again, and the queue answers with the number it gave them before. It is sealed frame by
    frame into memory that the queue gets as it is; no second copy is made on the way.

    Args:
        terminal: The terminal's number.
        keys: Returns the platform's key set now in force.
        clock: Time of the declaration.
    """

    def __init__(self, terminal: str, keys: Callable[[], KeySet], clock: Clock) -> None:
        self._terminal = terminal
        self._keys = keys
        self._clock = clock
        self._stamps = SystemClock()
        self._kept: tuple[int, Visit | Report, MemoryFile] | None = None

    def seal(self, serial: int, visit: Visit, language: Language) -> MemoryFile:
        """Return the sealed container of a visit.

        Args:
            serial: Number of the visit.
            visit: Complete; ``kiosk.forms.check`` finds nothing.
            language: Language in which the declaration was read.

        Raises:
            DocumentError: ``page.not-a-picture``.
            QueueError: ``seal.no-valid-key``.
        """
        if self._kept is not None and self._kept[:2] == (serial, visit):
            return self._kept[2]
        application = freeze(
            item=visit.item,
            form=visit.form,
            holder=visit.holder,
            data=visit.data,
            answers=visit.answers,
            pages=visit.pages,
            situation=visit.situation,
            terminal=self._terminal,
            language=language,
            declared_at=self._clock.now(),
            signature=visit.signature,
            corrects="" if visit.correction is None else visit.correction.case.number,
            agent=_agent(visit),
            evidence=visit.evidence,
        )
        whole = pack_pieces(application.as_json(), _documents(visit))
        return self._keep(serial, visit, visit.item.code, whole)

    def seal_report(self, serial: int, report: Report, language: Language, here: str) -> MemoryFile:
        """Return the sealed container of a report.

        Args:
            serial: Number of the visit.
            report: What is reported.
            language: In which it was written.
            here: Where the terminal stands.

        Raises:
            QueueError: ``seal.no-valid-key``.
        """
        if self._kept is not None and self._kept[:2] == (serial, report):
            return self._kept[2]
        said = report.as_json(terminal=self._terminal, here=here, language=language, at=self._clock.now())
        photo = () if report.photo is None else (Part("photo.jpg", "image/jpeg", report.photo.jpeg),)
        return self._keep(serial, report, REPORT_SERVICE, pack_pieces(said, photo))

    def _keep(self, serial: int, said: Visit | Report, service: str, whole: Sequence[bytes]) -> MemoryFile:
        created = self._stamps.now()
        frames = seal_frames(
            whole,
            self._keys().recipients(created.wall_ms),
            submission_id=new_submission_id(),
            terminal=self._terminal,
            service=service,
            created=created,
        )
        container = MemoryFile(frames)
        self._kept = (serial, said, container)
        return container

    def forget(self) -> None:
        """Drop what is kept of the last visit."""
        self._kept = None


def _agent(visit: Visit) -> Agent | None:
    acting = visit.acting
    if acting is None:
        return None
    who, relation = acting.agent, acting.relation
    return Agent(who.name, who.number, who.document, acting.way, relation.code, relation.name)


def _documents(visit: Visit) -> tuple[Part, ...]:
    """Return one PDF per material that was handed in, in the order of the item's list; last the signature."""
    parts: list[Part] = []
    for material in visit.materials:
        pages = visit.pages_of(material.code)
        if pages:
            title = f"{visit.item.name.zh} {material.name.zh}"
            parts.append(Part(f"{material.code}.pdf", "application/pdf", to_pdf(pages, title)))
    if visit.signature is not None and not visit.signature.by_card:
        parts.append(Part(SIGNATURE, "image/png", signature_png(visit.signature.strokes)))
    return tuple(parts)
