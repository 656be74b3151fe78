"""The terminal's side of the platform: asking it, and the queue's transport to it."""

from kiosk.backend.catalogue import CataloguePackage, NotModified, verify_catalogue
from kiosk.backend.client import BackendClient, PrefillDatum, ReceiptStanding, SealKeys
from kiosk.backend.errors import BackendError
from kiosk.backend.transport import HttpTransport
from kiosk.domain.cases import AwaitedReceipt, CaseProgress, NotFound, Progress, StatusEntry

__all__ = [
    "AwaitedReceipt",
    "BackendClient",
    "BackendError",
    "CaseProgress",
    "CataloguePackage",
    "HttpTransport",
    "NotFound",
    "NotModified",
    "PrefillDatum",
    "Progress",
    "ReceiptStanding",
    "SealKeys",
    "StatusEntry",
    "verify_catalogue",
]
