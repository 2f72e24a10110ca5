"""The examples of the subsidy module run and say what they show."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> str:
    made = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return made.stdout


def test_the_yearly_batch_goes_from_tables_to_a_publicity_list_and_a_payment_file(tmp_path: Path) -> None:
    """The budget is not exceeded, the list is masked, both files hold the same lines, and the cycle replays."""
    said = run("examples/subsidy/yearly_batch.py", "examples/huaying", str(tmp_path))
    assert "复算一致" in said
    with (tmp_path / "payment.csv").open(encoding="utf-8", newline="") as file:
        paid = list(csv.DictReader(file))
    with (tmp_path / "publicity.csv").open(encoding="utf-8", newline="") as file:
        shown = list(csv.DictReader(file))
    assert (
        sum(float(row["金额（元）"]) for row in paid)
        == sum(float(row["金额（元）"]) for row in shown)
        <= 25_000
    )
    assert {row["姓名"] for row in shown} == {"示**"}
    assert json.loads((tmp_path / "receipt.json").read_text(encoding="utf-8"))["policy"] == "zone-employment"


def test_one_claim_is_explained_to_its_clauses() -> None:
    """An open claim names the fact that is missing; with it, the award is a sum."""
    said = run("examples/subsidy/one_claim.py")
    assert "缺少的事实：spouse.stable_months" in said
    assert said.splitlines()[-2].endswith("5000.00")
    assert said.splitlines()[-1] == "3600.00"


def test_the_simulation_says_what_a_reform_costs_and_draws_it(tmp_path: Path) -> None:
    """Both pictures are written, and the years ahead cost more from the year in which the award is raised."""
    said = run("examples/subsidy/simulate.py", "examples/huaying", str(tmp_path)).splitlines()
    assert "→" in said[0]
    assert [line[:4] for line in said[1:]] == ["2026", "2027", "2028", "2029", "2030"]
    for name in ("reform.svg", "years.svg"):
        assert (tmp_path / name).read_text(encoding="utf-8").startswith("<svg")
