"""Which pictures are taken."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.demo.gallery.modes import MODES, PANELS, Mode
from kiosk.demo.scenes.registry import Scene, scenes
from kiosk.domain.text import Language
from ui.walker.studio import Panel

QUICK_MODES = frozenset({"normal", "elder160", "low", "contrast"})
"""Modes of a quick look: those that change most."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture to be taken."""

    scene: Scene
    mode: Mode
    language: Language
    panel: Panel

    @property
    def file(self) -> str:
        """Where the picture goes, from the gallery's folder on."""
        return f"{self.panel.name}/{self.mode.name}/{self.language.value}/{self.scene.name}.webp"


def frames(*, only: str | None = None, quick: bool = False) -> Iterator[Frame]:
    """Yield the pictures in an order that turns the window, the mode and the language seldom.

    Args:
        only: Scenes whose name begins so.
        quick: A quarter of them: portrait, the modes that change most, Chinese and English.
    """
    chosen = [scene for scene in scenes() if only is None or scene.name.startswith(only)]
    for panel in PANELS[:1] if quick else PANELS:
        for mode in MODES:
            if quick and mode.name not in QUICK_MODES:
                continue
            for language in (Language.ZH, Language.EN) if quick else Language:
                for scene in chosen:
                    yield Frame(scene, mode, language, panel)
