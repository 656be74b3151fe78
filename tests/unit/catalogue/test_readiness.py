from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

from devices import Health, Kind, Remedy, Severity
from kiosk.catalogue.files import KindName
from kiosk.catalogue.loader import load_builtin
from kiosk.catalogue.readiness import (
    KIND_OF_FAMILY,
    READY,
    Readiness,
    Standing,
    best_health,
    closed,
    standing,
)

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
CATALOGUE = load_builtin()
ALLOWANCE = CATALOGUE.item("old-age-allowance")
REGISTRATION = CATALOGUE.item("residence-registration")


def ok(device: str) -> Health:
    return Health(device, "device.ok", Severity.OK, None, BEGAN)


def ill(device: str, code: str, severity: Severity = Severity.FAULT) -> Health:
    return Health(device, code, severity, Remedy.SERVICE, BEGAN)


ALL = tuple(ok(f"{family}-1") for family in KIND_OF_FAMILY)


def without(device: str, *instead: Health) -> tuple[Health, ...]:
    return tuple(health for health in ALL if health.device != device) + instead


def test_with_all_devices_well_every_item_is_ready() -> None:
    assert {standing(item, ALL, online=True) for item in CATALOGUE.items} == {READY}


def test_an_item_is_blocked_by_the_device_that_it_needs_and_names_it() -> None:
    jam = ill("scanner-1", "scanner.jam", Severity.BLOCK)
    now = standing(ALLOWANCE, without("scanner-1", jam), online=True)
    assert now == Standing(Readiness.BLOCKED, "item.needs-scanner", (jam,))


def test_what_one_item_needs_hinders_no_other() -> None:
    healths = without("scanner-1", ill("scanner-1", "scanner.jam", Severity.BLOCK))
    assert standing(REGISTRATION, healths, online=True) == READY


def test_a_device_that_the_profile_has_not_blocks_as_well() -> None:
    assert standing(ALLOWANCE, without("camera-1"), online=True).code == "item.needs-camera"


def test_paper_out_hinders_no_filing_and_is_told() -> None:
    out = ill("printer-1", "printer.paper-out", Severity.BLOCK)
    now = standing(REGISTRATION, without("printer-1", out), online=True)
    assert now == Standing(Readiness.IMPAIRED, "item.needs-printer", (out,))


def test_a_second_device_of_a_kind_stands_in_for_the_first() -> None:
    broken = without("scanner-1", ill("scanner-1", "scanner.io-error"), ok("scanner-2"))
    assert standing(ALLOWANCE, broken, online=True) == READY
    health = best_health(broken, Kind.SCANNER)
    assert health is not None
    assert health.device == "scanner-2"


def test_a_warning_blocks_nothing() -> None:
    low = Health("printer-1", "printer.paper-low", Severity.WARN, Remedy.ATTENDANT, BEGAN)
    assert standing(ALLOWANCE, without("printer-1", low), online=True) == READY


def test_a_housing_that_was_tampered_with_blocks_every_filing() -> None:
    tamper = ill("sensors-1", "sensors.tamper", Severity.SECURITY)
    healths = without("sensors-1", tamper)
    for item in CATALOGUE.items:
        expected = Standing(Readiness.BLOCKED, "item.terminal-suspect", (tamper,))
        assert standing(item, healths, online=True) == (expected if item.filing == "here" else READY)


def test_nothing_new_is_started_on_the_last_of_the_battery() -> None:
    low = ill("power-1", "power.battery-low", Severity.BLOCK)
    assert standing(REGISTRATION, without("power-1", low), online=True).code == "item.needs-power"


def test_a_power_supply_that_cannot_be_asked_hinders_nothing() -> None:
    assert standing(REGISTRATION, without("power-1", ill("power-1", "device.absent")), online=True) == READY


def test_the_platform_is_needed_only_by_items_that_say_so() -> None:
    online_only = replace(REGISTRATION, requires=replace(REGISTRATION.requires, network="required"))
    assert standing(REGISTRATION, ALL, online=False) == READY
    assert standing(online_only, ALL, online=False).code == "item.needs-network"
    assert standing(online_only, ALL, online=None) == READY


def test_items_may_ask_for_every_kind_and_every_kind_has_a_family() -> None:
    assert set(get_args(KindName)) == set(Kind) == set(KIND_OF_FAMILY.values())


NO_READER = ill("idcard-1", "idcard.no-answer")


def test_without_the_reader_an_item_that_takes_codes_can_be_filed_by_code() -> None:
    healths = without("idcard-1", NO_READER)
    assert standing(REGISTRATION, healths, online=True) == Standing(
        Readiness.IMPAIRED, "item.by-code-only", (NO_READER,)
    )
    assert closed(healths, online=True, storage=None) is None


def test_without_the_reader_an_item_that_wants_the_card_is_blocked() -> None:
    by_card = replace(REGISTRATION, requires=replace(REGISTRATION.requires, identity=("id-card",)))
    now = standing(by_card, without("idcard-1", NO_READER), online=True)
    assert now == Standing(Readiness.BLOCKED, "item.needs-id-card", (NO_READER,))


def test_a_code_takes_the_readers_place_only_with_scanner_and_platform() -> None:
    deaf = tuple(health for health in without("idcard-1", NO_READER) if health.device != "codes-1")
    for healths, online in (
        (without("idcard-1", NO_READER), False),
        (deaf, True),
        ((*deaf, ill("codes-1", "codes.flood", Severity.BLOCK)), True),
    ):
        blocked = Standing(Readiness.BLOCKED, "item.needs-id-card", (NO_READER,))
        assert standing(REGISTRATION, healths, online=online) == blocked
        assert closed(healths, online=online, storage=None) == blocked
