"""三规合一: units, plans compared by parcels and by outlines, figures, and what is done about a difference."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import Office, faults, write
from huaying_governance.casework import Casebook
from huaying_governance.errors import MissingExtra
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship.plans import (
    CONFLICTS,
    Designation,
    Difference,
    Indicator,
    Plan,
    check_indicators,
    check_plans,
    convert,
    differences,
    geometry,
)
from huaying_governance.stewardship.plans.resolving import Act, Conflict, Standing, Terms
from huaying_governance.stewardship.plans.units import UNITS, base, measures, shown

shapely = pytest.mark.skipif(not geometry.available(), reason="needs the extra `plans`")


def plan(id_: str, kind: str = "urban", **changes: Any) -> Plan:
    given = {"since": date(2021, 1, 1), "until": date(2035, 12, 31), "base_year": 2020, "crs": "CGCS2000"}
    return Plan(id=id_, kind=kind, **{**given, **changes})


PLANS = [plan("A"), plan("B", "land")]


def use(plan_: str, use_: str, quantity: str | None = "10", unit: str = "mu", **changes: Any) -> Designation:
    amount = None if quantity is None else Decimal(quantity)
    return Designation(
        **{"plan": plan_, "parcel": "P1", "use": use_, "quantity": amount, "unit": unit, **changes}
    )


def compare(
    rules: StewardshipRules, *held: Designation, plans: list[Plan] | None = None
) -> tuple[Difference, ...]:
    return differences(plans or PLANS, held, rules.plans)


# Units ------------------------------------------------------------------------------------------------------------


def test_fifteen_mu_are_one_hectare() -> None:
    """Units convert exactly: no digit is lost between 亩, 公顷, square metres and square kilometres."""
    assert convert(15, "mu", "ha") == 1
    assert convert(1, "mu", "m2") == Fraction(2000, 3)
    assert convert(1500, "mu", "km2") == 1
    assert convert(Decimal("1.2"), "ten_thousand_persons", "person") == 12_000
    with pytest.raises(ValueError, match="measure"):
        convert(1, "mu", "person")


@given(st.decimals(0, 10**6, places=4), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_conversion_goes_there_and_back(value: Decimal, one: str, other: str) -> None:
    """Whatever the unit, there and back again is the same number; what is compared is the base unit."""
    if measures(one) == measures(other):
        there = convert(value, one, other)
        assert convert(there, other, one) == Fraction(value)
        assert base(there, other) == base(value, one)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(5, 2), 0, "3"),
    ],
)
def test_only_what_is_shown_is_rounded(value: Fraction, places: int, text: str) -> None:
    """Shown figures are rounded half up."""
    assert shown(value, places) == text


# Parcels ----------------------------------------------------------------------------------------------------------


HARD = ("construction", "permanent-farmland")


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        (*HARD, "hard"),
        ("construction", "ecological-redline", "hard"),
        ("public-service", "permanent-farmland", "hard"),
        ("construction", "farmland", "soft"),
        ("forest", "farmland", "soft"),
    ],
)
def test_row_12_building_land_and_permanent_farmland_are_a_hard_conflict(
    rules: StewardshipRules, one: str, other: str, severity: str
) -> None:
    """Row 12: one parcel, building land in one plan and permanent farmland in the other: hard, in either order."""
    for left, right in ((one, other), (other, one)):
        for quantity in ("10", None):
            (found,) = compare(rules, use("A", left, quantity), use("B", right, quantity))
            assert (found.severity, found.ruling.codes) == (severity, (f"{severity}-conflict",))
            assert (found.uses_a, found.uses_b) == ((left,), (right,))
            assert found.area == (None if quantity is None else 10 * Fraction(2000, 3))
            assert found.id == "P1:A:B"


def test_row_12_the_same_use_is_none(rules: StewardshipRules) -> None:
    """Row 12: the same use in both is no difference, in whatever unit its area is stated."""
    assert compare(rules, use("A", "construction", "15"), use("B", "construction", "1", "ha")) == ()
    assert compare(rules, use("A", "construction", None), use("B", "construction", "1", "ha")) == ()
    assert compare(rules, use("A", "construction")) == ()
    assert compare(rules) == ()


@pytest.mark.parametrize(
    ("ha", "codes"),
    [("1", ()), ("1.01", ()), ("1.0102", ("area-differs",)), ("0.99", ()), ("0.9899", ("area-differs",))],
)
def test_areas_may_differ_by_the_tolerance(rules: StewardshipRules, ha: str, codes: tuple[str, ...]) -> None:
    """One per cent of the greater is tolerated by the default, the last digit beyond it is a question of data."""
    found = compare(rules, use("A", "construction", "15"), use("B", "construction", ha, "ha"))
    assert tuple(code for one in found for code in one.ruling.codes) == codes
    assert {one.severity for one in found} <= {"data"}


def test_parts_of_a_parcel_are_compared_by_what_they_exceed(rules: StewardshipRules) -> None:
    """Two plans that both build on six of ten 亩 differ only in the other four; these decide how grave it is."""
    split = [use("A", "construction", "6"), use("A", "forest", "4")]
    other = [use("B", "construction", "6"), use("B", "permanent-farmland", "4")]
    (found,) = compare(rules, *split, *other)
    assert (found.severity, found.area) == ("soft", 4 * Fraction(2000, 3))
    (grave,) = compare(rules, use("A", "construction", "10"), *other)
    assert (grave.severity, grave.area) == ("hard", 4 * Fraction(2000, 3))
    (unknown,) = compare(
        rules, use("A", "construction", None), use("A", "forest", None), use("B", "forest", None)
    )
    assert unknown.ruling.codes == ("split-unknown",)


def test_a_parcel_that_one_plan_does_not_know(rules: StewardshipRules) -> None:
    """Of two plans that both designate parcels, one that leaves one out is a question of data."""
    held = [use("A", "forest"), use("B", "forest"), use("A", "farmland", parcel="P2")]
    (found,) = compare(rules, *held)
    assert (found.parcel, found.ruling.codes, found.severity) == ("P2", ("undesignated",), "data")


def test_every_two_plans_are_compared_once(rules: StewardshipRules) -> None:
    """Three plans make three pairs, and the order of rows and plans changes nothing."""
    plans = [*PLANS, plan("C", "economic")]
    held = [use("A", "construction"), use("B", "permanent-farmland"), use("C", "forest")]
    wanted = differences(plans, held, rules.plans)
    assert [(one.plan_a, one.plan_b, one.severity) for one in wanted] == [
        ("A", "B", "hard"),
        ("A", "C", "soft"),
        ("B", "C", "soft"),
    ]
    for order in permutations(held):
        assert differences(plans[::-1], order, rules.plans) == wanted


def test_plans_of_other_periods_are_not_compared(rules: StewardshipRules) -> None:
    """Periods that share a day are compared, those that do not are told."""
    held = [use("A", "construction"), use("B", "permanent-farmland")]
    for since, count in ((date(2035, 12, 31), 1), (date(2036, 1, 1), 0)):
        plans = [plan("A"), plan("B", since=since, until=date(2040, 1, 1))]
        assert len(differences(plans, held, rules.plans)) == count
        codes = check_plans(plans, rules.plans)[0].ruling.codes
        assert codes == (() if count else ("no-common-period",))


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, ()),
        ({"base_year": 2019}, ("base-year-differs",)),
        ({"crs": "西安80"}, ("crs-differs",)),
        ({"base_year": None}, ("missing:base_year",)),
        ({"crs": ""}, ("missing:crs",)),
        ({"kind": "spatial"}, ("superseded",)),
        (
            {"base_year": 2019, "crs": "北京54", "kind": "spatial"},
            ("base-year-differs", "crs-differs", "superseded"),
        ),
    ],
)
def test_what_stands_against_comparing_two_plans(
    rules: StewardshipRules, changes: dict[str, Any], codes: tuple[str, ...]
) -> None:
    """Base years, datums and which plan gives way are told for each pair; what is not stated is missing."""
    (found,) = check_plans([plan("A"), plan("B", **{"kind": "land", **changes})], rules.plans)
    assert found.ruling.codes == codes


# Figures ----------------------------------------------------------------------------------------------------------


def figure(
    plan_: str, value: str, unit: str = "person", year: int = 2035, name: str = "常住人口"
) -> Indicator:
    return Indicator(plan=plan_, name=name, year=year, value=Decimal(value), unit=unit)


@pytest.mark.parametrize(
    ("one", "other", "severity", "code"),
    [
        (figure("A", "100000"), figure("B", "10", "ten_thousand_persons"), None, ""),
        (figure("A", "100000"), figure("B", "95000"), None, ""),
        (figure("A", "100000"), figure("B", "94999"), "soft", "indicator-differs"),
        (figure("A", "15", "mu"), figure("B", "1", "ha"), None, ""),
        (figure("A", "1", "mu"), figure("B", "1", "ha"), "soft", "indicator-differs"),
        (figure("A", "1", "mu"), figure("B", "1", "person"), "data", "unit-differs"),
        (figure("A", "1"), figure("B", "1", year=2030), "data", "year-differs"),
        (figure("A", "1"), figure("B", "2", name="户籍人口"), None, ""),
        (figure("A", "0"), figure("B", "0"), None, ""),
        (figure("A", "0"), figure("B", "1"), "soft", "indicator-differs"),
    ],
)
def test_figures_are_compared_in_one_unit_and_year(
    rules: StewardshipRules, one: Indicator, other: Indicator, severity: str | None, code: str
) -> None:
    """Five per cent are tolerated; units are converted, what cannot be compared is a question of data."""
    found = check_indicators(PLANS, [one, other], rules.plans)
    assert [(each.severity, each.ruling.codes) for each in found] == (
        [] if severity is None else [(severity, (code,))]
    )


# Outlines ---------------------------------------------------------------------------------------------------------


def box(x: float, y: float, width: float, height: float) -> str:
    right, top = x + width, y + height
    return f"POLYGON (({x} {y}, {right} {y}, {right} {top}, {x} {top}, {x} {y}))"


def drawn(plan_: str, parcel: str, use_: str, outline: str) -> Designation:
    return Designation(plan=plan_, parcel=parcel, use=use_, outline=outline)


@shapely
def test_outlines_show_what_ids_do_not(rules: StewardshipRules) -> None:
    """Parcels of other ids overlap by 50 m × 100 m: a hard conflict of exactly that area; the rest agrees."""
    held = [
        drawn("A", "P1", "construction", box(0, 0, 100, 100)),
        drawn("B", "Q1", "permanent-farmland", box(50, 0, 100, 100)),
        drawn("B", "Q2", "construction", box(-100, 0, 150, 100)),
    ]
    (found,) = differences(PLANS, held, rules.plans, geometry.overlaps)
    assert (found.parcel, found.severity, found.area, found.by) == ("P1+Q1", "hard", 5000, "outline")


@shapely
@pytest.mark.parametrize(("width", "severity"), [(1, "data"), (1.01, "hard"), (0, None)])
def test_a_sliver_is_a_question_of_data(rules: StewardshipRules, width: float, severity: str | None) -> None:
    """A hundred square metres of overlap are a sliver by the default, more are what the uses make them."""
    held = [
        drawn("A", "P1", "construction", box(0, 0, 100, 100)),
        drawn("B", "P1", "ecological-redline", box(100 - width, 0, 100, 100)),
    ]
    found = differences(PLANS, held, rules.plans, geometry.overlaps)
    assert [one.severity for one in found] == ([] if severity is None else [severity])


@shapely
def test_another_datum_or_no_outline_is_compared_by_ids(rules: StewardshipRules) -> None:
    """Outlines in two datums are not laid over each other, and what is not drawn falls back to its id."""
    held = [
        drawn("A", "P1", "construction", box(0, 0, 9, 9)),
        drawn("B", "P1", "permanent-farmland", box(900, 0, 9, 9)),
    ]
    assert differences(PLANS, held, rules.plans, geometry.overlaps) == ()
    other = [plan("A"), plan("B", "land", crs="北京54")]
    assert [one.by for one in differences(other, held, rules.plans, geometry.overlaps)] == ["parcel"]
    half = [held[0], use("B", "permanent-farmland", None)]
    assert [one.by for one in differences(PLANS, half, rules.plans, geometry.overlaps)] == ["parcel"]


@shapely
@given(st.lists(st.tuples(*[st.integers(0, 12)] * 2, *[st.integers(1, 8)] * 2), min_size=2, max_size=7))
def test_overlaps_equal_counting_square_metres(drawn_: list[tuple[int, int, int, int]]) -> None:
    """Counting unit squares gives the same areas as the library, for any boxes."""

    def squares(one: tuple[int, int, int, int]) -> set[tuple[int, int]]:
        x, y, width, height = one
        return {(x + i, y + j) for i in range(width) for j in range(height)}

    half = len(drawn_) // 2
    ones = [drawn("A", f"P{n}", "forest", box(*one)) for n, one in enumerate(drawn_[:half])]
    others = [drawn("B", f"Q{n}", "farmland", box(*one)) for n, one in enumerate(drawn_[half:])]
    found = {(one.one.parcel, one.other.parcel): one.area for one in geometry.overlaps(ones, others)}
    wanted = {
        (f"P{i}", f"Q{j}"): len(squares(one) & squares(other))
        for i, one in enumerate(drawn_[:half])
        for j, other in enumerate(drawn_[half:])
        if squares(one) & squares(other)
    }
    assert found == wanted


@shapely
@pytest.mark.parametrize(
    ("outline", "why"),
    [
        (box(0, 0, 1, 1), ""),
        ("POLYGON ((0 0, 1 1, 0 1, 1 0, 0 0))", "not-sound"),
        ("POLYGON EMPTY", "not-sound"),
        ("POINT (0 0)", "no-polygon"),
        ("nonsense", "unreadable"),
        ("", "unreadable"),
        ("POLYGON ((0 0, 1 1", "unreadable"),
    ],
)
def test_only_sound_polygons_are_outlines(outline: str, why: str) -> None:
    """What is no polygon, crosses itself or cannot be read is found before it is compared."""
    assert geometry.faulty(outline) == why


@pytest.fixture
def without_shapely(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation without the extra."""
    monkeypatch.setitem(sys.modules, "shapely", None)
    monkeypatch.setattr(geometry, "find_spec", lambda _name: None)
    return


def test_without_the_extra_the_error_names_it(without_shapely: None) -> None:
    """Asked for outlines without shapely, the library says which extra is missing."""
    assert not geometry.available()
    with pytest.raises(MissingExtra, match="plans"):
        list(
            geometry.overlaps(
                [drawn("A", "P", "forest", box(0, 0, 1, 1))], [drawn("B", "Q", "forest", box(0, 0, 1, 1))]
            )
        )


# What is done about it --------------------------------------------------------------------------------------------


Book = Casebook[Conflict, Standing, Act, Terms]
START = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)


def act(action: str, day: int, actor: str = "n", role: str = "checker", **more: Any) -> Act:
    return Act(action=action, at=START + timedelta(days=day), actor=actor, role=role, **more)


def book(rules: StewardshipRules, now: list[str], kinds: tuple[str, str] = ("urban", "land")) -> Book:
    terms = Terms(rules.plans.base, rules.plans.citation, lambda _conflict: now[0])
    made: Book = Casebook(hg.open_store("memory:"), CONFLICTS, terms)
    made.open("K", Conflict(parcel="P1", plan_a="A", plan_b="B", kind_a=kinds[0], kind_b=kinds[1]))
    return made


def refused(made: Book, one: Act) -> tuple[str, ...]:
    before = made.standing("K")
    with pytest.raises(hg.Refused) as caught:
        made.act("K", one)
    assert made.standing("K") == before
    assert len(caught.value.ruling.remedies) == len(caught.value.ruling.codes)
    return caught.value.ruling.codes


def resolve(day: int, how: str, **more: Any) -> Act:
    given = {"resolution": how, "reason": "r", "evidence": "e", **more}
    return act("resolve", day, "housing", "handler", **given)


def assigned(made: Book, severity: str = "hard", **more: Any) -> Book:
    made.act("K", act("classify", 1, severity=severity, **more))
    made.act("K", act("assign", 2, role="coordinator", lead="housing"))
    return made


def test_row_12_a_conflict_is_settled_when_the_plans_agree(rules: StewardshipRules) -> None:
    """Row 12: classified, assigned, resolved; verified by another hand, and only once the plans no longer differ."""
    now = ["hard"]
    made = assigned(book(rules, now))
    assert refused(made, resolve(3, "a_yields", evidence="")) == ("no-evidence",)
    assert refused(made, resolve(3, "")) == ("no-resolution",)
    assert refused(
        made, act("resolve", 3, "x", "handler", resolution="a_yields", reason="r", evidence="e")
    ) == ("not-the-lead",)
    made.act("K", resolve(3, "a_yields"))
    verify = act("verify", 4, "v", "verifier", passed=True)
    assert refused(made, act("verify", 4, "housing", "verifier", passed=True)) == (
        "same-hand",
        "still-differs",
    )
    assert refused(made, act("verify", 4, "v", "verifier")) == ("no-finding",)
    assert refused(made, verify) == ("still-differs",)
    assert refused(made, act("verify", 2, "v", "verifier", passed=False)) == ("out-of-order",)
    now[0] = ""
    assert made.act("K", verify).state == "verified"


def test_an_unsettled_one_goes_back(rules: StewardshipRules) -> None:
    """A verification that says no sends it back to who resolved it."""
    made = assigned(book(rules, ["hard"]))
    made.act("K", resolve(3, "both_revised"))
    assert made.act("K", act("verify", 4, "v", "verifier", passed=False)).state == "assigned"


def test_a_class_is_the_one_found_or_has_grounds(rules: StewardshipRules) -> None:
    """A hard conflict is not called soft without reason and evidence; an unknown class is none."""
    made = book(rules, ["hard"])
    assert refused(made, act("classify", 1, severity="soft", reason="r")) == ("class-differs",)
    assert refused(made, act("classify", 1, severity="big")) == ("no-class", "class-differs")
    assert (
        made.act("K", act("classify", 1, severity="data", reason="图件错误", evidence="e")).severity == "data"
    )


def test_only_what_is_not_hard_is_deferred(rules: StewardshipRules) -> None:
    """A hard conflict is not deferred and no conflict is settled as data; a soft one is deferred and taken up again."""
    made = assigned(book(rules, ["hard"]))
    assert refused(made, resolve(3, "deferred")) == ("hard-not-deferred",)
    assert refused(made, resolve(3, "data_corrected")) == ("no-data-problem",)
    soft = assigned(book(rules, ["soft"]), "soft")
    assert soft.act("K", resolve(3, "deferred")).state == "deferred"
    assert soft.act("K", act("assign", 4, role="coordinator", lead="housing")).state == "assigned"
    assert refused(soft, act("assign", 5, role="coordinator")) == ("no-lead",)


@pytest.mark.parametrize(
    ("kinds", "how", "codes"),
    [
        (("spatial", "land"), "a_yields", ("base-plan-yields",)),
        (("spatial", "urban"), "a_yields", ("base-plan-yields",)),
        (("urban", "spatial"), "b_yields", ("base-plan-yields",)),
        (("spatial", "land"), "b_yields", ()),
        (("spatial", "land"), "both_revised", ()),
        (("spatial", "economic"), "a_yields", ()),
        (("urban", "land"), "a_yields", ()),
    ],
)
def test_the_spatial_plan_is_the_base(
    rules: StewardshipRules, kinds: tuple[str, str], how: str, codes: tuple[str, ...]
) -> None:
    """The spatial plan does not yield to a plan of land or town, by the clause of the land law."""
    made = assigned(book(rules, ["hard"], kinds))
    if codes:
        assert refused(made, resolve(3, how)) == codes
    else:
        assert made.act("K", resolve(3, how)).state == "resolved"


# In a case folder ---------------------------------------------------------------------------------------------------

PLAN_ROWS = [
    {
        "id": "A",
        "plan_kind": "城市发展规划",
        "from": "2021-01-01",
        "to": "2035-12-31",
        "base_year": "2020",
        "datum": "CGCS2000",
    },
    {
        "id": "B",
        "plan_kind": "土地利用规划",
        "from": "2021-01-01",
        "to": "2035-12-31",
        "base_year": "2019",
        "datum": "CGCS2000",
    },
]
LAND = [
    {"land_plan": "A", "parcel": "P1", "land_use": "建设用地", "parcel_area": "15", "area_unit": "亩"},
    {"land_plan": "B", "parcel": "P1", "land_use": "永久基本农田", "parcel_area": "1", "area_unit": "公顷"},
    {"land_plan": "A", "parcel": "P2", "land_use": "林地", "parcel_area": "15", "area_unit": "亩"},
    {"land_plan": "B", "parcel": "P2", "land_use": "forest", "parcel_area": "10000", "area_unit": ""},
]


def rows(*acts: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"plan_conflict": "P1:A:B", "at": f"2026-03-{3 + n:02}T09:00", "actor": "自规局", **one}
        for n, one in enumerate(acts)
    ]


ACTS = (
    {"action": "分类", "role": "核对员", "severity": "硬冲突"},
    {"action": "交办", "role": "统筹单位", "lead": "住建局"},
    {
        "action": "处理",
        "actor": "住建局",
        "role": "承办单位",
        "settlement": "甲规划调整",
        "reason": "保耕地",
        "evidence": "会议纪要",
    },
    {"action": "核验", "role": "核验人", "passed": "是"},
)


def test_row_12_in_a_case_folder(office: Office) -> None:
    """Row 12: the ledger names the parcel, the area in 亩 and 公顷, and is settled once a plan yields."""
    out = office(plans=PLAN_ROWS, designations=LAND, plan_conflict_acts=rows(*ACTS))
    (one,) = out["plan_conflicts"]
    assert [one[name] for name in ("id", "severity", "area_mu", "area_ha", "state", "compared_by")] == [
        "P1:A:B",
        "hard",
        "15.0000",
        "1.0000",
        "resolved",
        "parcel",
    ]
    assert [row["codes"] for row in out["refused_plan_conflict_acts"]] == ["still-differs"]
    assert out["plan_pairs"][0]["codes"] == "base-year-differs"
    assert [row["covered"] for row in out["plan_conflict_rates"]] == ["0.0", "", "", "0.0"]
    again = {**rows(ACTS[-1])[0], "at": "2026-06-01T09:00"}
    out = office(
        plans=PLAN_ROWS,
        designations=[{**LAND[0], "land_use": "永久基本农田"}, *LAND[1:]],
        plan_conflict_acts=[*rows(*ACTS), again],
    )
    assert [(row["state"], row["severity"], row["area_mu"]) for row in out["plan_conflicts"]] == [
        ("verified", "hard", "")
    ]
    assert [
        (row["severity"], row["met"], row["total"], row["covered"]) for row in out["plan_conflict_rates"]
    ] == [
        ("hard", "1", "1", "100.0"),
        ("soft", "0", "0", ""),
        ("data", "0", "0", ""),
        ("all", "1", "1", "100.0"),
    ]


def test_indicators_in_a_case_folder(office: Office) -> None:
    """Figures that differ stand in the report with both values in their own units."""
    shared = {"plan_indicator": "建设用地规模", "target_year": "2035"}
    out = office(
        plans=PLAN_ROWS,
        plan_indicators=[
            {"land_plan": "A", **shared, "figure": "1500", "figure_unit": "亩"},
            {"land_plan": "B", **shared, "figure": "90", "figure_unit": "公顷"},
        ],
    )
    (one,) = out["indicator_differences"]
    assert [one[name] for name in ("figure_a", "figure_b", "differs_percent", "severity")] == [
        "1500 mu",
        "90 ha",
        "10.0",
        "soft",
    ]


OUTLINES = [{**LAND[0], "outline": box(0, 0, 100, 100)}, {**LAND[1], "outline": box(50, 0, 100, 100)}]


@shapely
def test_outlines_in_a_case_folder(office: Office) -> None:
    """With the extra, outlines decide what differs: half of the parcel."""
    (one,) = office(plans=PLAN_ROWS, designations=OUTLINES)["plan_conflicts"]
    assert (one["compared_by"], one["area_ha"], one["area_mu"]) == ("outline", "0.5000", "7.5000")


def test_without_the_extra_a_case_is_compared_by_ids(without_shapely: None, tmp_path: Path) -> None:
    """Without the extra, the same folder is compared by ids of parcels, and a warning says that it was."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    write(folder, "plans", PLAN_ROWS)
    write(folder, "designations", OUTLINES)
    summary = hg.run_case(folder, tmp_path / "out")
    assert [one.code for one in summary.warnings] == ["no-outlines"]
    told = (tmp_path / "out" / "plan_conflicts.csv").read_text("utf-8")
    assert "parcel" in told
    assert "15.0000" in told


def test_bad_rows_of_plans_are_problems(tmp_path: Path) -> None:
    """Confidential plans, unknown uses, plans and units, years out of range, acts on nothing: each with its cure."""
    found = faults(
        tmp_path,
        plans=[
            *PLAN_ROWS,
            {**PLAN_ROWS[0], "id": "C", "secret": "是"},
            {**PLAN_ROWS[0], "id": "D", "base_year": "20"},
        ],
        designations=[
            *LAND,
            {**LAND[0], "land_use": "飞机场"},
            {**LAND[0], "land_plan": "X"},
            {**LAND[0], "parcel_area": "-1"},
            {**LAND[0], "area_unit": "丈"},
        ],
        plan_indicators=[
            {
                "land_plan": "A",
                "plan_indicator": "人口",
                "target_year": "2035",
                "figure": "1e5",
                "figure_unit": "人",
            }
        ],
        plan_conflict_acts=[{**rows(ACTS[0])[0], "severity": "大"}],
    )
    assert sorted(one.code for one in found) == sorted(
        [
            *(
                "confidential-plan",
                "bad-year",
                "unknown-land-use",
                "unknown-land-plan",
                "bad-number",
                "unknown-choice",
            ),
            *("bad-number", "unknown-choice"),
        ]
    )


@shapely
def test_a_bad_outline_is_a_problem(tmp_path: Path) -> None:
    """An outline that crosses itself is told with its row, before anything is compared."""
    found = faults(
        tmp_path,
        plans=PLAN_ROWS,
        designations=[{**LAND[0], "outline": "POLYGON ((0 0, 1 1, 0 1, 1 0, 0 0))"}],
    )
    assert [(one.code, one.place.line) for one in found] == [("bad-outline", 2)]


def test_an_act_on_an_unknown_difference_is_a_problem(tmp_path: Path) -> None:
    """A conflict that neither the plans nor the store know cannot be acted on."""
    found = faults(
        tmp_path,
        plans=PLAN_ROWS,
        designations=LAND,
        plan_conflict_acts=[{**rows(ACTS[0])[0], "plan_conflict": "P9:A:B"}],
    )
    assert [one.code for one in found] == ["unknown-case"]
