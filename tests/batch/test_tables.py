"""Tables in and out: what is a fault, what is a missing fact, formats, couples, receipts."""

from __future__ import annotations

import csv
import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import oracle_awards
import pyarrow as pa
import pytest
from agreement import arrow_spells

import huaying_governance as hg
from huaying_governance.batch import assess, replay
from huaying_governance.batch.receipt import Receipt
from huaying_governance.rules import Spell, read_policy_text
from huaying_governance.subsidy.people import Person, Register
from huaying_governance.subsidy.people import assess as assess_people

ON = date(2026, 11, 23)
CODES = {"11": "postgraduate", "14": "postgraduate", "21": "bachelor", "": None}


@pytest.fixture(scope="module")
def policy() -> hg.Policy:
    return hg.load_pack("huaying").policy("zone-employment")


def persons(*rows: tuple[str, str | None, str | None]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.table(
        dict(zip(("person", "education", "spouse"), (pa.array(c, pa.string()) for c in columns), strict=True))
    )


def spells(*rows: tuple[str, date, date | None, bool | None]) -> pa.Table:
    return arrow_spells(
        [dict(zip(("person", "from", "to", "in_zone"), row, strict=True)) for row in rows], ["in_zone"]
    )


def told(done: Any) -> set[tuple[Any, ...]]:
    try:
        return {(r.person, r.rule, r.amount, r.outcome, r.missing) for r in done.results()}
    finally:
        done.close()


def codes(policy: hg.Policy, **tables: Any) -> set[tuple[str, str, str]]:
    with pytest.raises(hg.Problems) as caught:
        assess(policy, tables, on=ON)
    return {(p.place.file, str(p.place.column), p.code) for p in caught.value.problems}


def test_every_kind_of_fault_is_told_at_once(policy: hg.Policy) -> None:
    """A person twice, one related to itself; a spell of nobody, crossed, without start: all are named."""
    found = codes(
        policy,
        persons=persons(("A", "bachelor", "A"), ("B", "doctor", None), ("B", None, None), ("", None, None)),
        spells=spells(
            ("X", date(2020, 1, 1), None, True),
            ("A", date(2024, 1, 2), date(2024, 1, 1), True),
            ("A", None, None, True),
        ),
    )
    assert found == {
        ("persons", "person", "no-id"),
        ("persons", "person", "twice"),
        ("persons", "education", "value"),
        ("persons", "spouse", "itself"),
        ("spells", "person", "unknown-person"),
        ("spells", "to", "crossed"),
        ("spells", "from", "no-start"),
    }


def test_what_follows_from_spells_keeps_its_bounds(policy: hg.Policy) -> None:
    """A run longer than the policy's bound of its months is a problem, as it is for one case."""
    narrow = changed(policy, "max = 120000", "max = 12")
    tables = {"persons": persons(("A", None, None)), "spells": spells(("A", date(2025, 1, 1), None, True))}
    with pytest.raises(hg.Problems) as caught:
        assess(narrow, tables, on=ON)
    assert [each.code for each in caught.value.problems] == ["too-long"]
    assert told(assess(narrow, tables, on=date(2026, 1, 31)))


def changed(policy: hg.Policy, old: str, new: str) -> hg.Policy:
    assert policy.source_path is not None
    text = policy.source_path.read_text("utf-8")
    assert old in text
    return read_policy_text(text.replace(old, new), name="changed", base=policy.source_path.parent)


def test_columns_of_another_type_are_refused_before_anything_runs(policy: hg.Policy) -> None:
    """Ids of another type never match by accident; a moment is no day; a red line is kept."""
    people = persons(("1", None, None))
    work = spells(("1", date(2020, 1, 1), None, True))
    numbers = people.set_column(0, "person", pa.array([1], pa.int64()))
    assert codes(policy, persons=numbers, spells=work) == {
        ("persons", "spouse", "id-type"),
        ("spells", "person", "id-type"),
    }
    moments = work.set_column(1, "from", work["from"].cast(pa.timestamp("us")))
    assert codes(policy, persons=people, spells=moments) == {("spells", "from", "column-type")}
    floats = people.append_column("stable_months", pa.array([1.0]))
    assert ("persons", "stable_months", "column-type") in codes(policy, persons=floats)
    assert codes(policy, persons=people, spells=work.drop_columns(["to"])) == {
        ("spells", "to", "column-missing")
    }
    marked = people.append_column("身份证号", pa.array(["x"]))
    assert codes(policy, persons=marked, spells=work) == {("persons", "身份证号", "forbidden-column")}
    assert codes(policy, persons="persons.txt") == {("persons", "None", "source")}


def test_a_column_of_the_office_is_not_taken_for_a_table(policy: hg.Policy) -> None:
    """Further columns, whatever they are called and hold, change no check: a spell of nobody is still found."""
    people = persons(("A", None, None), ("B", None, None))
    for name in ("t", "p", "i", "s", "u", "g", "r", "q0"):
        people = people.append_column(name, pa.array([{"person": "X"}, {"person": "X"}]))
    work = spells(("X", date(2020, 1, 1), None, True))
    assert codes(policy, persons=people, spells=work) == {("spells", "person", "unknown-person")}


def test_ids_are_masked_in_problems(policy: hg.Policy) -> None:
    """A problem never shows an id whole."""
    with pytest.raises(hg.Problems) as caught:
        assess(
            policy,
            {"persons": persons(("secret-id", None, None), ("secret-id", None, None)), "spells": spells()},
            on=ON,
        )
    assert "secret-id" not in str(caught.value)
    assert "s********" in str(caught.value)


def test_an_unknown_spouse_is_a_missing_fact(policy: hg.Policy) -> None:
    """CASES.md: an id that the table lacks is a missing fact, the row is the person's own; an empty one means none."""
    long = [("A", date(2024, 1, 1), None, True), ("B", date(2024, 1, 1), None, True)]
    found = told(
        assess(
            policy,
            {"persons": persons(("A", "other", "nobody"), ("B", "other", None)), "spells": spells(*long)},
            on=ON,
        )
    )
    assert found == {("A", "couple", None, "undetermined", "spouse"), ("B", "", None, "not_payable", "")}


def test_facts_without_spells_may_be_ready_made(policy: hg.Policy) -> None:
    """Without a table of spells the persons hold the derived facts; what they lack is missing, never zero."""
    people = persons(("A", "bachelor", None), ("B", "bachelor", None)).append_column(
        "in_zone", pa.array([True, None])
    )
    found = told(assess(policy, {"persons": people}, on=ON))
    assert found == {
        ("A", "bachelor", Decimal("3000.00"), "payable", ""),
        ("B", "bachelor", None, "undetermined", "in_zone"),
    }


@pytest.mark.parametrize(
    ("one", "other", "first"), [(9, 10, 10), (10, 11, 10), (99, 100, 100), (-2, -1, -1), (0, 7, 0)]
)
def test_ids_that_are_numbers_sort_by_code_point_too(
    policy: hg.Policy, one: int, other: int, first: int
) -> None:
    """A couple's award goes to the id that sorts first as text, whether the numbers are of one length or not."""
    people = pa.table({"person": [one, other], "education": ["other"] * 2, "spouse": [other, one]})
    work = pa.table(
        {
            "person": [one, other],
            "in_zone": [True, True],
            "from": [date(2020, 1, 1)] * 2,
            "to": pa.array([None, None], pa.date32()),
        }
    )
    done = assess(policy, {"persons": people, "spells": work}, on=ON)
    assert {row[:2] for row in told(done)} == {(first, "couple"), (one + other - first, "")}


def test_couples_are_paid_as_in_a_case_folder(policy: hg.Policy) -> None:
    """The batch and `subsidy.people` say the same of random couples, one-sided, absent, triangles."""
    rng = random.Random(5)
    people = oracle_awards_world(rng, 400)
    table = persons(*((p.id, CODES.get(p.education, "other"), p.spouse or None) for p in people))
    work = spells(*((p.id, start, end, zone) for p in people for zone, start, end in p.spells))
    found = told(assess(policy, {"persons": table, "spells": work}, on=ON))
    wanted = oracle_awards.awards(people, ON)
    said: dict[str, set[tuple[str, str, str, str]]] = {}
    for person, rule, amount, outcome, missing in found:
        said.setdefault(person, set()).add((rule, "" if amount is None else str(amount), outcome, missing))
    assert said == wanted
    register = Register(
        {
            p.id: Person(
                p.id,
                {}
                if CODES.get(p.education, "other") is None
                else {"education": CODES.get(p.education, "other")},
                p.spouse or None,
                tuple(Spell(start, end, {"in_zone": zone}) for zone, start, end in p.spells),
            )
            for p in people
        }
    )
    for award in assess_people(policy, register, ON):
        lines = {
            (line.rule, "" if line.amount is None else str(line.amount), line.outcome, ";".join(line.missing))
            for line in award.lines
        }
        assert (lines or {("", "", "not_payable", "")}) == said[award.person]


def oracle_awards_world(rng: random.Random, count: int) -> list[oracle_awards.Person]:
    ids = [f"{rng.choice('pP张')}{number}" for number in range(count)]
    people = [oracle_awards.Person(i, rng.choice(["11", "14", "21", "31", ""])) for i in ids]
    for one, other in zip(people[::3], people[1::3], strict=False):
        one.spouse, other.spouse = other.id, rng.choice([one.id, one.id, one.id, "", "nobody"])
    for person in people:
        if not person.spouse and rng.random() < 0.3:
            person.spouse = rng.choice([i for i in ids[:9] if i != person.id])
        person.spells = oracle_awards.random_spells(rng, ON) if rng.random() < 0.9 else []
    return people


@pytest.mark.parametrize(
    ("award", "figures"),
    [
        ("postgraduate", ["833.33", "2500.00", "4166.67", "5000.00", "5833.33", "9166.67", "10000.00"]),
        ("bachelor", ["250.00", "750.00", "1250.00", "1500.00", "1750.00", "2750.00", "3000.00"]),
    ],
)
def test_the_prorated_figures(policy: hg.Policy, award: str, figures: list[str]) -> None:
    """T8: 1, 3, 5, 6, 7, 11 and 12 months of twelve, rounded half up to the fen."""
    reform = changed(policy, 'kind = "none"', 'kind = "months"')
    months = [1, 3, 5, 6, 7, 11, 12]
    people = persons(*((str(m), award, None) for m in months)).append_column("in_zone", pa.array([True] * 7))
    people = people.append_column("stable_months", pa.array(months))
    found = told(assess(reform, {"persons": people}, on=ON))
    assert found == {
        (str(m), award, Decimal(figure), "payable", "") for m, figure in zip(months, figures, strict=True)
    }


def test_files_in_and_out(policy: hg.Policy, tmp_path: Path) -> None:
    """Parquet, CSV and Arrow say the same, in and out; progress is told and ends at one."""
    people = persons(("甲", "postgraduate", None), ("O'Neil", "bachelor", "甲"), ("x", None, None))
    work = spells(
        ("甲", date(2024, 2, 29), None, True),
        ("O'Neil", date(2024, 1, 1), date(2026, 11, 23), True),
        ("x", ON, ON, True),
    )
    connection = duckdb.connect()
    for name, table in (("persons", people), ("spells", work)):
        connection.register("t", table)
        connection.execute(f"COPY t TO '{tmp_path / name}.parquet' (FORMAT PARQUET)")
        with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            rows = [dict(row) for row in table.to_pylist()]
            writer = csv.DictWriter(file, table.column_names)
            writer.writeheader()
            writer.writerows(
                {k: {True: "是", False: "no"}.get(v, v) if isinstance(v, bool) else v for k, v in row.items()}
                for row in rows
            )
    shares: list[float] = []
    kept = assess(policy, {"persons": people, "spells": work}, on=ON, progress=shares.append)
    rows = kept.arrow().select(["person", "rule", "amount", "outcome", "missing"]).to_pylist()
    wanted = told(kept)
    assert {tuple(row.values()) for row in rows} == wanted
    assert shares[-1] == 1.0
    assert len(wanted) == 4
    for kind in ("parquet", "csv"):
        tables = {name: tmp_path / f"{name}.{kind}" for name in ("persons", "spells")}
        out = tmp_path / f"out.{kind}"
        done = assess(policy, tables, on=ON, out=out, memory="500MB", threads=1, scratch=str(tmp_path))
        assert done.persons == 3
        assert done.amounts == {"bachelor": Decimal("3000.00"), "postgraduate": Decimal("10000.00")}
        assert done.total == Decimal("13000.00")
        assert done.rows == 4
        assert {(row[0], row[1], row[4]) for row in connection.execute(f"FROM '{out}'").fetchall()} == {
            (person, rule if rule or kind == "parquet" else None, outcome)
            for person, rule, _, outcome, _ in wanted
        }
        done.close()


def test_bad_text_in_csv_is_a_problem(policy: hg.Policy, tmp_path: Path) -> None:
    """CSV values are read strictly: 2023-02-30 is no day, 'maybe' no yes or no."""
    (tmp_path / "persons.csv").write_text("person,education,spouse\nA,bachelor,\n", "utf-8")
    (tmp_path / "spells.csv").write_text("person,in_zone,from,to\nA,maybe,2023-02-30,2023/3/1\n", "utf-8")
    found = codes(policy, persons=tmp_path / "persons.csv", spells=tmp_path / "spells.csv")
    assert found == {("spells", "in_zone", "value"), ("spells", "from", "value"), ("spells", "to", "value")}


def test_a_receipt_can_be_replayed(policy: hg.Policy, tmp_path: Path) -> None:
    """A receipt says the same for the same policy, day and tables, and names what differs otherwise."""
    people = persons(("A", "bachelor", None), ("B", "other", None))
    tables = {"persons": people, "spells": spells(("A", date(2024, 1, 1), None, True))}
    done = assess(policy, tables, on=ON)
    receipt = done.receipt()
    done.close()
    assert Receipt.of_dict(receipt.to_dict()) == receipt
    assert receipt.version == policy.version
    assert replay(receipt, policy, tables).en == "the same"
    shuffled = {**tables, "persons": people.take([1, 0])}
    assert replay(receipt, policy, shuffled).en == "the same"
    changed = {**tables, "persons": persons(("A", "postgraduate", None), ("B", "other", None))}
    assert (
        replay(receipt, policy, changed).en == "different: the table of persons, the total amount, the result"
    )
    assert receipt.digest != Receipt.of_dict({**receipt.to_dict(), "rows": 3}).digest


def test_eligibility_in_batches() -> None:
    """An eligibility policy says of each row what it decides: outcome, codes, missing facts."""
    rng = random.Random(3)
    days = [
        date(2008, 11, 23),
        date(2008, 2, 29),
        date(1990, 5, 5),
        date(2026, 5, 23),
        date(2025, 11, 24),
        None,
    ]
    kinds = {"boolean": pa.bool_(), "text": pa.string(), "date": pa.date32()}
    choices: dict[str, list[Any]] = {
        "boolean": [None, True, False],
        "text": [None, "dujiaping", "x"],
        "date": days,
    }
    for name in ("residents", "villagers"):
        eligibility = hg.load_pack("huaying").policy(f"eligibility-{name}-committee")
        facts = {fact: each.type.kind for fact, each in eligibility.facts.items()}
        rows = [{fact: rng.choice(choices[kind]) for fact, kind in facts.items()} for _ in range(150)]
        table = pa.table(
            {fact: pa.array([row[fact] for row in rows], kinds[kind]) for fact, kind in facts.items()}
        )
        table = table.append_column("person", pa.array([str(number) for number in range(150)]))
        for on in (ON, date(2024, 2, 29), date(2010, 1, 1)):
            done = assess(eligibility, {"persons": table}, on=on)
            found = {int(each.person): (each.outcome, each.codes, each.missing) for each in done.results()}  # type: ignore[union-attr,call-overload]
            done.close()
            for number, row in enumerate(rows):
                ruling: Any = eligibility.decide({k: v for k, v in row.items() if v is not None}, on)
                said = ";".join(code for code in ruling.codes if not code.startswith("missing:"))
                assert found[number] == (ruling.outcome, said, ";".join(ruling.missing))


def test_only_what_decides_is_assessed() -> None:
    """A timetable decides no persons."""
    with pytest.raises(TypeError, match="decides no cases"):
        assess(hg.load_pack("huaying").policy("hotline"), {}, on=ON)


def test_a_missing_extra_is_named(policy: hg.Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the extra is named."""
    monkeypatch.setattr("huaying_governance.batch.find_spec", lambda name: None)
    with pytest.raises(hg.MissingExtra, match=r"\[batch\]"):
        assess(policy, {}, on=ON)
    with pytest.raises(hg.MissingExtra, match=r"\[spark\]"):
        assess(policy, {}, on=ON, engine="spark")
