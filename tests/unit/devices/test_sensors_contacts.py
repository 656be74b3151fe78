from hypothesis import given
from hypothesis import strategies as st

from devices.sensors.contacts import Contacts
from devices.sensors.options import Input
from devices.values.sensors import Contact, SensorStates, states_from

DOOR = {"door": Input(bit=4, closed=True)}
DEBOUNCE_S = 0.05


def door() -> Contacts:
    return Contacts(DOOR, 4, DEBOUNCE_S)


def test_nothing_is_known_before_a_state_has_stayed() -> None:
    contacts = door()
    assert contacts.states() == {"door": Contact.UNKNOWN}
    contacts.feed([True], 10.0)
    assert contacts.states() == {"door": Contact.UNKNOWN}
    contacts.feed([True], 10.05)
    assert contacts.states() == {"door": Contact.CLOSED}


def test_a_contact_that_bounces_changes_once() -> None:
    contacts = door()
    for step in range(3):
        contacts.feed([True], 10.0 + step * 0.05)
    for number, bit in enumerate([False, True, False, True, False, False]):
        contacts.feed([bit], 10.2 + number * 0.02)
    assert contacts.states() == {"door": Contact.CLOSED}
    contacts.feed([False], 10.34)
    assert contacts.states() == {"door": Contact.OPEN}


def test_what_closed_means_is_the_profiles_to_say() -> None:
    contacts = Contacts({"door": Input(bit=0, closed=False)}, 0, 0.0)
    contacts.feed([False], 0.0)
    assert contacts.states() == {"door": Contact.CLOSED}


def test_a_module_that_does_not_answer_leaves_nothing_known() -> None:
    contacts = door()
    contacts.feed([True], 10.0)
    contacts.feed([True], 11.0)
    contacts.forget()
    contacts.feed([True], 12.0)
    assert contacts.states() == {"door": Contact.UNKNOWN}


@given(st.lists(st.tuples(st.booleans(), st.floats(0.001, 0.2)), min_size=1))
def test_no_state_is_taken_that_did_not_stay(steps: list[tuple[bool, float]]) -> None:
    contacts = door()
    now_s = began_s = 0.0
    last: bool | None = None
    expected = Contact.UNKNOWN
    for bit, pause_s in steps:
        now_s += pause_s
        if bit is not last:
            last, began_s = bit, now_s
        if now_s - began_s >= DEBOUNCE_S:
            expected = Contact.CLOSED if bit else Contact.OPEN
        contacts.feed([bit], now_s)
        assert contacts.states()["door"] is expected


def test_one_presence_sensor_of_several_is_enough() -> None:
    def states(left: Contact, right: Contact) -> SensorStates:
        return SensorStates({"presence-left": left, "presence-right": right, "door": Contact.CLOSED})

    assert states(Contact.OPEN, Contact.CLOSED).somebody_there is True
    assert states(Contact.UNKNOWN, Contact.CLOSED).somebody_there is True
    assert states(Contact.OPEN, Contact.OPEN).somebody_there is False
    assert states(Contact.OPEN, Contact.UNKNOWN).somebody_there is None


def test_a_housing_without_presence_sensors_does_not_know_whether_somebody_is_there() -> None:
    assert SensorStates({"door": Contact.CLOSED}).somebody_there is None


@given(
    st.dictionaries(st.sampled_from(["door", "door-rear", "tamper", "presence-2"]), st.sampled_from(Contact)),
    st.none() | st.integers(-40, 120).map(float),
    st.lists(st.sampled_from(["tamper", "tamper-2"]), unique=True).map(tuple),
)
def test_states_cross_as_readings(
    contacts: dict[str, Contact], temperature_c: float | None, tampered: tuple[str, ...]
) -> None:
    states = SensorStates(contacts, temperature_c, tampered)
    assert states_from(states.readings()) == states
