"""What the platform reads out of an opened container before it makes a case of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from district.acceptance.tables import Submission
from district.base import PLAIN_TEXT
from district.dispatch.form import SERVICE as REPORT_SERVICE
from district.dispatch.form import ReportForm
from offline_queue.crypto import PrivateKey
from offline_queue.errors import PackageError, SealError
from offline_queue.package import Part, unpack
from offline_queue.seal import open_container


class Form(BaseModel):
    """What every application must hold (GB/T 39046 §6.2); whatever else it holds is kept as it is."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    applicant_name: str = Field(min_length=1, max_length=200, pattern=PLAIN_TEXT, repr=False)
    applicant_document_kind_code: str = Field(pattern=r"^[0-9]{3}$")
    applicant_document_number: str = Field(min_length=4, max_length=18, pattern=PLAIN_TEXT, repr=False)
    contact_phone: str = Field(default="", max_length=20, pattern=PLAIN_TEXT, repr=False)
    implementation_code: str = Field(default="", max_length=64, pattern=PLAIN_TEXT)
    item_name: str = Field(default="", max_length=200, pattern=PLAIN_TEXT)
    corrects: str = Field(default="", max_length=96, pattern=PLAIN_TEXT)
    """办件编号 of the case whose documents these are, or empty for an application of its own."""


class Agent(BaseModel):
    """Who files for the applicant (代理人, GB/T 39046 §6.2), where somebody does."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    agent_name: str = Field(min_length=1, max_length=200, pattern=PLAIN_TEXT, repr=False)
    agent_document_kind_code: str = Field(pattern=r"^[0-9]{3}$")
    agent_document_number: str = Field(min_length=4, max_length=18, pattern=PLAIN_TEXT, repr=False)
    agent_kind: Literal["agent", "guardian"]
    agent_relation: str = Field(min_length=1, max_length=60, pattern=PLAIN_TEXT)
    """Code of what the agent is to the applicant."""
    agent_relation_name: str = Field(default="", max_length=200, pattern=PLAIN_TEXT)


def agent_of(application: Mapping[str, object]) -> Agent | None:
    """Return who files for the applicant, None where the applicant does.

    Raises:
        ValidationError: Part of it is missing or wrong.
    """
    return (
        Agent.model_validate(application) if any(key in application for key in Agent.model_fields) else None
    )


class _Named(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    name: str = Field(max_length=200, pattern=PLAIN_TEXT)
    media_type: str = Field(max_length=100, pattern=PLAIN_TEXT)


@dataclass(frozen=True, slots=True)
class Opened:
    """An application in the clear.

    Args:
        form: What the case, or the report, is made of.
        whole: The application as the terminal sealed it.
        parts: Its documents.
    """

    form: Form | ReportForm
    whole: dict[str, object]
    parts: tuple[Part, ...]

    def __repr__(self) -> str:
        """Hide the application from logs and tracebacks."""
        return f"Opened({len(self.parts)} parts)"


class UnreadableError(Exception):
    """The container holds no application that the platform can read.

    Args:
        code: Why: a ``seal.*`` or ``package.*`` code, ``submission.mislabelled`` when the container is of
            another submission than announced, ``submission.no-applicant``, or ``submission.unstorable`` when
            it holds text or numbers that no database keeps.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_application(container: bytes, announced: Submission, private_keys: dict[str, PrivateKey]) -> Opened:
    """Open ``container`` and prove that it is the application that was announced.

    Raises:
        UnreadableError: It is not, or it cannot be opened.
    """
    try:
        header, plaintext = open_container(container, private_keys)
        package = unpack(plaintext)
    except (SealError, PackageError) as error:
        raise UnreadableError(error.code) from error
    said = (header.submission_id.hex(), header.terminal, header.service)
    if said != (announced.id, announced.terminal, announced.service):
        raise UnreadableError("submission.mislabelled")
    try:
        of_report = announced.service == REPORT_SERVICE
        form = (ReportForm if of_report else Form).model_validate(package.form)
        agent_of({} if of_report else package.form)
    except ValidationError as error:
        raise UnreadableError("submission.no-applicant") from error
    try:
        # What JSON or a database cannot hold would be refused there, after each upload anew.
        json.dumps(package.form, ensure_ascii=False, allow_nan=False).encode()
        for part in package.parts:
            _Named(name=part.name, media_type=part.media_type)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("submission.unstorable") from error
    return Opened(form, package.form, package.parts)
