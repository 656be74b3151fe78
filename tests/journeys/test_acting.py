"""A grown-up child files for a parent: two cards, the letter, and the agent at the district."""

from kiosk.session.acting_states import Arranging
from kiosk.session.states import Capturing, Identifying, Previewing, Resulting
from tests.support.visitor import CARD, Visitor

from .conftest import Scene
from .test_visit import CANARIES, nothing_remains

AGENTS_CARD = "resident-zhou"
# Spelled backwards, as the others.
AGENTS = tuple(text[::-1] for text in ("319980302991421134", "航远周", "号91路溪桐"))


class AgentVisitor(Visitor):
    """Files for somebody else."""

    def to_prefill(self) -> None:
        self.to_notice()
        self.citizen.taps("continue")
        self.arrives(Arranging)
        self.citizen.taps("pick-agent", "pick-child")
        self.arrives(Identifying)
        self.bench.place_card(CARD)
        self.citizen.sees("title", "现在请放您自己的身份证")
        self.bench.pull_card()
        self.citizen.robot.wait(lambda: not self.session().card_on_reader, "the first card is off")
        self.bench.place_card(AGENTS_CARD)
        self.arrives(Previewing)
        self.waits_for_prefill()

    def to_scanner(self) -> None:
        self.to_materials()
        self.bench.lay_page(AGENTS_CARD)  # another sheet than the one that follows
        self.citizen.taps("material-authorisation-letter")
        self.arrives(Capturing)
        self.takes_page()
        self.bench.lay_page(CARD)
        self.citizen.taps("material-household-register")
        self.arrives(Capturing)


def test_a_parents_application_is_filed_with_both_cards_and_the_letter(scene: Scene) -> None:
    visitor = AgentVisitor(scene.citizen, scene.stage.bench, scene.visitor.session)
    visitor.to_result()
    state = scene.terminal.core.session.state
    assert isinstance(state, Resulting)
    assert (state.outcome.masked_name, state.outcome.masked_agent) == ("陈*", "周*")
    told = scene.stage.desk(f"/cases/{state.outcome.case_no}/application").json()
    assert told["application"]["applicant_name"] == CANARIES[1]
    assert told["agent"]["agent_name"] == AGENTS[1]
    assert told["agent"]["agent_document_number"] == AGENTS[0]
    assert told["agent"]["agent_relation"] == "child"
    assert "authorisation-letter.pdf" in {part["name"] for part in told["attachments"]}
    del told
    scene.citizen.taps("continue")
    visitor.waits_for_paper()
    scene.citizen.taps("continue")
    visitor.leaves()
    nothing_remains(scene, (*CANARIES, *AGENTS))
