import pytest

from kiosk.domain.text import Language
from ui.spoken import spell


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("T0421-000137-K7", "T 0 4 2 1 杠 0 0 0 1 3 7 杠 K 7"),
        ("13900005678", "1 3 9 0 0 0 0 5 6 7 8"),
        ("请拨打 12345。", "请拨打 1 2 3 4 5。"),
        ("11010119800101003X", "1 1 0 1，0 1 1 9，8 0 0 1，0 1 0 0，3 X"),
        ("138****5678", "1 3 8  4 个星号 5 6 7 8"),
        ("陈*", "陈星号"),
    ],
)
def test_a_number_that_is_a_name_is_said_digit_by_digit(shown: str, said: str) -> None:
    assert spell(shown, Language.ZH) == said


@pytest.mark.parametrize(
    "text", ["2026-03-01", "承诺 10 个工作日", "9:00–12:00", "7号3栋502", "第 3 项，共 12 项", "按 OK 键"]
)
def test_dates_amounts_and_hours_are_said_as_what_they_are(text: str) -> None:
    assert spell(text, Language.ZH) == text


def test_an_address_of_a_page_is_said_without_its_protocol() -> None:
    assert spell("https://progress.example.cn", Language.EN) == "progress.example.cn"
