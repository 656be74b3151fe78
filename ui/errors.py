"""What can stop the screens from being shown."""


class DisplayError(Exception):
    """The screens cannot be shown, or not safely; ``code`` is listed in ``docs/errors.md``.

    Args:
        code: Stable dotted code.
        detail: Untranslated diagnostic text without personal data.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
