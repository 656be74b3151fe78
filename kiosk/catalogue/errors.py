"""What can be wrong with catalogue data."""


class CatalogueError(Exception):
    """A catalogue or one of its items cannot be used; what was in force before stays in force.

    Args:
        code: ``catalogue.bad-item``, ``catalogue.bad-package``, ``catalogue.bad-signature`` or
            ``catalogue.outdated``; listed in ``docs/errors.md``.
        detail: Names the item, the file and the key; for the log and for who wrote the file.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
