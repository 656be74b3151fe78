"""``python -m district code``: a one-ID code of an invented resident, for trying a terminal out."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from district.home import Home, HomeError
from district.refusing import refused
from district.resources.identity_codes import LIFETIME, NobodyError, issue
from district.times import utc_now


def code(
    data_dir: Annotated[Path, typer.Option("--data-dir", help="The platform's data folder.")],
    number: Annotated[str, typer.Argument(help="Identity number of a person of the resource base.")],
    lifetime_s: Annotated[int, typer.Option(min=1, max=3600, help="How long it is good for.")] = int(
        LIFETIME.total_seconds()
    ),
    database_url: Annotated[str | None, typer.Option(help="SQLAlchemy URL instead of SQLite.")] = None,
) -> None:
    """Issue a one-ID code (一码通) that a terminal takes once; also while the platform is being served."""
    try:
        database = Home(data_dir, database_url).existing_database()
    except HomeError as error:
        raise refused(error) from error
    try:
        text = database.transact(
            lambda session: issue(session, number, utc_now(), timedelta(seconds=lifetime_s))
        )
    except NobodyError:
        raise refused("the resource base does not know this number") from None
    finally:
        database.close()
    typer.echo(text)
