"""Logs of codes and ids: a white list of keys gets through, whatever else is passed is left out."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "area",
        "attempt",
        "case_no",
        "code",
        "count",
        "device",
        "driver",
        "duration_ms",
        "item",
        "kind",
        "outcome",
        "path",
        "pid",
        "port",
        "reason",
        "receipt_no",
        "remedy",
        "serial",
        "severity",
        "state",
        "terminal",
        "version",
    }
)


def only_allowed(_logger: object, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the white list, and say that something was dropped."""
    kept = {key: value for key, value in entry.items() if key in ALLOWED}
    if len(kept) != len(entry):
        kept["code"] = kept.get("code", "log.key-dropped")
    return kept


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Write JSON lines to ``stream`` (standard error by default).

    ``offline_queue`` logs through the standard library, so that it needs no other; its lines join ours. Other
    libraries stay silent: what they quote in a message is not ours to vouch for.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.stdlib.ExtraAdder(),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                only_allowed,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    queue_logger = logging.getLogger("offline_queue")
    queue_logger.handlers[:] = [handler]
    queue_logger.propagate = False
    queue_logger.setLevel(level)
    logging.getLogger().handlers[:] = [logging.NullHandler()]


def logger(area: str) -> structlog.typing.FilteringBoundLogger:
    """Return the logger of one area of the program."""
    return structlog.get_logger(area=area)
