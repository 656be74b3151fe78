"""Whoever files for somebody else stands in the application, and a clerk sees it."""

import dataclasses
from typing import Any

import pytest

from kiosk.domain.application import Agent
from kiosk.domain.text import Text
from offline_queue.transport import Accepted
from tests.contract.platform import Platform, application

AGENT = Agent(
    "陈晓东",
    "440306197003041931",
    "resident",
    "agent",
    "child",
    Text("申请人的子女", "son or daughter of the applicant"),
)
FORM = dataclasses.replace(application(), agent=AGENT).as_json()


def _case(platform: Platform, form: dict[str, Any]) -> dict[str, Any]:
    answer = platform.deliver(platform.sealed(form=form))
    assert isinstance(answer, Accepted), answer
    return platform.desk("GET", f"/v1/cases/{answer.ack.acceptance_no}/application").json()


def test_a_clerk_sees_who_filed_it_and_as_what(platform: Platform) -> None:
    told = _case(platform, FORM)
    assert told["agent"] == AGENT.as_json()
    assert told["application"] == FORM


def test_whoever_files_for_themselves_has_no_agent(platform: Platform) -> None:
    assert _case(platform, application().as_json())["agent"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"agent_name": ""},
        {"agent_document_number": None},
        {"agent_kind": "friend"},
        {"agent_relation": "\x00"},
    ],
)
def test_half_an_agent_is_none(platform: Platform, wrong: dict[str, object]) -> None:
    answer = platform.deliver(platform.sealed(form={**FORM, **wrong}))
    assert not isinstance(answer, Accepted)
