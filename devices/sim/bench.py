"""All simulated devices of one terminal, and the network cable, in one place."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self, assert_never, cast

import msgspec

from devices.model import DeviceSpec, Kind
from devices.sim import wlt_helper
from devices.sim.camera_frames import write_sequence
from devices.sim.cards import SimulatedCard, load_cards
from devices.sim.code_scanner import SimulatedCodeScanner
from devices.sim.control import BadOrderError, ControlServer
from devices.sim.escpos_printer import SimulatedPrinter
from devices.sim.link import Link
from devices.sim.orders import (
    CardPlace,
    CardPull,
    CardPullAfter,
    CodeShow,
    IdCardFault,
    IdCardForce,
    IdCardRecover,
    IdCardReplug,
    IdCardUnplug,
    NetworkCut,
    NetworkRestore,
    Order,
    PrinterCover,
    PrinterMute,
    PrinterPaper,
    PrinterSlips,
    ScannerPage,
)
from devices.sim.page_source import write_page
from devices.sim.sdt_module import COMMANDS
from devices.sim.sdt_reader import SimulatedSdtReader

BENCH_FILE = "bench.json"
CONTROL_SOCKET = "control.sock"
FIRST_PAGE_OF = "resident-chen"


class Bench:
    """A context manager: inside, every device answers, and ``bench.json`` tells where.

    Args:
        run_dir: Where ports, pictures and the control socket appear; short, because a socket's path may
            have no more than 107 bytes.
        link_to: Host and port behind the network cable, or None for a terminal without one.
    """

    def __init__(self, run_dir: Path, link_to: tuple[str, int] | None = None) -> None:
        self.run_dir = run_dir.resolve()
        self.run_dir.mkdir(parents=True, exist_ok=True)
        self.control_path = self.run_dir / CONTROL_SOCKET
        self.page_path = self.run_dir / "page.ppm"
        self.cards = load_cards()
        self.reader = SimulatedSdtReader(self.run_dir / "idcard-port")
        self.codes = SimulatedCodeScanner(self.run_dir / "codes-port")
        self.printer = SimulatedPrinter(self.run_dir / "slips")
        self.link = Link(*link_to) if link_to else None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Switch everything on."""
        with ExitStack() as stack:
            frames = write_sequence(self.run_dir / "camera")
            self._lay_page(FIRST_PAGE_OF)
            sane = self.run_dir / "sane"
            sane.mkdir(exist_ok=True)
            (sane / "dll.conf").write_text("pnm\n", encoding="ascii")
            stack.enter_context(self.reader)
            stack.enter_context(self.codes)
            stack.enter_context(self.printer)
            if self.link is not None:
                stack.enter_context(self.link)
            stack.enter_context(ControlServer(self.control_path, self.obey))
            self._write_bench_file(frames, sane)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Switch everything off."""
        (self.run_dir / BENCH_FILE).unlink(missing_ok=True)
        self._stack.close()

    def obey(self, order: Order) -> Mapping[str, Any]:  # noqa: C901, PLR0912 - one line for each order
        """Carry out one order and return what there is to answer.

        Raises:
            BadOrderError: It names a card or command that there is not, or a cable that was not laid.
        """
        match order:
            case CardPlace(card):
                self.reader.place(self._card(card))
            case CardPull():
                self.reader.pull()
            case CardPullAfter(sent_bytes):
                self.reader.pull_after(sent_bytes)
            case IdCardFault(fault, answers):
                self.reader.disturb(fault, answers)
            case IdCardForce(command, sw3):
                if command not in COMMANDS:
                    raise BadOrderError(f"{command!r} is none of {', '.join(COMMANDS)}")
                self.reader.force(command, sw3)
            case IdCardRecover():
                self.reader.recover()
            case IdCardUnplug():
                self.reader.unplug()
            case IdCardReplug():
                self.reader.replug()
            case CodeShow(text):
                self.codes.show(text)
            case PrinterPaper(out, low):
                self.printer.paper_out(out)
                self.printer.near_end(low)
            case PrinterCover(is_open):
                self.printer.cover_open(is_open)
            case PrinterMute(on):
                self.printer.mute(on)
            case PrinterSlips():
                return {"slips": [str(path) for path in self.printer.slips()]}
            case ScannerPage(card):
                self._lay_page(card)
            case NetworkCut():
                self._cable().cut()
            case NetworkRestore():
                self._cable().restore()
            case _:
                assert_never(order)
        return {}

    def _card(self, name: str) -> SimulatedCard:
        if name not in self.cards:
            raise BadOrderError(f"{name!r} is none of {', '.join(self.cards)}")
        return self.cards[name]

    def _cable(self) -> Link:
        if self.link is None:
            raise BadOrderError("no cable was laid: the bench was started without a place to link to")
        return self.link

    def _lay_page(self, card: str) -> None:
        record = self._card(card).record
        write_page(self.page_path, record.name, record.number)

    def specs(self, frames: str, sane: Path) -> list[DeviceSpec]:
        """Return the devices as a profile names them.

        Args:
            frames: Pattern of the camera's pictures.
            sane: SANE's configuration folder.
        """
        scanner = {"device": "pnm:0", "config_dir": str(sane), "page_file": str(self.page_path)}
        reader = {"port": str(self.reader.link_path), "photo_helper": wlt_helper.command()}
        printer = {"host": "127.0.0.1", "port": self.printer.port}
        return [
            DeviceSpec("idcard-1", Kind.ID_CARD, "sdt", reader),
            DeviceSpec("scanner-1", Kind.SCANNER, "sane", scanner),
            DeviceSpec("camera-1", Kind.CAMERA, "opencv", {"path": frames}),
            DeviceSpec("printer-1", Kind.PRINTER, "escpos-tcp", printer),
            DeviceSpec("codes-1", Kind.CODE_SCANNER, "serial-codes", {"port": str(self.codes.link_path)}),
        ]

    def _write_bench_file(self, frames: str, sane: Path) -> None:
        told = {
            "control": str(self.control_path),
            "network": {"host": "127.0.0.1", "port": self.link.port} if self.link else None,
            "slips": str(self.run_dir / "slips"),
            "devices": self.specs(frames, sane),
        }
        fresh = self.run_dir / f"{BENCH_FILE}.new"
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(told)))
        fresh.replace(self.run_dir / BENCH_FILE)


def device_specs(run_dir: Path) -> tuple[DeviceSpec, ...]:
    """Return the devices of the bench that runs in ``run_dir``, as a profile names them.

    Raises:
        FileNotFoundError: None runs there.
    """
    return msgspec.convert(_bench_file(run_dir)["devices"], tuple[DeviceSpec, ...])


def network_port(run_dir: Path) -> int | None:
    """Return the loopback port at the terminal's end of the network cable, or None without one.

    Raises:
        FileNotFoundError: No bench runs there.
    """
    network = _bench_file(run_dir)["network"]
    return None if network is None else network["port"]


def _bench_file(run_dir: Path) -> dict[str, Any]:
    return cast("dict[str, Any]", msgspec.json.decode((run_dir / BENCH_FILE).read_bytes()))
