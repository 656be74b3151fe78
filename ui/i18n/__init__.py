"""The fixed words of the screens in their languages."""

from ui.i18n.translator import load_words

__all__ = ["load_words"]
