"""招聘会程序: every state and every move of a fair, in this one file.

    planned → risk checked → announced → held → followed up → closed
       └───────────┴─────────────┴→ cancelled

A fair for as many as the pack says is announced only with the permit, which is asked for so many days before. It is
free to those who seek work.
"""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.employment.acts import decided
from huaying_governance.employment.fairs import Act, Fair, Standing, after, needs_permit, opened, permit_by
from huaying_governance.employment.placement import FairRules
from huaying_governance.procedure.table import Fork, Guard, State
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

ROLES: Mapping[str, Text] = {
    "organiser": Text("主办单位", "organiser"),
    "office": Text("人社部门", "human resources office"),
    "police": Text("公安机关", "police"),
}
STATES = (
    State("planned", Text("已计划", "planned")),
    State("risk_checked", Text("已安全检查", "risk checked")),
    State("announced", Text("已公布", "announced")),
    State("held", Text("已举办", "held")),
    State("followed_up", Text("已跟踪", "followed up")),
    State("closed", Text("已结束", "closed"), open=False, final=True),
    State("cancelled", Text("已取消", "cancelled"), open=False, final=True),
)


def _is_free(standing: Standing, _act: Act, _rules: FairRules) -> bool:
    return standing.held.free is True


def _permitted(standing: Standing, _act: Act, rules: FairRules) -> bool:
    return bool(standing.permit) or not needs_permit(standing.held, rules)


def _in_time(standing: Standing, act: Act, rules: FairRules) -> bool:
    last = permit_by(standing.held, rules)
    return last is None or act.on <= last


def _needed(standing: Standing, _act: Act, rules: FairRules) -> bool:
    return needs_permit(standing.held, rules)


def _was_asked(standing: Standing, _act: Act, _rules: FairRules) -> bool:
    return standing.asked_on is not None


def _its_day(standing: Standing, act: Act, _rules: FairRules) -> bool:
    return act.on == standing.held.held_on


GUARDS: tuple[Guard[Standing, Act, FairRules], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "not-free",
        Text("没有写明对求职者免费", "it is not said that it is free to those who seek work"),
        Text("改为免费，另行登记", "make it free, and plan it anew"),
        _is_free,
        lambda rules: rules.free,
    ),
    guard(
        "no-permit-needed",
        Text("预计不足{heads}人，不需要安全许可", "fewer than {heads} are expected: no permit is needed"),
        Text("不必申请", "there is nothing to ask for"),
        _needed,
        lambda rules: rules.permit,
    ),
    guard(
        "permit-late",
        Text("距举办不足{days}日", "the fair is in fewer than {days} days"),
        Text("改期举办，另行登记", "hold it later, and plan it anew"),
        _in_time,
        lambda rules: rules.permit,
    ),
    guard(
        "permit-not-asked",
        Text("没有登记许可申请", "the permit was not asked for"),
        Text("先登记申请", "enter that it was asked for"),
        _was_asked,
        lambda rules: rules.permit,
    ),
    guard(
        "no-permit",
        Text("预计{heads}人以上，没有安全许可", "{heads} or more are expected, and there is no permit"),
        Text("提前{days}日申请，获准后再公布", "ask {days} days before, and announce it with the permit"),
        _permitted,
        lambda rules: rules.permit,
    ),
    guard(
        "not-its-day",
        Text("不是计划的举办日", "it is not the day that was planned"),
        Text("改期的，取消后另行登记", "if it was moved, cancel it and plan it anew"),
        _its_day,
    ),
    decided("checked"),
    REASON,
    EVIDENCE,
)
_CHECK = Fork[Standing, Act, FairRules](
    Text("检查合格", "in order"), lambda _s, act, _t: act.checked is True, "risk_checked", "planned"
)
TRANSITIONS = (
    row(
        "check",
        Text("安全检查", "check the risks"),
        "planned",
        _CHECK,
        "organiser office",
        "no-finding no-evidence",
    ),
    row(
        "ask_permit",
        Text("申请许可", "ask for the permit"),
        "planned risk_checked",
        None,
        "organiser",
        "no-permit-needed permit-late no-evidence",
    ),
    row(
        "permit",
        Text("准予许可", "permit"),
        "planned risk_checked",
        None,
        "police",
        "permit-not-asked no-evidence",
    ),
    row(
        "announce",
        Text("公布", "announce"),
        "risk_checked",
        "announced",
        "organiser office",
        "not-free no-permit",
    ),
    row("hold", Text("举办", "hold"), "announced", "held", "organiser", "no-permit not-its-day"),
    row("follow_up", Text("跟踪回访", "follow up"), "held", "followed_up", "organiser office", "no-evidence"),
    row("close", Text("结束", "close"), "followed_up", "closed", "office"),
    row(
        "cancel",
        Text("取消", "cancel"),
        "planned risk_checked announced",
        "cancelled",
        "organiser office",
        "no-reason",
    ),
)

FAIRS: Casework[Fair, Standing, Act, FairRules] = Casework(
    "fair",
    usual_procedure(
        "fair",
        Text("招聘会程序", "fairs"),
        "planned",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        lambda rules: {"heads": rules.permit_from, "days": rules.permit_days},
    ),
    Fair,
    Act,
    opened,
    after,
)
"""招聘会: what a `Casebook` needs to keep fairs."""
