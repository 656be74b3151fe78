"""What the platform reads out of a sealed report."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from district.base import PLAIN_TEXT

SERVICE = "report-problem"
"""Service code under which terminals deliver reports."""


class PlaceForm(BaseModel):
    """Where it is: at the terminal, picked from the list of places, or as the resident wrote it."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    way: Literal["terminal", "picked", "written"]
    text: str = Field(min_length=1, max_length=200, pattern=PLAIN_TEXT, repr=False)


class ReportForm(BaseModel):
    """What every report must hold; who reports need not say who they are."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    kind: str = Field(min_length=1, max_length=40, pattern=r"^[a-z0-9-]+$")
    described: str = Field(default="", max_length=500, pattern=PLAIN_TEXT, repr=False)
    place: PlaceForm
    contact_phone: str = Field(default="", max_length=20, pattern=PLAIN_TEXT, repr=False)
