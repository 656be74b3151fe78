"""What the courier makes of a disk or a machine that does not give a container back."""

import errno
import os
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from offline_queue.delivery import Courier, Errand, Stuck, Unfinished
from offline_queue.transport import Announcement, Answer, Content
from tests.support.scripted_transport import (
    ACK_KEYS,
    LATER,
    META,
    ScriptedTransport,
    carry,
)


@pytest.mark.parametrize("place", ["/proc/self/mem", "/proc/self"], ids=["a bad sector", "no file"])
def test_a_container_that_the_disk_does_not_give_back_is_damaged(container: Path, place: str) -> None:
    container.unlink()
    container.symlink_to(place)  # reading at the start of one's own memory is EIO
    assert carry(ScriptedTransport([]), container) == Stuck("queue.container-damaged")


@pytest.mark.parametrize("errno_", [errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EINTR, errno.EACCES])
def test_a_container_that_cannot_be_read_just_now_is_not_damaged(container: Path, errno_: int) -> None:
    read: Future[str] = Future()
    read.set_exception(OSError(errno_, os.strerror(errno_)))
    errand = Errand(META, container, tried_before=False, digest=read)
    transport = ScriptedTransport([])
    assert Courier(transport, ACK_KEYS).carry(errand) == Unfinished("queue.container-unread", None, 0)
    assert transport.asked == []


def test_a_disk_that_fails_while_a_container_is_sent_is_not_taken_for_the_line(tmp_path: Path) -> None:
    class HttpTransport(ScriptedTransport):
        """Says of a request that was not sent whole what one over HTTP says of it."""

        def deliver(self, meta: Announcement, content: Content) -> Answer:
            with suppress(OSError):
                return super().deliver(meta, content)
            return LATER

    place = tmp_path / "container.zwq"
    place.symlink_to("/proc/self/mem")
    read: Future[str] = Future()
    read.set_result(META.digest)
    meta = replace(META, size=10)
    errand = Errand(meta, place, tried_before=False, digest=read)
    told = Courier(HttpTransport([], meta=meta), ACK_KEYS).carry(errand)
    assert told == Stuck("queue.container-damaged")
