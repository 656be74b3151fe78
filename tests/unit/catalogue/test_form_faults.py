import copy
from typing import Any

import pytest

from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.files import FormUi
from kiosk.catalogue.form_faults import checked
from kiosk.catalogue.places import load_places
from kiosk.demo.scenes import sample_form

STREETS = ["新安", "西乡", "福永", "沙井", "松岗", "石岩", "航城", "福海", "新桥", "燕罗"]


def refusal(schema: dict[str, Any] | None = None, ui: dict[str, Any] | None = None) -> str:
    with pytest.raises(CatalogueError) as caught:
        checked(sample_form.source(schema, ui), "sample")
    return caught.value.detail


def changed(whole: dict[str, Any], *path: str, to: object) -> dict[str, Any]:
    result = copy.deepcopy(whole)
    place = result
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = to
    return result


def test_a_form_with_every_kind_of_question_is_taken() -> None:
    assert checked(sample_form.source(), "sample").columns().keys() == {
        "children.name",
        "children.born",
        "children.number",
        "children.fee",
        "pets.kind",
    }


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("properties", "needs", "minItems"), 0, "needs"),
        (("properties", "needs", "minItems"), 3, "needs: fewer are allowed"),
        (("properties", "needs", "uniqueItems"), False, "needs"),
        (("properties", "children", "items", "required"), ["ghost"], "children: required.ghost"),
        (("properties", "children", "items", "properties", "kids"), {"type": "array"}, "children"),
        (("properties", "children", "minItems"), 4, "children: fewer are allowed"),
        (("properties", "home", "maxLength"), 10, "home"),
        (("allOf",), [{"if": {"properties": {"needs": {"enum": ["ramp"]}}, "required": ["needs"]},
                       "then": {"required": ["ramp_place"]}}], "'needs' is tested by 'contains'"),
        (("properties", "age", "maximum"), 149, "computed.age: can become 150"),
        (("properties", "age", "minimum"), 60, "computed.age: must be a whole number from 0"),
        (("properties", "child_count", "maximum"), 2, "computed.child_count: can become 3"),
        (("properties", "costs", "maximum"), 30000, "computed.costs: can become 49997"),
        (("properties", "home_again", "maxLength"), 119, "computed.home_again: has other rules than 'home'"),
        (("required",), ["costs"], "computed.costs: is required, but 'rent' need not be answered"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_named(path: tuple[str, ...], value: object, named: str) -> None:
    assert named in refusal(schema=changed(sample_form.SCHEMA, *path, to=value))


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("groups",), {"children": ["name", "born", "number", "fee"]}, "groups"),
        (("groups", "pets"), ["colour"], "groups.pets"),
        (("secret",), ["children.shoe"], "secret.children.shoe: no such property"),
        (("secret",), ["children"], "secret.children: is a list"),
        (("prefill", "needs"), "card.name", "prefill.needs: is a list"),
        (("prefill", "age"), "card.born", "computed.age: is in prefill as well"),
        (("past",), ["children.name", "born"], "past.children.name: is not a date"),
        (("past",), [], "computed.age: 'born' may lie in the future"),
        (("show", "age"), {"when": "needs", "is": ["bed"]}, "show.age"),
        (("show", "rent"), {"when": "needs", "is": ["castle"]}, "show.rent"),
        (("computed", "ghost"), {"count": "children"}, "computed.ghost: no such property"),
        (("computed", "age"), {"age": "name"}, "computed.age: 'name' may lie in the future"),
        (("computed", "child_count"), {"count": "phone"}, "computed.child_count: cannot be computed"),
        (("computed", "costs"), {"sum": ["rent", "children.shoe"]}, "'children.shoe': no such property"),
        (("computed", "costs"), {"sum": ["rent", "children.name"]}, "computed.costs: cannot be computed"),
        (("computed", "costs"), {"sum": ["age"]}, "computed.costs: 'age' comes later"),
    ],
)
def test_a_wrong_hint_is_named(path: tuple[str, ...], value: object, named: str) -> None:
    assert named in refusal(ui=changed(sample_form.UI, *path, to=value))


@pytest.mark.parametrize("rule", [{}, {"age": "born", "count": "children"}, {"sum": []}, {"guess": "x"}])
def test_a_computed_answer_has_exactly_one_rule(rule: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="computed"):
        FormUi.model_validate(changed(sample_form.UI, "computed", "age", to=rule))


def test_the_streets_of_the_district_are_there_and_what_is_invented_says_so() -> None:
    district = load_places().places[0]
    assert [street.name.zh for street in district.places] == [f"{street}街道" for street in STREETS]
    assert not any(street.sample for street in district.places)
    for street in district.places:
        assert street.places
        assert all(community.sample for community in street.places)
        assert all(building.sample for community in street.places for building in community.places)
