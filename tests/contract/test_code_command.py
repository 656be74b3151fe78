from typer.testing import CliRunner

from district.__main__ import app
from tests.contract.hosted import Hosted
from tests.contract.platform import NAME, NUMBER


def issued(host: Hosted, number: str) -> tuple[int, str]:
    """What the command ends with and prints."""
    where = ["--data-dir", str(host.folder)]
    where += ["--database-url", host.database_url] if host.database_url else []
    told = CliRunner().invoke(app, ["code", *where, number])
    return told.exit_code, told.stdout.strip()


def test_a_code_is_issued_beside_the_running_platform_and_taken(host: Hosted) -> None:
    status, code = issued(host, NUMBER)
    assert status == 0
    with host.client() as client:
        told = client.identify(code)
    assert told.name == NAME


def test_nobody_unknown_gets_one(host: Hosted) -> None:
    assert issued(host, "440306199902309919") == (2, "")
