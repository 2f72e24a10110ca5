"""大党委组成: who sits in it, full time or part time, for which term; how often it meets; what its members claim.

A unit that only lends its name shows: a part-time member owes claims of projects every year. Nothing is penalised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_months, in_force
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.text import Text

KINDS = ("full_time", "part_time")


@frozen(kw_only=True)
class CommitteeRules:
    """大党委规则 of a pack: how many of which kind, months between meetings and of a term, days of notice, claims."""

    least: int
    most: int
    full_time_least: int
    full_time_most: int
    part_time_least: int
    part_time_most: int
    meeting_months: int
    topic_days: int
    term_months: int
    claims: int
    citation: Citation
    duties: Citation


@frozen(kw_only=True)
class Seat:
    """席位: one member of one community's grand committee, from a day to a day; `kind` full_time or part_time."""

    member: str
    unit: str
    kind: str
    community: str
    since: date
    until: date | None = None


@frozen(kw_only=True)
class Meeting:
    """会议: when it was held and when its topics were announced; None is not known."""

    community: str
    on: date
    announced: date | None = None
    due: int = 0
    came: int = 0


FINDINGS: Mapping[str, tuple[Text, Text]] = {
    "too-few-seats": (
        Text("成员{n}名，少于{least}名", "{n} members, fewer than {least}"),
        Text("按推荐、遴选、审批、聘用增补", "fill the seats by recommendation, selection, approval and appointment"),
    ),
    "too-many-seats": (
        Text("成员{n}名，多于{most}名", "{n} members, more than {most}"),
        Text("核对名单与任期", "check the list and the terms"),
    ),
    "full-time-seats": (
        Text("专职{full}名，应为{full_least}至{full_most}名", "{full} full time, not {full_least} to {full_most}"),
        Text("调整专职成员", "adjust the full-time members"),
    ),
    "part-time-seats": (
        Text("兼职{part}名，应为{part_least}至{part_most}名", "{part} part time, not {part_least} to {part_most}"),
        Text("调整兼职成员", "adjust the part-time members"),
    ),
    "meeting-due": (
        Text("满{months}个月未开会", "no meeting within {months} months"),
        Text("召开大党委会议", "call a meeting"),
    ),
    "late-topics": (
        Text("议题没有提前{days}天告知", "topics were not announced {days} days ahead"),
        Text("下次会议提前告知议题", "announce the topics of the next meeting in time"),
    ),
    "term-over": (
        Text("任期已满", "the term is over"),
        Text("换届或续聘", "elect anew, or reappoint"),
    ),
    "no-claim": (
        Text("一年内认领{n}项，应不少于{claims}项", "{n} projects claimed within a year instead of {claims}"),
        Text("请其认领项目；只提示，不处分", "ask the member to claim one; a note, no penalty"),
    ),
}  # fmt: skip
"""Every finding: what is found, and what to do."""


def _ruling(codes: Iterable[str], citation: Citation, values: Mapping[str, object]) -> Ruling:
    named = tuple(codes)
    grounds = tuple(Ground(FINDINGS[code][0].fill(**values), code, citation) for code in named)
    return Ruling(
        "applied", grounds, remedies=tuple(Remedy(code, FINDINGS[code][1].fill(**values)) for code in named)
    )


@frozen
class Composition:
    """组成: the seats of one community held on a day, the last meeting, when the next is due, and what is found."""

    community: str
    full_time: int
    part_time: int
    last_meeting: date | None
    next_due: date | None
    ruling: Ruling


def compose(
    community: str, seats: Iterable[Seat], meetings: Iterable[Meeting], rules: CommitteeRules, on: date
) -> Composition:
    """Return how the grand committee of a community is composed on a day; a member counts once."""
    held = {
        one.member: one.kind
        for one in seats
        if one.community == community and in_force(on, one.since, one.until)
    }
    counts = {kind: sum(one == kind for one in held.values()) for kind in KINDS}
    own = sorted((one for one in meetings if one.community == community and one.on <= on), key=_day)
    last = own[-1] if own else None
    next_due = None if last is None else add_months(last.on, rules.meeting_months)
    codes = (*_seats(counts, rules), *_meetings(last, next_due, rules, on))
    values = {
        "n": len(held),
        "least": rules.least,
        "most": rules.most,
        "full": counts["full_time"],
        "part": counts["part_time"],
        "full_least": rules.full_time_least,
        "full_most": rules.full_time_most,
        "part_least": rules.part_time_least,
        "part_most": rules.part_time_most,
        "months": rules.meeting_months,
        "days": rules.topic_days,
    }
    ruling = _ruling(codes, rules.citation, values)
    day = None if last is None else last.on
    return Composition(community, counts["full_time"], counts["part_time"], day, next_due, ruling)


def _day(meeting: Meeting) -> date:
    return meeting.on


def _seats(counts: Mapping[str, int], rules: CommitteeRules) -> Iterable[str]:
    whole = sum(counts.values())
    if whole < rules.least:
        yield "too-few-seats"
    if whole > rules.most:
        yield "too-many-seats"
    if not rules.full_time_least <= counts["full_time"] <= rules.full_time_most:
        yield "full-time-seats"
    if not rules.part_time_least <= counts["part_time"] <= rules.part_time_most:
        yield "part-time-seats"


def _meetings(last: Meeting | None, next_due: date | None, rules: CommitteeRules, on: date) -> Iterable[str]:
    if last is None or next_due is None or next_due < on:
        yield "meeting-due"
    late = timedelta(days=rules.topic_days)
    if last is not None and last.announced is not None and last.on - last.announced < late:
        yield "late-topics"


def term_end(seat: Seat, rules: CommitteeRules) -> date:
    """Return the last day of a seat's term: as stated, else by the months of the rules."""
    return seat.until or add_months(seat.since, rules.term_months) - timedelta(days=1)


def serve(seat: Seat, claims: int, rules: CommitteeRules, on: date) -> Ruling:
    """Return what is found of one seat on a day: its term, and the claims a part-time member owes after a year."""
    codes = []
    if term_end(seat, rules) < on:
        codes.append("term-over")
    elif seat.kind == "part_time" and add_months(seat.since, 12) <= on and claims < rules.claims:
        codes.append("no-claim")
    return _ruling(codes, rules.duties, {"n": claims, "claims": rules.claims})
