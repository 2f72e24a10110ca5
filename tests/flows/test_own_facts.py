"""A pack's own facts: what its policies ask for and an office's table holds in columns of its own."""

from __future__ import annotations

import csv
import re
import shutil
from importlib import resources
from pathlib import Path

import pytest

import huaying_governance as hg

POLICY = """
[policy]
id = "elder-worker"
kind = "subsidy"
titles = { zh = "大龄就业补贴", en = "older workers" }
include = ["../sources.toml"]

[facts.age]
type = "integer"
min = 0
max = 150
label = { zh = "年龄", en = "age" }

[facts.registered]
type = "boolean"
label = { zh = "已登记", en = "registered" }

[parameters.award]
label = { zh = "补贴", en = "award" }
unit = "CNY"
values = [{ from = 2021-01-01, value = "500", source = "default" }]

[[rules]]
id = "elder"
label = { zh = "大龄", en = "elder" }
from = 2021-01-01
source = "default"
payee = "worker"
when = "age >= 50 and registered"
amount = "award"
"""


PEOPLE = ("A,other,,50,是", "B,other,,49,是", "C,other,,51,", "D,other,,,否")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    shipped = Path(str(resources.files("huaying_governance.packs"))) / "huaying"
    shutil.copytree(shipped, tmp_path / "pack")
    (tmp_path / "pack/policies/elder-worker.toml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "case.toml").write_text(
        '[case]\ntitle = "t"\npack = "pack"\non = 2026-11-23\n', encoding="utf-8"
    )
    return tmp_path


def write(folder: Path, header: str, *rows: str) -> None:
    (folder / "persons.csv").write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")


def awards(folder: Path) -> list[dict[str, str]]:
    hg.run_case(folder, folder / "out", lang="en")
    with (folder / "out/awards.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["policy"] == "elder-worker"]


def test_extra_columns_feed_a_policy_by_name_or_by_chinese_label(case: Path) -> None:
    """A column headed `age` or 已登记 holds the policy's fact; an empty cell is a missing fact, never a no."""
    write(
        case,
        "person,education,spouse,age,已登记",
        "A,other,,50,是",
        "B,other,,49,是",
        "C,other,,51,",
        "D,other,,,否",
    )
    found = {row["person"]: (row["outcome"], row["amount"], row["missing"]) for row in awards(case)}
    assert found == {
        "A": ("payable", "500.00", ""),
        "B": ("not_payable", "", ""),
        "C": ("undetermined", "", "registered"),
        "D": ("not_payable", "", ""),
    }


def test_without_the_column_the_fact_is_missing(case: Path) -> None:
    """A policy that asks for what no column holds is undetermined for everybody, and says which fact is missing."""
    write(case, "person,education,spouse", "A,other,")
    assert [(row["outcome"], row["missing"]) for row in awards(case)] == [("undetermined", "age;registered")]


@pytest.mark.parametrize("cell", ["fifty", "-1", "151", "1e3", "50.5"])
def test_a_cell_that_is_not_of_the_facts_type_is_a_problem(case: Path, cell: str) -> None:
    """A cell that does not read as the fact's type, or lies beyond its bounds, is a problem with place and cure."""
    write(case, "person,education,spouse,age,已登记", f"A,other,,{cell},是")
    with pytest.raises(hg.Problems) as raised:
        hg.run_case(case, case / "out")
    (problem,) = raised.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == ("bad-fact", 2, "age")
    assert not (case / "out").exists()


def test_a_run_of_work_beyond_all_bounds_is_a_problem_of_the_row(case: Path) -> None:
    """A fact that follows from the spells and lies beyond its bounds is found before anything is judged or written."""
    policy = case / "pack/policies/zone-employment.toml"
    policy.write_text(
        re.sub(r"max = [0-9_]+", "max = 12", policy.read_text(encoding="utf-8"), count=1), encoding="utf-8"
    )
    write(case, "person,education,spouse", "A,21,", "B,21,")
    (case / "spells.csv").write_text(
        "person,employer,in_zone,from,to\nA,E,yes,2020-01-01,\nB,E,yes,2026-01-01,\n", encoding="utf-8"
    )
    with pytest.raises(hg.Problems) as raised:
        hg.run_case(case, case / "out")
    (problem,) = raised.value.problems
    assert (problem.place.file, problem.place.line, problem.place.column) == (
        "persons.csv",
        2,
        "stable_months",
    )
    assert not (case / "out").exists()


def test_an_extra_column_named_like_a_result_is_told_apart_from_it(case: Path) -> None:
    """`outcome` of the office's own table is written back as `input.outcome`: the ruling keeps its name."""
    write(case, "person,education,spouse,outcome,年龄,已登记", "A,other,,mine,60,是")
    (row,) = awards(case)
    assert (row["outcome"], row["input.outcome"]) == ("payable", "mine")


TYPES = """
[facts.since]
type = "date"
label = { zh = "登记日期", en = "registered on" }

[facts.share]
type = "decimal"
min = 0
max = 1
label = { zh = "比例", en = "share" }

[facts.place]
type = "choice"
of = [{ id = "zone", label = { zh = "园区", en = "zone" } }, { id = "city", label = { zh = "城区", en = "city" } }]
label = { zh = "地点", en = "place" }

[facts.mark]
type = "text"
label = { zh = "标识", en = "mark" }
"""
WHEN = "age >= 50 and registered and since <= on and share >= 0.5 and place == 'zone' and mark == mark"


@pytest.mark.parametrize(
    ("cells", "outcome", "fault"),
    [
        ("2026年2月9日,0.5,园区,x", "payable", ""),
        ("2026-02-09,0.50,zone,x", "payable", ""),
        ("2026-02-09,0.49,zone,x", "not_payable", ""),
        ("2026-02-09,,zone,x", "undetermined", ""),
        ("2026-02-30,0.5,zone,x", "", "登记日期"),
        ("2026-02-09,half,zone,x", "", "share"),
        ("2026-02-09,NaN,zone,x", "", "share"),
        ("2026-02-09,1.01,zone,x", "", "share"),
        ("2026-02-09,0.5,田间,x", "", "地点"),
    ],
)
def test_every_type_of_fact_is_read_from_a_column(case: Path, cells: str, outcome: str, fault: str) -> None:
    """Dates, decimals, choices by code or label and texts are read by their type; what does not fit is a problem."""
    text = POLICY.replace("[parameters.award]", f"{TYPES}\n[parameters.award]").replace(
        "age >= 50 and registered", WHEN
    )
    (case / "pack/policies/elder-worker.toml").write_text(text, encoding="utf-8")
    write(case, "person,education,spouse,age,已登记,登记日期,share,地点,mark", f"A,other,,60,是,{cells}")
    if fault:
        with pytest.raises(hg.Problems) as raised:
            hg.run_case(case, case / "out")
        assert [problem.place.column for problem in raised.value.problems] == [fault]
    else:
        assert [row["outcome"] for row in awards(case)] == [outcome]
