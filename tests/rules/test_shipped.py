"""The shipped policies decide as docs say, and pass their check."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from huaying_governance.rules import (
    Policy,
    Spell,
    Timetable,
    Undetermined,
    check_policy,
    derive,
    read_policy,
    select_timetable,
)

from .help import PACK, SHIPPED

ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def zone() -> Policy:
    return read_policy(PACK / "policies" / "zone-employment.toml")


@pytest.fixture(scope="module")
def timetables() -> tuple[Policy, ...]:
    return tuple(
        read_policy(PACK / "policies" / f"{name}.toml") for name in ("hotline", "petition", "ledgers")
    )


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_policies_pass_without_a_warning(path):
    """The pack ships nothing that its own check would note."""
    assert check_policy(path) == ()


FULL = {"education": "bachelor", "in_zone": True, "stable_months": 14, "spouse": None}


def test_bachelor_without_spouse_is_paid_three_thousand(zone):
    """A bachelor in the zone, without a spouse: one line, 3,000 yuan."""
    award = zone.decide(FULL, ON)
    assert award.amount == Decimal("3000.00")
    assert str(award.amount) == "3000.00"
    assert [(line.rule, line.outcome, line.payee, line.unit) for line in award.lines] == [
        ("bachelor", "payable", "worker", "person")
    ]
    assert award.ruling.outcome == "payable"


def test_unknown_spouse_leaves_only_the_couple_open(zone):
    """Whether there is a spouse is unknown: the degree award is payable, the couple's undetermined."""
    facts = {name: value for name, value in FULL.items() if name != "spouse"}
    award = zone.decide(facts, ON)
    assert award.amount is None
    assert [(line.rule, line.outcome, line.missing) for line in award.lines] == [
        ("bachelor", "payable", ()),
        ("couple", "undetermined", ("spouse",)),
    ]
    assert award.ruling.missing == ("spouse",)
    assert "missing:spouse" in award.ruling.codes


@pytest.mark.parametrize(
    ("spouse", "missing"),
    [
        ({}, ("spouse.in_zone", "spouse.stable_months")),
        ({"in_zone": True}, ("spouse.stable_months",)),
        ({"in_zone": True, "stable_months": None}, ("spouse.stable_months",)),
        ({"in_zone": False}, ()),
        ({"stable_months": 11}, ()),
    ],
)
def test_missing_facts_of_the_spouse(zone, spouse, missing):
    """Only what could still change the couple's award is missing."""
    assert zone.decide({**FULL, "spouse": spouse}, ON).ruling.missing == missing


@pytest.mark.parametrize(("months", "amount"), [(11, "3000.00"), (12, "5000.00"), (13, "5000.00")])
def test_couple_needs_twelve_full_months_on_both_sides(zone, months, amount):
    """Twelve months on both sides make the couple's award; it stacks with the degree award."""
    spouse = {"in_zone": True, "stable_months": 12}
    assert zone.decide({**FULL, "stable_months": months, "spouse": spouse}, ON).amount == Decimal(amount)


def test_nothing_payable_is_zero(zone):
    """Outside the zone nothing is payable, whatever is missing besides."""
    award = zone.decide({"in_zone": False}, ON)
    assert (str(award.amount), award.lines, award.ruling.outcome) == ("0.00", (), "not_payable")
    assert award.ruling.missing == ()


def test_enterprise_amount_is_unset(zone):
    """The article states no amount for enterprises: nothing is paid and the ruling says so."""
    award = zone.decide(FULL, ON)
    assert "amount-unset" in award.ruling.codes
    assert all(line.rule != "enterprise" for line in award.lines)


def test_before_the_policy_nothing_is_in_force(zone):
    """Before its first day the policy pays nothing, and says why."""
    award = zone.decide(FULL, date(2020, 12, 31))
    assert (str(award.amount), award.ruling.codes) == ("0.00", ("not-in-force",))


def test_grounds_cite_and_show_values(zone):
    """The explanation shows the values used, the parameter in force and its clause, in both languages."""
    award = zone.decide({**FULL, "spouse": {"in_zone": True, "stable_months": 15}}, ON)
    zh, en = award.explain("zh"), award.explain("en")
    assert "应予发放2000.00元" in zh
    assert "稳定就业月数（14） 不少于 夫妻稳定就业期限（12，2021-01-01起）：成立" in zh
    assert (
        "spouse: months of stable work (15) >= stable work asked of both spouses (12, since 2021-01-01)" in en
    )
    assert "创新城乡接合部社区治理模式" in zh
    line = award.lines[1]
    assert line.ground.citation is not None
    assert line.ground.citation.source.id == "article"
    assert award.to_dict()["amount"] == "5000.00"
    assert "<pre" in award._repr_html_()
    assert "3000.00" in repr(award)


RESIDENT = {
    "born": date(1990, 5, 1),
    "rights": True,
    "hukou_community": "elsewhere",
    "community": "dujiaping",
    "living_since": date(2025, 9, 1),
    "applied": True,
    "registered_elsewhere": False,
}


def committee(name: str) -> Policy:
    return read_policy(PACK / "policies" / f"eligibility-{name}-committee.toml")


@pytest.mark.parametrize(
    ("on", "changes", "outcome", "codes"),
    [
        (date(2026, 3, 3), {}, "eligible", ()),
        (date(2026, 3, 2), {}, "undetermined", ()),
        (date(2026, 3, 2), {"worker_since": date(2026, 1, 1)}, "ineligible", ("no-route",)),
        (date(2025, 12, 31), {}, "eligible", ()),
        (date(2026, 3, 3), {"applied": False}, "ineligible", ("no-route",)),
        (date(2026, 3, 3), {"applied": False, "hukou_community": "dujiaping"}, "eligible", ()),
        (date(2026, 3, 3), {"registered_elsewhere": True}, "eligible", ("declare-registration",)),
        (date(2026, 3, 3), {"rights": False}, "ineligible", ("no-political-rights",)),
        (date(2026, 3, 3), {"born": date(2008, 3, 4)}, "ineligible", ("under-age",)),
        (date(2026, 3, 3), {"born": date(2008, 3, 3)}, "eligible", ()),
        (date(2026, 2, 28), {"born": date(2008, 2, 29), "hukou_community": "dujiaping"}, "eligible", ()),
    ],
)
def test_residents_committee(on, changes, outcome, codes):
    """Row 44: who may register follows the law in force on the polling day, by Kleene's or over the routes."""
    ruling = committee("residents").decide({**RESIDENT, **changes}, on)
    given = tuple(code for code in ruling.codes if not code.startswith("missing:"))
    assert (ruling.outcome, given) == (outcome, codes)


@pytest.mark.parametrize(
    ("on", "changes", "outcome", "missing"),
    [
        (date(2026, 9, 1), {"meeting_consent": True}, "eligible", ()),
        (date(2026, 8, 31), {"meeting_consent": True, "worker_since": date(2026, 1, 1)}, "ineligible", ()),
        (date(2026, 9, 1), {}, "undetermined", ("meeting_consent",)),
        (date(2026, 9, 1), {"registered_elsewhere": True}, "ineligible", ()),
        (
            date(2026, 9, 1),
            {"meeting_consent": True, "registered_elsewhere": None},
            "undetermined",
            ("registered_elsewhere",),
        ),
        (date(2025, 12, 31), {"meeting_consent": True, "living_since": date(2024, 12, 31)}, "eligible", ()),
        (
            date(2025, 12, 31),
            {"meeting_consent": True, "living_since": date(2025, 1, 1), "worker_since": date(2020, 1, 1)},
            "ineligible",
            (),
        ),
        (
            date(2026, 1, 1),
            {"meeting_consent": True, "living_since": date(2025, 6, 1), "worker_since": date(2020, 1, 1)},
            "eligible",
            (),
        ),
    ],
)
def test_villagers_committee(on, changes, outcome, missing):
    """Row 44: village work counts from 2026 on; registration elsewhere bars."""
    ruling = committee("villagers").decide({**RESIDENT, **changes}, on)
    assert (ruling.outcome, ruling.missing) == (outcome, missing)


def test_law_in_force_is_cited():
    """A ruling of 2025 cites the law of 2018, one of 2026 the revision."""
    for on, source in ((date(2025, 12, 31), "rc2018"), (date(2026, 1, 1), "rc2025")):
        ruling = committee("residents").decide(RESIDENT, on)
        assert ruling.grounds[0].citation is not None
        assert ruling.grounds[0].citation.source.id == source


def test_rule_not_yet_known_is_undetermined():
    """On a day before any rule of the pack the answer is open, not no."""
    ruling = committee("residents").decide(RESIDENT, date(2018, 12, 28))
    assert (ruling.outcome, ruling.codes) == ("undetermined", ("not-in-force",))


@pytest.mark.parametrize(
    ("facts", "on", "rule", "clocks"),
    [
        (
            {"source": "hotline", "category": "consult"},
            date(2025, 12, 25),
            "consult",
            [(3, "working_days", True)],
        ),
        ({"source": "hotline", "category": "help"}, date(2026, 1, 1), "help", [(7, "working_days", True)]),
        (
            {"source": "hotline", "category": "suggestion"},
            date(2026, 1, 1),
            "help",
            [(7, "working_days", True)],
        ),
        (
            {"source": "hotline", "category": "complaint"},
            date(2026, 1, 1),
            "complaint",
            [(15, "working_days", True)],
        ),
        (
            {"source": "petition", "category": "appeal"},
            date(2026, 1, 1),
            "petition",
            [(15, "natural_days", True), (60, "natural_days", True)],
        ),
        (
            {"source": "petition", "category": "suggestion"},
            date(2026, 1, 1),
            "petition",
            [(15, "natural_days", True), (60, "natural_days", False)],
        ),
        ({"source": "visit", "kind": "hardship"}, date(2026, 1, 1), "hardship", [(30, "working_days", True)]),
        (
            {"source": "grid", "kind": "stability"},
            date(2026, 1, 1),
            "stability",
            [(15, "working_days", True)],
        ),
    ],
)
def test_timetables(timetables, facts, on, rule, clocks):
    """Rows 49, 51: each entry goes by the one timetable in force when it was received."""
    found = select_timetable(timetables, {"kind": "livelihood", **facts}, on)
    assert isinstance(found, Timetable)
    assert found.rule == rule
    assert [(clock.days, clock.unit, clock.applies) for clock in found.clocks] == clocks
    assert found.hold_stops is (found.policy == "ledgers")
    assert found.extension.at_most_days == (30 if rule == "petition" else None)
    assert (found.windows["objection"].days, found.windows["objection"].unit) == (5, "working_days")


@pytest.mark.parametrize(
    ("facts", "on", "missing"),
    [
        ({"source": "hotline"}, date(2026, 1, 1), ("category",)),
        ({"source": "hotline"}, date(2025, 12, 24), ("timetable",)),
        ({"source": "hotline", "category": "help"}, date(2025, 12, 24), ("timetable",)),
    ],
)
def test_no_timetable(timetables, facts, on, missing):
    """A missing category is named; before the rules of 2025 the timetable itself is missing."""
    assert select_timetable(timetables, {"kind": "livelihood", **facts}, on) == Undetermined(missing)


def test_clock_of_a_petition_without_category(timetables):
    """A petition of unknown category has its first clock; whether the second applies is open."""
    found = select_timetable(timetables, {"kind": "livelihood", "source": "petition"}, date(2026, 1, 1))
    assert isinstance(found, Timetable)
    assert [(clock.applies, clock.missing) for clock in found.clocks] == [(True, ()), (None, ("category",))]


def spell(start: date, end: date | None, in_zone: bool | None = True) -> Spell:
    return Spell(start, end, {"in_zone": in_zone})


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        ([], (False, 0)),
        ([spell(date(2025, 11, 23), None)], (True, 12)),
        ([spell(date(2025, 11, 24), None)], (True, 11)),
        # 30 days strictly between: one run. 31: a new one.
        ([spell(date(2025, 1, 1), date(2025, 6, 30)), spell(date(2025, 7, 31), None)], (True, 22)),
        ([spell(date(2025, 1, 1), date(2025, 6, 30)), spell(date(2025, 8, 1), None)], (True, 15)),
        # A contained spell does not shorten the run.
        (
            [spell(date(2025, 1, 1), date(2026, 12, 31)), spell(date(2025, 2, 1), date(2025, 3, 1))],
            (True, 22),
        ),
        # The last day is included, the day after is not.
        ([spell(date(2025, 1, 1), ON)], (True, 22)),
        ([spell(date(2025, 1, 1), date(2026, 11, 22))], (False, 0)),
        # Spells outside the zone neither count nor bridge.
        ([spell(date(2025, 1, 1), None, False)], (False, 0)),
        # What is unknown is open only where it matters.
        ([spell(date(2025, 1, 1), None, None)], (None, None)),
        ([spell(date(2025, 1, 1), None), spell(date(2025, 6, 1), None, None)], (True, 22)),
        ([spell(date(2024, 1, 1), date(2024, 12, 31), None), spell(date(2025, 1, 1), None)], (True, None)),
    ],
)
def test_spells(zone, spells, expected):
    """Rows 14, 78: spells yield whether one covers the day and the full months of the run that does."""
    derived = derive(zone, spells, ON)
    assert (derived["in_zone"], derived["stable_months"]) == expected


def test_month_ends_in_runs(zone):
    """A start day that the last month lacks counts as that month's last day."""
    assert derive(zone, [spell(date(2025, 8, 31), None)], date(2026, 2, 28))["stable_months"] == 6
    assert derive(zone, [spell(date(2025, 8, 31), None)], date(2026, 2, 27))["stable_months"] == 5
