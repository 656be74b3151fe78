"""The smart card reader as the program uses it.

Commands ``read.social``, without arguments → the fields of ``SocialSecurityCard``; and ``staff.prove`` with
``challenge`` (32 bytes) and ``pin`` (text or None) → the fields of ``StaffProof`` or of ``PinRefused``.
"""

from typing import Any

import msgspec

from devices.facades.base import Facade
from devices.values.smartcard import PinRefused, SocialSecurityCard, StaffProof


class SmartCardReader(Facade):
    """Tells of cards by ``SmartCardInserted`` and ``SmartCardRemoved``, and reads the one inside when asked.

    Every ``SmartCardInserted`` is another card: after the device's process was restarted, the card inside is
    told anew, because nobody can say whether it is the same.
    """

    def read_social(self, timeout_s: float = 8.0) -> SocialSecurityCard:
        """Read the social security card inside.

        A card that keeps its person to itself is no error: the answer says so, and has the card's number.

        Raises:
            DeviceError: The driver's own, or as ``DeviceProcess.call`` tells.
        """
        return msgspec.convert(self._ask("read.social", {}, timeout_s), SocialSecurityCard)

    def prove_staff(
        self, challenge: bytes, pin: str | None = None, timeout_s: float = 20.0
    ) -> StaffProof | PinRefused:
        """Have the staff card inside sign a challenge; what it answers still has to be verified.

        Args:
            challenge: 32 bytes that nobody could foresee, used once.
            pin: What the person typed, 6 to 8 digits; None asks the card without one.
            timeout_s: For the whole conversation; RSA takes some cards two seconds.

        Raises:
            DeviceError: The driver's own, or as ``DeviceProcess.call`` tells.
        """
        answer = self._ask("staff.prove", {"challenge": challenge, "pin": pin}, timeout_s)
        return msgspec.convert(answer, StaffProof if "certificate" in answer else PinRefused)

    def _ask(self, command: str, arguments: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        answer = self._process.call(command, arguments, timeout_s)
        if not isinstance(answer, dict):
            raise TypeError(f"{self._process.spec.driver} answers {command} without fields")
        return answer
