"""会议程序: every state and every move of a meeting, in one table.

    planned → noticed → open → held → minuted → confirmed
       └────────┴→ cancelled          └── a new version, with its reason ──┘

Members are those of the day of the meeting. Who leaves no longer counts: an item is decided while enough are there, and
while the member that leads it is there. Items are placed on the agenda before the meeting or in it; each is decided or
deferred before the meeting closes, and what is deferred may be placed on another agenda. The outcome that is entered
must be what the votes yield.
"""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.conference import attending, deciding, minuting, placing
from huaying_governance.conference.meeting import (
    Meeting,
    MeetingAct,
    MeetingStanding,
    MeetingTerms,
    planned,
)
from huaying_governance.conference.session import after_act
from huaying_governance.procedure.table import Guard, Procedure, State
from huaying_governance.procedure.usual import IN_ORDER, ROLE, STATE, describer, row
from huaying_governance.text import Text

ROLES: Mapping[str, Text] = {
    "secretariat": Text("办公室", "secretariat"),
    "convener": Text("召集人", "convener"),
    "member": Text("成员单位", "member"),
}
STATES = (
    State("planned", Text("已计划", "planned")),
    State("noticed", Text("已通知", "notice given")),
    State("open", Text("会议中", "in session")),
    State("held", Text("已召开", "held")),
    State("minuted", Text("已有纪要", "minuted")),
    State("confirmed", Text("纪要已确认", "minutes confirmed"), open=False),
    State("cancelled", Text("已取消", "cancelled"), open=False, final=True),
)
GUARDS: tuple[Guard[MeetingStanding, MeetingAct, MeetingTerms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    *placing.GUARDS,
    *attending.GUARDS,
    *deciding.GUARDS,
    *minuting.GUARDS,
)
_PLANS = "no-site over-plan over-cap report-too-long"
_COMING = "noticed open"
_WRITES = "secretariat"
TRANSITIONS = (
    row(
        "place",
        Text("列入议程", "place on the agenda"),
        "planned noticed open",
        None,
        _WRITES,
        "unknown-item not-screened not-consulted item-taken",
    ),
    row("notice", Text("通知", "give notice"), "planned", "noticed", _WRITES, f"{_PLANS} no-agenda"),
    row(
        "postpone",
        Text("改期", "postpone"),
        "planned noticed",
        "planned",
        "secretariat convener",
        "no-day no-reason",
    ),
    row("cancel", Text("取消", "cancel"), "planned noticed", "cancelled", "convener", "no-reason"),
    row(
        "attend",
        Text("签到", "attend"),
        _COMING,
        None,
        "member",
        "not-a-member seated-already no-person two-seats not-the-representative",
    ),
    row(
        "proxy",
        Text("委托代理到会", "send a proxy"),
        _COMING,
        None,
        "member",
        "not-a-member seated-already no-person two-seats proxy-of-proxy no-authority proxy-limit",
    ),
    row(
        "absent", Text("请假", "be absent"), _COMING, None, "member", "not-a-member seated-already no-reason"
    ),
    row("leave", Text("离会", "leave"), _COMING, None, "member", "not-a-member not-present"),
    row(
        "open",
        Text("开会", "open"),
        "noticed",
        "open",
        "convener",
        "wrong-day short-notice no-quorum lead-absent",
    ),
    row(
        "recuse",
        Text("回避", "recuse"),
        _COMING,
        None,
        "member",
        "not-on-agenda item-done not-a-member recused no-reason",
    ),
    row(
        "vote",
        Text("表决", "vote"),
        "open",
        None,
        "member",
        "not-on-agenda item-done not-a-member no-vote not-present recused double-vote",
    ),
    row(
        "decide",
        Text("议定", "decide"),
        "open",
        None,
        "convener",
        "not-on-agenda item-done quorum-lost lead-absent no-outcome miscounted convener-cannot",
    ),
    row(
        "defer",
        Text("缓议", "defer"),
        "planned noticed open",
        None,
        "secretariat convener",
        "not-on-agenda item-done no-reason",
    ),
    row("close", Text("散会", "close"), "open", "held", "convener", "items-open no-resolution"),
    row(
        "minute",
        Text("起草纪要", "minute"),
        "held minuted confirmed",
        "minuted",
        _WRITES,
        "wrong-version no-text unexplained",
    ),
    row(
        "confirm",
        Text("确认纪要", "confirm"),
        "minuted",
        "confirmed",
        "convener",
        "stale-version own-minutes",
    ),
)


def _describe(terms: MeetingTerms) -> Mapping[str, object]:
    return {"proxies": terms.rules.proxies}


_usual = describer(STATES, TRANSITIONS, ROLES, _describe)


def _told(standing: MeetingStanding, act: MeetingAct, terms: MeetingTerms) -> Mapping[str, object]:
    return {
        **_usual(standing, act, terms),
        "present": len(standing.present),
        "needed": terms.needed(standing),
        "notice": terms.kind(standing).notice_days,
    }


MEETINGS: Casework[Meeting, MeetingStanding, MeetingAct, MeetingTerms] = Casework(
    "meeting",
    Procedure(
        "meeting",
        1,
        Text("联席会议程序", "meetings of a joint conference"),
        "planned",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        always=("out-of-order",),
        describe=_told,
    ),
    Meeting,
    MeetingAct,
    planned,
    after_act,
)
"""会议: what a `Casebook` needs to keep meetings."""
