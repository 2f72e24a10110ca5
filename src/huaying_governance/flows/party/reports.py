"""领航报表: how whistles and honours are told: each case, and the month with its denominators, pilots apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from huaying_governance.errors import Problem, Problems
from huaying_governance.flows.desk import Report, Run
from huaying_governance.flows.ruled import labels, share
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.ledger import Entry, LedgerBook
from huaying_governance.party import flags, hanging, honour, honouring, whistle, whistling
from huaying_governance.tables import Row
from huaying_governance.tables.specs import party as specs
from huaying_governance.text import Text

Whistles = Sequence[tuple[str, whistle.Standing, Row | None]]
ALL, PILOT, OTHERS = "all", "pilot", "others"


_BLOWN, _HUNG = labels(whistling.WHISTLES), labels(honouring.HONOURS)


def whistle_reports(
    run: Run, terms: whistle.Terms, pilots: Mapping[str, Citation], shown: Whistles, later: int
) -> Iterable[Report]:
    """Return the whistles as they stand at the end of the day of the case, and their months."""
    now = datetime.combine(run.case.on, time(23, 59, 59), SHANGHAI)
    blown = {id_: one.whistle for id_, one, _ in shown}
    again = whistle.repeated(blown, terms.rules.repeat_days, terms.rules.repeats) if blown else {}
    repeats = {id_ for ids in again.values() for id_ in ids}
    lines, late = [], set()
    for id_, one, row in shown:
        clocks = whistle.deadlines(one, terms)
        missed = [clock.step for clock in clocks if clock.late(_until(one, now))]
        if missed:
            late.add(id_)
        copied = whistle.recipients(one, terms.rules)[len(one.bodies) :]
        lines.append(
            [*_cells(run, id_, one, clocks, missed, (id_ in repeats, copied)), *(row.extras if row else ())]
        )
    counts = Counter(one.state for _, one, _ in shown)
    listed = Report(specs.WHISTLES_OUT, lines, run.tables.extras("whistles"), counts, later, words=_BLOWN)
    months = Report(specs.WHISTLE_MONTHS, _months(shown, pilots, late))
    bodies = Report(specs.WHISTLE_BODIES, _bodies(shown, late))
    return (listed, months, bodies, Report(specs.WHISTLE_TOPICS, list(_topics(shown))))


def _topics(shown: Whistles) -> Iterable[list[object]]:
    """Yield what was put to the joint conference: a plain reference to the whistle, for an item of its agenda."""
    for id_, one, _ in shown:
        if one.state == "escalated" and one.last_at is not None:
            told = [one.whistle.community, one.whistle.matter, one.lead, one.bodies]
            yield [id_, *told, day_of(one.last_at), one.reason]


def ledger_report(run: Run, shown: Whistles) -> Report:
    """Register what was taken into the ledger there, once, and return it as rows of the ledger's own table."""
    book = LedgerBook(run.store, run.case.pack, run.case.calendar)
    lines: list[list[object]] = []
    warnings: list[Problem] = []
    for id_, one, _ in shown:
        if one.state == "ledgered" and one.last_at is not None:
            entry = Entry(
                id=f"whistle-{id_}",
                kind="livelihood",
                source="grid",
                category="",
                community=one.whistle.community,
                received_at=one.last_at,
                summary=one.reason,
            )
            try:
                book.register(entry, f"whistle-entries:{id_}")
            except Problems as problems:
                warnings.extend(problems.problems)
            moment = one.last_at.isoformat(timespec="minutes")
            lines.append([entry.id, entry.kind, entry.source, "", entry.community, moment, entry.summary, ""])
    return Report(specs.WHISTLE_ENTRIES, lines, warnings=tuple(warnings))


def flag_report(run: Run, found: Iterable[flags.Flag], rules: flags.FlagRules) -> Report:
    """Return the notes on whistles: what shows, of whom, in which whistles, and what to do."""
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    for one in found:
        counts[one.code] += 1
        text, cure = flags.note(one, rules)
        told = Text("{t}。可以：{c}", "{t}. Remedy: {c}").fill(t=text, c=cure).say(run.lang)
        lines.append([one.code, one.who, len(one.whistles), one.whistles, told, rules.citation.say(run.lang)])
    words = {code: cure for code, (_, cure) in flags.NOTES.items()}
    return Report(specs.WHISTLE_FLAGS, lines, counts=counts, words=words)


def _bodies(shown: Whistles, late: set[str]) -> list[list[object]]:
    """Return one line for everybody who was called, who settled the largest share first."""
    named = sorted({body for _, one, _ in shown for body in one.bodies})
    lines: list[list[object]] = []
    for body in named:
        own = [(id_, one) for id_, one, _ in shown if body in one.bodies]
        sent, *shares = _shares(own)
        lines.append([body, sent, *shares, sum(id_ in late for id_, _ in own)])
    lines.sort(key=lambda line: (-Decimal(str(line[4] or 0)), -Decimal(str(line[2] or 0)), str(line[0])))
    return [[rank, *line] for rank, line in enumerate(lines, 1)]


def _until(one: whistle.Standing, now: datetime) -> datetime:
    """Return until when a clock runs: today, or the last step of a whistle that needs no more."""
    ended = one.state in {"closed", "verified", "claimed", "declined", "withdrawn", "escalated", "ledgered"}
    return one.last_at if ended and one.last_at is not None else now


def _cells(
    run: Run,
    id_: str,
    one: whistle.Standing,
    clocks: Sequence[whistle.Deadline],
    missed: Sequence[str],
    told_of: tuple[bool, Sequence[str]],
) -> list[object]:
    ended = one.state in {"closed", "verified", "claimed", "declined", "withdrawn", "escalated", "ledgered"}
    owed = [clock.due for clock in clocks if clock.done is None and clock.due is not None]
    told = [f"{clock.step} {_moment(clock.due)}" for clock in clocks]
    basis = dict.fromkeys(clock.clock.citation.say(run.lang) for clock in clocks)
    return [
        id_,
        one.whistle.kind,
        one.state,
        one.whistle.community,
        one.lead,
        one.bodies,
        told_of[1],
        _moment(min(owed)) if owed and not ended else "",
        tuple(missed),
        tuple(told),
        one.score,
        told_of[0],
        tuple(basis),
    ]


def _moment(due: datetime | None) -> str:
    return due.isoformat(timespec="minutes") if due is not None else "missing:calendar"


def _months(shown: Whistles, pilots: Mapping[str, Citation], late: set[str]) -> list[list[object]]:
    """Return one line a month for all, for the pilots and for the others; each share of those sent out."""
    months = sorted({one.whistle.at.strftime("%Y-%m") for _, one, _ in shown})
    lines = []
    for month in months:
        own = [(id_, one) for id_, one, _ in shown if one.whistle.at.strftime("%Y-%m") == month]
        pilot = [pair for pair in own if pair[1].whistle.community in pilots]
        rest = [pair for pair in own if pair[1].whistle.community not in pilots]
        for scope, held in ((ALL, own), (PILOT, pilot), (OTHERS, rest)):
            if held:
                lines.append([month, scope, len(held), *_shares(held), sum(id_ in late for id_, _ in held)])
    return lines


def _shares(held: Sequence[tuple[str, whistle.Standing]]) -> list[object]:
    sent = [one for _, one in held if one.sent_at is not None]
    said = [one for one in sent if one.satisfied is not None]
    settled = [one for one in sent if one.state in {"verified", "closed"}]
    answered = [one for one in sent if {"acknowledge", "arrive"} & one.done.keys()]
    arrived = [one for one in sent if "arrive" in one.done]
    pleased = [one for one in said if one.satisfied]
    return [
        len(sent),
        *(share(len(part), len(sent)) for part in (answered, arrived, settled)),
        len(said),
        share(len(pleased), len(said)),
    ]


LAPSED = Text("暂停后没有按期整改", "it was not put right in time after its suspension")


def _public(one: honour.Standing, rules: honour.HonourRules, run: Run) -> str:
    """Return what is made public: the reason stated, or that nobody put it right."""
    lapsed = honour.state_on(one, rules, run.case.on) != one.state
    return LAPSED.say(run.lang) if lapsed else one.notice


def change_report(run: Run, rules: honour.HonourRules | None, shown: Iterable[honour.Standing]) -> Report:
    """挂牌增减表: return the changes of every quarter."""
    found = () if rules is None else hanging.quarters(shown, rules, run.case.on)
    lines = [
        [one.name, one.kind, one.at_start, one.added, one.removed, one.at_end, one.suspended] for one in found
    ]
    return Report(specs.HONOUR_CHANGES, lines)


def honour_report(
    run: Run,
    rules: honour.HonourRules | None,
    shown: Sequence[tuple[str, honour.Standing, Row | None]],
    later: int,
) -> Report:
    """Return the honours as they stand, with the complaints that still count and what is made public."""
    lines = [
        [
            id_,
            one.honour.kind,
            one.honour.community,
            one.honour.trade,
            honour.state_on(one, rules, run.case.on),
            one.recent(run.case.on, rules.complaint_months),
            _public(one, rules, run),
            honour.review_due(one, rules),
            honour.rectify_by(one, rules),
            (honour.review_due(one, rules) or date.max) < run.case.on,
            rules.citation.say(run.lang),
            *(row.extras if row is not None else ()),
        ]
        for id_, one, row in shown
        if rules is not None
    ]
    counts = Counter(str(line[4]) for line in lines)
    return Report(specs.HONOURS_OUT, lines, run.tables.extras("honours"), counts, later, words=_HUNG)


def places_report(run: Run, rules: honour.HonourRules, every: Iterable[honour.Standing]) -> Report:
    """挂牌名额: return for each cap, year and scope how many were applied for, how many hang, and how many may."""
    known, lines = list(every), []
    for cap in rules.caps:
        batches: dict[tuple[int, str], list[honour.Standing]] = {}
        for one in known:
            if cap.covers(one.honour):
                key = (one.honour.on.year, honour.scope_of(one.honour, cap.per))
                batches.setdefault(key, []).append(one)
        for (year, scope), batch in sorted(batches.items()):
            held = honour.places(cap, batch, rules, run.case.on)
            where = ["", scope] if cap.per == "branch" else [scope, ""]
            cited = cap.citation.say(run.lang)
            lines.append([year, cap.per, *where, cap.kind, held.applied, held.hung, held.limit, cited])
    return Report(specs.HONOUR_PLACES, lines)
