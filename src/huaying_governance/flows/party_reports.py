"""领航报表: how whistles and honours are told: each case, and the month with its denominators, pilots apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from huaying_governance.casework import Casework
from huaying_governance.flows.desk import Report, Run
from huaying_governance.flows.ruled import share
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.party import honour, honouring, whistle, whistling
from huaying_governance.tables import Row
from huaying_governance.tables import specs_party as specs
from huaying_governance.text import Text

Whistles = Sequence[tuple[str, whistle.Standing, Row | None]]
ALL, PILOT, OTHERS = "all", "pilot", "others"


def labels(work: Casework[Any, Any, Any, Any]) -> Mapping[str, Text]:
    """Return what the states of a kind of case are called, for the counts of its report."""
    return {state.id: state.label for state in work.procedure.states}


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
    return (listed, months, Report(specs.WHISTLE_ENTRIES, list(_entries(shown))))


def _entries(shown: Whistles) -> Iterable[list[object]]:
    """Yield what was escalated as rows of the ledger's own table, so that it is followed up there."""
    for id_, one, _ in shown:
        if one.state == "escalated" and one.last_at is not None:
            place, moment = one.whistle.community, one.last_at.isoformat(timespec="minutes")
            yield [id_, "livelihood", "grid", "", place, moment, one.reason, ""]


def _until(one: whistle.Standing, now: datetime) -> datetime:
    """Return until when a clock runs: today, or the last step of a whistle that needs no more."""
    ended = one.state in {"closed", "verified", "claimed", "declined", "withdrawn", "escalated"}
    return one.last_at if ended and one.last_at is not None else now


def _cells(
    run: Run,
    id_: str,
    one: whistle.Standing,
    clocks: Sequence[whistle.Deadline],
    missed: Sequence[str],
    told_of: tuple[bool, Sequence[str]],
) -> list[object]:
    ended = one.state in {"closed", "verified", "claimed", "declined", "withdrawn", "escalated"}
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
        *(share(len(part), len(sent)) for part in (answered, arrived, settled)),
        share(len(pleased), len(said)),
    ]


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
            one.state,
            one.recent(run.case.on, rules.complaint_months),
            one.notice,
            rules.citation.say(run.lang),
            *(row.extras if row is not None else ()),
        ]
        for id_, one, row in shown
        if rules is not None
    ]
    counts = Counter(one.state for _, one, _ in shown)
    return Report(specs.HONOURS_OUT, lines, run.tables.extras("honours"), counts, later, words=_HUNG)
