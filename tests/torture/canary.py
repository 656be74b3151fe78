"""A resident whose data can be found again wherever they are left, and where to look."""

import os
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from offline_queue import Part, PlatformKey, Stamp, new_submission_id, pack, seal
from tests.support.sealed_queue import SERVICE, TERMINAL

_CODES: Final = ("utf-8", "utf-16-le", "gb18030")
_SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN: Final = "麟骥骧骞骅鹏鹤鸾鹭鸿鹍鹇"
_MAPPED: Final = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \d+ *(.*)$")


@cache
def person() -> dict[str, str]:
    """Invent a resident, once: name, number, phone.

    Not before the first call, which comes after the zygote was forked: the queue's processes are copies of
    it, and must not know the person from there.
    """
    dice = random.SystemRandom()
    name = "".join(dice.choice(_SURNAMES) for _ in range(2)) + "".join(dice.choice(_GIVEN) for _ in range(3))
    digits = "".join(dice.choice("0123456789") for _ in range(9))
    # Area 99 of a city is nobody's.
    return {"name": name, "id number": f"440399{digits}999", "phone": f"139{digits[::-1][:8]}"}


@cache
def needles() -> dict[str, bytes]:
    """Return what to look for: its name, and its bytes on a disk."""
    return {
        f"{what} in {code}": text.encode(code)
        for what, text in person().items()
        for code in _CODES
        if code == "utf-8" or text.encode(code) != text.encode("utf-8")
    }


def plaintext(page_bytes: int = 600) -> bytes:
    """Return the resident's application before it is sealed."""
    page = " ".join(person().values()).encode() + os.urandom(page_bytes)
    return pack(person(), [Part("page-1.pdf", "application/pdf", page)])


def application(recipients: Sequence[PlatformKey], page_bytes: int = 600) -> bytes:
    """Return it sealed; each one is another application of the same person."""
    return seal(
        plaintext(page_bytes),
        recipients,
        submission_id=new_submission_id(),
        terminal=TERMINAL,
        service=SERVICE,
        created=Stamp("boot-1", 1_000_000, 1_750_000_000_000),
    )


def in_bytes(data: bytes) -> list[str]:
    """Return the names of the needles in ``data``."""
    return [name for name, needle in needles().items() if needle in data]


def in_files(folder: Path) -> list[str]:
    """Return the needles in the files below ``folder``, with the file."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [f"{name} in {path.name}" for path in files for name in in_bytes(path.read_bytes())]


def in_process(pid: int) -> list[str]:
    """Return the needles in a process's memory, and in the files it has mapped or open."""
    found: list[str] = []
    for path in _files_of(pid):
        found += [f"{name} in {path.name}, mapped or open" for name in in_bytes(path.read_bytes())]
    fd = os.open(f"/proc/{pid}/mem", os.O_RDONLY | os.O_CLOEXEC)
    try:
        for start, end in _writable(pid):
            try:
                data = os.pread(fd, end - start, start)
            except OSError:
                # A guard page, or gone meanwhile.
                continue
            found += [f"{name} in memory" for name in in_bytes(data)]
    finally:
        os.close(fd)
    return found


def _files_of(pid: int) -> set[Path]:
    mapped = {match[4] for match in _maps(pid)}
    opened: set[str] = set()
    for fd in Path(f"/proc/{pid}/fd").iterdir():
        # One more closed meanwhile.
        with suppress(FileNotFoundError):
            opened.add(str(fd.readlink()))
    return {Path(name) for name in mapped | opened if name.startswith("/") and Path(name).is_file()}


def _writable(pid: int) -> Iterator[tuple[int, int]]:
    for match in _maps(pid):
        if match[3].startswith("rw"):
            yield int(match[1], 16), int(match[2], 16)


def _maps(pid: int) -> list[re.Match[str]]:
    lines = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines()
    return [match for match in map(_MAPPED.match, lines) if match is not None]
