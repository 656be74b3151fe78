"""An A4 printer on the network: answers IPP over HTTP on a loopback port, and can misbehave."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from socketserver import BaseServer
from time import monotonic
from typing import Final, Self

from devices.sim.cups_engine import WASTE_PERCENT, Engine, Job, JobState, Printed, Trouble
from devices.sim.cups_ipp import Attribute, IppError, Request, Tag, decode, encode
from devices.sim.link import Link

PATH: Final = "/ipp/print"
MODEL: Final = "Simulated A4"
_PRINT_JOB, _VALIDATE_JOB, _CREATE_JOB, _SEND_DOCUMENT = 0x02, 0x04, 0x05, 0x06
_CANCEL_JOB, _GET_JOB, _GET_JOBS, _GET_PRINTER = 0x08, 0x09, 0x0A, 0x0B
_OPERATIONS: Final = (
    _PRINT_JOB,
    _VALIDATE_JOB,
    _CREATE_JOB,
    _SEND_DOCUMENT,
    _CANCEL_JOB,
    _GET_JOB,
    _GET_JOBS,
    _GET_PRINTER,
)
_OK, _BAD_REQUEST, _NOT_POSSIBLE, _NOT_FOUND, _NOT_SUPPORTED = 0x0000, 0x0400, 0x0404, 0x0406, 0x0501
_IDLE, _PROCESSING, _STOPPED = 3, 4, 5
_MEDIA: Final = ("iso_a4_210x297mm", "iso_a5_148x210mm")
_Groups = Iterable[tuple[Tag, Iterable[Attribute]]]


class SimulatedPagePrinter:
    """One printer; a context manager. Its methods are for any thread.

    Attributes:
        port: On 127.0.0.1, the same for its whole life.
    """

    def __init__(self) -> None:
        self._engine = Engine()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self._answer))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._cable = Link("127.0.0.1", self._server.server_address[1])
        self.port: int = self._cable.port

    def __enter__(self) -> Self:
        """Switch on."""
        self._engine.start()
        self._thread.start()
        self._cable.restore()
        return self

    def __exit__(self, *_: object) -> None:
        """Switch off."""
        self._engine.close()
        self._cable.__exit__()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def uri(self) -> str:
        """Where it is found."""
        return f"ipp://localhost:{self.port}{PATH}"

    # What happens to it ---------------------------------------------------------------------------

    def paper_out(self, *, on: bool, after_sheets: int | None = None) -> None:
        """Take the paper out, now or after so many more sheets, or fill it up."""
        self._engine.trouble(Trouble.PAPER_OUT, on=on, after_sheets=after_sheets)

    def jam(self, *, on: bool, after_sheets: int | None = None) -> None:
        """Let a sheet get stuck, now or after so many more sheets, or take it out."""
        self._engine.trouble(Trouble.JAM, on=on, after_sheets=after_sheets)

    def cover_open(self, *, on: bool) -> None:
        """Open or close the cover."""
        self._engine.trouble(Trouble.COVER_OPEN, on=on)

    def toner(self, percent: int) -> None:
        """Set the level of the toner; at 0 no sheet moves."""
        self._engine.toner_percent = percent
        self._engine.trouble(Trouble.TONER_EMPTY, on=percent == 0)

    def paper(self, percent: int) -> None:
        """Set the level of the tray; how ``paper_out`` ends the paper does not show in it."""
        self._engine.paper_percent = percent

    def offline(self, *, on: bool) -> None:
        """Pull the network cable, so that connections are refused, or plug it in. Printing goes on."""
        if on:
            self._cable.cut()
        else:
            self._cable.restore()

    def slow(self, page_s: float) -> None:
        """Let every sheet take so long."""
        with self._engine.changing():
            self._engine.page_s = page_s

    def abort_next(self) -> None:
        """Have the printer itself give up the next job."""
        self._engine.abort_next()

    def power_cycle(self) -> None:
        """Let it forget all jobs."""
        self._engine.power_cycle()

    def recover(self) -> None:
        """End every trouble, fill everything up, be quick."""
        for trouble in Trouble:
            self._engine.trouble(trouble, on=False)
        self.toner(80)
        self.paper(90)
        self.slow(0.0)
        self._cable.restore()

    # What came out --------------------------------------------------------------------------------

    def printed(self) -> tuple[Printed, ...]:
        """Return everything of which at least one sheet came out, oldest first."""
        return self._engine.printed

    @property
    def busy(self) -> bool:
        """Whether a job is not yet at its end."""
        return self._engine.busy

    @property
    def sheets(self) -> int:
        """Sheets that came out since it was made."""
        return self._engine.sheets

    @property
    def stopped(self) -> bool:
        """Whether no sheet can move."""
        return self._engine.stopped

    def wait_for_sheets(self, sheets: int, timeout_s: float = 20.0) -> bool:
        """Wait until so many sheets have come out since it was made."""
        return self._engine.wait(lambda: self._engine.sheets >= sheets, timeout_s)

    def wait_for_rest(self, timeout_s: float = 20.0) -> bool:
        """Wait until no job is under way."""
        return self._engine.wait(lambda: not self._engine.busy, timeout_s)

    # On the threads of its connections ------------------------------------------------------------

    def _answer(self, data: bytes) -> bytes:
        try:
            request = decode(data)
        except IppError:
            return encode(_BAD_REQUEST, 0, ())
        status, groups = self._carry_out(request)
        return encode(status, request.id, groups)

    def _carry_out(self, request: Request) -> tuple[int, _Groups]:
        engine, number = self._engine, request.number("job-id", 0)
        match request.operation:
            case 0x0B:  # Get-Printer-Attributes
                return _OK, [(Tag.PRINTER, self._attributes())]
            case 0x04:  # Validate-Job
                return _OK, ()
            case 0x08:  # Cancel-Job
                return (_OK if engine.cancel(number) else _NOT_POSSIBLE), ()
            case 0x0A:  # Get-Jobs
                jobs = engine.jobs()
            case 0x02:  # Print-Job
                jobs = engine.feed(engine.new_job(request.number("copies", 1)).id, request.document)
            case 0x05:  # Create-Job
                jobs = (engine.new_job(request.number("copies", 1)),)
            case 0x06:  # Send-Document
                jobs = engine.feed(number, request.document)
            case 0x09:  # Get-Job-Attributes
                jobs = engine.job(number)
            case _:
                return _NOT_SUPPORTED, ()
        return (_OK if jobs or request.operation == _GET_JOBS else _NOT_FOUND), [
            (Tag.JOB, self._told(job)) for job in jobs
        ]

    def _told(self, job: Job) -> Iterable[Attribute]:
        done = job.state is JobState.COMPLETED
        reason = "job-completed-successfully" if done else "none"
        yield Attribute(Tag.INTEGER, "job-id", (job.id,))
        yield Attribute(Tag.URI, "job-uri", (f"{self.uri}/{job.id}",))
        yield Attribute(Tag.ENUM, "job-state", (int(job.state),))
        yield Attribute(Tag.KEYWORD, "job-state-reasons", (reason,))
        yield Attribute(Tag.INTEGER, "job-media-sheets-completed", (job.sheets,))
        yield Attribute(Tag.INTEGER, "job-impressions-completed", (job.sheets,))

    def _attributes(self) -> Iterable[Attribute]:
        engine = self._engine
        state = _STOPPED if engine.stopped else _PROCESSING if engine.busy else _IDLE
        tray = f"type=sheetFeedAutoRemovableTray;maxcapacity=100;level={engine.paper_percent};name=main;"
        yield Attribute(Tag.ENUM, "printer-state", (state,))
        yield Attribute(Tag.KEYWORD, "printer-state-reasons", engine.reasons)
        yield Attribute(Tag.INTEGER, "marker-levels", (engine.toner_percent, WASTE_PERCENT))
        yield Attribute(Tag.BYTES, "printer-input-tray", (tray.encode(),))
        yield Attribute(Tag.INTEGER, "printer-up-time", (int(monotonic() - engine.born_s) + 1,))
        yield Attribute(Tag.URI, "printer-uri-supported", (self.uri,))
        yield from _FIXED


_FIXED: Final = (
    Attribute(Tag.CHARSET, "charset-configured", ("utf-8",)),
    Attribute(Tag.CHARSET, "charset-supported", ("utf-8",)),
    Attribute(Tag.BOOLEAN, "color-supported", (False,)),
    Attribute(Tag.KEYWORD, "compression-supported", ("none",)),
    Attribute(Tag.RANGE, "copies-supported", ((1, 99),)),
    Attribute(Tag.MIME, "document-format-default", ("application/pdf",)),
    Attribute(Tag.MIME, "document-format-supported", ("application/pdf",)),
    Attribute(Tag.LANGUAGE, "generated-natural-language-supported", ("en",)),
    Attribute(Tag.KEYWORD, "ipp-features-supported", ("ipp-everywhere",)),
    Attribute(Tag.KEYWORD, "ipp-versions-supported", ("1.1", "2.0")),
    Attribute(Tag.NAME, "marker-colors", ("#000000", "none")),
    Attribute(Tag.INTEGER, "marker-low-levels", (10, 0)),
    Attribute(Tag.INTEGER, "marker-high-levels", (100, 95)),
    Attribute(Tag.NAME, "marker-names", ("Black toner", "Waste toner box")),
    Attribute(Tag.KEYWORD, "marker-types", ("toner", "waste-toner")),
    Attribute(Tag.KEYWORD, "media-default", _MEDIA[:1]),
    Attribute(Tag.KEYWORD, "media-ready", _MEDIA[:1]),
    Attribute(Tag.KEYWORD, "media-supported", _MEDIA),
    Attribute(Tag.LANGUAGE, "natural-language-configured", ("en",)),
    Attribute(Tag.ENUM, "operations-supported", _OPERATIONS),
    Attribute(Tag.KEYWORD, "pdl-override-supported", ("attempted",)),
    Attribute(Tag.KEYWORD, "print-color-mode-supported", ("monochrome",)),
    Attribute(Tag.TEXT, "printer-device-id", ("MFG:Simulated;MDL:A4;CMD:PDF;",)),
    Attribute(Tag.BOOLEAN, "printer-is-accepting-jobs", (True,)),
    Attribute(Tag.TEXT, "printer-make-and-model", (MODEL,)),
    Attribute(Tag.NAME, "printer-name", ("bench-a4",)),
    Attribute(Tag.RESOLUTION, "printer-resolution-supported", ((600, 600, 3),)),
    Attribute(Tag.RESOLUTION, "printer-resolution-default", ((600, 600, 3),)),
    Attribute(Tag.URI, "printer-uuid", ("urn:uuid:5e7ab6c4-0000-4000-8000-000000000a04",)),
    Attribute(Tag.INTEGER, "queued-job-count", (0,)),
    Attribute(Tag.KEYWORD, "sides-default", ("one-sided",)),
    Attribute(Tag.KEYWORD, "sides-supported", ("one-sided", "two-sided-long-edge")),
    Attribute(Tag.KEYWORD, "uri-authentication-supported", ("none",)),
    Attribute(Tag.KEYWORD, "uri-security-supported", ("none",)),
)


class _Handler(BaseHTTPRequestHandler):
    """One connection, which hands what comes to the printer."""

    protocol_version = "HTTP/1.1"

    def __init__(
        self, answer: Callable[[bytes], bytes], request: socket, address: tuple[str, int], server: BaseServer
    ) -> None:
        self._answer = answer
        super().__init__(request, address, server)

    def do_POST(self) -> None:
        """Answer one request."""
        answer = self._answer(self._body())
        self.send_response(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own signature
        """Say nothing."""

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        parts: list[bytes] = []
        while size := int(self.rfile.readline() or b"0", 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)
