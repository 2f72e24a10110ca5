"""With `--partial`, what waits for a mended row is withheld: nothing is said of it, and nothing is kept of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import huaying_governance as hg

ASSIGNMENTS = (
    "id,date,assigner,community,matter,title,funding,emergency\n"
    "A,2026-03-02,民政局,dujiaping,XZ01,,100,\n"
    "B,2026-03-02,统计局,dujiaping,TJ99,,100,\n"
    "C,2026-03-02,统计局,dujiaping,TJ98,,100,\n"
)
ADMISSIONS = "id,matter,title,assigner,communities,from,to,funding,decided_by\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "case.toml").write_text('[case]\npack = "huaying"\non = 2026-11-23\n', encoding="utf-8")
    return tmp_path


def rows(path: Path, key: str) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row[key] for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("admission", "told"),
    [
        ("Z,TJ99,,统计局,,2026-02-30,,100,联席会议\n", {"A": "permitted", "C": "refused"}),
        ("Z,,,统计局,,2026-01-01,,100,联席会议\n", {"A": "permitted"}),
    ],
)
def test_a_bad_admission_withholds_what_it_might_admit(
    case: Path, admission: str, told: dict[str, str]
) -> None:
    """A refusal for want of an admission that stands in a bad row would be kept for ever: it waits for the row."""
    (case / "assignments.csv").write_text(ASSIGNMENTS, encoding="utf-8")
    (case / "admissions.csv").write_text(ADMISSIONS + admission, encoding="utf-8")
    hg.run_case(case, case / "out", partial=True)
    assert rows(case / "out" / "assignments.csv", "outcome") == told
    mended = "Z,TJ99,,统计局,,2026-01-01,,100,联席会议\n"
    (case / "admissions.csv").write_text(ADMISSIONS + mended, encoding="utf-8")
    hg.run_case(case, case / "out")
    assert rows(case / "out" / "assignments.csv", "outcome") == {
        "A": "permitted",
        "B": "permitted",
        "C": "refused",
    }
    assert not (case / "out" / "problems.csv").exists()


def test_an_entry_waits_for_the_one_it_was_merged_into(case: Path) -> None:
    """A merger whose target has a bad action is withheld with it, else its refusal would be kept for ever."""
    (case / "entries.csv").write_text(
        "id,kind,source,category,community,received_at,summary,petitioner\n"
        + "".join(f"{name},livelihood,visit,,dujiaping,2026-11-02,x,\n" for name in "ABC"),
        encoding="utf-8",
    )
    header = "entry,at,action,actor,role,lead,handler,reason,days,evidence,satisfied,target\n"
    (case / "actions.csv").write_text(
        header + "A,2026-11-03,merge,c,clerk,,,,,,,B\n" + "B,2026-02-30,accept,c,clerk,,,,,,,\n",
        encoding="utf-8",
    )
    hg.run_case(case, case / "out", partial=True)
    assert rows(case / "out" / "entries.csv", "state") == {"C": "registered"}


def test_check_warns_of_an_action_that_only_a_store_could_know(case: Path) -> None:
    """`check` sees no store: an action on an entry of an earlier month is a warning there, no error."""
    (case / "entries.csv").write_text(
        "id,kind,source,category,community,received_at,summary,petitioner\n", encoding="utf-8"
    )
    (case / "actions.csv").write_text(
        "entry,at,action,actor,role,lead,handler,reason,days,evidence,satisfied,target\n"
        "OLD,2026-11-03,accept,c,clerk,,,,,,,\n",
        encoding="utf-8",
    )
    (problem,) = hg.check_path(case)
    assert (problem.code, problem.severity, problem.place.file) == ("unknown-entry", "warning", "actions.csv")
    with pytest.raises(hg.Problems, match="unknown-entry"):
        hg.run_case(case, case / "out")


def test_no_cure_advises_to_write_an_accusation(case: Path) -> None:
    """A misspelt category is told the words it may be; an accusation, which is not kept here, is none of them."""
    (case / "entries.csv").write_text(
        "id,kind,source,category,community,received_at,summary,petitioner\n"
        "A,livelihood,hotline,consullt,dujiaping,2026-11-02,x,\n",
        encoding="utf-8",
    )
    (problem,) = hg.check_path(case)
    assert "consult" in problem.cure.en
    assert "accusation" not in problem.cure.en + problem.cure.zh
