"""Signs as the terminal, where it can: a key that is not there takes nothing from an application."""

import logging
from collections.abc import Callable
from typing import Final, TypeVar

from offline_queue.device_key import Announced, DeviceSigner, announcement_message
from offline_queue.errors import DeviceKeyError
from offline_queue.receipt_code import receipt_proof

_T = TypeVar("_T")
_log: Final = logging.getLogger(__name__)


def no_signer() -> DeviceSigner:
    """Stand for a terminal without a key.

    Raises:
        DeviceKeyError: ``device-key.missing``, always.
    """
    raise DeviceKeyError("device-key.missing")


class Notary:
    """The device key as the queue uses it.

    Args:
        load: Returns the signer; called again after a failure, so that a key brought back is found.
    """

    def __init__(self, load: Callable[[], DeviceSigner]) -> None:
        self._load = load
        self._signer: DeviceSigner | None = None
        self.code = ""
        """Why nothing is signed at present, or what is to be said of where the key is kept."""

    def look(self) -> None:
        """Load the key, so that ``code`` says what is wrong with it before anything is to be signed."""
        self._try(lambda _signer: None)

    def receipt(self, receipt_no: str, submission_id: bytes, digest: bytes) -> str:
        """Return the proof for a receipt, or ``""`` when nothing can be signed now."""
        return self._try(lambda signer: receipt_proof(signer, receipt_no, submission_id, digest)) or ""

    def announcement(self, said: Announced) -> str | None:
        """Sign what a container is; None when nothing can be signed now."""
        signed = self._try(lambda signer: signer.sign(announcement_message(said)))
        return None if signed is None else signed.as_text()

    def _try(self, use: Callable[[DeviceSigner], _T]) -> _T | None:
        try:
            signer = self._signer = self._signer or self._load()
            done = use(signer)
        except DeviceKeyError as error:
            if error.code != self.code:
                _log.error(error.code)
            self._signer, self.code = None, error.code
            return None
        self.code = signer.warning
        return done
