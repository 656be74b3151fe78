import numpy as np
import zxingcpp
from escpos.printer import Dummy
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.sim.escpos.engine import Engine
from devices.sim.escpos.registers import Mishap, Trouble
from devices.sim.escpos.tokens import Command, RealTimeScanner

PIECES = st.sampled_from(
    [
        *(bytes((prefix, letter)) for prefix in (0x1B, 0x1C, 0x1D) for letter in b"@!adJ23EM-&.SVvrak"),
        b"\x1d(k\x04\x00\x31\x43\x05\x00",
        b"\x1d(L\x02\x00\x30\x32",
        b"\x10\x04\x01",
        b"\x10\x05\x02",
        "宝安".encode("gbk"),
        b"\x0a",
        b"\x00",
        b"\x02",
        b"\xff",
    ]
)


class Bench:
    def __init__(self) -> None:
        self.slips: list[Image.Image] = []
        self.said = b""
        self.hung_up = 0
        self.engine = Engine(576, self.slips.append, self._hear, self._hang_up)

    def _hear(self, data: bytes) -> None:
        self.said += data

    def _hang_up(self, mishap: Mishap) -> None:
        assert mishap in Mishap
        self.hung_up += 1


def dots(slip: Image.Image) -> list[bytes]:
    return [bytes(row) for row in np.asarray(slip)]


def ink_columns(slip: Image.Image) -> tuple[int, int]:
    columns = np.flatnonzero(np.asarray(slip).min(axis=0) == 0)
    return int(columns.min()), int(columns.max())


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=12).map(b"".join))
def test_no_stream_of_bytes_stops_the_printer(data: bytes) -> None:
    bench = Bench()
    bench.engine.receive(data)
    bench.engine.receive(bytes(2000))
    bench.engine.receive(b"\x10\x04\x01")
    assert bench.said.endswith(b"\x12")


@settings(max_examples=40)
@given(st.data())
def test_the_same_bytes_in_other_pieces_print_the_same(draw: st.DataObject) -> None:
    printer = Dummy(profile="NT-80-V-UL")
    printer.set(align="center", bold=True)
    printer.text("Slip 1\n")
    printer.cut()
    data = "\x1b@深圳市宝安区\n".encode("gbk") + bytes(printer.output) + b"\x1d\x72\x01"
    cuts = sorted(draw.draw(st.lists(st.integers(0, len(data)), max_size=6)))
    whole, torn = Bench(), Bench()
    whole.engine.receive(data)
    for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
        torn.engine.receive(data[start:end])
    assert [dots(slip) for slip in torn.slips] == [dots(slip) for slip in whole.slips]
    assert (torn.said, torn.engine.unknown) == (whole.said, [])


def test_text_alignment_and_size_are_those_asked_for() -> None:
    bench = Bench()
    for setting in (b"", b"\x1ba\x01", b"\x1ba\x02", b"\x1d!\x11"):
        bench.engine.receive(b"\x1b@" + setting + "回执".encode("gbk") + b"\n\x1bd\x06\x1dV\x00")
    left, centred, right, large = [ink_columns(slip) for slip in bench.slips]
    assert left[1] < 32 + 48
    assert 32 + 264 <= centred[0] <= centred[1] < 32 + 312
    assert right[0] >= 32 + 576 - 48
    assert large[1] - large[0] > 1.8 * (left[1] - left[0])


def test_a_line_that_is_too_long_goes_on_in_the_next() -> None:
    bench = Bench()
    bench.engine.receive("宝".encode("gbk") * 30 + b"\n\x1bd\x06\x1dV\x00")
    bench.engine.receive("宝".encode("gbk") * 20 + b"\n\x1bd\x06\x1dV\x00")
    long, short = bench.slips
    assert long.height == short.height + 30


def test_the_printer_draws_a_qr_code_of_its_own() -> None:
    bench = Bench()
    printer = Dummy(profile="NT-80-V-UL")
    printer.qr(  # pyright: ignore[reportUnknownMemberType]  # the library is not typed
        "https://acceptance.example/p/1", native=True, size=6
    )
    printer.cut()
    bench.engine.receive(bytes(printer.output))
    assert [found.text for found in zxingcpp.read_barcodes(bench.slips[0])] == [
        "https://acceptance.example/p/1"
    ]
    assert bench.engine.unknown == []


def test_both_ways_of_sending_a_picture_print_the_same() -> None:
    random = np.random.default_rng(3)
    picture = Image.fromarray(random.integers(0, 2, (64, 128)).astype(bool))
    slips: list[Image.Image] = []
    for way in ("bitImageRaster", "graphics"):
        bench = Bench()
        printer = Dummy(profile="NT-80-V-UL")
        printer.image(picture, impl=way)  # pyright: ignore[reportUnknownMemberType]  # the library is not typed
        printer.cut()
        bench.engine.receive(bytes(printer.output))
        assert bench.engine.unknown == []
        slips += bench.slips
    assert dots(slips[0]) == dots(slips[1])


def test_what_waits_while_the_cover_is_open_is_printed_when_it_is_closed() -> None:
    bench = Bench()
    bench.engine.set_trouble(Trouble.COVER_OPEN, on=True)
    bench.engine.receive(b"A\n\x1bd\x06\x1dV\x00\x1d\x72\x01\x10\x04\x02")
    assert (bench.slips, bench.said) == ([], b"\x16")
    bench.engine.set_trouble(Trouble.COVER_OPEN, on=False)
    bench.engine.work()
    assert (len(bench.slips), bench.said) == (1, b"\x16\x00")


def test_a_full_buffer_takes_no_more_bytes() -> None:
    bench = Bench()
    bench.engine.set_trouble(Trouble.PAPER_OUT, on=True)
    bench.engine.receive(bytes(64 * 1024))
    assert not bench.engine.takes_bytes
    bench.engine.set_trouble(Trouble.PAPER_OUT, on=False)
    bench.engine.work()
    assert bench.engine.takes_bytes


def test_real_time_commands_are_found_wherever_the_stream_is_torn() -> None:
    data = b"\x1d\x76\x10\x04\x02\x00\x10\x05\x02"
    for at in range(len(data) + 1):
        scanner = RealTimeScanner()
        found = scanner.feed(data[:at]) + scanner.feed(data[at:])
        assert [command for _, command in found] == [
            Command("DLE EOT", b"\x02"),
            Command("DLE ENQ", b"\x02"),
        ]
