"""Simulation: the cost of a policy on a population is the sum of its awards, whoever computes it, however cut."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.kernel.chart import BARS
from huaying_governance.rules import Spell
from huaying_governance.subsidy.chart import chart, chart_of_change, chart_of_outlook
from huaying_governance.subsidy.cycle import freeze
from huaying_governance.subsidy.people import Person, Register
from huaying_governance.subsidy.simulation import change, cost, outlook, over_register, over_tables
from huaying_governance.text import same

ON = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"


@functools.cache
def policy() -> hg.Policy:
    return hg.load_pack("huaying").policy("zone-employment")


def person(name: str, education: str | None, months: int | None, spouse: str | None = None) -> Person:
    """Return somebody in the zone since `months` times 31 days, None: not at all."""
    facts = {} if education is None else {"education": education}
    worked = () if months is None else (Spell(ON - timedelta(days=31 * months), None, {"in_zone": True}),)
    return Person(name, facts, spouse, worked)


def register(*persons: Person) -> Register:
    return Register({each.id: each for each in persons})


PEOPLE = register(
    person("a", "postgraduate", 20, "b"),
    person("b", "bachelor", 20, "a"),
    person("c", "bachelor", 3),
    person("d", None, 3),
    person("e", "other", 30),
    person("f", "bachelor", None),
)
GROUPS = {"a": "north", "b": "north", "c": "south", "d": "south"}
rows = st.lists(
    st.tuples(
        st.sampled_from(["postgraduate", "bachelor", "other", None]),
        st.none() | st.integers(0, 30),
        st.booleans(),
        st.sampled_from(["", "x", "y"]),
    ),
    max_size=8,
)


def made(held: list[tuple[str | None, int | None, bool, str]]) -> tuple[Register, dict[str, str]]:
    people = [
        person(f"P{number}", education, months, f"P{number ^ 1}" if married else None)
        for number, (education, months, married, _) in enumerate(held)
    ]
    return register(*people), {f"P{number}": group for number, (*_, group) in enumerate(held) if group}


def test_the_cost_by_group_and_rule() -> None:
    """a and b: 10,000 + 3,000 + 2,000 for the couple; c 3,000; d lacks a degree and is counted apart."""
    found = cost(policy(), over_register(PEOPLE), ON, GROUPS)
    assert [(each.group, each.persons, each.fen, each.open) for each in found.groups] == [
        ("north", 2, 1_500_000, 0),
        ("south", 1, 300_000, 1),
    ]
    assert found.rules == {"bachelor": 600_000, "couple": 200_000, "postgraduate": 1_000_000}
    assert (found.fen, found.persons, found.open) == (1_800_000, 3, 1)
    assert found.version == policy().version
    assert found.say("en") == "2026-11-23: 3 persons, 18000.00 yuan in all, 1 persons undetermined"


@given(held=rows)
def test_however_it_is_cut_it_is_the_cycle(held: list[tuple[str | None, int | None, bool, str]]) -> None:
    """By group, by rule and in all, the cost is what a frozen cycle of the same persons grants."""
    people, groups = made(held)
    found, cycle = cost(policy(), over_register(people), ON, groups), freeze("c", policy(), people, ON)
    assert found.fen == sum(found.rules.values()) == cycle.total
    assert found.fen == cost(policy(), over_register(people), ON).fen
    assert found.open == len({who for (who, _), fen in cycle.granted.items() if fen is None})


@given(held=rows, award=st.sampled_from(["0", "2500", "3000", "4000"]), months=st.booleans())
def test_a_reform_and_its_reverse_mirror_each_other(
    held: list[tuple[str | None, int | None, bool, str]], award: str, months: bool
) -> None:
    """Who gains by a reform loses by taking it back; every person counted is in one count only."""
    people, groups = made(held)
    kind = "months" if months else "none"
    reform = policy().reform({"parameters.bachelor_award": award, "proration.kind": kind})
    there, back = (
        change(one, two, over_register(people), ON, groups)
        for one, two in ((policy(), reform), (reform, policy()))
    )
    assert (there.count("gain"), there.count("lose")) == (back.count("lose"), back.count("gain"))
    assert (there.count("same"), there.count("open")) == (back.count("same"), back.count("open"))
    assert (there.before, there.after) == (back.after, back.before)
    assert sum(each.before for each in there.groups) == there.before.fen
    assert sum(each.after for each in there.groups) == there.after.fen


def test_a_reform_by_group() -> None:
    """600 yuan more for each bachelor: one gains in each group, the postgraduate stays, the unknown degree is open."""
    reform = policy().reform({"parameters.bachelor_award": "3600"})
    found = change(policy(), reform, over_register(PEOPLE), ON, GROUPS)
    assert [
        (each.group, each.gain, each.same, each.open, each.after - each.before) for each in found.groups
    ] == [
        ("north", 1, 1, 0, 60_000),
        ("south", 1, 0, 1, 60_000),
    ]
    assert found.say("zh") == "18000.00 → 19200.00 元；2 人增加，0 人减少，1 人不变，1 人待核实"


def test_the_years_ahead_go_by_dated_parameters_and_growing_spells() -> None:
    """A value that begins in 2028 counts from 2028; a couple that reaches its term by then is paid from then."""
    people = register(person("a", "bachelor", 2, "b"), person("b", "other", 2, "a"))
    dated = policy().reform({"parameters.bachelor_award": {date(2028, 1, 1): Decimal(3600)}})
    days = [date(2026, 11, 23), date(2027, 11, 23), date(2028, 1, 1)]
    found = outlook(dated, over_register(people), days)
    assert [each.fen for each in found] == [300_000, 500_000, 560_000]
    assert [each.on for each in found] == days


def test_tables_on_an_engine_cost_what_the_register_costs() -> None:
    """The same persons as tables on DuckDB: every figure of cost and change is the same."""
    persons = list(PEOPLE.persons.values())
    spells = [(each.id, spell) for each in persons for spell in each.spells]
    tables = {
        "persons": pa.table(
            {
                "person": [each.id for each in persons],
                "education": pa.array([each.facts.get("education") for each in persons], pa.string()),
                "spouse": pa.array([each.spouse for each in persons], pa.string()),
            }
        ),
        "spells": pa.table(
            {
                "person": [who for who, _ in spells],
                "in_zone": [True for _ in spells],
                "from": pa.array([spell.start for _, spell in spells], pa.date32()),
                "to": pa.array([spell.end for _, spell in spells], pa.date32()),
            }
        ),
    }
    reform = policy().reform({"parameters.bachelor_award": "3600"})
    one = change(policy(), reform, over_register(PEOPLE), ON, GROUPS)
    assert change(policy(), reform, over_tables(tables, threads=1), ON, GROUPS) == one


def widths(svg: str) -> list[int]:
    """Return the lengths of the bars."""
    root = ElementTree.fromstring(svg)
    return [int(each.get("width", "0")) for each in root.iter(f"{SVG}rect") if each.get("height") != "12"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_chart_is_to_scale_and_the_same_each_time(lang: hg.Lang) -> None:
    """Bars are as long as their amounts, the longest fills the width; the picture loads nothing from elsewhere."""
    reform = policy().reform({"parameters.bachelor_award": "3600"})
    found = change(policy(), reform, over_register(PEOPLE), ON, GROUPS)
    svg = chart_of_change(found, lang)
    assert svg == chart_of_change(found, lang)
    assert widths(svg) == [BARS * fen // 1_560_000 for fen in (1_500_000, 1_560_000, 300_000, 360_000)]
    assert svg.count("http") == 1
    assert "Noto Sans CJK SC" in svg
    assert "15,600.00" in svg
    assert ("改革前" in svg) == (lang == "zh")


def test_the_chart_of_years_and_of_nothing() -> None:
    """One bar a day; a population that is paid nothing has bars of no length, none at all where there are no days."""
    people = over_register(register(person("a", "bachelor", None)))
    assert widths(chart_of_outlook(outlook(policy(), people, [ON]))) == [0]
    assert widths(chart_of_outlook([])) == []


def test_labels_are_shown_as_they_are_and_cannot_break_the_picture() -> None:
    """A label with signs of markup is shown, not obeyed; who is in no group is named so."""
    svg = chart(same("a & b"), (same("<x>"),), [("</svg>", (1,))])
    root = ElementTree.fromstring(svg)
    assert [each.text for each in root.iter(f"{SVG}text")][:3] == ["a & b", "<x>", "</svg>"]
    found = change(policy(), policy(), over_register(PEOPLE), ON)
    assert "未分组" in chart_of_change(found)
