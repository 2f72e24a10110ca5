"""包联: the contact leader and the contact departments of every community, their visits and what these opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from attrs import frozen

from huaying_governance.errors import CalendarNotLoaded
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import in_force
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.stewardship.wording import found

KINDS = ("leader", "department")
ONE_DAY = timedelta(days=1)


@frozen(kw_only=True)
class Contact:
    """包联关系: an office (never a person's name) or a department that is in contact with a community for a time.

    `acting`: a deputy who fills a vacancy of the leader.
    """

    community: str
    kind: str
    body: str
    since: date
    until: date | None = None
    acting: bool = False

    def on(self, day: date) -> bool:
        """Whether it holds on a day; the first and the last day belong to it."""
        return in_force(day, self.since, self.until)


@frozen(kw_only=True)
class Visit:
    """走访: a visit, how many issues it found, and the entries of a ledger that it opened."""

    community: str
    on: date
    visitor: str
    issues: int = 0
    opened: tuple[str, ...] = ()
    evidence: str = ""


@frozen
class ContactRules:
    """包联规则: working days that a change of leaders may take, communities a leader may have, visits a month."""

    gap_days: int
    most_communities: int
    visits: int
    citation: Citation


@frozen
class Gap:
    """空档: the days without a leader of one's own, both included; `days` in working days, None beyond the calendar.

    An acting deputy does not end a gap: it is logged all the same, but `acting` says that somebody was there.
    """

    since: date
    until: date
    days: int | None
    acting: bool


@frozen
class Record:
    """包联台账 of one community, as of a day."""

    community: str
    leaders: tuple[str, ...]
    departments: tuple[str, ...]
    acting: tuple[str, ...]
    gaps: tuple[Gap, ...]
    visits: int
    issues: int
    opened: tuple[str, ...]
    ruling: Ruling

    @property
    def complete(self) -> bool:
        """Whether the community has exactly one leader (or, in a vacancy, one who acts) and a department."""
        return len(self.leaders or self.acting) == 1 and bool(self.departments)


@frozen
class Completeness:
    """完整率: how many communities are complete of how many, and which are not."""

    complete: int
    of: int
    missing: tuple[str, ...]


def completeness(records: Iterable[Record]) -> Completeness:
    """Return how many communities have one leader and one department or more, and name the others."""
    held = tuple(records)
    missing = tuple(record.community for record in held if not record.complete)
    return Completeness(len(held) - len(missing), len(held), missing)


def doubled(leaders: Sequence[Contact], on: date) -> tuple[date, int] | None:
    """Return the first day up to `on` with more than one leader, and the most there were on one day."""
    days = sorted({one.since for one in leaders if one.since <= on})
    counts = {day: sum(one.on(day) for one in leaders) for day in days}
    many = [day for day in days if counts[day] > 1]
    return (many[0], max(counts.values())) if many else None


def gaps(
    leaders: Sequence[Contact], acting: Sequence[Contact], on: date, calendar: Calendar
) -> tuple[Gap, ...]:
    """Return every stretch without a leader between the first leader's first day and `on`, with its working days."""
    own = sorted((one for one in leaders if one.since <= on), key=lambda one: one.since)
    if not own:
        return ()
    found_: list[Gap] = []
    reached = own[0].since - ONE_DAY
    for one in own:
        if one.since - reached > ONE_DAY:
            found_.append(_gap(reached + ONE_DAY, one.since - ONE_DAY, acting, calendar))
        reached = max(reached, min(one.until or on, on))
    if reached < on:
        found_.append(_gap(reached + ONE_DAY, on, acting, calendar))
    return tuple(found_)


def _gap(since: date, until: date, acting: Sequence[Contact], calendar: Calendar) -> Gap:
    try:
        days: int | None = calendar.workdays_between(since - ONE_DAY, until)
    except CalendarNotLoaded:
        days = None
    filled = any(one.since <= until and (one.until is None or one.until >= since) for one in acting)
    return Gap(since, until, days, filled)


def short_months(visits: Iterable[Visit], since: date, on: date, least: int) -> tuple[str, ...]:
    """Return the whole months between `since` and `on` with fewer than `least` visits; the running month is not due."""
    done: dict[tuple[int, int], int] = {}
    for visit in visits:
        key = visit.on.year, visit.on.month
        done[key] = done.get(key, 0) + 1
    year, month = (since.year, since.month) if since.day == 1 else _next(since.year, since.month)
    short = []
    while (year, month) < (on.year, on.month):
        if done.get((year, month), 0) < least:
            short.append(f"{year}-{month:02}")
        year, month = _next(year, month)
    return tuple(short)


def _next(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def burdened(contacts: Iterable[Contact], on: date) -> Mapping[str, int]:
    """Return how many communities each leader, acting ones too, is in contact with on a day."""
    held: dict[str, set[str]] = {}
    for one in contacts:
        if one.kind == "leader" and one.on(on):
            held.setdefault(one.body, set()).add(one.community)
    return {body: len(communities) for body, communities in held.items()}


def register(
    communities: Sequence[str],
    contacts: Sequence[Contact],
    visits: Sequence[Visit],
    rules: ContactRules,
    calendar: Calendar,
    on: date,
    known_entries: Iterable[str] | None = None,
) -> tuple[Record, ...]:
    """Return the record of every community as of `on`, in the order given; what is dated later does not count.

    `known_entries`: the ids that the ledgers hold; None where nobody can say.
    """
    load = burdened(contacts, on)
    known = None if known_entries is None else frozenset(known_entries)
    return tuple(
        _record(
            community,
            [one for one in contacts if one.community == community],
            [one for one in visits if one.community == community and one.on <= on],
            (rules, calendar, on, load, known),
        )
        for community in communities
    )


_Asked = tuple[ContactRules, Calendar, date, Mapping[str, int], "frozenset[str] | None"]


def _record(community: str, contacts: Sequence[Contact], visits: Sequence[Visit], asked: _Asked) -> Record:
    rules, calendar, on, load, known = asked
    leaders = [one for one in contacts if one.kind == "leader" and not one.acting]
    acting = [one for one in contacts if one.kind == "leader" and one.acting]
    departments = [one for one in contacts if one.kind == "department"]
    lapses = gaps(leaders, acting, on, calendar)
    opened = tuple(dict.fromkeys(id_ for visit in visits for id_ in visit.opened))
    now, standing_in = _now(leaders, on), _now(acting, on)
    ruling = _judge(
        (now, standing_in, _now(departments, on)),
        doubled(leaders, on) or (doubled(acting, on) if not now else None),
        lapses,
        visits,
        max((load[body] for body in (*now, *standing_in)), default=0),
        [] if known is None else [id_ for id_ in opened if id_ not in known],
        short_months(visits, min(one.since for one in leaders), on, rules.visits) if leaders else (),
        rules,
    )
    issues = sum(visit.issues for visit in visits)
    return Record(
        community, now, _now(departments, on), standing_in, lapses, len(visits), issues, opened, ruling
    )


def _now(contacts: Iterable[Contact], on: date) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.body for one in contacts if one.on(on)))


def _judge(
    now: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    twice: tuple[date, int] | None,
    lapses: Sequence[Gap],
    visits: Sequence[Visit],
    load: int,
    strangers: Sequence[str],
    short: Sequence[str],
    rules: ContactRules,
) -> Ruling:
    leaders, acting, departments = now
    longest = max((gap.days for gap in lapses if gap.days is not None), default=0)
    bare = sum(not visit.evidence.strip() for visit in visits)
    parts: tuple[tuple[str, bool, Mapping[str, object]], ...] = (
        ("no-leader", not leaders and not acting, {}),
        ("two-leaders", twice is not None, {"days": twice and twice[0], "count": twice and twice[1]}),
        ("no-department", not departments, {}),
        ("gap-too-long", longest > rules.gap_days, {"count": longest, "most": rules.gap_days}),
        ("gap-unknown", any(gap.days is None for gap in lapses), {}),
        ("too-many-communities", load > rules.most_communities, {"count": load, "most": rules.most_communities}),
        ("visit-missing", bool(short), {"days": ", ".join(short)}),
        ("visit-without-evidence", bare > 0, {"count": bare}),
        ("unknown-entry", bool(strangers), {"days": ", ".join(strangers)}),
    )  # fmt: skip
    made = [found((code,), rules.citation, figures=figures) for code, holds, figures in parts if holds]
    grounds = tuple(ground for one in made for ground in one.grounds)
    return Ruling("applied", grounds, (), tuple(remedy for one in made for remedy in one.remedies))
