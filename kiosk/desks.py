"""The commands of ``python -m kiosk`` that show no screen."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from kiosk import log
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.loader import load_builtin
from kiosk.command_line import (
    DEFAULT_PROFILE,
    UNAVAILABLE,
    UNUSABLE,
    ProfilePath,
    console,
    profile_at,
    told_to_end,
)
from kiosk.device_desk import show_devices, watch_devices
from kiosk.doctor import examine, look_at_journal, show
from kiosk.key_desk import make_device_key, show_device_key
from kiosk.queue_desk import export_queue, show_item, show_queue, tell_metrics
from kiosk.wiring import queue_socket, serve_queue
from offline_queue import QueueClient, QueueError, want_repair
from provisioning.profile import ProfileError

queue_app = typer.Typer(no_args_is_help=True, help="The sealed queue of applications.")
key_app = typer.Typer(no_args_is_help=True, help="The terminal's signing key.")
catalogue_app = typer.Typer(no_args_is_help=True, help="The service items.")
doctor_app = typer.Typer(
    help="What is missing or broken here, each with its remedy; fails when the terminal cannot serve."
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    app.add_typer(doctor_app, name="doctor")
    app.add_typer(queue_app, name="queue")
    app.add_typer(catalogue_app, name="catalogue")
    app.add_typer(key_app, name="device-key")


@doctor_app.callback(invoke_without_command=True)
def doctor(
    context: typer.Context,
    profile: Annotated[Path | None, typer.Option("--profile", help="Also examine this terminal.")] = None,
) -> None:
    """Tell what is missing or broken here, each with its remedy; fails when the terminal cannot serve."""
    if context.invoked_subcommand is not None:
        return
    log.configure()
    findings = examine(profile)
    show(findings)
    raise typer.Exit(0 if all(finding.serves for finding in findings) else UNAVAILABLE)


@doctor_app.command("devices")
def doctor_devices(
    *,
    profile: ProfilePath = DEFAULT_PROFILE,
    watch: Annotated[bool, typer.Option("--watch", help="Go on showing, until Ctrl-C.")] = False,
) -> None:
    """List every device: identity, health, last success, remedy; fails when one cannot be used.

    Looks at the running terminal where there is one, and opens the devices itself where there is none.
    """
    log.configure()
    try:
        if watch:
            watch_devices(profile_at(profile), _builtin(), console(), told_to_end())
            return
        usable = show_devices(profile_at(profile), _builtin(), console())
    except ProfileError as error:
        typer.echo(f"kiosk: {error}", err=True)
        raise typer.Exit(UNUSABLE) from error
    raise typer.Exit(0 if usable else UNAVAILABLE)


@doctor_app.command("journal")
def doctor_journal(profile: ProfilePath = DEFAULT_PROFILE) -> None:
    """Prove the whole chain of the terminal's journal, also while it runs; fails when it does not hold."""
    findings = look_at_journal(profile_at(profile))
    show(findings)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else UNAVAILABLE)


@queue_app.command("serve")
def queue_serve(profile: ProfilePath = DEFAULT_PROFILE) -> None:
    """Be the queue's process until SIGTERM."""
    log.configure()
    stop = told_to_end()
    try:
        serve_queue(profile_at(profile), stop, lambda: log.logger("queue").info("queue.ready"))
    except ProfileError as error:
        typer.echo(f"kiosk: {error}", err=True)
        raise typer.Exit(UNUSABLE) from error
    except QueueError as error:
        log.logger("queue").error(error.code)
        raise typer.Exit(UNAVAILABLE) from error


@queue_app.command("retry")
def queue_retry(
    receipt_no: Annotated[str, typer.Argument(help="Number of an application that was set aside.")],
    profile: ProfilePath = DEFAULT_PROFILE,
) -> None:
    """Send an application again that was set aside for a person to look at."""
    with _queue_faults():
        QueueClient(queue_socket(profile_at(profile))).retry(receipt_no)


@queue_app.command("give-up")
def queue_give_up(
    receipt_no: Annotated[str, typer.Argument(help="Number of an application whose container is lost.")],
    profile: ProfilePath = DEFAULT_PROFILE,
) -> None:
    """Let those behind an application go on whose container is lost; it stays in the list."""
    with _queue_faults():
        QueueClient(queue_socket(profile_at(profile))).give_up(receipt_no)


@queue_app.command("list")
def queue_list(profile: ProfilePath = DEFAULT_PROFILE) -> None:
    """List the applications in the queue: numbers, states, ages; nothing that names a person."""
    with _queue_faults():
        show_queue(profile_at(profile), console(markup=False))


@key_app.command("make")
def key_make(profile: ProfilePath = DEFAULT_PROFILE) -> None:
    """Make the signing key where there is none; prints what the district enrols."""
    with _queue_faults():
        make_device_key(profile_at(profile))


@key_app.command("show")
def key_show(profile: ProfilePath = DEFAULT_PROFILE) -> None:
    """Print what the district enrols."""
    with _queue_faults():
        show_device_key(profile_at(profile))


@queue_app.command("show")
def queue_show(
    receipt_no: Annotated[str, typer.Argument(help="Number on the receipt.")],
    profile: ProfilePath = DEFAULT_PROFILE,
) -> None:
    """Show what is known of one application."""
    with _queue_faults():
        show_item(profile_at(profile), receipt_no, console(markup=False))


@queue_app.command("export")
def queue_export(
    folder: Annotated[Path, typer.Argument(help="Folder of a USB stick.")],
    profile: ProfilePath = DEFAULT_PROFILE,
) -> None:
    """Copy the sealed applications that wait to a USB stick; they stay in the queue."""
    with _queue_faults():
        export_queue(profile_at(profile), folder)


@queue_app.command("metrics")
def queue_metrics(
    profile: ProfilePath = DEFAULT_PROFILE,
    textfile: Annotated[
        Path | None, typer.Option(help="Write here, for node_exporter's textfile collector.")
    ] = None,
) -> None:
    """Tell the queue's figures as Prometheus text."""
    with _queue_faults():
        answers = tell_metrics(profile_at(profile), textfile)
    raise typer.Exit(0 if answers else UNAVAILABLE)


@queue_app.command("check")
def queue_check(profile: ProfilePath = DEFAULT_PROFILE) -> None:
    """Begin the thorough check now, which otherwise runs at night; `list` tells its result."""
    with _queue_faults():
        QueueClient(queue_socket(profile_at(profile))).check()


@queue_app.command("repair")
def queue_repair(profile: ProfilePath = DEFAULT_PROFILE) -> None:
    """Have the next start of the queue build its database anew from the containers."""
    with _queue_faults():
        want_repair(profile_at(profile).paths.data / "queue")
    typer.echo("Now restart the queue: systemctl restart zhiwang-queue")


@contextmanager
def _queue_faults() -> Generator[None]:
    try:
        yield
    except (QueueError, OSError) as error:
        typer.echo(f"kiosk: {error}", err=True)
        raise typer.Exit(UNAVAILABLE) from error


@catalogue_app.command("list")
def catalogue_list() -> None:
    """List the built-in service items."""
    for item in _builtin().items:
        typer.echo(
            f"{item.code:32} {'here' if item.filing == 'here' else 'guide':6} {item.name.zh}  {item.name.en}"
        )


@catalogue_app.command("check")
def catalogue_check() -> None:
    """Prove that every built-in service item can be used."""
    typer.echo(f"{len(_builtin().items)} service items can be used")


@catalogue_app.command("prefill")
def catalogue_prefill() -> None:
    """Measure how much of each form is known in advance of the reference platform's invented residents."""
    from kiosk.demo.prefill_share import measure, show  # noqa: PLC0415  # the platform is loaded here only

    show(measure(_builtin()), console())


def _builtin() -> Catalogue:
    try:
        return load_builtin()
    except CatalogueError as error:
        typer.echo(f"kiosk: {error}", err=True)
        raise typer.Exit(UNUSABLE) from error
