"""规划: plans, what they say of parcels and of figures, and where two of them differ. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.stewardship.plans.units import base
from huaying_governance.text import Text

SEVERITIES = ("hard", "soft", "data")
"""硬冲突、软冲突、数据问题, the gravest first."""

COMPARED: Mapping[str, Text] = {"parcel": Text("图斑编号", "parcel ids"), "outline": Text("图形", "outlines")}


@frozen(kw_only=True)
class Plan:
    """规划. `kind`: economic, urban, land, spatial; `crs` and `base_year` None: not stated."""

    id: str
    kind: str
    since: date
    until: date
    base_year: int | None = None
    crs: str = ""
    approval: str = ""


@frozen(kw_only=True)
class Designation:
    """图斑用途: what a plan designates a parcel, or a part of it, for. `outline`: its polygon as WKT, in metres."""

    plan: str
    parcel: str
    use: str
    quantity: Decimal | None = None
    unit: str = "m2"
    outline: str = ""

    @property
    def area(self) -> Fraction | None:
        """The stated area in square metres, exactly; None where none is stated."""
        return None if self.quantity is None else base(self.quantity, self.unit)


@frozen(kw_only=True)
class Indicator:
    """规划指标: a figure that a plan sets for a year."""

    plan: str
    name: str
    year: int
    value: Decimal
    unit: str


@frozen
class Use:
    """用途: a use of land, as the pack names it."""

    id: str
    titles: Text


@frozen
class Clash:
    """用途冲突: two uses, and how grave it is when two plans designate one place for them."""

    uses: frozenset[str]
    severity: str
    citation: Citation


@frozen
class PlanRules:
    """规划核对规则: tolerances in per cent, slivers in square metres, uses, clashes, and the clauses.

    `base` says that the spatial plan is the base of the others, `reference` which datum plans are drawn in.
    """

    tolerance: Decimal
    area_tolerance: Decimal
    sliver: Fraction
    uses: tuple[Use, ...]
    clashes: tuple[Clash, ...]
    citation: Citation
    base: Citation
    reference: Citation

    def severity(self, one: str, other: str) -> tuple[str, Citation]:
        """Return how grave it is that one place has these two uses; what no pair says is soft."""
        for clash in self.clashes:
            if clash.uses == {one, other}:
                return clash.severity, clash.citation
        return "soft", self.citation


@frozen
class Difference:
    """差异图斑: two plans say different things of one place; `area` in square metres, None where nobody knows it.

    `by`: compared by `parcel` ids or by `outline`.
    """

    parcel: str
    plan_a: str
    plan_b: str
    uses_a: tuple[str, ...]
    uses_b: tuple[str, ...]
    severity: str
    area: Fraction | None
    by: str
    ruling: Ruling

    @property
    def id(self) -> str:
        """What the difference is called for as long as it is followed up."""
        return f"{self.parcel}:{self.plan_a}:{self.plan_b}"


@frozen
class IndicatorDifference:
    """指标差异: two plans set different figures; `percent` of the greater in the base unit, None: not compared."""

    name: str
    year: int
    plan_a: str
    plan_b: str
    value_a: Indicator
    value_b: Indicator
    severity: str
    percent: Fraction | None
    ruling: Ruling


@frozen
class PairCheck:
    """规划对: whether two plans can be compared at all, and which codes stand against it."""

    plan_a: Plan
    plan_b: Plan
    ruling: Ruling


@frozen
class Overlap:
    """叠加: two designations of two plans overlap by so many square metres, to the square centimetre."""

    one: Designation
    other: Designation
    area: Fraction = field()
