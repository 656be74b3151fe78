from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.places import load_places
from kiosk.demo.scenes import sample_form
from kiosk.forms.address import Picking, address_text, by_hand, offered, pick, start, step_back, trail
from kiosk.forms.model import Problem
from kiosk.forms.parsing import parse

PLACES = load_places()
HOME = sample_form.form().field("home")
STREET = ("宝安区", "新安街道")
COMMUNITY = (*STREET, "样例海棠社区")
BUILDING = (*COMMUNITY, "样例海棠路1号海棠花园1栋")


def picked(*names: str) -> Picking:
    picking = start("")
    for name in names:
        picking = pick(PLACES, picking, name)
    return picking


def test_an_address_is_picked_down_to_the_room() -> None:
    picking = picked(*BUILDING, "302")
    assert picking.whole
    assert offered(PLACES, picking.path) == ()
    assert address_text(HOME, picking, "") == (
        "广东省深圳市宝安区新安街道样例海棠社区样例海棠路1号海棠花园1栋302"
    )


def test_where_the_lists_end_the_rest_is_typed() -> None:
    picking = picked("福田区")
    assert picking.typing
    assert address_text(HOME, picking, " 某街道某路1号 ") == "广东省深圳市福田区某街道某路1号"


def test_what_is_in_no_list_is_typed_from_that_step_on() -> None:
    picking = by_hand(picked(*STREET))
    assert address_text(HOME, picking, "某社区某村3巷5号") == "广东省深圳市宝安区新安街道某社区某村3巷5号"


def test_a_house_without_a_room_number_is_an_address() -> None:
    assert address_text(HOME, by_hand(picked(*BUILDING)), "") == "广东省深圳市" + "".join(BUILDING)


def test_an_address_that_ends_above_the_building_is_not_complete() -> None:
    for picking in (picked("宝安区"), picked(*STREET), by_hand(picked(*COMMUNITY)), picked(*BUILDING)):
        problem = address_text(HOME, picking, "  ")
        assert isinstance(problem, Problem)
        assert problem.code == "form.address-incomplete"


def test_nothing_picked_is_no_answer() -> None:
    assert address_text(HOME, start(""), "") == ""


def test_an_earlier_answer_stands_there_whole_and_back_leaves_the_question() -> None:
    picking = start("广东省深圳市宝安区某路1号")
    assert (picking.typing, picking.path) == (True, ())
    assert address_text(HOME, picking, "广东省深圳市宝安区某路2号") == "广东省深圳市宝安区某路2号"
    assert step_back(PLACES, picking) is None


def test_back_goes_one_step_up_and_from_typing_to_the_list() -> None:
    assert step_back(PLACES, picked(*BUILDING, "302")) == Picking(BUILDING)
    assert step_back(PLACES, by_hand(picked(*STREET))) == Picking(STREET)
    assert step_back(PLACES, picked("福田区")) == Picking()
    assert step_back(PLACES, by_hand(start(""))) == Picking()
    assert step_back(PLACES, start("")) is None


def test_one_touch_too_many_picks_nothing() -> None:
    assert picked("宝安区", "宝安区") == Picking(("宝安区",))
    assert pick(PLACES, by_hand(picked("宝安区")), "新安街道") == by_hand(picked("宝安区"))


def test_the_trail_knows_the_places_in_both_languages() -> None:
    assert [place.name.en for place in trail(PLACES, STREET)] == ["Bao'an District", "Xin'an Subdistrict"]
    assert trail(PLACES, ("无此区", "新安街道")) == ()


@given(st.data())
def test_every_way_down_the_lists_ends_in_an_address(data: st.DataObject) -> None:
    picking = start("")
    while not picking.typing and not picking.whole:
        names = [place.name.zh for place in offered(PLACES, picking.path)]
        picking = pick(PLACES, picking, data.draw(st.sampled_from(names)))
    text = address_text(HOME, picking, "9号" if picking.typing else "")
    assert isinstance(text, str)
    assert parse(HOME, text) == text
    back = step_back(PLACES, picking)
    assert back is not None
    assert len(back.path) == len(picking.path) - 1
