"""The parts by name, their share of the time, and which of them must catch which wrong queue."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tests.torture import faults, kills, power, remains, reorder, shortage
from tests.torture.ground import Ground
from tests.torture.tally import Limits, Tally

Part = Callable[[Ground, Limits], Tally]

PARTS: Final = MappingProxyType(
    {
        "power-submit": power.submit,
        "power-service": power.service,
        "power-recovery": power.recovery,
        "power-random-ext4": power.at_random,
        "power-random-xfs": power.at_random_xfs,
        "reorder-submit": reorder.puts,
        "reorder-service": reorder.deliveries,
        "kill-submit": kills.submit,
        "kill-service": kills.service,
        "kill-recovery": kills.recovery,
        "fault-eio": faults.eio,
        "fault-enospc": faults.enospc,
        "disk-full": shortage.full,
        "read-only": shortage.read_only,
        "raw-image": remains.raw_image,
    }
)

SHARES: Final = MappingProxyType(
    {
        "disk-full": 1,
        "read-only": 1,
        "raw-image": 1,
        "power-submit": 8,
        "power-service": 10,
        "fault-eio": 8,
        "fault-enospc": 8,
        "kill-submit": 6,
        "kill-service": 12,
        "kill-recovery": 10,
        "power-recovery": 12,
        "power-random-ext4": 14,
        "power-random-xfs": 6,
        "reorder-submit": 8,
        "reorder-service": 8,
    }
)
"""Of the time, in this order; what one leaves over goes to those behind it."""

ENDLESS: Final = ("power-random-ext4", "reorder-submit", "reorder-service", "power-recovery", "kill-recovery")
"""Parts that find new points with every seed; they go on while there is time."""


@dataclass(frozen=True, slots=True)
class Tooth:
    """A wrong queue, the part that must catch it, and after how many cuts at the latest."""

    variant: str
    part: str
    within: int


TEETH: Final = (
    Tooth("no-folder-sync", "power-submit", 4),
    Tooth("no-folder-sync", "reorder-submit", 2000),
    Tooth("no-file-sync", "power-submit", 4),
    Tooth("no-file-sync", "reorder-submit", 2000),
    Tooth("wal-normal", "power-submit", 4),
    Tooth("wal-normal", "reorder-submit", 2000),
    Tooth("delete-full", "power-submit", 4),
    Tooth("delete-full", "reorder-submit", 2000),
    Tooth("row-before-file", "power-submit", 16),
    Tooth("row-before-file", "kill-submit", 16),
    Tooth("row-before-file", "reorder-submit", 2000),
    Tooth("wipe-before-ack", "power-service", 48),
    Tooth("wipe-before-ack", "kill-service", 48),
    Tooth("no-lease-commit", "power-service", 48),
    Tooth("no-lease-commit", "kill-service", 48),
    *(Tooth(flush, "reorder-submit", 2000) for flush in reorder.FLUSHES),
    Tooth(remains.PLAIN_SPOOL, "raw-image", 1),
)
