"""Each kind of question by touch: what a tap asks of the core, and what then stands on the screen."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from kiosk.catalogue.model import ServiceItem
from kiosk.demo.scenes import sample_form, visits
from kiosk.domain.text import Language
from kiosk.forms.model import Answers, Form
from kiosk.session.base import Context
from kiosk.session.events import AnswerEdited, Continued, OptionToggled, PlacePicked, WentBack
from kiosk.session.filling import ask
from kiosk.session.machine import step
from kiosk.session.states import Asking, Gathering, Reviewing, Session, State, Visit
from tests.support.panel import KEYBOARD_NOISE, PANELS, Panel
from ui.narration import entries

pytestmark = KEYBOARD_NOISE

STATES: dict[str, State] = dict(visits.states())
TODAY = date(2026, 11, 25)


def _no_form(item: ServiceItem) -> Form:
    raise AssertionError(item.code)


class Questions:
    """The real screens over the real state machine; what is tapped is answered at once."""

    def __init__(self, panel: Panel) -> None:
        self.panel, self.core = panel, panel.core

    def opens(self, name: str, *, filled: bool = False, changing: bool = False) -> None:
        answers = sample_form.answers() if filled else Answers()
        given = Visit(visits.item(), sample_form.form(), visits.holder(), answers=answers)
        self.panel.show(ask(given, given.form.field(name), changing=changing))

    def taps(self, *names: str) -> None:
        for name in names:
            self.panel.robot.tap(name)
            self._answer()

    def types(self, digits: str) -> None:
        self.taps(*(f"digit-{digit}" for digit in digits))

    def _answer(self) -> None:
        session: Session = self.core.session
        for event in self.core.posted:
            session, _ = step(session, event, Context(0.0, TODAY, _no_form))
        self.core.posted.clear()
        self.core.show(session.state)

    @property
    def state(self) -> State:
        return self.core.session.state

    @property
    def answers(self) -> Answers:
        assert isinstance(self.state, Asking | Gathering | Reviewing)
        return self.state.visit.answers

    def is_asked(self) -> str:
        assert isinstance(self.state, Asking)
        return self.state.field.name

    def reads(self, name: str) -> str:
        return self.panel.text(name)

    def shows(self, name: str) -> bool:
        return self.panel.robot.shows(name)


@pytest.fixture
def questions(panel: Panel) -> Questions:
    return Questions(panel)


def test_a_phone_number_is_typed_on_the_pad_and_read_in_groups(questions: Questions) -> None:
    questions.opens("phone")
    questions.types("13800001235")
    questions.taps("digit-erase")
    questions.types("4")
    assert questions.reads("answer") == "138 0000 1234"
    questions.taps("continue")
    assert questions.answers["phone"] == "13800001234"


def test_keys_that_come_faster_than_the_core_lose_nothing(panel: Panel) -> None:
    panel.show(replace(_asking("question-phone-typed"), draft=""))
    for digit in "138":
        panel.robot.tap(f"digit-{digit}")
    assert panel.core.posted == [AnswerEdited("1"), AnswerEdited("13"), AnswerEdited("138")]


def test_an_identity_number_ends_with_an_x(questions: Questions) -> None:
    questions.opens("number")
    questions.types("11010519491231002X")
    questions.types("7")  # no room for it
    assert questions.reads("answer") == "110105 19491231 002X"
    questions.taps("continue")
    assert questions.answers["number"] == "11010519491231002X"


def test_a_date_fills_year_month_and_day(questions: Questions) -> None:
    questions.opens("born")
    questions.types("194305")
    assert questions.reads("answer") == "1943 05"
    questions.types("17")
    questions.taps("continue")
    assert questions.answers["born"] == "1943-05-17"


def test_an_earlier_date_stands_there_and_can_be_cleared(questions: Questions) -> None:
    questions.opens("born", filled=True)
    assert questions.reads("answer") == "1943 05 17"
    questions.taps("digit-clear")
    assert questions.reads("answer") == ""


def test_a_keyboard_on_a_cable_does_what_the_pad_does(panel: Panel) -> None:
    panel.show(STATES["question-id-number"])
    panel.press_key(Qt.Key.Key_X, "x")
    panel.press_key(Qt.Key.Key_A, "a")
    panel.press_key(Qt.Key.Key_Backspace, "\b")
    assert panel.core.posted == [AnswerEdited("440306194305X"), AnswerEdited("440306194305")]


def test_several_choices_are_ticked_and_too_many_are_told_above_and_beside(questions: Questions) -> None:
    questions.opens("needs")
    questions.taps("choice-bed", "choice-care", "choice-ramp")
    assert questions.panel.robot.holds("choice-ramp", "ticked")
    questions.taps("continue")
    assert questions.reads("problem") == "这里最多 2 项，请去掉多出的。"
    assert questions.reads("fault").endswith(questions.reads("problem"))
    questions.taps("choice-care", "choice-ramp", "continue")
    assert questions.answers["needs"] == ("bed",)


def test_a_mistake_is_told_first_and_what_was_typed_stays(questions: Questions) -> None:
    questions.opens("phone")
    questions.types("138")
    questions.taps("continue")
    questions.panel.robot.sees("fault")
    said = [entry.id for entry in entries(questions.panel.app.window)]
    assert said.index("fault") < said.index("title")
    assert questions.reads("answer") == "138"
    questions.types("0")
    assert not questions.shows("fault")


def test_after_a_mistake_typing_goes_on_at_once(questions: Questions) -> None:
    questions.opens("name")
    questions.taps("answer", "continue")
    questions.panel.robot.sees("fault")
    questions.panel.press_key(Qt.Key.Key_7, "7")
    assert questions.core.posted == [AnswerEdited("7")]


@pytest.mark.parametrize("kind", ["name", "phone", "born"])
def test_the_summary_leads_to_the_field_it_is_about(questions: Questions, kind: str) -> None:
    questions.opens(kind)
    questions.taps("continue")
    questions.panel.control("end").forceActiveFocus()
    questions.taps("fault-fix")
    questions.panel.press_key(Qt.Key.Key_1, "1")
    assert questions.core.posted == [AnswerEdited("1")]


def test_an_address_is_picked_step_by_step(questions: Questions) -> None:
    questions.opens("home")
    questions.taps("place-宝安区", "place-新安街道", "place-样例海棠社区")
    assert questions.reads("picked") == "宝安区 › 新安街道 › 样例海棠社区"
    questions.taps("place-样例海棠路1号海棠花园1栋", "place-302")
    assert questions.reads("step") == "地址选好了"
    questions.taps("continue")
    assert questions.answers["home"] == ("广东省深圳市宝安区新安街道样例海棠社区样例海棠路1号海棠花园1栋302")


def test_what_is_in_no_list_is_typed_and_back_leads_up_the_lists(questions: Questions) -> None:
    questions.opens("home")
    questions.taps("place-宝安区", "by-hand")
    assert questions.reads("step") == "请填写街道以后的地址"
    questions.taps("answer")
    questions.panel.press_key(Qt.Key.Key_7, "7")
    assert questions.core.posted == [AnswerEdited("7")]
    questions.taps("back")
    assert questions.shows("place-新安街道")
    questions.taps("back")
    assert questions.shows("place-福田区")


def test_an_earlier_address_is_there_to_be_corrected_or_picked_anew(questions: Questions) -> None:
    questions.opens("home", filled=True)
    assert questions.reads("answer") == "广东省深圳市宝安区新安街道织网路7号3栋502"
    questions.taps("from-list", "place-宝安区")
    assert questions.reads("picked") == "宝安区"


def test_an_address_given_before_is_taken_over_by_one_touch(questions: Questions) -> None:
    given = Answers({"registered": "广东省深圳市宝安区某路1号"})
    visit = Visit(visits.item(), sample_form.form(), visits.holder(), answers=given)
    questions.panel.show(ask(visit, visit.form.field("home")))
    questions.taps("same-registered")
    assert questions.reads("answer") == "广东省深圳市宝安区某路1号"
    questions.taps("continue")
    assert questions.answers["home"] == "广东省深圳市宝安区某路1号"


def test_half_an_address_is_not_taken(questions: Questions) -> None:
    questions.opens("home")
    questions.taps("place-宝安区", "continue")
    assert questions.reads("problem").startswith("地址还不完整")


def test_a_list_is_filled_entry_by_entry_changed_and_emptied(questions: Questions) -> None:
    questions.opens("pets")
    assert questions.reads("list-note") == "还没有添加。"
    questions.taps("entry-add")
    assert questions.reads("entry") == "宠物 · 第 1 项"
    questions.taps("choice-cat", "continue", "entry-add", "choice-dog", "continue")
    assert [questions.reads(f"entry-{number}") for number in (1, 2)] == ["1. 猫", "2. 狗"]
    assert not questions.shows("entry-add")
    questions.taps("entry-change-1", "choice-dog", "continue")
    assert questions.reads("entry-1") == "1. 狗"
    questions.taps("entry-remove-2", "continue")
    assert questions.answers["pets"] == (Answers({"kind": "dog"}),)


def test_each_column_has_its_own_input_and_what_is_optional_says_so(questions: Questions) -> None:
    questions.opens("children", filled=True)
    questions.taps("entry-change-2")
    assert questions.reads("answer") == "陈小红"
    assert not questions.shows("optional")
    questions.taps("continue")
    assert questions.reads("answer") == "2020 11 30"
    questions.taps("continue")
    assert questions.shows("optional")
    assert questions.shows("digit-X")


def test_an_optional_question_is_left_open_by_going_on(questions: Questions) -> None:
    questions.opens("rent")
    assert questions.shows("optional")
    questions.taps("continue")
    assert questions.answers["rent"] == ""


def test_a_changed_answer_of_the_review_recomputes_what_follows_and_leads_back(questions: Questions) -> None:
    questions.opens("rent", filled=True, changing=True)
    questions.taps("digit-clear")
    questions.types("100")
    questions.taps("continue")
    assert isinstance(questions.state, Reviewing)
    assert questions.reads("costs-value") == "900"
    assert not questions.shows("change-costs")
    assert "每月费用（元） · 自动计算" in questions.panel.texts()


def test_who_applies_and_dates_are_shown_as_the_language_wants_it(panel: Panel) -> None:
    for language, born in (
        (Language.ZH, "1943年5月17日"),
        (Language.ZH_HANT, "1943年5月17日"),
        (Language.EN, "17 May 1943"),
    ):
        panel.show(STATES["review-computed"], language)
        assert panel.text("born-value") == born
        assert panel.text("name-value") == "陈*"
        assert panel.text("number-value") == "440***********9908"
        assert panel.text("phone-value") == "138****1234"


@pytest.mark.parametrize("panel", PANELS, indirect=True)
def test_the_keys_of_the_pad_are_as_large_as_a_thumb(panel: Panel) -> None:
    panel.show(STATES["question-id-number"])
    keys = [item for item in panel.controls() if item.objectName().startswith("digit-")]
    assert len(keys) == 12
    assert min(min(panel.size_mm(key)) for key in keys) >= 20


def test_a_touch_too_many_on_a_place_picks_nothing_more(panel: Panel) -> None:
    panel.show(STATES["question-address-list"])
    panel.robot.tap("place-样例海棠社区")
    panel.robot.tap("back")
    assert panel.core.posted == [PlacePicked("样例海棠社区"), WentBack()]


def test_a_tick_asks_for_one_toggle(panel: Panel) -> None:
    panel.show(STATES["question-choices"])
    panel.robot.tap("choice-care")
    panel.robot.tap("continue")
    assert panel.core.posted == [OptionToggled("care"), Continued()]


def _asking(name: str) -> Asking:
    state = STATES[name]
    assert isinstance(state, Asking)
    return state
