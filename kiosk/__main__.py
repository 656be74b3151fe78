"""``python -m kiosk``: run the terminal, demonstrate it, look after it."""

import os
import sys
import threading
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kiosk import log
from kiosk.command_line import BUG, DEFAULT_PROFILE, ProfilePath, profile_at

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


class RunDisplay(StrEnum):
    """Where ``run`` shows its window."""

    NATIVE = "native"
    EGLFS = "eglfs"
    VNC = "vnc"
    OFFSCREEN = "offscreen"


class DemoDisplay(StrEnum):
    """Where ``demo`` shows its window; ``auto`` plays a visit where there is no display."""

    AUTO = "auto"
    NATIVE = "native"
    VNC = "vnc"
    OFFSCREEN = "offscreen"


@app.command()
def run(
    profile: ProfilePath = DEFAULT_PROFILE,
    display: Annotated[RunDisplay, typer.Option(help="Where the window appears.")] = RunDisplay.NATIVE,
) -> None:
    """Run the terminal until it is told to end."""
    from kiosk.screen import run_terminal  # noqa: PLC0415  # Qt is loaded by the commands that show a screen

    log.configure()
    raise typer.Exit(run_terminal(profile_at(profile), display.value))


@app.command()
def demo(
    *,
    offline: Annotated[
        bool,
        typer.Option("--offline", help="Cut the network before submission, restore it after the receipt."),
    ] = False,
    display: Annotated[
        DemoDisplay, typer.Option(help="auto, offscreen (plays a visit), native or vnc (both interactive).")
    ] = DemoDisplay.AUTO,
    landscape: Annotated[
        bool, typer.Option("--landscape", help="1920 × 1080 instead of 1080 × 1920.")
    ] = False,
    english: Annotated[bool, typer.Option("--english", help="Play the visit in English.")] = False,
    out: Annotated[Path, typer.Option(help="Where pictures and figures of a played visit go.")] = Path(
        "out/visit"
    ),
) -> None:
    """Run the terminal over simulated devices and an embedded district."""
    from kiosk.demo.command import run_demo  # noqa: PLC0415  # Qt, simulators and servers are loaded here only

    log.configure()
    raise typer.Exit(
        run_demo(offline=offline, display=display.value, landscape=landscape, english=english, out=out)
    )


@app.command()
def gallery(
    *,
    out: Annotated[Path, typer.Option(help="Where the pictures and both indexes go.")] = Path("out/gallery"),
    only: Annotated[str | None, typer.Option(help="Scenes whose name begins so.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Portrait, four modes, two languages.")] = False,
) -> None:
    """Render every screen in every mode, language and orientation, and tell what is wrong with it."""
    from kiosk.demo.gallery.command import run_gallery  # noqa: PLC0415  # Qt is loaded here only

    log.configure()
    raise typer.Exit(run_gallery(out=out, only=only, quick=quick))


def _end_on_bug(arguments: threading.ExceptHookArgs) -> None:
    """End the program when one of its threads ends of a bug: it would go on as if nothing had happened."""
    place = "" if not isinstance(arguments.exc_value, Exception) else _place(arguments.exc_value)
    log.logger("kiosk").error("kiosk.bug", kind=arguments.exc_type.__name__, path=place)
    os._exit(BUG)


def main() -> None:
    """Run the command line; a bug ends the process with its type and place, never with its values."""
    threading.excepthook = _end_on_bug
    try:
        if sys.argv[1:2] != ["run"]:
            from kiosk.desks import add_to  # noqa: PLC0415  # loading them delays the screen's first frame

            add_to(app)
        app()
    except Exception as bug:  # noqa: BLE001  # the last handler: the supervisor starts the process again
        log.logger("kiosk").error("kiosk.bug", kind=type(bug).__name__, path=_place(bug))
        sys.exit(BUG)


def _place(bug: Exception) -> str:
    trace = bug.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


if __name__ == "__main__":
    main()
