"""The terminal's keys as an operator meets them: the platform's that it seals to, and its own."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import typer

from kiosk.wiring import device_signer, key_keeper
from offline_queue import QueueError
from provisioning.profile import ProfileError, TerminalProfile, load_platform_keys

_DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class KeyFinding:
    """What is to be said of one key.

    Args:
        what: Which.
        code: What is wrong with it, or ``""``.
        detail: What was found.
        vital: Whether no application can be taken because of it.
    """

    what: str
    code: str
    detail: str
    vital: bool


def look_at_keys(profile: TerminalProfile) -> Iterator[KeyFinding]:
    """Tell of the platform's keys how long they last, and whether the terminal's own can sign now."""
    try:
        outlook = key_keeper(profile, load_platform_keys(profile.platform.keys)).outlook(_now_ms())
    except ProfileError as error:
        yield KeyFinding("platform's keys", error.code, error.remedy, vital=True)
    else:
        left = (
            "no end" if outlook.ends_ms is None else f"{(outlook.ends_ms - _now_ms()) // _DAY_MS} days left"
        )
        said = f"{outlook.kid}, {left}" if outlook.admits else "none is valid: look at the clock, then rotate"
        yield KeyFinding("platform's keys", outlook.code, said, vital=not outlook.admits)
    try:
        signer = device_signer(profile)
        signer.public.verify(signer.sign(b"doctor").value, b"doctor")
    except QueueError as error:
        yield KeyFinding("device key", error.code, error.detail, vital=False)
    else:
        yield KeyFinding("device key", signer.warning, signer.public.as_text(), vital=False)


def make_device_key(profile: TerminalProfile) -> None:
    """Make the terminal's signing key if there is none, and print its public half for enrolment.

    Raises:
        QueueError: A ``device-key.*`` code.
    """
    typer.echo(device_signer(profile, make=True).public.as_text())


def show_device_key(profile: TerminalProfile) -> None:
    """Print the public half of the terminal's signing key, as ``district init --device-key`` reads it.

    Raises:
        QueueError: A ``device-key.*`` code.
    """
    typer.echo(device_signer(profile).public.as_text())


def _now_ms() -> int:
    return round(time.time() * 1000)
