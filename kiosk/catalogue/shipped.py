"""The JSON files that come with the program beside this module."""

from importlib.resources import files
from typing import TypeVar

from kiosk.catalogue.files import Strict

S = TypeVar("S", bound=Strict)


def read_shipped(name: str, whole: type[S]) -> S:
    """Read one of the files.

    Args:
        name: As it lies beside this module, such as ``places.json``.
        whole: What it holds.

    Raises:
        pydantic.ValidationError: It does not.
    """
    return whole.model_validate_json(files("kiosk.catalogue").joinpath(name).read_bytes())
