"""What the platform reads out of an opened container before it makes a case of it."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from district.acceptance.tables import Submission
from offline_queue.errors import PackageError, SealError
from offline_queue.package import Part, unpack
from offline_queue.seal import open_container


class Form(BaseModel):
    """What every application must hold (GB/T 39046 §6.2); whatever else it holds is kept as it is."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    applicant_name: str = Field(min_length=1, max_length=200, repr=False)
    applicant_document_kind_code: str = Field(pattern=r"^[0-9]{3}$")
    applicant_document_number: str = Field(min_length=4, max_length=18, repr=False)
    contact_phone: str = Field(default="", max_length=20, repr=False)
    implementation_code: str = Field(default="", max_length=64)
    item_name: str = Field(default="", max_length=200)


@dataclass(frozen=True, slots=True)
class Opened:
    """An application in the clear.

    Args:
        form: What the case is made of.
        whole: The application as the terminal sealed it.
        parts: Its documents.
    """

    form: Form
    whole: dict[str, object]
    parts: tuple[Part, ...]

    def __repr__(self) -> str:
        """Hide the application from logs and tracebacks."""
        return f"Opened({len(self.parts)} parts)"


class UnreadableError(Exception):
    """The container holds no application that the platform can read.

    Args:
        code: Why: a ``seal.*`` or ``package.*`` code, ``submission.mislabelled`` when the container is of
            another submission than announced, or ``submission.no-applicant``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_application(
    container: bytes, announced: Submission, private_keys: dict[str, X25519PrivateKey]
) -> Opened:
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
        form = Form.model_validate(package.form)
    except ValidationError as error:
        raise UnreadableError("submission.no-applicant") from error
    return Opened(form, package.form, package.parts)
