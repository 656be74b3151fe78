"""Which keys applications are sealed to: as enrolment handed them out, or a newer set the platform signed."""

from collections.abc import Callable
from pathlib import Path

from kiosk.backend import BackendClient, BackendError, NotModified
from offline_queue import KeyOutlook, KeySet, QueueError, unsigned_key_set, verify_key_set
from offline_queue.errors import KeySetError
from offline_queue.file_key import write_private
from provisioning.profile import PlatformKeys

KEPT = "seal-keys.json"


class KeyKeeper:
    """Keeps the platform's last key set on disk as it was signed; the queue's process reads it there.

    Args:
        folder: Where it is kept.
        keys: As enrolment handed them out.
        report: Takes the code of what was wrong with a set.
    """

    def __init__(self, folder: Path, keys: PlatformKeys, report: Callable[[str], None]) -> None:
        self._path = folder / KEPT
        self._root = dict(keys.root)
        self._report = report
        self._reported = ""
        self._etag = ""
        self._seen: tuple[int, int] | None = None
        self._current = self._enrolled(keys)

    def current(self) -> KeySet:
        """Return the set in force, the kept one if it is newer; looks at the file each time."""
        try:
            state = self._path.stat()
            seen = (state.st_ino, state.st_mtime_ns)
            if seen != self._seen:
                self._adopt(verify_key_set(self._path.read_bytes(), self._root))
                self._seen = seen
        except FileNotFoundError:
            pass
        except (OSError, QueueError) as error:
            self._tell(error.code if isinstance(error, QueueError) else "keys.malformed")
        return self._current

    def outlook(self, now_ms: int) -> KeyOutlook:
        """Return what is to be said of the keys at a moment, milliseconds since 1970."""
        return self.current().outlook(now_ms)

    def refresh(self, backend: BackendClient) -> None:
        """Ask the platform for a newer set; without a pinned root key nothing could prove one."""
        if not self._root:
            return
        try:
            answer = backend.seal_keys(self._etag)
            if isinstance(answer, NotModified):
                return
            newer = verify_key_set(answer.body, self._root)
        except (BackendError, QueueError) as error:
            self._tell(error.code)
            return
        if newer.version < self.current().version:
            self._tell("keys.older")
            return
        if newer.version > self._current.version:
            try:
                write_private(self._path, answer.body)
            except OSError:
                # A full disk must not end whoever looks after the line; the set is asked for again.
                self._tell("keys.not-kept")
                return
            self._adopt(newer)
        self._reported = ""
        self._etag = answer.etag

    def _enrolled(self, keys: PlatformKeys) -> KeySet:
        if keys.key_set is not None:
            try:
                return verify_key_set(keys.key_set, self._root)
            except KeySetError as error:
                self._tell(error.code)
        return unsigned_key_set(keys.seal)

    def _adopt(self, key_set: KeySet) -> None:
        if key_set.version > self._current.version:
            self._current = key_set

    def _tell(self, code: str) -> None:
        if code != self._reported:
            self._report(code)
        self._reported = code
