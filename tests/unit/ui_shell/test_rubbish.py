import gc
import threading
import weakref

from PySide6.QtCore import QObject

from ui.rubbish import QtRubbish


class Knot(QObject):
    """A part of Qt in a cycle: only the collector can take it away."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def make_much() -> None:
    made: list[dict[str, int]] = [{"n": n} for n in range(200_000)]
    assert made


def test_rubbish_of_a_visit_is_collected_on_qts_thread_only(qapp: object) -> None:
    del qapp
    with QtRubbish() as rubbish:
        knot = weakref.ref(Knot())
        lane = threading.Thread(target=make_much)
        lane.start()
        lane.join()
        assert knot() is not None
        rubbish.collect()
        assert knot() is None


def test_the_collector_is_given_back() -> None:
    with QtRubbish() as rubbish:
        rubbish.settle()
        assert not gc.isenabled()
        assert gc.get_freeze_count() > 0
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
