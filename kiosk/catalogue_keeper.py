"""Which catalogue is in force: built in, overlaid by the last one that the district signed."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.backend import BackendClient, BackendError, CataloguePackage, NotModified, verify_catalogue
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.loader import load_builtin, overlay

KEPT = "catalogue.json"


class CatalogueKeeper:
    """Keeps the district's last catalogue on disk, exactly as it was signed.

    Args:
        folder: Where it is kept.
        keys: Pinned catalogue keys of the district, key id → 32 raw bytes.
        report: Takes the code of what was wrong with a catalogue.
    """

    def __init__(self, folder: Path, keys: Mapping[str, bytes], report: Callable[[str], None]) -> None:
        self._path = folder / KEPT
        self._keys = dict(keys)
        self._report = report
        self._etag = ""
        self._reported = ""
        self._current = load_builtin()

    def load(self) -> Catalogue:
        """Return the built-in catalogue, overlaid by the kept one when that still proves genuine."""
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            return self._current
        try:
            self._lay_over(verify_catalogue(raw, self._keys))
        except (BackendError, CatalogueError) as error:
            self._report(error.code)
        return self._current

    def refresh(self, backend: BackendClient) -> Catalogue | None:
        """Ask the platform for a newer catalogue; None when there is none or it cannot be used."""
        try:
            answer = backend.catalogue(self._etag)
            if isinstance(answer, NotModified):
                return None
            self._lay_over(answer)
        except (BackendError, CatalogueError) as error:
            self._tell(error.code)
            return None
        self._current.prepare()
        try:
            self._keep(answer)
            self._reported = ""
        except OSError:
            # It is in force all the same, until the next start, which asks for it again.
            self._tell("catalogue.not-kept")
        return self._current

    def _tell(self, code: str) -> None:
        if code != self._reported:
            self._report(code)
        self._reported = code

    def _lay_over(self, package: CataloguePackage) -> None:
        keys = self._keys.values()
        self._current = overlay(self._current, package.package, package.signature, keys)
        self._etag = package.etag

    def _keep(self, package: CataloguePackage) -> None:
        """Replace the kept catalogue by writing beside it and renaming: a power cut leaves one whole."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        with beside.open("wb") as file:
            file.write(package.raw)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
