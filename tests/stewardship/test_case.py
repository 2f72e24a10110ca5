"""聚力 in a case folder: killed and repeated, next month, changed, with --partial, and packs that are wrong."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from office import calm, results
from test_case_repeats import fragile

import huaying_governance as hg
from huaying_governance.packs import check_pack
from huaying_governance.tables.specs import plans, stewardship
from project import ROOT

EXAMPLE = ROOT / "examples" / "huaying"
TABLES = [spec.name for spec in (*stewardship.INPUTS, *plans.INPUTS)]


def folder(home: Path, on: str = "2026-11-23", pack: str = "huaying") -> Path:
    """Return a case of the example's tables of this concept."""
    made = home / f"case-{on}"
    made.mkdir(parents=True, exist_ok=True)
    (made / "case.toml").write_text(
        f'[case]\ntitle = "示例（合成数据）"\npack = "{pack}"\non = {on}\n', "utf-8"
    )
    for name in TABLES:
        shutil.copy(EXAMPLE / f"{name}.csv", made)
    return made


def test_the_example_holds_every_table() -> None:
    """Each table of this concept stands in the example case folder, with rows that say they are synthetic."""
    for name in TABLES:
        text = (EXAMPLE / f"{name}.csv").read_text("utf-8")
        assert len(text.splitlines()) > 1, name


def test_killed_anywhere_and_run_again(tmp_path: Path) -> None:
    """A run killed thrice on one store and run again ends as an undisturbed run, refusals included."""
    made = folder(tmp_path)
    counted = fragile(-1, made, tmp_path / "whole")
    assert counted.returncode == 0, counted.stderr
    calls = int(counted.stdout.rsplit("calls ", 1)[1])
    out = tmp_path / "out"
    for part in (0.55, 0.75, 0.97):
        assert fragile(int(calls * part), made, out).returncode == -9
    command = [sys.executable, "-m", "huaying_governance", "run", str(made), "--out", str(out)]
    last = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=calm())
    assert last.returncode == 0, last.stderr
    assert results(out) == results(tmp_path / "whole")
    hg.verify(hg.open_store(f"sqlite:///{out / 'huaying.db'}"))


def test_next_month_on_the_same_store(tmp_path: Path) -> None:
    """Early and late on one store end as late at once: what is dated later waits, is counted, and is judged then."""
    store = f"sqlite:///{tmp_path / 'office.db'}"
    early = hg.run_case(folder(tmp_path, "2026-06-15"), tmp_path / "early", store=store)
    assert sum(report.later for report in early.reports) > 5
    late = folder(tmp_path)
    hg.run_case(late, tmp_path / "late", store=store)
    hg.run_case(late, tmp_path / "at-once")
    assert results(tmp_path / "late") == results(tmp_path / "at-once")


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("delegated_services", "80000", "90000"),
        ("boundary_disputes", "2026-11-03T09:00", "2026-11-02T09:00"),
        ("transitions", "2026-03-01", "2026-02-01"),
    ],
)
def test_a_changed_opening_is_a_problem(tmp_path: Path, table: str, old: str, new: str) -> None:
    """A case whose row changed after it was opened is a problem, and nothing is written anew."""
    made, out = folder(tmp_path), tmp_path / "out"
    hg.run_case(made, out)
    before = results(out)
    path = made / f"{table}.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(made, out)
    assert [(one.code, one.place.file) for one in caught.value.problems] == [
        ("content-changed", f"{table}.csv")
    ]
    assert results(out) == before


def test_partial_sets_aside_what_waits_for_a_row(tmp_path: Path) -> None:
    """With --partial a bad act withholds its case, a bad designation its parcel; the others are done."""
    made, out = folder(tmp_path), tmp_path / "out"
    for table, old, new in (
        ("delegated_service_acts", "2026-07-21", "2026-77-21"),
        ("designations", "示例城市发展规划,示例图斑1,建设用地", "示例城市发展规划,示例图斑1,飞机场"),
        ("segments", "古桥街道", "双河街道"),
    ):
        path = made / f"{table}.csv"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    summary = hg.run_case(made, out, partial=True)
    assert sorted(one.code for one in summary.problems) == [
        "bad-moment",
        "same-side",
        "unknown-land-use",
        "unknown-segment",
    ]
    told = {name: held.decode("utf-8") for name, held in results(out).items()}
    assert "示例服务1" not in told["delegated_services.csv"]
    assert "示例图斑1" not in told["plan_conflicts.csv"]
    assert "示例争议1" not in told["boundary_disputes.csv"]
    assert "示例村改居1" in told["transitions.csv"]


def test_a_pack_without_rules_is_a_problem_of_every_table(tmp_path: Path) -> None:
    """A pack that states no stewardship.toml cannot judge these tables, and says what to add."""
    made = folder(tmp_path, pack=str(ROOT / "examples" / "packs" / "weifang"))
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(made, tmp_path / "out")
    found = {
        one.place.file.removesuffix(".csv")
        for one in caught.value.problems
        if one.code == "no-stewardship-rules"
    }
    children = {"boundary_dispute_acts", "delegated_service_acts", "plan_conflict_acts", "transition_acts"}
    assert found == set(TABLES) - children
    assert not (tmp_path / "out").exists()


def test_children_need_their_parents(tmp_path: Path) -> None:
    """Visits without contacts, acts without their cases: the missing table is named."""
    made = tmp_path / "case"
    made.mkdir()
    (made / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    for name in (
        "visits",
        "boundary_dispute_acts",
        "venture_payments",
        "plan_conflict_acts",
        "village_facts",
    ):
        shutil.copy(EXAMPLE / f"{name}.csv", made)
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(made, tmp_path / "out")
    codes = [one.code for one in caught.value.problems]
    assert codes.count("no-parent-table") == 5


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "conference"', 'id = "party-building"', "duplicate-id"),
        ('id = "road"', 'id = "fire"', "duplicate-id"),
        ('other = "permanent-farmland"', 'other = "moon"', "unknown-use"),
        ("households_least = 1000", "households_least = 4000", "unsound-rules"),
        ('approval_source = "divisions2018"', 'approval_source = "nowhere"', "unknown-source"),
        ("gap_days = 10", "gap_days = -1", "out-of-range"),
        ("gap_days = 10", "gap_days = 1.5", "float"),
        ("hazard = true", 'hazard = "yes"', "wrong-type"),
        ('presumed = "urban"', 'presumed = "lunar"', "not-one-of"),
        ("sliver = 100\n", "", "missing-key"),
        ("[support]", "[support]\nextra = 1", "unknown-key"),
    ],
)
def test_what_is_wrong_with_a_pack_is_told(tmp_path: Path, old: str, new: str, code: str) -> None:
    """A wrong stewardship.toml is found by `huaying check`, with its line."""
    shipped = ROOT / "src" / "huaying_governance" / "packs" / "huaying"
    shutil.copytree(shipped, tmp_path / "pack")
    path = tmp_path / "pack" / "stewardship.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    found = [one for one in check_pack(tmp_path / "pack") if one.place.file.endswith("stewardship.toml")]
    assert code in {one.code for one in found}
    assert all(one.place.line for one in found)


def test_empty_tables_give_empty_reports(tmp_path: Path) -> None:
    """A table with a header and no rows is judged: its reports are written, with nothing in them but what is due."""
    made = tmp_path / "case"
    made.mkdir()
    (made / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    for spec in (*stewardship.INPUTS, *plans.INPUTS):
        (made / f"{spec.name}.csv").write_text(
            ",".join(column.name for column in spec.columns) + "\n", "utf-8"
        )
    hg.run_case(made, tmp_path / "out")
    written = {path.stem for path in (tmp_path / "out").glob("*.csv")}
    assert written == {spec.name for spec in (*stewardship.OUTPUTS, *plans.OUTPUTS)}
    whole = (tmp_path / "out" / "contact_completeness.csv").read_text("utf-8").splitlines()[1]
    assert whole.startswith("0,9,0.0,")


def test_english_results_say_the_same(tmp_path: Path) -> None:
    """In English every report has the same rows and codes, and no Chinese label of a code."""
    made = folder(tmp_path)
    hg.run_case(made, tmp_path / "zh")
    hg.run_case(made, tmp_path / "en", lang="en")
    for path in (tmp_path / "zh").glob("*.csv"):
        other = tmp_path / "en" / path.name
        assert len(path.read_text("utf-8").splitlines()) == len(other.read_text("utf-8").splitlines()), (
            path.name
        )


def test_partial_without_rules_judges_nothing_of_these(tmp_path: Path) -> None:
    """With --partial and a pack without these rules the run ends, every row is listed, and no row is judged."""
    made = folder(tmp_path, pack=str(ROOT / "examples" / "packs" / "weifang"))
    summary = hg.run_case(made, tmp_path / "out", partial=True)
    assert {one.code for one in summary.problems} >= {"no-stewardship-rules"}
    for report in summary.reports:
        assert sum(report.counts.values()) == 0, report.title
