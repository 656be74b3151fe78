"""The English words in the form that Qt reads by itself, made in memory.

A translator written in Python would be asked on QML's own loading thread, which then waits for the
interpreter while the screen's thread, holding it, waits for the loading: the screens would stand still.
"""

import struct
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QTranslator

# The .qm format, from qtbase/src/corelib/kernel/qtranslator.cpp.
_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69
_END, _TRANSLATION, _SOURCE_TEXT = 1, 3, 6


class WordBook(QTranslator):
    """Answers ``qsTr`` with one language's words; a word means the same on every screen.

    Args:
        words: Translation by source text.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__()
        # Qt keeps reading these bytes and does not copy them.
        self._compiled = compile_words(words)
        if not self.load(self._compiled):
            raise ValueError("Qt does not read the compiled words")

    def install(self) -> None:
        """Put the words in force for everything translated from now on."""
        QCoreApplication.installTranslator(self)
        # The binding looks once whether Python overrides the answer; here, on the thread that may.
        QCoreApplication.translate("", "-")

    def remove(self) -> None:
        """Put the words out of force."""
        QCoreApplication.removeTranslator(self)


def compile_words(words: Mapping[str, str]) -> bytes:
    """Return the words as a .qm file without contexts, so that each serves on every screen."""
    messages = bytearray()
    index: list[tuple[int, int]] = []
    for source, translation in words.items():
        text = source.encode()
        index.append((_elf_hash(text), len(messages)))
        messages += _tagged(_TRANSLATION, translation.encode("utf-16-be"))
        messages += _tagged(_SOURCE_TEXT, text)
        messages.append(_END)
    hashes = b"".join(struct.pack(">II", *entry) for entry in sorted(index))
    return _MAGIC + _tagged(_HASHES, hashes) + _tagged(_MESSAGES, bytes(messages))


def _tagged(tag: int, content: bytes) -> bytes:
    return struct.pack(">BI", tag, len(content)) + content


def _elf_hash(text: bytes) -> int:
    value = 0
    for byte in text:
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high & 0xFFFFFFFF
    return value or 1
