"""What is written to speech-dispatcher and read from it: SSIP, line by line, without any line of its own."""

from ui.speech.model import Chinese, Utterance
from ui.speech.voices import voice_of

GREETING = ("SET self CLIENT_NAME zhiwang:screen:main", "SET self NOTIFICATION ALL on")
CANCEL = "CANCEL self"
QUIT = "QUIT"
_FULL, _FASTEST = 100, 100


def settings(utterance: Utterance, chinese: Chinese) -> tuple[str, ...]:
    """Return the commands that set voice, speed and loudness."""
    rate = utterance.rate - 100
    return (
        f"SET self LANGUAGE {voice_of(utterance.language, chinese)}",
        f"SET self RATE {max(-_FASTEST, min(_FASTEST, rate))}",
        f"SET self VOLUME {2 * utterance.volume - _FULL}",
    )


def spoken(text: str) -> bytes:
    """Return a text as the data that follow ``SPEAK``: a dot at the start of a line is doubled."""
    lines = [f".{line}" if line.startswith(".") else line for line in text.splitlines()]
    return "".join(f"{line}\r\n" for line in [*lines, "."]).encode()


class Replies:
    """Cuts what arrives into whole replies: their code, and their lines."""

    def __init__(self) -> None:
        self._rest = b""
        self._lines: list[str] = []

    def feed(self, data: bytes) -> list[tuple[int, list[str]]]:
        """Return the replies that are whole now."""
        *lines, self._rest = (self._rest + data).split(b"\r\n")
        whole: list[tuple[int, list[str]]] = []
        for line in lines:
            code, mark, text = line[:3], line[3:4], line[4:].decode(errors="replace")
            self._lines.append(text)
            if mark != b"-":
                whole.append((int(code) if code.isdigit() else 0, self._lines))
                self._lines = []
        return whole
