"""Delivers over a loopback that loses, resets, crawls, is far or flaps: for a network namespace of its own.

``unshare --net python -m tests.support.bad_line FOLDER KIND`` prints ``delivered <cases>`` when every
application arrived. Kinds: ``loss``, ``reset``, ``narrow``, ``far``, ``flap``.
"""

import subprocess
import sys
import time
from pathlib import Path

from kiosk.backend import HttpTransport
from tests.support.fake_platform import FakePlatform
from tests.support.fault_proxy import FaultProxy, Plan
from tests.support.sealed_queue import SERVICE, TERMINAL, RunningQueue, sealed_application

TIMEOUT_S = 2.0
DELIVERY_S = 40.0
PAUSE = 0.02
"""What the dice show: pauses of hundredths of a second instead of seconds."""
_RULES = {
    # One packet in five, both ways. A reset needs a table of its own.
    "loss": ["add rule inet bad out numgen random mod 100 < 20 drop"],
    "reset": ["add rule inet bad out tcp dport {port} numgen random mod 100 < 10 reject with tcp reset"],
}
FAR_S = 0.3
"""One way. Linux delays packets by netem alone, which many kernels lack, so a proxy does it."""
_SIZES = {"loss": [2_000, 40_000], "narrow": [2_000, 300_000]}


def prepare(kind: str, port: int) -> None:
    """Make the line of this namespace bad."""
    if kind in _RULES:
        rules = ["add table inet bad", "add chain inet bad out { type filter hook output priority 0; }"]
        rules += [rule.format(port=port) for rule in _RULES[kind]]
        subprocess.run(["nft", "-f", "-"], input="\n".join(rules), text=True, check=True)
    if kind == "narrow":
        # A megabit, and a queue that holds what is sent for up to 600 ms.
        shape = ["rate", "1mbit", "burst", "16kb", "latency", "600ms"]
        subprocess.run(["tc", "qdisc", "add", "dev", "lo", "root", "tbf", *shape], check=True)


def up(*, is_up: bool) -> None:
    """Plug the line in, or pull it."""
    subprocess.run(["ip", "link", "set", "lo", "up" if is_up else "down"], check=True)


def main(folder: str, kind: str) -> None:
    """Deliver, whatever the line does."""
    up(is_up=True)
    # Small packets, as on a real line: loopback's own of 64 KiB would make chance too coarse.
    subprocess.run(["ip", "link", "set", "lo", "mtu", "1500"], check=True)
    plan = Plan(far_s=FAR_S if kind == "far" else 0.0)
    with FakePlatform() as platform, FaultProxy("127.0.0.1", platform.port, plan) as proxy:
        url = proxy.url if kind == "far" else f"http://127.0.0.1:{platform.port}"
        transport = HttpTransport(url, "token", TERMINAL, timeout_s=TIMEOUT_S)
        prepare(kind, platform.port)
        with transport, RunningQueue(Path(folder), transport, platform.ack_keys, pause=PAUSE) as queue:
            numbers = [
                queue.client.submit(
                    sealed_application([platform.recipient], page_bytes=size), SERVICE
                ).receipt_no
                for size in _SIZES.get(kind, [2_000, 200_000])
            ]
            deadline_s = time.monotonic() + DELIVERY_S
            while kind == "flap" and time.monotonic() < deadline_s - DELIVERY_S + 2.0:
                up(is_up=False)
                queue.client.wait(numbers[-1], 0.2)
                up(is_up=True)
                queue.client.kick()
                queue.client.wait(numbers[-1], 0.2)
            for number in numbers:
                queue.client.kick()
                while not queue.client.wait(number, 0.3).accepted:
                    assert time.monotonic() < deadline_s, queue.client.status(number)
                    queue.client.kick()
        assert sorted(platform.receipt_numbers()) == sorted(numbers)
        sys.stdout.write(f"delivered {len(platform.commits)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
