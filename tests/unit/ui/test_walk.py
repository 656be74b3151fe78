"""The walker over every screen in the modes that change most: nothing to be found."""

import os
from itertools import product

import pytest

from kiosk.demo.gallery.plan import Frame, frames
from kiosk.demo.gallery.shooting import Shooting
from kiosk.demo.still_core import StillCore
from kiosk.domain.text import Language
from tests.support.panel import KEYBOARD_NOISE
from ui.app import KioskApp
from ui.environment import ScreenSettings
from ui.host import QtHost
from ui.walker.studio import Studio

pytestmark = [KEYBOARD_NOISE, pytest.mark.timeout(300)]

WAYS = (
    *product(["portrait"], ["normal", "elder160", "contrast", "low"], [Language.ZH, Language.EN]),
    ("landscape", "elder160", Language.EN),
    ("landscape", "low", Language.ZH_HANT),
)
"""Largest type leaves least room lying, and English words are the longest."""


def _frames(orientation: str, mode: str, language: Language) -> list[Frame]:
    return [
        frame
        for frame in frames()
        if (frame.panel.name, frame.mode.name, frame.language) == (orientation, mode, language)
    ]


@pytest.mark.parametrize(("orientation", "mode", "language"), WAYS)
def test_everybody_can_see_read_reach_and_hear_every_screen(
    qapp: object,
    core: StillCore,
    monkeypatch: pytest.MonkeyPatch,
    orientation: str,
    mode: str,
    language: Language,
) -> None:
    del qapp
    for name in ("QT_IM_MODULE", "XDG_CONFIG_HOME", "QT_QPA_PLATFORM", "QT_QUICK_BACKEND"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # put back after the test
    complaints: list[str] = []
    with QtHost(ScreenSettings(), _fail) as host, KioskApp(host, core) as app:
        for frame, shot in Shooting(core, Studio(app)).run(_frames(orientation, mode, language)):
            complaints += [f"{frame.scene.name}: {finding}" for finding in shot.findings]
    assert complaints == []


def _fail(code: str, detail: str) -> None:
    pytest.fail(f"{code}: {detail}")
