"""Another city: a pack of data only runs the same commands, and a new one begins sound."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

import huaying_governance as hg
from huaying_governance.cli import main
from huaying_governance.packs import check_pack, new_pack, pack_folder, shipped_packs
from huaying_governance.testing.command import Options, run_tests
from project import ROOT

WEIFANG = ROOT / "examples" / "packs" / "weifang"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_second_city_is_data_only(tmp_path: Path) -> None:
    """Weifang's pack holds no code and passes every check; its five working days and its prohibition answer."""
    assert {path.suffix for path in WEIFANG.rglob("*") if path.is_file()} == {".toml", ".csv"}
    assert check_pack(WEIFANG) == ()
    hg.run_case(ROOT / "examples" / "weifang", tmp_path / "out", lang="zh")
    entries = {row["id"]: row for row in read(tmp_path / "out" / "entries.csv")}
    assert entries["WE1"]["due"] == "2026-09-24"
    assert "潍坊" in entries["WE1"]["citation"]
    asked = {row["id"]: row for row in read(tmp_path / "out" / "assignments.csv")}
    assert [asked[name]["outcome"] for name in ("W1", "W2", "W3")] == ["refused", "permitted", "refused"]
    assert asked["W1"]["codes"] == "prohibited"


def test_the_second_citys_policies_are_tested_whole() -> None:
    """Its cases pass and reach every coverage goal of its policies."""
    said: list[str] = []
    assert run_tests(str(WEIFANG), Options(coverage=True, fail_under=100.0), said.append), "".join(said)


def test_a_new_pack_is_sound_and_tested(tmp_path: Path) -> None:
    """What is written for a new place passes check and its own cases, and carries the place's id."""
    made = new_pack(tmp_path / "mian-yang2")
    assert made
    assert all(path.is_file() for path in made)
    assert check_pack(tmp_path / "mian-yang2") == ()
    assert hg.load_pack(tmp_path / "mian-yang2").id == "mian-yang2"
    assert run_tests(str(tmp_path / "mian-yang2"), Options(), lambda _: None)
    assert "template" not in shipped_packs()


@pytest.mark.parametrize("name", ["绵阳", "Mianyang", "2nd", "a b", "-x", "a_b", "é"])
def test_a_name_that_is_no_id_is_refused(tmp_path: Path, name: str) -> None:
    """The folder's name is the pack's id; one that cannot be is refused, and nothing is written."""
    with pytest.raises(hg.Problems) as caught:
        new_pack(tmp_path / name)
    assert [problem.code for problem in caught.value.problems] == ["bad-id"]
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A folder with content, and a file of that name, are refused and left as they were; an empty one is used."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    (tmp_path / "empty").mkdir()
    for name in ("full", "file"):
        with pytest.raises(hg.Problems) as caught:
            new_pack(tmp_path / name)
        assert caught.value.problems[0].code == "not-empty"
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["notes"]
    assert new_pack(tmp_path / "empty")


def test_the_command_says_what_comes_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`huaying new` lists what it wrote and the next two commands; a refusal exits 1."""
    assert main(["new", str(tmp_path / "city"), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "pack.toml" in said
    assert "huaying check" in said
    assert main(["new", str(tmp_path / "city")]) == 1


def test_a_changed_deadline_fails_the_case_that_expected_the_old(tmp_path: Path) -> None:
    """One line of data changes a deadline, and the pack's own case shows it."""
    folder = tmp_path / "city"
    new_pack(folder)
    policy = folder / "policies" / "ledgers.toml"
    policy.write_text(policy.read_text("utf-8").replace("value = 30", "value = 20"), "utf-8")
    said: list[str] = []
    assert not run_tests(str(folder), Options(lang="en"), said.append)
    assert "2026-04-14" in "".join(said)
    shutil.rmtree(folder)


def test_a_name_written_a_little_otherwise_is_recognised(tmp_path: Path) -> None:
    """A list that names an organisation or a community almost right is told the name that the pack has."""
    new_pack(tmp_path / "mianyang")
    matters = tmp_path / "mianyang" / "lists" / "matters.csv"
    text = matters.read_text("utf-8")
    wrong = text.replace("example-department,,required", "示例部,示例社区,required")
    assert wrong != text
    matters.write_text(wrong, "utf-8")
    cures = {one.code: one.cure.zh for one in check_pack(tmp_path / "mianyang")}
    assert "示例部门" in cures["unknown-organisation"]
    assert "示例社区一" in cures["unknown-community"]


def test_a_shipped_pack_is_copied_to_be_changed(tmp_path: Path) -> None:
    """A copy stands alone; where a law ends in it, every value and rule that still rests on that law is told."""
    copied = tmp_path / "own"
    shutil.copytree(pack_folder("huaying"), copied)
    assert not [one for one in check_pack(copied) if one.severity == "error"]
    sources = copied / "sources.toml"
    text = sources.read_text("utf-8")
    begun = 'id = "hotline-sc2025"'
    head, rest = text.split(begun)
    ended = rest.replace("since =", "until = 2026-08-31\nsince =", 1)
    sources.write_text(head + begun + ended, "utf-8")
    left = [one for one in check_pack(copied) if one.code == "citation-not-in-force"]
    assert {one.place.file.rsplit("/", 1)[-1] for one in left} == {"hotline.toml"}
    assert len(left) == 6
    assert all("to" in one.cure.en and "from" in one.cure.en for one in left)
