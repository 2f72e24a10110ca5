"""村改居: step by step, by criteria that are a policy of the place; three documented places as packs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import huaying_governance as hg
from folders import Office, faults
from huaying_governance.casework import Casebook
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs import check_pack
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.rules import Policy
from huaying_governance.stewardship.transition import (
    TRANSITION,
    Candidate,
    Facts,
    Obligation,
    assess,
    criteria_of,
)
from huaying_governance.stewardship.transition.model import HANDOVER, Act, Standing, Terms

PACKS = Path(__file__).parent / "packs"
START = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
SOUND = Facts(on=date(2026, 1, 1), farmland_settled=True, assets_audited=True, households=1500)
Book = Casebook[Candidate, Standing, Act, Terms]


def act(action: str, day: int, role: str = "township", **more: Any) -> Act:
    given = {"evidence": "e", "reason": "r", **more}
    return Act(action=action, at=START + timedelta(days=day), actor="shuanghe", role=role, **given)


VOTE = act("vote", 3, "village", due=100, present=60, agreed=40)
WAY = (
    act("assess", 1),
    act("consult", 2),
    VOTE,
    act("propose", 4),
    act("approve", 5, "county"),
    act("hand_over", 6, items=HANDOVER),
    act("run_dual", 7),
    act("complete", 8),
)
STATES = (
    "candidate",
    "assessed",
    "consulted",
    "village_vote",
    "township_proposal",
    "county_approval",
    "handover",
    "dual_track",
    "completed",
)


def book(
    rules: StewardshipRules,
    *done: Act,
    facts: Facts | None = SOUND,
    criteria: Policy | None = None,
    owed: tuple[Obligation, ...] = (),
) -> Book:
    terms = Terms(rules.transition, criteria, lambda _village, _day: facts, lambda _village: owed)
    made: Book = Casebook(hg.open_store("memory:"), TRANSITION, terms)
    made.open("T1", Candidate(village="示例村", community="synthetic-2", at=START))
    for one in done:
        made.act("T1", one)
    return made


def refused(made: Book, one: Act) -> tuple[str, ...]:
    before = made.standing("T1")
    with pytest.raises(hg.Refused) as caught:
        made.act("T1", one)
    assert made.standing("T1") == before
    assert len(caught.value.ruling.remedies) == len(caught.value.ruling.codes)
    return caught.value.ruling.codes


def test_the_whole_way_in_order(rules: StewardshipRules) -> None:
    """Each step leads to the next; every other step is refused in each state."""
    for number, state in enumerate(STATES):
        made = book(rules, *WAY[:number])
        assert made.standing("T1").state == state
        for other in WAY:
            if other not in (WAY[number : number + 1]) and not (
                state == "handover" and other.action == "hand_over"
            ):
                assert "wrong-state" in refused(
                    made, act(other.action, 30, other.role, items=HANDOVER, due=9, present=9, agreed=9)
                )


@pytest.mark.parametrize("settled", [False, None])
def test_row_15_while_farmland_is_unsettled_the_county_does_not_approve(
    rules: StewardshipRules, settled: bool | None
) -> None:
    """Row 15: farmland that is not settled, or of which nobody knows, bars the county's approval."""
    made = book(rules, *WAY[:4], facts=Facts(on=START.date(), farmland_settled=settled, assets_audited=True))
    assert refused(made, WAY[4]) == ("farmland-unsettled",)
    assert made.standing("T1").state == "township_proposal"
    assert book(rules, *WAY[:5]).standing("T1").state == "county_approval"
    assert "farmland-unsettled" in refused(_nothing_known(rules), WAY[4])


def _nothing_known(rules: StewardshipRules) -> Book:
    known: list[Facts] = [SOUND]
    terms = Terms(rules.transition, None, lambda _village, _day: known[0] if known else None)
    made: Book = Casebook(hg.open_store("memory:"), TRANSITION, terms)
    made.open("T1", Candidate(village="示例村", community="synthetic-2", at=START))
    for one in WAY[:4]:
        made.act("T1", one)
    known.clear()
    return made


@pytest.mark.parametrize(
    ("due", "present", "agreed", "codes", "state"),
    [
        (100, 51, 26, (), "village_vote"),
        (100, 51, 25, (), "rejected"),
        (100, 50, 50, ("no-quorum",), ""),
        (101, 51, 51, (), "village_vote"),
        (100, 60, 30, (), "rejected"),
        (100, 60, 61, ("bad-count",), ""),
        (100, 101, 60, ("bad-count",), ""),
        (0, 0, 0, ("bad-count",), ""),
        (None, 60, 40, ("bad-count",), ""),
        (100, None, 40, ("bad-count",), ""),
        (100, 60, None, ("bad-count",), ""),
    ],
)
def test_the_villagers_decide_by_more_than_half(
    rules: StewardshipRules,
    due: int | None,
    present: int | None,
    agreed: int | None,
    codes: tuple[str, ...],
    state: str,
) -> None:
    """More than half of those due must be there, and more than half of those there agree; a no ends it."""
    made = book(rules, *WAY[:2])
    one = act("vote", 3, "village", due=due, present=present, agreed=agreed)
    if codes:
        assert refused(made, one) == codes
    else:
        assert made.act("T1", one).state == state


def test_no_vote_before_the_assets_are_audited(rules: StewardshipRules) -> None:
    """Collective assets are audited before anybody votes: what nobody has said is not a yes."""
    for audited in (False, None):
        facts = Facts(on=START.date(), farmland_settled=True, assets_audited=audited)
        assert refused(book(rules, *WAY[:2], facts=facts), VOTE) == ("assets-unaudited",)


def test_the_handover_has_five_parts(rules: StewardshipRules) -> None:
    """Party, accounts, archives, seals and personnel are handed over, in parts or at once, before it runs."""
    made = book(rules, *WAY[:5])
    assert refused(made, act("hand_over", 6)) == ("bad-items",)
    assert refused(made, act("hand_over", 6, items=("party", "wells"))) == ("bad-items",)
    for number, item in enumerate(HANDOVER):
        made.act("T1", act("hand_over", 6 + number, items=(item,)))
        if item != HANDOVER[-1]:
            assert refused(made, act("run_dual", 6 + number)) == ("handover-incomplete",)
    assert made.act("T1", act("run_dual", 20)).state == "dual_track"


@pytest.mark.parametrize(
    ("done", "open_"), [(None, True), (date(2026, 3, 10), False), (date(2026, 3, 11), True)]
)
def test_it_is_complete_when_nothing_is_owed(rules: StewardshipRules, done: date | None, open_: bool) -> None:
    """An obligation that is open on the day bars the end; one settled that day does not."""
    owed = (Obligation(id="O1", item="社保衔接", due=date(2031, 1, 1), done=done),)
    made = book(rules, *WAY[:7], owed=owed)
    if open_:
        assert refused(made, WAY[7]) == ("obligations-open",)
    else:
        assert made.act("T1", WAY[7]).state == "completed"


# Criteria ---------------------------------------------------------------------------------------------------------


def criteria(name: str) -> Policy:
    found = criteria_of(hg.load_pack(PACKS / name).policies)
    assert found is not None
    return found


def test_sichuan_has_no_criteria_by_default(rules: StewardshipRules) -> None:
    """The shipped pack states none: the assessment is undetermined and says so, and the county names its document."""
    assert criteria_of(hg.load_pack("huaying").policies) is None
    ruling = assess(SOUND, Terms(rules.transition), START.date())
    assert (ruling.outcome, ruling.codes) == ("undetermined", ("no-criteria",))
    assert ruling.remedies
    made = book(rules, *WAY[:4])
    assert refused(made, act("approve", 5, "county", evidence="")) == ("no-evidence",)
    assert (
        made.act("T1", act("approve", 5, "county", evidence="县府批〔示例〕1号")).approval
        == "县府批〔示例〕1号"
    )


PLACES: dict[str, dict[str, object]] = {
    "province-2022": {"fits_plan": True, "farmland_short": True, "reform_done": True},
    "beijing-2020": {
        "all_residents": True,
        "land_requisitioned": True,
        "assets_disposed": True,
        "insured": True,
    },
    "nantong-2004": {"farmland_mu": 99, "villagers": 1000},
}


@pytest.mark.parametrize("name", sorted(PLACES))
def test_the_documented_places_are_sound_packs(name: str) -> None:
    """Each place is data only, passes every check, and cites where its criteria come from."""
    assert check_pack(PACKS / name) == ()
    policy = criteria(name)
    ruling = policy.decide(PLACES[name], on=START.date())
    assert ruling.outcome == "eligible"  # type: ignore[union-attr]
    assert ruling.citations  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "fact"), [(name, fact) for name in ("province-2022", "beijing-2020") for fact in PLACES[name]]
)
def test_every_condition_is_needed(rules: StewardshipRules, name: str, fact: str) -> None:
    """Without any one of the conditions a village is not eligible; one nobody knows leaves it undetermined."""
    policy = criteria(name)
    facts = {**PLACES[name]}

    def known(value: object) -> Facts:
        held = {key: one for key, one in {**facts, fact: value}.items() if one is not None}
        return Facts(on=START.date(), farmland_settled=True, assets_audited=True, more=held)

    assert refused(book(rules, facts=known(False), criteria=policy), WAY[0]) == ("criteria-barred",)
    unknown = book(rules, *WAY[:4], facts=known(None), criteria=policy)
    assert refused(unknown, WAY[4]) == ("criteria-not-met",)
    assert assess(known(None), Terms(rules.transition, policy), START.date()).missing == (fact,)
    assert book(rules, *WAY[:5], facts=known(True), criteria=policy).standing("T1").state == "county_approval"


@pytest.mark.parametrize(
    ("mu", "outcome"), [(99, "eligible"), (100, "ineligible"), (101, "ineligible"), (0, "eligible")]
)
def test_less_than_a_tenth_of_a_mu_per_head(mu: int, outcome: str) -> None:
    """Nantong 2004: below 0.1 亩 per head is met, the tenth itself is not."""
    ruling = criteria("nantong-2004").decide({"farmland_mu": mu, "villagers": 1000}, on=START.date())
    assert ruling.outcome == outcome  # type: ignore[union-attr]


# In a case folder ---------------------------------------------------------------------------------------------------

TRANSITIONS = [{"id": "T1", "village": "示例村", "community": "示例社区二", "date": "2026-03-01"}]
FACTS = {
    "village": "示例村",
    "date": "2026-03-01",
    "farmland_settled": "否",
    "assets_audited": "是",
    "households": "800",
}


def rows(*acts: dict[str, str]) -> list[dict[str, str]]:
    shared = {"transition": "T1", "actor": "双河街道", "role": "乡镇", "evidence": "示例文件"}
    return [{**shared, "at": f"2026-03-{3 + n:02}T09:00", **one} for n, one in enumerate(acts)]


APPROVE = {"action": "批准", "role": "县级", "actor": "县政府（示例）"}
STEPS = (
    {"action": "评估"},
    {"action": "征求意见"},
    {"action": "村民会议表决", "role": "村", "due_count": "100", "present_count": "60", "agreed_count": "50"},
    {"action": "申报"},
    APPROVE,
    {**APPROVE, "at": "2026-06-02T09:00"},
    {"action": "交接", "handed_items": "党组织;账目;档案;印章;人员", "at": "2026-06-03T09:00"},
    {"action": "进入并行期", "at": "2026-07-01T09:00"},
    {"action": "完成", "at": "2026-08-01T09:00"},
)


def test_row_15_in_a_case_folder(office: Office) -> None:
    """Row 15: refused while the facts of that day say unsettled, open once they say otherwise; then side by side."""
    out = office(
        transitions=TRANSITIONS,
        transition_acts=rows(*STEPS),
        village_facts=[FACTS, {**FACTS, "date": "2026-06-01", "farmland_settled": "是"}],
        transition_obligations=[
            {
                "id": "O1",
                "village": "示例村",
                "obligation": "社保衔接",
                "due_on": "2026-10-01",
                "done_on": "",
            },
            {
                "id": "O2",
                "village": "示例村",
                "obligation": "档案移交",
                "due_on": "2031-01-01",
                "done_on": "",
            },
            {
                "id": "O3",
                "village": "示例村",
                "obligation": "印章缴销",
                "due_on": "2026-10-01",
                "done_on": "2026-09-01",
            },
        ],
    )
    assert [(row["action"], row["codes"]) for row in out["refused_transition_acts"]] == [
        ("approve", "farmland-unsettled"),
        ("complete", "obligations-open"),
    ]
    one = out["transitions"][0]
    assert (one["state"], one["criteria"], one["open_obligations"]) == ("dual_track", "undetermined", "2")
    assert one["codes"] == "no-criteria;size-outside"
    assert [row["in_force_since"] for row in out["coexisting_villages"]] == ["2026-07-01"]
    assert [(row["id"], row["overdue"]) for row in out["transition_remainders"]] == [
        ("O1", "yes"),
        ("O2", "no"),
    ]


def test_a_place_with_criteria_judges_by_its_own_columns(office: Office) -> None:
    """A province's facts stand in columns of their own names; an unmet one bars the assessment, by its clause."""
    held = {**FACTS, "farmland_settled": "是", "households": "1500", "符合规划": "是", "farmland_short": "是"}
    out = office(
        pack=str(PACKS / "province-2022"),
        transitions=TRANSITIONS,
        transition_acts=rows({"action": "评估"}),
        village_facts=[{**held, "reform_done": "否"}],
    )
    assert [row["codes"] for row in out["refused_transition_acts"]] == ["criteria-barred"]
    one = out["transitions"][0]
    assert (one["state"], one["criteria"], one["codes"]) == ("candidate", "ineligible", "reform")
    assert "指导意见" in one["citation"]


def test_bad_rows_of_transitions_are_problems(tmp_path: Path) -> None:
    """Unknown communities, actions and transitions, and an obligation without its day: each with place and cure."""
    found = faults(
        tmp_path,
        transitions=[*TRANSITIONS, {**TRANSITIONS[0], "id": "T2", "community": "nowhere"}],
        transition_acts=[*rows({"action": "飞升"}), {**rows({"action": "评估"})[0], "transition": "T9"}],
        village_facts=[{**FACTS, "households": "many"}],
        transition_obligations=[
            {"id": "O1", "village": "示例村", "obligation": "x", "due_on": "", "done_on": ""}
        ],
    )
    assert sorted(one.code for one in found) == sorted(
        ["unknown-community", "unknown-choice", "unknown-case", "bad-count", "empty-cell"]
    )
