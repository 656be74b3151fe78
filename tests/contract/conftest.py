from collections.abc import Iterator

import pytest

from tests.contract.platform import Platform, running


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with running(tmp_path_factory.mktemp("district")) as served:
        yield served


@pytest.fixture(scope="module")
def module_platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with running(tmp_path_factory.mktemp("own-district")) as served:
        yield served


@pytest.fixture
def own_platform(module_platform: Platform) -> Platform:
    if not module_platform.is_running:
        module_platform.start()
    return module_platform
