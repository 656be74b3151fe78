"""What can go wrong between a terminal and the platform."""

from devices.errors import Remedy


class BackendError(Exception):
    """The platform did not give what was asked for.

    Args:
        code: Stable dotted code, listed in ``docs/errors.md``.
        remedy: Who can clear it.
        detail: Untranslated diagnostic text; never shown to a resident, never personal data.
    """

    def __init__(self, code: str, remedy: Remedy, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.remedy = remedy
        self.detail = detail
