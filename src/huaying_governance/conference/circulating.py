"""传签程序: every state and every move of a circulation, in this one file.

    drafted → circulating → settled → (the next meeting confirms it, or it lapses: `circulation.fate`)
       └───────┴→ withdrawn   └→ failed

Only what is urgent is sent round, and only what a conference may decide without hearing communities before. Each
member signs once, by its representative, within the working days that the pack states; all must agree, or the share
that the pack states. Who objects gives the reason, and the item goes to a meeting.
"""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.conference.circulation import (
    Circulation,
    CirculationAct,
    CirculationStanding,
    CirculationTerms,
    after_circulation,
    drafted,
)
from huaying_governance.conference.tabling import item_guards
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.procedure.table import Guard, Procedure, State
from huaying_governance.procedure.usual import IN_ORDER, REASON, ROLE, STATE, describer, guard, row
from huaying_governance.text import Text

ROLES: Mapping[str, Text] = {
    "secretariat": Text("办公室", "secretariat"),
    "convener": Text("召集人", "convener"),
    "member": Text("成员单位", "member"),
}
STATES = (
    State("drafted", Text("已拟定", "drafted")),
    State("circulating", Text("传签中", "being circulated")),
    State("settled", Text("传签已定", "settled by circulation"), open=False, final=True),
    State("failed", Text("传签未成", "not agreed"), open=False, final=True),
    State("withdrawn", Text("已撤回", "withdrawn"), open=False, final=True),
)
TAKES = frozenset({"circulating", "settled"})
"""In these a circulation has its item: no other may take it up; what has lapsed is left to a meeting."""


# Sending round


def _about(standing: CirculationStanding, _act: CirculationAct) -> tuple[str, str]:
    return standing.circulation.conference, standing.circulation.item


def _free_by_law(standing: CirculationStanding, _act: CirculationAct, terms: CirculationTerms) -> bool:
    found = terms.item(standing.circulation.item)
    return found is None or not found.item.reserved


def _needs_no_meeting(standing: CirculationStanding, _act: CirculationAct, terms: CirculationTerms) -> bool:
    found = terms.item(standing.circulation.item)
    return found is None or terms.rules.categories[found.item.category].urgent


def _free(standing: CirculationStanding, _act: CirculationAct, terms: CirculationTerms) -> bool:
    mine = standing.circulation
    if any(
        one.decision(mine.item) is not None or (one.state != "cancelled" and mine.item in one.open_items())
        for one in terms.meetings(mine.conference)
    ):
        return False
    others = (one for one in terms.circulations(mine.item) if one.circulation.id != mine.id)
    return not any(one.state in TAKES for one in others)


def _urgent(standing: CirculationStanding, _act: CirculationAct, _: CirculationTerms) -> bool:
    return bool(standing.circulation.urgency.strip())


# Signing


def _asked(standing: CirculationStanding, act: CirculationAct, terms: CirculationTerms) -> bool:
    return terms.member(standing, act.member) is not None


def _represents(standing: CirculationStanding, act: CirculationAct, terms: CirculationTerms) -> bool:
    member = terms.member(standing, act.member)
    return member is None or act.actor == member.representative


def _first(standing: CirculationStanding, act: CirculationAct, _: CirculationTerms) -> bool:
    return act.member not in {one.member for one in standing.signatures}


def _says(_standing: CirculationStanding, act: CirculationAct, _: CirculationTerms) -> bool:
    return act.agreed is not None and (act.agreed or bool(act.reason.strip()))


def _dated(standing: CirculationStanding, _act: CirculationAct, terms: CirculationTerms) -> bool:
    return standing.circulated_on is None or terms.due(standing) is not None


def _in_time(standing: CirculationStanding, act: CirculationAct, terms: CirculationTerms) -> bool:
    due = terms.due(standing)
    return due is None or day_of(act.at) <= due


# Ending


def _enough(standing: CirculationStanding, _act: CirculationAct, terms: CirculationTerms) -> bool:
    return len(standing.agreed) >= terms.needed(standing)


def _over(standing: CirculationStanding, act: CirculationAct, terms: CirculationTerms) -> bool:
    """Whether it cannot be settled any more: too many object, or the time is over without enough."""
    due = terms.due(standing)
    late = due is not None and day_of(act.at) > due and not _enough(standing, act, terms)
    return late or terms.hopeless(standing)


def _clause(terms: CirculationTerms) -> Citation:
    return terms.rules.circulating.citation


def _consulting(terms: CirculationTerms) -> Citation:
    return terms.rules.consulting


GUARDS: tuple[Guard[CirculationStanding, CirculationAct, CirculationTerms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    *item_guards(_about),
    guard(
        "reserved-by-law",
        Text("依法由政府、人大或居民会议决定，不能传签", "a law reserves it to another body: it is not circulated"),
        Text("退回，由有权机关决定", "return it, and put it before the body that may decide"),
        _free_by_law,
        _consulting,
    ),
    guard(
        "needs-meeting",
        Text("此类议题须经会议研究，不能传签", "items of this category are decided by a meeting only"),
        Text("征求涉及社区的意见，列入会议议程", "hear the communities concerned, and place it on an agenda"),
        _needs_no_meeting,
        _clause,
    ),
    guard(
        "item-taken",
        Text("议题已议定、已列入议程或已另行传签", "the item is decided, on an agenda, or circulated elsewhere"),
        Text("由会议议定，或先终止原传签", "leave it to the meeting, or end the other circulation first"),
        _free,
    ),
    guard(
        "not-urgent",
        Text("没有写明紧急事由", "why it cannot wait for a meeting is not said"),
        Text("写明紧急事由，或列入会议议程", "state the urgency, or place it on an agenda"),
        _urgent,
        _clause,
    ),
    guard(
        "not-a-member",
        Text("送传签当日不是成员单位", "it was no member on the day it was sent round"),
        Text("核对成员单位名单和起止日期", "check the list of members and their terms"),
        _asked,
        _clause,
    ),
    guard(
        "not-the-representative",
        Text("签署人不是该单位的代表", "who signs is not the member's representative"),
        Text("由该单位代表本人签署", "let the representative sign"),
        _represents,
        _clause,
    ),
    guard(
        "signed-already",
        Text("该单位已签署", "it has signed"),
        Text("每家签署一次；意见有变的，在下次会议上提出", "each signs once; the next meeting hears a change"),
        _first,
    ),
    guard(
        "no-opinion",
        Text("没有写明是否同意，或不同意而无理由", "it does not say whether it agrees, or objects without reason"),
        Text("写明是否同意；不同意的写明理由", "say whether it agrees; give the reason of an objection"),
        _says,
    ),
    guard(
        "no-calendar",
        Text("传签期限超出工作日历的范围", "the calendar does not reach the last day to sign"),
        Text("先装入当年放假安排的通知", "load the notice of that year's working days"),
        _dated,
    ),
    guard(
        "sign-late",
        Text("传签期限（{due}）已过", "the last day to sign has passed: {due}"),
        Text("终止传签，列入会议议程", "end the circulation, and place the item on an agenda"),
        _in_time,
        _clause,
    ),
    guard(
        "unsigned",
        Text("同意{agreed}家，不足规定的{needed}家", "{agreed} members agree, and {needed} must"),
        Text(
            "期限内等待签署；有不同意见或逾期的，列入会议议程",
            "wait for the others while there is time; else place the item on an agenda",
        ),
        _enough,
        _clause,
    ),
    guard(
        "still-open",
        Text("传签期限未过，仍可达到规定的比例", "there is time, and the share can still be reached"),
        Text("等待签署，或由召集人写明理由撤回", "wait, or let the convener withdraw it with a reason"),
        _over,
        _clause,
    ),
    REASON,
)  # fmt: skip
TRANSITIONS = (
    row(
        "circulate",
        Text("送传签", "send round"),
        "drafted",
        "circulating",
        "secretariat",
        "unknown-item reserved-by-law not-screened needs-meeting item-taken not-urgent",
    ),
    row(
        "sign",
        Text("签署", "sign"),
        "circulating",
        None,
        "member",
        "not-a-member not-the-representative signed-already no-opinion no-calendar sign-late",
    ),
    row("settle", Text("传签议定", "settle"), "circulating", "settled", "convener", "unsigned"),
    row("fail", Text("终止传签", "end"), "circulating", "failed", "secretariat convener", "still-open"),
    row("withdraw", Text("撤回", "withdraw"), "drafted circulating", "withdrawn", "convener", "no-reason"),
)
_usual = describer(STATES, TRANSITIONS, ROLES)


def _told(
    standing: CirculationStanding, act: CirculationAct, terms: CirculationTerms
) -> Mapping[str, object]:
    return {
        **_usual(standing, act, terms),
        "agreed": len(standing.agreed),
        "needed": terms.needed(standing),
        "due": terms.due(standing) or "",
    }


CIRCULATIONS: Casework[Circulation, CirculationStanding, CirculationAct, CirculationTerms] = Casework(
    "circulation",
    Procedure(
        "circulation",
        1,
        Text("传签程序", "settling by circulation"),
        "drafted",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        always=("out-of-order",),
        describe=_told,
    ),
    Circulation,
    CirculationAct,
    drafted,
    after_circulation,
)
"""传签: what a `Casebook` needs to keep circulations."""
