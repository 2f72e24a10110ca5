"""挂牌程序: every state and every move of an honour, in this one file.

    applied → checked → voted → publicised → listed ↺ reviewed → removed
       └─────────┴────────┴→ rejected           ↕ suspended ──────┘

Closing down and party discipline remove at once; what is suspended and not put right within its days is removed by
itself. A review is due every quarter. A confirmed penalty suspends at once and says so in public. Complaints are
counted; as many as the rules name within their months open a review, which ends in renewal or removal. No honour
exempts from inspection. Where a pack caps them, no more hang of a year than it says.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Callable, Mapping

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation
from huaying_governance.party.honour import (
    SCOPES,
    Act,
    Honour,
    Standing,
    Terms,
    after,
    full,
    opened,
    state_on,
)
from huaying_governance.procedure.table import Fork, Guard, Procedure, State, Transition
from huaying_governance.text import Text, same

ROLES: Mapping[str, Text] = {
    "committee": Text("评选小组", "selection committee"),
    "market": Text("市场监管", "market office"),
    "community": Text("社区", "community"),
}
STATES = (
    State("applied", Text("已申请", "applied")),
    State("checked", Text("已核查", "checked")),
    State("voted", Text("已表决", "voted")),
    State("publicised", Text("公示中", "under publicity")),
    State("listed", Text("挂牌", "listed"), open=False),
    State("review", Text("待复查", "to be reviewed")),
    State("suspended", Text("暂停挂牌", "suspended")),
    State("rejected", Text("不予挂牌", "rejected"), open=False, final=True),
    State("removed", Text("已摘牌", "removed"), open=False, final=True),
)
G = Guard[Standing, Act, Terms]
F = Fork[Standing, Act, Terms]


def _in_order(standing: Standing, act: Act, _: Terms) -> bool:
    return act.on >= (standing.last_on or standing.honour.on)


def _in_time(standing: Standing, act: Act, terms: Terms) -> bool:
    return state_on(standing, terms.rules, act.on) == standing.state


def _says(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.passed is not None


def _has_reason(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.reason.strip())


def _has_evidence(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.evidence.strip())


def _not_holder(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor != standing.honour.holder


def _public_enough(standing: Standing, act: Act, terms: Terms) -> bool:
    end = None if standing.publicised_on is None else terms.publicity_ends(standing.publicised_on)
    return end is not None and act.on > end


def _branch_stated(standing: Standing, _act: Act, terms: Terms) -> bool:
    asked = any(cap.per == "branch" and cap.covers(standing.honour) for cap in terms.rules.caps)
    return bool(standing.honour.branch) or not asked


def _cap_basis(standing: Standing, terms: Terms) -> Citation | None:
    """Return the clause of the cap that bars, as it was when the honour was last moved."""
    held = full(standing, terms, standing.last_on or standing.honour.on)
    return None if held is None else held.cap.citation


def _guard(
    code: str, text: Text, cure: Text, holds: Callable[[Standing, Act, Terms], bool] | None = None
) -> G:
    return Guard(code, text, cure, holds, lambda _standing, terms: terms.rules.citation if holds else None)


GUARDS: tuple[G, ...] = (
    _guard(
        "wrong-state",
        Text("现为“{state}”，不能{action}", "it is {state}: {action} is not open"),
        Text("按程序办理", "take the steps in order"),
    ),
    _guard(
        "wrong-role",
        Text("{role}不能{action}", "{role} may not {action}"),
        Text("由有权角色办理", "leave it to the role that may"),
    ),
    _guard(
        "out-of-order",
        Text("早于已办的步骤", "it is older than a step already taken"),
        Text("核对日期，按先后登记", "check the day, and enter the steps in order"),
        _in_order,
    ),
    _guard(
        "lapsed",
        Text(
            "暂停后{rectify_days}日内没有整改合格，已摘牌",
            "it was not put right within {rectify_days} days of its suspension and is removed",
        ),
        Text("重新申请", "apply anew"),
        _in_time,
    ),
    _guard(
        "own-honour",
        Text("申请人不能办理自己的挂牌", "the applicant may not act on an honour of one's own"),
        Text("由他人办理", "let somebody else do it"),
        _not_holder,
    ),
    _guard(
        "no-finding",
        Text("没有写明是否通过", "it is not said whether it passes"),
        Text("填写是否通过", "state `passed`"),
        _says,
    ),
    _guard(
        "no-reason",
        Text("没有写明理由", "no reason is given"),
        Text("写明可公开的理由", "give a reason that can be made public"),
        _has_reason,
    ),
    _guard(
        "no-evidence",
        Text("没有附查实凭据", "no evidence of the finding is given"),
        Text("附上凭据编号", "give the reference of the evidence"),
        _has_evidence,
    ),
    _guard(
        "publicity-running",
        Text(
            "公示期未满，或截止日超出日历", "the publicity is not over, or its end lies beyond the calendar"
        ),
        Text("公示满{days}个工作日后再挂牌", "list it after {days} working days of publicity"),
        _public_enough,
    ),
    _guard(
        "no-branch",
        Text("上限按支部计算，没有写明支部", "the cap is counted by branch, and none is stated"),
        Text("补填 branch（所在支部）", "state `branch`"),
        _branch_stated,
    ),
    Guard(
        "over-cap",
        Text(
            "{year}年申请的，{scope}已挂牌{hung}个，上限{limit}个",
            "of those applied for in {year} in {scope} {hung} hang, and {limit} may",
        ),
        Text(
            "当年其中一个摘牌后再挂，或次年重新申请；上限写在 party.toml 的 honour_cap",
            "list it when one of that year is taken down, or apply anew next year; the cap stands in party.toml "
            "under `honour_cap`",
        ),
        lambda standing, act, terms: full(standing, terms, act.on) is None,
        _cap_basis,
    ),
)


def _enough(standing: Standing, act: Act, terms: Terms) -> bool:
    rules = terms.rules
    return standing.recent(act.on, rules.complaint_months) + 1 >= rules.complaints


def _or(good: str, bad: str) -> F:
    return Fork(Text("通过", "passes"), lambda _s, act, _t: act.passed is True, good, bad)


_MANY = F(Text("查实投诉达到次数", "enough complaints confirmed"), _enough, "review", "listed")


def _row(
    action: str, label: Text, sources: str, to: str | F | None, roles: str, guards: str
) -> Transition[Standing, Act, Terms]:
    return Transition(action, label, tuple(sources.split()), to, tuple(roles.split()), tuple(guards.split()))


TRANSITIONS = (
    _row(
        "check",
        Text("核查", "check"),
        "applied",
        _or("checked", "rejected"),
        "market",
        "no-finding no-evidence",
    ),
    _row("vote", Text("表决", "vote"), "checked", _or("voted", "rejected"), "committee", "no-finding"),
    _row("publicise", Text("公示", "publicise"), "voted", "publicised", "committee community", ""),
    _row(
        "list",
        Text("挂牌", "list"),
        "publicised",
        "listed",
        "committee",
        "publicity-running no-branch over-cap",
    ),
    _row(
        "review",
        Text("复查", "review"),
        "listed review",
        _or("listed", "suspended"),
        "committee",
        "no-finding",
    ),
    _row(
        "complaint",
        Text("投诉查实", "confirm a complaint"),
        "listed",
        _MANY,
        "market community",
        "no-evidence",
    ),
    _row(
        "complaint",
        Text("投诉查实", "confirm a complaint"),
        "review suspended",
        None,
        "market community",
        "no-evidence",
    ),
    _row(
        "penalty",
        Text("处罚查实", "confirm a penalty"),
        "listed review",
        "suspended",
        "market",
        "no-reason no-evidence",
    ),
    _row(
        "rectify",
        Text("整改合格", "confirm that it was put right"),
        "suspended",
        "listed",
        "committee",
        "no-evidence",
    ),
    _row(
        "close_down",
        Text("停业", "close down"),
        "applied checked voted publicised listed review suspended",
        "removed",
        "market community",
        "no-reason no-evidence",
    ),
    _row(
        "discipline",
        Text("党纪处分", "party discipline"),
        "listed review suspended",
        "removed",
        "committee",
        "no-reason no-evidence",
    ),
    _row("remove", Text("摘牌", "remove"), "listed review suspended", "removed", "committee", "no-reason"),
)
_STATES = {state.id: state.label for state in STATES}
_ACTIONS = {row.action: row.label for row in TRANSITIONS}


def _describe(standing: Standing, act: Act, terms: Terms) -> Mapping[str, object]:
    return {
        "state": _STATES[standing.state],
        "action": _ACTIONS[act.action],
        "role": ROLES.get(act.role, same(act.role)),
        "days": terms.rules.publicity_days,
        "rectify_days": terms.rules.rectify_days,
        **_cap_told(standing, act, terms),
    }


def _cap_told(standing: Standing, act: Act, terms: Terms) -> Mapping[str, object]:
    held = full(standing, terms, act.on)
    if held is None:
        return {}
    year, scope = standing.honour.on.year, SCOPES[held.cap.per]
    return {"year": year, "scope": scope, "hung": held.hung, "limit": held.limit}


HONOURS: Casework[Honour, Standing, Act, Terms] = Casework(
    "honour",
    Procedure(
        "honour",
        1,
        Text("评选挂牌程序", "honours"),
        "applied",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        always=("out-of-order", "lapsed", "own-honour"),
        describe=_describe,
    ),
    Honour,
    Act,
    opened,
    after,
)
"""挂牌: what a `Casebook` needs to keep honours."""
