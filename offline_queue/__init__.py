"""Sealed store-and-forward: what a resident holds a receipt for arrives exactly once, whatever fails.

The application packs, seals and hands over through ``QueueClient``; a process of its own (``run_service``)
stores durably and delivers over the ``Transport`` it was given.
"""

from offline_queue.client import QueueClient
from offline_queue.clock import Clock, Stamp, SystemClock
from offline_queue.errors import REMEDIES, QueueError, Remedy
from offline_queue.item import ItemState
from offline_queue.numbers import check_number, make_number, parse_number
from offline_queue.package import Manifest, Package, Part, pack, unpack
from offline_queue.seal import PlatformKey, digest, new_submission_id, open_container, seal
from offline_queue.service import run_service
from offline_queue.transport import Transport
from offline_queue.wire import ItemStatus, QueueStats, Stored

__all__ = [
    "REMEDIES",
    "Clock",
    "ItemState",
    "ItemStatus",
    "Manifest",
    "Package",
    "Part",
    "PlatformKey",
    "QueueClient",
    "QueueError",
    "QueueStats",
    "Remedy",
    "Stamp",
    "Stored",
    "SystemClock",
    "Transport",
    "check_number",
    "digest",
    "make_number",
    "new_submission_id",
    "open_container",
    "pack",
    "parse_number",
    "run_service",
    "seal",
    "unpack",
]
