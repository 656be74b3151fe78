"""Words in the languages the terminal speaks."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """Languages of the screens; every text exists in each of them."""

    ZH = "zh-CN"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in every language."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the text in ``language``."""
        match language:
            case Language.ZH:
                return self.zh
            case Language.EN:
                return self.en
