"""Every fixed word has its English, every code has its words."""

import re
from pathlib import Path

import pytest

from kiosk.domain.text import Language
from ui.i18n import load_words
from ui.messages import FAMILIES, MESSAGES, has_words, say

ROOT = Path(__file__).parents[3]
QML = sorted((ROOT / "ui" / "qml").rglob("*.qml"))
KIOSK_QML = [path for path in QML if "Bench" not in path.parts]
FIXED = re.compile(r'qsTr\("([^"]*)"\)')
CHINESE = re.compile(r"[\u3400-\u9fff]")
SHOWN_CODE = re.compile(r'(?:Fault|Problem|IdentityProblem)\((?:[\w.]+, )?"([a-z.-]+)"')


def fixed_words() -> set[str]:
    return {word for path in KIOSK_QML for word in FIXED.findall(path.read_text("utf-8"))}


def test_every_fixed_word_has_its_english_and_nothing_else_has() -> None:
    assert fixed_words() == set(load_words())


def test_a_fixed_word_is_written_out_where_it_is_shown() -> None:
    for path in KIOSK_QML:
        text = path.read_text("utf-8")
        assert text.count("qsTr(") == len(FIXED.findall(text)), path.name


def test_english_words_are_english_and_keep_their_places() -> None:
    for chinese, english in load_words().items():
        assert english
        assert english == "中文" or not CHINESE.search(english)
        places = re.findall(r"%\d", chinese)
        assert sorted(places) == sorted(re.findall(r"%\d", english)), chinese


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_code_says_in_both_languages_what_happened_and_never_itself(code: str) -> None:
    for language in Language:
        words = say(code, language, {"least": 2, "most": 9, "entry": 3}, device="scanner-1")
        assert words
        assert code not in words
        assert not re.search(r"[{}]", words)
        assert bool(CHINESE.search(words)) is language.chinese


def test_every_code_that_the_session_shows_has_words_of_its_own() -> None:
    sources = [*(ROOT / "kiosk").rglob("*.py")]
    shown = {code for path in sources for code in SHOWN_CODE.findall(path.read_text("utf-8"))}
    assert shown
    assert {code for code in shown if code not in MESSAGES} == set()


def test_every_code_of_a_device_has_at_least_the_words_of_its_family() -> None:
    raised = re.compile(r'"((?:idcard|scanner|camera|printer|device|queue|page)\.[a-z-]+)"')
    sources = [path for room in ("devices", "offline_queue") for path in (ROOT / room).rglob("*.py")]
    codes = {code for path in sources for code in raised.findall(path.read_text("utf-8"))}
    assert codes
    assert {code for code in codes if not has_words(code)} == set()


def test_a_code_that_nobody_knows_still_says_whom_to_ask() -> None:
    assert "12345" not in say("moon.gone", Language.ZH)
    assert "人工帮助" in say("moon.gone", Language.ZH)
    assert "help line" in say("moon.gone", Language.EN)


def test_a_limit_is_named_where_it_is_known() -> None:
    assert "2 个字" in say("form.too-short", Language.ZH, {"least": 2})
    assert "1 到 9" in say("form.out-of-range", Language.ZH, {"least": 1, "most": 9})
    assert "1900-01-01" in say("form.out-of-range", Language.ZH, {"least": "1900-01-01"})


def test_a_device_is_named_in_words() -> None:
    assert say("device.restarting", Language.ZH, device="idcard-1").startswith("身份证读卡器")
    assert "scanner" in say("device.restarting", Language.EN, device="scanner-2")
    assert FAMILIES["idcard"].zh in say("idcard.no-answer", Language.ZH)
