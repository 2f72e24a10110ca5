"""Problems that the flows find name the header as the office wrote it; the name of a community is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

import huaying_governance as hg
from huaying_governance.flows import check_path
from huaying_governance.packs import check_pack, new_pack

HEADER = "编号,日期,交办单位,社区,事项,标题,经费,应急令\n"


def problems(home: Path, name: str, table: str) -> tuple[hg.Problem, ...]:
    folder = home / "case"
    folder.mkdir(exist_ok=True)
    (folder / "case.toml").write_text('[case]\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    (folder / f"{name}.csv").write_text(table, "utf-8")
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(folder, home / "out")
    return caught.value.problems


def test_an_unknown_community_is_told_by_its_name_under_the_written_header(tmp_path: Path) -> None:
    """Row, the Chinese header of the file, the name as it was written, and the one that was probably meant."""
    (found,) = problems(tmp_path, "assignments", HEADER + "A1,2026-03-02,民政局,杜家平社区,XZ02,,,\n")
    assert (found.code, str(found.place)) == ("unknown-community", "assignments.csv:2:社区")
    assert found.value == "杜家平社区"
    assert "是否应为“杜家坪社区”？" in found.cure.zh
    assert "was 杜家坪社区 meant?" in found.cure.en


def test_a_short_name_is_led_to_the_whole_one(tmp_path: Path) -> None:
    """What is meant is told of a name cut short and misspelt, which itself stays masked: it may be a person's."""
    (found,) = problems(tmp_path, "assignments", HEADER + "A1,2026-03-02,民政局,杜家平,XZ02,,,\n")
    assert found.value == "杜**"
    assert "是否应为“杜家坪社区”？" in found.cure.zh


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("没有的社区", "没有的社区"),
        ("甲乙丙村", "甲乙丙村"),
        ("synthetic-12", "synthetic-12"),
        ("某某某", "某**"),
        ("某小村", "某**"),
        ("511681199001010011", "5***********"),
        ("住511681199001010011社区", "住***********"),
    ],
)
def test_what_is_not_formed_like_a_place_stays_masked(tmp_path: Path, written: str, shown: str) -> None:
    """A cell in the wrong column may hold a person's name or number: only what looks like a place is shown."""
    (found,) = problems(tmp_path, "assignments", HEADER + f"A1,2026-03-02,民政局,{written},XZ02,,,\n")
    assert (found.code, found.value) == ("unknown-community", shown)


def test_plain_headers_stay_plain(tmp_path: Path) -> None:
    """A file with plain names is told in plain names."""
    header = "id,date,assigner,community,matter,title,funding,emergency\n"
    (found,) = problems(tmp_path, "assignments", header + "A1,2026-03-02,民政局,没有的社区,XZ02,,,\n")
    assert str(found.place) == "assignments.csv:2:community"


def test_a_changed_row_names_the_written_header(tmp_path: Path) -> None:
    """What only the store knows is placed alike."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    row = "A1,2026-03-02,民政局,杜家坪社区,XZ02,{title},,\n"
    (folder / "assignments.csv").write_text(HEADER + row.format(title="甲"), "utf-8")
    hg.run_case(folder, tmp_path / "out")
    (folder / "assignments.csv").write_text(HEADER + row.format(title="乙"), "utf-8")
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(folder, tmp_path / "out")
    assert [str(found.place) for found in caught.value.problems] == ["assignments.csv:2:编号"]


def test_a_pack_names_the_written_header(tmp_path: Path) -> None:
    """The tables of a pack are told of in the same way."""
    new_pack(tmp_path / "city")
    path = tmp_path / "city" / "lists" / "matters.csv"
    text = path.read_text("utf-8").replace("communities", "适用社区", 1)
    path.write_text(text.replace("example-department,,", "example-department,没有的社区,"), "utf-8")
    (found,) = check_pack(tmp_path / "city")
    assert (found.code, str(found.place)) == ("unknown-community", "city/lists/matters.csv:3:适用社区")


def test_slips_of_the_case_file_have_their_line(tmp_path: Path) -> None:
    """Faults of case.toml name line and column, with the nearest key; a slip of TOML is said in words."""
    folder = tmp_path / "case"
    folder.mkdir()
    for text, code, line, said in (
        ('[case]\npack = "huaying"\non = 2026年11月23日\n', "bad-toml", 3, "不是 TOML 的日期"),
        ("[case]\npack = “huaying”\non = 2026-11-23\n", "bad-toml", 2, "“（U+201C）"),
        ('[case]\npack = "huaying"\npoling = 2026-11-23\n', "unknown-key", 3, "是否为 `polling_day`？"),
        ('[case]\npack = "huaying"\non = "昨天"\n', "bad-date", 3, "不是日期"),
    ):
        (folder / "case.toml").write_text(text, "utf-8")
        with pytest.raises(hg.Problems) as caught:
            hg.run_case(folder, tmp_path / "out")
        found = caught.value.problems[0]
        assert (found.code, found.place.line) == (code, line)
        assert said in found.say("zh")
        assert "^" in found.excerpt


def test_the_pack_that_was_meant_is_named(tmp_path: Path) -> None:
    """A path is counted from the case folder on; a pack beside it, or a shipped one, is proposed."""
    folder = tmp_path / "case"
    folder.mkdir()
    new_pack(tmp_path / "mianyang")
    for written, said in (
        ("mianyang", 'pack = "../mianyang"？'),
        ("../mianyangg", 'pack = "../mianyang"？'),
        ("huayin", 'pack = "huaying"？'),
        ("zzz", "从案卷文件夹算起的路径"),
    ):
        (folder / "case.toml").write_text(f'[case]\npack = "{written}"\non = 2026-11-23\n', "utf-8")
        with pytest.raises(hg.Problems) as caught:
            hg.run_case(folder, tmp_path / "out")
        (found,) = caught.value.problems
        assert (found.code, found.place.line) == ("no-pack", 2)
        assert said in found.cure.zh


def test_tables_under_other_names(tmp_path: Path) -> None:
    """A table under its Chinese title is asked about; a case without any table is warned of, and done."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    assert [one.code for one in hg.run_case(folder, tmp_path / "out").warnings] == ["no-tables"]
    assert [one.code for one in check_path(folder)] == ["no-tables"]
    (folder / "交办.csv").write_text(HEADER, "utf-8")
    (found,) = hg.run_case(folder, tmp_path / "out").warnings
    assert (found.code, found.cure.zh) == ("unknown-table", "是否应为 assignments.csv？")
