"""Both ends of the bench's control socket."""

import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self, cast

import msgspec

from devices.sim.listening import Listener
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
from devices.sim.sdt_reader import LineFault


class BadOrderError(Exception):
    """The bench cannot do that; the text says why."""


class ControlServer:
    """Takes orders on a Unix socket: one JSON object a line, one answer a line.

    Args:
        path: Where the socket appears.
        obey: Carries out one order and returns what to answer besides ``ok``; raises BadOrderError.
    """

    def __init__(self, path: Path, obey: Callable[[Order], Mapping[str, Any]]) -> None:
        self._path = path
        self._obey = obey
        self._decoder = msgspec.json.Decoder(Order)

    def __enter__(self) -> Self:
        """Start serving."""
        self._path.unlink(missing_ok=True)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listening.bind(str(self._path))
        listening.listen()
        self._listener = Listener(listening, self._converse)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self._listener.close()
        self._path.unlink(missing_ok=True)

    def _converse(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as lines:
            for line in lines:
                connection.sendall(msgspec.json.encode(self._answer(line)) + b"\n")

    def _answer(self, line: bytes) -> Mapping[str, Any]:
        try:
            return {"ok": True, **self._obey(self._decoder.decode(line))}
        except (msgspec.MsgspecError, BadOrderError) as error:
            return {"error": str(error)}


class BenchClient:
    """Gives orders to a bench; a context manager, for one thread.

    Args:
        path: The bench's control socket.
    """

    def __init__(self, path: Path) -> None:
        self._link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._link.connect(str(path))
        self._answers = self._link.makefile("rb")

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._answers.close()
        self._link.close()

    def order(self, order: Order) -> Mapping[str, Any]:
        """Have one order carried out and return the bench's answer.

        Raises:
            BadOrderError: The bench cannot do that.
            ConnectionError: The bench is gone.
        """
        self._link.sendall(msgspec.json.encode(order) + b"\n")
        line = self._answers.readline()
        if not line:
            raise ConnectionError("the bench hung up")
        answer = cast("dict[str, Any]", msgspec.json.decode(line))
        if "error" in answer:
            raise BadOrderError(answer["error"])
        return answer

    def place_card(self, card: str) -> None:
        """Lay a card of the scenario on the reader."""
        self.order(CardPlace(card))

    def pull_card(self) -> None:
        """Take the card away."""
        self.order(CardPull())

    def pull_card_after(self, sent_bytes: int) -> None:
        """Take the card away after so many bytes of the next base read."""
        self.order(CardPullAfter(sent_bytes))

    def disturb_reader(self, fault: LineFault, answers: int | None = None) -> None:
        """Disturb the reader's next answers, or all until ``recover_reader``."""
        self.order(IdCardFault(fault, answers))

    def force_status(self, command: str, sw3: int) -> None:
        """Have the reader answer a command with this status until ``recover_reader``."""
        self.order(IdCardForce(command, sw3))

    def recover_reader(self) -> None:
        """Have nothing go wrong with the reader any more."""
        self.order(IdCardRecover())

    def unplug_reader(self) -> None:
        """Pull the reader's plug."""
        self.order(IdCardUnplug())

    def replug_reader(self) -> None:
        """Plug the reader in again."""
        self.order(IdCardReplug())

    def show_code(self, text: str) -> None:
        """Hold a phone with this code before the code scanner."""
        self.order(CodeShow(text))

    def paper(self, *, out: bool = False, low: bool = False) -> None:
        """Take the roll out, put one in, or let it run low."""
        self.order(PrinterPaper(out, low))

    def cover(self, *, is_open: bool) -> None:
        """Open or close the printer's cover."""
        self.order(PrinterCover(is_open))

    def mute_printer(self, *, on: bool) -> None:
        """Have the printer print and say nothing, or speak again."""
        self.order(PrinterMute(on))

    def slips(self) -> tuple[Path, ...]:
        """Return the pictures of all slips so far, oldest first."""
        return tuple(Path(path) for path in self.order(PrinterSlips())["slips"])

    def lay_page(self, card: str) -> None:
        """Lay a document of the person on that card on the scanner's glass."""
        self.order(ScannerPage(card))

    def cut_network(self) -> None:
        """Cut the network cable."""
        self.order(NetworkCut())

    def restore_network(self) -> None:
        """Mend the network cable."""
        self.order(NetworkRestore())
