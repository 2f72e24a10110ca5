"""三规合一环节: the desks of plans, of their differences, and of the figures they set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from huaying_governance.errors import Place, Problem
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.ruled import body, share, text_of
from huaying_governance.flows.stewardship.partners import told
from huaying_governance.flows.stewardship.shared import checked, listed_faults, named_faults, rules_of
from huaying_governance.flows.stewardship.words import RESOLVED
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship.plans import checking, geometry, model, resolving
from huaying_governance.stewardship.plans.units import convert, shown
from huaying_governance.tables import Row
from huaying_governance.tables.specs import plans as specs
from huaying_governance.text import Text

NO_OUTLINES = Text(
    "未安装 plans 附加组件，图形没有比对，只按图斑编号比对", "outlines were not compared, only ids of parcels"
)
NO_OUTLINES_CURE = Text(
    "安装：pip install 'huaying-governance[plans]'", "pip install 'huaying-governance[plans]'"
)
BAD_OUTLINE = Text("不是完好的多边形", "is no sound polygon")
BAD_OUTLINE_CURE = Text("用 WKT 写完好的 POLYGON，单位米", "write a sound POLYGON in WKT, in metres")
ONE_YEAR = Text("年份不在1949至2100之间", "the year lies outside 1949 to 2100")
ONE_YEAR_CURE = Text("写四位年份", "write the year in four digits")


def _plan(row: Row) -> model.Plan:
    return model.Plan(
        id=str(row["id"]),
        kind=str(row["plan_kind"]),
        since=cast(date, row["from"]),
        until=cast(date, row["to"]),
        base_year=cast("int | None", row["base_year"]),
        crs=text_of(row, "datum"),
        approval=text_of(row, "approval"),
    )


def _designation(case: Case, row: Row) -> model.Designation:
    return model.Designation(
        plan=str(row["land_plan"]),
        parcel=str(row["parcel"]),
        use=rules_of(case).named("use", str(row["land_use"])),
        quantity=cast("Decimal | None", row["parcel_area"]),
        unit=text_of(row, "area_unit") or "m2",
        outline=text_of(row, "outline"),
    )


def _plans(run: Run) -> list[model.Plan]:
    return [_plan(row) for row in run.tables.rows("plans")]


def _differences(run: Run) -> Sequence[model.Difference]:
    """Return where the plans of this folder differ; a parcel with a row at fault waits until it is mended."""
    rules = run.case.pack.rules(StewardshipRules)
    if rules is None:
        return ()
    waits = {row["parcel"] for row in run.tables.bad("designations")}
    plans = _plans(run)
    sound = {plan.id for plan in plans}
    held = [
        _designation(run.case, row)
        for row in run.tables.rows("designations")
        if row["parcel"] not in waits and row["land_plan"] in sound
    ]
    compare = geometry.overlaps if geometry.available() else None
    return checking.differences(plans, held, rules.plans, compare)


def _conflicts(run: Run) -> Mapping[str, resolving.Conflict]:
    kinds = {plan.id: plan.kind for plan in _plans(run)}
    return {
        one.id: resolving.Conflict(
            parcel=one.parcel,
            plan_a=one.plan_a,
            plan_b=one.plan_b,
            kind_a=kinds[one.plan_a],
            kind_b=kinds[one.plan_b],
        )
        for one in _differences(run)
    }


def _act(case: Case, row: Row) -> resolving.Act:
    return resolving.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=body(case, str(row["actor"])),
        role=str(row["role"]),
        severity=text_of(row, "severity"),
        lead=body(case, text_of(row, "lead")),
        resolution=text_of(row, "settlement"),
        passed=cast("bool | None", row["passed"]),
        reason=text_of(row, "reason"),
        evidence=text_of(row, "evidence"),
    )


def _terms(run: Run) -> resolving.Terms | None:
    rules = run.case.pack.rules(StewardshipRules)
    if rules is None:
        return None
    now = {(one.parcel, one.plan_a, one.plan_b): one.severity for one in _differences(run)}

    def found(conflict: resolving.Conflict) -> str:
        return now.get((conflict.parcel, conflict.plan_a, conflict.plan_b), "")

    return resolving.Terms(rules.plans.base, rules.plans.citation, found)


def _report(run: Run, book: Book, _shown: Sequence[tuple[str, Row | None]], later: int) -> Iterable[Report]:
    """Return every difference that was ever found, with what the plans say of it today."""
    now = {one.id: one for one in _differences(run)}
    lines: list[list[object]] = []
    states: list[tuple[str, str]] = []
    for id_, standing in book.all():
        one: resolving.Standing = standing
        difference = now.get(id_)
        severity = one.severity or (difference.severity if difference is not None else "")
        states.append((severity, one.state))
        place_ = [one.conflict.parcel, one.conflict.plan_a, one.conflict.plan_b]
        lines.append(
            [
                id_,
                *place_,
                *_now(difference, severity),
                one.state,
                one.lead,
                one.resolution,
                *_why(difference, run),
            ]
        )
    rates = [_rate(severity, states) for severity in (*model.SEVERITIES, "all")]
    extra = geometry.available() or not any(row["outline"] for row in run.tables.rows("designations"))
    warning = Problem("no-outlines", NO_OUTLINES, NO_OUTLINES_CURE, Place("designations"), "", "warning")
    counts = Counter(severity for severity, _ in states)
    return (
        Report(specs.CONFLICTS_OUT, lines, (), counts, later, () if extra else (warning,), words=RESOLVED),
        Report(specs.CONFLICT_RATES, rates),
    )


def _now(one: model.Difference | None, severity: str) -> list[object]:
    if one is None:
        return [(), (), severity, "", "", ""]
    areas = (
        [""] * 2 if one.area is None else [shown(convert(one.area, "m2", unit), 4) for unit in ("mu", "ha")]
    )
    return [one.uses_a, one.uses_b, severity, *areas, one.by]


def _why(one: model.Difference | None, run: Run) -> list[object]:
    if one is None:
        return [(), "", ""]
    return [one.ruling.codes, advised(one.ruling, run.lang), one.ruling.basis(run.lang)]


def _rate(severity: str, states: Sequence[tuple[str, str]]) -> list[object]:
    own = [state for held, state in states if severity in {held, "all"}]
    met = own.count("verified")
    return [severity, met, len(own), share(met, len(own))]


def _faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("plans", "designations", "plan_indicators")(case, tables)
    yield from named_faults(case, tables, "designations", "land_use", "use")
    for table in ("designations", "plan_indicators"):
        yield from listed_faults(tables, table, "land_plan", "plans")
    for table, column in (("plans", "base_year"), ("plan_indicators", "target_year")):
        for row in tables.rows(table):
            year = row[column]
            if isinstance(year, int) and not 1949 <= year <= 2100:
                yield fault(row, column, "bad-year", ONE_YEAR, ONE_YEAR_CURE)
    for row in tables.rows("designations") if geometry.available() else ():
        if row["outline"] and geometry.faulty(str(row["outline"])):
            yield fault(row, "outline", "bad-outline", BAD_OUTLINE, BAD_OUTLINE_CURE)


CONFLICTS = Followed(
    "designations",
    "plan_conflict_acts",
    "plan_conflict",
    Text("差异图斑", "following differences between plans"),
    specs.REFUSED_CONFLICT_ACTS,
    resolving.CONFLICTS,
    lambda _case, _row: None,
    _act,
    _terms,
    _report,
    found=_conflicts,
)


# Pairs of plans, figures ------------------------------------------------------------------------------------------


def _judge_plans(run: Run) -> Iterable[Report]:
    rules = run.case.pack.rules(StewardshipRules)
    if "plans" not in run.tables or rules is None:
        return ()
    plans = _plans(run)
    pairs = [
        [one.plan_a.id, one.plan_b.id, *told(one.ruling, run)]
        for one in checking.check_plans(plans, rules.plans)
    ]
    found = [Report(specs.PAIRS, pairs)]
    if "plan_indicators" in run.tables:
        held = [
            model.Indicator(
                plan=str(row["land_plan"]),
                name=str(row["plan_indicator"]),
                year=cast(int, row["target_year"]),
                value=cast(Decimal, row["figure"]),
                unit=str(row["figure_unit"]),
            )
            for row in run.tables.rows("plan_indicators")
        ]
        differing = checking.check_indicators(plans, held, rules.plans)
        lines = [_figure(one, run) for one in differing]
        counts = Counter(one.severity for one in differing)
        found.append(Report(specs.INDICATORS_OUT, lines, counts=counts, words=RESOLVED))
    return found


def _figure(one: model.IndicatorDifference, run: Run) -> list[object]:
    values = [f"{held.value} {held.unit}" for held in (one.value_a, one.value_b)]
    percent = "" if one.percent is None else shown(one.percent, 1)
    why = [one.ruling.codes, advised(one.ruling, run.lang), one.ruling.basis(run.lang)]
    return [one.name, one.year, one.plan_a, one.plan_b, *values, percent, one.severity, *why]


DESKS: tuple[Desk, ...] = (
    Desk(_judge_plans, faults=_faults),
    CONFLICTS.desk(),
)
"""三规合一 → the tables of `tables.specs.plans`."""
PARENTS: Mapping[str, str] = {
    "designations": "plans",
    "plan_indicators": "plans",
    "plan_conflict_acts": "designations",
}
