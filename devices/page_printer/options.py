"""Options of the driver ``cups``."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

from devices.options import convert_options

_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=127, pattern=r"^[A-Za-z0-9._-]+$")]
_Seconds = Annotated[float, msgspec.Meta(gt=0, le=60)]
_PrinterUri = Annotated[str, msgspec.Meta(pattern=r"^ipps?://[^/ ]+(/\S*)?$")]
_Server = Annotated[
    str, msgspec.Meta(min_length=1, max_length=255, pattern=r"^(/\S+|[^/:\s]+(:[0-9]{1,5})?)$")
]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Options of the driver ``cups``.

    Args:
        queue: Name of the queue, as ``lpstat -p`` lists it.
        server: Path of the scheduler's socket, or ``host`` or ``host:port``; None for the system's.
        printer: IPP address of the printer itself, which knows more of itself than its queue does; None for
            the queue's own device when that is one.
        media: Paper, in CUPS' words.
        sides: IPP's word.
        counts: Whether the printer tells what it has printed (IPP Everywhere demands it), and a document
            counts as printed only when it has told enough; only where the printer itself speaks IPP.
        look_s: Between two looks at queue and printer.
        ask_timeout_s: Within which a question must be answered.
        send_timeout_s: Within which the scheduler must take a document.
        stall_timeout_s: How long a job may wait for paper, a free path or a closed cover.
        service_after_s: How long the scheduler may be away before service has to come.
        toner_low_percent: At which toner is low where the printer does not say so earlier.
        journal: File in which outcomes survive a restart, or None.
    """

    queue: _Word
    server: _Server | None = None
    printer: _PrinterUri | None = None
    media: _Word = "A4"
    sides: Literal["one-sided", "two-sided-long-edge", "two-sided-short-edge"] = "one-sided"
    counts: bool = True
    look_s: Annotated[float, msgspec.Meta(gt=0, le=10)] = 0.75
    ask_timeout_s: _Seconds = 3.0
    send_timeout_s: _Seconds = 20.0
    stall_timeout_s: Annotated[float, msgspec.Meta(gt=0, le=600)] = 60.0
    service_after_s: Annotated[float, msgspec.Meta(ge=0, le=600)] = 20.0
    toner_low_percent: Annotated[int, msgspec.Meta(ge=0, le=50)] = 10
    journal: str | None = None


def options_from(name: str, options: Mapping[str, Any]) -> Options:
    """Return the options, checked.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    return convert_options(name, options, Options)
