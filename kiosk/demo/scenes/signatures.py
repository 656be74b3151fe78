"""Scenes of signing, over an item that wants it."""

from collections.abc import Iterator
from dataclasses import replace
from math import cos, sin

from kiosk.domain.signature import Signature, Stroke
from kiosk.session.states import Fault, Signing, State, Visit


def wave(left: int, right: int) -> Stroke:
    """Return a stroke that looks written."""
    return tuple((x, round(190 + 60 * sin(x / 23) + 40 * cos(x / 51))) for x in range(left, right, 6))


def states(plain: Visit) -> Iterator[tuple[str, State]]:
    """Every state of signing."""
    visit = replace(plain, item=replace(plain.item, sign=True))
    drawn = Signature((wave(120, 380), wave(430, 860)))
    yield "sign", Signing(visit)
    yield "sign-drawn", Signing(visit, drawn, lifted=True)
    yield (
        "sign-fault",
        Signing(visit, Signature((((100, 100), (110, 110)),)), fault=Fault("signature.too-short")),
    )
    yield "sign-no-card", Signing(replace(visit, holder=replace(visit.holder, proof="code")))
    yield "sign-by-card", Signing(visit, Signature(by_card=True), lifted=True)
