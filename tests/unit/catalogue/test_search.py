import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.loader import load_builtin
from kiosk.domain.text import Language
from kiosk.domain.traditional import simplified

CATALOGUE = load_builtin()


@pytest.mark.parametrize(
    "query",
    [
        "高龄",
        "高龄老人津贴申请",
        "长寿金",
        "gaoling",
        "GaoLing JinTie",
        "gljt",
        "glln",
        "old age",
        "Old-Age Allowance",
        "elderly",
        "高领津贴",
        "ｇａｏｌｉｎｇ",
    ],
)
def test_the_allowance_is_found_first_as_people_type_it(query: str) -> None:
    found = CATALOGUE.find(query, Language.ZH)
    assert found.items[0].code == "old-age-allowance"
    assert not found.near


@pytest.mark.parametrize("query", ["居住登记", "juzhudengji", "jzdj", "residence", "居住证", "租房登记"])
def test_the_registration_is_found_first_as_people_type_it(query: str) -> None:
    assert CATALOGUE.search(query, Language.EN)[0].code == "residence-registration"


def test_an_exact_name_stands_before_a_beginning_and_a_beginning_before_an_inside() -> None:
    codes = [item.code for item in CATALOGUE.search("老人", Language.ZH)]
    assert codes[0] == "old-age-allowance"
    assert "senior-citizen-card" in codes
    assert CATALOGUE.search("居住", Language.ZH)[0].code == "residence-registration"


def found(query: str, language: Language = Language.ZH) -> list[str]:
    result = CATALOGUE.find(query, language)
    return [] if result.near else [item.code for item in result.items]


def test_a_department_finds_everything_it_does() -> None:
    codes = set(found("民政局"))
    assert codes == {item.code for item in CATALOGUE.items if "民政局" in item.department.zh}
    assert {"old-age-allowance", "disability-allowances"} <= codes


def test_what_is_called_so_stands_before_what_only_belongs_to_it() -> None:
    codes = found("education", Language.EN)
    assert {"primary-school-enrolment", "junior-school-enrolment"} <= set(codes)
    codes = found("residence", Language.EN)
    assert codes[:2] == ["residence-registration", "residence-permit-endorsement"]
    assert "identity-card-replacement" in codes


@pytest.mark.parametrize("query", ["婚姻家庭", "hunyinjiating", "hyjt", "Family"])
def test_a_theme_finds_what_belongs_to_it(query: str) -> None:
    theme = {item.code for item in CATALOGUE.items if item.theme == "family"}
    assert theme <= set(found(query))


@pytest.mark.parametrize("query", ["家人去世", "jiarenqushi", "a death in the family"])
def test_a_life_event_finds_what_it_brings_with_it(query: str) -> None:
    event = {item.code for item in CATALOGUE.items if "death" in item.events}
    assert event <= set(found(query))


@pytest.mark.parametrize(
    "query", ["居住登記", "長壽金", "結婚證", "電動車上牌", "衞生健康局", "衛生健康局", "戶口"]
)
def test_traditional_characters_find_what_simplified_ones_find(query: str) -> None:
    assert found(query, Language.ZH_HANT) == found(simplified(query), Language.ZH_HANT) != []


def test_pinyin_begins_at_the_beginning_of_a_syllable() -> None:
    assert CATALOGUE.find("aoling", Language.ZH).near


@pytest.mark.parametrize(
    "query", ["gaolign", "residnce", "高龄贴津补", "结婚登计处里", "shenfenzhenbu", "pasport"]
)
def test_where_nothing_fits_the_nearest_is_offered_and_told_to_be_near(query: str) -> None:
    found = CATALOGUE.find(query, Language.ZH)
    assert found.near
    assert 1 <= len(found.items) <= 3


def test_nonsense_finds_nothing() -> None:
    assert CATALOGUE.search("qqqqqqqq", Language.ZH) == ()


@pytest.mark.parametrize("query", ["", "  ", "，。"])
def test_an_empty_query_finds_everything_in_order(query: str) -> None:
    assert CATALOGUE.search(query, Language.ZH) == CATALOGUE.items


@given(st.text(max_size=20))
def test_no_query_breaks_the_search(query: str) -> None:
    found = CATALOGUE.find(query, Language.EN)
    assert len(set(found.items)) == len(found.items)
