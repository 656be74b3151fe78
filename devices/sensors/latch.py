"""Keeps a tampering in mind until somebody who may has looked: over restarts, too, where it has a file.

Whoever opens a cover, closes it and pulls the mains would otherwise leave no trace. A file that cannot be
read as what was written stands for a tampering: somebody else wrote it.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from devices.durable import replace_durably
from devices.errors import DeviceError, Remedy, Severity

UNREADABLE = "latch-file"
"""Stands for a contact where the file does not tell which one."""


class Latch:
    """Which tamper contacts were open since the last acknowledgement.

    Args:
        device: Logical name, for errors.
        path: File, or None to remember only while the process lives.
    """

    def __init__(self, device: str, path: Path | None) -> None:
        self._device = device
        self._path = path
        self._names: tuple[str, ...] = ()
        self._written: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The contacts, sorted."""
        return self._names

    def load(self) -> None:
        """Remember what the file says.

        Raises:
            DeviceError: ``sensors.latch-unwritable`` (service): the file cannot be read or kept.
        """
        if self._path is None:
            return
        try:
            names = msgspec.json.decode(self._path.read_bytes(), type=list[str])
        except FileNotFoundError:
            names = []
        except ValueError:
            names = [UNREADABLE]
        except OSError as error:
            raise self._unwritable(error) from error
        self._keep(names)

    def add(self, names: tuple[str, ...]) -> None:
        """Remember these, too; on disk before this returns, where there is a file.

        Raises:
            DeviceError: ``sensors.latch-unwritable`` (service); remembered all the same.
        """
        if self._written != self._names or not set(names) <= set(self._names):
            self._keep(names)

    def clear(self) -> tuple[str, ...]:
        """Forget all, and return what was remembered.

        Raises:
            DeviceError: ``sensors.latch-unwritable`` (service); nothing is forgotten.
        """
        names = self._names
        self._write(())
        self._names = ()
        return names

    def _keep(self, names: Iterable[str]) -> None:
        self._names = tuple(sorted({*self._names, *names}))
        self._write(self._names)

    def _write(self, names: tuple[str, ...]) -> None:
        if self._path is None:
            self._written = names
            return
        try:
            replace_durably(self._path, msgspec.json.encode(names))
        except OSError as error:
            raise self._unwritable(error) from error
        self._written = names

    def _unwritable(self, error: OSError) -> DeviceError:
        code, detail = "sensors.latch-unwritable", f"{self._path}: {error.strerror}"
        return DeviceError(self._device, code, Remedy.SERVICE, detail, Severity.WARN)
