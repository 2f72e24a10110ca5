"""评议环节: the desks of the appraisal of departments: what is reckoned, what raters say, what follows from results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.party.measures import conflicts, figures
from huaying_governance.flows.party.whistles import checked, rules_of
from huaying_governance.flows.ruled import body, filled, labels
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party import appraisal, consequence, indicators, quota
from huaying_governance.storage import Event
from huaying_governance.tables import Row
from huaying_governance.tables.specs import party as specs
from huaying_governance.tables.specs import party_work as work
from huaying_governance.text import Text

UNKNOWN_BODY = Text("名录中没有这个单位", "the register has no such organisation")
UNKNOWN_BODY_CURE = Text("写名录中的编号或名称", "write the id or name of an organisation of the register")
UNKNOWN_INDICATOR = Text(
    "不是该部门须填报的指标", "the pack has no such indicator that the office states for this department"
)
UNKNOWN_INDICATOR_CURE = Text(
    "写政策包中 measure 为 given 的指标编号",
    "write the id of an indicator of the pack whose measure is `given`",
)
SHOWN = "appraisal/shown"
_CENT = Decimal("0.01")


def _body_faults(case: Case, tables: Tables, *names: str) -> Iterator[Fault]:
    for name in names:
        yield from checked(name)(case, tables)
        for row in tables.rows(name):
            if case.pack.resolve_organisation(str(row["department"])) is None:
                yield fault(row, "department", "unknown-organisation", UNKNOWN_BODY, UNKNOWN_BODY_CURE)


def _rating_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from _body_faults(case, tables, "ratings", "indicator_values")
    rules = case.pack.rules(PartyRules)
    given = {one.id: one for one in rules.indicators if one.measure == "given"} if rules is not None else {}
    for row in tables.rows("indicator_values"):
        one = given.get(str(row["indicator"]))
        if one is None or not one.concerns(body(case, row["department"])):
            yield fault(row, "indicator", "unknown-indicator", UNKNOWN_INDICATOR, UNKNOWN_INDICATOR_CURE)


def _ratings(run: Run) -> list[appraisal.Rating]:
    """Return the ratings; who belongs to the department, or has an open entry with it in the ledger, is left out."""
    open_disputes = conflicts(run)
    found = []
    for row in run.tables.rows("ratings"):
        rater, department = str(row["rater"]), body(run.case, row["department"])
        own = row["rater_unit"] is not None and body(run.case, row["rater_unit"]) == department
        found.append(
            appraisal.Rating(
                rater=rater,
                department=department,
                group=str(row["group"]),
                score=cast(int, row["score"]),
                dispute=row["dispute"] is True or own or (rater, department) in open_disputes,
                kind=str(row["rater_kind"] or ""),
            )
        )
    return found


def _measured(run: Run, departments: Sequence[str], rules: PartyRules) -> tuple[indicators.Line, ...]:
    stated = sorted(run.tables.rows("indicator_values"), key=lambda row: (str(row["date"]), row.number))
    given = {
        (body(run.case, row["department"]), str(row["indicator"])): cast(int, row["indicator_value"])
        for row in stated
        if str(row["date"]) <= run.case.on.isoformat()
    }
    known = figures(run, departments, rules)
    return indicators.lines(departments, rules.indicators, known, given)


def _judge_ratings(run: Run) -> Iterable[Report]:
    if "ratings" not in run.tables and "indicator_values" not in run.tables:
        return ()
    ratings = _ratings(run)
    stated = {body(run.case, row["department"]) for row in run.tables.rows("indicator_values")}
    departments = sorted({one.department for one in ratings} | stated)
    if not departments:
        return (Report(specs.APPRAISAL, []), Report(work.INDICATORS_OUT, []))
    rules = rules_of(run.case)
    measured = _measured(run, departments, rules)
    reckoned = indicators.reckoned(measured)
    unmet = {one.department: one for one in quota.balances(ratings, rules.quotas) if not one.met}
    least = rules.appraisal.least_raters
    hidden = _hidden(run, ratings, least, frozenset((name, "survey") for name in unmet))
    weighings = [rules.appraisal.weights, *appraisal.shifted(rules.appraisal.weights)]
    views = appraisal.sensitivity(ratings, rules.appraisal, weighings, hidden, reckoned)
    lines = [
        _result(run, rules, weights, one, (reckoned, unmet.get(one.department)))
        for weights, results in views
        for one in results
    ]
    counts = Counter(one.grade or "withheld" for one in views[0][1])
    told = {grade: Text(f"{grade}等", f"grade {grade}") for grade in counts if grade != "withheld"}
    return (Report(specs.APPRAISAL, lines, counts=counts, words=told), _indicator_report(run, measured))


def _result(
    run: Run,
    rules: PartyRules,
    weights: Mapping[str, int],
    one: appraisal.Result,
    told: tuple[Mapping[appraisal.Cell, Decimal], quota.Balance | None],
) -> list[object]:
    reckoned, unmet = told
    shown = "/".join(str(weights[group]) for group in appraisal.GROUPS)
    means = [one.means.get(group) for group in appraisal.GROUPS]
    own = tuple(group for group in appraisal.GROUPS if (one.department, group) in reckoned)
    kinds = () if unmet is None else tuple(dict.fromkeys((*unmet.few, *unmet.many)))
    counted = [one.score, one.grade, one.raters, one.excluded, one.withheld, own, kinds]
    return [one.department, shown, *means, *counted, rules.appraisal.citation.say(run.lang)]


def _indicator_report(run: Run, measured: Iterable[indicators.Line]) -> Report:
    lines: list[list[object]] = []
    for one in measured:
        kind, figure = one.indicator, one.figure
        value = None if one.value is None else one.value.quantize(_CENT)
        parts = (None, None) if figure is None else (figure.part, figure.whole)
        first = [one.department, kind.id, kind.label.say(run.lang), kind.group, kind.common]
        lines.append([*first, *parts, value, kind.points, kind.citation.say(run.lang)])
    return Report(work.INDICATORS_OUT, lines)


def _hidden(
    run: Run, ratings: Sequence[appraisal.Rating], least: int, unfit: frozenset[appraisal.Cell]
) -> frozenset[appraisal.Cell]:
    """Return the cells that are not shown, and keep those that are: the store remembers what reports have shown."""
    known = run.store.read(SHOWN)
    reports = [_shown(event.data) for event in known]
    cells = appraisal.counted(ratings)
    fit = appraisal.publishable(reports, ratings, least) - unfit
    new: dict[appraisal.Cell, Mapping[str, int]] = {
        cell: cells[cell] for cell in fit if all(cells[cell] != one.get(cell) for one in reports)
    }
    if new:
        told = [
            [department, group, dict(sorted(scores.items()))]
            for (department, group), scores in sorted(new.items())
        ]
        run.store.append(SHOWN, (Event("appraisal.shown", {"cells": cast(Any, told)}),), len(known))
    return frozenset(cells.keys() - fit)


def _shown(data: Mapping[str, Any]) -> Mapping[appraisal.Cell, Mapping[str, int]]:
    return {(department, group): scores for department, group, scores in data["cells"]}


# What follows from results --------------------------------------------------------------------------------------


def _outcome(case: Case, row: Row) -> consequence.Outcome:
    return consequence.Outcome(
        department=body(case, row["department"]),
        year=str(row["appraisal_year"]),
        score=Decimal(str(row["result_points"])),
        on=cast(Any, row["date"]),
    )


def _outcome_act(case: Case, row: Row) -> consequence.Act:
    points = row["result_points"]
    score = None if points is None else Decimal(str(points))
    return filled(consequence.Act, row, at="date", actor=body(case, row["actor"]), score=score)


def _outcome_terms(run: Run) -> Any:
    rules = run.case.pack.rules(PartyRules)
    if rules is None:
        return None
    book: Book = Casebook(run.store, consequence.OUTCOMES, None)

    def earlier(department: str, year: str) -> int:
        """Return how many Ds in a row a department had before a year: none where the last was better."""
        grades = {
            one.outcome.year: appraisal.grade(one.score, rules.appraisal)
            for _, one in book.all()
            if one.outcome.department == department and one.outcome.year < year
        }
        row = [grades[one] == "D" for one in sorted(grades, reverse=True)]
        return row.index(False) if False in row else len(row)

    return consequence.Terms(rules.consequences, rules.appraisal, run.case.calendar, earlier)


def _outcome_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    terms = _outcome_terms(run)
    lines: list[list[object]] = []
    changes: list[list[object]] = []
    counts: Counter[str] = Counter()
    for id_, row in shown:
        one = cast(consequence.Standing, book.standing(id_))
        counts[one.state] += 1
        due = terms.due(one) if one.state in {"rectifying", "submitted"} else None
        owed = None if due is None else one.state == "rectifying" and due < run.case.on
        first = [id_, one.outcome.department, one.outcome.year, one.score, terms.grade(one), one.state, due]
        told = [owed, terms.talk_due(one) and one.talked is None, terms.rules.citation.say(run.lang)]
        lines.append([*first, *told, *(row.extras if row is not None else ())])
        for each in one.changes:
            said = [each.before, each.score, each.reason, each.evidence]
            changes.append([id_, each.on, each.actor, *said])
    words = labels(consequence.OUTCOMES)
    extras = run.tables.extras("appraisal_outcomes")
    yield Report(work.OUTCOMES_OUT, lines, extras, counts, later, words=words)
    yield Report(work.CHANGES, changes)


OUTCOMES = Followed(
    "appraisal_outcomes",
    "appraisal_acts",
    "result",
    Text("评议结果运用", "following published results"),
    work.REFUSED_OUTCOME_ACTS,
    consequence.OUTCOMES,
    _outcome,
    _outcome_act,
    _outcome_terms,
    _outcome_report,
    at="date",
    faults=lambda case, tables: _body_faults(case, tables, "appraisal_outcomes"),
)
DESKS: tuple[Desk, ...] = (Desk(_judge_ratings, faults=_rating_faults), OUTCOMES.desk())
"""评议 → the tables of `tables.specs.party` and `tables.specs.party_work`."""
PARENTS: Mapping[str, str] = {"appraisal_acts": "appraisal_outcomes"}
