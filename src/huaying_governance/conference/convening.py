"""会议程序: every state and every move of a meeting, in this one file.

    planned → noticed → open → held → minuted → confirmed
       └────────┴→ cancelled          └── a new version, with its reason ──┘

Members are those of the day of the meeting. Who leaves no longer counts: an item is decided while enough are there, and
while the member that leads it is there. Items are placed on the agenda before the meeting or in it; each is decided or
deferred before the meeting closes, and what is deferred may be placed on another agenda. The outcome that is entered
must be what the votes yield.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from huaying_governance.casework import Casework
from huaying_governance.conference.meeting import (
    OUTCOMES,
    VOTES,
    Meeting,
    MeetingAct,
    MeetingStanding,
    MeetingTerms,
    agreed_by_all,
    carries,
    planned,
    quarter_of,
)
from huaying_governance.conference.planning import NO_SITE, NO_SITE_CURE, findings
from huaying_governance.conference.session import after_act
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
    State("planned", Text("已计划", "planned")),
    State("noticed", Text("已通知", "notice given")),
    State("open", Text("会议中", "in session")),
    State("held", Text("已召开", "held")),
    State("minuted", Text("已有纪要", "minuted")),
    State("confirmed", Text("纪要已确认", "minutes confirmed"), open=False),
    State("cancelled", Text("已取消", "cancelled"), open=False, final=True),
)
Asked = Callable[[MeetingStanding, MeetingAct, MeetingTerms], bool]


# Planning and the agenda


def _sound(code: str) -> Asked:
    def holds(standing: MeetingStanding, _act: MeetingAct, terms: MeetingTerms) -> bool:
        return code not in {one.code for one in findings(standing, terms)}

    return holds


def _has_agenda(standing: MeetingStanding, _act: MeetingAct, _: MeetingTerms) -> bool:
    return bool(standing.agenda)


def _has_day(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return act.day is not None and act.day >= day_of(act.at) and act.day != standing.day


def _about(standing: MeetingStanding, act: MeetingAct) -> tuple[str, str]:
    return standing.meeting.conference, act.item


def _heard(_standing: MeetingStanding, act: MeetingAct, terms: MeetingTerms) -> bool:
    found = terms.item(act.item)
    return found is None or found.heard(terms.rules, act.at)


def _free(standing: MeetingStanding, act: MeetingAct, terms: MeetingTerms) -> bool:
    if (act.item in standing.agenda and act.item not in standing.deferred) or terms.circulating(act.item):
        return False
    return not any(
        one.decision(act.item) is not None or act.item in one.open_items() for one in terms.others(standing)
    )


def _on_agenda(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return act.item in standing.agenda


def _undecided(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return act.item not in standing.agenda or act.item in standing.open_items()


# Who is there


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


# Opening, voting, deciding


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


# Minutes


def _next_version(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return act.version == len(standing.minutes) + 1


def _has_text(_standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return bool(act.text.strip())


def _explained(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return not standing.minutes or bool(act.reason.strip())


def _last_version(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return act.version == len(standing.minutes)


def _not_drafter(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return not standing.minutes or act.actor != standing.minutes[-1].drafter


def _seats(terms: MeetingTerms) -> Citation:
    return terms.rules.seats


def _consulting(terms: MeetingTerms) -> Citation:
    return terms.rules.consulting


def _minuting(terms: MeetingTerms) -> Citation:
    return terms.rules.minuting


GUARDS: tuple[Guard[MeetingStanding, MeetingAct, MeetingTerms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "no-site",
        NO_SITE,
        NO_SITE_CURE,
        _sound("no-site"),
    ),
    guard(
        "over-plan",
        Text("超出本年此类会议的计划次数", "it exceeds the year's plan of meetings of this kind"),
        Text("并入已计划的会议", "join it to a meeting that is planned"),
        _sound("over-plan"),
    ),
    guard(
        "over-cap",
        Text("超过减负规定的综合性会议次数", "it exceeds the comprehensive meetings allowed in a year"),
        Text("并入已计划的会议，或改为专题会议", "join it to one that is planned, or meet on one subject"),
        _sound("over-cap"),
    ),
    guard(
        "report-too-long",
        Text("主报告时长超过减负规定", "the main report is longer than allowed"),
        Text("缩短主报告", "shorten the report"),
        _sound("report-too-long"),
    ),
    guard(
        "no-agenda",
        Text("没有议题", "it has no agenda"),
        Text("先列入议题", "place an item first"),
        _has_agenda,
    ),
    guard(
        "no-day",
        Text("没有写明新的会议日期", "no new day is named"),
        Text("填写改期后的日期", "state the new day"),
        _has_day,
    ),
    *item_guards(_about),
    guard(
        "not-consulted",
        Text("重大事项未征求涉及社区的意见", "the communities concerned by a major matter were not heard"),
        Text("写明涉及的社区，逐一登记意见", "name the communities concerned, and hear every one of them"),
        _heard,
        _consulting,
    ),
    guard(
        "item-taken",
        Text("议题已议定、已列入议程或正在传签", "the item is decided, on an agenda, or being circulated"),
        Text("先在原会议缓议或终止传签，或另提议题", "defer it or end that first, or propose another"),
        _free,
    ),
    guard(
        "not-on-agenda",
        Text("议题不在本次议程", "the item is not on this agenda"),
        Text("核对议题编号", "check its id"),
        _on_agenda,
    ),
    guard(
        "item-done",
        Text("议题已议定或已缓议", "the item was decided or deferred"),
        Text("核对议题编号", "check its id"),
        _undecided,
    ),
    guard(
        "not-a-member",
        Text("会议当日不是成员单位", "it is no member on the day of the meeting"),
        Text("核对成员单位名单和起止日期", "check the list of members and their terms"),
        _is_member,
        _seats,
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
        _seats,
    ),
    guard(
        "not-the-representative",
        Text("不是该单位的代表", "this is not the member's representative"),
        Text("登记为委托代理", "enter a proxy"),
        _represents,
        _seats,
    ),
    guard(
        "proxy-of-proxy",
        Text("代理人不能再委托", "a proxy cannot appoint a proxy"),
        Text("由代表本人委托", "let the representative give the authority"),
        _not_by_proxy,
        _seats,
    ),
    guard(
        "no-authority",
        Text("没有该单位代表本人的委托", "the member's representative gave no authority"),
        Text("填写委托人，须为该单位代表", "state who gave the authority: the representative"),
        _granted,
        _seats,
    ),
    guard(
        "proxy-limit",
        Text("该单位本季度委托次数已满（{proxies}次）", "the member has sent its {proxies} proxies of the quarter"),
        Text("由代表本人到会，或登记缺席", "let the representative come, or enter the absence"),
        _may_send,
        _seats,
    ),
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
        _seats,
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
        _seats,
    ),
    guard(
        "lead-absent",
        Text("议题的牵头单位未到会或已离会", "a member that leads an item is not there"),
        Text("缓议该议题，或改期", "defer the item, or postpone the meeting"),
        _leads_there,
        _seats,
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
        _seats,
    ),
    guard(
        "double-vote",
        Text("该单位对此议题已表决", "the member has voted on this item"),
        Text("一单位一票", "each member has one vote"),
        _first_vote,
        _seats,
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
        _seats,
    ),
    guard(
        "convener-cannot",
        Text(
            "召集人只在协商不一致时决定，并写明理由",
            "the convener decides where there is no consensus, with a reason",
        ),
        Text("按表决结果登记", "enter what the votes yield"),
        _convener_may,
        _seats,
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
    guard(
        "wrong-version",
        Text("纪要版本不符", "it is not the version that is due"),
        Text("起草用下一版本号，确认用最新版本号", "draft the next version, confirm the last"),
        _next_version,
    ),
    guard(
        "stale-version",
        Text("确认的不是最新版本", "it is not the last version"),
        Text("确认最新版本", "confirm the last"),
        _last_version,
        _minuting,
    ),
    guard(
        "no-text",
        Text("纪要没有内容", "the minutes are empty"),
        Text("写明纪要内容", "state their text"),
        _has_text,
    ),
    guard(
        "unexplained",
        Text("修改纪要没有写明理由", "why the minutes are changed is not said"),
        Text("写明理由", "give the reason"),
        _explained,
        _minuting,
    ),
    guard(
        "own-minutes",
        Text("起草人不能确认自己起草的纪要", "who drafted the minutes may not confirm them"),
        Text("由他人确认", "let another confirm them"),
        _not_drafter,
        _minuting,
    ),
    REASON,
)  # fmt: skip
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
