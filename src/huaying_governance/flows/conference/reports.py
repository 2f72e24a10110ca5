"""联席会议报表: items, meetings, attendance, resolutions, supervision, resources, traces."""

# Long: one report after another.

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from huaying_governance.conference import (
    ITEMS,
    MEETINGS,
    PLEDGES,
    RESOLUTIONS,
    ItemStanding,
    MeetingStanding,
    Member,
    Office,
    PledgeStanding,
    ResolutionStanding,
    ResolutionTerms,
    colour,
    findings,
)
from huaying_governance.conference.resolution import COLOURS, Colour
from huaying_governance.conference.sharing import plain_amount
from huaying_governance.conference.tabling import BECAME
from huaying_governance.flows.desk import Report, Run, advised
from huaying_governance.flows.ruled import labels, share
from huaying_governance.kernel.dates import day_of
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.procedure.clock import deadline
from huaying_governance.tables import Row
from huaying_governance.tables.specs import conference as specs

Shown = Sequence[tuple[str, Row | None]]
ALL = "all"
NO_CALENDAR = "missing:calendar"


def _beside(row: Row | None) -> Sequence[object]:
    return row.extras if row is not None else ()


def _by(office: Office, start: date, days: int) -> date | str:
    """Return the last of so many working days, or that the calendar does not reach."""
    return deadline(office.calendar, start, days, "working_days") or NO_CALENDAR


def _over(due: date | str, day: date) -> bool:
    return isinstance(due, date) and day > due


# Meetings


def meetings(run: Run, office: Office, shown: Shown, later: int) -> Iterable[Report]:
    """Return the meetings, their decisions and the attendance of the members."""
    held = [(id_, office.meetings.standing(id_), row) for id_, row in shown]
    lines = [_meeting(run, office, id_, one, row) for id_, one, row in held]
    counts = Counter(one.state for _, one, _ in held)
    standings = [one for _, one, _ in held]
    return (
        Report(
            specs.MEETINGS_OUT, lines, run.tables.extras("meetings"), counts, later, words=labels(MEETINGS)
        ),
        Report(specs.DECISIONS_OUT, [line for one in standings for line in _decisions(run, office, one)]),
        Report(specs.ATTENDANCE_RATES, list(_attendance(office, standings))),
    )


def _meeting(run: Run, office: Office, id_: str, one: MeetingStanding, row: Row | None) -> list[object]:
    conference = office.rules.conferences[one.meeting.conference]
    grounds = () if one.state == "cancelled" else findings(one, office.meeting_terms)
    ruling = Ruling("refused" if grounds else "permitted", grounds)
    due = _by(office, one.held_on, office.rules.minutes_days) if one.held_on else ""
    first = day_of(one.minutes[0].at) if one.minutes else run.case.on
    minutes = one.minutes[-1] if one.minutes else None
    basis = ruling.basis(run.lang) or conference.citation.say(run.lang)
    return [
        *(id_, one.meeting.conference, one.meeting.kind, one.day, one.state),
        *(len(conference.members_on(one.day)), conference.needed(one.day), len(one.came), len(one.by_proxy)),
        *(one.left, len(one.agenda), sum(decision.carried for decision in one.decisions), one.deferred),
        *(minutes.version if minutes else "", minutes.digest if minutes else "", due, _over(due, first)),
        *(ruling.codes, advised(ruling, run.lang), basis, *_beside(row)),
    ]


def _decisions(run: Run, office: Office, one: MeetingStanding) -> Iterator[list[object]]:
    for made in one.decisions:
        category = office.meeting_terms.category(made.item)
        if category is not None:
            needed = category.method if category.method == "consensus" else category.agree.title.say(run.lang)
            told = [made.outcome, made.agreed, made.dissent, made.abstained, made.recused]
            there = [made.present, office.meeting_terms.needed(one)]
            yield [one.meeting.id, made.item, *told, *there, needed, category.citation.say(run.lang)]


def _attendance(office: Office, standings: Iterable[MeetingStanding]) -> Iterator[list[object]]:
    """Yield for every conference and year how often each member was due, came, sent a proxy, was excused or not.

    A member is due at the meetings of the days on which it was one.
    """
    groups: dict[tuple[str, int], list[MeetingStanding]] = {}
    for one in standings:
        if one.took_place:
            groups.setdefault((one.meeting.conference, one.day.year), []).append(one)
    for (conference, year), held in sorted(groups.items()):
        terms: dict[str, list[Member]] = {}
        for member in office.rules.conferences[conference].members:
            terms.setdefault(member.organisation, []).append(member)
        for name, mine in terms.items():
            due = [one for one in held if any(term.on(one.day) for term in mine)]
            if due:
                yield [conference, year, name, tuple(map(_term, mine)), *_came(name, due)]


def _term(member: Member) -> str:
    """Return the days between which an organisation is a member; open where there is no end."""
    return f"{member.since or ''}~{member.until or ''}"


def _came(name: str, held: Sequence[MeetingStanding]) -> list[object]:
    """Return how often a member came to the meetings that it was due at."""
    due, there = len(held), sum(name in one.came for one in held)
    proxies = sum(name in one.by_proxy for one in held)
    excused = sum(name == absent for one in held for absent, _why in one.absences)
    left, own = sum(name in one.left for one in held), there - proxies
    told = [due, own, proxies, excused, due - there - excused, left]
    return [*told, share(there, due), share(own, due)]


# Items


def agenda(run: Run, office: Office, shown: Shown, later: int) -> Iterable[Report]:
    """Return the items with what became of them, and the years by category."""
    named = [(id_, office.items.standing(id_), row) for id_, row in shown]
    held, over = dict(office.meetings.all()), dict(office.carried_over())
    signed = office.circulated()
    lines: list[list[object]] = []
    for id_, one, row in named:
        at = sorted((m.day, name) for name, m in held.items() if id_ in m.agenda)
        became = over.get(id_, ""), signed.get(id_, "")
        line = _item(run, office, (id_, one), [(name, held[name]) for _, name in at], became)
        lines.append([*line, *_beside(row)])
    counts = Counter(str(line[4]) for line in lines)
    return (
        Report(
            specs.AGENDA_OUT,
            lines,
            run.tables.extras("agenda"),
            counts,
            later,
            words={**labels(ITEMS), **BECAME},
        ),
        Report(specs.AGENDA_YEARS, list(_years({id_: one for id_, one, _ in named}, held, set(signed)))),
    )


def _item(
    run: Run,
    office: Office,
    item: tuple[str, ItemStanding],
    at: Sequence[tuple[str, MeetingStanding]],
    became: tuple[str, str],
) -> list[object]:
    (id_, one), (over, signed) = item, became
    made = next(((name, found) for name, m in at if (found := m.decision(id_)) is not None), None)
    category = office.rules.categories[one.item.category]
    heard = {community for community, _when in one.consulted}
    unheard = tuple(c for c in one.item.communities if c not in heard) if category.consult else ()
    waits = any(id_ in m.open_items() and m.state != "cancelled" for _, m in at)
    put = "deferred" if over else "on_agenda" if waits else ""
    state = "decided" if made else signed if signed == "circulating" else put or signed or one.state
    return [
        *(id_, one.item.conference, one.item.title, one.item.category, state, one.item.communities, unheard),
        *(tuple(name for name, _ in at), len(at) >= office.rules.tabled),
        *(made[0] if made else "", made[1].outcome if made else "", over),
        *(one.item.reference_kind, one.item.references, category.citation.say(run.lang)),
    ]


def _years(
    shown: Mapping[str, ItemStanding], held: Mapping[str, MeetingStanding], signed: Container[str]
) -> Iterator[list[object]]:
    groups: dict[tuple[int, str], list[str]] = {}
    for id_, one in shown.items():
        groups.setdefault((one.item.on.year, one.item.category), []).append(id_)
    for (year, category), ids in sorted(groups.items()):
        made = [found for m in held.values() for id_ in ids if (found := m.decision(id_)) is not None]
        carried = sum(one.carried for one in made)
        deferred = sum(id_ in m.deferred for m in held.values() for id_ in ids)
        told = [len(ids), len(made), carried, share(carried, len(made)), deferred]
        yield [year, category, *told, sum(id_ in signed for id_ in ids)]


# Resolutions


def resolutions(run: Run, office: Office, shown: Shown, later: int) -> Iterable[Report]:
    """Return the resolutions, how they are carried out by lead, and whom the supervision notice names."""
    held = [(id_, office.resolutions.standing(id_), row) for id_, row in shown]
    terms = office.resolution_terms
    tints = {id_: _tint(run, terms, one) for id_, one, _ in held}
    lines = [_resolution(run, office, (id_, one), tints[id_], row) for id_, one, row in held]
    pairs = [(one, tints[id_]) for id_, one, _ in held if one.state != "withdrawn" and not terms.lapsed(one)]
    leads = sorted({one.resolution.lead for one, _ in pairs})
    status = [_status(lead, [pair for pair in pairs if pair[0].resolution.lead == lead]) for lead in leads]
    notice = _supervision(run, office, [(id_, one) for id_, one, _ in held], tints)
    return (
        Report(
            specs.RESOLUTIONS_OUT,
            lines,
            run.tables.extras("resolutions"),
            Counter(one.state for _, one, _ in held),
            later,
            words=labels(RESOLUTIONS),
        ),
        Report(specs.RESOLUTION_STATUS, [*status, _status(ALL, pairs)] if pairs else []),
        Report(specs.SUPERVISION, notice, counts=Counter(str(line[0]) for line in notice), words=COLOURS),
    )


def _tint(run: Run, terms: ResolutionTerms, one: ResolutionStanding) -> Colour:
    """Return the colour of a resolution; none for one whose circulation has lapsed: it is no longer owed."""
    return "" if terms.lapsed(one) else colour(one, run.case.on, terms.rules)


def _late_days(one: ResolutionStanding, on: date) -> int:
    """Return how many days a resolution is, or was when it was reported as done, beyond its deadline."""
    return max(0, ((one.claimed_on or on) - one.due).days)


def _level(office: Office, one: ResolutionStanding) -> str:
    levels = office.resolution_terms.levels(one)
    return levels[one.level - 1] if 0 < one.level <= len(levels) else ""


def _resolution(
    run: Run, office: Office, held: tuple[str, ResolutionStanding], tint: str, row: Row | None
) -> list[object]:
    id_, one = held
    made = one.resolution
    signing = one.circulated_on if one.state == "signing" else None
    return [
        *(
            id_,
            made.item,
            made.meeting,
            made.circulation,
            made.text,
            made.lead,
            made.cooperators,
            made.measure,
            one.state,
            office.resolution_terms.lapsed(one),
            tint,
        ),
        *(
            one.due,
            _late_days(one, run.case.on) if tint else 0,
            one.extensions,
            one.progress,
            one.last_progress,
        ),
        one.unsigned() if signing else (),
        _by(office, signing, office.rules.sign_days) if signing else "",
        *(one.supervised, _level(office, one), one.closed_on, office.rules.following.say(run.lang)),
        *_beside(row),
    ]


def _status(lead: str, held: Sequence[tuple[ResolutionStanding, str]]) -> list[object]:
    """Return one line: of all that a lead has, what is closed, closed in time, green, yellow, red."""
    closed = [one for one, _ in held if one.state == "closed"]
    in_time = sum(one.claimed_on is not None and one.claimed_on <= one.due for one in closed)
    tints = Counter(tint for _, tint in held)
    return [
        *(lead, len(held), len(closed), share(len(closed), len(held)), in_time, share(in_time, len(closed))),
        *(tints["green"], tints["yellow"], tints["red"], share(tints["red"], len(held))),
        sum(one.returned for one, _ in held),
    ]


def _supervision(
    run: Run, office: Office, held: Sequence[tuple[str, ResolutionStanding]], tints: Mapping[str, str]
) -> list[list[object]]:
    """Return the yellow and red ones, the worst first, each beside how many its lead has open, and how many red."""
    open_ = Counter(one.resolution.lead for id_, one in held if tints[id_])
    red = Counter(one.resolution.lead for id_, one in held if tints[id_] == "red")
    lines: list[tuple[tuple[object, ...], list[object]]] = []
    for id_, one in held:
        tint, lead, late = tints[id_], one.resolution.lead, _late_days(one, run.case.on)
        if tint in {"yellow", "red"}:
            told = [tint, id_, one.resolution.text, lead, one.due, late, one.supervised, _level(office, one)]
            share_ = [open_[lead], red[lead], share(red[lead], open_[lead])]
            lines.append(
                ((tint != "red", -late, id_), [*told, *share_, office.rules.following.say(run.lang)])
            )
    return [line for _, line in sorted(lines, key=lambda pair: cast("tuple[bool, int, str]", pair[0]))]


# Resources and traces


def pledges(run: Run, office: Office, shown: Shown, later: int) -> Iterable[Report]:
    """Return the ledger of shared resources."""
    held = [(id_, office.pledges.standing(id_), row) for id_, row in shown]
    lines = [_pledge(run, office, id_, one, row) for id_, one, row in held]
    counts = Counter(one.state for _, one, _ in held)
    return (
        Report(specs.PLEDGES_OUT, lines, run.tables.extras("pledges"), counts, later, words=labels(PLEDGES)),
    )


def _pledge(run: Run, office: Office, id_: str, one: PledgeStanding, row: Row | None) -> list[object]:
    made = one.pledge
    part = int(10_000 * one.drawn), int(10_000 * made.amount)
    return [
        *(id_, made.member, made.kind, made.title, one.state, plain_amount(made.amount)),
        *(plain_amount(one.drawn), plain_amount(one.balance(office.rules)), made.unit, share(*part)),
        *(tuple(user for user, _ in one.held), made.resolution, office.rules.sharing.say(run.lang)),
        *_beside(row),
    ]


def traces(office: Office) -> Report:
    """Return for everything that the store links what it came from and what followed from it."""
    found = office.trace()
    lines: list[list[object]] = []
    for kind, id_ in found.nodes:
        for direction, others in (("origin", found.origins(kind, id_)), ("result", found.results(kind, id_))):
            lines.extend([kind, id_, direction, *other, steps] for other, steps in others)
    return Report(specs.TRACES, lines)
