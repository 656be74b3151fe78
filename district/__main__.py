"""``python -m district``: make a platform, serve it, describe it."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from district.catalogue.package import CatalogueError
from district.code_command import code
from district.contract import openapi as describe
from district.home import Home, HomeError, initialise
from district.import_command import import_folder
from district.key_desk import keys_app, verify_receipt
from district.keys import KeysMissingError
from district.limits import Limits
from district.refusing import refused
from district.server import prepare_logs
from district.server import serve as serve_home
from district.stick import StickError
from district.times import utc_now
from offline_queue.device_key import public_key_from_text
from offline_queue.errors import DeviceKeyError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(keys_app, name="keys")
app.command("verify-receipt")(verify_receipt)
app.command("code")(code)

DataDir = Annotated[Path, typer.Option(help="The platform's data folder.")]
DatabaseUrl = Annotated[str | None, typer.Option(help="SQLAlchemy URL instead of SQLite in the folder.")]
CatalogueDir = Annotated[Path | None, typer.Option(help="Folder of service items to serve.")]
_UNSETTLED = 1


@app.callback()
def main(context: typer.Context) -> None:
    """Run the reference district platform."""
    before = os.umask(0o077)  # the database and the containers are for their owner only
    context.call_on_close(lambda: os.umask(before))


@app.command()
def init(
    data_dir: DataDir,
    terminal: Annotated[str, typer.Option(help="Name of the terminal to enrol, such as T0421.")],
    database_url: DatabaseUrl = None,
    device_key: Annotated[
        Path | None, typer.Option(help="The terminal's signing key, as `kiosk device-key show` prints it.")
    ] = None,
) -> None:
    """Make keys, database and resource base where missing, and enrol a terminal."""
    try:
        # It may come from another machine, whose editor put a mark in front.
        told = None if device_key is None else device_key.read_text(encoding="utf-8-sig", errors="replace")
        public = None if told is None else public_key_from_text(told)
        folder = initialise(Home(data_dir, database_url), terminal, utc_now, public)
    except (HomeError, KeysMissingError, DeviceKeyError, OSError) as error:
        raise refused(error) from error
    typer.echo(str(folder))


@app.command()
def serve(
    data_dir: DataDir,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one, see district.json.")] = 0,
    catalogue: CatalogueDir = None,
    database_url: DatabaseUrl = None,
    upload_days: Annotated[float, typer.Option(help="An upload that stands still so long starts anew.")] = 7,
    requests_per_s: Annotated[
        float | None, typer.Option(help="Requests about submissions to serve; more are told to wait.")
    ] = None,
    concurrent: Annotated[int, typer.Option(help="Such requests under way at the same time.")] = 200,
) -> None:
    """Serve until SIGTERM; district.json in the data folder tells the URL while it answers.

    Containers that could not be read are tried again first, as after a key was brought back.
    """
    try:
        limits = Limits(timedelta(days=upload_days), requests_per_s=requests_per_s, concurrent=concurrent)
        serve_home(Home(data_dir, database_url), catalogue, host, port, utc_now, limits)
    except (HomeError, KeysMissingError, CatalogueError, OSError) as error:
        raise refused(error) from error


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(help="Folder that a terminal exported to, with manifest.json.")],
    data_dir: DataDir,
    catalogue: CatalogueDir = None,
    database_url: DatabaseUrl = None,
    *,
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="Also what a terminal with a device key did not sign.")
    ] = False,
) -> None:
    """Take sealed containers that were carried here by hand, and say what became of each; may be repeated.

    Ends with 1 when one of them is no settled application.
    """
    prepare_logs()
    settled = True
    try:
        home = Home(data_dir, database_url)
        for report in import_folder(home, folder, catalogue, utc_now, unsigned=unsigned):
            settled = settled and report.is_settled
            result = report.result
            words = (report.receipt_no, report.file, result.outcome, result.acceptance_no, result.problem)
            # What a manifest says comes from outside and must not command the screen it is shown on.
            typer.echo("\t".join(word if word and word.isprintable() else "-" for word in words))
    except (StickError, HomeError, KeysMissingError, CatalogueError, OSError) as error:
        raise refused(error) from error
    if not settled:
        raise typer.Exit(_UNSETTLED)


@app.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    typer.echo(describe(), nl=False)


if __name__ == "__main__":
    app()
