"""A district platform of one's own: a real process over a folder, with its terminal's credentials."""

import base64
import itertools
import json
import socket
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from devices.sim.listening import kept_port, port_of
from district.home import Home, initialise
from district.times import utc_now
from kiosk.backend import BackendClient, HttpTransport
from kiosk.domain.application import Applicant, Application, ItemFacts
from kiosk.domain.text import Language, Text
from offline_queue.delivery import Courier, Errand, Outcome
from offline_queue.header import Stamp
from offline_queue.numbers import make_number
from offline_queue.package import Part, pack
from offline_queue.seal import PlatformKey, digest, new_submission_id, seal
from offline_queue.transport import Announcement, Answer, Partial

TERMINAL = "T0421"
ITEM = "old-age-allowance"
CATALOGUE = Path("kiosk/catalogue/items").resolve()
NAME = "陈淑芬"
NUMBER = "440306194305179908"
LAST4 = "9908"
_TIMEOUT_S = 20


def application() -> Application:
    name = Text("高龄老人津贴申请", "Old-age allowance")
    return Application(
        item=ItemFacts(ITEM, "440511001000", "as-the-terminal-knows-it", name, "05", name, "1"),
        applicant=Applicant(NAME, NUMBER, "resident"),
        phone="13800000421",
        answers={"phone": "13800000421"},
        sources=(),
        materials=(),
        terminal=TERMINAL,
        language=Language.ZH,
        declared_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@dataclass(frozen=True)
class Sealed:
    meta: Announcement
    container: bytes


@dataclass
class Platform:
    folder: Path
    catalogue: Path = CATALOGUE
    url: str = ""
    database_url: str | None = None
    options: tuple[str, ...] = ()
    _keeper: socket.socket | None = None
    _process: subprocess.Popen[str] | None = None
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def init(self, terminal: str = TERMINAL) -> None:
        initialise(self.home, terminal, utc_now)

    @property
    def port(self) -> int:
        """The same one in every life: nobody else gets it meanwhile."""
        self._keeper = self._keeper or kept_port()
        return port_of(self._keeper)

    def start(self) -> None:
        command = [sys.executable, "-m", "district", "serve", "--data-dir", str(self.folder)]
        command += ["--catalogue", str(self.catalogue), "--port", str(self.port), *self.options]
        command += ["--database-url", self.database_url] if self.database_url else []
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self.log.read_text()
        self.url = json.loads(line)["url"]

    @property
    def home(self) -> Home:
        return Home(self.folder, self.database_url)

    @property
    def is_running(self) -> bool:
        return self._process is not None

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        if self._keeper is not None:
            self._keeper.close()

    def stop(self) -> None:
        self._end(kill=False)

    def kill(self) -> None:
        self._end(kill=True)

    def _end(self, *, kill: bool) -> None:
        if self._process is None:
            return
        if kill:
            self._process.kill()
        else:
            self._process.terminate()
        self._process.communicate(timeout=30)
        assert kill or self._process.returncode == 0
        self._process = None

    @property
    def log(self) -> Path:
        return self.folder / "stderr.log"

    @property
    def public(self) -> dict[str, Any]:
        return json.loads((self.folder / f"terminal-{TERMINAL}" / "platform.json").read_text())

    @property
    def token(self) -> str:
        return (self.folder / f"terminal-{TERMINAL}" / "token").read_text()

    @property
    def ack_keys(self) -> dict[str, bytes]:
        return _raw(self.public["ack_keys"])

    @property
    def catalogue_keys(self) -> dict[str, bytes]:
        return _raw(self.public["catalogue_keys"])

    def client(self, **changed: Any) -> BackendClient:
        given: dict[str, Any] = {
            "base_url": self.url,
            "token": self.token,
            "terminal": TERMINAL,
            "timeout_s": _TIMEOUT_S,
            "catalogue_keys": self.catalogue_keys,
        }
        return BackendClient(**{**given, **changed})

    def transport(self, token: str | None = None, url: str | None = None) -> HttpTransport:
        return HttpTransport(url or self.url, token or self.token, TERMINAL, timeout_s=_TIMEOUT_S)

    def carry(self, sealed: Sealed, url: str | None = None, *, tried_before: bool = False) -> Outcome:
        """One attempt to deliver, as the queue makes it."""
        path = self.folder / f"{sealed.meta.submission_id}.out"
        path.write_bytes(sealed.container)
        with self.transport(url=url) as transport:
            courier = Courier(transport, self.ack_keys)
            return courier.carry(Errand(sealed.meta, path, tried_before=tried_before))

    def sealed(
        self,
        *parts: Part,
        form: Mapping[str, object] | None = None,
        keys: list[PlatformKey] | None = None,
        seq: int | None = None,
        plaintext: bytes | None = None,
        terminal: str = TERMINAL,
        service: str = ITEM,
    ) -> Sealed:
        submission_id = new_submission_id()
        if plaintext is None:
            plaintext = pack(form or application().as_json(), parts)
        keys = keys or [PlatformKey(kid, raw) for kid, raw in _raw(self.public["seal_keys"]).items()]
        container = seal(
            plaintext,
            keys,
            submission_id=submission_id,
            terminal=terminal,
            service=service,
            created=Stamp("0" * 36, 1, 1),
        )
        seq = seq or next(self._numbers)
        meta = Announcement(
            submission_id=submission_id.hex(),
            digest=digest(container).hex(),
            size=len(container),
            service=service,
            seq=seq,
            receipt_no=make_number(terminal, seq),
            kid=keys[0].kid,
            container_ver=1,
            terminal=terminal,
        )
        return Sealed(meta, container)

    def deliver(self, sealed: Sealed, chunk_bytes: int = 256 * 1024) -> Answer:
        with self.transport() as transport:
            answer = transport.announce(sealed.meta)
            while isinstance(answer, Partial):
                end = answer.offset + chunk_bytes
                chunk = sealed.container[answer.offset : end]
                answer = transport.append(
                    sealed.meta.submission_id, answer.offset, chunk, last=end >= len(sealed.container)
                )
        return answer

    def desk(self, method: str, path: str, **more: Any) -> requests.Response:
        token = (self.folder / "operator-token").read_text()
        return self._request(method, path, token, **more)

    def raw(self, method: str, path: str, **more: Any) -> requests.Response:
        return self._request(method, path, self.token, **more)

    def _request(self, method: str, path: str, token: str, **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
        with requests.Session() as session:
            session.trust_env = False
            return session.request(method, self.url + path, headers=headers, timeout=_TIMEOUT_S, **more)


@contextmanager
def running(folder: Path, database_url: str | None = None, *options: str) -> Generator[Platform]:
    folder.mkdir(parents=True, exist_ok=True)
    platform = Platform(folder, database_url=database_url, options=options)
    platform.init()
    platform.start()
    try:
        yield platform
    finally:
        platform.close()


def _raw(keys: dict[str, str]) -> dict[str, bytes]:
    return {kid: base64.b64decode(key) for kid, key in keys.items()}
