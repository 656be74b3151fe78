"""The smart card service (pcscd) as far as the driver uses it, with its numbers translated.

The low-level module is used, never pyscard's monitors: those end for ever when the service is restarted.
pyscard carries no types: everything untyped stays in this file.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportAttributeAccessIssue=false, reportMissingModuleSource=false

import os
from dataclasses import dataclass
from typing import Final, Self

from smartcard import scard

from devices.errors import DeviceError, Remedy, Severity
from devices.health import ABSENT

SERVICE_DOWN: Final = "smartcard.service-down"
NO_CARD: Final = "smartcard.no-card"
REMOVED: Final = "smartcard.removed"
MUTE: Final = "smartcard.mute"
IN_USE: Final = "smartcard.in-use"

PNP: Final = "\\\\?PnP?\\Notification"
"""Name of a reader that is none: its state changes when readers come and go."""
_SOCKET_VARIABLE: Final = "PCSCLITE_CSOCK_NAME"
_PROTOCOLS: Final = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
_LEAST_ANSWER_BYTES: Final = 2
_COUNTER_SHIFT: Final = 16
_FLAGS: Final = (1 << _COUNTER_SHIFT) - 1
_GONE_FLAGS: Final = scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE | scard.SCARD_STATE_IGNORE


class ServiceDownError(DeviceError):
    """Nobody answers for the smart card service, or it lost us: ``smartcard.service-down`` (retry).

    What needs the reader waits, so it costs more than most that pass by themselves.
    """

    def __init__(self, device: str, detail: str) -> None:
        super().__init__(device, SERVICE_DOWN, Remedy.RETRY, detail, Severity.BLOCK)


@dataclass(frozen=True, slots=True)
class ReaderState:
    """One reader as the service sees it.

    Args:
        known: Whether the reader is there at all.
        present: Whether something sits in it.
        mute: Whether that does not answer.
        events: How often cards came and went since the service found the reader, modulo 65 536.
        atr: What the card answered to reset.
        flags: The service's own word for it, to wait for the next one.
    """

    known: bool
    present: bool
    mute: bool
    events: int
    atr: bytes
    flags: int

    @classmethod
    def of(cls, flags: int, atr: bytes) -> Self:
        """Read the service's word (pcsclite.h: SCARD_STATE_…, and a counter above them)."""
        present = bool(flags & scard.SCARD_STATE_PRESENT)
        return cls(
            known=bool(flags & _FLAGS & ~scard.SCARD_STATE_CHANGED) and not flags & _GONE_FLAGS,
            present=present,
            mute=present and (bool(flags & scard.SCARD_STATE_MUTE) or not atr),
            events=flags >> _COUNTER_SHIFT & _FLAGS,
            atr=atr,
            flags=flags & ~scard.SCARD_STATE_CHANGED,
        )


UNSEEN: Final = ReaderState(
    known=False, present=False, mute=False, events=0, atr=b"", flags=scard.SCARD_STATE_UNAWARE
)
"""A reader that nobody has looked at; waiting for its next state returns at once."""


class PcscContext:
    """One conversation with the service, for one thread; ``cancel`` alone may come from another.

    Args:
        device: Logical name, for errors.

    Raises:
        ServiceDownError: It does not run.
    """

    def __init__(self, device: str) -> None:
        self._device = device
        result, self._context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        if result != scard.SCARD_S_SUCCESS:
            raise ServiceDownError(device, _words(result))

    def __enter__(self) -> Self:
        """Return the context itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of it."""
        self.release()

    def readers(self) -> tuple[str, ...]:
        """Return the names of all readers, which may be none.

        Raises:
            ServiceDownError: The service is gone.
        """
        result, names = scard.SCardListReaders(self._context, [])
        if result == scard.SCARD_E_NO_READERS_AVAILABLE:
            return ()
        if result != scard.SCARD_S_SUCCESS:
            raise ServiceDownError(self._device, _words(result))
        return tuple(names)

    def wait(self, known: dict[str, ReaderState], timeout_s: float) -> dict[str, ReaderState]:
        """Return the states once one of them is other than ``known``, or all of ``known`` after the timeout.

        A reader that the service does not know comes back as ``UNSEEN``.

        Raises:
            ServiceDownError: The service is gone.
        """
        asked = [(name, state.flags) for name, state in known.items()]
        result, told = scard.SCardGetStatusChange(self._context, round(timeout_s * 1000), asked)
        if result in {scard.SCARD_E_TIMEOUT, scard.SCARD_E_CANCELLED}:
            return known
        if result == scard.SCARD_E_UNKNOWN_READER:
            return dict.fromkeys(known, UNSEEN)
        if result != scard.SCARD_S_SUCCESS:
            raise ServiceDownError(self._device, _words(result))
        return {name: ReaderState.of(flags, bytes(atr)) for name, flags, atr in told}

    def state(self, reader: str) -> ReaderState:
        """Return one reader's state now.

        Raises:
            ServiceDownError: The service is gone.
        """
        return self.wait({reader: UNSEEN}, 0.0)[reader]

    def connect(self, reader: str) -> "PcscCard":
        """Take the card for this process alone.

        Exclusively rather than shared with a transaction: nobody else on a terminal has business with the
        card, nobody can slip in between connecting and the transaction, and a stranger who holds the card
        is a refusal at once (``smartcard.in-use``) where a transaction would wait for him without end.

        Raises:
            ServiceDownError: The service is gone.
            DeviceError: ``smartcard.in-use`` (retry), ``smartcard.no-card`` (resident), ``smartcard.mute``
                (resident), ``device.absent`` (service).
        """
        result, card, protocol = scard.SCardConnect(
            self._context, reader, scard.SCARD_SHARE_EXCLUSIVE, _PROTOCOLS
        )
        if result != scard.SCARD_S_SUCCESS:
            raise _error(self._device, result)
        return PcscCard(self._device, card, protocol)

    def cancel(self) -> None:
        """Have a ``wait`` under way on another thread return."""
        scard.SCardCancel(self._context)

    def release(self) -> None:
        """Let go of the conversation."""
        scard.SCardReleaseContext(self._context)


class PcscCard:
    """One card that nobody else can speak to until ``disconnect``.

    Args:
        device: Logical name, for errors.
        handle: Of the service.
        protocol: What reader and card agreed on.
    """

    def __init__(self, device: str, handle: int, protocol: int) -> None:
        self._device = device
        self._handle = handle
        t1 = protocol == scard.SCARD_PROTOCOL_T1
        self._protocol = scard.SCARD_PCI_T1 if t1 else scard.SCARD_PCI_T0

    def transmit(self, apdu: bytes) -> bytes:
        """Send one command APDU and return data and status, at least two bytes; blocks as long as the card.

        Raises:
            ServiceDownError: The service is gone.
            DeviceError: ``smartcard.removed`` (resident): the card is not there any more, or not the same.
        """
        result, answer = scard.SCardTransmit(self._handle, self._protocol, list(apdu))
        if result == scard.SCARD_S_SUCCESS and len(answer) >= _LEAST_ANSWER_BYTES:
            return bytes(answer)
        # HARDWARE: a card that is pulled during a command leaves "success" and no answer (pcsc-lite 1.9.9),
        # and the service notices up to 0.4 s later: what is no answer is a card that went, unless the
        # service itself went.
        status = scard.SCardStatus(self._handle)[0]
        if status in _SERVICE_GONE or result in _SERVICE_GONE:
            raise ServiceDownError(self._device, _words(status))
        detail = "no answer" if result == scard.SCARD_S_SUCCESS else _words(result)
        raise DeviceError(self._device, REMOVED, Remedy.RESIDENT, detail)

    def disconnect(self) -> None:
        """Let go of the card and take its power, so that nothing that was proved to it holds any longer."""
        scard.SCardDisconnect(self._handle, scard.SCARD_UNPOWER_CARD)


def use_service_socket(path: str) -> None:
    """Have this process speak to the service behind another socket; before its first context."""
    os.environ[_SOCKET_VARIABLE] = path


_SERVICE_GONE: Final = frozenset(
    {
        scard.SCARD_E_NO_SERVICE,
        scard.SCARD_E_SERVICE_STOPPED,
        scard.SCARD_E_INVALID_HANDLE,
        scard.SCARD_F_COMM_ERROR,
        scard.SCARD_F_INTERNAL_ERROR,
    }
)
_REFUSALS: Final = {
    scard.SCARD_E_SHARING_VIOLATION: (IN_USE, Remedy.RETRY),
    scard.SCARD_E_NO_SMARTCARD: (NO_CARD, Remedy.RESIDENT),
    scard.SCARD_W_REMOVED_CARD: (NO_CARD, Remedy.RESIDENT),
    scard.SCARD_W_UNPOWERED_CARD: (MUTE, Remedy.RESIDENT),
    scard.SCARD_W_UNRESPONSIVE_CARD: (MUTE, Remedy.RESIDENT),
    scard.SCARD_W_UNSUPPORTED_CARD: (MUTE, Remedy.RESIDENT),
    scard.SCARD_E_PROTO_MISMATCH: (MUTE, Remedy.RESIDENT),
    scard.SCARD_E_UNKNOWN_READER: (ABSENT, Remedy.SERVICE),
    scard.SCARD_E_READER_UNAVAILABLE: (ABSENT, Remedy.SERVICE),
}


def _error(device: str, result: int) -> DeviceError:
    refusal = _REFUSALS.get(result)
    if refusal is None:
        return ServiceDownError(device, _words(result))
    code, remedy = refusal
    return DeviceError(device, code, remedy, _words(result))


def _words(result: int) -> str:
    return f"{scard.SCardGetErrorMessage(result).rstrip('.')} (0x{result & 0xFFFFFFFF:08X})"
