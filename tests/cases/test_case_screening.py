"""Assignments as CASES fixes them, against an independent reading: by a pack of the test's own, and the shipped one."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import oracle_screening as oracle
import pytest
from office import by, case, codes, judged, read, write_csv
from oracle_screening import Office

import huaying_governance

SHIPPED = Path(huaying_governance.__file__).parent / "packs" / "huaying"
LIST = "code name kind role assigners communities funding forms basis from to"


def own_pack(folder: Path, office: Office) -> Path:
    """Write a pack of another place: its own registers and list, the shipped sources and policies."""
    (folder / "lists").mkdir(parents=True)
    shutil.copy(SHIPPED / "sources.toml", folder)
    shutil.copytree(SHIPPED / "policies", folder / "policies")
    head = (SHIPPED / "pack.toml").read_text("utf-8")
    head = head.replace('id = "huaying"', 'id = "elsewhere"')
    head = re.sub(r"^decides = .*$", 'decides = "org-d"', head, flags=re.MULTILINE)
    head = re.sub(r"^(asks|reports) = .*$", r'\1 = ["org-c"]', head, flags=re.MULTILINE)
    (folder / "pack.toml").write_text(head, "utf-8")
    write_csv(folder / "organisations.csv", office.organisations, "id name aliases level kind from to")
    write_csv(folder / "communities.csv", office.communities, "id name code kind from to")
    write_csv(folder / "lists" / "matters.csv", office.lines, LIST)
    return folder


def differences(
    office: Office,
    asked: Sequence[Mapping[str, str]],
    out: Path,
    admissions: Sequence[Mapping[str, str]] = (),
) -> list[str]:
    rows = by(read(out / "assignments.csv"), "id")
    assert len(rows) == len(asked)
    listed = {line["code"] for line in office.lines}
    wrong = []
    for one in asked:
        row, expected = rows[one["id"]], oracle.expect(office, one, admissions)
        if expected is not None and not expected.allows(row["outcome"], codes(row["codes"])):
            wrong.append(f"{dict(one)}\n  expected {expected}\n  got {dict(row)}")
        assert row["matter"] == one["matter"]
        assert row["reason"]
        assert row["citation"] or not one["matter"]
        assert set(codes(row["suggestions"])) <= listed
        if row["outcome"] == "emergency":
            assert re.search(r"20\d\d", row["reason"]), "an emergency says by when it must be reviewed"
    return wrong


def compare_own(tmp_path: Path, seed: int, count: int) -> None:
    rng = random.Random(seed)
    office = Office(oracle.ORGANISATIONS, oracle.COMMUNITIES, oracle.random_lines(rng))
    admissions = oracle.random_admissions(rng, office)
    matters = [*{line["code"]: 0 for line in office.lines}, "N90", "N91", "N92", "N99"]
    asked = [oracle.random_assignment(rng, office, n, matters) for n in range(count)]
    folder = tmp_path / "case"
    own_pack(folder / "place", office)
    case(folder, pack="place", assignments=asked, admissions=admissions)
    judged(folder, tmp_path / "out")
    wrong = differences(office, asked, tmp_path / "out", admissions)
    assert not wrong, f"seed {seed}: {len(wrong)} of {count} differ\n" + "\n".join(wrong[:5])


@pytest.mark.parametrize("seed", range(3))
def test_screening_by_a_pack_of_ones_own(tmp_path: Path, seed: int) -> None:
    """Rows 20, 21, 22: outcome and ordered codes of random assignments equal a naive reading of the rows."""
    compare_own(tmp_path, seed, 400)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 130))
def test_screening_by_a_pack_of_ones_own_long(tmp_path: Path, seed: int) -> None:
    """Rows 20, 21, 22: the same over many more packs."""
    compare_own(tmp_path, seed, 3000)


def shipped_office() -> Office:
    lines = [line for file in sorted((SHIPPED / "lists").glob("*.csv")) for line in read(file)]
    own = [line for line in lines if line["kind"] in {"assist", "purchased", "prohibited"}]
    return Office(read(SHIPPED / "organisations.csv"), read(SHIPPED / "communities.csv"), own)


def test_screening_by_the_shipped_list(tmp_path: Path) -> None:
    """Rows 20, 21, 22: every line of the shipped list, by allowed and other organisations, funded and not."""
    office = shipped_office()
    rng = random.Random(7)
    matters = [*{line["code"]: 0 for line in office.lines}, "XX99"]
    asked = [oracle.random_assignment(rng, office, n, matters) for n in range(300)]
    for n, line in enumerate(line for line in office.lines if line["kind"] != "prohibited"):
        allowed = [row["id"] for row in office.organisations if office.may_assign(line, row["id"])]
        for funding in ["", "0", "800"]:
            one = oracle.random_assignment(rng, office, 1000 + 9 * n + len(funding), [line["code"]])
            day = line["to"] or max(line["from"], "2026-10-01")
            asked.append(
                {**one, "matter": line["code"], "assigner": allowed[0], "funding": funding, "date": day}
            )
    judged(case(tmp_path / "case", assignments=asked), tmp_path / "out")
    wrong = differences(office, asked, tmp_path / "out")
    assert not wrong, f"{len(wrong)} differ\n" + "\n".join(wrong[:5])


def one_line(**cells: str) -> dict[str, str]:
    line = {"code": "M1", "name": "协助入户走访", "kind": "assist", "role": "assistant", "assigners": "org-a"}
    return {
        **line,
        "communities": "",
        "funding": "none",
        "forms": "",
        "basis": "default",
        "from": "",
        "to": "",
        **cells,
    }


def asked_for(n: int, day: str, **cells: str) -> dict[str, str]:
    row = {
        "id": f"A{n}",
        "date": day,
        "assigner": "甲局",
        "community": "east",
        "matter": "M1",
        "title": "走访",
    }
    return {**row, "funding": "0", "emergency": "", **cells}


def outcomes(
    tmp_path: Path, lines: list[dict[str, str]], asked: list[dict[str, str]]
) -> list[tuple[str, str]]:
    office = Office(oracle.ORGANISATIONS, oracle.COMMUNITIES, lines)
    folder = tmp_path / "case"
    own_pack(folder / "place", office)
    judged(case(folder, pack="place", assignments=asked), tmp_path / "out")
    return [(row["outcome"], row["codes"]) for row in read(tmp_path / "out" / "assignments.csv")]


def test_the_list_in_force_on_the_day_of_the_row(tmp_path: Path) -> None:
    """Row 20: a list that changes on 2026-01-01 is asked by its first version on 2025-12-31."""
    lines = [one_line(to="2025-12-31"), one_line(**{"from": "2026-01-01", "funding": "required"})]
    got = outcomes(tmp_path, lines, [asked_for(1, "2025-12-31"), asked_for(2, "2026-01-01")])
    assert got == [("permitted", ""), ("conditional", "funds-missing")]


def test_the_day_before_from_and_after_to(tmp_path: Path) -> None:
    """Row 20: both the first and the last day are in force."""
    day = timedelta(days=1)
    first, last = oracle.date(2026, 3, 1), oracle.date(2026, 6, 30)
    days = [first - day, first, last, last + day]
    asked = [asked_for(n, when.isoformat()) for n, when in enumerate(days)]
    got = outcomes(tmp_path, [one_line(**{"from": "2026-03-01", "to": "2026-06-30"})], asked)
    assert [outcome for outcome, _ in got] == ["refused", "permitted", "permitted", "refused"]
    assert got[0][1].startswith("not-in-force")
    assert got[3][1].startswith("not-in-force")


def test_a_prohibition_bars_even_an_emergency(tmp_path: Path) -> None:
    """Row 21: prohibited is refused under an emergency order; unlisted is taken at once with a day of review."""
    lines = [one_line(), one_line(code="P1", name="开具证明", kind="prohibited", role="", assigners="")]
    asked = [
        asked_for(1, "2026-03-02", matter="P1", emergency="令1"),
        asked_for(2, "2026-03-02", matter="U1", emergency="令1"),
        asked_for(3, "2026-03-02", matter="U1"),
        asked_for(4, "2026-03-02", emergency="令1"),
    ]
    got = outcomes(tmp_path, lines, asked)
    assert got[0][0] == "refused"
    assert codes(got[0][1])[0] == "prohibited"
    assert got[1:] == [("emergency", "not-listed"), ("refused", "not-listed"), ("permitted", "")]


def test_an_empty_matter_is_suggested_for_and_never_matched(tmp_path: Path) -> None:
    """Row 21: a title that equals the name of a matter brings a suggestion, and the case stays undetermined."""
    lines = [one_line(funding="required"), one_line(code="M2", name="发放防火传单")]
    asked = [
        asked_for(1, "2026-03-02", matter="", title="协助入户走访"),
        asked_for(2, "2026-03-02", matter="", title=""),
    ]
    assert {outcome for outcome, _ in outcomes(tmp_path, lines, asked)} == {"undetermined"}
    rows = read(tmp_path / "out" / "assignments.csv")
    assert [row["matter"] for row in rows] == ["", ""]
    assert codes(rows[0]["codes"])[-1] == "missing:matter"
    assert codes(rows[0]["suggestions"])[0] == "M1"
    assert rows[1]["suggestions"] == ""


def test_all_codes_in_their_order(tmp_path: Path) -> None:
    """Row 22: everything that speaks against an assignment is told, in the documented order."""
    lines = [one_line(assigners="org-b", communities="west", funding="required")]
    asked = [
        asked_for(1, "2026-03-02"),
        asked_for(2, "2026-03-02", assigner="某公司", community="west"),
        asked_for(3, "2026-03-02", assigner="乙局", community="西社区", funding=""),
        asked_for(4, "2026-03-02", assigner="乙局", community="西社区", funding="0.01"),
    ]
    assert outcomes(tmp_path, lines, asked) == [
        ("refused", "assigner-not-allowed;community-not-covered;funds-missing"),
        ("undetermined", "funds-missing;missing:assigner"),
        ("undetermined", "missing:funding"),
        ("permitted", ""),
    ]
