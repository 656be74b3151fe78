from dataclasses import replace

import cv2
import numpy as np
import pytest

from kiosk.catalogue.model import ServiceItem
from kiosk.demo.scenes.signatures import wave
from kiosk.documents.signature import signature_png
from kiosk.session.effects import ArmCardReader, DisarmCardReader, SealAndStore
from kiosk.session.events import (
    CardWasRead,
    CardWasRemoved,
    Continued,
    Ended,
    Event,
    StoreFailed,
    StrokeDrawn,
    StrokesCleared,
    WentBack,
)
from kiosk.session.states import Ending, Failing, Fault, Reviewing, Signing, Submitting

from .conftest import CHEN, Walk

NAME = wave(100, 800)
OTHER = replace(CHEN, name="周远航", number="110105199003074514", born="19900307", sex="1")


class SigningWalk(Walk):
    @property
    def item(self) -> ServiceItem:
        return replace(super().item, sign=True)


@pytest.fixture
def walk() -> Walk:
    return SigningWalk().to_storing()


def state(walk: Walk, *events: Event) -> Signing:
    found = walk.does(*events).state
    assert isinstance(found, Signing)
    return found


def test_an_item_that_wants_it_is_signed_last(walk: Walk) -> None:
    assert state(walk).signature.strokes == ()
    walk.does(StrokeDrawn(NAME), Continued())
    assert isinstance(walk.state, Submitting)
    assert walk.state.visit is not None
    assert walk.state.visit.signature is not None
    assert walk.state.visit.signature.strokes == (NAME,)
    assert isinstance(walk.effects[0], SealAndStore)


@pytest.mark.parametrize(
    ("strokes", "code"),
    [((), "signature.empty"), (((10, 10), (60, 20)), "signature.too-short")],
)
def test_what_is_no_signature_is_refused(walk: Walk, strokes: tuple[tuple[int, int], ...], code: str) -> None:
    if strokes:
        walk.does(StrokeDrawn(strokes))
    assert state(walk, Continued()).fault == Fault(code)
    assert state(walk, StrokeDrawn(NAME)).fault is None


def test_a_signature_can_be_begun_again(walk: Walk) -> None:
    assert state(walk, StrokeDrawn(NAME), StrokesCleared()).signature.strokes == ()


def test_the_card_that_still_lies_there_confirms_nothing(walk: Walk) -> None:
    assert not state(walk, CardWasRead(CHEN)).signature.by_card


def test_the_card_laid_down_again_stands_for_the_signature(walk: Walk) -> None:
    assert state(walk, CardWasRemoved(), CardWasRead(CHEN)).signature.by_card
    assert isinstance(walk.does(Continued()).state, Submitting)


def test_somebody_elses_card_confirms_nothing(walk: Walk) -> None:
    signed = state(walk, CardWasRemoved(), CardWasRead(OTHER))
    assert not signed.signature.by_card
    assert signed.fault == Fault("signature.other-card")


def test_the_reader_watches_while_it_is_signed() -> None:
    walk = SigningWalk().to_storing()
    assert ArmCardReader() in walk.effects
    assert DisarmCardReader() in walk.does(WentBack()).effects


def test_a_change_after_signing_is_signed_anew(walk: Walk) -> None:
    walk.does(StrokeDrawn(NAME), Continued(), StoreFailed(walk.session.serial, "queue.no-space"))
    failed = walk.state
    assert isinstance(failed, Failing)
    reviewing = walk.does(WentBack()).state
    assert isinstance(reviewing, Reviewing)
    assert reviewing.visit.signature is None
    assert state(walk, Continued()).signature.strokes == ()


def test_whoever_leaves_while_signing_is_reminded(walk: Walk) -> None:
    assert walk.does(Ended()).state == Ending(originals=True)


def test_the_strokes_become_a_picture() -> None:
    picture = cv2.imdecode(np.frombuffer(signature_png((NAME,)), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert picture.shape == (480, 1200)
    assert 0.005 < float((picture < 128).mean()) < 0.2
    assert signature_png((NAME,)) == signature_png((NAME,))
