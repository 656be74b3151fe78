import struct
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.idcard.ethnic import ethnic_name
from devices.idcard.record import LAYOUT_AT, SPANS, Layout, RecordError, decode, decode_address, split_parts
from devices.idcard.sam import chip_numbers, sam_number
from devices.model import CardRecord
from devices.sim.cards import SimulatedCard, load_cards

RESIDENT = load_cards()["resident-chen"].record
HMT = CardRecord(
    layout="hmt",
    name="梁咏琪",
    sex="2",
    ethnic="",
    born="19850912",
    address="广东省深圳市宝安区西乡街道桥头路1号",
    number="810000198509129984",
    issuer="深圳市公安局",
    valid_from="20220401",
    valid_until="20270401",
    permit_number="H01234567",
    issue_count="01",
)
FOREIGN_2017 = CardRecord(
    layout="foreign-2017",
    name="ANDERSSON, MARIA ELISABETH",
    sex="2",
    ethnic="",
    born="19800229",
    address="",
    number="SWE110080022901",
    issuer="",
    valid_from="20190615",
    valid_until="20290615",
    latin_name="ANDERSSON, MARIA ELISABETH",
    nationality="SWE",
    authority="4403",
    version="01",
)
FOREIGN_2023 = CardRecord(
    layout="foreign-2023",
    name="WOLFESCHLEGELSTEINHAUSENBERGERDORFF JOHANNES",
    sex="1",
    ethnic="",
    born="19900412",
    address="",
    number="930840199004129973",
    issuer="",
    valid_from="20240101",
    valid_until="20340101",
    latin_name="WOLFESCHLEGELSTEINHAUSENBERGERDORFF JOHANNES",
    nationality="DEU",
    issue_count="02",
    old_number="901",
)


def put(text: bytes, offset: int, value: str) -> bytes:
    units = value.encode("utf-16-le")
    return text[:offset] + units + text[offset + len(units) :]


def blank() -> bytes:
    return " ".encode("utf-16-le") * 128


def test_a_resident_card_is_read_field_by_field_from_its_offsets() -> None:
    text = blank()
    for offset, value in [
        (0, "陈淑芬"),
        (30, "2"),
        (32, "01"),
        (36, "19430517"),
        (52, "广东省深圳市宝安区"),
        (122, "440306194305179908"),
        (158, "宝安分局"),
        (188, "20180611"),
        (204, "20280611"),
    ]:
        text = put(text, offset, value)
    assert decode(text, b"photo") == CardRecord(
        layout="resident",
        name="陈淑芬",
        sex="2",
        ethnic="01",
        born="19430517",
        address="广东省深圳市宝安区",
        number="440306194305179908",
        issuer="宝安分局",
        valid_from="20180611",
        valid_until="20280611",
        photo_wlt=b"photo",
    )


def test_a_2017_foreigner_card_is_read_field_by_field_from_its_offsets() -> None:
    text = blank()
    for offset, value in [
        (0, "SMITH, JOHN"),
        (120, "1"),
        (122, "USA110080022901"),
        (152, "USA"),
        (158, "史约翰"),
        (188, "20190615"),
        (204, "20290615"),
        (220, "19800229"),
        (236, "01"),
        (240, "4403"),
        (248, "I"),
    ]:
        text = put(text, offset, value)
    record = decode(text)
    assert record.layout == "foreign-2017"
    assert (record.name, record.sex, record.number) == ("史约翰", "1", "USA110080022901")
    assert (record.born, record.valid_from, record.valid_until) == ("19800229", "20190615", "20290615")
    assert (record.latin_name, record.nationality) == ("SMITH, JOHN", "USA")
    assert (record.version, record.authority) == ("01", "4403")


def test_a_permit_of_hong_kong_macau_or_taiwan_is_read_field_by_field_from_its_offsets() -> None:
    text = blank()
    for offset, value in [
        (0, "梁咏琪"),
        (30, "2"),
        (32, "01"),
        (36, "19850912"),
        (52, "广东省深圳市"),
        (122, "810000198509129984"),
        (158, "深圳市公安局"),
        (188, "20220401"),
        (204, "20270401"),
        (220, "H01234567"),
        (238, "03"),
        (248, "J"),
    ]:
        text = put(text, offset, value)
    record = decode(text)
    assert (record.layout, record.ethnic) == ("hmt", "")
    assert (record.permit_number, record.issue_count) == ("H01234567", "03")


def test_a_2023_foreigner_card_is_read_field_by_field_from_its_offsets() -> None:
    text = blank()
    for offset, value in [
        (0, "史约翰"),
        (30, "1"),
        (32, "02"),
        (36, "19900412"),
        (52, "S" * 35),
        (122, "930840199004129973"),
        (188, "20240101"),
        (204, "20340101"),
        (220, "MITH, JOHN"),
        (242, "USA"),
        (248, "Y"),
        (250, "901"),
    ]:
        text = put(text, offset, value)
    record = decode(text)
    assert (record.layout, record.name, record.born) == ("foreign-2023", "史约翰", "19900412")
    assert record.latin_name == "S" * 35 + "MITH, JOHN"
    assert (record.issue_count, record.nationality, record.old_number) == ("02", "USA", "901")
    assert (record.valid_from, record.valid_until) == ("20240101", "20340101")


@pytest.mark.parametrize("layout", SPANS)
def test_no_two_fields_of_a_layout_overlap_and_none_leaves_the_record(layout: Layout) -> None:
    spans = sorted([*SPANS[layout].values(), LAYOUT_AT])
    ends = [start + size for start, size in spans]
    assert all(end <= start for end, (start, _) in zip(ends, spans[1:], strict=False))
    assert ends[-1] <= 256


@pytest.mark.parametrize(
    "record", [RESIDENT, HMT, FOREIGN_2017, FOREIGN_2023], ids=lambda record: record.layout
)
def test_all_four_layouts_come_back_as_they_were_written(record: CardRecord) -> None:
    text = SimulatedCard(record).text
    assert len(text) == 256
    assert decode(text, record.photo_wlt) == record


def test_a_foreigner_with_a_chinese_name_goes_by_it() -> None:
    assert decode(SimulatedCard(replace(FOREIGN_2023, name="史约翰")).text).name == "史约翰"


def test_a_permit_of_another_letter_is_read_as_a_resident_card() -> None:
    assert decode(put(SimulatedCard(RESIDENT).text, 248, "Q")).layout == "resident"


def test_a_card_without_an_end_has_none() -> None:
    assert RESIDENT.valid_until is None
    assert decode(SimulatedCard(RESIDENT).text).valid_until is None


def test_nul_padding_is_no_part_of_a_name() -> None:
    text = SimulatedCard(RESIDENT).text
    assert decode(put(text, 0, "陈淑芬" + "\0" * 12)).name == "陈淑芬"


def test_a_rare_character_of_two_units_is_kept() -> None:
    assert decode(put(SimulatedCard(RESIDENT).text, 0, "陈𬘭芬")).name == "陈𬘭芬"


def test_half_a_rare_character_at_the_end_of_a_field_does_not_lose_the_card() -> None:
    text = SimulatedCard(RESIDENT).text
    name = ("陈" * 14).encode("utf-16-le") + "𬘭".encode("utf-16-le")[:2]
    assert decode(name + text[30:]).name == "陈" * 14 + "�"


@pytest.mark.parametrize(
    ("written", "read"), [("97", "97"), ("98", "98"), ("57", ""), ("  ", ""), ("x1", "")]
)
def test_an_ethnic_code_outside_the_standard_is_no_code(written: str, read: str) -> None:
    assert decode(put(SimulatedCard(RESIDENT).text, 32, written)).ethnic == read


@pytest.mark.parametrize(("written", "read"), [("0", "0"), ("1", "1"), ("9", "9"), ("X", "0"), (" ", "0")])
def test_a_sex_outside_the_standard_is_unknown(written: str, read: str) -> None:
    assert decode(put(SimulatedCard(RESIDENT).text, 30, written)).sex == read


@pytest.mark.parametrize("size", [0, 1, 128, 255])
def test_a_short_text_is_no_record(size: int) -> None:
    with pytest.raises(RecordError):
        decode(SimulatedCard(RESIDENT).text[:size])


@pytest.mark.parametrize(("offset", "width"), [(0, 15), (122, 18)])
def test_a_card_without_name_or_number_is_no_record_and_the_error_quotes_nothing(
    offset: int, width: int
) -> None:
    with pytest.raises(RecordError) as caught:
        decode(put(SimulatedCard(RESIDENT).text, offset, " " * width))
    assert str(caught.value) == "no name or no number"


def test_text_and_photo_are_split_by_the_lengths_that_the_card_tells() -> None:
    card = SimulatedCard(RESIDENT)
    assert split_parts(card.base_data, 2) == (card.text, RESIDENT.photo_wlt)
    assert len(RESIDENT.photo_wlt) == 1024


@pytest.mark.parametrize(
    "data", [b"", b"\x01", struct.pack(">HH", 256, 1024), struct.pack(">HH", 2, 0) + b"abc"]
)
def test_lengths_that_do_not_fit_are_no_record(data: bytes) -> None:
    with pytest.raises(RecordError):
        split_parts(data, 2)


@given(st.binary(max_size=600))
def test_no_input_makes_the_codec_raise_anything_but_its_own_error(data: bytes) -> None:
    for attempt in (lambda: decode(data), lambda: decode(*split_parts(data, 2))):
        try:
            record = attempt()
        except RecordError:
            continue
        assert record.name
        assert "\0" not in record.name
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(record), type=CardRecord) == record


@given(st.binary(max_size=80))
def test_a_later_address_is_text_whatever_comes(data: bytes) -> None:
    address = decode_address(data)
    assert address == address.strip()
    assert len(address) <= 35


def test_a_later_address_is_read_without_its_padding() -> None:
    moved = SimulatedCard(replace(RESIDENT, later_address="广东省深圳市光明区凤凰街道9号"))
    assert len(moved.address_data) == 70
    assert decode_address(moved.address_data) == "广东省深圳市光明区凤凰街道9号"


@pytest.mark.parametrize("size", [0, 512, 1024])
def test_fingerprints_are_split_off_by_the_length_that_the_card_tells(size: int) -> None:
    card = SimulatedCard(replace(RESIDENT, fingerprints=bytes(size)))
    parts = split_parts(card.data_with_fingerprints, 3)
    assert parts == (card.text, RESIDENT.photo_wlt, bytes(size))
    assert decode(*parts).fingerprints == bytes(size)


def test_the_numbers_of_a_chip_are_three_and_show_nothing() -> None:
    numbers = chip_numbers(bytes(range(28)))
    assert numbers.issue + numbers.serial + numbers.document == bytes(range(28))
    assert [len(part) for part in (numbers.issue, numbers.serial, numbers.document)] == [4, 8, 16]
    assert repr(numbers) == "ChipNumbers(…)"


def test_a_record_does_not_show_the_person() -> None:
    assert "陈" not in repr(RESIDENT)


@pytest.mark.parametrize(
    ("code", "name"), [("01", "汉"), ("30", "土"), ("56", "基诺"), ("98", "外国血统中国籍人士")]
)
def test_ethnic_groups_have_the_names_of_the_standard(code: str, name: str) -> None:
    assert ethnic_name(code) == name


def test_a_large_serial_of_the_security_module_is_not_negative() -> None:
    data = struct.pack("<HHIII", 5, 3, 20260401, 4_000_000_000, 7)
    assert sam_number(data) == "05.03-20260401-4000000000-0000000007"
