"""The devices as the program uses them: one small class per kind, all blocking the caller's lane only."""

from devices.facades.camera import DocumentCamera, FaceCamera
from devices.facades.code_scanner import CodeScanner
from devices.facades.id_card import IdCardReader
from devices.facades.page_printer import PagePrinter
from devices.facades.power import PowerSupply
from devices.facades.printer import ReceiptPrinter
from devices.facades.scanner import DocumentScanner
from devices.facades.sensors import Sensors
from devices.facades.smart_card import SmartCardReader

__all__ = [
    "CodeScanner",
    "DocumentCamera",
    "DocumentScanner",
    "FaceCamera",
    "IdCardReader",
    "PagePrinter",
    "PowerSupply",
    "ReceiptPrinter",
    "Sensors",
    "SmartCardReader",
]
