import pytest

from kiosk.catalogue.loader import load_builtin
from kiosk.demo.prefill_share import GOAL, Share, measure, total

LEAST = 0.5


@pytest.fixture(scope="module")
def shares() -> tuple[Share, ...]:
    return measure(load_builtin())


def test_most_of_what_the_forms_ask_is_known_in_advance(shares: tuple[Share, ...]) -> None:
    assert total(shares) >= GOAL


def test_the_forms_are_those_of_every_item_that_is_filed_here(shares: tuple[Share, ...]) -> None:
    here = [item.code for item in load_builtin().items if item.filing == "here"]
    assert [share.item for share in shares] == here


def test_no_form_leaves_more_than_half_to_the_person_for_whom_it_is_meant(shares: tuple[Share, ...]) -> None:
    assert not [share.item for share in shares if share.share < LEAST]


def test_also_somebody_for_whom_an_item_is_not_meant_is_spared_typing(shares: tuple[Share, ...]) -> None:
    assert sum(share.mean for share in shares) >= LEAST * sum(share.asked for share in shares)


def test_every_prefill_key_is_one_that_the_platform_or_the_card_can_answer(shares: tuple[Share, ...]) -> None:
    assert [(share.item, share.unknown) for share in shares if share.unknown] == []
