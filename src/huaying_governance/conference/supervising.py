"""督办程序: every state and every move of a resolution, in this one file.

    drafted → signing → assigned → in progress → claimed → verified → closed
       └───────┴→ withdrawn ← lapsed   ↑ └─ not done ─┘                 │
                                       └─────────── reopened ───────────┘

A resolution follows what a meeting carried or a circulation settled; where the next meeting does not confirm that,
nothing more is done on it, and it is withdrawn. Those that cooperate sign first (会签); where one objects, the convener
assigns with a reason. Who verifies is neither the lead nor one of those that cooperate. What is overdue goes up, one
level after another.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.conference.resolution import (
    Resolution,
    ResolutionAct,
    ResolutionStanding,
    ResolutionTerms,
    after_resolution,
    colour,
    opened,
)
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
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
    "secretariat": Text("办公室", "secretariat"),
    "convener": Text("召集人", "convener"),
    "lead": Text("牵头单位", "lead"),
    "cooperator": Text("配合单位", "who cooperates"),
    "verifier": Text("核验人", "verifier"),
}
STATES = (
    State("drafted", Text("已拟定", "drafted")),
    State("signing", Text("会签中", "being signed")),
    State("assigned", Text("已交办", "assigned")),
    State("in_progress", Text("推进中", "in progress")),
    State("claimed", Text("报完成", "reported as done")),
    State("verified", Text("已核验", "verified")),
    State("closed", Text("已销号", "closed"), open=False),
    State("withdrawn", Text("已撤销", "withdrawn"), open=False, final=True),
)


def _carried(standing: ResolutionStanding, act: ResolutionAct, terms: ResolutionTerms) -> bool:
    settled = terms.settled_at(standing, act.at)
    return settled is not None and settled <= act.at


def _in_force(standing: ResolutionStanding, act: ResolutionAct, terms: ResolutionTerms) -> bool:
    return not terms.lapsed(standing, act.at)


def _lapsed(standing: ResolutionStanding, act: ResolutionAct, terms: ResolutionTerms) -> bool:
    return terms.lapsed(standing, act.at)


def _signatory(standing: ResolutionStanding, act: ResolutionAct, _: ResolutionTerms) -> bool:
    return act.actor in standing.resolution.cooperators


def _first(standing: ResolutionStanding, act: ResolutionAct, _: ResolutionTerms) -> bool:
    return act.actor not in {one for one, _agreed in standing.signed}


def _says(_standing: ResolutionStanding, act: ResolutionAct, _: ResolutionTerms) -> bool:
    return act.agreed is not None and (act.agreed or bool(act.reason.strip()))


def _has_cooperators(standing: ResolutionStanding, _act: ResolutionAct, _: ResolutionTerms) -> bool:
    return bool(standing.resolution.cooperators)


def _signed(standing: ResolutionStanding, act: ResolutionAct, _: ResolutionTerms) -> bool:
    if not standing.unsigned() and not standing.objected:
        return True
    return act.role == "convener" and bool(act.reason.strip()) and standing.state == "signing"


def _leads(standing: ResolutionStanding, act: ResolutionAct, _: ResolutionTerms) -> bool:
    return act.actor == standing.resolution.lead


def _has_days(_standing: ResolutionStanding, act: ResolutionAct, _: ResolutionTerms) -> bool:
    return act.days is not None and act.days > 0


def _in_time(standing: ResolutionStanding, act: ResolutionAct, _: ResolutionTerms) -> bool:
    return day_of(act.at) <= standing.due


def _may_extend(standing: ResolutionStanding, _act: ResolutionAct, terms: ResolutionTerms) -> bool:
    return standing.extensions < terms.rules.extensions


def _late(standing: ResolutionStanding, act: ResolutionAct, terms: ResolutionTerms) -> bool:
    return colour(standing, day_of(act.at), terms.rules) in {"yellow", "red"}


def _red(standing: ResolutionStanding, act: ResolutionAct, terms: ResolutionTerms) -> bool:
    return colour(standing, day_of(act.at), terms.rules) == "red"


def _above(standing: ResolutionStanding, _act: ResolutionAct, terms: ResolutionTerms) -> bool:
    return standing.level < len(terms.levels(standing))


def _found(_standing: ResolutionStanding, act: ResolutionAct, _: ResolutionTerms) -> bool:
    return act.satisfied is not None


def _another(standing: ResolutionStanding, act: ResolutionAct, _: ResolutionTerms) -> bool:
    return act.actor not in (standing.resolution.lead, *standing.resolution.cooperators)


def _circulating(terms: ResolutionTerms) -> Citation:
    return terms.rules.circulating.citation


def _following(terms: ResolutionTerms) -> Citation:
    return terms.rules.following


GUARDS: tuple[Guard[ResolutionStanding, ResolutionAct, ResolutionTerms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "not-carried",
        Text(
            "会议或传签没有议定此议题，或传签已失效",
            "neither a meeting nor a circulation carried this item, or the circulation lapsed",
        ),
        Text("核对会议、传签和议题编号", "check the meeting, the circulation and the item"),
        _carried,
        _following,
    ),
    guard(
        "lapsed",
        Text("传签未获下次会议确认，已失效", "the next meeting did not confirm the circulation: it has lapsed"),
        Text(
            "撤销本事项；由会议议定后另立议定事项",
            "withdraw it; let a meeting decide, and enter what it resolves",
        ),
        _in_force,
        _circulating,
    ),
    guard(
        "in-force",
        Text("议定事项有效，交办后不能撤销", "the resolution holds: once assigned it is not withdrawn"),
        Text("按程序办理", "carry it out, or put a change before a meeting"),
        _lapsed,
        _following,
    ),
    guard(
        "no-cooperators",
        Text("没有配合单位，无需会签", "nobody cooperates: there is nothing to sign"),
        Text("直接交办", "assign it"),
        _has_cooperators,
    ),
    guard(
        "not-a-signatory",
        Text("不是会签单位", "it is not asked to sign"),
        Text("由配合单位会签", "leave it to those that cooperate"),
        _signatory,
        _following,
    ),
    guard(
        "signed-already",
        Text("该单位已会签", "it has signed"),
        Text("每家会签一次", "each signs once"),
        _first,
    ),
    guard(
        "no-opinion",
        Text("没有写明会签意见，或不同意而无理由", "it does not say whether it agrees, or objects without reason"),
        Text("写明是否同意；不同意的写明理由", "say whether it agrees; give the reason of an objection"),
        _says,
    ),
    guard(
        "unsigned",
        Text("会签未完成或有不同意见", "not all have signed, or one objects"),
        Text(
            "会签后再交办；有不同意见的由召集人写明理由决定",
            "wait for all; over an objection the convener assigns, with a reason",
        ),
        _signed,
        _following,
    ),
    guard(
        "not-the-lead",
        Text("不是牵头单位", "it does not lead"),
        Text("由牵头单位办理", "leave it to the lead"),
        _leads,
        _following,
    ),
    guard(
        "bad-days",
        Text("没有写明天数", "the days are not said"),
        Text("填写正的天数", "state how many days, more than none"),
        _has_days,
    ),
    guard(
        "after-due",
        Text("期限已过，不能延期", "the deadline has passed: it cannot be extended"),
        Text("提级督办", "escalate it"),
        _in_time,
        _following,
    ),
    guard(
        "extension-limit",
        Text("延期次数已满（{extensions}次）", "it was extended as often as allowed: {extensions}"),
        Text("按期完成，或提级督办", "finish in time, or escalate it"),
        _may_extend,
        _following,
    ),
    guard(
        "on-time",
        Text("进度正常，不发督办通报", "it is on time: there is nothing to supervise"),
        Text("到黄牌或红牌时再发", "wait until it is yellow or red"),
        _late,
        _following,
    ),
    guard(
        "not-overdue",
        Text("没有逾期，不提级", "it is not overdue"),
        Text("逾期后再提级", "escalate it when it is"),
        _red,
        _following,
    ),
    guard(
        "top-level",
        Text("已到最高一级", "it stands at the highest level"),
        Text("由该级处理", "leave it to that level"),
        _above,
    ),
    guard(
        "no-finding",
        Text("没有写明是否完成", "it is not said whether it is done"),
        Text("填写核验结论", "state the finding"),
        _found,
    ),
    guard(
        "own-work",
        Text("牵头、配合单位不能核验自己的工作", "who did the work may not verify it"),
        Text("由其他单位核验", "let another verify it"),
        _another,
        _following,
    ),
    REASON,
    EVIDENCE,
)  # fmt: skip
_DONE = Fork[ResolutionStanding, ResolutionAct, ResolutionTerms](
    Text("已完成", "done"), lambda _s, act, _t: act.satisfied is True, "verified", "in_progress"
)
_WORKED = "assigned in_progress"
TRANSITIONS = (
    row(
        "circulate",
        Text("送会签", "send for signing"),
        "drafted",
        "signing",
        "secretariat",
        "not-carried no-cooperators",
    ),
    row(
        "sign",
        Text("会签", "sign"),
        "signing",
        None,
        "cooperator",
        "not-a-signatory signed-already no-opinion",
    ),
    row(
        "assign",
        Text("交办", "assign"),
        "drafted signing",
        "assigned",
        "secretariat convener",
        "not-carried unsigned",
    ),
    row("withdraw", Text("撤销", "withdraw"), "drafted signing", "withdrawn", "convener", "no-reason"),
    row(
        "withdraw",
        Text("撤销", "withdraw"),
        f"{_WORKED} claimed verified",
        "withdrawn",
        "convener",
        "in-force no-reason",
    ),
    row(
        "progress",
        Text("报进展", "report progress"),
        _WORKED,
        "in_progress",
        "lead",
        "lapsed not-the-lead no-evidence",
    ),
    row(
        "extend",
        Text("延期", "extend"),
        _WORKED,
        None,
        "convener",
        "lapsed bad-days after-due extension-limit no-reason",
    ),
    row(
        "supervise", Text("发督办通报", "supervise"), _WORKED, None, "secretariat", "lapsed on-time no-reason"
    ),
    row(
        "escalate",
        Text("提级督办", "escalate"),
        _WORKED,
        None,
        "secretariat convener",
        "lapsed not-overdue top-level no-reason",
    ),
    row(
        "claim",
        Text("报完成", "report as done"),
        _WORKED,
        "claimed",
        "lead",
        "lapsed not-the-lead no-evidence",
    ),
    row(
        "verify",
        Text("核验", "verify"),
        "claimed",
        _DONE,
        "verifier",
        "lapsed no-finding own-work no-evidence",
    ),
    row("close", Text("销号", "close"), "verified", "closed", "secretariat", "lapsed"),
    row(
        "reopen", Text("重新督办", "reopen"), "closed", "in_progress", "convener", "lapsed bad-days no-reason"
    ),
)
RESOLUTIONS: Casework[Resolution, ResolutionStanding, ResolutionAct, ResolutionTerms] = Casework(
    "resolution",
    usual_procedure(
        "resolution",
        Text("议定事项督办程序", "follow-up of resolutions"),
        "drafted",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        lambda terms: {"extensions": terms.rules.extensions},
    ),
    Resolution,
    ResolutionAct,
    opened,
    after_resolution,
)
"""督办: what a `Casebook` needs to follow resolutions up."""
