"""三规合一核对: plans compared with each other: as such, parcel by parcel or outline by outline, figure by figure.

Two plans that divide a parcel otherwise differ only in what the one has more of than the other. A difference in area
alone is a question of data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.stewardship.plans.model import (
    SEVERITIES,
    Designation,
    Difference,
    Indicator,
    IndicatorDifference,
    Overlap,
    PairCheck,
    Plan,
    PlanRules,
)
from huaying_governance.stewardship.plans.units import base, measures
from huaying_governance.stewardship.plans.wording import told

Overlaps = Callable[[Sequence[Designation], Sequence[Designation]], Iterable[Overlap]]
"""What overlaps in two plans: `plans.geometry.overlaps`, or nothing where outlines are not compared."""
_Areas = Mapping[str, Fraction | None]


def pairs(plans: Iterable[Plan]) -> Iterator[tuple[Plan, Plan]]:
    """Yield every two plans, in the order of their ids."""
    yield from combinations(sorted(plans, key=lambda plan: plan.id), 2)


def check_plans(plans: Sequence[Plan], rules: PlanRules) -> tuple[PairCheck, ...]:
    """Return for every two plans whether they share a period, a base year and a datum, and which gives way."""
    return tuple(PairCheck(a, b, _pair(a, b, rules)) for a, b in pairs(plans))


def _pair(a: Plan, b: Plan, rules: PlanRules) -> Ruling:
    codes, missing = [], []
    if not _common(a, b):
        codes.append(("no-common-period", rules.citation))
    for name, left, right in (("base_year", a.base_year, b.base_year), ("crs", a.crs, b.crs)):
        code, clause = (
            ("crs-differs", rules.reference) if name == "crs" else ("base-year-differs", rules.citation)
        )
        if not left or not right:
            missing.append(name)
        elif left != right:
            codes.append((code, clause))
    if _common(a, b) and "spatial" in {a.kind, b.kind} and {"land", "urban"} & {a.kind, b.kind}:
        codes.append(("superseded", rules.base))
    return told(codes, missing=tuple(missing))


def _common(a: Plan, b: Plan) -> bool:
    return a.since <= b.until and b.since <= a.until


def differences(
    plans: Sequence[Plan],
    designations: Sequence[Designation],
    rules: PlanRules,
    overlaps: Overlaps | None = None,
) -> tuple[Difference, ...]:
    """Return where plans that share a period differ, in the order of parcels and plans.

    `overlaps` compares outlines drawn in one datum; what has no outline is compared by the ids of parcels.
    """
    found: list[Difference] = []
    for a, b in pairs(plans):
        if not _common(a, b):
            continue
        held_a = [one for one in designations if one.plan == a.id]
        held_b = [one for one in designations if one.plan == b.id]
        if overlaps is not None and a.crs and a.crs == b.crs:
            found.extend(_by_outline(a, b, held_a, held_b, (rules, overlaps)))
            held_a, held_b = _without_outline(held_a, held_b)
        found.extend(_by_parcel(a, b, held_a, held_b, rules))
    return tuple(sorted(found, key=lambda one: (one.parcel, one.plan_a, one.plan_b)))


def _without_outline(
    held_a: Sequence[Designation], held_b: Sequence[Designation]
) -> tuple[list[Designation], list[Designation]]:
    """Return what must be compared by parcels: parcels of which one side or the other is not drawn."""
    drawn = {one.parcel for one in held_a} & {one.parcel for one in held_b}
    bare = {one.parcel for one in (*held_a, *held_b) if not one.outline}
    keep = bare | ({one.parcel for one in (*held_a, *held_b)} - drawn if bare else set())
    return (
        [one for one in held_a if one.parcel in keep],
        [one for one in held_b if one.parcel in keep],
    )


def _by_outline(
    a: Plan,
    b: Plan,
    held_a: Sequence[Designation],
    held_b: Sequence[Designation],
    by: tuple[PlanRules, Overlaps],
) -> Iterator[Difference]:
    rules, overlaps = by
    bare = {one.parcel for one in (*held_a, *held_b) if not one.outline}
    drawn = [[one for one in held if one.outline and one.parcel not in bare] for held in (held_a, held_b)]
    merged: dict[str, list[Overlap]] = {}
    for overlap in overlaps(*drawn):
        if overlap.one.use != overlap.other.use and overlap.area > 0:
            names = dict.fromkeys((overlap.one.parcel, overlap.other.parcel))
            merged.setdefault("+".join(names), []).append(overlap)
    for parcel, held in merged.items():
        area = sum((one.area for one in held), Fraction(0))
        uses = sorted({(one.one.use, one.other.use) for one in held})
        worst, clause = _worst(uses, rules)
        code, severity = (f"{worst}-conflict", worst) if area > rules.sliver else ("sliver", "data")
        sides = [tuple(sorted({pair[side] for pair in uses})) for side in (0, 1)]
        yield Difference(
            parcel, a.id, b.id, sides[0], sides[1], severity, area, "outline", told(((code, clause),))
        )


def _by_parcel(
    a: Plan, b: Plan, held_a: Sequence[Designation], held_b: Sequence[Designation], rules: PlanRules
) -> Iterator[Difference]:
    if not held_a or not held_b:
        return
    for parcel in sorted({one.parcel for one in (*held_a, *held_b)}):
        areas = [_areas([one for one in held if one.parcel == parcel]) for held in (held_a, held_b)]
        judged = _parcel(areas[0], areas[1], rules)
        if judged is not None:
            code, severity, area, clause = judged
            ruling = told(((code, clause),))
            uses = [tuple(sorted(one)) for one in areas]
            yield Difference(parcel, a.id, b.id, uses[0], uses[1], severity, area, "parcel", ruling)


def _areas(designations: Iterable[Designation]) -> _Areas:
    """Return the area of every use in square metres; None where a part of it is not stated."""
    found: dict[str, Fraction | None] = {}
    for one in designations:
        before = found.get(one.use, Fraction(0))
        found[one.use] = None if before is None or one.area is None else before + one.area
    return found


def _parcel(a: _Areas, b: _Areas, rules: PlanRules) -> tuple[str, str, Fraction | None, Citation] | None:
    """Return code, severity, area and clause of how two plans differ on one parcel; None where they do not."""
    if not a or not b:
        return "undesignated", "data", _total(a or b), rules.citation
    more_a, more_b = _excess(a, b, rules), _excess(b, a, rules)
    if not more_a and not more_b:
        return None
    if more_a and more_b:
        uses = [(one, other) for one in more_a for other in more_b]
        worst, clause = _worst(uses, rules)
        return f"{worst}-conflict", worst, _lesser(more_a, more_b), clause
    known = None not in {*a.values(), *b.values()}
    code = "area-differs" if known else "split-unknown"
    return code, "data", _total(more_a or more_b) if known else None, rules.citation


def _excess(a: _Areas, b: _Areas, rules: PlanRules) -> _Areas:
    """Return the uses that `a` has more of than `b`, beyond the tolerance; by name alone where areas are unknown."""
    if None in {*a.values(), *b.values()}:
        return {use: None for use in a if use not in b}
    more: dict[str, Fraction | None] = {}
    for use, area in a.items():
        other = b.get(use) or Fraction(0)
        assert area is not None  # noqa: S101 - unknown areas have been dealt with above
        if (area - other) * 100 > Fraction(rules.area_tolerance) * max(area, other):
            more[use] = area - other
    return more


def _total(areas: _Areas) -> Fraction | None:
    stated = [area for area in areas.values() if area is not None]
    return sum(stated, Fraction(0)) if len(stated) == len(areas) else None


def _lesser(a: _Areas, b: _Areas) -> Fraction | None:
    totals = [total for total in (_total(a), _total(b)) if total is not None]
    return min(totals) if len(totals) == 2 else None


def _worst(uses: Iterable[tuple[str, str]], rules: PlanRules) -> tuple[str, Citation]:
    found = [rules.severity(one, other) for one, other in uses]
    return min(found, key=lambda one: SEVERITIES.index(one[0]))


def check_indicators(
    plans: Sequence[Plan], indicators: Sequence[Indicator], rules: PlanRules
) -> tuple[IndicatorDifference, ...]:
    """Return the figures of one name and year on which two plans differ by more than the tolerance.

    What cannot be compared, for its unit or because the plans set it for different years, is a question of data.
    """
    found: list[IndicatorDifference | None] = []
    for a, b in pairs(plans):
        for name in sorted({one.name for one in indicators}):
            of_a = {one.year: one for one in indicators if (one.plan, one.name) == (a.id, name)}
            of_b = {one.year: one for one in indicators if (one.plan, one.name) == (b.id, name)}
            if not of_a or not of_b:
                continue
            shared = sorted(of_a.keys() & of_b.keys())
            if not shared:
                one, other = of_a[max(of_a)], of_b[max(of_b)]
                ruling = told((("year-differs", rules.citation),))
                found.append(
                    IndicatorDifference(name, one.year, a.id, b.id, one, other, "data", None, ruling)
                )
            found.extend(_figures(name, year, of_a[year], of_b[year], rules) for year in shared)
    return tuple(one for one in found if one is not None)


def _figures(
    name: str, year: int, one: Indicator, other: Indicator, rules: PlanRules
) -> IndicatorDifference | None:
    if measures(one.unit) != measures(other.unit):
        ruling = told((("unit-differs", rules.citation),))
        return IndicatorDifference(name, year, one.plan, other.plan, one, other, "data", None, ruling)
    left, right = base(one.value, one.unit), base(other.value, other.unit)
    most = max(left, right)
    percent = abs(left - right) * 100 / most if most else Fraction(0)
    if percent <= Fraction(rules.tolerance):
        return None
    ruling = told((("indicator-differs", rules.citation),))
    return IndicatorDifference(name, year, one.plan, other.plan, one, other, "soft", percent, ruling)
