"""The terminal's screens in their window, over one core."""

from functools import partial
from pathlib import Path
from time import monotonic
from typing import Self

import shiboken6
from PySide6.QtCore import QEvent, QObject, QThreadPool, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QPixmapCache
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.domain.text import Language
from kiosk.session.events import Touched
from kiosk.session.states import Session
from ui.blind_use import BlindUse
from ui.core import CoreView
from ui.environment import QML_FOLDER
from ui.frames import FrameMeter
from ui.handwriting import HandwritingError, Recogniser
from ui.handwriting_pad import Handwriting
from ui.host import QtHost
from ui.i18n.translator import load_words
from ui.images import PROVIDER, PageImages
from ui.ink import SignaturePad
from ui.keyboard import KEYBOARD
from ui.opening import Opening
from ui.ringing import Ringing
from ui.speech.choice import Speech
from ui.viewmodels.shell import ShellViewModel
from ui.wordbook import WordBook

_ITEMS = (SignaturePad,)
"""QML asks for them by name; to import them is to register them."""
_TOUCH_PAUSE_S = 1.0
_WORDS_AFTER_MS = 3000
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.KeyPress,
        QEvent.Type.Wheel,
    }
)


class KioskApp:
    """The kiosk's window over one core.

    Args:
        host: Qt.
        core: What the screens show and post to.
        speech: How the terminal is heard; without it, it is mute.
        opening: The window that stands already; one of its own unless told.

    Raises:
        DisplayError: On entering: ``ui.no-screen`` when the screens cannot be loaded.
    """

    window: QQuickWindow
    frames: FrameMeter
    pages: PageImages
    blind: BlindUse
    handwriting: Handwriting

    def __init__(
        self, host: QtHost, core: CoreView, speech: Speech | None = None, opening: Opening | None = None
    ) -> None:
        self._host = host
        self._core = core
        self._speech = speech or Speech()
        self._serial = core.session.serial
        self._opening = opening
        self.first_frame_s: float | None = None
        """Monotonic seconds at which the first frame of the start screen stood."""

    def __enter__(self) -> Self:
        """Build the view-models and the window, and show it."""
        self.pages = PageImages()
        self._books: dict[Language, WordBook] = {}
        self._shell = ShellViewModel(self._core, self.pages)
        self.handwriting = Handwriting()
        self._shell.languageChanged.connect(self._retranslate)
        opening = self._opening or Opening(self._host)
        opening.breathe()
        self._engine = opening.engine
        self._engine.addImageProvider(PROVIDER, self.pages)
        self.window = window = opening.window
        opening.hold(self._shell)
        self.frames = FrameMeter(window)
        self.blind = BlindUse(window, self._core, self._speech, self._shell.tell_speech)
        self._ringing = Ringing(self._core, self._speech.bell, self.blind.narrator)
        self._shell.when_read_again(self.blind.read_again)
        # Last, so that it is asked first: the keys of the pad are signs of life, and are kept from others.
        self._watch = _TouchWatch(self._core, window)
        window.frameSwapped.connect(self._note_first_frame)
        self._retranslate()
        self._core.subscribe(self._follow)
        self._host.rubbish.settle()
        if opening.touched:
            self._shell.start()
        return self

    @property
    def shell(self) -> ShellViewModel:
        """What the window shows of the session."""
        return self._shell

    def __exit__(self, *_: object) -> None:
        """Close the window; the engine goes before the view-models that it looks at."""
        self.close()

    def close(self) -> None:
        """Take the window apart; doing it again changes nothing."""
        if not shiboken6.isValid(self._engine):
            return
        self._speech.bell.close()
        self._speech.speaker.close()
        self._remove_words()
        self.handwriting.close()
        shiboken6.delete(self._engine)
        shiboken6.delete(self._shell)
        shiboken6.delete(self.handwriting)

    def run(self) -> int:
        """Run until ``stop`` or a bug; returns the exit status."""
        return self._host.run()

    def stop(self) -> None:
        """End ``run`` with status 0."""
        self._host.stop()

    def grab(self, path: Path) -> None:
        """Write a picture of the window as PNG; for demonstrations and tests with invented persons.

        Raises:
            OSError: The file cannot be written.
        """
        if not self.window.grabWindow().save(str(path), "PNG"):  # pyright: ignore[reportArgumentType, reportCallIssue]  # the stub wants bytes, Qt a text
            raise OSError(f"{path} cannot be written")

    def on_wipe(self) -> None:
        """Forget all that a visit may have left in Qt: pictures, focus, half-typed words, clipboard."""
        self.pages.clear()
        self.blind.forget()
        self.handwriting.forget()
        keyboard = QGuiApplication.inputMethod()
        keyboard.reset()
        keyboard.hide()
        focused = _focused(self.window)
        if focused is not None and focused is not self.window.contentItem():
            focused.setFocus(False)
        QGuiApplication.clipboard().clear()
        QPixmapCache.clear()
        self.window.releaseResources()
        self._host.rubbish.collect()

    def _follow(self, session: Session) -> None:
        if session.serial != self._serial and shiboken6.isValid(self._engine):
            self._serial = session.serial
            self.on_wipe()

    def _retranslate(self) -> None:
        self._remove_words()
        language = self._shell.chosen_language
        if language is not Language.ZH:
            self._book(language).install()
        self._engine.retranslate()
        self._tell_keyboard("language", self._shell.chosen_language.value)

    def _book(self, language: Language) -> WordBook:
        if language not in self._books:
            self._books[language] = WordBook(load_words(language))
        return self._books[language]

    def _remove_words(self) -> None:
        for book in self._books.values():
            book.remove()

    def _note_first_frame(self) -> None:
        self.window.frameSwapped.disconnect(self._note_first_frame)
        self.first_frame_s = monotonic()
        if self._host.has_keyboard:
            # Not from within a frame: loading waits for the frame that waits for it.
            QTimer.singleShot(0, self.window, self._load_keyboard)
        QThreadPool.globalInstance().start(self._core.catalogue.prepare)
        # The first touch goes first; who then wants another language does not wait for its words.
        QTimer.singleShot(_WORDS_AFTER_MS, self.window, _prepare_words)

    def _load_keyboard(self) -> None:
        if not shiboken6.isValid(self._engine):
            return
        try:
            self.handwriting.use(Recogniser(self._host.settings.handwriting_model))
        except HandwritingError as error:
            self._host.report(error.code, error.detail)
        self._tell_keyboard("handwriting", self.handwriting)
        self._tell_keyboard("source", QUrl.fromLocalFile(str(QML_FOLDER / KEYBOARD)))

    def _tell_keyboard(self, name: str, value: object) -> None:
        panel = self.window.findChild(QQuickItem, "keyboardPanel")
        if panel is not None:
            panel.setProperty(name, value)


def _prepare_words() -> None:
    for language in Language:
        if language is not Language.ZH:  # its words stand in the QML
            QThreadPool.globalInstance().start(partial(load_words, language))


def _focused(window: QQuickWindow) -> QQuickItem | None:
    return window.activeFocusItem()


class _TouchWatch(QObject):
    """Tells the core of any touch, at most once a second."""

    def __init__(self, core: CoreView, window: QQuickWindow) -> None:
        super().__init__(window)
        self._core = core
        self._told_s = float("-inf")
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802  # signature given by Qt
        if event.type() in _SIGNS_OF_LIFE:
            now_s = monotonic()
            if now_s - self._told_s >= _TOUCH_PAUSE_S:
                self._told_s = now_s
                self._core.post(Touched())
        return False
