from datetime import UTC, date, datetime
from typing import Self

import pytest

from devices.health import OK, Health, Severity
from devices.model import CardRecord
from kiosk.catalogue.loader import load_builtin
from kiosk.catalogue.model import ServiceItem
from kiosk.domain.application import CapturedPage
from kiosk.domain.text import Text
from kiosk.forms.loading import load_form
from kiosk.forms.model import Datum, Form
from kiosk.session.base import Context
from kiosk.session.effects import Effect
from kiosk.session.events import (
    AnswerEdited,
    CaptureAsked,
    CardWasDetected,
    CardWasRead,
    Continued,
    DeclarationToggled,
    DeviceHealthChanged,
    Door,
    DoorOpened,
    Event,
    ItemChosen,
    MaterialChosen,
    PageTaken,
    PrefillArrived,
    Started,
    Ticked,
)
from kiosk.session.machine import step
from kiosk.session.side_events import Picked
from kiosk.session.states import Asking, Gathering, Session

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
DEVICES = ("idcard-1", "scanner-1", "camera-1", "printer-1")
CHEN = CardRecord(
    layout="resident",
    name="陈淑芬",
    sex="2",
    ethnic="01",
    born="19430517",
    address="广东省深圳市宝安区新安街道织网路7号3栋502",
    number="440306194305179908",
    issuer="深圳市公安局宝安分局",
    valid_from="20180611",
    valid_until=None,
)
SOURCE = Text("区民政局", "Civil Affairs Bureau")
KNOWN = {
    "residence_address": "深圳市宝安区新安街道织网路7号3栋502",
    "phone": "13800138000",
    "social_card_number": "A12345678",
    "payout_bank": "样本银行",
    "payout_account_tail": "6217",
}
ANSWERS = {"care_situation": "self", "emergency_name": "陈国强", "emergency_phone": "13900139000"}


def healthy(device: str) -> Health:
    return Health(device, OK, Severity.OK, None, SINCE)


def broken(device: str, code: str = "device.restarting") -> Health:
    return Health(device, code, Severity.FAULT, None, SINCE)


class Walk:
    """A visit told step by step; keeps the session and the effects of the last event."""

    effects: tuple[Effect, ...] = ()

    def __init__(self) -> None:
        self.catalogue = load_builtin()
        self.now_s = 100.0
        self.session = Session(now_s=self.now_s, touched_s=self.now_s)
        for device in DEVICES:
            self.does(DeviceHealthChanged(healthy(device)))

    @property
    def item(self) -> ServiceItem:
        return self.catalogue.item("old-age-allowance")

    @property
    def state(self) -> object:
        return self.session.state

    def form_of(self, item: ServiceItem) -> Form:
        source = self.catalogue.form_source(item.code)
        assert source is not None
        return load_form(source)

    def does(self, *events: Event) -> Self:
        for event in events:
            context = Context(
                self.now_s,
                date(2026, 11, 23),
                self.form_of,
                item_of=lambda code: next((item for item in self.catalogue.items if item.code == code), None),
                items=lambda: self.catalogue.items,
            )
            self.session, self.effects = step(self.session, event, context)
        return self

    def waits(self, seconds: float) -> Self:
        self.now_s += seconds
        return self.does(Ticked())

    # Ways through the visit --------------------------------------------------------------------

    def to_home(self) -> Self:
        return self.does(Started())

    def to_find(self) -> Self:
        return self.to_home().does(DoorOpened(Door.APPLY))

    def to_guide(self) -> Self:
        return self.to_find().does(ItemChosen(self.item))

    def to_notice(self) -> Self:
        return self.to_guide().does(Continued())

    def to_identify(self) -> Self:
        return self.to_notice().does(Continued(), Picked("self"))

    def to_loading(self) -> Self:
        return self.to_identify().does(CardWasDetected(), CardWasRead(CHEN))

    def to_prefill(self) -> Self:
        self.to_loading()
        data = tuple(Datum(name, value, SOURCE, date(2026, 10, 1)) for name, value in KNOWN.items())
        return self.does(PrefillArrived(self.session.serial, data))

    def to_question(self) -> Self:
        return self.to_prefill().does(Continued())

    def to_materials(self) -> Self:
        self.to_question()
        while isinstance(self.state, Asking):
            self.does(AnswerEdited(ANSWERS[self.state.name]), Continued())
        assert isinstance(self.state, Gathering)
        return self

    def to_capture(self, material: str = "household-register") -> Self:
        return self.to_materials().does(MaterialChosen(material))

    def page(self, material: str) -> PageTaken:
        way = "scan" if material == "household-register" else "photo"
        return PageTaken(self.session.serial, CapturedPage(material, b"jpeg", 10, 10, way), ())

    def takes(self, material: str) -> Self:
        return self.does(MaterialChosen(material), CaptureAsked(), self.page(material), Continued())

    def to_review(self) -> Self:
        self.to_materials().takes("household-register").takes("social-security-card")
        return self.does(Continued())

    def to_storing(self) -> Self:
        return self.to_review().does(DeclarationToggled(declared=True), Continued())


@pytest.fixture
def walk() -> Walk:
    return Walk()
