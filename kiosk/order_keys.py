"""What tells the queue that two applications belong together, without telling anybody whose they are.

Applications of one person for one service must reach the platform in their order: a correction after the
application it corrects. The queue sees 16 bytes: HMAC-SHA256 under a secret of this terminal over identity
number and service. The secret never leaves the terminal. Who copies its disk, secret included, can test
guesses of identity numbers against what waits in the queue; the sealed applications stay closed.
"""

import hmac
import os
from pathlib import Path
from typing import Final

from offline_queue.file_key import write_private

SECRET_BYTES: Final = 32
_KEY_BYTES: Final = 16


class OrderKeys:
    """Makes the keys.

    Args:
        secret: 32 random bytes of this terminal.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of(self, number: str, service: str) -> bytes:
        """Return the 16 bytes shared by all applications of one person for one service.

        Args:
            number: Identity number as on the card.
            service: Code of the service item.
        """
        said = f"{number.strip().upper()}\0{service}".encode()
        return hmac.digest(self._secret, said, "sha256")[:_KEY_BYTES]


def load_order_keys(path: Path) -> OrderKeys:
    """Read the terminal's secret; make one, durably, where there is none of the right length.

    With a new secret, what is handed in from now on no longer waits for what was handed in before; that is
    all that hangs on it.

    Raises:
        OSError: The disk refuses.
    """
    try:
        secret = path.read_bytes()
    except FileNotFoundError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        secret = os.urandom(SECRET_BYTES)
        write_private(path, secret)
    return OrderKeys(secret)
