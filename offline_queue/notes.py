"""What the queue remembers about itself beside the applications: small values by name, durable."""

import sqlite3
from collections.abc import Callable

from offline_queue.database import transaction
from offline_queue.disk import storage_faults
from offline_queue.keepsake import read_value, write_value


class Notes:
    """The table ``kv``. Used by the thread that opened the connection.

    Args:
        database: The one connection.
        durably: Runs a write, on a full disk with the reserve given up.
    """

    def __init__(self, database: sqlite3.Connection, durably: Callable[[Callable[[], None]], None]) -> None:
        self._database = database
        self._durably = durably

    def get(self, name: str) -> bytes | None:
        """Return a value, or None where nothing was noted."""
        with storage_faults():
            return read_value(self._database, name)

    def put(self, name: str, value: bytes) -> None:
        """Note a value in place of the former one."""

        def write() -> None:
            with transaction(self._database):
                write_value(self._database, name, value)

        self._durably(write)
