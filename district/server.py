"""Serving the platform: one process, told ready by a file."""

import json
import logging
import signal
import socket
import sys
import traceback
from pathlib import Path
from types import FrameType, TracebackType

import structlog
import uvicorn

from district.app import create_app
from district.files import write_durably
from district.home import Home, open_services
from district.limits import Limits
from district.times import Now

_STOP_S = 3
_BACKLOG = 1024


class _FramesOnly(logging.Formatter):
    """Writes where an exception happened but not its text, which may quote what somebody entered."""

    def formatException(  # noqa: N802 - named by the base class
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return the frames and the type of the exception."""
        kind, _, frames = ei
        places = "".join(traceback.format_tb(frames)) if frames else ""
        return places + (kind.__name__ if kind else "")


class _Server(uvicorn.Server):
    """Tells the world when it answers."""

    def __init__(self, config: uvicorn.Config, ready_file: Path, url: str) -> None:
        super().__init__(config)
        self._ready_file = ready_file
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then write the ready file and one line on the standard output."""
        await super().startup(sockets)
        line = json.dumps({"url": self._url})
        write_durably(self._ready_file, line.encode() + b"\n")
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def serve(home: Home, catalogue_folder: Path | None, host: str, port: int, now: Now, limits: Limits) -> None:
    """Serve until SIGTERM or SIGINT; ``port`` 0 takes a free one.

    Raises:
        HomeError: The data folder is in use.
        KeysMissingError: It was never initialised.
        CatalogueError: The catalogue's folder cannot be read as one.
        OSError: The port is taken.
    """
    prepare_logs()
    # The server raises the signal again once it has stopped; leaving by exception runs what is below it.
    signal.signal(signal.SIGTERM, _leave)
    with (
        open_services(home, catalogue_folder, now, limits) as services,
        listen(host, port) as listener,
    ):
        services.committer.reopen_all()
        config = uvicorn.Config(
            create_app(services),
            access_log=False,  # its lines would hold query strings
            log_config=None,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=_STOP_S,
        )
        address, taken = listener.getsockname()[:2]
        place = f"[{address}]" if ":" in address else address
        server = _Server(config, home.ready_file, f"http://{place}:{taken}")
        try:
            server.run(sockets=[listener])
        finally:
            home.ready_file.unlink(missing_ok=True)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; ``port`` 0 takes a free one.

    Raises:
        OSError: The port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol has to be named: only then does asyncio send small answers at once instead of waiting for
    # the other side's acknowledgement, which Linux holds back for 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def prepare_logs() -> None:
    """Send every log line to the standard error; what a command answers goes to the standard output."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_FramesOnly("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
