"""Drivers, the host that runs each in a process of its own, and wire-level simulators.

The program uses what is listed here and nothing below.
"""

from devices.device_set import DeviceSet, open_devices
from devices.errors import DeviceError, Remedy
from devices.facades import (
    CodeScanner,
    DocumentCamera,
    DocumentScanner,
    FaceCamera,
    IdCardReader,
    PagePrinter,
    PowerSupply,
    ReceiptPrinter,
    Sensors,
    SmartCardReader,
)
from devices.health import Action, Health, Phase, Severity
from devices.idcard.ethnic import ethnic_name
from devices.model import (
    BarcodeBlock,
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
from devices.values.idcard import CardPhoto, ChipNumbers
from devices.values.page_printer import Supply
from devices.values.power import PowerState
from devices.values.scanner import ScannerAbilities
from devices.values.sensors import Contact, SensorStates
from devices.values.smartcard import PinRefused, SocialSecurityCard, StaffProof

__all__ = [
    "Action",
    "BarcodeBlock",
    "Block",
    "CardDetected",
    "CardPhoto",
    "CardRead",
    "CardReadFailed",
    "CardRecord",
    "CardRemoved",
    "ChipNumbers",
    "CodeScanned",
    "CodeScanner",
    "Contact",
    "DeviceError",
    "DeviceEvent",
    "DeviceSet",
    "DeviceSpec",
    "DeviceStatus",
    "DocumentCamera",
    "DocumentScanner",
    "FaceCamera",
    "Frame",
    "GapBlock",
    "Health",
    "HealthChanged",
    "IdCardReader",
    "Kind",
    "PagePrinter",
    "PairBlock",
    "Phase",
    "PinRefused",
    "PowerState",
    "PowerSupply",
    "PrintJob",
    "PrintOutcome",
    "PrintResult",
    "QrBlock",
    "Reading",
    "ReadingsChanged",
    "ReceiptPrinter",
    "Remedy",
    "RuleBlock",
    "ScannerAbilities",
    "SensorStates",
    "Sensors",
    "Severity",
    "SmartCardInserted",
    "SmartCardReader",
    "SmartCardRemoved",
    "SocialSecurityCard",
    "StaffProof",
    "Stats",
    "Supply",
    "TextBlock",
    "driver_kinds",
    "driver_names",
    "ethnic_name",
    "open_devices",
]
