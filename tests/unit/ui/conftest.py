import os
from collections.abc import Iterator

import pytest

# Before any test makes the application object: it reads these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from kiosk.demo.scenes import visits
from kiosk.demo.still_core import StillCore
from tests.support.ear import Ear
from tests.support.listener import Listener
from tests.support.panel import PANELS, Panel
from tests.support.walking import Walk, one_panel
from ui.app import KioskApp
from ui.host import QtHost


def _report(code: str, detail: str) -> None:
    del code, detail


@pytest.fixture
def core() -> StillCore:
    core = StillCore()
    core.picture = visits.StillPicture(visits.sheet())
    return core


@pytest.fixture
def panel(
    request: pytest.FixtureRequest, qapp: object, core: StillCore, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Panel]:
    """The real screens over a core held still; upright, unless a test asks for both ways."""
    del qapp
    for name in ("QT_IM_MODULE", "XDG_CONFIG_HOME", "QT_QPA_PLATFORM", "QT_QUICK_BACKEND"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # put back after the test
    settings = PANELS[getattr(request, "param", "upright")]
    with QtHost(settings, _report) as host, KioskApp(host, core) as app:
        yield Panel(app, core, settings)


@pytest.fixture
def listener(qapp: object, core: StillCore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    del qapp
    for name in ("QT_IM_MODULE", "XDG_CONFIG_HOME", "QT_QPA_PLATFORM", "QT_QUICK_BACKEND"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # put back after the test
    ear, settings = Ear(), PANELS["upright"]
    with QtHost(settings, _report) as host, KioskApp(host, core, ear.speech()) as app:
        app.window.requestActivate()
        yield Listener(Panel(app, core, settings), ear)


@pytest.fixture(scope="module")
def one_panel_a_file(qapp: object) -> Iterator[Panel]:
    """One window for every walk of a file; each begins with a session of its own."""
    del qapp
    with one_panel() as panel:
        yield panel


@pytest.fixture
def walk(one_panel_a_file: Panel) -> Walk:
    return Walk(one_panel_a_file)
