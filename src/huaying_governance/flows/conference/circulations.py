"""传签报表: circulations with what became of them, and who signed when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from huaying_governance.conference import CIRCULATIONS, CirculationStanding, Office, fate
from huaying_governance.conference.circulation import FATES, NOTES
from huaying_governance.flows.desk import Report, Run, advised
from huaying_governance.flows.ruled import labels
from huaying_governance.kernel.dates import day_of
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.tables import Row
from huaying_governance.tables.specs import conference as specs

NO_CALENDAR = "missing:calendar"


def circulations(
    run: Run, office: Office, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    """Return the circulations as they stand on the day of the case, and every signature."""
    held = [(id_, office.circulations.standing(id_), row) for id_, row in shown]
    lines = [_line(run, office, id_, one, row) for id_, one, row in held]
    counts = Counter(str(line[5]) for line in lines)
    words = {**labels(CIRCULATIONS), **FATES}
    return (
        Report(specs.CIRCULATIONS_OUT, lines, run.tables.extras("circulations"), counts, later, words=words),
        Report(specs.CIRCULATION_SIGNATURES, [line for id_, one, _ in held for line in _signed(id_, one)]),
    )


def _signed(id_: str, one: CirculationStanding) -> Iterator[list[object]]:
    for each in one.signatures:
        moment = each.at.isoformat(timespec="minutes")
        yield [id_, each.member, each.person, moment, each.agreed, each.reason]


def _line(run: Run, office: Office, id_: str, one: CirculationStanding, row: Row | None) -> list[object]:
    terms, made = office.circulation_terms, one.circulation
    became, meeting = fate(one, terms)
    settled = day_of(one.settled_at) if one.settled_at is not None else None
    waits = (run.case.on - settled).days if settled is not None and became == "awaiting" else ""
    due = (terms.due(one) or NO_CALENDAR) if one.circulated_on is not None else ""
    ruling = _ruling(run.case.on, office, one)
    basis = ruling.basis(run.lang) or office.rules.circulating.citation.say(run.lang)
    return [
        *(id_, made.conference, made.item, made.text, made.urgency, became or one.state, one.circulated_on),
        *(due, len(terms.asked(one)), terms.needed(one), len(one.agreed), one.objected),
        *(terms.unsigned(one) if one.state == "circulating" else (), settled),
        *(meeting if became == "confirmed" else "", meeting if became == "lapsed" else "", waits),
        *(ruling.codes, advised(ruling, run.lang), basis, *(row.extras if row is not None else ())),
    ]


def _ruling(on: date, office: Office, one: CirculationStanding) -> Ruling:
    """Return what is to be said of a circulation on a day: the days to sign are over, or it is not confirmed."""
    terms = office.circulation_terms
    became, meeting = fate(one, terms)
    due = terms.due(one)
    codes = []
    if one.state == "circulating" and len(one.agreed) < terms.needed(one):
        codes += ["not-reachable"] if terms.hopeless(one) else []
        codes += ["sign-overdue"] if due is not None and on > due else []
    codes += {"awaiting": ["unconfirmed"], "lapsed": ["lapsed"]}.get(became, [])
    told = {
        "unsigned": len(terms.unsigned(one)),
        "agreed": len(one.agreed),
        "objected": len(one.objected),
        "needed": terms.needed(one),
        "days": (on - day_of(one.settled_at)).days if one.settled_at is not None else 0,
        "meeting": meeting,
    }
    clause = office.rules.circulating.citation
    grounds = tuple(Ground(NOTES[code][0].fill(**told), code, clause) for code in codes)
    remedies = tuple(Remedy(code, NOTES[code][1]) for code in codes)
    return Ruling("conditional" if codes else "permitted", grounds, remedies=remedies)
