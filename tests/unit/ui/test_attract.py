"""The screen that nobody looks at all night: nothing of it may burn in."""

from math import tau

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from kiosk.session.states import Attract
from tests.support.panel import KEYBOARD_NOISE, PANELS, Panel
from ui.scene import named_items

pytestmark = KEYBOARD_NOISE

CYCLE = tau / 0.7
SAMPLES = 48
BRIGHT = 200
LONGEST = 1 / 3
"""Share of a cycle for which one pixel may be lit by words or by the sign."""


@pytest.mark.parametrize("panel", PANELS, indirect=True)
def test_no_pixel_of_the_words_stays_where_it_is(panel: Panel) -> None:
    panel.show(Attract())
    screen = named_items(panel.app.window, "start")[-1]
    lit = np.zeros((int(screen.height()), int(screen.width())), np.uint16)
    for step in range(SAMPLES):
        screen.setProperty("drift", CYCLE * step / SAMPLES)
        panel.app.window.grabWindow()
        lit += _bright(panel.app.window.grabWindow())
    assert lit.max() > 0
    assert lit.max() / SAMPLES <= LONGEST


def test_the_loop_moves_by_itself(panel: Panel) -> None:
    panel.show(Attract())
    screen = named_items(panel.app.window, "start")[-1]
    before = screen.property("drift")
    panel.robot.wait(lambda: screen.property("drift") > before, "the invitation drifts")


def _bright(image: QImage) -> NDArray[np.bool_]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()] > BRIGHT
