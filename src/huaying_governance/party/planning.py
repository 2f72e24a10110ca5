"""活动统筹: activities that are planned for one branch or several, and scheduled by who has 活动统筹权.

    planned → scheduled → held
        └─────────┴→ cancelled        a postponement stays where it is

Small groups (小型分散) are welcome, but not smaller than the rules say. Without the right nothing is scheduled.
"""

from __future__ import annotations

from datetime import date

from attrs import evolve, frozen

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation
from huaying_governance.party.rights import DEFAULT, Rights, right_guard
from huaying_governance.procedure.table import State
from huaying_governance.procedure.usual import (
    EVIDENCE,
    IN_ORDER,
    REASON,
    ROLE,
    STATE,
    guard,
    row,
    usual_procedure,
)
from huaying_governance.text import Text


@frozen(kw_only=True)
class PlanRules:
    """活动规则 of a pack: the fewest who make an activity, and where that is written."""

    least: int
    citation: Citation


@frozen(kw_only=True)
class Plan:
    """活动计划: what kind, on what, where, for which branches, and for which day it is planned."""

    kind: str
    topic: str
    community: str
    branches: tuple[str, ...]
    on: date
    day: date


@frozen(kw_only=True)
class Act:
    """办理: one act on a plan; `day` is the new day of a postponement, `came` how many were there."""

    action: str
    at: date
    actor: str
    role: str
    reason: str = ""
    evidence: str = ""
    day: date | None = None
    came: int | None = None


@frozen(kw_only=True)
class Standing:
    """计划现状: for which day it stands, who scheduled it, how many were there."""

    plan: Plan
    day: date
    last_at: date
    state: str = "planned"
    by: str = ""
    came: int | None = None

    def overdue(self, on: date) -> bool:
        """Whether its day has passed and it was neither held nor cancelled."""
        return self.state in {"planned", "scheduled"} and self.day < on


@frozen
class Terms:
    """活动条件: the rights granted, and the rules."""

    rights: Rights
    rules: PlanRules


def opened(plan: Plan) -> Standing:
    """Return how a plan stands when it is entered."""
    return Standing(plan=plan, day=plan.day, last_at=plan.on)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a plan stands after an admitted act."""
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "schedule":
            return evolve(moved, by=act.actor)
        case "postpone":
            return evolve(moved, day=act.day or standing.day)
        case "hold":
            return evolve(moved, came=act.came)
        case _:
            return moved


def _coordinates(standing: Standing, act: Act, terms: Terms) -> bool:
    return terms.rights.may(act.actor, "coordinate", standing.plan.community, act.at)


def _later(standing: Standing, act: Act, _: Terms) -> bool:
    return act.day is not None and act.day > standing.day


def _enough(_standing: Standing, act: Act, terms: Terms) -> bool:
    return act.came is not None and act.came >= terms.rules.least


def _not_before(standing: Standing, act: Act, _: Terms) -> bool:
    return act.at >= standing.day


GUARDS = (
    STATE,
    ROLE,
    IN_ORDER,
    right_guard("coordinate", _coordinates),
    guard(
        "no-new-day",
        Text("没有写明更晚的日期", "no later day is stated"),
        Text("写明改期后的日期", "state the new day"),
        _later,
        lambda _: DEFAULT,
    ),
    guard(
        "not-yet",
        Text("还没到活动日", "its day has not come"),
        Text("活动当日或之后登记", "enter it on the day or after"),
        _not_before,
    ),
    guard(
        "too-few",
        Text("到场不足{least}人，或没有写明", "fewer than {least} were there, or it is not said"),
        Text("写明人数；不足的另行组织", "state how many; with fewer, hold another"),
        _enough,
        lambda terms: terms.rules.citation,
    ),
    REASON,
    EVIDENCE,
)
STATES = (
    State("planned", Text("已计划", "planned")),
    State("scheduled", Text("已排定", "scheduled")),
    State("held", Text("已开展", "held"), open=False, final=True),
    State("cancelled", Text("已取消", "cancelled"), open=False, final=True),
)
ROLES = {"member": Text("大党委成员", "member of the grand committee"), "branch": Text("支部", "branch")}
TRANSITIONS = (
    row("schedule", Text("排定", "schedule"), "planned", "scheduled", "member", "no-right"),
    row("postpone", Text("改期", "postpone"), "planned scheduled", None, "member", "no-right no-new-day no-reason"),
    row("hold", Text("开展", "hold"), "scheduled", "held", "member branch", "not-yet too-few no-evidence"),
    row("cancel", Text("取消", "cancel"), "planned scheduled", "cancelled", "member", "no-right no-reason"),
)  # fmt: skip
PLANS: Casework[Plan, Standing, Act, Terms] = Casework(
    "plan",
    usual_procedure(
        "plan",
        Text("活动统筹程序", "plans of activities"),
        "planned",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        lambda terms: {"least": terms.rules.least},
    ),
    Plan,
    Act,
    opened,
    after,
)
"""活动计划: what a `Casebook` needs to keep plans."""
