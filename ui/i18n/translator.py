"""The fixed words of the screens: written in Chinese in QML, in English in one readable file.

The traditional characters are made from the simplified ones.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from kiosk.domain.text import Language, Text

_WORDS = TypeAdapter(dict[str, str])


@cache
def load_words(language: Language = Language.EN) -> Mapping[str, str]:
    """Return every fixed word in a language, by its simplified Chinese.

    Raises:
        OSError: The file is not there.
        ValueError: It is no flat JSON object of texts.
    """
    english = _WORDS.validate_json(files("ui.i18n").joinpath("en.json").read_bytes())
    return {word: Text(word, other).in_(language) for word, other in english.items()}
