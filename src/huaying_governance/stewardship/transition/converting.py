"""村改居程序: every state and every move of a village's transition, in this one file.

    candidate → assessed → consulted → village_vote → township_proposal → county_approval → handover → dual_track
                                                                                          → completed
    up to the approval → withdrawn; the villagers say no → rejected

The villagers decide before anybody proposes (村民会议讨论同意), the county approves. While farmland is unsettled
nothing is approved. Village and community side by side is a lawful state on the way, and the collective economic
organisation lives on when the committee has changed.
"""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.kernel.dates import day_of
from huaying_governance.kernel.thresholds import majority
from huaying_governance.procedure.table import Fork, Guard, Procedure, State
from huaying_governance.procedure.usual import EVIDENCE, IN_ORDER, REASON, ROLE, STATE, describer, guard, row
from huaying_governance.stewardship.transition.model import (
    HANDOVER,
    Act,
    Candidate,
    Facts,
    Standing,
    Terms,
    after,
    assess,
    opened,
)
from huaying_governance.text import Text

ROLES: Mapping[str, Text] = {
    "township": Text("乡镇（街道）", "township or subdistrict"),
    "village": Text("村", "village"),
    "county": Text("县级人民政府", "county government"),
    "community": Text("社区", "community"),
}
STATES = (
    State("candidate", Text("候选", "candidate")),
    State("assessed", Text("已评估", "assessed")),
    State("consulted", Text("已征求意见", "consulted")),
    State("village_vote", Text("村民会议已同意", "agreed to by the villagers")),
    State("township_proposal", Text("已申报", "proposed by the township")),
    State("county_approval", Text("已批准", "approved by the county")),
    State("handover", Text("交接中", "being handed over")),
    State("dual_track", Text("村居并存", "village and community side by side")),
    State("completed", Text("已完成", "completed"), open=False, final=True),
    State("rejected", Text("村民会议不同意", "rejected by the villagers"), open=False, final=True),
    State("withdrawn", Text("已撤回", "withdrawn"), open=False, final=True),
)


def _facts(standing: Standing, act: Act, terms: Terms) -> Facts | None:
    return terms.facts(standing.candidate.village, day_of(act.at))


def _not_barred(standing: Standing, act: Act, terms: Terms) -> bool:
    return assess(_facts(standing, act, terms), terms, day_of(act.at)).outcome != "ineligible"


def _met(standing: Standing, act: Act, terms: Terms) -> bool:
    if terms.criteria is None:
        return True
    return assess(_facts(standing, act, terms), terms, day_of(act.at)).outcome == "eligible"


def _counted(_standing: Standing, act: Act, _: Terms) -> bool:
    due, present, agreed = act.due, act.present, act.agreed
    if due is None or present is None or agreed is None:
        return False
    return due > 0 and agreed <= present <= due


def _quorate(standing: Standing, act: Act, terms: Terms) -> bool:
    if not _counted(standing, act, terms):
        return True
    return majority.met(act.present or 0, act.due or 1)


def agreed(_standing: Standing, act: Act, _terms: Terms) -> bool:
    """Whether more than half of those present agreed; nobody present agrees to nothing."""
    return bool(act.present) and majority.met(act.agreed or 0, act.present or 1)


def _audited(standing: Standing, act: Act, terms: Terms) -> bool:
    facts = _facts(standing, act, terms)
    return facts is not None and facts.assets_audited is True


def _farmland(standing: Standing, act: Act, terms: Terms) -> bool:
    facts = _facts(standing, act, terms)
    return facts is not None and facts.farmland_settled is True


def _known_items(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.items) and set(act.items) <= set(HANDOVER)


def _all_handed(standing: Standing, _act: Act, _: Terms) -> bool:
    return set(HANDOVER) <= set(standing.handed)


def _nothing_owed(standing: Standing, act: Act, terms: Terms) -> bool:
    return not any(one.open_on(day_of(act.at)) for one in terms.owed(standing.candidate.village))


GUARDS: tuple[Guard[Standing, Act, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "criteria-barred",
        Text("不符合村改居条件", "the village does not meet the criteria"),
        Text("条件具备后再评估", "assess it again when they are met"),
        _not_barred,
        lambda terms: terms.rules.criteria,
    ),
    guard(
        "criteria-not-met",
        Text("村改居条件未确认具备", "it is not established that the criteria are met"),
        Text("在 village_facts 中补齐事实", "state the facts that are missing in village_facts"),
        _met,
        lambda terms: terms.rules.criteria,
    ),
    guard(
        "assets-unaudited",
        Text("集体资产没有清产核资", "the collective assets are not audited"),
        Text("先清产核资，防止资产流失", "audit them first, so that nothing is lost"),
        _audited,
        lambda terms: terms.rules.assets,
    ),
    guard(
        "bad-count",
        Text(
            "应到、实到、同意人数缺失或矛盾",
            "the counts of due, present and agreed are missing, or contradict",
        ),
        Text("补正三项人数", "state all three: agreed ≤ present ≤ due"),
        _counted,
    ),
    guard(
        "no-quorum",
        Text("到会没有过半数", "not more than half of those due were there"),
        Text("另行召集", "call another meeting"),
        _quorate,
        lambda terms: terms.rules.vote,
    ),
    guard(
        "farmland-unsettled",
        Text("耕地处置没有落实", "the farmland is not settled"),
        Text("落实后在 village_facts 中登记", "settle it, and enter it in village_facts"),
        _farmland,
        lambda terms: terms.rules.farmland,
    ),
    guard(
        "bad-items",
        Text("没有写明交接项目，或不是应交接的项目", "no item of the handover is named, or one that is none"),
        Text("从党组织、账目、档案、印章、人员中写", "write party, accounts, archives, seals, personnel"),
        _known_items,
        lambda terms: terms.rules.handover,
    ),
    guard(
        "handover-incomplete",
        Text("五项交接没有完成", "the five parts of the handover are not complete"),
        Text("补交接缺的项目", "hand over what is missing"),
        _all_handed,
        lambda terms: terms.rules.handover,
    ),
    guard(
        "obligations-open",
        Text("还有遗留事项未了", "obligations are still open"),
        Text("办结遗留事项后完成", "settle them first"),
        _nothing_owed,
        lambda terms: terms.rules.handover,
    ),
    REASON,
    EVIDENCE,
)
_EARLY = "candidate assessed consulted village_vote township_proposal"
TRANSITIONS = (
    row("assess", Text("评估", "assess"), "candidate", "assessed", "township",
        "out-of-order criteria-barred no-evidence"),
    row("consult", Text("征求意见", "consult"), "assessed", "consulted", "township village",
        "out-of-order no-evidence"),
    row("vote", Text("村民会议表决", "vote"), "consulted",
        Fork(Text("过半数同意？", "more than half agree?"), agreed, "village_vote", "rejected"),
        "village", "out-of-order assets-unaudited bad-count no-quorum no-evidence"),
    row("propose", Text("申报", "propose"), "village_vote", "township_proposal", "township",
        "out-of-order no-evidence"),
    row("approve", Text("批准", "approve"), "township_proposal", "county_approval", "county",
        "out-of-order criteria-barred criteria-not-met farmland-unsettled no-evidence"),
    row("hand_over", Text("交接", "hand over"), "county_approval handover", "handover", "township village",
        "out-of-order bad-items no-evidence"),
    row("run_dual", Text("进入村居并存", "run side by side"), "handover", "dual_track", "township",
        "out-of-order handover-incomplete"),
    row("complete", Text("完成", "complete"), "dual_track", "completed", "township community",
        "out-of-order obligations-open no-evidence"),
    row("withdraw", Text("撤回", "withdraw"), _EARLY, "withdrawn", "township village", "out-of-order no-reason"),
)  # fmt: skip
TRANSITION: Casework[Candidate, Standing, Act, Terms] = Casework(
    "village_transition",
    Procedure(
        "village_transition",
        1,
        Text("村改居程序", "transition of a village"),
        "candidate",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        describe=describer(STATES, TRANSITIONS, ROLES),
    ),
    Candidate,
    Act,
    opened,
    after,
)
"""村改居: what a `Casebook` needs to keep transitions."""
