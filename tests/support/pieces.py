"""A container as a transport is given it, out of memory."""

from collections.abc import Iterator


class Pieces:
    """Implements ``offline_queue.transport.Content``."""

    def __init__(self, container: bytes, piece_bytes: int = 100_000) -> None:
        self._container = container
        self._piece_bytes = piece_bytes

    def __len__(self) -> int:
        return len(self._container)

    def __iter__(self) -> Iterator[bytes]:
        for at in range(0, len(self._container), self._piece_bytes):
            yield self._container[at : at + self._piece_bytes]
