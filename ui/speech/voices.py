"""Which voice speaks which language."""

from typing import assert_never

from kiosk.domain.text import Language
from ui.speech.model import Chinese

# Not "cmn": in espeak-ng 1.51 that one turns each character into Pinyin and reads it as English, tone number
# included (github.com/espeak-ng/espeak-ng/issues/1236).
MANDARIN = "cmn-latn-pinyin"
CANTONESE = "yue"
ENGLISH = "en-us"


def voice_of(language: Language, chinese: Chinese) -> str:
    """Return the voice's name, as espeak-ng and speech-dispatcher's module for it call it."""
    match language:
        case Language.ZH | Language.ZH_HANT:
            return CANTONESE if chinese == "cantonese" else MANDARIN
        case Language.EN:
            return ENGLISH
        case _:
            assert_never(language)
