"""Holds every answer of a platform against its committed document: status, headers, body."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from jsonschema import Draft202012Validator
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from district.contract import COMMITTED

_OF_HTTP: Final = {"allow", "cache-control", "content-length", "content-type"}


@dataclass
class Guard:
    """Stands around the application; ``broken`` says where an answer is not as the document has it."""

    app: ASGIApp
    broken: list[str] = field(default_factory=list[str])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body = bytearray()

        async def heard(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    self._look(scope, start, bytes(body))
            await send(message)

        await self.app(scope, receive, heard)

    def _look(self, scope: Scope, start: Message, body: bytes) -> None:
        headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        operation = operation_of(scope["method"].lower(), scope["path"])
        if operation is not None and (why := _wrong(operation, start["status"], headers, body)):
            self.broken.append(f"{scope['method']} {scope['path']} {start['status']}: {why}")


def _wrong(operation: dict[str, Any], status: int, headers: dict[str, str], body: bytes) -> str:
    said = operation["responses"].get(str(status))
    if said is None and status < 400:
        return "no such status"
    said = said or operation["responses"]["default"]
    known = {name.lower() for name in said.get("headers", {})}
    if strangers := headers.keys() - known - _OF_HTTP:
        return f"no such headers {sorted(strangers)}"
    kind = headers.get("content-type", "").partition(";")[0]
    content = said.get("content", {})
    if not body:
        return ""
    if kind not in content and "*/*" not in content:
        return f"no such content {kind!r}"
    return unlike(content[kind].get("schema", {}), body) if kind.endswith("json") else ""


def unlike(schema: dict[str, Any], body: bytes) -> str:
    """Where a body is not as its schema has it; the values are left out, for they may be personal."""
    whole = {**schema, "components": document()["components"]}
    validator: Any = Draft202012Validator(whole)
    error = next(validator.iter_errors(json.loads(body)), None)
    return "" if error is None else f"{error.json_path}: {error.validator}"


def operation_of(method: str, path: str) -> dict[str, Any] | None:
    """What the document says of a request, None where it says nothing."""
    for template, operations in document()["paths"].items():
        if method in operations and re.fullmatch(re.sub(r"\{[a-z_]+\}", "[^/]+", template), path):
            return operations[method]
    return None


@cache
def document() -> dict[str, Any]:
    """The committed document."""
    return json.loads(COMMITTED.read_text("utf-8"))
