import os
import select
import socket
from collections.abc import Generator
from typing import Any, cast

import pytest
import pyudev

from devices.hotplug.udev import UdevEvents, UdevLostError

pytestmark = [
    pytest.mark.root,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may speak on the kernel's line to udev"),
]

NETLINK_KOBJECT_UEVENT = 15
KERNEL_GROUP = 1
EVENT = b"add@/devices/bench\0ACTION=add\0DEVPATH=/devices/bench\0SUBSYSTEM=bench\0"


@pytest.fixture
def flood() -> Generator[socket.socket]:
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_KOBJECT_UEVENT) as sending:
        sending.bind((0, 0))
        yield sending


def heard_by_the_kernel() -> UdevEvents:
    pyudev_: Any = cast("Any", pyudev)
    monitor = pyudev_.Monitor.from_netlink(pyudev_.Context(), "kernel")
    monitor.set_receive_buffer_size(16 * 1024)
    monitor.start()
    return UdevEvents(monitor)


def overflows(events: UdevEvents) -> bool:
    poll = select.poll()
    poll.register(events.fileno(), select.POLLIN)
    return any(mask & select.POLLERR for _, mask in poll.poll(0))


def test_a_real_overflow_is_told_and_a_new_connection_hears_again(flood: socket.socket) -> None:
    events = heard_by_the_kernel()
    for _ in range(1_000):
        flood.sendto(EVENT * 40, (0, KERNEL_GROUP))
        if overflows(events):
            break
    for _ in range(2):  # for as long as anybody asks: that is why a new connection is made
        with pytest.raises(UdevLostError):
            list(events.read())
    assert list(heard_by_the_kernel().read()) == []
