"""开会条件: what must hold for a meeting to open, for a vote to count, for an item to be decided, and to close."""

from __future__ import annotations

from datetime import timedelta

from huaying_governance.conference.attending import seats_clause
from huaying_governance.conference.meeting import (
    OUTCOMES,
    VOTES,
    MeetingAct,
    MeetingStanding,
    MeetingTerms,
    agreed_by_all,
    carries,
)
from huaying_governance.kernel.dates import day_of
from huaying_governance.procedure.table import Guard
from huaying_governance.procedure.usual import guard
from huaying_governance.text import Text


def _on_the_day(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return day_of(act.at) == standing.day


def _noticed(standing: MeetingStanding, _act: MeetingAct, terms: MeetingTerms) -> bool:
    if standing.noticed_on is None:
        return True
    return standing.day >= standing.noticed_on + timedelta(days=terms.kind(standing).notice_days)


def _quorate(standing: MeetingStanding, _act: MeetingAct, terms: MeetingTerms) -> bool:
    return len(standing.present) >= terms.needed(standing)


def _leads_there(standing: MeetingStanding, act: MeetingAct, terms: MeetingTerms) -> bool:
    """Whether every member of the day that leads an item is there: the item decided, or all that are to be."""
    for item in (act.item,) if act.action == "decide" else standing.open_items():
        known = terms.item(item)
        lead = known.item.lead if known is not None else ""
        if lead and terms.member(standing, lead) is not None and standing.seat(lead) is None:
            return False
    return True


def _says(_standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return act.vote in VOTES


def _present(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return standing.seat(act.member) is not None


def _not_recused(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return act.member not in standing.recused(act.item)


def _first_vote(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return (act.item, act.member) not in {(item, member) for item, member, _vote in standing.votes}


def _names_outcome(_standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return act.outcome in OUTCOMES


def _counted(standing: MeetingStanding, act: MeetingAct, terms: MeetingTerms) -> bool:
    """Whether the outcome entered is what the votes yield."""
    if act.outcome not in {"carried", "rejected"} or act.item not in standing.agenda:
        return True
    return carries(standing, act.item, terms) == (act.outcome == "carried")


def _convener_may(standing: MeetingStanding, act: MeetingAct, terms: MeetingTerms) -> bool:
    """Whether the convener decides: by the consensus method, where there is none, with a reason."""
    if act.outcome != "convener":
        return True
    category = terms.category(act.item)
    by_consensus = category is not None and category.method == "consensus"
    return by_consensus and not agreed_by_all(standing, act.item) and bool(act.reason.strip())


def _all_done(standing: MeetingStanding, _act: MeetingAct, _: MeetingTerms) -> bool:
    return not standing.open_items()


def _resolved(standing: MeetingStanding, _act: MeetingAct, terms: MeetingTerms) -> bool:
    return not terms.kind(standing).resolution or any(one.carried for one in standing.decisions)


GUARDS: tuple[Guard[MeetingStanding, MeetingAct, MeetingTerms], ...] = (
    guard(
        "wrong-day",
        Text("不是会议日期", "it is not the day of the meeting"),
        Text("核对日期，或先改期", "check the day, or postpone it first"),
        _on_the_day,
    ),
    guard(
        "short-notice",
        Text("通知时间不足（{notice}天）", "the notice was too short: {notice} days"),
        Text("改期", "postpone it"),
        _noticed,
    ),
    guard(
        "no-quorum",
        Text("到会{present}家，不足法定的{needed}家", "{present} members are there, and {needed} are needed"),
        Text("等待，或改期", "wait, or postpone it"),
        _quorate,
        seats_clause,
    ),
    guard(
        "quorum-lost",
        Text(
            "离会后在会{present}家，不足法定的{needed}家，不能议定",
            "{present} members are still there, and {needed} are needed: nothing can be decided",
        ),
        Text(
            "请离会单位返回签到或委托代理到会后再议定；或缓议，列入下次会议",
            "let members come back or send a proxy, and decide then; or defer the item to another meeting",
        ),
        _quorate,
        seats_clause,
    ),
    guard(
        "lead-absent",
        Text("议题的牵头单位未到会或已离会", "a member that leads an item is not there"),
        Text("缓议该议题，或改期", "defer the item, or postpone the meeting"),
        _leads_there,
        seats_clause,
    ),
    guard(
        "no-vote",
        Text("没有写明表决意见", "the vote is not said"),
        Text("填写同意、反对或弃权", "state agree, oppose or abstain"),
        _says,
    ),
    guard(
        "not-present",
        Text("该单位未到会，或已离会", "the member is not there, or has left"),
        Text("先签到", "enter its attendance first"),
        _present,
    ),
    guard(
        "recused",
        Text("该单位已回避此议题", "the member takes no part in this item"),
        Text("回避的单位不表决", "who is recused does not vote"),
        _not_recused,
        seats_clause,
    ),
    guard(
        "double-vote",
        Text("该单位对此议题已表决", "the member has voted on this item"),
        Text("一单位一票", "each member has one vote"),
        _first_vote,
        seats_clause,
    ),
    guard(
        "no-outcome",
        Text("没有写明议定结果", "the outcome is not said"),
        Text("填写通过、未通过或召集人决定", "state carried, rejected or convener"),
        _names_outcome,
    ),
    guard(
        "miscounted",
        Text("结果与表决不符", "the votes do not yield this outcome"),
        Text("核对票数和规定的多数", "check the votes and the majority asked for"),
        _counted,
        seats_clause,
    ),
    guard(
        "convener-cannot",
        Text(
            "召集人只在协商不一致时决定，并写明理由",
            "the convener decides where there is no consensus, with a reason",
        ),
        Text("按表决结果登记", "enter what the votes yield"),
        _convener_may,
        seats_clause,
    ),
    guard(
        "items-open",
        Text("有议题未议定也未缓议", "an item is neither decided nor deferred"),
        Text("逐一议定或缓议", "decide or defer each"),
        _all_done,
    ),
    guard(
        "no-resolution",
        Text("现场会没有议定事项", "an on-site meeting ends without a resolution"),
        Text("至少议定一项", "resolve something"),
        _resolved,
    ),
)
