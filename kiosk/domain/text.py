"""Words in the languages the terminal speaks."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.traditional import traditional


class Language(StrEnum):
    """Languages of the screens; every text exists in each of them."""

    ZH = "zh-CN"
    ZH_HANT = "zh-Hant"
    EN = "en"

    @property
    def chinese(self) -> bool:
        """Whether it is Chinese, in whichever characters."""
        return self is not Language.EN


@dataclass(frozen=True, slots=True)
class Text:
    """One text in every language; traditional characters are made from the simplified ones."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the text in ``language``."""
        match language:
            case Language.ZH:
                return self.zh
            case Language.ZH_HANT:
                return traditional(self.zh)
            case Language.EN:
                return self.en
