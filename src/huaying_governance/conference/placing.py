"""会议议程条件: what must hold for a meeting to be planned, and for an item to be placed on its agenda."""

from __future__ import annotations

from collections.abc import Callable

from huaying_governance.conference.meeting import (
    MeetingAct,
    MeetingStanding,
    MeetingTerms,
)
from huaying_governance.conference.planning import NO_SITE, NO_SITE_CURE, findings
from huaying_governance.conference.tabling import item_guards
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.procedure.table import Guard
from huaying_governance.procedure.usual import guard
from huaying_governance.text import Text

Asked = Callable[[MeetingStanding, MeetingAct, MeetingTerms], bool]


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


def _consulting(terms: MeetingTerms) -> Citation:
    return terms.rules.consulting


GUARDS: tuple[Guard[MeetingStanding, MeetingAct, MeetingTerms], ...] = (
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
)
