"""A platform that keeps what it is sent, by the contract and as one plain upload, at the same cost.

``python -m tests.bench.upload_server FOLDER`` prints its port, the id and the key of its acknowledgements.
"""

import base64
import hashlib
import json
import os
import sys
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from offline_queue.ack import Ack, sign_ack, to_json

KID = "ack-1"
_AT = "2026-11-25T08:00:00Z"
_PIECE_BYTES = 1024 * 1024


@dataclass
class Upload:
    """One container on its way in, or in."""

    meta: dict[str, Any]
    offset: int = 0
    ack: dict[str, str] | None = None


class Platform:
    """Files in a folder; what is acknowledged is on the disk, its name too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._uploads: dict[str, Upload] = {}
        self._private = Ed25519PrivateKey.generate()
        self.key = self._private.public_key().public_bytes_raw()

    def plain(self, body: "Body") -> dict[str, Any]:
        """Take a whole container as it comes."""
        name = os.urandom(16).hex()
        self._write(name, 0, body)
        self._keep(name)
        return {"name": name}

    def announce(self, name: str, meta: dict[str, Any]) -> dict[str, Any]:
        self._uploads.setdefault(name, Upload(meta))
        return self.state(name)

    def begin_anew(self, name: str) -> None:
        self._uploads[name].offset = 0

    def append(self, name: str, offset: int, body: "Body", *, last: bool) -> dict[str, Any] | int:
        upload = self._uploads[name]
        assert offset == upload.offset
        upload.offset = self._write(name, offset, body)
        if not last:
            return upload.offset
        self._keep(name)
        meta = upload.meta
        ack = Ack(meta["terminal"], name, meta["digest"], f"3301{meta['seq']:06d}", _AT, KID)
        upload.ack = to_json(sign_ack(ack, self._private))
        return self.state(name)

    def state(self, name: str) -> dict[str, Any]:
        upload = self._uploads.get(name)
        if upload is None:
            return {"state": "unknown"}
        if upload.ack is not None:
            return {"state": "accepted", "ack": upload.ack}
        return {"state": "partial", "upload_offset": upload.offset}

    def _write(self, name: str, offset: int, body: "Body") -> int:
        fd = os.open(self._folder / f"{name}.tmp", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            for piece in body:
                offset += os.pwrite(fd, piece, offset)
            os.fsync(fd)
        finally:
            os.close(fd)
        return offset

    def _keep(self, name: str) -> None:
        path = self._folder / f"{name}.tmp"
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256").hexdigest()
        path.rename(path.with_suffix(".zwq"))
        fd = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(fd)
        os.close(fd)


class Body:
    """A request's body, piece by piece."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self._file = handler.rfile
        self._left = int(handler.headers.get("Content-Length", 0))

    def __iter__(self) -> "Body":
        return self

    def __next__(self) -> bytes:
        if not self._left:
            raise StopIteration
        piece = self._file.read(min(self._left, _PIECE_BYTES))
        self._left -= len(piece)
        return piece


class Handler(BaseHTTPRequestHandler):
    """Keeps the connection, and sends each answer in one piece."""

    protocol_version = "HTTP/1.1"
    platform: Platform

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - base class's signature
        pass

    def do_POST(self) -> None:
        told = self.headers["Announcement"]
        if told is None:
            self._say(self.platform.plain(Body(self)))
            return
        self.platform.announce(self._name(), json.loads(base64.b64decode(told.strip(":"))))
        self.platform.begin_anew(self._name())
        self._say(self.platform.append(self._name(), 0, Body(self), last=True))

    def do_PUT(self) -> None:
        self._say(self.platform.announce(self._name(), json.loads(b"".join(Body(self)))))

    def do_PATCH(self) -> None:
        offset, last = int(self.headers["Upload-Offset"]), self.headers["Upload-Complete"] == "?1"
        self._say(self.platform.append(self._name(), offset, Body(self), last=last))

    def do_GET(self) -> None:
        self._say(self.platform.state(self._name()))

    def _name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    def _say(self, said: dict[str, Any] | int) -> None:
        if isinstance(said, int):
            self.wfile.write(f"HTTP/1.1 204 -\r\nZhiwang-Api: 1\r\nUpload-Offset: {said}\r\n\r\n".encode())
            return
        body = json.dumps(said).encode()
        head = f"HTTP/1.1 200 -\r\nZhiwang-Api: 1\r\nContent-Length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body)


def main(folder: str) -> None:
    Handler.platform = Platform(Path(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_address[1], KID, Handler.platform.key.hex(), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
