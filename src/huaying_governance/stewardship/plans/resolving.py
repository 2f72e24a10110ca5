"""差异处理程序: every state and every move of a difference between two plans, in this one file.

    detected → classified → assigned → resolved → verified
                               ↑ not settled ┘ ↘ deferred → assigned

Somebody other than who resolved it verifies, and only when the plans no longer differ. A hard conflict is not
deferred, and the spatial plan, which is the base of the others, does not give way to a plan of land or town.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from attrs import evolve, frozen

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.procedure.table import Fork, Guard, Procedure, State
from huaying_governance.procedure.usual import EVIDENCE, IN_ORDER, REASON, ROLE, STATE, describer, guard, row
from huaying_governance.stewardship.plans.model import SEVERITIES
from huaying_governance.text import Text

NEVER = datetime(1, 1, 2, tzinfo=SHANGHAI)
"""Before anything was done: a plan is compared while it is drawn up, so that no day begins a difference."""
RESOLUTIONS = ("a_yields", "b_yields", "both_revised", "data_corrected", "deferred")


@frozen(kw_only=True)
class Conflict:
    """差异: the place, and the two plans with their kinds."""

    parcel: str
    plan_a: str
    plan_b: str
    kind_a: str
    kind_b: str


@frozen(kw_only=True)
class Act:
    """差异办理: one act on a difference."""

    action: str
    at: datetime
    actor: str
    role: str
    severity: str = ""
    lead: str = ""
    resolution: str = ""
    passed: bool | None = None
    reason: str = ""
    evidence: str = ""


def _unknown(_conflict: Conflict) -> str:
    return ""


@frozen
class Terms:
    """差异依据: what the plans say today (the severity found now, empty: they no longer differ), and the clauses."""

    base: Citation
    rules: Citation
    found: Callable[[Conflict], str] = _unknown


@frozen(kw_only=True)
class Standing:
    """差异现状."""

    conflict: Conflict
    last_at: datetime = NEVER
    state: str = "detected"
    severity: str = ""
    lead: str = ""
    resolution: str = ""
    resolved_by: str = ""


def opened(conflict: Conflict) -> Standing:
    """Return how a difference stands when it is found."""
    return Standing(conflict=conflict)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a difference stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "classify":
            return evolve(moved, severity=act.severity)
        case "assign":
            return evolve(moved, lead=act.lead)
        case "resolve":
            return evolve(moved, resolution=act.resolution, resolved_by=act.actor)
        case _:
            return moved


ROLES: Mapping[str, Text] = {
    "checker": Text("核对员", "checker"),
    "coordinator": Text("统筹单位", "coordinator"),
    "handler": Text("承办单位", "handler"),
    "verifier": Text("核验人", "verifier"),
}
STATES = (
    State("detected", Text("已发现", "detected")),
    State("classified", Text("已分类", "classified")),
    State("assigned", Text("已交办", "assigned")),
    State("resolved", Text("已处理待核验", "resolved, to be verified")),
    State("deferred", Text("暂缓", "deferred")),
    State("verified", Text("已消除", "settled and verified"), open=False, final=True),
)


def _a_class(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.severity in SEVERITIES


def _as_found(standing: Standing, act: Act, terms: Terms) -> bool:
    held = terms.found(standing.conflict)
    grounded = bool(act.reason.strip()) and bool(act.evidence.strip())
    return not held or act.severity == held or grounded


def _a_lead(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.lead.strip())


def _leads(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor == standing.lead


def _a_resolution(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.resolution in RESOLUTIONS


def _not_deferred(standing: Standing, act: Act, _: Terms) -> bool:
    return act.resolution != "deferred" or standing.severity != "hard"


def _for_data(standing: Standing, act: Act, _: Terms) -> bool:
    return act.resolution != "data_corrected" or standing.severity == "data"


def _base_stands(standing: Standing, act: Act, _: Terms) -> bool:
    one = standing.conflict
    yields = {"a_yields": (one.kind_a, one.kind_b), "b_yields": (one.kind_b, one.kind_a)}
    yielding, other = yields.get(act.resolution, ("", ""))
    return yielding != "spatial" or other not in {"land", "urban"}


def _other_hand(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor != standing.resolved_by


def _says(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.passed is not None


def _gone(standing: Standing, act: Act, terms: Terms) -> bool:
    return act.passed is not True or not terms.found(standing.conflict)


GUARDS: tuple[Guard[Standing, Act, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "no-class",
        Text("没有写明等级", "no severity is stated"),
        Text("写明硬冲突、软冲突或数据问题", "state hard, soft or data"),
        _a_class,
    ),
    guard(
        "class-differs",
        Text(
            "与核对结果的等级不同，又没有理由和凭据",
            "it is not the severity found, without reason or evidence",
        ),
        Text("按核对结果分类，或写明理由并附凭据", "take the severity found, or give reason and evidence"),
        _as_found,
        lambda terms: terms.rules,
    ),
    guard(
        "no-lead",
        Text("没有写明承办单位", "nobody is named to resolve it"),
        Text("写明一个承办单位", "name one body in `lead`"),
        _a_lead,
    ),
    guard(
        "not-the-lead",
        Text("不是承办单位", "the actor is not the one it was assigned to"),
        Text("由承办单位办理", "leave it to the body assigned"),
        _leads,
    ),
    guard(
        "no-resolution",
        Text("没有写明处理方式", "it is not said how it is resolved"),
        Text("写明哪一个规划调整", "state which plan yields"),
        _a_resolution,
    ),
    guard(
        "hard-not-deferred",
        Text("硬冲突不能暂缓", "a hard conflict is not deferred"),
        Text("调整其中一个规划", "let one of the plans yield"),
        _not_deferred,
        lambda terms: terms.rules,
    ),
    guard(
        "no-data-problem",
        Text(
            "不是数据问题，不能以更正数据了结",
            "it is no question of data, and is not settled by correcting them",
        ),
        Text("调整规划，或凭据重新分类", "let a plan yield"),
        _for_data,
        lambda terms: terms.rules,
    ),
    guard(
        "base-plan-yields",
        Text("国土空间规划是基础，不为专项规划让步", "the spatial plan is the base and does not yield here"),
        Text("由另一规划调整，或两规划都调整", "let the other plan yield, or revise both"),
        _base_stands,
        lambda terms: terms.base,
    ),
    guard(
        "same-hand",
        Text("处理人不能自己核验", "who resolved it does not verify it"),
        Text("由他人核验", "let somebody else verify it"),
        _other_hand,
        lambda terms: terms.rules,
    ),
    guard(
        "no-finding",
        Text("没有写明是否消除", "it is not said whether it is settled"),
        Text("填写是否通过", "state `passed`"),
        _says,
    ),
    guard(
        "still-differs",
        Text("两规划现在仍不一致", "the plans still differ"),
        Text("更新图斑用途后再核验", "bring the designations up to date first"),
        _gone,
        lambda terms: terms.rules,
    ),
    REASON,
    EVIDENCE,
)
TRANSITIONS = (
    row("classify", Text("分类", "classify"), "detected classified", "classified", "checker",
        "out-of-order no-class class-differs"),
    row("assign", Text("交办", "assign"), "classified assigned deferred", "assigned", "coordinator",
        "out-of-order no-lead"),
    row("resolve", Text("处理", "resolve"), "assigned",
        Fork(Text("暂缓？", "deferred?"), lambda _s, act, _t: act.resolution == "deferred", "deferred", "resolved"),
        "handler",
        "out-of-order not-the-lead no-resolution hard-not-deferred no-data-problem base-plan-yields no-reason "
        "no-evidence"),
    row("verify", Text("核验", "verify"), "resolved",
        Fork(Text("已消除？", "settled?"), lambda _s, act, _t: act.passed is True, "verified", "assigned"),
        "verifier", "out-of-order same-hand no-finding still-differs"),
)  # fmt: skip
CONFLICTS: Casework[Conflict, Standing, Act, Terms] = Casework(
    "plan_conflict",
    Procedure(
        "plan_conflict",
        1,
        Text("差异处理程序", "differences between plans"),
        "detected",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        describe=describer(STATES, TRANSITIONS, ROLES),
    ),
    Conflict,
    Act,
    opened,
    after,
)
"""差异处理: what a `Casebook` needs to keep differences."""
