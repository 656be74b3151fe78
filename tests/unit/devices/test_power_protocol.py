import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.power.protocol import Garbage, Refusal, Variables, question, read_answer

WHOLE = (
    b"BEGIN LIST VAR bench\n"
    b'VAR bench battery.charge "100"\n'
    b'VAR bench ups.model "Bench \\"A\\" \\\\ 2"\n'
    b'VAR bench ups.mfr ""\n'
    b'VAR bench ups.status "OL CHRG"\n'
    b"END LIST VAR bench\n"
)


def test_the_question_is_a_line() -> None:
    assert question("bench") == b"LIST VAR bench\n"


def test_a_whole_answer_is_read_with_its_quotes() -> None:
    assert read_answer(WHOLE, "bench") == Variables(
        {"battery.charge": "100", "ups.model": 'Bench "A" \\ 2', "ups.mfr": "", "ups.status": "OL CHRG"}
    )


def test_an_answer_cut_anywhere_is_waited_for() -> None:
    assert {read_answer(WHOLE[:cut], "bench") for cut in range(len(WHOLE))} == {None}


def test_a_name_in_chinese_or_in_no_known_writing_is_no_hindrance() -> None:
    for model in ("山特".encode(), b"\xff\xfe"):
        answer = read_answer(WHOLE.replace(b"100", model), "bench")
        assert isinstance(answer, Variables)
        assert answer.values["ups.status"] == "OL CHRG"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"ERR DATA-STALE\n", "DATA-STALE"),
        (b"ERR UNKNOWN-UPS\n", "UNKNOWN-UPS"),
        (b"ERR\n", ""),
        (WHOLE[:52] + b"ERR DRIVER-NOT-CONNECTED\n", "DRIVER-NOT-CONNECTED"),
    ],
)
def test_a_refusal_is_told_by_its_word_even_in_the_middle_of_a_list(data: bytes, word: str) -> None:
    assert read_answer(data, "bench") == Refusal(word)


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 400 Bad Request\n",
        b"SSH-2.0-OpenSSH_9.2\n",
        b"BEGIN LIST VAR other\n",
        WHOLE.replace(b"VAR bench ups.mfr", b"VAR other ups.mfr"),
        WHOLE.replace(b'"OL CHRG"', b'"OL CHRG'),
        WHOLE.replace(b'"OL CHRG"', b"OL CHRG"),
        WHOLE + b"VAR",
        WHOLE + WHOLE,
        b"\0\n",
        b"\n",
        b"x" * 70_000,
    ],
)
def test_anything_else_is_garbage(data: bytes) -> None:
    assert isinstance(read_answer(data, "bench"), Garbage)


@given(st.binary())
def test_whatever_comes_is_read_or_waited_for(data: bytes) -> None:
    assert isinstance(read_answer(data, "bench"), Variables | Refusal | Garbage | None)


@given(st.lists(st.text('VAR bench"\\ \n.01OL', max_size=20)))
def test_whatever_comes_between_beginning_and_end_is_read_or_waited_for(lines: list[str]) -> None:
    data = "\n".join(["BEGIN LIST VAR bench", *lines, "END LIST VAR bench", ""]).encode()
    assert isinstance(read_answer(data, "bench"), Variables | Refusal | Garbage)


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8}){1,3}", fullmatch=True), st.text("ab \"\\é#'"))
)
def test_what_upsd_writes_is_read_back(values: dict[str, str]) -> None:
    lines = ["BEGIN LIST VAR bench"]
    for name, value in values.items():
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'VAR bench {name} "{escaped}"')
    data = "\n".join([*lines, "END LIST VAR bench", ""]).encode()
    assert read_answer(data, "bench") == Variables(values)
