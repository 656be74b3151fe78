"""A device that does what it is told, good or bad: for trying what is around drivers."""

import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from devices.driver import Result
from devices.errors import DeviceError, Remedy, Severity
from devices.health import ABSENT
from devices.jobs import job_from, result_answer
from devices.model import CardDetected, DeviceEvent, Frame, PrintOutcome, PrintResult, Reading


class Puppet:
    """One device.

    Args:
        device: Logical name.
        needs: Path without which it is absent, or ``""``.
    """

    tick_s = 0.02

    def __init__(self, device: str, needs: str) -> None:
        self._device = device
        self._needs = needs
        self._ails: DeviceError | None = None
        self._hang_s = 0.0
        self._events: list[DeviceEvent] = []
        self._showing = False
        self._shown = 0
        self._wishes = 0
        self._stirs = 0
        self._readings: Mapping[str, Reading] = {}
        self._cancelled = threading.Event()
        self._hoard: list[bytes] = []

    def open(self) -> Mapping[str, str]:
        """Be there when what it needs is.

        Raises:
            DeviceError: ``device.absent``.
        """
        if self._needs and not Path(self._needs).exists():
            raise DeviceError(self._device, ABSENT, Remedy.SERVICE, self._needs)
        return {"model": "puppet"}

    def tick(self) -> Sequence[DeviceEvent]:
        """Say, or ail, what was told.

        Raises:
            DeviceError: What ``ail`` named.
        """
        time.sleep(self._hang_s)
        if self._ails is not None:
            raise self._ails
        events, self._events = self._events, []
        return events

    def readings(self) -> Mapping[str, Reading]:
        """Return what was told to be read."""
        return self._readings

    def stir(self) -> None:
        """Count that it was stirred."""
        self._stirs += 1

    def allow(self) -> None:
        """A command begins."""
        self._cancelled.clear()

    def cancel(self) -> None:
        """Break off ``wait`` or the page of ``feed`` that is under way."""
        self._cancelled.set()

    def command(  # noqa: C901, PLR0911, PLR0912 - one line for each thing it can be told
        self, name: str, arguments: Mapping[str, Any]
    ) -> Result | Frame | Iterator[Frame]:
        """Do as told.

        Raises:
            DeviceError: On ``fail``.
            RuntimeError: On ``break``.
        """
        match name:
            case "echo":
                return arguments["value"]
            case "measure":
                return {"size": len(arguments["document"]), "crc": crc32(arguments["document"])}
            case "wish":
                self._wishes += 1
            case "wishes":
                return self._wishes
            case "stirs":
                return self._stirs
            case "read":
                self._readings = arguments["readings"]
            case "feed":
                return self._feed(**arguments)
            case "wait":
                self._wait(arguments["for_s"])
            case "hoard":
                self._hoard.append(b"\1" * (arguments["mb"] * 2**20))
            case "say":
                self._events.append(CardDetected(self._device))
            case "print":
                return self._print(arguments)
            case "scan" | "still":
                return Frame(gradient(arguments.get("height", 480), arguments.get("width", 640)), 12.5)
            case "preview.start" | "preview.stop":
                self._showing = name == "preview.start"
            case _:
                self._misbehave(name, arguments)
        return None

    def preview_frame(self) -> Frame | None:
        """Return a frame whose every value is its number, starting from 1."""
        if not self._showing:
            return None
        self._shown = self._shown % 255 + 1
        return Frame(np.full((48, 64, 3), self._shown, np.uint8), time.monotonic())

    def close(self) -> None:
        """Hold nothing, let go of nothing."""

    def _feed(self, pages: int, jam_at: int = 0, page_s: float = 0.0) -> Iterator[Frame]:
        """Yield pages whose every value is their number, from 1."""
        for number in range(1, pages + 1):
            if number == jam_at:
                raise DeviceError(self._device, "puppet.jam", Remedy.RESIDENT, f"page {number}")
            self._wait(page_s)
            yield Frame(np.full((48, 64, 3), number, np.uint8), time.monotonic())

    def _wait(self, for_s: float) -> None:
        if self._cancelled.wait(for_s):
            raise DeviceError(self._device, "puppet.cancelled", Remedy.RETRY)

    def _print(self, arguments: Mapping[str, Any]) -> Result:
        """Print a job, unless its name is that of a misdeed."""
        job = job_from(arguments)
        if job.id in {"leave", "hang"}:
            self._misbehave(job.id, {"code": 1, "for_s": 600.0})
        return result_answer(PrintResult(job.id, PrintOutcome.PRINTED))

    def _misbehave(self, name: str, arguments: Mapping[str, Any]) -> None:
        match name:
            case "hang":
                time.sleep(arguments["for_s"])
            case "hang-later":
                self._hang_s = arguments["for_s"]
            case "ail":
                self._ails = self._error(**arguments) if arguments["code"] else None
            case "fail":
                raise self._error(**arguments)
            case "break":
                raise RuntimeError(arguments["text"])
            case "leave":
                os._exit(arguments["code"])
            case _:
                raise KeyError(name)

    def _error(self, code: str, remedy: str, severity: str = "") -> DeviceError:
        cost = Severity(severity) if severity else None
        return DeviceError(self._device, code, Remedy(remedy), "as told", cost)


def gradient(height: int, width: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return ``(height, width, 3)`` uint8 in which a byte out of place is noticed."""
    return (np.arange(height * width * 3, dtype=np.uint32) % 251).astype(np.uint8).reshape(height, width, 3)


def make(name: str, options: Mapping[str, Any]) -> Puppet:
    """Return a puppet; option ``needs``."""
    return Puppet(name, str(options.get("needs", "")))
