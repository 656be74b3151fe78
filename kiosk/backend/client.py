"""What a terminal asks the platform besides delivering: catalogue, prefill, progress."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import msgspec

from devices.errors import Remedy
from kiosk.backend import answers
from kiosk.backend.answers import PrefillDatum, ReceiptStanding
from kiosk.backend.asker import decode, expect, problem
from kiosk.backend.catalogue import CataloguePackage, NotModified, verify_catalogue
from kiosk.backend.errors import BackendError
from kiosk.backend.line import Line
from kiosk.backend.reports import ReportsClient
from kiosk.domain.cases import AwaitedReceipt, CaseProgress, EarlierCase, NotFound, Progress
from kiosk.domain.certificate import CertificateFacts
from kiosk.domain.identity import CodeRecord
from offline_queue.numbers import check_number

_CATALOGUE_BYTES_MAX: Final = 16 * 1024 * 1024
_DOCUMENT_BYTES_MAX: Final = 8 * 1024 * 1024
_NO_CASE: Final = frozenset({"case.not-found", "request.not-found"})
_UNRATED: Final = frozenset({"rating.no-case", "rating.already-given"})
_NO_IDENTITY: Final = frozenset(
    {
        "identity-code.unknown",
        "identity-code.expired",
        "identity-code.used",
        "identity-code.too-many-tries",
    }
)
_NUMBER_MAX: Final = 96
_LAST4: Final = re.compile(r"[0-9]{3}[0-9Xx]")


@dataclass(frozen=True, slots=True)
class SealKeys:
    """The platform's key set as it was signed, and the name of this state of it."""

    body: bytes
    etag: str


class BackendClient(ReportsClient):
    """Asks the platform. Every call blocks for a bounded time; use one client per lane.

    Args:
        base_url: Such as ``https://platform.example``.
        token: The terminal's bearer token.
        terminal: Its name, told in the user agent.
        timeout_s: For connecting, for each wait on the wire, and for the answer as a whole.
        catalogue_keys: Pinned keys: key id → Ed25519 public key, 32 raw bytes.
        ca_file: Certificates to trust instead of the public ones, or None.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        terminal: str,
        *,
        timeout_s: float,
        catalogue_keys: Mapping[str, bytes],
        ca_file: str | None = None,
    ) -> None:
        super().__init__(Line(base_url, token, terminal, timeout_s, ca_file))
        self._catalogue_keys = dict(catalogue_keys)

    def ping(self) -> None:
        """Return when the platform answers.

        Raises:
            BackendError: A ``backend.*`` code: it does not.
        """
        reply = self._ask("GET", "/v1/ping")
        expect(reply)
        decode(reply, answers.PONG)

    def catalogue(self, etag: str = "") -> CataloguePackage | NotModified:
        """Return the catalogue, verified, unless it is still the one that ``etag`` names.

        Raises:
            BackendError: A ``backend.*`` or ``catalogue.*`` code.
        """
        headers = {"If-None-Match": etag} if etag else {}
        reply = self._ask("GET", "/v1/catalogue", headers=headers, bytes_max=_CATALOGUE_BYTES_MAX)
        if reply.status == HTTPStatus.NOT_MODIFIED:
            return NotModified()
        expect(reply)
        return verify_catalogue(reply.body, self._catalogue_keys, reply.headers.get("etag", ""))

    def seal_keys(self, etag: str = "") -> SealKeys | NotModified:
        """Return the platform's signed key set, not yet proven, unless it is still the one ``etag`` names.

        Raises:
            BackendError: A ``backend.*`` code.
        """
        headers = {"If-None-Match": etag} if etag else {}
        reply = self._ask("GET", "/v1/seal-keys", headers=headers)
        if reply.status == HTTPStatus.NOT_MODIFIED:
            return NotModified()
        expect(reply)
        return SealKeys(reply.body, reply.headers.get("etag", ""))

    def identify(self, code: str) -> CodeRecord:
        """Return whose one-ID code it is; it is used up by that.

        Raises:
            BackendError: ``identity-code.unknown``, ``.expired``, ``.used``, ``.too-many-tries``, or a
                ``backend.*`` code.
        """
        reply = self._post("/v1/identity-codes/verify", {"code": code})
        if not reply.is_success and problem(reply) in _NO_IDENTITY:
            raise BackendError(problem(reply), Remedy.RESIDENT)
        expect(reply)
        return decode(reply, answers.IDENTIFIED)

    def prefill(self, item: str, name: str, number: str) -> tuple[PrefillDatum, ...]:
        """Return what the district knows of the holder and the item's form asks for; empty when nothing.

        Raises:
            BackendError: ``prefill.mismatch`` when the number is known under another name,
                ``prefill.unknown-item``, or a ``backend.*`` code.
        """
        reply = self._of_holder("/v1/prefill", name, number, {"item": item})
        if reply.status == HTTPStatus.NOT_FOUND and problem(reply) == "prefill.unknown-item":
            raise BackendError("prefill.unknown-item", Remedy.SERVICE, item)
        expect(reply)
        return decode(reply, answers.PREFILL).data

    def circumstances(self, name: str, number: str) -> Mapping[str, tuple[str, ...]]:
        """Return the facts on which offers depend, key → values; empty when the district knows nothing.

        Raises:
            BackendError: ``prefill.mismatch`` when the number is known under another name, or a
                ``backend.*`` code.
        """
        reply = self._of_holder("/v1/circumstances", name, number)
        expect(reply)
        return {one.field: one.values for one in decode(reply, answers.CIRCUMSTANCES).data}

    def progress(self, number: str, last4: str) -> Progress:
        """Tell how a case stands.

        Args:
            number: Case number 办件编号, or the number on a terminal's receipt.
            last4: Last four of the applicant's identity number; the last may be ``X``.

        Raises:
            BackendError: ``case.too-many-tries`` or a ``backend.*`` code.
        """
        if not _LAST4.fullmatch(last4) or not 0 < len(number.strip()) <= _NUMBER_MAX:
            return NotFound()
        reply = self._ask("GET", f"/v1/cases/{quote(number.strip(), safe='')}", query={"id_last4": last4})
        # A number with a slash in it names no case, only a path that does not exist.
        if reply.status == HTTPStatus.NOT_FOUND and problem(reply) in _NO_CASE:
            return NotFound()
        if reply.status == HTTPStatus.TOO_MANY_REQUESTS and problem(reply) == "case.too-many-tries":
            raise BackendError("case.too-many-tries", Remedy.RESIDENT)
        expect(reply)
        match decode(reply, answers.PROGRESS):
            case answers.Case() as case:
                return _progress(case)
            case answers.Awaited() as awaited:
                return AwaitedReceipt(awaited.receipt_no, awaited.certain)

    def cases(self, name: str, number: str) -> tuple[CaseProgress, ...]:
        """Return the cases of the holder of a card, newest first; empty when there are none.

        Raises:
            BackendError: A ``backend.*`` code.
        """
        reply = self._of_holder("/v1/cases/of-holder", name, number)
        expect(reply)
        return tuple(_progress(case) for case in decode(reply, answers.CASES).cases)

    def documents(self, name: str, number: str) -> tuple[CertificateFacts, ...]:
        """Return what the holder of a card can have printed; empty when there is nothing.

        Raises:
            BackendError: ``prefill.mismatch`` when the number is known under another name, or a
                ``backend.*`` code.
        """
        reply = self._of_holder("/v1/documents", name, number)
        expect(reply)
        return decode(reply, answers.DOCUMENTS).documents

    def document(self, name: str, number: str, kind: str) -> bytes:
        """Return one document as a PDF.

        Raises:
            BackendError: ``document.not-found``, ``prefill.mismatch``, or a ``backend.*`` code.
        """
        reply = self._of_holder(
            "/v1/documents/pdf", name, number, {"kind": kind}, bytes_max=_DOCUMENT_BYTES_MAX
        )
        if reply.status == HTTPStatus.NOT_FOUND and problem(reply) == "document.not-found":
            raise BackendError("document.not-found", Remedy.RESIDENT, kind)
        expect(reply)
        return reply.body

    def receipt(self, receipt_no: str) -> ReceiptStanding:
        """Tell where the application of a receipt is, also before it has reached the platform.

        Args:
            receipt_no: As printed, or as a person types it.

        Raises:
            BackendError: A ``backend.*`` code.
        """
        if not check_number(receipt_no):
            return ReceiptStanding("no-receipt", certain=False)
        reply = self._ask("GET", f"/v1/receipts/{quote(receipt_no.strip(), safe='')}")
        expect(reply)
        return decode(reply, answers.RECEIPT)

    def earlier(self, submission_id: str) -> EarlierCase | None:
        """Tell which case of the same applicant and item was open when a submission of ours became one.

        Args:
            submission_id: 32 hex digits.

        Raises:
            BackendError: A ``backend.*`` code.
        """
        reply = self._ask("GET", f"/v1/submissions/{submission_id}")
        expect(reply)
        return decode(reply, answers.SUBMISSION).earlier

    def rate(self, receipt_no: str, score: int) -> None:
        """Tell how satisfied the resident is with a case (好差评); may be repeated.

        Args:
            receipt_no: The terminal's number of it.
            score: GB/T 39046 A.8, 1 非常满意 to 5 非常不满意.

        Raises:
            BackendError: ``rating.no-case`` when it has not arrived, ``rating.already-given``, or a
                ``backend.*`` code.
        """
        reply = self._post("/v1/ratings", {"receipt_no": receipt_no, "score": score})
        if reply.status in (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT):
            code = problem(reply)
            if code in _UNRATED:
                raise BackendError(code, Remedy.RESIDENT)
        expect(reply)


def _progress(case: answers.Case) -> CaseProgress:
    return CaseProgress(**msgspec.structs.asdict(case))
