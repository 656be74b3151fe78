"""The OpenAPI document: the contract between terminals and platform, committed beside the code."""

import json
from pathlib import Path
from typing import Any

from district.app import create_app

COMMITTED = Path(__file__).with_name("openapi.json")
_FRAMEWORKS_OWN = ("HTTPValidationError", "ValidationError")


def openapi() -> str:
    """Return the document as it is committed."""
    document = create_app(None).openapi()
    for path in document["paths"].values():
        for operation in path.values():
            _tell_problems(operation["responses"])
    for name in _FRAMEWORKS_OWN:
        document["components"]["schemas"].pop(name, None)
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _tell_problems(responses: dict[str, Any]) -> None:
    # The framework describes its own refusals; this platform's are all problem documents.
    responses.pop("422", None)
    content = responses["default"]["content"]
    content["application/problem+json"] = content.pop("application/json")
