"""How a command tells that it does not do what it was asked for."""

from typing import Final

import typer

_REFUSED: Final = 2


def refused(why: object) -> typer.Exit:
    """Tell why, and return what ends the command."""
    typer.echo(f"district: {why}", err=True)
    return typer.Exit(_REFUSED)
