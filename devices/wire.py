"""Messages between a device's process and the program: one msgpack value per datagram."""

import os
import select
import socket
from array import array
from collections.abc import Mapping
from typing import Any, Generic, Self, TypeVar

import msgspec

from devices.errors import Remedy, Severity
from devices.health import Health
from devices.model import (
    CardDetected,
    CardRead,
    CardReadFailed,
    CardRemoved,
    CodeScanned,
    DeviceEvent,
    DeviceSpec,
    HealthChanged,
    Reading,
    ReadingsChanged,
    SmartCardInserted,
    SmartCardRemoved,
)

MAX_BYTES = 128 * 1024
"""Largest message: far above any card or slip, below the kernel's default limit for one datagram."""

DOCUMENT = "document"
"""Name of the argument under which a driver finds the bytes that came in memory of their own."""

_EVENTS: Mapping[str, type[DeviceEvent]] = {
    "health-changed": HealthChanged,
    "card-detected": CardDetected,
    "card-read": CardRead,
    "card-read-failed": CardReadFailed,
    "card-removed": CardRemoved,
    "readings-changed": ReadingsChanged,
    "smart-card-inserted": SmartCardInserted,
    "smart-card-removed": SmartCardRemoved,
    "code-scanned": CodeScanned,
}
_TAGS: Mapping[type[DeviceEvent], str] = {kind: tag for tag, kind in _EVENTS.items()}


class WireError(Exception):
    """The other side broke the format: it is not the program that it should be, or it is out of its mind."""


class _Message(msgspec.Struct, frozen=True, tag_field="message"):
    def __repr__(self) -> str:
        """Hide the contents, which may be personal data, from logs and tracebacks."""
        return f"{type(self).__name__}()"


# From the program to the device's process ---------------------------------------------------------


class Setup(_Message, frozen=True, tag="setup"):
    """First message: which device this process is."""

    spec: DeviceSpec


class Command(_Message, frozen=True, tag="command"):
    """Do one thing; answered by ``Done`` or ``Failed`` with the same id, or by ``Picture``.

    A stream of pictures ends with ``Done`` or ``Failed``. What is too large for a message comes as a
    descriptor beside it, and stands among the arguments as ``DOCUMENT`` when the driver gets them.
    """

    id: int
    name: str
    arguments: dict[str, Any]


class Cancel(_Message, frozen=True, tag="cancel"):
    """Break off the command with this id; its answer comes all the same."""

    id: int


class Taken(_Message, frozen=True, tag="taken"):
    """A picture of the stream with this id was taken, so that another one may come."""

    id: int


class Stir(_Message, frozen=True, tag="stir"):
    """Something was plugged in or pulled out somewhere: look now."""


# From the device's process to the program ---------------------------------------------------------


class Ready(_Message, frozen=True, tag="ready"):
    """The device was opened; ``identity`` is what it says of itself."""

    identity: dict[str, str]


class Beat(_Message, frozen=True, tag="beat"):
    """The process is alive and its driver comes back from its calls."""


class HealthIs(_Message, frozen=True, tag="health"):
    """The device's health is no longer what it was."""

    health: Health


class ReadingsAre(_Message, frozen=True, tag="readings"):
    """What the device tells of itself besides its health is no longer what it was."""

    readings: dict[str, Reading]


class Said(_Message, frozen=True, tag="said"):
    """The device said something unasked."""

    kind: str
    body: msgspec.Raw

    @classmethod
    def of(cls, event: DeviceEvent) -> "Said":
        """Pack one event."""
        return cls(_TAGS[type(event)], msgspec.Raw(msgspec.msgpack.encode(event)))

    def event(self) -> DeviceEvent:
        """Unpack the event.

        Raises:
            WireError: It is none that this program knows.
        """
        try:
            return msgspec.msgpack.decode(self.body, type=_EVENTS[self.kind])
        except (KeyError, msgspec.MsgspecError) as error:
            raise WireError(f"bad event {self.kind!r}") from error


class Done(_Message, frozen=True, tag="done"):
    """A command succeeded."""

    id: int
    result: Any


class Failed(_Message, frozen=True, tag="failed"):
    """A command failed; see ``DeviceError``."""

    id: int
    code: str
    remedy: Remedy
    detail: str
    severity: Severity | None = None


class Picture(_Message, frozen=True, tag="picture"):
    """A command answered with a frame, whose pixels come as a descriptor beside this message.

    Args:
        id: Of the command.
        height: In pixels.
        width: In pixels.
        taken_s: Monotonic seconds at capture.
        streamed: Whether it is one of a stream, after which more may come.
    """

    id: int
    height: int
    width: int
    taken_s: float
    streamed: bool = False


class Ring(_Message, frozen=True, tag="ring"):
    """The memory in which preview frames appear comes as a descriptor beside this message."""


Downward = Setup | Command | Cancel | Taken | Stir
Upward = Ready | Beat | HealthIs | ReadingsAre | Said | Done | Failed | Picture | Ring


_ONE_DESCRIPTOR = socket.CMSG_LEN(array("i").itemsize)

In = TypeVar("In")


class Channel(Generic[In]):
    """One end of the pair of sockets between a device's process and the program.

    Datagrams keep message and descriptor together and make torn messages impossible.

    Args:
        link: Connected ``SOCK_SEQPACKET`` socket; the channel owns it.
        decoder: Of the messages that may arrive here.
        patient: Whether ``send`` waits for a full buffer or takes it for the other side being gone.
    """

    def __init__(self, link: socket.socket, decoder: msgspec.msgpack.Decoder[In], *, patient: bool) -> None:
        self._link = link
        self._decoder = decoder
        self._flags = 0 if patient else socket.MSG_DONTWAIT
        self._poll = select.poll()
        self._poll.register(link, select.POLLIN)

    def send(self, message: Downward | Upward, descriptor: int | None = None) -> bool:
        """Send one message; the descriptor, if any, stays open here.

        Returns:
            False when the other side is gone.

        Raises:
            ValueError: The message is larger than ``MAX_BYTES`` (a bug of the caller).
        """
        data = msgspec.msgpack.encode(message)
        if len(data) > MAX_BYTES:
            raise ValueError(f"{type(message).__name__} of {len(data)} bytes is too large")
        try:
            # Not send_fds and recv_fds: those of Python 3.11 drop the flags.
            if descriptor is None:
                self._link.send(data, self._flags)
            else:
                rights = array("i", [descriptor])
                self._link.sendmsg([data], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)], self._flags)
        except OSError:
            return False
        return True

    def wait(self, timeout_s: float) -> bool:
        """Return whether a message, or the end, is there within ``timeout_s``."""
        return bool(self._poll.poll(max(timeout_s, 0.0) * 1000))

    def receive(self) -> tuple[In, int | None] | None:
        """Return the next message and its descriptor, or None when the other side is gone.

        The caller owns the descriptor.

        Raises:
            WireError: What came is no message.
        """
        try:
            data, beside, flags, _ = self._link.recvmsg(MAX_BYTES, _ONE_DESCRIPTOR, socket.MSG_CMSG_CLOEXEC)
        except OSError:
            return None
        descriptor = array("i", beside[0][2])[0] if beside else None
        if not data:
            return None
        try:
            message = self._decoder.decode(data)
        except msgspec.MsgspecError as error:
            if descriptor is not None:
                os.close(descriptor)
            raise WireError("a message was cut" if flags & socket.MSG_TRUNC else "no message") from error
        return message, descriptor

    def hang_up(self) -> None:
        """End the conversation for both sides; a waiting ``receive`` returns None."""
        try:
            self._link.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # the other side was faster

    def close(self) -> None:
        """Let go of the socket."""
        self._link.close()

    def __enter__(self) -> Self:
        """Return the channel itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the socket."""
        self.close()


def device_end(link: socket.socket) -> Channel[Downward]:
    """Return the end that a device's process holds."""
    return Channel(link, msgspec.msgpack.Decoder(Downward), patient=True)


def program_end(link: socket.socket) -> Channel[Upward]:
    """Return the end that the program holds."""
    return Channel(link, msgspec.msgpack.Decoder(Upward), patient=False)
