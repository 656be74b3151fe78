"""What every line to a device offers that is a stream of bytes both ways, and how it fails."""

from typing import Final, Protocol

from devices.errors import DeviceError, Remedy

LINK_LOST: Final = "device.link-lost"
LINK_STALLED: Final = "device.link-stalled"


class LinkLostError(DeviceError):
    """The line broke or was unplugged.

    Args:
        device: Logical name.
        detail: What the system says.
        code: ``device.link-lost`` for a network, ``device.port-gone`` for what hangs on this machine.
        remedy: Who acts when it does not come back by itself.
    """

    def __init__(
        self, device: str, detail: str, code: str = LINK_LOST, remedy: Remedy = Remedy.RETRY
    ) -> None:
        super().__init__(device, code, remedy, detail)


class LinkStalledError(DeviceError):
    """The peer takes no more bytes: ``device.link-stalled`` (retry)."""

    def __init__(self, device: str, unsent_bytes: int) -> None:
        super().__init__(device, LINK_STALLED, Remedy.RETRY, f"{unsent_bytes} bytes not taken")
        self.unsent_bytes = unsent_bytes


class ByteStream(Protocol):
    """One open connection; what breaks it is raised by whatever is called next."""

    def send(self, data: bytes, timeout_s: float, *, urgent: bool = False) -> bytes:
        """Send all of ``data`` and return what the peer said meanwhile.

        Args:
            data: What to send.
            timeout_s: Within which all of it must be taken.
            urgent: Whether it may go out although the peer asked for a pause; it is short and the peer acts
                on it at once.

        Raises:
            LinkLostError: The connection broke.
            LinkStalledError: Not everything was taken within ``timeout_s``.
        """
        ...

    def receive(self, timeout_s: float) -> bytes:
        """Return what the peer has said, waiting up to ``timeout_s`` for the first byte; may be empty.

        Raises:
            LinkLostError: The connection broke.
        """
        ...

    def close(self) -> None:
        """Let go of the connection, and of what has not gone out yet."""
        ...
