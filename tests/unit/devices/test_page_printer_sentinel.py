import socket
from pathlib import Path

import pytest

from devices.page_printer.sentinel import Sentinel


def test_a_server_that_ends_breaks_the_connection_also_when_another_listens_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        sentinel = Sentinel("127.0.0.1", port)
        near, _ = first.accept()
        assert not sentinel.broken
        near.close()
    with sentinel, socket.create_server(("127.0.0.1", port)):
        assert sentinel.broken
        assert sentinel.broken


def test_a_server_is_watched_through_its_socket_too(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        with Sentinel(str(tmp_path / "s"), 631) as sentinel:
            assert not sentinel.broken


def test_where_nobody_listens_there_is_no_sentinel(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        Sentinel(str(tmp_path / "s"), 631)
