"""What the endpoints work with: put together once, when the server starts."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from district.acceptance.commit import Committer
from district.acceptance.guesses import GuessLimit
from district.acceptance.uploads import Uploads
from district.catalogue.package import Catalogue
from district.database import Database
from district.limits import Limits
from district.times import Now


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the endpoints use.

    Args:
        database: Transactions.
        catalogue: The signed catalogue.
        uploads: Containers on their way in.
        committer: Turns whole containers into cases.
        guesses: Slows down who guesses at case numbers.
        code_guesses: Slows down a terminal that shows codes which are none.
        now: The present.
        limits: How much is taken at once.
    """

    database: Database
    catalogue: Catalogue
    uploads: Uploads
    committer: Committer
    guesses: GuessLimit
    code_guesses: GuessLimit
    now: Now
    limits: Limits


def _services(request: Request) -> Services:
    return cast("Services", request.app.state.services)


Here = Annotated[Services, Depends(_services)]
"""Gives an endpoint its ``Services``."""
