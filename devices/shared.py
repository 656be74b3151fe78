"""Pictures and documents in anonymous shared memory: without a name, a killed process leaves nothing."""

import fcntl
import mmap
import os
import struct

import numpy as np

from devices.model import Frame, Pixels

_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL


def _memory(name: str, size: int) -> int:
    descriptor = os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(descriptor, size)
    # A reader's mapping of memory that is cut short under it would end the reader with SIGBUS.
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
    return descriptor


# One picture --------------------------------------------------------------------------------------


def write_picture(pixels: Pixels) -> int:
    """Return a descriptor of memory that holds the pixels; the caller closes it.

    Args:
        pixels: ``(height, width, 3)`` uint8 BGR, at least one pixel.
    """
    descriptor = _memory("picture", pixels.nbytes)
    with mmap.mmap(descriptor, pixels.nbytes) as memory:
        memory[:] = np.ascontiguousarray(pixels).data.cast("B")
    return descriptor


def read_picture(descriptor: int, height: int, width: int) -> Pixels:
    """Return the pixels without copying them, read-only, and close the descriptor.

    Raises:
        ValueError: The memory is smaller than the picture should be.
    """
    size = height * width * 3
    try:
        memory = mmap.mmap(descriptor, size, access=mmap.ACCESS_READ)
    finally:
        os.close(descriptor)
    return np.frombuffer(memory, np.uint8).reshape(height, width, 3)


# One document -------------------------------------------------------------------------------------


def write_document(data: bytes) -> int:
    """Return a descriptor of memory that holds the bytes and that nobody can change; the caller closes it.

    Args:
        data: At least one byte.
    """
    descriptor = os.memfd_create("document", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS | fcntl.F_SEAL_WRITE)
    return descriptor


def read_document(descriptor: int) -> mmap.mmap:
    """Return the bytes, at least one, without copying them, read-only, and close the descriptor."""
    try:
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    finally:
        os.close(descriptor)


# The newest of many -------------------------------------------------------------------------------

_SLOTS = 3
"""The writer comes back to a slot two frames later, so a reader has that long to copy."""
_ATTEMPTS = 4
"""Looks at the head before a reader that the writer keeps overtaking goes without."""
_HEAD = struct.Struct("<QQ")  # newest sequence number, bytes of pixels a slot can hold
_SLOT = struct.Struct("<QIId")  # sequence number or 0 while it is written, height, width, taken_s
_HEAD_BYTES = 64
_SLOT_HEAD_BYTES = 64


class RingWriter:
    """The side that makes frames.

    Args:
        slot_bytes: Pixels of the largest frame.
    """

    def __init__(self, slot_bytes: int) -> None:
        self._slot_bytes = slot_bytes
        size = _HEAD_BYTES + _SLOTS * (_SLOT_HEAD_BYTES + slot_bytes)
        self.descriptor = _memory("preview", size)
        self._memory = mmap.mmap(self.descriptor, size)
        self._sequence = 0
        _HEAD.pack_into(self._memory, 0, 0, slot_bytes)

    def fits(self, frame: Frame) -> bool:
        """Return whether the frame is small enough for this ring."""
        return frame.pixels.nbytes <= self._slot_bytes

    def put(self, frame: Frame) -> None:
        """Publish a frame that ``fits``; it never waits for the reader."""
        self._sequence += 1
        start = _HEAD_BYTES + (self._sequence % _SLOTS) * (_SLOT_HEAD_BYTES + self._slot_bytes)
        height, width, _ = frame.pixels.shape
        _SLOT.pack_into(self._memory, start, 0, height, width, frame.taken_s)
        pixels = start + _SLOT_HEAD_BYTES
        size = frame.pixels.nbytes
        self._memory[pixels : pixels + size] = np.ascontiguousarray(frame.pixels).data.cast("B")
        _SLOT.pack_into(self._memory, start, self._sequence, height, width, frame.taken_s)
        _HEAD.pack_into(self._memory, 0, self._sequence, self._slot_bytes)

    def close(self) -> None:
        """Blank the pictures and let go; a reader that still holds the memory finds it empty."""
        self._memory[:] = bytes(len(self._memory))
        self._memory.close()
        os.close(self.descriptor)


class RingReader:
    """The side that shows frames; safe from any thread.

    Args:
        descriptor: As received from the writer; closed here.

    Raises:
        ValueError: The memory has not the size that its head tells.
    """

    def __init__(self, descriptor: int) -> None:
        try:
            self._memory = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
        finally:
            os.close(descriptor)
        if len(self._memory) < _HEAD_BYTES:
            raise ValueError("the preview memory has no head")
        _, self._slot_bytes = _HEAD.unpack_from(self._memory, 0)
        if len(self._memory) != _HEAD_BYTES + _SLOTS * (_SLOT_HEAD_BYTES + self._slot_bytes):
            raise ValueError("the preview memory has not the size that its head tells")

    def latest(self) -> Frame | None:
        """Return a copy of the newest frame, or None before the first and after the last."""
        for _attempt in range(_ATTEMPTS):
            newest, _ = _HEAD.unpack_from(self._memory, 0)
            if newest == 0:
                return None
            start = _HEAD_BYTES + (newest % _SLOTS) * (_SLOT_HEAD_BYTES + self._slot_bytes)
            before, height, width, taken_s = _SLOT.unpack_from(self._memory, start)
            size = height * width * 3
            if before == newest and size <= self._slot_bytes:
                pixels = np.frombuffer(
                    self._memory[start + _SLOT_HEAD_BYTES : start + _SLOT_HEAD_BYTES + size], np.uint8
                )
                if _SLOT.unpack_from(self._memory, start)[0] == newest:
                    return Frame(pixels.reshape(height, width, 3), taken_s)
        return None
