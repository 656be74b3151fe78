"""Sealed store-and-forward: what a resident holds a receipt for arrives exactly once, whatever fails.

The application packs, seals and hands over through ``QueueClient``; a process of its own (``run_service``)
stores durably and delivers over the ``Transport`` it was given.
"""

from offline_queue.checkup import CheckPolicy
from offline_queue.client import QueueClient
from offline_queue.clock import Clock, Stamp, SystemClock
from offline_queue.device_key import DeviceSigner
from offline_queue.disk import MAX_CONTAINER_BYTES, Level, RoomPolicy
from offline_queue.errors import REMEDIES, QueueError, Remedy
from offline_queue.file_key import FileSigner
from offline_queue.housekeeping import Upkeep
from offline_queue.item import ItemState
from offline_queue.keyset import KeyOutlook, KeyRole, KeySet, PlatformKey, unsigned_key_set, verify_key_set
from offline_queue.memory_file import MemoryFile
from offline_queue.metrics import metrics_text, write_textfile
from offline_queue.notary import Notary
from offline_queue.numbers import check_number, make_number, parse_number
from offline_queue.package import Manifest, Package, Part, pack, pack_pieces, unpack
from offline_queue.repair import want_repair
from offline_queue.seal import digest, new_submission_id, open_container, seal, seal_frames
from offline_queue.service import run_service
from offline_queue.timekeeping import Confidence, program_built_ms, system_confidence, system_trust
from offline_queue.tpm_key import Tpm, TpmSigner
from offline_queue.transport import Transport
from offline_queue.wire import ItemStatus, QueueStats, Stored

__all__ = [
    "MAX_CONTAINER_BYTES",
    "REMEDIES",
    "CheckPolicy",
    "Clock",
    "Confidence",
    "DeviceSigner",
    "FileSigner",
    "ItemState",
    "ItemStatus",
    "KeyOutlook",
    "KeyRole",
    "KeySet",
    "Level",
    "Manifest",
    "MemoryFile",
    "Notary",
    "Package",
    "Part",
    "PlatformKey",
    "QueueClient",
    "QueueError",
    "QueueStats",
    "Remedy",
    "RoomPolicy",
    "Stamp",
    "Stored",
    "SystemClock",
    "Tpm",
    "TpmSigner",
    "Transport",
    "Upkeep",
    "check_number",
    "digest",
    "make_number",
    "metrics_text",
    "new_submission_id",
    "open_container",
    "pack",
    "pack_pieces",
    "parse_number",
    "program_built_ms",
    "run_service",
    "seal",
    "seal_frames",
    "system_confidence",
    "system_trust",
    "unpack",
    "unsigned_key_set",
    "verify_key_set",
    "want_repair",
    "write_textfile",
]
