from copy import deepcopy
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, cast

import grimp
import pytest
from importlinter import Contract, api
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

from devices import registry

ROOT = Path(__file__).parents[2]
KINDS: dict[str, type[Contract]] = {
    "acyclic_siblings": AcyclicSiblingsContract,
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "layers": LayersContract,
    "protected": ProtectedContract,
}
_read = api.read_configuration  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # a bare dict
CONFIG = cast("dict[str, Any]", _read(str(ROOT / "pyproject.toml")))
SESSION: dict[str, Any] = CONFIG["session_options"]
CONTRACTS: dict[str, dict[str, Any]] = {contract["id"]: contract for contract in CONFIG["contracts_options"]}
BREACHES = {
    "layers": ("kiosk.domain.text", "kiosk.catalogue.model"),
    "acyclic": ("kiosk.clock", "kiosk.journal"),
    "qt-in-ui": ("kiosk.screen", "PySide6"),
    "ui-from-entry-points": ("kiosk.doctor", "ui.environment"),
    "ui-knows-kiosk": ("ui.frames", "devices.model"),
    "ui-decides-nothing": ("ui.core", "kiosk.backend.client"),
    "ground-floor": ("offline_queue.store", "kiosk.journal"),
    "ground-floor-siblings": ("devices.host", "provisioning.profile"),
    "profile-only": ("kiosk.wiring", "provisioning.fleet"),
    "provisioning-layers": ("provisioning.profile", "provisioning.agent"),
    "pure-core": ("kiosk.session.machine", "time"),
    "simulators": ("kiosk.wiring", "devices.sim.bench"),
    "district-apart": ("kiosk.backend.client", "district.contract"),
    "district-knows-containers": ("district.keys", "kiosk.domain.text"),
    "queue-door": ("district.server", "offline_queue.store"),
    "drivers": ("devices.device_set", "devices.idcard.sdt"),
    "devices-door": ("kiosk.errands", "devices.supervisor"),
    "device-families": ("devices.printer.link", "devices.scanner.faults"),
    "device-layers": ("devices.transports.tcp", "devices.printer.status"),
    "queue-no-http": ("offline_queue.delivery", "requests"),
    "http-in-backend": ("kiosk.errands", "requests"),
}


@pytest.fixture(scope="module")
def house() -> grimp.ImportGraph:
    return grimp.build_graph(*SESSION["root_packages"], include_external_packages=True, cache_dir=None)


def is_kept(name: str, graph: grimp.ImportGraph) -> bool:
    options = CONTRACTS[name]
    contract = KINDS[options["type"]](options["name"], SESSION, options)
    return contract.check(deepcopy(graph), verbose=False).kept


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_house_keeps_the_contract(name: str, house: grimp.ImportGraph) -> None:
    assert is_kept(name, house)


@pytest.mark.parametrize("name", CONTRACTS)
def test_one_wrong_import_breaks_the_contract(name: str, house: grimp.ImportGraph) -> None:
    importer, imported = BREACHES[name]
    graph = deepcopy(house)
    graph.add_import(importer=importer, imported=imported)

    assert not is_kept(name, graph)


def test_every_room_of_kiosk_has_its_place_in_the_layers(house: grimp.ImportGraph) -> None:
    layers = CONTRACTS["layers"]["layers"]
    placed = {name.strip(" ()") for layer in layers for name in layer.split("|")}

    assert house.find_children("kiosk") <= placed


def test_a_new_room_of_devices_has_to_be_given_a_place(house: grimp.ImportGraph) -> None:
    graph = deepcopy(house)
    graph.add_module("devices.newcomer")

    assert not is_kept("device-layers", graph)


def test_every_driver_that_a_profile_may_name_is_closed_to_all_but_the_registry() -> None:
    places = registry._DRIVERS.values()  # pyright: ignore[reportPrivateUsage]  # the table itself is the matter

    assert {place.partition(":")[0] for place, _ in places} == set(CONTRACTS["drivers"]["protected_modules"])


def test_no_modules_import_each_other_in_a_circle(house: grimp.ImportGraph) -> None:
    ours = {module for module in house.modules if not house.is_module_squashed(module)}
    arrows = {module: house.find_modules_directly_imported_by(module) & ours for module in ours}

    order = list(TopologicalSorter(arrows).static_order())

    assert set(order) == ours
