from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
import zxingcpp

from devices.model import Block, PairBlock, QrBlock, TextBlock
from devices.printer.fonts import find_fonts
from devices.printer.raster import WIDTH_PX, draw_slip
from kiosk.catalogue.loader import load_builtin
from kiosk.domain.masking import mask_name
from kiosk.domain.seal_mark import SealMark
from kiosk.domain.text import Language, Text
from kiosk.receipts import Place, receipt_blocks
from kiosk.session.states import Outcome
from offline_queue import FileSigner
from offline_queue.receipt_code import receipt_proof, verify_receipt

NAME, NUMBER = "欧阳阿婆", "11010519491231002X"
ITEM = load_builtin().item("old-age-allowance")
SAVED = Outcome(ITEM, "T0421-000137-K7", None, mask_name(NAME), 2)
RECEIVED = replace(SAVED, case_no="11440306SAMPLE00012440511001000202606010001")
AT = datetime(2026, 6, 1, 17, 30, tzinfo=UTC)
PLACE = Place("T0421", Text("新安街道党群服务中心", "Xin'an community centre"))
URL = "https://progress.example/p"


def slip(outcome: Outcome, language: Language = Language.ZH) -> tuple[Block, ...]:
    return receipt_blocks(outcome, language, AT, PLACE, URL)


def words(blocks: tuple[Block, ...]) -> str:
    said: list[str] = []
    for block in blocks:
        match block:
            case TextBlock():
                said.append(block.text)
            case PairBlock():
                said.append(f"{block.label}{block.value}")
            case _:
                pass
    return "".join(said)


def code(blocks: tuple[Block, ...]) -> str:
    (found,) = [block for block in blocks if isinstance(block, QrBlock)]
    return found.data


def test_what_was_received_says_so_with_the_case_number() -> None:
    said = words(slip(RECEIVED))
    assert "受理系统已收件" in said
    assert f"办件编号{RECEIVED.case_no}" in said
    assert "尚未送达" not in said


def test_what_is_not_delivered_says_so_large_and_what_happens_next() -> None:
    blocks = slip(SAVED)
    said = words(blocks)
    assert "申请材料已保存，尚未送达受理系统" in said
    assert "已收件" not in said
    assert "办件编号1" not in said
    assert "自动送达" in said
    large = "".join(block.text for block in blocks if isinstance(block, TextBlock) and block.size == "large")
    assert large == "申请材料已保存，尚未送达受理系统"


@pytest.mark.parametrize("outcome", [SAVED, RECEIVED])
@pytest.mark.parametrize("language", list(Language))
def test_every_slip_carries_number_item_time_pages_and_whom_to_ask(
    outcome: Outcome, language: Language
) -> None:
    said = words(slip(outcome, language))
    for expected in (
        "T0421-000137-K7",
        ITEM.name.in_(Language.ZH_HANT if language is Language.ZH_HANT else Language.ZH),
        ITEM.name.en,
        "2026-06-02 01:30",
        "欧阳*",
        "12345",
    ):
        assert expected in said
    assert PLACE.name.in_(language) in said


@pytest.mark.parametrize("outcome", [SAVED, RECEIVED])
@pytest.mark.parametrize("language", list(Language))
def test_no_slip_carries_the_name_or_the_number(outcome: Outcome, language: Language) -> None:
    blocks = slip(outcome, language)
    for secret in (NAME, NAME[2:], NUMBER, NUMBER[-4:]):
        assert secret not in words(blocks)
        assert secret not in code(blocks)


def test_the_code_leads_to_the_progress_of_this_application() -> None:
    saved, received = urlsplit(code(slip(SAVED))), urlsplit(code(slip(RECEIVED)))
    assert saved.netloc == "progress.example"
    assert parse_qs(saved.query) == {"receipt": ["T0421-000137-K7"]}
    assert parse_qs(received.query)["case"] == [RECEIVED.case_no]


def test_an_english_slip_has_no_chinese_but_names_that_have_no_other_form() -> None:
    said = words(slip(SAVED, Language.EN)).replace(ITEM.name.zh, "").replace("欧阳*", "")
    assert not any("\u4e00" <= character <= "\u9fff" for character in said)


def test_an_application_without_pages_says_none() -> None:
    assert "提交材料无" in words(slip(replace(SAVED, pages=0)))


def test_a_slip_about_sample_content_says_that_it_proves_nothing() -> None:
    assert "演示内容" in words(slip(SAVED))
    assert "演示内容" not in words(slip(replace(SAVED, item=replace(ITEM, sample=False))))


def test_a_slip_printed_again_says_so() -> None:
    again = receipt_blocks(SAVED, Language.ZH, AT, PLACE, URL, reprint=True)
    assert "重新打印" in words(again)
    assert "重新打印" not in words(slip(SAVED))


def test_the_slip_names_the_help_line_of_its_terminal() -> None:
    said = words(receipt_blocks(SAVED, Language.ZH, AT, replace(PLACE, hotline="0755-27870000"), URL))
    assert said.count("0755-27870000") == 2
    assert "12345" not in said


# Property 27: the signed code, read back from the paper of either width and proven without the network.
NUMBER_GIVEN = "T0421-000137-96"
LONG_URL = "https://progress.baoan.example/case"


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> FileSigner:
    return FileSigner.make(tmp_path_factory.mktemp("key") / "device-key.pem")


@pytest.mark.parametrize("outcome", [SAVED, RECEIVED])
@pytest.mark.parametrize("paper_mm", [58, 80])
def test_the_code_on_the_paper_proves_which_terminal_gave_the_slip_out(
    outcome: Outcome, paper_mm: int, signer: FileSigner
) -> None:
    digest = bytes(range(32))
    mark = SealMark(digest.hex()[:8], receipt_proof(signer, NUMBER_GIVEN, bytes(16), digest))
    given = replace(outcome, receipt_no=NUMBER_GIVEN, seal=mark)
    blocks = receipt_blocks(given, Language.ZH, AT, PLACE, LONG_URL)
    picture = draw_slip("printer-1", blocks, WIDTH_PX[paper_mm], find_fonts("printer-1"))
    (read,) = zxingcpp.read_barcodes(picture.convert("L"))
    said = verify_receipt(read.text, {signer.public.kid: signer.public})
    assert (said.receipt_no, said.digest16) == (NUMBER_GIVEN, digest[:16])
    modules = len(segno.make_qr(read.text, error="m", boost_error=False).matrix)
    corners = read.position
    assert (corners.top_right.x - corners.top_left.x) / modules > 4.5


@pytest.mark.parametrize("outcome", [SAVED, RECEIVED])
def test_the_slip_shows_the_start_of_the_container_s_fingerprint(outcome: Outcome) -> None:
    assert "封存码00010203" in words(slip(replace(outcome, seal=SealMark("00010203"))))
    assert "封存码" not in words(slip(outcome))


def test_a_terminal_without_a_key_prints_the_link_without_a_proof() -> None:
    assert "proof" not in code(slip(SAVED))


def test_a_clock_that_no_time_server_has_set_is_said_to_be_rough() -> None:
    said = words(receipt_blocks(SAVED, Language.ZH, AT, replace(PLACE, clock_is_rough=True), URL))
    assert "约 20" in said
    assert "约 20" not in words(receipt_blocks(SAVED, Language.ZH, AT, PLACE, URL))


def test_a_slip_names_who_filed_it_masked_beside_the_applicant() -> None:
    assert "代办人" not in words(slip(RECEIVED))
    said = words(slip(replace(RECEIVED, masked_agent="周*")))
    assert f"申请人{mask_name(NAME)}" in said
    assert "代办人周*" in said
