from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.events import LIFE_EVENTS
from kiosk.catalogue.facets import Facet
from kiosk.catalogue.loader import load_builtin
from kiosk.catalogue.model import Withdrawn
from kiosk.catalogue.reading import Entry

CATALOGUE = load_builtin()
GUIDE = CATALOGUE.item("passport")


def test_every_item_is_found_under_its_department() -> None:
    departments = CATALOGUE.groups(Facet.DEPARTMENT)
    assert sum(department.count for department in departments) == len(CATALOGUE.items)
    for department in departments:
        items = CATALOGUE.by(Facet.DEPARTMENT, department.group.key)
        assert len(items) == department.count
        assert {item.department for item in items} == {department.group.title}


def test_the_department_with_most_items_stands_first() -> None:
    counts = [department.count for department in CATALOGUE.groups(Facet.DEPARTMENT)]
    assert counts == sorted(counts, reverse=True)


def test_no_life_event_is_a_door_to_an_empty_room() -> None:
    for event in LIFE_EVENTS:
        items = CATALOGUE.by(Facet.EVENT, event.key)
        assert items, event.key
        assert all(event.key in item.events for item in items)


@pytest.mark.parametrize("facet", Facet)
def test_a_filtered_group_counts_only_what_can_be_filed_here_and_is_never_empty(facet: Facet) -> None:
    groups = CATALOGUE.groups(facet, here=True)
    assert groups
    for one in groups:
        here = [item for item in CATALOGUE.by(facet, one.group.key) if item.filing == "here"]
        assert one.count == len(here) > 0


def test_what_stands_on_the_home_screen_is_data_and_in_its_order() -> None:
    assert [item.hot for item in CATALOGUE.hot] == [1, 2, 3, 4, 5, 6]
    assert CATALOGUE.hot[0].code == "old-age-allowance"
    swapped = {1: 6, 6: 1}
    items = [replace(item, hot=swapped.get(item.hot or 0, item.hot)) for item in CATALOGUE.items]
    changed = Catalogue([Entry(item, None) for item in items], 1, datetime.now(UTC))
    assert changed.hot[0] == replace(CATALOGUE.hot[-1], hot=1)


def test_an_item_that_is_no_longer_offered_names_the_one_that_took_its_place() -> None:
    gone = replace(GUIDE, code="old-passport", withdrawn=Withdrawn(date(2026, 1, 1), "passport"))
    lost = replace(GUIDE, code="lost", withdrawn=Withdrawn(date(2026, 1, 1), "nothing"))
    catalogue = Catalogue([Entry(item, None) for item in (GUIDE, gone, lost)], 1, datetime.now(UTC))
    assert catalogue.successor(gone) is GUIDE
    assert catalogue.successor(lost) is None
    assert catalogue.successor(GUIDE) is None
