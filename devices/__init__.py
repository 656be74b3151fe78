"""Drivers, the host that runs each in a process of its own, and wire-level simulators.

The program uses what is listed here and nothing below.
"""

from devices.device_set import DeviceSet, open_devices
from devices.errors import DeviceError, Remedy
from devices.facades import DocumentCamera, DocumentScanner, IdCardReader, ReceiptPrinter
from devices.health import Action, Health, Phase, Severity
from devices.idcard.ethnic import ethnic_name
from devices.model import (
    Block,
    CardDetected,
    CardRead,
    CardReadFailed,
    CardRecord,
    CardRemoved,
    CodeScanned,
    DeviceEvent,
    DeviceSpec,
    Frame,
    GapBlock,
    HealthChanged,
    Kind,
    PairBlock,
    PrintJob,
    PrintOutcome,
    PrintResult,
    QrBlock,
    Reading,
    ReadingsChanged,
    RuleBlock,
    SmartCardInserted,
    SmartCardRemoved,
    TextBlock,
)
from devices.registry import driver_kinds, driver_names
from devices.status import DeviceStatus, Stats

__all__ = [
    "Action",
    "Block",
    "CardDetected",
    "CardRead",
    "CardReadFailed",
    "CardRecord",
    "CardRemoved",
    "CodeScanned",
    "DeviceError",
    "DeviceEvent",
    "DeviceSet",
    "DeviceSpec",
    "DeviceStatus",
    "DocumentCamera",
    "DocumentScanner",
    "Frame",
    "GapBlock",
    "Health",
    "HealthChanged",
    "IdCardReader",
    "Kind",
    "PairBlock",
    "Phase",
    "PrintJob",
    "PrintOutcome",
    "PrintResult",
    "QrBlock",
    "Reading",
    "ReadingsChanged",
    "ReceiptPrinter",
    "Remedy",
    "RuleBlock",
    "Severity",
    "SmartCardInserted",
    "SmartCardRemoved",
    "Stats",
    "TextBlock",
    "driver_kinds",
    "driver_names",
    "ethnic_name",
    "open_devices",
]
