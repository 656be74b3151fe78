"""Property 29: a bad line in a network namespace of its own delays and loses nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEEDED = ("unshare", "ip", "nft", "tc")


def missing() -> str:
    """Why it cannot run here, or nothing."""
    if os.geteuid() != 0:
        return "a network namespace needs root"
    gone = [tool for tool in NEEDED if shutil.which(tool, path="/usr/sbin:/sbin:/usr/bin:/bin") is None]
    return f"not installed: {', '.join(gone)}" if gone else ""


@pytest.mark.root
@pytest.mark.skipif(bool(missing()), reason=missing() or "all is there")
@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("loss", id="one-packet-in-five-is-lost"),
        pytest.param("reset", id="one-packet-in-ten-is-answered-with-a-reset"),
        pytest.param("narrow", id="one-megabit-with-600-ms-of-queue"),
        pytest.param("far", id="600-ms-there-and-back"),
        pytest.param("flap", id="the-link-goes-up-and-down"),
    ],
)
def test_over_a_bad_line_every_application_arrives_exactly_once(tmp_path: Path, kind: str) -> None:
    done = subprocess.run(
        ["unshare", "--net", sys.executable, "-m", "tests.support.bad_line", str(tmp_path), kind],
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
        env={**os.environ, "PATH": "/usr/sbin:/sbin:/usr/bin:/bin"},
    )
    assert done.stdout == "delivered 2\n", done.stderr
