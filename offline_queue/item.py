"""One application in the queue, as its row tells it."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final


class ItemState(StrEnum):
    """Where an application is on its way."""

    QUEUED = "queued"
    SENDING = "sending"
    ACKED = "acked"
    WIPED = "wiped"
    """Answered for good and no longer on the disk; accepted if it has an acceptance number."""
    ATTENTION = "attention"
    """Kept, and waiting for a person; nothing else waits for it but its own chain."""
    REJECTED = "rejected"


WAITING: Final = frozenset({ItemState.QUEUED, ItemState.SENDING, ItemState.ATTENTION})
"""Their container has to be there."""
MISSING: Final = "queue.container-missing"
DAMAGED: Final = "queue.container-damaged"
LOST_HERE: Final = frozenset({MISSING, DAMAGED})
"""Why one is set aside that can never be sent from here, unless a person brings its container back."""
GIVEN_UP: Final = "queue.given-up"
"""Why one is set aside that a person gave up after its container was lost: nothing waits for it any more."""
SETTLED: Final = frozenset({ItemState.ACKED, ItemState.WIPED, ItemState.REJECTED})
"""The platform has answered for good."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the table ``item``; field names are its columns. Nothing in it names a person."""

    seq: int
    submission_id: bytes
    receipt_no: str
    service: str
    container_ver: int
    kid: str
    file: str
    size: int
    digest: bytes
    state: str
    attempts: int
    last_error: str | None
    upload_offset_hint: int
    created_wall: int
    acceptance_no: str | None
    receipt_printed: int
    clock_conf: str | None
    exported_at: int | None
    refusals: int
    refusal_mark: str | None


COLUMNS: Final = ", ".join(column.name for column in fields(Item))
"""What to select for an ``Item``, in its order."""
AGE_S: Final = """
  max(0, CASE created_boot WHEN :boot THEN :mono_ms - created_mono ELSE :wall_ms - created_wall END) / 1000.0
"""
"""A wall clock that is set makes nothing older; only what another boot left can be told by nothing else."""
