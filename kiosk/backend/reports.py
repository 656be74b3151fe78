"""What a terminal asks the platform about reported problems (随手拍)."""

from http import HTTPStatus
from urllib.parse import quote

from devices.errors import Remedy
from kiosk.backend import answers
from kiosk.backend.asker import Asker, decode, expect, problem
from kiosk.backend.errors import BackendError
from kiosk.domain.cases import NotFound
from kiosk.domain.report import NearReport, ReportProgress


class ReportsClient(Asker):
    """Reports nearby, supporting one, and how far one is."""

    def near(self, kind: str, place: str) -> tuple[NearReport, ...]:
        """Return open reports of a kind at a place, newest first, three at most.

        Raises:
            BackendError: A ``backend.*`` code.
        """
        reply = self._post("/v1/reports/near", {"kind": kind, "place": place})
        expect(reply)
        return decode(reply, answers.NEAR).reports

    def support(self, number: str, support_id: str) -> ReportProgress:
        """Say that somebody saw the same (附议); the same id counts once, so it may be repeated.

        Raises:
            BackendError: ``report.closed``, or a ``backend.*`` code.
        """
        reply = self._post(f"/v1/reports/{quote(number, safe='')}/supports", {"id": support_id})
        if reply.status == HTTPStatus.CONFLICT and problem(reply) == "report.closed":
            raise BackendError("report.closed", Remedy.RESIDENT)
        expect(reply)
        return decode(reply, answers.REPORT)

    def report(self, number: str) -> ReportProgress | NotFound:
        """Tell how far a report is, by its own number or its receipt's.

        Raises:
            BackendError: A ``backend.*`` code.
        """
        reply = self._ask("GET", f"/v1/reports/{quote(number, safe='')}")
        if reply.status == HTTPStatus.NOT_FOUND and problem(reply) == "report.not-found":
            return NotFound()
        expect(reply)
        return decode(reply, answers.REPORT)
