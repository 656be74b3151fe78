"""How queue and printer are: what the driver asks at every look, and what it makes of the answers."""

import time
from collections.abc import Mapping
from typing import Final

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.page_printer.cups_port import Away, CupsPort, UnknownThereError, away_error, printer_port
from devices.page_printer.faults import OFFLINE, SPOOL_KEPT, Complaint, worst_complaint
from devices.page_printer.options import Options
from devices.page_printer.status import (
    PRINTER_ATTRIBUTES,
    QUEUE_ATTRIBUTES,
    Status,
    device_uri,
    queue_complaints,
    status_from,
)
from devices.values.page_printer import supply_readings

_KEPT_DETAIL: Final = "the scheduler keeps documents and will not remove them: PreserveJobFiles No"


class Watch:
    """Asks a queue and the printer behind it.

    Args:
        name: Logical name of the device, for errors.
        options: Which queue, and where.

    Attributes:
        port: To the scheduler.
        status: As the printer, or else its queue, told it last; None before the first look.
        counts: Whether the printer itself can be asked, and so tells the scheduler how much it has printed.
        stands_still: Whether the printer itself said at the last look that no sheet can move.
        spool_kept: Whether documents stay in the scheduler's spool, where they should not.
    """

    def __init__(self, name: str, options: Options) -> None:
        self._name = name
        self._options = options
        self._away_since_s: float | None = None
        self._printer: tuple[str, CupsPort] | None = None
        self.port = CupsPort(name, options.server, options.ask_timeout_s, self._away)
        self.status: Status | None = None
        self.counts = False
        self.stands_still = False
        self.spool_kept = False
        self._heard = False
        self._waiting = 0

    def look(self) -> Complaint | None:
        """Ask both and return the worst complaint, or None.

        Raises:
            DeviceError: ``pageprinter.service-down``, ``device.absent`` (the scheduler knows no such queue),
                ``pageprinter.refused``, ``pageprinter.bad-answer``.
        """
        self.stands_still = self._heard = False
        try:
            attributes = self.port.queue(self._options.queue, QUEUE_ATTRIBUTES)
        except UnknownThereError as error:
            self._away_since_s = None
            detail = f"the scheduler knows no queue {self._options.queue}"
            raise DeviceError(self._name, ABSENT, Remedy.SERVICE, detail) from error
        self._away_since_s = None
        queue = status_from(self._name, attributes, self._options.toner_low_percent)
        self._waiting = queue.queued
        complaints = list(queue_complaints(attributes))
        uri = self._options.printer or device_uri(attributes)
        self.counts = uri is not None
        if uri is None:
            self.status, self._heard = queue, True
            complaints += queue.complaints()
        else:
            complaints += self._look_at_printer(uri, queue)
        if self.spool_kept:
            complaints.append(Complaint(SPOOL_KEPT, _KEPT_DETAIL))
        return worst_complaint(complaints)

    def readings(self) -> Mapping[str, str | int | bool]:
        """Return what is known of supplies, paper and waiting jobs; supplies as they were told last."""
        status = self.status
        if status is None:
            return {}
        return {
            "state": status.word if self._heard else "unknown",
            "media-ready": ", ".join(status.media_ready),
            "jobs-waiting": self._waiting,
            "spool-kept": self.spool_kept,
            **supply_readings(status.supplies),
        }

    def close(self) -> None:
        """Let go of both."""
        self.port.close()
        if self._printer is not None:
            self._printer[1].close()
            self._printer = None

    def _look_at_printer(self, uri: str, queue: Status) -> list[Complaint]:
        """Ask the printer itself: a queue repeats what it heard during the last job."""
        if self._printer is None or self._printer[0] != uri:
            if self._printer is not None:
                self._printer[1].close()
            self._printer = (uri, printer_port(self._name, uri, self._options.ask_timeout_s))
        try:
            answer = self._printer[1].printer(uri, PRINTER_ATTRIBUTES)
            told = status_from(self._name, answer, self._options.toner_low_percent)
        except UnknownThereError:
            return [Complaint(OFFLINE, "what answers there is no printer of that name")]
        except DeviceError as error:
            self.status = self.status or queue
            return [Complaint(OFFLINE, error.detail)]
        self.status, self._heard = told, True
        complaints = list(told.complaints())
        self.stands_still = any(complaint.fault.blocks for complaint in complaints)
        return complaints

    def _away(self, away: Away) -> DeviceError:
        now_s = time.monotonic()
        if self._away_since_s is None:
            self._away_since_s = now_s
        lasts = now_s - self._away_since_s >= self._options.service_after_s
        return away_error(self._name, away, lasts=lasts)
