"""吹哨程序: every state and every move of a whistle, in this one file.

    drafted → screened → dispatched → acknowledged → arrived → handling → claimed → verified → closed
       └→ declined          ↓ bounced (once, by the list) ↑            └──── not settled ──┘
    any open state → escalated to the joint conference; before it is sent out, or bounced → taken into the ledger

What a community can do itself by its list is not whistled for, save in an emergency. Those who were called do not
confirm that the matter is settled: the community does. Without a score in time the whistle is closed neutral.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.dates import day_of
from huaying_governance.party.whistle import Act, Standing, Terms, Whistle, after, opened
from huaying_governance.procedure.clock import passed
from huaying_governance.procedure.table import Fork, Guard, Procedure, State, Transition
from huaying_governance.text import Text, same

DEFAULT = Citation(Source("default", Text("本库默认值", "library default"), "default"))
ROLES: Mapping[str, Text] = {
    "community": Text("社区", "community"),
    "centre": Text("街道指挥中心", "subdistrict centre"),
    "responder": Text("报到单位或党员", "who was called"),
}
STATES = (
    State("drafted", Text("已起草", "drafted")),
    State("screened", Text("已核清单", "screened")),
    State("dispatched", Text("已派哨", "sent out")),
    State("acknowledged", Text("已应哨", "acknowledged")),
    State("arrived", Text("已到场", "on site")),
    State("handling", Text("办理中", "being handled")),
    State("claimed", Text("报办结", "reported as done")),
    State("verified", Text("社区已确认", "confirmed by the community")),
    State("bounced", Text("被退回", "sent back")),
    State("closed", Text("已办结", "closed"), open=False, final=True),
    State("declined", Text("不予派哨", "not sent out"), open=False, final=True),
    State("withdrawn", Text("已撤回", "withdrawn"), open=False, final=True),
    State("ledgered", Text("转入台账", "taken into the ledger"), open=False, final=True),
    State("escalated", Text("提交联席会议", "put to the joint conference"), open=False, final=True),
)
G = Guard[Standing, Act, Terms]


def _in_order(standing: Standing, act: Act, _: Terms) -> bool:
    return act.at >= (standing.last_at or standing.whistle.at)


def _not_own(standing: Standing, _act: Act, terms: Terms) -> bool:
    whistle = standing.whistle
    if whistle.kind == "urgent":
        return True
    return terms.kind_of(whistle.matter, whistle.community, day_of(whistle.at)) != "autonomy"


def _screened(standing: Standing, _act: Act, _: Terms) -> bool:
    return standing.state != "drafted" or standing.whistle.kind == "urgent"


def _has_bodies(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.bodies)


def _one_lead(_standing: Standing, act: Act, _: Terms) -> bool:
    return (len(act.bodies) < 2 and not act.lead) or act.lead in act.bodies


def _was_called(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor in standing.bodies


def _leads(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor == standing.lead


def _has_reason(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.reason.strip())


def _has_evidence(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.evidence.strip())


def _listed(standing: Standing, act: Act, terms: Terms) -> bool:
    whistle = standing.whistle
    return bool(act.basis) and bool(terms.kind_of(act.basis, whistle.community, day_of(act.at)))


def _may_bounce(standing: Standing, _act: Act, terms: Terms) -> bool:
    return standing.bounced < terms.rules.bounces


def _may_extend(standing: Standing, _act: Act, terms: Terms) -> bool:
    return standing.extensions < terms.rules.extensions and standing.whistle.kind == "hard"


def _has_days(_standing: Standing, act: Act, terms: Terms) -> bool:
    limit = [one.amount for one in terms.rules.clocks if (one.kind, one.step) == ("hard", "close")]
    return act.days is not None and 0 < act.days <= max(limit, default=0)


def _says(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.satisfied is not None


def _own_whistle(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor == standing.whistle.community


def _scored(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.score is not None and 1 <= act.score <= 5


def _window_over(standing: Standing, act: Act, terms: Terms) -> bool:
    start = standing.last_at
    days = terms.rules.score_days
    return start is not None and passed(terms.calendar, day_of(start), days, "working_days", day_of(act.at))


def _window_open(standing: Standing, act: Act, terms: Terms) -> bool:
    return not _window_over(standing, act, terms)


def _guard(code: str, text: Text, cure: Text, holds: object = None, basis: Citation | None = None) -> G:
    return Guard(code, text, cure, holds, lambda *_: basis)  # type: ignore[arg-type] # one of the questions above


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
        Text("核对时间，按先后登记", "check the moment, and enter the steps in order"),
        _in_order,
    ),
    _guard(
        "own-duty",
        Text("清单列为社区自治事项，不应吹哨", "the list has it as the community's own matter"),
        Text("由社区自办；情况紧急可吹应急哨", "let the community do it; in an emergency blow an urgent whistle"),
        _not_own,
        DEFAULT,
    ),
    _guard(
        "not-screened",
        Text("尚未对照责任清单核验", "it was not screened against the responsibility list"),
        Text("先核清单", "screen it first"),
        _screened,
        DEFAULT,
    ),
    _guard(
        "no-bodies",
        Text("没有写明派给谁", "nobody is named to come"),
        Text("写明单位或党员编号", "name the bodies or members"),
        _has_bodies,
    ),
    _guard(
        "no-lead",
        Text("多家报到须定一家牵头，且在所派之中", "of several who are called, one of them must lead"),
        Text("在 lead 中写明牵头者", "name the one that leads in `lead`"),
        _one_lead,
        DEFAULT,
    ),
    _guard(
        "not-called",
        Text("不是所派的单位或党员", "it is not one of those called"),
        Text("由所派者办理", "leave it to those called"),
        _was_called,
    ),
    _guard(
        "not-the-lead",
        Text("不是牵头者", "it does not lead"),
        Text("由牵头者报办结", "leave it to the lead"),
        _leads,
    ),
    _guard(
        "no-reason",
        Text("没有写明理由", "no reason is given"),
        Text("写明理由", "give the reason"),
        _has_reason,
    ),
    _guard(
        "no-list-basis",
        Text("退回没有清单依据", "sending it back has no basis in the list"),
        Text("在 basis 写明清单事项", "name the line of the list in `basis`"),
        _listed,
        DEFAULT,
    ),
    _guard(
        "bounce-limit",
        Text("退回次数已满（{bounces}次）", "it was sent back as often as allowed ({bounces})"),
        Text("应哨办理，或提交联席会议", "come and handle it, or put it to the joint conference"),
        _may_bounce,
        DEFAULT,
    ),
    _guard(
        "extension-limit",
        Text("不能延期，或延期次数已满", "it cannot be extended, or not again"),
        Text("按期办结，或提交联席会议", "finish in time, or put it to the joint conference"),
        _may_extend,
        DEFAULT,
    ),
    _guard(
        "bad-days",
        Text("延期天数须为正数，且不超过原期限", "the days are positive, and no more than the time allowed"),
        Text("改正天数", "mend the days"),
        _has_days,
        DEFAULT,
    ),
    _guard(
        "no-evidence",
        Text("没有附凭据", "no evidence is given"),
        Text("附上凭据编号", "give the reference of the evidence"),
        _has_evidence,
    ),
    _guard(
        "no-finding",
        Text("没有写明是否办妥", "it is not said whether it is settled"),
        Text("填写是否满意", "state `satisfied`"),
        _says,
    ),
    _guard(
        "not-the-community",
        Text("不是吹哨的社区", "it is not the community that blew the whistle"),
        Text("由吹哨社区办理", "leave it to that community"),
        _own_whistle,
    ),
    _guard(
        "bad-score",
        Text("评分须为1至5", "a score is 1 to 5"),
        Text("填写1至5的整数", "state a whole number from 1 to 5"),
        _scored,
        DEFAULT,
    ),
    _guard(
        "window-over",
        Text("评分期（{score_days}个工作日）已过，按中性计", "the {score_days} working days for a score are over"),
        Text("以 close 办结，不计分", "close it without score"),
        _window_open,
        DEFAULT,
    ),
    _guard(
        "window-open",
        Text("评分期（{score_days}个工作日）未满", "the {score_days} working days for a score are not over"),
        Text("期满后再办结，或由社区评分", "wait, or let the community score"),
        _window_over,
        DEFAULT,
    ),
)  # fmt: skip


def _row(
    action: str,
    label: Text,
    sources: str,
    to: str | Fork[Standing, Act, Terms] | None,
    roles: str,
    guards: str = "",
) -> Transition[Standing, Act, Terms]:
    return Transition(action, label, tuple(sources.split()), to, tuple(roles.split()), tuple(guards.split()))


_SETTLED = Fork[Standing, Act, Terms](
    Text("办妥", "settled"), lambda _s, act, _t: act.satisfied is True, "verified", "handling"
)
_WORKED = "acknowledged arrived handling"
_OPEN = f"screened dispatched {_WORKED} claimed bounced"
TRANSITIONS = (
    _row("screen", Text("核清单", "screen"), "drafted", "screened", "centre", "own-duty"),
    _row("decline", Text("不予派哨", "decline"), "drafted screened", "declined", "centre", "no-reason"),
    _row(
        "dispatch",
        Text("派哨", "send out"),
        "drafted screened bounced",
        "dispatched",
        "centre",
        "not-screened no-bodies no-lead",
    ),
    _row("acknowledge", Text("应哨", "acknowledge"), "dispatched", "acknowledged", "responder", "not-called"),
    _row(
        "bounce",
        Text("退回", "send back"),
        "dispatched acknowledged",
        "bounced",
        "responder",
        "not-called no-reason no-list-basis bounce-limit",
    ),
    _row(
        "arrive",
        Text("到场", "arrive"),
        "dispatched acknowledged",
        "arrived",
        "responder",
        "not-called no-evidence",
    ),
    _row("report", Text("报进展", "report"), "arrived handling", "handling", "responder", "not-called"),
    _row("plan", Text("报方案", "plan"), _WORKED, "handling", "responder", "not-called no-evidence"),
    _row("extend", Text("延期", "extend"), _WORKED, None, "centre", "no-reason extension-limit bad-days"),
    _row(
        "claim",
        Text("报办结", "report as done"),
        "arrived handling",
        "claimed",
        "responder",
        "not-called not-the-lead no-evidence",
    ),
    _row("verify", Text("确认", "confirm"), "claimed", _SETTLED, "community", "no-finding not-the-community"),
    _row(
        "score",
        Text("评分", "score"),
        "verified",
        "closed",
        "community",
        "not-the-community bad-score window-over",
    ),
    _row("close", Text("办结", "close"), "verified", "closed", "centre", "window-open"),
    _row(
        "escalate",
        Text("提交联席会议", "put to the joint conference"),
        _OPEN,
        "escalated",
        "community centre",
        "no-reason",
    ),
    _row(
        "hand_over",
        Text("转入台账", "take into the ledger"),
        "drafted screened bounced",
        "ledgered",
        "centre",
        "no-reason",
    ),
    _row(
        "withdraw",
        Text("撤回", "withdraw"),
        "drafted screened",
        "withdrawn",
        "community",
        "not-the-community no-reason",
    ),
)
_STATES = {state.id: state.label for state in STATES}
_ACTIONS = {row.action: row.label for row in TRANSITIONS}


def _describe(standing: Standing, act: Act, terms: Terms) -> Mapping[str, object]:
    return {
        "state": _STATES[standing.state],
        "action": _ACTIONS[act.action],
        "role": ROLES.get(act.role, same(act.role)),
        "bounces": terms.rules.bounces,
        "score_days": terms.rules.score_days,
    }


WHISTLES: Casework[Whistle, Standing, Act, Terms] = Casework(
    "whistle",
    Procedure(
        "whistle",
        1,
        Text("社区吹哨程序", "whistles"),
        "drafted",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        always=("out-of-order",),
        describe=_describe,
    ),
    Whistle,
    Act,
    opened,
    after,
)
"""吹哨: what a `Casebook` needs to keep whistles."""
