import os
from collections.abc import Generator
from pathlib import Path
from zlib import crc32

import pytest

from devices.shared import read_document, write_document
from devices.supervisor import DeviceProcess
from devices.wire import MAX_BYTES
from tests.wire.puppets import Told, puppet

DOCUMENT = bytes(range(256)) * (5 * 2**20 // 256)


@pytest.fixture
def device() -> Generator[DeviceProcess]:
    told = Told()
    with puppet(told) as process:
        told.wait_for_codes("device.ok")
        yield process


def descriptors(pid: int | str) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


@pytest.mark.parametrize("size", [1, MAX_BYTES + 1, len(DOCUMENT)])
def test_a_document_of_any_size_arrives_byte_for_byte(device: DeviceProcess, size: int) -> None:
    document = DOCUMENT[:size]
    assert device.call("measure", {}, 10.0, document) == {"size": size, "crc": crc32(document)}


def test_documents_leave_no_descriptor_open_on_either_side(device: DeviceProcess) -> None:
    assert device.pid is not None
    device.call("measure", {}, 10.0, DOCUMENT)
    before = descriptors("self"), descriptors(device.pid)
    for _ in range(20):
        device.call("measure", {}, 10.0, DOCUMENT)
    assert (descriptors("self"), descriptors(device.pid)) == before


def test_a_document_can_be_neither_cut_nor_changed_by_whoever_gets_it() -> None:
    descriptor = write_document(b"%PDF")
    with pytest.raises(PermissionError):
        os.ftruncate(descriptor, 1)
    with pytest.raises(PermissionError):
        os.pwrite(descriptor, b"#", 0)
    with read_document(descriptor) as memory, pytest.raises(TypeError):
        memory[0] = 1
