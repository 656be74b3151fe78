"""What the commands of ``python -m kiosk`` share."""

from pathlib import Path
from typing import Annotated

import typer

from provisioning.profile import ProfileError, TerminalProfile, load_profile

DEFAULT_PROFILE = Path("/etc/zhiwang/terminal.toml")
ProfilePath = Annotated[Path, typer.Option("--profile", help="The terminal's profile.")]
BUG = 70
"""``EX_SOFTWARE`` of sysexits.h: a bug; the supervisor starts the process again."""
UNUSABLE = 78
"""``EX_CONFIG``: the profile cannot be used."""
UNAVAILABLE = 69
"""``EX_UNAVAILABLE``: something the command needs does not answer."""


def profile_at(path: Path) -> TerminalProfile:
    """Load a profile; one that cannot be used ends the command with its reason."""
    try:
        return load_profile(path)
    except ProfileError as error:
        typer.echo(f"kiosk: {error}", err=True)
        raise typer.Exit(UNUSABLE) from error
