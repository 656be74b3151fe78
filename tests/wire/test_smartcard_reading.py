import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from devices.errors import DeviceError, Remedy
from devices.patience import CallCutError
from devices.sim.pcscd_world import READER, PcscdWorld, why_not
from devices.sim.social_card import FIRST_GENERATION, LIN, THIRD_GENERATION, ZHAO, SocialPerson
from devices.sim.staff_card import StaffApplet, StaffAuthority, new_key
from devices.sim.vpcd_card import SimulatedChip, SimulatedCommand
from devices.sim.vpcd_slot import CardTrouble
from devices.smartcard import piv
from devices.smartcard.tlv import encode
from devices.values.smartcard import PinRefused, StaffProof
from kiosk.service_mode.staff import StaffMember, StaffRefusal, StaffRole, StaffRules, verify_staff
from tests.wire.puppets import until
from tests.wire.smartcard_rig import Rig, challenge, chip

pytestmark = [pytest.mark.root, pytest.mark.skipif(bool(why_not()), reason=why_not() or "never")]

AUTHORITY = StaffAuthority()
KEY = new_key()
CERTIFICATE = AUTHORITY.issue(KEY)
RULES = StaffRules((AUTHORITY.certificate,))
PIN = "246802"
LONG_NAME = "A阿卜杜热合曼麦麦提吐尔逊艾合买提江"

STRANGER = """
import sys
from smartcard import scard
context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)[1]
result = scard.SCardConnect(context, sys.argv[1], scard.SCARD_SHARE_EXCLUSIVE, 3)[0]
print(result, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def shared() -> Generator[Rig]:
    with PcscdWorld() as world, Rig(world).running() as running:
        yield running


@pytest.fixture
def rig(shared: Rig) -> Rig:
    shared.clear()
    return shared


@contextmanager
def stranger(world: PcscdWorld) -> Generator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", STRANGER, READER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PCSCLITE_CSOCK_NAME": str(world.socket_path)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"0\n"
        yield
        process.communicate(timeout=10)


def staff_chip(applet: StaffApplet | None = None) -> SimulatedChip:
    return SimulatedChip([applet or StaffApplet(KEY, CERTIFICATE)])


# The card and the line -----------------------------------------------------------------------------


@pytest.mark.parametrize("after", [0, 8])
def test_a_card_pulled_in_the_middle_of_a_command_is_told_as_removed(rig: Rig, after: int) -> None:
    rig.insert(chip(), CardTrouble(after=after, pull=True))
    with pytest.raises(DeviceError, match=r"smartcard\.removed") as caught:
        rig.reader.read_social()
    assert caught.value.remedy is Remedy.RESIDENT
    rig.wait_removed()
    rig.insert(chip())
    assert rig.reader.read_social().name == LIN.name


def test_a_card_swapped_for_another_persons_while_it_is_read_gives_nobodys_data(rig: Rig) -> None:
    slot = rig.insert(chip(), CardTrouble(after=12, pull=True))
    with pytest.raises(DeviceError, match=r"smartcard\.removed"):
        rig.reader.read_social()
    assert len(slot.heard()) == 13
    rig.insert(chip(ZHAO))
    card = rig.reader.read_social()
    assert (card.name, card.number) == (ZHAO.name, ZHAO.number)


def test_a_foreign_process_that_holds_the_card_makes_it_in_use_until_it_lets_go(rig: Rig) -> None:
    rig.insert(chip())
    with stranger(rig.world):
        with pytest.raises(DeviceError, match=r"smartcard\.in-use") as caught:
            rig.reader.read_social()
        assert caught.value.remedy is Remedy.RETRY
    assert rig.reader.read_social().name == LIN.name


def test_a_card_that_answers_after_ten_seconds_costs_one_process_and_the_next_card_is_read(rig: Rig) -> None:
    rig.insert(chip(), CardTrouble(after=2, delay_s=10.0))
    with pytest.raises(CallCutError, match=r"device\.timeout"):
        rig.reader.read_social(0.5)
    rig.world.pull()
    until(lambda: rig.code() == "device.ok" and rig.card() == "out")
    rig.insert(chip(ZHAO))
    assert rig.reader.read_social().name == ZHAO.name


def test_a_command_that_the_card_refuses_is_told_with_its_status(rig: Rig) -> None:
    slot = rig.insert(chip())
    for status, after in [(0x6982, 0), (0x6F00, 0), (0x6982, 3), (0x6F00, 3), (0x6F00, 12)]:
        slot.disturb(CardTrouble.status(status, after))
        with pytest.raises(DeviceError, match=r"smartcard\.refused") as caught:
            rig.reader.read_social()
        assert f"{status:04X}" in caught.value.detail
    slot.disturb(CardTrouble.status(0x6A82))
    with pytest.raises(DeviceError, match=r"smartcard\.wrong-card"):
        rig.reader.read_social()
    assert rig.reader.read_social().name == LIN.name


@pytest.mark.parametrize(("announces", "exact"), [(True, False), (False, True)])
def test_data_that_waits_and_lengths_that_are_corrected_change_nothing(
    rig: Rig, *, announces: bool, exact: bool
) -> None:
    rig.insert(chip(announces=announces, exact=exact))
    assert rig.reader.read_social().name == LIN.name


def test_a_card_is_left_without_power_after_every_conversation(rig: Rig) -> None:
    applet = StaffApplet(KEY, CERTIFICATE, PIN)
    slot = rig.insert(staff_chip(applet))
    before = slot.resets
    assert isinstance(rig.reader.prove_staff(challenge(), PIN), StaffProof)
    until(lambda: slot.resets > before)
    assert rig.reader.prove_staff(challenge()) == PinRefused("smartcard.pin-needed", 3)


# Social security cards -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "name", "protected"),
    [
        (FIRST_GENERATION, "林晓雯", False),
        (LIN, "林晓雯", False),
        (THIRD_GENERATION, "", True),
        (replace(LIN, name=LONG_NAME, extension=False), LONG_NAME[:15], False),
    ],
)
def test_social_security_cards_of_every_generation_are_read(
    rig: Rig, person: SocialPerson, name: str, *, protected: bool
) -> None:
    rig.insert(chip(person))
    card = rig.reader.read_social()
    assert (card.version, card.card_number) == (person.version, person.card_number)
    assert (card.name, card.protected) == (name, protected)
    assert card.name_cut == (person.name == LONG_NAME and not person.extension)


# Staff cards ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_rsa", [False, True])
def test_a_staff_card_proves_its_holder_to_the_program(rig: Rig, *, is_rsa: bool) -> None:
    key = new_key(is_rsa=is_rsa)
    rig.insert(staff_chip(StaffApplet(key, AUTHORITY.issue(key, "SZ-0932", "attendant"), PIN)))
    asked = challenge()
    proof = rig.reader.prove_staff(asked, PIN)
    assert isinstance(proof, StaffProof)
    member = verify_staff(proof, asked, RULES, datetime.now(UTC))
    assert isinstance(member, StaffMember)
    assert (member.staff_id, member.role) == ("SZ-0932", StaffRole.ATTENDANT)
    again = verify_staff(proof, challenge(), RULES, datetime.now(UTC))
    assert isinstance(again, StaffRefusal)


def test_a_wrong_pin_counts_down_to_a_card_that_locks_itself(rig: Rig) -> None:
    rig.insert(staff_chip(StaffApplet(KEY, CERTIFICATE, PIN)))
    refusals = [rig.reader.prove_staff(challenge(), "000000") for _ in range(3)]
    assert refusals == [
        PinRefused("smartcard.pin-wrong", 2),
        PinRefused("smartcard.pin-wrong", 1),
        PinRefused("smartcard.pin-blocked", 0),
    ]
    assert rig.reader.prove_staff(challenge(), PIN) == PinRefused("smartcard.pin-blocked", 0)


class _Stuffed(StaffApplet):
    def __init__(self, data_bytes: int) -> None:
        super().__init__(KEY, CERTIFICATE)
        self._data_bytes = data_bytes

    def answer(self, command: SimulatedCommand) -> tuple[bytes, int]:
        answer, status = super().answer(command)
        if command.ins != 0xCB:
            return answer, status
        head = b"\x53\x83" + (self._data_bytes - 5).to_bytes(3)
        inside = answer[answer.index(bytes([piv.CERTIFICATE])) :]
        filler = self._data_bytes - len(head) - len(inside) - 4
        return head + inside + encode(0xFE, bytes(filler)), status


def test_an_answer_of_65538_bytes_is_read_whole_and_a_longer_one_is_garbled(rig: Rig) -> None:
    rig.insert(staff_chip(_Stuffed(65_536)))
    assert isinstance(rig.reader.prove_staff(challenge()), StaffProof)
    rig.insert(staff_chip(_Stuffed(65_700)))
    with pytest.raises(DeviceError, match=r"smartcard\.garbled"):
        rig.reader.prove_staff(challenge())


def test_the_largest_answer_that_fits_through_the_reader_at_once_does_no_harm(rig: Rig) -> None:
    rig.insert(staff_chip(), CardTrouble(after=1, answer=bytes(65_533) + b"\x90\x00"))
    with pytest.raises(DeviceError, match=r"smartcard\.") as caught:
        rig.reader.prove_staff(challenge())
    assert not isinstance(caught.value, CallCutError)
