import threading
from collections.abc import Generator

import pytest

from devices.page_printer.desk import Desk, UnansweredError


@pytest.fixture
def desk() -> Generator[Desk]:
    desk = Desk("desk", (OSError,))
    yield desk
    desk.close()


def refuse() -> int:
    raise ConnectionRefusedError(111)


def test_an_answer_comes_back(desk: Desk) -> None:
    assert desk.ask(lambda: 7, 5.0) == 7


def test_what_a_question_raises_comes_out_where_it_was_asked(desk: Desk) -> None:
    with pytest.raises(ConnectionRefusedError):
        desk.ask(refuse, 5.0)
    assert desk.ask(lambda: 8, 5.0) == 8


def test_a_question_without_an_answer_is_left_behind_and_no_other_is_asked_meanwhile(desk: Desk) -> None:
    answered = threading.Event()
    with pytest.raises(UnansweredError):
        desk.ask(answered.wait, 0.05)
    asked: list[int] = []
    with pytest.raises(UnansweredError):
        desk.ask(lambda: asked.append(1), 5.0)
    assert asked == []
    answered.set()
    desk.wait(5.0)
    assert desk.ask(lambda: 9, 5.0) == 9
