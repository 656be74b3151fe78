"""What can go wrong in the queue: stable codes, and who has to act on each."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Remedy(StrEnum):
    """Who can clear a fault."""

    RETRY = "retry"
    RESIDENT = "resident"
    ATTENDANT = "attendant"
    SERVICE = "service"


REMEDIES: Final = MappingProxyType(
    {
        # The application as handed in, or a container as received.
        "package.malformed": Remedy.SERVICE,
        "package.part-damaged": Remedy.SERVICE,
        "seal.key-expiring": Remedy.SERVICE,
        "seal.malformed": Remedy.SERVICE,
        "seal.no-escrow-key": Remedy.SERVICE,
        "seal.no-key": Remedy.SERVICE,
        "seal.no-valid-key": Remedy.SERVICE,
        "seal.suite-mismatch": Remedy.SERVICE,
        "seal.tampered": Remedy.SERVICE,
        "seal.unsupported": Remedy.SERVICE,
        "ack.malformed": Remedy.RETRY,
        "ack.mismatch": Remedy.RETRY,
        "ack.bad-signature": Remedy.RETRY,
        "ack.unknown-key": Remedy.SERVICE,
        "number.invalid": Remedy.RESIDENT,
        # The platform's keys and the terminal's own.
        "keys.bad-signature": Remedy.SERVICE,
        "keys.malformed": Remedy.SERVICE,
        "keys.older": Remedy.SERVICE,
        "keys.unknown-key": Remedy.SERVICE,
        "device-key.bad-permissions": Remedy.SERVICE,
        "device-key.bad-signature": Remedy.SERVICE,
        "device-key.in-file": Remedy.SERVICE,
        "device-key.missing": Remedy.SERVICE,
        "device-key.pcr-changed": Remedy.SERVICE,
        "device-key.tpm-absent": Remedy.SERVICE,
        "device-key.tpm-failed": Remedy.SERVICE,
        "device-key.unknown-key": Remedy.SERVICE,
        "device-key.unreadable": Remedy.SERVICE,
        "receipt.malformed": Remedy.RESIDENT,
        # The terminal's own store and service.
        "queue.container-missing": Remedy.SERVICE,
        "queue.container-damaged": Remedy.SERVICE,
        "queue.container-unread": Remedy.RETRY,
        "queue.database-corrupt": Remedy.SERVICE,
        "queue.database-lost": Remedy.SERVICE,
        "queue.database-newer": Remedy.SERVICE,
        "queue.database-stale": Remedy.SERVICE,
        "queue.directory-locked": Remedy.SERVICE,
        "queue.export-failed": Remedy.SERVICE,
        "queue.id-conflict": Remedy.SERVICE,
        "queue.not-for-us": Remedy.SERVICE,
        "queue.no-space": Remedy.ATTENDANT,
        "queue.not-set-aside": Remedy.SERVICE,
        "queue.not-lost": Remedy.SERVICE,
        "queue.given-up": Remedy.SERVICE,
        "queue.number-gap": Remedy.SERVICE,
        "queue.protocol": Remedy.SERVICE,
        "queue.storage-failed": Remedy.SERVICE,
        "queue.too-large": Remedy.RESIDENT,
        "queue.unknown-number": Remedy.RESIDENT,
        "queue.unreachable": Remedy.RETRY,
        # What the platform said; every item is kept.
        "platform.auth": Remedy.SERVICE,
        "platform.digest-conflict": Remedy.SERVICE,
        "platform.too-large": Remedy.SERVICE,
        "platform.unknown-key": Remedy.SERVICE,
        "platform.refused": Remedy.SERVICE,
        "platform.forgotten": Remedy.SERVICE,
    }
)
"""Every code this package raises or stores, with who acts on it."""


class QueueError(Exception):
    """Base of every error of the queue.

    Args:
        code: Stable dotted code out of ``REMEDIES``, listed in ``docs/errors.md``.
        detail: Untranslated diagnostic text; never personal data, never shown to a resident.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail

    @property
    def remedy(self) -> Remedy:
        """Who can clear the fault."""
        return REMEDIES.get(self.code, Remedy.SERVICE)


class PackageError(QueueError):
    """A plaintext package cannot be written or read."""


class SealError(QueueError):
    """A container cannot be sealed, read or opened."""


class KeySetError(QueueError):
    """A key set proves nothing."""


class DeviceKeyError(QueueError):
    """The terminal's signing key cannot be used, or a signature of it proves nothing."""


class ReceiptError(QueueError):
    """What was scanned is not a receipt's code."""


class AckError(QueueError):
    """An acknowledgement or verdict proves nothing."""


class NumberError(QueueError):
    """A receipt number is not one."""


class StoreError(QueueError):
    """The directory, its database or a container file failed."""
