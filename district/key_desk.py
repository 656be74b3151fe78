"""``python -m district keys`` and ``verify-receipt``: what an operator does with keys, by hand."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from district import key_set, keys
from district.device_keys import prove_receipt
from district.home import Home, HomeError, locked
from district.refusing import refused
from district.times import utc_now
from offline_queue.crypto import HPKE_AES, SM2_SM4
from offline_queue.errors import DeviceKeyError, ReceiptError
from offline_queue.keyset import KeyRole

keys_app = typer.Typer(no_args_is_help=True, help="Keys that applications are sealed to.")
_DataDir = Annotated[Path, typer.Option("--data-dir", help="The platform's data folder.")]
_NOT_GENUINE = 1


class SuiteName(StrEnum):
    """Algorithms of a key, as the command line names them."""

    HPKE = "hpke"
    SM2 = "sm2"


@keys_app.command()
def rotate(
    data_dir: _DataDir,
    role: Annotated[KeyRole, typer.Option(help="Whose key.")] = KeyRole.PLATFORM,
    suite: Annotated[SuiteName, typer.Option(help="hpke: X25519, AES. sm2: SM2, SM4.")] = SuiteName.HPKE,
    days: Annotated[int | None, typer.Option(min=1, max=36_500, help="Terminals seal to it so long.")] = None,
) -> None:
    """Make a new key; terminals hear of it from the platform's next start on. Old ones still open."""
    home = Home(data_dir)
    number = SM2_SM4 if suite is SuiteName.SM2 else HPKE_AES
    try:
        with locked(home):
            key = key_set.rotate(home.keys, role, number, utc_now(), days)
    except (HomeError, keys.KeysMissingError, OSError) as error:
        raise refused(error) from error
    typer.echo(key.kid)


@keys_app.command("list")
def list_keys(data_dir: _DataDir) -> None:
    """List the keys that terminals are told of."""
    home = Home(data_dir)
    try:
        known = key_set.read(home.keys)
    except (keys.KeysMissingError, OSError) as error:
        raise refused(error) from error
    for key in known.keys:
        last = "no end" if key.not_after_ms is None else _day(key.not_after_ms)
        typer.echo(f"{key.kid:24} suite 0x{key.suite:02x}  {key.role:8}  until {last}")


def verify_receipt(
    data_dir: _DataDir,
    code: Annotated[str, typer.Argument(help="What the QR code on the receipt says.")],
    database_url: Annotated[str | None, typer.Option(help="SQLAlchemy URL instead of SQLite.")] = None,
) -> None:
    """Tell, without any network, whether a terminal gave a receipt out; fails when it did not."""
    try:
        database = Home(data_dir, database_url).existing_database()
    except HomeError as error:
        raise refused(error) from error
    try:
        with database.reading() as session:
            said = prove_receipt(session, code)
    except (ReceiptError, DeviceKeyError) as error:
        typer.echo(f"not genuine: {error.code}", err=True)
        raise typer.Exit(_NOT_GENUINE) from error
    finally:
        database.close()
    typer.echo(
        f"genuine: {said.receipt_no}, submission {said.submission_id.hex()},"
        f" container {said.digest16.hex()[:8]}…, key {said.kid}"
    )


def _day(moment_ms: int) -> str:
    return f"{datetime.fromtimestamp(moment_ms / 1000, UTC):%Y-%m-%d}"
