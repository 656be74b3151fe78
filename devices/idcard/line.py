"""The way to one reader: finds it on its port or on the USB, at whatever speed it listens."""

import time
from typing import Final

from usb.backend import IBackend

from devices.errors import DeviceError
from devices.idcard.exchange import NO_ANSWER, ByteLine, SdtLink
from devices.idcard.frame import HEAD_BYTES, body_bytes
from devices.idcard.options import SdtOptions
from devices.idcard.questions import SPEEDS, set_radio_frame, set_speed
from devices.idcard.status import SUCCESS
from devices.transports.serial import SerialLine
from devices.transports.usb_pipes import Split, UsbPipes

_SPLIT: Final = Split(HEAD_BYTES, body_bytes)
_BITS_PER_BYTE: Final = 10  # start, eight data bits, stop
_SETTLE_S: Final = 0.02
"""Between the answer to a new speed and the first byte at it."""


class ReaderLine:
    """Connects to one reader again and again.

    Args:
        device: Logical name.
        options: Where it is.
        backend: What reaches the USB; the system's libusb unless told.

    Attributes:
        link: Open conversation, or None.
        number: The 16 bytes of the security module's number, from when the link was opened.
        speed: Of the open line in baud, ``"usb"``, or ``""`` while there is none.
    """

    def __init__(self, device: str, options: SdtOptions, backend: IBackend | None = None) -> None:
        self.link: SdtLink | None = None
        self.number = b""
        self.speed = ""
        self._device = device
        self._options = options
        self._backend = backend
        self._line: ByteLine | None = None
        self._others = [speed for speed in SPEEDS if speed != options.baud]

    def connect(self, *, thorough: bool) -> SdtLink:
        """Open the line and hear the reader.

        Args:
            thorough: Whether to try a silent reader at every speed, up to two seconds, or only at the one it
                is to have and one other, another one each time.

        Raises:
            DeviceError: The port's own, or ``idcard.no-answer``.
        """
        try:
            link = self._heard(thorough=thorough)
            if self._options.radio_frame is not None:
                link.ask(set_radio_frame(self._options.radio_frame))  # a reader may do without it
        except DeviceError:
            self.close()
            raise
        return link

    def close(self) -> None:
        """Let go of the line."""
        if self._line is not None:
            self._line.close()
        self._line = self.link = None
        self.speed = ""

    def _heard(self, *, thorough: bool) -> SdtLink:
        usb_id = self._options.usb_id
        if usb_id is not None:
            return self._hear(UsbPipes.open(self._device, usb_id, _SPLIT, self._backend), "usb", 0.0)
        try:
            return self._hear_at(self._options.baud)
        except DeviceError as error:
            found = self._hear_elsewhere(thorough=thorough) if error.code == NO_ANSWER else None
            if found is None:
                raise
            return found

    def _hear_elsewhere(self, *, thorough: bool) -> SdtLink | None:
        """Look for the reader at other speeds and set it to its own; the last one that helped comes first."""
        for _ in range(len(self._others) if thorough else 1):
            speed = self._others[0]
            try:
                return self._brought_back(self._hear_at(speed), speed)
            except DeviceError as error:
                if error.code != NO_ANSWER:
                    raise
            self._others.append(self._others.pop(0))
        return None

    def _brought_back(self, link: SdtLink, speed: int) -> SdtLink:
        """Set a reader that was heard at another speed to its own; one that does not take it stays there."""
        try:
            if link.ask(set_speed(self._options.baud)).sw3 != SUCCESS:
                return link
        except DeviceError as error:
            if error.code != NO_ANSWER:
                raise
            # Lost was the question or the answer: which one is heard at either speed.
        time.sleep(_SETTLE_S)
        try:
            return self._hear_at(self._options.baud)
        except DeviceError as error:
            if error.code != NO_ANSWER:
                raise
            return self._hear_at(speed)

    def _hear_at(self, baud: int) -> SdtLink:
        self.close()
        line = SerialLine.open(self._device, self._options.port, baud)
        return self._hear(line, str(baud), _BITS_PER_BYTE / baud)

    def _hear(self, line: ByteLine, speed: str, byte_s: float) -> SdtLink:
        self._line, self.speed = line, speed
        link = SdtLink(self._device, line, self._options.frame_timeout_s, byte_s)
        self.number = link.synchronise()
        self.link = link
        return link
