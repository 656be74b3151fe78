import pytest

from kiosk.catalogue.loader import load_builtin
from kiosk.domain.text import Language
from kiosk.session.states import Guiding
from tests.support.panel import Panel

CATALOGUE = load_builtin()


def texts(panel: Panel, code: str, language: Language = Language.ZH) -> str:
    panel.show(Guiding(CATALOGUE.item(code)), language)
    return "\n".join(panel.texts())


def test_the_guide_says_what_need_not_be_brought_and_what_only_some_need(panel: Panel) -> None:
    said = texts(panel, "primary-school-enrolment", Language.EN)
    assert "Not to be brought" in said
    assert "In some cases" in said


def test_the_guide_answers_what_people_ask_and_tells_its_basis(panel: Panel) -> None:
    said = texts(panel, "marriage-registration")
    assert "外地户口可以在这里登记吗？" in said
    assert "《婚姻登记条例》" in said
    assert "西乡街道样例路 20 号" in said


def test_what_is_done_at_once_is_not_told_in_days(panel: Panel) -> None:
    said = texts(panel, "marriage-registration", Language.EN)
    assert "At once" in said
    assert "0 working" not in said


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_what_is_no_longer_offered_says_since_when_and_what_took_its_place(
    panel: Panel, language: Language
) -> None:
    said = texts(panel, "housing-subsidy-talent", language)
    assert ("2023 年 9 月 1 日" if language.chinese else "1 September 2023") in said
    assert CATALOGUE.item("public-rental-waiting-list").name.in_(language) in said
