"""Drivers, the host that runs each in a process of its own, and wire-level simulators.

The program uses what is listed here and nothing below.
"""

from devices.device_set import DeviceSet, open_devices
from devices.errors import DeviceError, Remedy
from devices.facades import DocumentCamera, DocumentScanner, IdCardReader, ReceiptPrinter
from devices.health import Health, Severity
from devices.idcard.ethnic import ethnic_name
from devices.model import (
    Block,
    CardDetected,
    CardRead,
    CardReadFailed,
    CardRecord,
    CardRemoved,
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
    RuleBlock,
    TextBlock,
)
from devices.registry import driver_names

__all__ = [
    "Block",
    "CardDetected",
    "CardRead",
    "CardReadFailed",
    "CardRecord",
    "CardRemoved",
    "DeviceError",
    "DeviceEvent",
    "DeviceSet",
    "DeviceSpec",
    "DocumentCamera",
    "DocumentScanner",
    "Frame",
    "GapBlock",
    "Health",
    "HealthChanged",
    "IdCardReader",
    "Kind",
    "PairBlock",
    "PrintJob",
    "PrintOutcome",
    "PrintResult",
    "QrBlock",
    "ReceiptPrinter",
    "Remedy",
    "RuleBlock",
    "Severity",
    "TextBlock",
    "driver_names",
    "ethnic_name",
    "open_devices",
]
