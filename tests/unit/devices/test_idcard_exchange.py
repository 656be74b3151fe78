from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.errors import DeviceError, Remedy
from devices.idcard.card import CardTroubleError, find, is_lying, read, read_chip_numbers
from devices.idcard.exchange import SdtLink
from devices.idcard.frame import PREAMBLE, encode
from devices.idcard.questions import STATUS
from devices.idcard.status import DATA_INVALID
from devices.model import CardRecord
from devices.sim.cards import SimulatedCard, load_cards
from devices.sim.sdt_module import (
    CHIP_NUMBERS,
    COMMANDS,
    FIND,
    NEW_ADDRESS,
    READ,
    READ_WITH_FINGERPRINTS,
    SELECT,
    Forced,
    SimulatedModule,
)
from tests.support.card_line import CardLine, Disturbance, link_over, linked, once

CARDS = load_cards()
CHEN, ZHOU = CARDS["resident-chen"], CARDS["resident-zhou"]
SUCCESS = b"\x00\x00\x90"

TROUBLES = [
    (0x10, "idcard.line-error", Remedy.RETRY),
    (0x11, "idcard.line-error", Remedy.RETRY),
    (0x21, "idcard.refused", Remedy.RETRY),
    (0x23, "idcard.refused", Remedy.RETRY),
    (0x24, "idcard.refused", Remedy.RETRY),
    (0x31, "idcard.auth-failed", Remedy.RESIDENT),
    (0x32, "idcard.auth-failed", Remedy.RESIDENT),
    (0x33, "idcard.data-invalid", Remedy.ATTENDANT),
    (0x37, "idcard.data-invalid", Remedy.ATTENDANT),
    (0x3F, "idcard.data-invalid", Remedy.ATTENDANT),
    (0x40, "idcard.wrong-card", Remedy.RESIDENT),
    (0x41, "idcard.unreadable", Remedy.RESIDENT),
    (0x47, "idcard.unreadable", Remedy.RESIDENT),
    (0x60, "idcard.sam-selftest", Remedy.SERVICE),
    (0x66, "idcard.sam-unauthorised", Remedy.SERVICE),
    (0x80, "idcard.unreadable", Remedy.RESIDENT),
    (0x81, "idcard.unreadable", Remedy.RESIDENT),
    (0x91, "idcard.unknown-status", Remedy.RETRY),
    (0x01, "idcard.unknown-status", Remedy.RETRY),
    (0x77, "idcard.unknown-status", Remedy.RETRY),
]


def glued(before: bytes = b"", after: bytes = b"", start: int = 0) -> Disturbance:
    def disturb(_request: bytes, answer: bytes) -> bytes:
        return before + answer[start:] + after

    return disturb


def replaced_by(data: bytes) -> Disturbance:
    def disturb(_request: bytes, _answer: bytes) -> bytes:
        return data

    return disturb


def twice(_request: bytes, answer: bytes) -> bytes:
    return answer + answer


def wrongly_summed(_request: bytes, answer: bytes) -> bytes:
    return answer[:-1] + bytes([answer[-1] ^ 1])


GARBLES: dict[str, Disturbance] = {
    "twice": twice,
    "glued to another": glued(after=encode(b"\x00\x00\x80")),
    "AA before": glued(before=b"\xaa"),
    "garbage before": glued(before=b"\x00\xff\x13"),
    "first byte lost": glued(start=1),
    "checksum wrong": wrongly_summed,
    "Len 0": replaced_by(PREAMBLE + b"\x00\x00"),
    "Len 1": replaced_by(PREAMBLE + b"\x00\x01\x01"),
    "Len FFFF": replaced_by(PREAMBLE + b"\xff\xff" + bytes(40)),
    "begun twice": glued(before=PREAMBLE),
    "lost": replaced_by(b""),
}


@pytest.fixture
def module() -> SimulatedModule:
    module = SimulatedModule()
    module.spends_cards = False
    return module


@pytest.fixture
def link(module: SimulatedModule) -> SdtLink:
    return linked(module)[0]


def lay(module: SimulatedModule, card: SimulatedCard, link: SdtLink) -> None:
    module.lay(card)
    assert find(link)


def fate(link: SdtLink, *, with_fingerprints: bool = False) -> CardRecord | tuple[str, Remedy]:
    try:
        return read(link, with_fingerprints=with_fingerprints)
    except CardTroubleError as error:
        return error.trouble.code, error.trouble.remedy
    except DeviceError as error:
        return error.code, error.remedy


def disturbed(disturbance: Disturbance, command: bytes = READ) -> CardRecord | tuple[str, Remedy]:
    module = SimulatedModule()
    module.spends_cards = False
    link, line = linked(module)
    lay(module, CHEN, link)
    line.disturb = once(disturbance, command)
    return fate(link)


def late_end(cut_at: int, rest: list[bytes]) -> Disturbance:
    def disturb(request: bytes, answer: bytes) -> bytes:
        if request[:2] == READ and not rest:
            rest.append(answer[cut_at:])
            return answer[:cut_at]
        late = b""
        if rest:
            late, rest[0] = rest[0], b""
        return late + answer

    return disturb


def test_data_cut_at_any_of_its_1295_bytes_is_asked_for_again_and_comes_whole() -> None:
    module = SimulatedModule()
    link, line = linked(module)
    for cut_at in range(1295):
        lay(module, CHEN, link)
        line.disturb = once(lambda _request, answer, end=cut_at: answer[:end], READ)
        assert read(link) == CHEN.record, cut_at


def test_data_whose_cut_off_end_comes_before_the_next_answer_comes_whole() -> None:
    module = SimulatedModule()
    link, line = linked(module)
    for cut_at in range(5, 1295, 43):
        rest: list[bytes] = []
        lay(module, CHEN, link)
        line.disturb = late_end(cut_at, rest)
        assert read(link) == CHEN.record, cut_at
        assert rest == [b""]


@pytest.mark.parametrize("command", [SELECT, READ, NEW_ADDRESS], ids=["select", "read", "new address"])
@pytest.mark.parametrize("disturbance", GARBLES.values(), ids=GARBLES)
def test_one_garbled_answer_costs_no_card(disturbance: Disturbance, command: bytes) -> None:
    assert disturbed(disturbance, command) == CHEN.record


@pytest.mark.parametrize("card_status", [b"\x00\x00", b"\x6a\x82"], ids=["0000", "6A82"])
@pytest.mark.parametrize("command", ["select", "read"])
@pytest.mark.parametrize(("sw3", "code", "remedy"), TROUBLES, ids=str)
def test_every_status_has_its_code_and_remedy_whatever_the_card_says_beside_it(
    module: SimulatedModule,
    link: SdtLink,
    sw3: int,
    code: str,
    remedy: Remedy,
    command: str,
    card_status: bytes,
) -> None:
    lay(module, CHEN, link)
    module.force(COMMANDS[command], Forced(card_status + bytes([sw3])))
    assert fate(link) == (code, remedy)


def test_success_counts_whatever_the_card_says_beside_it() -> None:
    assert disturbed(lambda _, answer: encode(b"\x90\x00" + answer[9:-1])) == CHEN.record


def test_numbers_of_a_card_that_are_not_zero_make_no_difference(
    module: SimulatedModule, link: SdtLink
) -> None:
    assert CHEN.issue != bytes(4)
    assert CHEN.serial != bytes(8)
    lay(module, CHEN, link)
    assert read(link) == CHEN.record


@pytest.mark.parametrize("size", [0, 512, 1024])
def test_fingerprints_of_any_size_are_read_when_they_are_asked_for(
    module: SimulatedModule, link: SdtLink, size: int
) -> None:
    card = SimulatedCard(replace(CHEN.record, fingerprints=bytes(size)))
    lay(module, card, link)
    assert fate(link, with_fingerprints=True) == card.record
    lay(module, card, link)
    assert fate(link) == CHEN.record


def test_a_module_that_knows_no_fingerprints_reads_the_card_without_them(
    module: SimulatedModule, link: SdtLink
) -> None:
    module.force(READ_WITH_FINGERPRINTS, Forced(b"\x00\x00\x21"))
    lay(module, CHEN, link)
    assert fate(link, with_fingerprints=True) == CHEN.record


def test_an_address_written_later_comes_with_the_card(module: SimulatedModule, link: SdtLink) -> None:
    moved = SimulatedCard(replace(CHEN.record, later_address="广东省深圳市光明区凤凰街道9号"))
    lay(module, moved, link)
    assert read(link).later_address == "广东省深圳市光明区凤凰街道9号"


@pytest.mark.parametrize("sw3", [0x91, 0x21, 0x23, 0x24])
def test_a_card_or_a_reader_without_later_addresses_gives_the_card_all_the_same(
    module: SimulatedModule, link: SdtLink, sw3: int
) -> None:
    module.force(NEW_ADDRESS, Forced(bytes([0, 0, sw3])))
    lay(module, CHEN, link)
    assert read(link) == CHEN.record


def test_a_card_pulled_before_its_later_address_was_read_was_not_read(module: SimulatedModule) -> None:
    link, line = linked(module)
    lay(module, CHEN, link)

    def pull(request: bytes, answer: bytes) -> bytes:
        if request[:2] == READ:
            module.lay(None)
        return answer

    line.disturb = pull
    assert fate(link) == ("idcard.moved", Remedy.RESIDENT)


def test_two_persons_are_never_mixed_when_the_card_is_swapped_between_any_two_questions() -> None:
    moved = SimulatedCard(replace(CHEN.record, later_address="广东省深圳市光明区凤凰街道9号"))
    for swapped_after in (FIND, SELECT, READ, NEW_ADDRESS):
        module = SimulatedModule()
        link, line = linked(module)
        lay(module, moved, link)

        def swap(
            request: bytes, answer: bytes, module: SimulatedModule = module, after: bytes = swapped_after
        ) -> bytes:
            if request[:2] == after:
                module.lay(ZHOU)
            return answer

        line.disturb = once(swap, swapped_after)
        assert fate(link) in (moved.record, ZHOU.record, ("idcard.moved", Remedy.RESIDENT))


@pytest.mark.parametrize("size", [70, 128, 254])
def test_a_text_that_is_too_short_is_a_card_with_invalid_data(size: int) -> None:
    def shorten(_request: bytes, _answer: bytes) -> bytes:
        return encode(SUCCESS + size.to_bytes(2, "big") + b"\x00\x00" + CHEN.text[:size])

    assert disturbed(shorten) == (DATA_INVALID.code, Remedy.ATTENDANT)


def test_lengths_that_do_not_fit_are_a_card_with_invalid_data() -> None:
    def lie(_request: bytes, _answer: bytes) -> bytes:
        return encode(SUCCESS + b"\x01\x00\x04\x01" + CHEN.text + bytes(1024))

    assert disturbed(lie) == (DATA_INVALID.code, Remedy.ATTENDANT)


def test_the_numbers_of_a_chip_are_read_while_its_card_lies_there(
    module: SimulatedModule, link: SdtLink
) -> None:
    lay(module, CHEN, link)
    read(link)
    assert read_chip_numbers(link).serial == CHEN.serial
    module.force(CHIP_NUMBERS, Forced(b"\x00\x00\x21"))
    with pytest.raises(CardTroubleError, match=r"idcard\.refused"):
        read_chip_numbers(link)


class Babble(CardLine):
    def __init__(self, pieces: list[bytes]) -> None:
        super().__init__(SimulatedModule())
        self._pieces = pieces

    def receive(self, timeout_s: float) -> bytes:
        if self._pieces:
            return self._pieces.pop(0)
        return super().receive(timeout_s)


FRAMES = st.binary(min_size=3, max_size=90).map(encode)
STATUSES = st.sampled_from([row[0] for row in TROUBLES] + [0x90, 0x9F]).map(
    lambda sw3: encode(bytes([0, 0, sw3]))
)


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=40) | FRAMES | STATUSES | st.just(PREAMBLE), max_size=12))
def test_whatever_comes_the_exchange_raises_nothing_but_its_own_errors(pieces: list[bytes]) -> None:
    link = link_over(Babble(pieces))
    for attempt in (lambda: link.ask(STATUS), lambda: find(link), lambda: is_lying(link), lambda: read(link)):
        with suppress(DeviceError, CardTroubleError):
            attempt()
