"""One resident's whole visit, played on the real screens with real touches and real device bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.demo.diary import Diary
from kiosk.demo.stage import Stage
from kiosk.domain.text import Language
from kiosk.session.states import (
    Asking,
    Ending,
    Identifying,
    Notifying,
    PrefillPhase,
    Previewing,
    Rating,
    RatingPhase,
    Receipting,
    ReceiptPhase,
    Resulting,
    State,
)
from ui.robot import Robot

ITEM = "old-age-allowance"
RESIDENT = "resident-chen"
StateOf = Callable[[], State]


@dataclass(frozen=True, slots=True)
class Hands:
    """What a visit is played with."""

    robot: Robot
    stage: Stage
    diary: Diary
    state_of: StateOf

    def arrive(self, ready: Callable[[State], bool], what: str, timeout_s: float = 15.0) -> None:
        """Wait until the visit is where it should be.

        Raises:
            ScreenError: It does not get there in time.
        """
        self.robot.wait(lambda: ready(self.state_of()), what, timeout_s)


def find_the_item(hands: Hands, language: Language) -> None:
    """From the attract screen to the guide."""
    robot, diary = hands.robot, hands.diary
    with diary.step("attract", "The terminal waits"):
        robot.sees("start")
    with diary.step("home", "A touch opens the home screen"):
        robot.tap("start")
        robot.sees("door-apply")
        if language is Language.EN:
            robot.tap("language")
    with diary.step("find", "我要办: the list of services"):
        robot.tap("door-apply")
        robot.sees("search")
    with diary.step("search", "Search by Pinyin initials: gljt"):
        robot.tap("search")
        robot.types_latin("gljt")
        robot.sees(f"item-{ITEM}")
    with diary.step("guide", "The guide of 高龄老人津贴申请"):
        robot.tap(f"item-{ITEM}")
        robot.sees("title", "高龄老人津贴" if language is Language.ZH else "Old-age allowance")
        robot.sees("continue")


def identify(hands: Hands) -> None:
    """From the privacy notice to the data that are known."""
    robot, diary = hands.robot, hands.diary
    with diary.step("notice", "The privacy notice"):
        robot.tap("continue")
        hands.arrive(lambda state: isinstance(state, Notifying), "the notice")
    with diary.step("identify", "The terminal asks for the ID card"):
        robot.tap("continue")
        robot.tap("pick-self")
        hands.arrive(lambda state: isinstance(state, Identifying), "the card is asked for")
    with diary.step("prefill", "The card is read; the district's data arrive, each with its source"):
        hands.stage.bench.place_card(RESIDENT)
        hands.arrive(_is_prefilled, "the data")
        robot.sees("datum-phone")


def answer(hands: Hands) -> None:
    """The questions that nobody knows the answer to."""
    robot, diary = hands.robot, hands.diary
    with diary.step("question-care", "First question: a choice"):
        robot.tap("continue")
        robot.sees("choice-self")
    with diary.step("question-contact", "A name on the Pinyin keyboard"):
        robot.tap("choice-self")
        robot.tap("continue")
        robot.tap("answer")
        robot.types_pinyin("chenguoqiang", "陈国强")
    with diary.step("question-contact-phone", "A telephone number on the digits"):
        robot.tap("continue")
        hands.arrive(lambda state: isinstance(state, Asking) and not state.draft, "the next question")
        robot.tap("answer")
        robot.types_digits("13800138000")


def hand_in_documents(hands: Hands) -> None:
    """One page on the scanner, one photo under the camera."""
    robot, diary = hands.robot, hands.diary
    with diary.step("materials", "The list of documents"):
        robot.tap("continue")
        robot.sees("material-household-register")
    with diary.step("scan", "The household register on the scanner"):
        robot.tap("material-household-register")
        robot.tap("capture")
        robot.sees("page", timeout_s=30)
    with diary.step("camera", "The page is kept; the document camera's live picture"):
        robot.tap("continue")
        robot.tap("material-social-security-card")
        robot.sees("preview")
        robot.wait(lambda: robot.holds("preview", "live"), "the camera's live picture")
    with diary.step("photo", "The photo of the social security card"):
        robot.tap("capture")
        robot.sees("page", timeout_s=30)
    with diary.step("documents", "Both documents are there"):
        robot.tap("continue")
        robot.sees("material-household-register")


def submit(hands: Hands) -> None:
    """From the review to the result."""
    robot, diary = hands.robot, hands.diary
    with diary.step("review", "Everything on one page"):
        robot.tap("continue")
        robot.sees("declaration")
    with diary.step("declared", "The declaration is ticked"):
        robot.tap("declaration")
    with diary.step("result", "Sealed, stored, and what became of it"):
        robot.tap("continue")
        hands.arrive(lambda state: isinstance(state, Resulting), "the result", 20)
        robot.sees("receiptNo")


def take_the_receipt(hands: Hands) -> None:
    """The paper, the card, the end."""
    robot, diary = hands.robot, hands.diary

    with diary.step("receipt", "The receipt is printed and cut"):
        robot.tap("continue")
        hands.arrive(_is_printed, "the printer's word", 30)
        robot.sees("continue")
    with diary.step("rating", "Five faces, to be left out by whoever wants to"):
        robot.tap("continue")
        hands.arrive(lambda state: isinstance(state, Rating), "the faces")
    with diary.step("rated", "Very satisfied: the platform has it"):
        robot.tap("face-1")
        hands.arrive(_is_rated, "what became of the rating")
    with diary.step("end", "Take the card, the originals, the receipt"):
        robot.tap("continue")
        hands.arrive(lambda state: isinstance(state, Ending), "goodbye")
    with diary.step("goodbye", "The card is taken; the terminal forgets the visit"):
        hands.stage.bench.pull_card()
        robot.tap("continue")
        robot.sees("start")


def _is_prefilled(state: State) -> bool:
    return isinstance(state, Previewing) and state.phase is not PrefillPhase.LOADING


def _is_printed(state: State) -> bool:
    return isinstance(state, Receipting) and state.phase is not ReceiptPhase.PRINTING


def _is_rated(state: State) -> bool:
    return isinstance(state, Rating) and state.phase in (RatingPhase.SENT, RatingPhase.UNSENT)


def newest_slip(stage: Stage) -> Path:
    """Return the picture of the last slip.

    Raises:
        FileNotFoundError: Nothing was printed.
    """
    slips = sorted(stage.slips.glob("*.png"))
    if not slips:
        raise FileNotFoundError("the printer cut no slip")
    return slips[-1]
