"""出席条件: who may take a seat at a meeting, for whom, and how often a proxy is sent."""

from __future__ import annotations

from huaying_governance.conference.meeting import (
    MeetingAct,
    MeetingStanding,
    MeetingTerms,
    quarter_of,
)
from huaying_governance.kernel.citation import Citation
from huaying_governance.procedure.table import Guard
from huaying_governance.procedure.usual import guard
from huaying_governance.text import Text


def _is_member(standing: MeetingStanding, act: MeetingAct, terms: MeetingTerms) -> bool:
    return terms.member(standing, act.member) is not None


def _not_seated(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    """Whether a member has no seat and was not excused; who left may come back, and is not absent."""
    if act.member in {one for one, _why in standing.absences}:
        return False
    return standing.seat(act.member) is None and (act.action != "absent" or act.member not in standing.came)


def _names_person(_standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return bool(act.attending)


def _one_seat(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return not act.attending or act.attending not in {one.person for one in standing.present}


def _represents(standing: MeetingStanding, act: MeetingAct, terms: MeetingTerms) -> bool:
    member = terms.member(standing, act.member)
    return member is None or not act.attending or act.attending == member.representative


def _by_proxy(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return any(one.proxy and one.person == act.granted_by for one in standing.seats)


def _not_by_proxy(standing: MeetingStanding, act: MeetingAct, terms: MeetingTerms) -> bool:
    return not _by_proxy(standing, act, terms)


def _granted(standing: MeetingStanding, act: MeetingAct, terms: MeetingTerms) -> bool:
    member = terms.member(standing, act.member)
    return (
        member is None or act.granted_by == member.representative or _by_proxy(standing, act, terms)
    ) and act.granted_by != act.attending


def _may_send(standing: MeetingStanding, act: MeetingAct, terms: MeetingTerms) -> bool:
    """Whether the member has not yet sent as many proxies in the quarter as the pack allows."""
    quarter = quarter_of(standing.day)
    others = [one for one in terms.others(standing) if quarter_of(one.day) == quarter]
    sent = sum(any(seat.proxy and seat.member == act.member for seat in one.seats) for one in others)
    return sent < terms.rules.proxies


def seats_clause(terms: MeetingTerms) -> Citation:
    """Return the clause that says who sits and how they decide."""
    return terms.rules.seats


GUARDS: tuple[Guard[MeetingStanding, MeetingAct, MeetingTerms], ...] = (
    guard(
        "not-a-member",
        Text("会议当日不是成员单位", "it is no member on the day of the meeting"),
        Text("核对成员单位名单和起止日期", "check the list of members and their terms"),
        _is_member,
        seats_clause,
    ),
    guard(
        "seated-already",
        Text("该单位到会情况已登记", "who comes for this member was entered already"),
        Text("核对签到", "check the attendance"),
        _not_seated,
    ),
    guard(
        "no-person",
        Text("没有写明到会人", "who comes is not said"),
        Text("填写到会人编号", "state the reference of who comes"),
        _names_person,
    ),
    guard(
        "two-seats",
        Text("此人已代表另一单位到会", "this person sits there for another member"),
        Text("一人只能代表一个单位", "nobody sits for two"),
        _one_seat,
        seats_clause,
    ),
    guard(
        "not-the-representative",
        Text("不是该单位的代表", "this is not the member's representative"),
        Text("登记为委托代理", "enter a proxy"),
        _represents,
        seats_clause,
    ),
    guard(
        "proxy-of-proxy",
        Text("代理人不能再委托", "a proxy cannot appoint a proxy"),
        Text("由代表本人委托", "let the representative give the authority"),
        _not_by_proxy,
        seats_clause,
    ),
    guard(
        "no-authority",
        Text("没有该单位代表本人的委托", "the member's representative gave no authority"),
        Text("填写委托人，须为该单位代表", "state who gave the authority: the representative"),
        _granted,
        seats_clause,
    ),
    guard(
        "proxy-limit",
        Text(
            "该单位本季度委托次数已满（{proxies}次）",
            "the member has sent its {proxies} proxies of the quarter",
        ),
        Text("由代表本人到会，或登记缺席", "let the representative come, or enter the absence"),
        _may_send,
        seats_clause,
    ),
)
