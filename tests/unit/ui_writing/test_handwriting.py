from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from tests.support.strokes import WRITTEN, drawn
from ui.environment import HANDWRITING_MODEL
from ui.handwriting import TOP, HandwritingError, Recogniser, Stroke, fitted
from ui.handwriting_forms import traditional_of, with_traditional
from ui.handwriting_lane import RecognitionLane

PAD = 100.0
WAIT_S = 20.0


@pytest.fixture
def recogniser() -> Iterator[Recogniser]:
    recogniser = Recogniser(HANDWRITING_MODEL)
    yield recogniser
    recogniser.close()


@pytest.mark.parametrize("character", WRITTEN)
def test_a_character_written_as_it_is_taught_is_among_the_ten(recogniser: Recogniser, character: str) -> None:
    found = recogniser.candidates(drawn(character), PAD)
    assert character in found
    assert len(found) == len(set(found)) == TOP


@pytest.mark.parametrize("character", ["王", "宝", "张"])
def test_it_may_be_small_and_in_a_corner_of_the_pad(recogniser: Recogniser, character: str) -> None:
    strokes = [[(55 + 0.4 * x, 3 + 0.4 * y) for x, y in stroke] for stroke in drawn(character)]
    assert character in recogniser.candidates(strokes, PAD)


@pytest.mark.parametrize("character", ["王", "宝", "李"])
def test_two_strokes_in_the_wrong_order_are_forgiven(recogniser: Recogniser, character: str) -> None:
    first, second, *rest = drawn(character)
    assert character in recogniser.candidates([second, first, *rest], PAD)


def test_nothing_is_recognised_where_nothing_is_written(recogniser: Recogniser) -> None:
    assert recogniser.candidates([], PAD) == ()


def test_a_closed_recogniser_knows_nothing(recogniser: Recogniser) -> None:
    recogniser.close()
    recogniser.close()
    assert recogniser.candidates(drawn("一"), PAD) == ()


def test_a_character_is_fitted_into_the_models_square_and_keeps_its_shape() -> None:
    ((left, top), (right, bottom)) = fitted([[(10, 20), (50, 40)]], pad=50)[0]
    assert (left, right) == (120, 880)
    assert bottom - top == pytest.approx((right - left) / 2, abs=1)


def test_a_dot_stays_a_dot() -> None:
    (begin, end) = fitted([[(50, 50), (52, 52)]], PAD)[0]
    assert end[0] - begin[0] < 60


def test_a_missing_model_has_a_code(tmp_path: Path) -> None:
    with pytest.raises(HandwritingError) as caught:
        Recogniser(tmp_path / "none.model")
    assert caught.value.code == "ui.no-handwriting"
    assert "No such file" in caught.value.detail


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    model = tmp_path / "other.model"
    model.write_bytes(bytes(range(256)) * 64)
    with pytest.raises(HandwritingError, match="is not a model"):
        Recogniser(model)


def test_a_model_cut_short_is_refused(tmp_path: Path) -> None:
    model = tmp_path / "cut.model"
    with HANDWRITING_MODEL.open("rb") as whole:
        model.write_bytes(whole.read(1_000_000))
    with pytest.raises(HandwritingError, match="is not a model"):
        Recogniser(model)


def test_without_the_library_there_is_a_code() -> None:
    with pytest.raises(HandwritingError, match=r"ui\.no-handwriting.*libnone"):
        Recogniser(HANDWRITING_MODEL, "libnone.so.7")


def test_the_newest_question_is_answered(recogniser: Recogniser) -> None:
    answers: dict[int, tuple[str, ...]] = {}
    answered = Event()

    def answer(number: int, found: tuple[str, ...]) -> None:
        answers[number] = found
        if number == 9:
            answered.set()

    lane = RecognitionLane(recogniser, answer)
    strokes: list[Stroke] = []
    for number, stroke in enumerate([*drawn("宝"), *drawn("一")][:8], start=2):
        strokes.append(stroke)
        lane.ask(number, tuple(strokes), PAD)
    assert answered.wait(WAIT_S)
    lane.close()
    assert "宝" in answers[9]


def test_a_lane_that_is_closed_answers_no_more(recogniser: Recogniser) -> None:
    answers: list[int] = []
    lane = RecognitionLane(recogniser, lambda number, _: answers.append(number))
    lane.close()
    lane.ask(1, (tuple(drawn("一")[0]),), PAD)
    assert answers == []


@pytest.mark.parametrize(("before", "form"), [("头", "髮"), ("出", "發"), ("", "發")])
def test_the_word_decides_on_the_traditional_form(before: str, form: str) -> None:
    assert traditional_of("发", before) == form


def test_both_forms_are_offered_and_none_twice() -> None:
    assert with_traditional(("张", "一", "国"), "") == ("張", "张", "一", "國", "国")
