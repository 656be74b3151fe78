"""libcups as far as the driver uses it, with its exceptions translated and a deadline for each question.

pycups carries no types: everything untyped stays in this file.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportAttributeAccessIssue=false

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from devices.errors import DeviceError, Remedy, Severity
from devices.page_printer.desk import Desk, UnansweredError
from devices.page_printer.faults import OFFLINE, REFUSED, SERVICE_DOWN, SERVICE_SILENT
from devices.page_printer.sentinel import Sentinel
from devices.page_printer.status import Attributes

_IPP_PORT: Final = 631
_NOT_POSSIBLE: Final = 0x0404
_NOT_FOUND: Final = 0x0406
_FIRST_FAILURE: Final = 0x0400
_AWAY: Final = (0x0500, 0x0502, 0x0503, 0x0507)
"""Internal error, unavailable, version (a torn answer), busy: libcups says so of a lost connection."""
_FORBIDDEN: Final = (401, 403)
"""HTTP status."""
_CONTINUE: Final = 100
_CHUNK_BYTES: Final = 64 * 1024

_T = TypeVar("_T")
_Connection = Any


@dataclass(frozen=True, slots=True)
class Away:
    """Why there is no answer.

    Args:
        silent: Whether a connection was made, and nothing came: it may still answer later.
        detail: For the log.
    """

    silent: bool
    detail: str


class UnknownThereError(Exception):
    """The server answers, and knows no such queue or job."""


class CupsPort:
    """One IPP server.

    Args:
        device: Logical name, for errors.
        server: Path of a socket, ``host``, ``host:port``, or None for the system's scheduler.
        timeout_s: For each question.
        away: Makes the error for a server that does not answer, or cannot be reached.

    Raises:
        DeviceError: ``pageprinter.cups-absent`` (service): pycups or libcups is not installed.
    """

    def __init__(
        self, device: str, server: str | None, timeout_s: float, away: Callable[[Away], DeviceError]
    ) -> None:
        self._device = device
        self._timeout_s = timeout_s
        self._away = away
        self._cups = _library(device)
        self._server = server
        cups = self._cups
        self._desk = Desk(f"ask-{server or 'cups'}", (cups.IPPError, cups.HTTPError, RuntimeError, OSError))
        self._connection: _Connection | None = None

    def queue(self, queue: str, wanted: Sequence[str]) -> Attributes:
        """Return what the server says of a queue.

        Raises:
            UnknownThereError: There is none of this name.
            DeviceError: What ``away`` makes, or ``pageprinter.refused`` (service).
        """
        return self._twice(lambda c: c.getPrinterAttributes(name=queue, requested_attributes=list(wanted)))

    def printer(self, uri: str, wanted: Sequence[str]) -> Attributes:
        """Return what a printer says of itself; raises as ``queue``."""
        return self._twice(lambda c: c.getPrinterAttributes(uri=uri, requested_attributes=list(wanted)))

    def job(self, number: int, wanted: Sequence[str]) -> Attributes:
        """Return what is known of a job; raises as ``queue``."""
        return self._twice(lambda c: c.getJobAttributes(number, list(wanted)))

    def jobs(self, which: str, wanted: Sequence[str]) -> Mapping[int, Attributes]:
        """Return this user's jobs by number; raises as ``queue``.

        Args:
            which: ``"not-completed"`` or ``"completed"``.
            wanted: Attributes.
        """
        # pycups passes over every job whose number it did not ask for.
        asked = ["job-id", *wanted]
        return self._twice(lambda c: c.getJobs(which_jobs=which, my_jobs=True, requested_attributes=asked))

    def create(self, queue: str, title: str, options: Mapping[str, str]) -> int:
        """Return the number of a new job without a document; raises as ``queue``."""
        return self._ask(lambda c: c.createJob(queue, title, dict(options)), self._timeout_s)

    def send(self, queue: str, number: int, title: str, document: memoryview, timeout_s: float) -> None:
        """Give a job its only document, a PDF; raises as ``queue``."""
        self._ask(lambda c: self._hand_over(c, queue, number, title, document), timeout_s)

    def cancel(self, number: int) -> bool:
        """Break off a job; False when it is at its end already. Raises as ``queue``."""
        return self._ask(lambda c: self._ended(c, number, purge=False), self._timeout_s)

    def purge(self, number: int) -> bool:
        """Remove a job and what is kept of it; False when the server will not. Raises as ``queue``."""
        return self._ask(lambda c: self._ended(c, number, purge=True), self._timeout_s)

    def sentinel(self) -> Sentinel:
        """Return what notices that the server was started anew.

        Raises:
            DeviceError: What ``away`` makes.
        """
        host, port = self._place()
        try:
            return Sentinel(host, port)
        except OSError as error:
            raise self._away(Away(silent=False, detail=str(error))) from error

    def close(self) -> None:
        """Let go."""
        self._connection = None
        self._desk.close()

    def _hand_over(
        self, connection: _Connection, queue: str, number: int, title: str, document: memoryview
    ) -> None:
        answers = [connection.startDocument(queue, number, title, "application/pdf", 1)]
        for start in range(0, len(document), _CHUNK_BYTES):
            if answers[-1] != _CONTINUE:
                break
            chunk = bytes(document[start : start + _CHUNK_BYTES])
            answers.append(connection.writeRequestData(chunk, len(chunk)))
        status = connection.finishDocument(queue)
        if status >= _FIRST_FAILURE:
            raise self._cups.IPPError(status, "the document was not taken")

    def _ended(self, connection: _Connection, number: int, *, purge: bool) -> bool:
        try:
            connection.cancelJob(number, purge_job=purge)
        except self._cups.IPPError as error:
            if error.args[0] == _NOT_POSSIBLE:
                return False
            raise
        return True

    def _twice(self, question: Callable[[_Connection], _T]) -> _T:
        """Ask what may be asked twice: a connection that was idle may have been closed meanwhile."""
        is_old = self._connection is not None
        try:
            return self._ask(question, self._timeout_s)
        except DeviceError:
            if not is_old:
                raise
        return self._ask(question, self._timeout_s)

    def _ask(self, question: Callable[[_Connection], _T], timeout_s: float) -> _T:
        try:
            return self._desk.ask(lambda: question(self._connected()), timeout_s)
        except UnansweredError as error:
            self._connection = None
            raise self._away(Away(silent=True, detail=str(error))) from error
        except self._cups.IPPError as error:
            raise self._translated(error) from error
        except self._cups.HTTPError as error:
            raise self._refused_or_away(error) from error
        except (RuntimeError, OSError) as error:
            self._connection = None
            raise self._away(Away(silent=False, detail=f"{type(error).__name__} {error}")) from error

    def _translated(self, error: Exception) -> Exception:
        status, words = error.args
        if status == _NOT_FOUND:
            return UnknownThereError(words)
        self._connection = None
        if status in _AWAY:
            return self._away(Away(silent=False, detail=str(words)))
        return DeviceError(self._device, REFUSED, Remedy.SERVICE, f"{status:#06x} {words}")

    def _refused_or_away(self, error: Exception) -> DeviceError:
        self._connection = None
        status = error.args[0] if error.args else None
        if status in _FORBIDDEN:
            return DeviceError(self._device, REFUSED, Remedy.SERVICE, f"HTTP {status}")
        return self._away(Away(silent=False, detail=f"HTTP {status}"))

    def _connected(self) -> _Connection:
        if self._connection is None:
            # Or else libcups asks for a password at whatever terminal this process was started from.
            self._cups.setPasswordCB2(_no_password)
            host, port = self._place()
            self._connection = self._cups.Connection(host=host, port=port)
        return self._connection

    def _place(self) -> tuple[str, int]:
        server: str = self._server or self._cups.getServer()
        if server.startswith("/"):
            return server, _IPP_PORT
        host, _, port = server.partition(":")
        return host, int(port or _IPP_PORT)


def printer_port(device: str, uri: str, timeout_s: float) -> CupsPort:
    """Return the port of a printer that speaks IPP itself.

    Raises:
        DeviceError: ``pageprinter.cups-absent`` (service).
    """
    parts = urlsplit(uri)
    server = f"{parts.hostname}:{_IPP_PORT if parts.port is None else parts.port}"
    return CupsPort(device, server, timeout_s, lambda away: OFFLINE.error(device, away.detail))


def away_error(device: str, away: Away, *, lasts: bool) -> DeviceError:
    """Return the error for a scheduler that is away: it is waited for, and then service has to come."""
    code = SERVICE_SILENT if away.silent else SERVICE_DOWN
    if lasts:
        return DeviceError(device, code, Remedy.SERVICE, away.detail)
    return DeviceError(device, code, Remedy.RETRY, away.detail, Severity.BLOCK)


def _no_password(*_: object) -> None:
    """Have libcups take a request that needs a password for refused; called by it."""


def _library(device: str) -> ModuleType:
    try:
        return importlib.import_module("cups")
    except ImportError as error:
        detail = f"{error}; install libcups2 and pycups"
        raise DeviceError(device, "pageprinter.cups-absent", Remedy.SERVICE, detail) from error
