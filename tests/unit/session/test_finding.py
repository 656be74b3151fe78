"""Looking for a service without typing."""

from kiosk.catalogue.facets import Facet
from kiosk.session.events import (
    FacetChosen,
    GroupChosen,
    HereToggled,
    ItemChosen,
    SearchEdited,
    WentBack,
)
from kiosk.session.states import Finding, Guiding, Home

from .conftest import Walk


def test_a_withdrawn_guide_leads_to_its_successor_and_to_nothing_else(walk: Walk) -> None:
    gone = walk.catalogue.item("housing-subsidy-talent")
    successor = walk.catalogue.successor(gone)
    assert successor is not None
    walk.to_find().does(ItemChosen(gone), ItemChosen(walk.item))
    assert walk.state == Guiding(gone)
    assert walk.does(ItemChosen(successor)).state == Guiding(successor)


def test_a_facet_lists_groups_and_a_group_lists_items(walk: Walk) -> None:
    walk.to_find().does(FacetChosen(Facet.EVENT))
    assert walk.state == Finding(facet=Facet.EVENT)
    assert Finding(facet=Facet.EVENT).browsing
    walk.does(GroupChosen("retire"))
    assert walk.state == Finding(facet=Facet.EVENT, group="retire")


def test_back_leads_from_the_group_to_its_neighbours_and_then_home(walk: Walk) -> None:
    walk.to_find().does(FacetChosen(Facet.THEME), GroupChosen("elderly"), SearchEdited("gl"), WentBack())
    assert walk.state == Finding(facet=Facet.THEME)
    assert isinstance(walk.does(WentBack()).state, Home)


def test_back_from_a_guide_leads_to_the_group_it_was_found_in(walk: Walk) -> None:
    walk.to_find().does(FacetChosen(Facet.THEME), GroupChosen("elderly"), ItemChosen(walk.item))
    assert isinstance(walk.state, Guiding)
    assert walk.does(WentBack()).state == Finding(facet=Facet.THEME, group="elderly")


def test_another_facet_puts_the_words_away_and_keeps_the_filter(walk: Walk) -> None:
    walk.to_find().does(HereToggled(here=True), SearchEdited("gl"), FacetChosen(Facet.DEPARTMENT))
    assert walk.state == Finding(facet=Facet.DEPARTMENT, here=True)


def test_words_typed_over_groups_are_looked_for_everywhere(walk: Walk) -> None:
    walk.to_find().does(FacetChosen(Facet.THEME), SearchEdited("gl"))
    assert walk.state == Finding("gl")


def test_words_typed_in_a_group_stay_in_it(walk: Walk) -> None:
    walk.to_find().does(FacetChosen(Facet.THEME), GroupChosen("elderly"), SearchEdited("gl"))
    assert walk.state == Finding("gl", Facet.THEME, "elderly")


def test_a_group_is_opened_only_where_groups_are_listed(walk: Walk) -> None:
    walk.to_find().does(GroupChosen("elderly"))
    assert walk.state == Finding()


def test_the_filter_and_the_group_both_have_to_admit_an_item(walk: Walk) -> None:
    passport = walk.catalogue.item("passport")
    assert Finding(facet=Facet.THEME, group=passport.theme).admits(passport)
    assert not Finding(facet=Facet.THEME, group=passport.theme, here=True).admits(passport)
    assert not Finding(facet=Facet.THEME, group="elderly").admits(passport)
    assert Finding(facet=Facet.DEPARTMENT, group=passport.department_code).admits(passport)
