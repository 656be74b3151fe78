"""The devices as the program uses them: one small class per kind, all blocking the caller's lane only."""

from devices.facades.camera import DocumentCamera
from devices.facades.id_card import IdCardReader
from devices.facades.printer import ReceiptPrinter
from devices.facades.scanner import DocumentScanner

__all__ = ["DocumentCamera", "DocumentScanner", "IdCardReader", "ReceiptPrinter"]
