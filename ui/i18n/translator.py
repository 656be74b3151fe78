"""The fixed words of the screens: written in Chinese in QML, in English in one readable file."""

from collections.abc import Mapping
from importlib.resources import files

from pydantic import TypeAdapter

_WORDS = TypeAdapter(dict[str, str])


def load_words() -> Mapping[str, str]:
    """Return the English of every fixed word, by its Chinese.

    Raises:
        OSError: The file is not there.
        ValueError: It is no flat JSON object of texts.
    """
    return _WORDS.validate_json(files("ui.i18n").joinpath("en.json").read_bytes())
