from dataclasses import replace

import pytest

from ui import hanzi
from ui.speller import (
    Deed,
    Deleted,
    Finished,
    Key,
    Option,
    Outcome,
    Refused,
    Spelled,
    Speller,
    Turned,
    Typed,
    Wheel,
)

CHINESE = Speller((Wheel.PINYIN, Wheel.DIGITS, Wheel.LATIN), Wheel.PINYIN)
DIGITS = Speller((Wheel.DIGITS,), Wheel.DIGITS)


def press(speller: Speller, *keys: Key) -> tuple[Speller, Outcome]:
    outcome: Outcome = Turned()
    for key in keys:
        speller, outcome = speller.press(key)
    return speller, outcome


def turned_to(speller: Speller, option: Option) -> Speller:
    return replace(speller, at=speller.options.index(option))


def spelled(letters: str) -> Speller:
    speller, outcome = CHINESE, press(CHINESE)[1]
    for letter in letters:
        speller, outcome = turned_to(speller, Option(Deed.LETTER, letter)).press(Key.OK)
    assert outcome == Spelled(letters)
    return speller


def test_the_wheel_goes_round_both_ways() -> None:
    left, _ = DIGITS.press(Key.LEFT)
    assert left.option == Option(Deed.DONE)
    assert press(left, Key.RIGHT)[0] == DIGITS


def test_a_digit_is_typed_and_deleted() -> None:
    speller, outcome = press(DIGITS, Key.RIGHT, Key.RIGHT, Key.OK)
    assert outcome == Typed("2")
    assert press(speller, Key.UP)[1] == Deleted()


def test_an_identity_number_may_end_with_x() -> None:
    speller = Speller((Wheel.ID_NUMBER,), Wheel.ID_NUMBER)
    assert turned_to(speller, Option(Deed.TYPE, "X")).press(Key.OK)[1] == Typed("X")


def test_a_character_is_found_by_its_pinyin_and_taken() -> None:
    characters, _ = press(spelled("chen"), Key.DOWN)
    assert characters.wheel is Wheel.CHARACTERS
    assert hanzi.explain(characters.option.value) == "耳东陈"
    after, outcome = press(characters, Key.OK)
    assert outcome == Typed("陈")
    assert (after.wheel, after.letters) == (Wheel.PINYIN, "")


def test_down_skips_five_characters_and_up_goes_back_to_the_letters() -> None:
    characters, _ = press(spelled("chen"), Key.DOWN, Key.DOWN)
    assert characters.at == 5
    assert press(characters, Key.UP)[0] == replace(spelled("chen"), at=0)


def test_letters_that_begin_no_syllable_are_refused() -> None:
    speller = turned_to(spelled("zh"), Option(Deed.LETTER, "x"))
    assert speller.press(Key.OK) == (speller, Refused())


def test_an_unfinished_syllable_has_no_characters() -> None:
    assert press(spelled("zh"), Key.DOWN)[1] == Refused()


def test_up_takes_the_syllable_apart_before_it_deletes_what_was_typed() -> None:
    speller, outcome = press(spelled("ch"), Key.UP)
    assert outcome == Spelled("c")
    assert press(speller, Key.UP, Key.UP)[1] == Deleted()


@pytest.mark.parametrize("speller", [CHINESE, DIGITS])
def test_down_ends_typing(speller: Speller) -> None:
    assert press(speller, Key.DOWN)[1] == Finished()


def test_another_wheel_is_on_the_wheel() -> None:
    speller, _ = turned_to(CHINESE, Option(Deed.WHEEL, Wheel.LATIN)).press(Key.OK)
    assert speller.wheel is Wheel.LATIN
    assert turned_to(speller, Option(Deed.TYPE, " ")).press(Key.OK)[1] == Typed(" ")


def test_common_surnames_come_first_and_are_told_apart() -> None:
    for pinyin, surname in (("wang", "王"), ("li", "李"), ("zhang", "张"), ("lv", "吕"), ("huang", "黄")):
        assert hanzi.candidates(pinyin)[0] == surname
        assert hanzi.explain(surname).endswith(surname)


def test_a_character_without_words_of_its_own_is_explained_by_a_word_that_holds_it() -> None:
    word, _, character = hanzi.explain("窗").partition("的")
    assert character in word


def test_an_unknown_syllable_has_no_characters() -> None:
    assert hanzi.candidates("xyz") == ()
