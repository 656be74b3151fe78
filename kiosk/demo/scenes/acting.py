"""Scenes of filing for somebody else: a grandson for the resident, a father for a child."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kiosk.catalogue.acting import load_acting
from kiosk.catalogue.model import ServiceItem
from kiosk.domain.identity import Holder
from kiosk.forms.model import Form
from kiosk.forms.prefill import from_card
from kiosk.session.acting import FOR_GUARDIAN
from kiosk.session.acting_states import ActingStep, Arranging, NamingWard, WardField
from kiosk.session.errand import Arrangement, Filing
from kiosk.session.states import Fault, Identifying, PrefillPhase, Previewing, Reviewing, State
from kiosk.session.visit import Acting, Visit

GRANDSON = Holder(
    name="周远航",
    number="431124199203089913",
    sex="1",
    ethnic="15",
    born=date(1992, 3, 8),
    address="湖南省永州市道县濂溪街道桐溪路19号",
    issuer="道县公安局",
    valid_until=date(2037, 9, 22),
)
CHILD = Holder(
    name="周小满",
    number="440306201809094521",
    sex="2",
    ethnic="",
    born=date(2018, 9, 9),
    address="",
    issuer="",
    valid_until=None,
    proof="typed",
)


def acting_as(way_code: str, relation_code: str, agent: Holder = GRANDSON) -> Acting:
    """Return that somebody files for somebody else.

    Raises:
        LookupError: There is no such way or relation.
    """
    way = next((one for one in load_acting().ways if one.code == way_code), None)
    relation = None if way is None else way.relation(relation_code)
    if way is None or relation is None:
        raise LookupError(f"{way_code}: {relation_code}")
    return Acting(way.code, relation, agent)


def states(whole: Visit, childs: ServiceItem, form: Form) -> Iterator[tuple[str, State]]:
    """Every state of filing for somebody else.

    Args:
        whole: The resident's whole visit.
        childs: An item that a guardian may file as well.
        form: Its form.
    """
    filing = Filing(whole.item)
    relative, parent = acting_as("agent", "relative").relation, acting_as("guardian", "parent").relation
    for_another = replace(filing, acting=Arrangement("agent", relative))
    known = replace(filing, acting=Arrangement("agent", relative, whole.holder))
    for_child = Filing(childs, acting=Arrangement("guardian", parent))
    yield "whom", Arranging(filing)
    yield "whom-either", Arranging(Filing(childs))
    yield "whom-under-14", Arranging(Filing(childs), fault=Fault(FOR_GUARDIAN))
    yield "relation", Arranging(for_another, ActingStep.RELATION)
    yield "relation-fault", Arranging(for_child, ActingStep.RELATION, Fault("item.needs-scanner"))
    yield "child-card", Arranging(for_child, ActingStep.CARD)
    yield "child-name", NamingWard(for_child)
    yield "child-number", NamingWard(for_child, WardField.NUMBER, CHILD.name, CHILD.number)
    yield (
        "child-number-fault",
        NamingWard(for_child, WardField.NUMBER, CHILD.name, GRANDSON.number, Fault("acting.ward-is-adult")),
    )
    yield "identify-applicant", Identifying(for_another)
    yield "identify-agent", Identifying(known)
    yield "identify-same-card", Identifying(known, fault=Fault("acting.same-card"), attempts=1)
    yield "identify-under-14", Identifying(filing, fault=Fault("identity.under-14"), attempts=1)
    child = Visit(childs, form, CHILD, from_card(form, CHILD), acting=acting_as("guardian", "parent"))
    yield "prefill-typed", Previewing(child, PrefillPhase.UNAVAILABLE, Fault("prefill.typed-number"))
    yield "review-agent", Reviewing(replace(whole, acting=acting_as("agent", "relative")))
