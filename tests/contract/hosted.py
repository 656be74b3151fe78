"""A district platform on a thread of this process: quick to start, with a clock and insides within reach."""

import json
import socket
import threading
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn
from sqlalchemy import func, select

from district.acceptance.tables import Case
from district.app import create_app
from district.auth import new_token, token_hash
from district.home import open_services
from district.limits import Limits
from district.server import listen
from district.services import Services
from district.tables import Terminal
from district.times import utc_now
from tests.contract.guard import Guard
from tests.contract.platform import Platform


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answers = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answers.set()

    def end(self) -> None:
        self.should_exit = True


@dataclass
class Hosted(Platform):
    limits: Limits = field(default_factory=Limits)
    later: timedelta = timedelta()  # how far the platform's clock is ahead
    broken: list[str] = field(default_factory=list[str])  # answers that are not as the document has them
    _services: Services | None = None
    _opened: ExitStack = field(default_factory=ExitStack)

    @property
    def services(self) -> Services:
        assert self._services is not None
        return self._services

    def cases(self, submission_id: str) -> int:
        with self.services.database.reading() as session:
            wanted = select(func.count()).where(Case.submission_id == submission_id)
            return session.scalar(wanted) or 0

    def enrol(self, terminal: str) -> str:
        """Let another terminal speak; its token."""
        token = new_token()
        row = Terminal(id=terminal, token_hash=token_hash(token), enrolled_at=self.now())
        with self.services.database.writing() as session:
            session.add(row)
        return token

    def now(self) -> datetime:
        return utc_now() + self.later

    def start(self) -> None:
        with ExitStack() as opened:
            self._services = opened.enter_context(
                open_services(self.home, self.catalogue, self.now, self.limits)
            )
            self._services.committer.reopen_all()
            listener = opened.enter_context(listen("127.0.0.1", self.port))
            guard = Guard(create_app(self._services), self.broken)
            config = uvicorn.Config(guard, access_log=False, log_config=None, lifespan="off")
            server = _Server(config)
            thread = threading.Thread(target=server.run, args=([listener],))
            thread.start()
            opened.callback(thread.join)
            opened.callback(server.end)
            assert server.answers.wait(20)
            self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            self.home.ready_file.write_text(json.dumps({"url": self.url}))
            opened.callback(self.home.ready_file.unlink)
            self._opened = opened.pop_all()

    @property
    def is_running(self) -> bool:
        return self._services is not None

    def _end(self, *, kill: bool) -> None:
        del kill
        self._opened.close()
        self._services = None


@contextmanager
def hosted(folder: Path, database_url: str | None = None, limits: Limits | None = None) -> Generator[Hosted]:
    folder.mkdir(parents=True, exist_ok=True)
    platform = Hosted(folder, database_url=database_url, limits=limits or Limits())
    platform.init()
    platform.start()
    try:
        yield platform
    finally:
        platform.close()
    assert not platform.broken, "\n".join(sorted({one.partition("?")[0] for one in platform.broken}))
