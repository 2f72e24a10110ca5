"""乐业报表: how placements, fairs, agencies, temporary work, public-interest posts and jobs are told.

Every share stands beside what it is a share of; a share of nothing is empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias, TypeVar

from huaying_governance.employment import (
    fair_steps,
    fairs,
    gig_steps,
    gigs,
    job_kinds,
    placement,
    placement_steps,
    public_post_steps,
    public_posts,
)
from huaying_governance.employment.retirement import statutory_retirement
from huaying_governance.flows.desk import Report, Run, advised
from huaying_governance.flows.ruled import labels, share
from huaying_governance.kernel.privacy import mask
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.tables import Row
from huaying_governance.tables.specs import employment as specs
from huaying_governance.text import Text

T = TypeVar("T")
Shown: TypeAlias = Sequence[tuple[str, T, Row | None]]
ALL = "all"
REFER = Text(
    "应付酬日后超过{days}天未付清，移送{organ}",
    "pay is owed for more than {days} days: refer it to {organ}",
)
REFERRED = Text("已移送{organ}", "referred to {organ}")


def _extras(row: Row | None) -> tuple[object, ...]:
    return tuple(row.extras) if row is not None else ()


# Ladders --------------------------------------------------------------------------------------------------------


def rungs(run: Run, rules: placement.FairRules, held: Iterable[placement.Standing]) -> list[object]:
    """Return the cells of a ladder: every rung for itself, with its share of what it is a share of."""
    found = placement.ladder(held, rules, run.case.on)
    came, submitted, intended, signed, work, settled = (found.persons[rung] for rung in placement.RUNGS)
    return [
        came,
        submitted,
        intended,
        signed,
        share(signed, came),
        work,
        share(work, signed),
        found.due,
        settled,
        share(settled, found.due),
    ]


def ladder_report(run: Run, rules: placement.FairRules | None, held: Sequence[placement.Standing]) -> Report:
    """Return the ladder of all placements, and of those of every community."""
    if rules is None or not held:
        return Report(specs.LADDER, [])
    places = sorted({one.held.community for one in held})
    scopes = [(ALL, "", held)] + [
        ("community", name, [one for one in held if one.held.community == name]) for name in places
    ]
    basis = rules.citation.say(run.lang)
    return Report(
        specs.LADDER, [[scope, name, *rungs(run, rules, own), basis] for scope, name, own in scopes]
    )


def placement_report(
    run: Run, rules: placement.FairRules, held: Shown[placement.Standing], later: int
) -> Report:
    """Return the placements as they stand; nobody is named in them."""
    lines = [[*_placement_line(run, rules, id_, one), *_extras(row)] for id_, one, row in held]
    counts = Counter(one.state for _, one, _ in held)
    return Report(
        specs.PLACEMENTS_OUT,
        lines,
        run.tables.extras("placements"),
        counts,
        later,
        words=labels(placement_steps.PLACEMENTS),
    )


def _placement_line(run: Run, rules: placement.FairRules, id_: str, one: placement.Standing) -> list[object]:
    codes = []
    last, settles = one.insurance_by(rules), one.settled_on(rules)
    if one.state == "at_work":
        if one.insured_on is None and last is not None:
            codes.append("insurance-late" if run.case.on > last else "insurance-due")
        if settles is not None and settles <= run.case.on:
            codes.append("settle-due")
    held = one.held
    basis = tuple(dict.fromkeys(each.say(run.lang) for each in (rules.agreement, rules.insurance)))
    return [
        *(id_, held.community, held.fair, held.agency, one.state, one.rung, last, settles),
        *(codes, basis),
    ]  # fmt: skip


def fair_report(
    run: Run,
    rules: placement.FairRules,
    held: Shown[fairs.Standing],
    came: Mapping[str, Sequence[placement.Standing]],
    later: int,
) -> Report:
    """Return the fairs as they stand, each with its own ladder; heads at the gate are told apart from persons."""
    lines: list[list[object]] = []
    counts = Counter(one.state for _, one, _ in held)
    for id_, one, row in held:
        ladder = rungs(run, rules, came.get(id_, ()))
        codes = list(fairs.notices(one, rules, run.case.on))
        if one.gate is not None and one.gate < int(str(ladder[0])):
            codes.append("gate-below-entered")
        counts.update(codes)
        plan, basis = one.held, rules.permit if fairs.needs_permit(one.held, rules) else rules.free
        first = [id_, plan.community, one.state, plan.held_on, plan.expected]
        due = [fairs.permit_by(plan, rules), fairs.permit_from(plan, rules), fairs.follow_by(one, rules)]
        lines.append([*first, *due, codes, one.gate, *ladder, basis.say(run.lang), *_extras(row)])
    words = {**labels(fair_steps.FAIRS), **fairs.NOTICES}
    return Report(specs.FAIRS_OUT, lines, run.tables.extras("fairs"), counts, later, words=words)


def agency_report(
    run: Run,
    rules: placement.FairRules,
    held: Sequence[tuple[Row, Ruling]],
    visits: Mapping[str, Sequence[tuple[str, int]]],
    through: Mapping[str, Sequence[placement.Standing]],
    later: int,
) -> Report:
    """Return what agencies achieved: their outreach, and the ladder of those they helped."""
    lines = []
    for row, ruling in held:
        own = visits.get(str(row["id"]), ())
        told = [ruling.outcome, ruling.codes, ruling.missing, advised(ruling, run.lang)]
        reach = [len(own), len({community for community, _ in own}), sum(heads for _, heads in own)]
        ladder = rungs(run, rules, through.get(str(row["id"]), ()))
        lines.append([row["id"], *told, *reach, *ladder, ruling.basis(run.lang), *row.extras])
    counts = Counter(ruling.outcome for _, ruling in held)
    return Report(specs.AGENCY_PERFORMANCE, lines, run.tables.extras("agencies"), counts, later)


# Temporary work -------------------------------------------------------------------------------------------------


def gig_reports(run: Run, rules: gigs.GigRules, held: Shown[gigs.Standing], later: int) -> Iterable[Report]:
    """Return the orders as they stand, the arrears with where they go, and the months."""
    lines, arrears = [], []
    counts = Counter(one.state for _, one, _ in held)
    for id_, one, row in held:
        late = one.in_arrears(rules, run.case.on)
        codes = _pay_codes(one, late=late)
        counts.update(codes)
        basis = rules.citation.say(run.lang)
        first = [id_, one.order.community, one.state, one.order.work_on, one.order.pay, one.due_on]
        lines.append([*first, one.paid, one.owed, codes, basis, *_extras(row)])
        if late and one.due_on is not None:
            text = (REFERRED if one.state == "referred" else REFER).fill(
                days=rules.arrears_days, organ=rules.inspection
            )
            days = (run.case.on - one.due_on).days
            told = [one.owed, one.due_on, days, rules.inspection, one.state, text.say(run.lang), basis]
            arrears.append([id_, one.order.community, one.order.employer, *told])
    words = {**labels(gig_steps.GIGS), **gigs.NOTICES}
    months = list(_gig_months(run, rules, [one for _, one, _ in held]))
    return (
        Report(specs.GIGS_OUT, lines, run.tables.extras("gigs"), counts, later, words=words),
        Report(specs.ARREARS, arrears),
        Report(specs.GIG_MONTHS, months),
    )


def _pay_codes(one: gigs.Standing, *, late: bool) -> list[str]:
    if late:
        return ["arrears"] if one.state == "referred" else ["arrears", "refer-due"]
    return ["pay-due"] if one.owed > 0 else []


def _gig_months(run: Run, rules: gigs.GigRules, held: Sequence[gigs.Standing]) -> Iterator[list[object]]:
    for month in sorted({one.order.at.strftime("%Y-%m") for one in held}):
        own = [one for one in held if one.order.at.strftime("%Y-%m") == month]
        done = [one for one in own if one.done_on is not None]
        paid = sum(one.owed == 0 for one in done)
        late = sum(one.in_arrears(rules, run.case.on) for one in done)
        shares = [paid, share(paid, len(done)), late, share(late, len(done))]
        yield [month, len(own), len(done), *shares, sum((one.owed for one in done), Decimal(0))]


# Public-interest posts ------------------------------------------------------------------------------------------


def public_reports(
    run: Run, rules: public_posts.PublicPostRules | None, held: Shown[public_posts.Standing], later: int
) -> Iterable[Report]:
    """Return the register of those placed, masked, and the figures of every community."""
    if rules is None:
        return (Report(specs.PUBLIC_LEDGER, []), Report(specs.PUBLIC_SUMMARY, []))
    counts, noted = Counter(one.state for _, one, _ in held), Counter[str]()
    lines = []
    for id_, one, row in held:
        codes = tuple(public_posts.notices(one, rules, run.case.on))
        noted.update(codes)
        lines.append([*_register_line(run, rules, id_, one), codes, rules.term.say(run.lang), *_extras(row)])
    words = {
        **labels(public_post_steps.PUBLIC_PLACEMENTS),
        **{code: public_posts.called(code) for code in noted},
    }
    summary = list(_public_places(run, rules, [one for _, one, _ in held]))
    return (
        Report(
            specs.PUBLIC_LEDGER,
            lines,
            run.tables.extras("public_placements"),
            counts + noted,
            later,
            words=words,
        ),
        Report(specs.PUBLIC_SUMMARY, summary),
    )


def _register_line(
    run: Run, rules: public_posts.PublicPostRules, id_: str, one: public_posts.Standing
) -> list[object]:
    held, band = one.held, rules.schedule.get(one.held.group)
    month = "" if band is None or held.born is None else statutory_retirement(held.born, band).month
    last = None
    if one.started_on is not None:
        last = max(public_posts.latest(one, rules, one.started_on, extend=each) for each in (False, True))
    left = (one.until - run.case.on).days if one.state == "on_post" and one.until is not None else None
    return [
        *(id_, mask(held.person), held.public_post, held.job_kind, held.community, held.hardship),
        *(one.state, one.started_on, one.until, last, month, left),
    ]  # fmt: skip


def _public_places(
    run: Run, rules: public_posts.PublicPostRules, held: Sequence[public_posts.Standing]
) -> Iterator[list[object]]:
    names = sorted({one.held.community for one in held})
    for name in (*names, ALL) if names else ():
        own = [one for one in held if name in {ALL, one.held.community}]
        placed = {one.held.person for one in own if one.started_on is not None}
        codes = [code for one in own for code in public_posts.notices(one, rules, run.case.on)]
        yield [
            name,
            len(own),
            len(placed),
            sum(one.state == "on_post" for one in own),
            sum(code.startswith(public_posts.EXPIRY) for code in codes),
            codes.count("expired"),
            sum(one.state in {"left", "expired"} for one in own),
        ]


# Kinds of job ---------------------------------------------------------------------------------------------------


def stock_report(
    run: Run, catalogue: Mapping[str, job_kinds.JobKind], lots: Sequence[job_kinds.Lot]
) -> Report:
    """Return the stock of every kind, and of all; what is closed is counted apart."""
    held = job_kinds.stock(lots, run.case.on)
    lines: list[list[object]] = []
    for one in held:
        kind = catalogue[one.kind]
        told = [one.open, one.filled, one.unknown, one.vacant, one.closed, kind.citation.say(run.lang)]
        lines.append([kind.id, kind.title.say(run.lang), kind.public, "", "", *told])
    kinds = len(job_kinds.kinds_open(held, catalogue))
    sums = [
        sum(getattr(one, name) for one in held) for name in ("open", "filled", "unknown", "vacant", "closed")
    ]
    lines.append([ALL, "", "", len(catalogue), kinds, *sums, ""])
    later = sum(lot.since > run.case.on for lot in lots)
    return Report(specs.JOB_STOCK, lines, counts={"kinds": kinds, "jobs": sums[0]}, later=later)
