import os
from collections.abc import Iterator

import pytest

from kiosk.demo.still_core import StillCore
from ui.app import KioskApp
from ui.environment import ScreenSettings
from ui.host import QtHost
from ui.robot import Robot

# Read once, when the first test makes the application object.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")


def ignore(_code: str, _detail: str) -> None:
    pass


@pytest.fixture
def core() -> StillCore:
    return StillCore()


@pytest.fixture
def host(qapp: object) -> Iterator[QtHost]:
    del qapp
    with QtHost(ScreenSettings(width_px=540, height_px=960), ignore) as host:
        yield host


@pytest.fixture
def app(host: QtHost, core: StillCore) -> Iterator[KioskApp]:
    with KioskApp(host, core) as app:
        yield app


@pytest.fixture
def robot(app: KioskApp) -> Robot:
    return Robot(app.window, timeout_s=10)
