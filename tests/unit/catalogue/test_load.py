from time import thread_time

import pytest

from kiosk.domain.text import Language
from tests.support.catalogue_load import DISTRICT, load_of

SLOWEST_S = 0.25
"""Five times the goal, in time of this thread: the bench measures the goal itself."""


def test_the_load_has_as_many_items_as_the_district_and_no_name_twice() -> None:
    items = load_of(DISTRICT).items
    assert len(items) == DISTRICT
    assert len({item.code for item in items}) == len({item.name.zh for item in items}) == DISTRICT


@pytest.mark.parametrize(
    "query", ["g", "gaoling", "居", "高龄津贴", "residence", "gaolignjintei", "qqqqqqqqqq"]
)
def test_no_query_is_slow_over_all_of_them(query: str) -> None:
    catalogue = load_of(DISTRICT)
    catalogue.search(query, Language.ZH)
    begun_s = thread_time()
    catalogue.search(query, Language.ZH)
    assert thread_time() - begun_s < SLOWEST_S
