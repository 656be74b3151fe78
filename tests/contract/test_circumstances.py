import pytest
import requests

from kiosk.backend import BackendError
from tests.contract.platform import NAME, NUMBER, Platform

PARENT = ("周远航", "431124199203089913")


def test_the_district_tells_when_somebodys_children_were_born(platform: Platform) -> None:
    with platform.client() as client:
        assert client.circumstances(*PARENT)["family.child_born"] == ("2021-03-12",)


def test_somebody_without_children_gets_no_such_fact(platform: Platform) -> None:
    with platform.client() as client:
        assert "family.child_born" not in client.circumstances(NAME, NUMBER)


def test_what_no_offer_depends_on_is_not_told(platform: Platform) -> None:
    with platform.client() as client:
        assert "family.child_name" not in client.circumstances(*PARENT)


def test_somebody_unknown_has_no_circumstances(platform: Platform) -> None:
    with platform.client() as client:
        assert client.circumstances("无此人", "440306199902309919") == {}


def test_a_number_under_another_name_is_told_as_a_mismatch(platform: Platform) -> None:
    with platform.client() as client, pytest.raises(BackendError) as refused:
        client.circumstances("周远帆", PARENT[1])
    assert refused.value.code == "prefill.mismatch"


def test_only_a_terminal_may_ask(platform: Platform) -> None:
    asked = {"holder": {"name": NAME, "number": NUMBER}}
    reply = requests.post(f"{platform.url}/v1/circumstances", json=asked, timeout=10)
    assert reply.status_code == 401
