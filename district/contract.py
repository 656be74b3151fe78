"""The OpenAPI document: the contract between terminals and platform, committed beside the code."""

import json
from pathlib import Path
from typing import Any, Final

from district.app import create_app
from district.gate import is_gated

COMMITTED = Path(__file__).with_name("openapi.json")
_FRAMEWORKS_OWN = ("HTTPValidationError", "ValidationError")

_HEADERS: Final = {
    "Zhiwang-Api": "Version of the interface, on every answer. What lacks it is not the platform's.",
    "Retry-After": "Seconds to stay away.",
    "WWW-Authenticate": "With 401: a bearer token is wanted.",
    "X-Drain": "How far apart one terminal's submissions are wanted, and for how long this counts:"
    " `interval_ms=…, lasts_s=…`. Absent while the platform is at ease.",
    "Upload-Offset": "So many bytes are durable here: the upload goes on there, be it further back.",
    "Upload-Complete": "`?1` once the submission is settled.",
    "Upload-Limit": "What is taken: `max-size=…` of a container, `max-append-size=…` of a chunk.",
    "ETag": "To be sent as `If-None-Match` the next time.",
    "Content-Disposition": "A name for the file.",
    "X-Content-Type-Options": "`nosniff`: it is what its type says.",
}
_OF_REFUSALS: Final = ("Retry-After", "WWW-Authenticate")
_OF_UPLOADS: Final = ("Upload-Offset", "Upload-Limit")
_OF_ANSWERS: Final = {
    ("head", "/v1/uploads/{submission_id}", "204"): (*_OF_UPLOADS, "Upload-Complete"),
    ("patch", "/v1/uploads/{submission_id}", "204"): ("Upload-Offset",),
    ("get", "/v1/submissions/{submission_id}", "200"): ("Retry-After",),
    ("get", "/v1/catalogue", "200"): ("ETag",),
    ("get", "/v1/catalogue", "304"): ("ETag",),
    ("get", "/v1/seal-keys", "200"): ("ETag",),
    ("get", "/v1/seal-keys", "304"): ("ETag",),
    ("get", "/v1/cases/{number}/attachments/{n}", "200"): ("Content-Disposition", "X-Content-Type-Options"),
    ("get", "/v1/reports/{number}/photo", "200"): ("X-Content-Type-Options",),
}


def openapi() -> str:
    """Return the document as it is committed."""
    document = create_app(None).openapi()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _tell_problems(operation["responses"])
            for status, response in operation["responses"].items():
                names = _headers_of(method, path, status)
                response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    document["components"]["headers"] = {
        name: {"description": said, "schema": {"type": "string"}} for name, said in _HEADERS.items()
    }
    for name in _FRAMEWORKS_OWN:
        document["components"]["schemas"].pop(name, None)
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _tell_problems(responses: dict[str, Any]) -> None:
    # The framework describes its own refusals; this platform's are all problem documents.
    responses.pop("422", None)
    content = responses["default"]["content"]
    content["application/problem+json"] = content.pop("application/json")


def _headers_of(method: str, path: str, status: str) -> tuple[str, ...]:
    names = ("Zhiwang-Api", *_OF_ANSWERS.get((method, path, status), ()))
    if is_gated(path):
        names += ("X-Drain",)
    if status == "default":
        names += _OF_REFUSALS
        if path.endswith("{submission_id}"):
            names += _OF_UPLOADS
    return names
