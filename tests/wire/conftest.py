"""What tests of device processes stand on: a listener, and a device that does as told."""

from collections.abc import Generator

import pytest

from devices.supervisor import DeviceProcess
from tests.wire.puppets import Told, puppet


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def device(told: Told) -> Generator[DeviceProcess]:
    with puppet(told) as process:
        told.wait_for_codes("device.ok")
        yield process


@pytest.fixture(scope="module")
def kept() -> Generator[DeviceProcess]:
    told = Told()
    with puppet(told) as process:
        told.wait_for_codes("device.ok")
        yield process


@pytest.fixture
def steady(kept: DeviceProcess) -> DeviceProcess:
    assert (kept.health.code, kept.status.busy) == ("device.ok", False)
    return kept
