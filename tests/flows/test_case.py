"""The case folder's own file, the progress of a run, and its summary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import huaying_governance as hg
from huaying_governance.text import Text
from project import ROOT

EXAMPLE = ROOT / "examples" / "huaying"


def folder(path: Path, text: str | bytes) -> Path:
    path.mkdir(exist_ok=True)
    (path / "case.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-case"),
        ("[case", "bad-toml"),
        (b"[case]\ntitle='\xff'", "bad-toml"),
        ("x = 1", "no-case"),
        ("[case]\non = 2026-11-23", "no-pack"),
        ('[case]\npack = "huaying"', "bad-date"),
        ('[case]\npack = "huaying"\non = 2026-11-23\npolling_day = "2026-02-30"', "bad-date"),
        ('[case]\npack = "huaying"\non = 2026-11-23T10:00:00', "bad-date"),
        ('[case]\npack = "huaying"\non = 2026-11-23\npoling_day = 2026-11-24', "unknown-key"),
        ('[case]\npack = "nowhere"\non = 2026-11-23', "no-pack"),
        ("#" * 70_000, "no-case"),
        ("[" * 5_000, "bad-toml"),
    ],
)
def test_a_case_file_that_cannot_be_read_is_a_problem_with_a_cure(
    tmp_path: Path, text: str | bytes, code: str
) -> None:
    """Every fault of case.toml has its code and its cure, and nothing is written."""
    with pytest.raises(hg.Problems) as raised:
        hg.run_case(folder(tmp_path / "c", text), tmp_path / "out")
    assert code in {problem.code for problem in raised.value.problems}
    assert all(problem.cure.zh and problem.cure.en for problem in raised.value.problems)
    assert not (tmp_path / "out").exists()


def test_a_notice_beside_the_case_carries_deadlines_past_the_shipped_years(tmp_path: Path) -> None:
    """A deadline beyond the calendar is provisional until the case names the notice of that year; then it is a day."""
    case = folder(tmp_path / "c", '[case]\npack = "huaying"\non = 2026-12-28')
    (case / "entries.csv").write_text(
        "id,kind,source,category,community,received_at,summary,petitioner\n"
        "E,hardship,visit,,dujiaping,2026-12-28T09:00,x,\n",
        encoding="utf-8",
    )
    hg.run_case(case, tmp_path / "before")
    notice = (Path(__file__).parent / "notice-2027.toml").read_text(encoding="utf-8")
    (case / "2027.toml").write_text(notice, encoding="utf-8")
    folder(case, '[case]\npack = "huaying"\non = 2026-12-28\nnotices = ["2027.toml"]')
    hg.run_case(case, tmp_path / "after", store=f"sqlite:///{tmp_path / 'before' / 'huaying.db'}")
    hg.run_case(case, tmp_path / "fresh")
    told = [
        (tmp_path / name / "entries.csv").read_text(encoding="utf-8") for name in ("before", "after", "fresh")
    ]
    assert "missing:calendar" in told[0]
    assert "missing:calendar" not in told[1]
    assert told[1] == told[2]


def test_a_folder_that_is_not_there_and_one_that_holds_no_case_are_told_apart(tmp_path: Path) -> None:
    """A wrong path and a folder without case.toml have different cures."""
    for path, code in ((tmp_path / "gone", "no-folder"), (tmp_path, "no-case")):
        with pytest.raises(hg.Problems) as raised:
            hg.run_case(path, tmp_path / "out")
        assert raised.value.problems[0].code == code


def test_the_results_may_not_overwrite_the_case(tmp_path: Path) -> None:
    """`--out` naming the case folder itself would replace its tables: refused before anything is done."""
    case = folder(tmp_path / "c", '[case]\npack = "huaying"\non = 2026-11-23')
    with pytest.raises(hg.Problems, match="overwrite"):
        hg.run_case(case, tmp_path / "c" / ".." / "c")


def test_progress_counts_every_row_up_to_the_last(tmp_path: Path) -> None:
    """Progress is told after each commit, ends at the total, and is told for each kind of work."""
    case = folder(tmp_path / "c", '[case]\npack = "huaying"\non = 2026-11-23')
    rows = "".join(f"P{n},other,\n" for n in range(450))
    (case / "persons.csv").write_text("person,education,spouse\n" + rows, encoding="utf-8")
    told: list[tuple[Text, int, int]] = []
    hg.run_case(case, tmp_path / "out", progress=lambda what, done, total: told.append((what, done, total)))
    assert [(done, total) for _, done, total in told] == [(200, 450), (400, 450), (450, 450)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_says_what_was_judged_and_where_it_lies(tmp_path: Path, lang: hg.Lang) -> None:
    """The end of a run names the day, each report with its counts, the results and the store, in one language."""
    case = folder(tmp_path / "c", '[case]\ntitle = "一"\npack = "huaying"\non = 2026-11-23')
    (case / "assignments.csv").write_text(
        "id,date,assigner,community,matter,title,funding,emergency\n"
        "A,2026-11-23,民政局,dujiaping,nothing,,,\nB,2026-11-24,民政局,dujiaping,nothing,,,\n",
        encoding="utf-8",
    )
    summary = hg.run_case(case, tmp_path / "out", lang=lang)
    said = summary.say(lang)
    assert "2026-11-23" in said
    assert str(tmp_path / "out" / "assignments.csv") in said
    assert ("不予接受 1" if lang == "zh" else "refused 1") in said
    assert ("晚于裁定日未裁定 1" if lang == "zh" else "1 dated later") in said
    assert "huaying.db" in said


def test_a_table_that_nobody_claims_is_a_warning(tmp_path: Path) -> None:
    """A misnamed table is told by `check` and by `run`, with the nearest name; it fails neither."""
    (tmp_path / "case.toml").write_text('[case]\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    (tmp_path / "assignment.csv").write_text("x\n", "utf-8")
    (tmp_path / "notes.xlsx").write_bytes(b"")
    found = hg.check_path(tmp_path)
    assert [(one.code, one.place.file, one.severity) for one in found] == [
        ("unknown-table", "assignment.csv", "warning"),
        ("unknown-table", "notes.xlsx", "warning"),
    ]
    assert "assignments.csv" in found[0].cure.en
    assert [one.code for one in hg.run_case(tmp_path, tmp_path / "out").warnings] == ["unknown-table"] * 2


def test_nothing_to_check_is_told_for_what_it_is(tmp_path: Path) -> None:
    """A path that is not there, and a folder that is neither a case nor a pack, are not called a faulty pack."""
    assert [one.code for one in hg.check_path(tmp_path / "nowhere")] == ["no-such-path"]
    assert [one.code for one in hg.check_path(tmp_path)] == ["neither-case-nor-pack"]


def test_a_pack_lies_beside_its_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the command is given changes nothing: a pack of that name in the shell's folder is not taken."""
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "pack.toml").write_text('[pack]\nid = "city"\ntitles = "x"\n', "utf-8")
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "case.toml").write_text('[case]\npack = "city"\non = 2026-11-23\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert [one.code for one in hg.check_path(tmp_path / "case")] == ["no-pack"]


def test_counts_of_a_summary_are_codes(tmp_path: Path) -> None:
    """What a script reads of a summary is the same in either language; what people read has a word for each state."""
    zh, en = (hg.run_case(EXAMPLE, tmp_path / lang, lang=lang) for lang in ("zh", "en"))
    assert [report.counts for report in zh.reports] == [report.counts for report in en.reports]
    assert all(code.isascii() for report in zh.reports for code in report.counts)
    assert not re.search(r"[：；][a-z_]+ [0-9]", zh.say("zh"))
    assert "评议结果：C等 1" in zh.say("zh")
    _many_reports_are_told_by_what_they_are_about(zh)


def _many_reports_are_told_by_what_they_are_about(summary: hg.CaseSummary) -> None:
    """A line for each report that counts something; of each group the others stand together, empty ones by title."""
    for lang in ("zh", "en"):
        said = summary.say(lang)
        lines = said.splitlines()
        assert (
            sum("→" in line for line in lines) == sum(one.counted for one in summary.reports) < len(lines) - 2
        )
        assert all(one.title.say(lang) in said for one in summary.reports)
        assert all(one.file.name in said for one in summary.reports if one.rows)
        heads = [line for line in lines[1:-1] if not line.startswith(" ")]
        assert heads == list(dict.fromkeys(one.group.say(lang) for one in summary.reports))
