"""Whoever sits at a terminal, as the terminal tells it."""

from pydantic import BaseModel, ConfigDict, Field

from district.base import PLAIN_TEXT


class HolderIn(BaseModel):
    """Who sits at the terminal, as the identity card says."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: str = Field(min_length=1, max_length=200, pattern=PLAIN_TEXT, repr=False)
    number: str = Field(min_length=1, max_length=18, pattern=PLAIN_TEXT, repr=False)


class OfHolderIn(BaseModel):
    """About whom it is asked."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    holder: HolderIn
