import os
from collections.abc import Iterator

import pytest

# Before any test makes the application object: it reads these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from tests.support.fake_core import FakeCore
from ui.app import KioskApp, QtHost
from ui.environment import ScreenSettings
from ui.robot import Robot


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()


@pytest.fixture
def host(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[QtHost]:
    del qapp
    for name in ("QT_IM_MODULE", "XDG_CONFIG_HOME", "QT_QPA_PLATFORM", "QT_QUICK_BACKEND"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # put back after the test
    with QtHost(ScreenSettings(width_px=540, height_px=960), lambda *_: None) as host:
        yield host


@pytest.fixture
def app(host: QtHost, core: FakeCore) -> Iterator[KioskApp]:
    with KioskApp(host, core) as app:
        yield app


@pytest.fixture
def robot(app: KioskApp) -> Robot:
    return Robot(app.window, timeout_s=10)
