"""会议计划: what is wrong with calling a meeting: no site, too many a year, a report that is too long.

The rules on burdens limit meetings; a pack may also limit how often a kind of meeting is held. Both are asked when the
meeting is planned, so that it is not called, and again when notice is given, so that it is not held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huaying_governance.conference.meeting import MeetingStanding, MeetingTerms
from huaying_governance.conference.rules import Limit, MeetingKind
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground
from huaying_governance.text import Text

NO_SITE = Text("现场会没有写明现场", "an on-site meeting names no site")
NO_SITE_CURE = Text("写明现场", "name the site")
FINDINGS: Mapping[str, Text] = {
    "no-site": NO_SITE,
    "over-plan": Text(
        "本年此类会议已有{n}次，上限{m}次",
        "{n} meetings of this kind stand in the plan of the year, {m} are allowed",
    ),
    "over-cap": Text("{t}已有{n}次，上限{m}次", "{t}: {n} stand in the plan, {m} are allowed"),
    "report-too-long": Text("{t}为{n}，上限{m}", "{t}: {n}, {m} are allowed"),
}
CALLED: Mapping[str, Text] = {
    "over-cap": Text("超过会议上限", "more meetings than allowed"),
    "over-plan": Text("超过本年计划", "more than the year allows"),
    "report-too-long": Text("报告超时", "report too long"),
}
"""What a finding is called where there is room for a word only."""
COMPREHENSIVE, REPORT = "comprehensive-meetings", "main-report-minutes"
"""The limits of the rules on burdens that concern a meeting, by the ids that packs give them."""


def findings(standing: MeetingStanding, terms: MeetingTerms) -> tuple[Ground, ...]:
    """Return everything that stands against holding a meeting as it is planned."""
    kind, others = terms.kind(standing), _year(standing, terms.others(standing))
    limits = {one.id: one for one in terms.limits}
    found = [_site(standing, kind), _most(standing, kind, others)]
    found.append(_comprehensive(standing, limits.get(COMPREHENSIVE), others))
    found.append(_report(standing, limits.get(REPORT)))
    return tuple(one for one in found if one is not None)


def _year(standing: MeetingStanding, others: Iterable[MeetingStanding]) -> tuple[MeetingStanding, ...]:
    """Return the meetings of the same year that come before this one in the plan: by day, then by id."""
    place = standing.day, standing.meeting.id
    return tuple(
        one for one in others if one.day.year == standing.day.year and (one.day, one.meeting.id) < place
    )


def _site(standing: MeetingStanding, kind: MeetingKind) -> Ground | None:
    if not kind.site or standing.meeting.site:
        return None
    return Ground(NO_SITE, "no-site", kind.citation)


def _most(standing: MeetingStanding, kind: MeetingKind, others: Iterable[MeetingStanding]) -> Ground | None:
    held = sum(one.meeting.kind == standing.meeting.kind for one in others)
    if kind.most is None or held < kind.most:
        return None
    return _over("over-plan", kind.citation, {"planned": held, "most": kind.most}, n=held, m=kind.most)


def _comprehensive(
    standing: MeetingStanding, limit: Limit | None, others: Iterable[MeetingStanding]
) -> Ground | None:
    before = sum(one.meeting.comprehensive for one in others)
    if limit is None or not standing.meeting.comprehensive or before < limit.most:
        return None
    evidence = {"planned": before, "most": limit.most}
    return _over("over-cap", limit.citation, evidence, t=limit.title, n=before, m=limit.most)


def _report(standing: MeetingStanding, limit: Limit | None) -> Ground | None:
    minutes = standing.meeting.report_minutes
    if limit is None or minutes is None or minutes <= limit.most:
        return None
    evidence = {"minutes": minutes, "most": limit.most}
    return _over("report-too-long", limit.citation, evidence, t=limit.title, n=minutes, m=limit.most)


def _over(code: str, citation: Citation, evidence: Mapping[str, object], **tells: object) -> Ground:
    return Ground(FINDINGS[code].fill(**tells), code, citation, evidence)
