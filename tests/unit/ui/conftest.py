import os
from collections.abc import Iterator

import pytest

# Before any test makes the application object: it reads these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from tests.support import visits
from tests.support.fake_core import FakeCore
from tests.support.panel import PANELS, Panel
from ui.app import KioskApp, QtHost


@pytest.fixture
def core() -> FakeCore:
    core = FakeCore()
    core.picture = visits.StillPicture(visits.sheet())
    return core


@pytest.fixture(params=PANELS, ids=list(PANELS))
def panel(
    request: pytest.FixtureRequest, qapp: object, core: FakeCore, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Panel]:
    """The real screens upright and lying, over a core held still."""
    del qapp
    for name in ("QT_IM_MODULE", "XDG_CONFIG_HOME", "QT_QPA_PLATFORM", "QT_QUICK_BACKEND"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # put back after the test
    settings = PANELS[request.param]
    with QtHost(settings, lambda *_: None) as host, KioskApp(host, core) as app:
        yield Panel(app, core, settings)
