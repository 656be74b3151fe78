"""The screens' own view-models, in one place for the shell that shows one of them at a time."""

from typing import TypeVar

from PySide6.QtCore import Property, QObject
from PySide6.QtQml import QmlElement

from kiosk.session.states import Session
from ui.core import CoreView, PageShelf
from ui.viewmodels.access import AccessViewModel
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.capture import CaptureViewModel
from ui.viewmodels.document import DocumentViewModel
from ui.viewmodels.ending import EndingViewModel
from ui.viewmodels.entry import EntryViewModel
from ui.viewmodels.failing import FailingViewModel
from ui.viewmodels.find import FindViewModel
from ui.viewmodels.guide import GuideViewModel, NoticeViewModel
from ui.viewmodels.home import HomeViewModel
from ui.viewmodels.identify import IdentifyViewModel
from ui.viewmodels.materials import MaterialsViewModel
from ui.viewmodels.mine import MineViewModel
from ui.viewmodels.outage import OutageViewModel
from ui.viewmodels.outcome import OutcomeViewModel, SubmissionViewModel
from ui.viewmodels.pages import PagesViewModel
from ui.viewmodels.photo import PhotoViewModel
from ui.viewmodels.pick import PickViewModel
from ui.viewmodels.precheck import PrecheckViewModel, UnfitViewModel
from ui.viewmodels.prefill import PrefillViewModel
from ui.viewmodels.question import QuestionViewModel
from ui.viewmodels.rating import RatingViewModel
from ui.viewmodels.review import ReviewViewModel
from ui.viewmodels.signing import SigningViewModel
from ui.viewmodels.story import StoryViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

S = TypeVar("S", bound=ScreenViewModel)


@QmlElement
class ScreensViewModel(QObject):
    """Holds what each screen shows.

    Args:
        core: Where intents go and sessions come from.
        pages: Gives pages an address that QML can show.
        parent: Qt owner.
    """

    def __init__(self, core: CoreView, pages: PageShelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._screens: list[ScreenViewModel] = []
        self._access = self._hold(AccessViewModel(core, self))
        self._outage = self._hold(OutageViewModel(core, self))
        self._home = self._hold(HomeViewModel(core, self))
        self._find = self._hold(FindViewModel(core, self))
        self._guide = self._hold(GuideViewModel(core, pages, self))
        self._precheck = self._hold(PrecheckViewModel(core, self))
        self._unfit = self._hold(UnfitViewModel(core, self))
        self._mine = self._hold(MineViewModel(core, self))
        self._notice = self._hold(NoticeViewModel(core, self))
        self._identify = self._hold(IdentifyViewModel(core, self))
        self._prefill = self._hold(PrefillViewModel(core, self))
        self._question = self._hold(QuestionViewModel(core, self))
        self._materials = self._hold(MaterialsViewModel(core, self))
        self._capture = self._hold(CaptureViewModel(core, pages, self))
        self._paging = self._hold(PagesViewModel(core, pages, self))
        self._review = self._hold(ReviewViewModel(core, pages, self))
        self._signing = self._hold(SigningViewModel(core, self))
        self._submission = self._hold(SubmissionViewModel(core, self))
        self._pick = self._hold(PickViewModel(core, self))
        self._entry = self._hold(EntryViewModel(core, self))
        self._photo = self._hold(PhotoViewModel(core, pages, self))
        self._document = self._hold(DocumentViewModel(core, self))
        self._story = self._hold(StoryViewModel(core, self))
        self._outcome = self._hold(OutcomeViewModel(core, pages, self))
        self._failing = self._hold(FailingViewModel(core, self))
        self._rating = self._hold(RatingViewModel(core, self))
        self._ending = self._hold(EndingViewModel(core, self))

    def _hold(self, screen: S) -> S:
        self._screens.append(screen)
        return screen

    def show_screens(self, session: Session) -> None:
        """Let every screen derive what it shows."""
        for screen in self._screens:
            screen.show(session)

    @Property(AccessViewModel, constant=True)
    def access(self) -> AccessViewModel:
        """For the panel on every screen."""
        return self._access

    @Property(OutageViewModel, constant=True)
    def outage(self) -> OutageViewModel:
        """For the start screen while nothing can be filed."""
        return self._outage

    @Property(HomeViewModel, constant=True)
    def home(self) -> HomeViewModel:
        """For the doors."""
        return self._home

    @Property(FindViewModel, constant=True)
    def find(self) -> FindViewModel:
        """For the finding screen."""
        return self._find

    @Property(GuideViewModel, constant=True)
    def guide(self) -> GuideViewModel:
        """For the guide."""
        return self._guide

    @Property(PrecheckViewModel, constant=True)
    def precheck(self) -> PrecheckViewModel:
        """For a question of the pre-check."""
        return self._precheck

    @Property(UnfitViewModel, constant=True)
    def unfit(self) -> UnfitViewModel:
        """For an item that does not fit."""
        return self._unfit

    @Property(MineViewModel, constant=True)
    def mine(self) -> MineViewModel:
        """For what fits the holder of the card."""
        return self._mine

    @Property(NoticeViewModel, constant=True)
    def notice(self) -> NoticeViewModel:
        """For the privacy notice."""
        return self._notice

    @Property(IdentifyViewModel, constant=True)
    def identify(self) -> IdentifyViewModel:
        """For the card screen."""
        return self._identify

    @Property(PrefillViewModel, constant=True)
    def prefill(self) -> PrefillViewModel:
        """For the data already known."""
        return self._prefill

    @Property(QuestionViewModel, constant=True)
    def question(self) -> QuestionViewModel:
        """For one question."""
        return self._question

    @Property(MaterialsViewModel, constant=True)
    def materials(self) -> MaterialsViewModel:
        """For the list of documents."""
        return self._materials

    @Property(CaptureViewModel, constant=True)
    def capture(self) -> CaptureViewModel:
        """For taking a page."""
        return self._capture

    @Property(PagesViewModel, constant=True)
    def paging(self) -> PagesViewModel:
        """For the pages of one document."""
        return self._paging

    @Property(ReviewViewModel, constant=True)
    def review(self) -> ReviewViewModel:
        """For the review."""
        return self._review

    @Property(SigningViewModel, constant=True)
    def signing(self) -> SigningViewModel:
        """For the signature."""
        return self._signing

    @Property(SubmissionViewModel, constant=True)
    def submission(self) -> SubmissionViewModel:
        """For the submission on its way."""
        return self._submission

    @Property(OutcomeViewModel, constant=True)
    def outcome(self) -> OutcomeViewModel:
        """For the result and the receipt."""
        return self._outcome

    @Property(PickViewModel, constant=True)
    def pick(self) -> PickViewModel:
        """For choosing one of several."""
        return self._pick

    @Property(EntryViewModel, constant=True)
    def entry(self) -> EntryViewModel:
        """For one thing to type."""
        return self._entry

    @Property(PhotoViewModel, constant=True)
    def photo(self) -> PhotoViewModel:
        """For the photo of a reported problem."""
        return self._photo

    @Property(DocumentViewModel, constant=True)
    def document(self) -> DocumentViewModel:
        """For a certificate to be printed."""
        return self._document

    @Property(StoryViewModel, constant=True)
    def story(self) -> StoryViewModel:
        """For how one application stands."""
        return self._story

    @Property(FailingViewModel, constant=True)
    def failing(self) -> FailingViewModel:
        """For what was not successful."""
        return self._failing

    @Property(RatingViewModel, constant=True)
    def rating(self) -> RatingViewModel:
        """For the five faces."""
        return self._rating

    @Property(EndingViewModel, constant=True)
    def ending(self) -> EndingViewModel:
        """For the goodbye."""
        return self._ending
