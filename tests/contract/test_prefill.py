import tomllib
from datetime import date
from pathlib import Path

import pytest

from devices.errors import Remedy
from kiosk.backend import BackendError
from tests.contract.platform import ITEM, NAME, NUMBER, Platform


def test_each_datum_comes_with_its_source_and_date(platform: Platform) -> None:
    with platform.client() as client:
        data = {datum.field: datum for datum in client.prefill(ITEM, NAME, NUMBER)}
    phone = data["population.phone"]
    assert phone.value == "13800000421"
    assert (phone.source.zh, phone.as_of) == ("宝安区民政局", date(2026, 3, 12))
    assert phone.source.en
    assert data["social.bank_tail"].value == "0426"


def test_a_datum_does_not_show_its_value_in_a_log(platform: Platform) -> None:
    with platform.client() as client:
        assert "13800000421" not in repr(client.prefill(ITEM, NAME, NUMBER))


def test_an_item_sees_only_what_its_form_asks_for(platform: Platform) -> None:
    with platform.client() as client:
        fields = {datum.field for datum in client.prefill("residence-registration", NAME, NUMBER)}
    assert fields == {"population.phone", "population.residence_address"}


def test_a_guide_without_a_form_sees_nothing(platform: Platform) -> None:
    with platform.client() as client:
        assert client.prefill("passport", NAME, NUMBER) == ()


def test_a_person_unknown_to_the_district_is_an_empty_answer(platform: Platform) -> None:
    with platform.client() as client:
        assert client.prefill(ITEM, "无此人", "440306199902309919") == ()


def test_a_number_under_another_name_is_told_as_a_mismatch(platform: Platform) -> None:
    with platform.client() as client, pytest.raises(BackendError) as refused:
        client.prefill(ITEM, "陈淑芳", NUMBER)
    assert (refused.value.code, refused.value.remedy) == ("prefill.mismatch", Remedy.ATTENDANT)


def test_an_item_that_the_catalogue_does_not_hold_gets_nothing(platform: Platform) -> None:
    with platform.client() as client, pytest.raises(BackendError) as refused:
        client.prefill("no-such-item", NAME, NUMBER)
    assert refused.value.code == "prefill.unknown-item"


def test_a_request_of_the_wrong_shape_is_not_repeated_back(platform: Platform) -> None:
    reply = platform.raw("POST", "/v1/prefill", json={"item": ITEM, "holder": {"name": NAME, "id": NUMBER}})
    assert reply.status_code == 422
    assert reply.json()["code"] == "request.invalid"
    assert NAME not in reply.text
    assert NUMBER not in reply.text


def test_the_persons_of_the_bench_are_known_under_the_names_on_their_cards(platform: Platform) -> None:
    residents = tomllib.loads(Path("devices/sim/scenarios/residents.toml").read_text(encoding="utf-8"))
    with platform.client() as client:
        for resident in residents.values():
            assert client.prefill(ITEM, resident["name"], resident["number"]) != ()
