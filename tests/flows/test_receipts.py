"""`huaying run --receipts` and `huaying replay`: every award and every batch can be run again and compared."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import huaying_governance as hg
from huaying_governance.batch import assess
from huaying_governance.cli import main
from huaying_governance.flows import replay

EXAMPLE = Path(__file__).parents[2] / "examples" / "huaying"
ON = date(2026, 11, 23)


def ran(tmp_path: Path, folder: Path = EXAMPLE) -> Path:
    file = tmp_path / "receipts.json"
    hg.run_case(folder, tmp_path / "out", receipts=file)
    return file


def copied(tmp_path: Path, file: str, change: Callable[[str], str]) -> Path:
    """Return a copy of the example with one of its files changed."""
    folder = tmp_path / "case"
    shutil.copytree(EXAMPLE, folder)
    path = folder / file
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    return folder


def test_every_award_of_a_run_has_a_receipt_that_replays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One receipt for each person and policy; the same case again comes out the same, and the command says so."""
    file = tmp_path / "receipts.json"
    assert main(["run", str(EXAMPLE), "--out", str(tmp_path / "out"), "--receipts", str(file)]) == 0
    held = json.loads(file.read_text("utf-8"))["receipts"]
    policy = hg.load_pack("huaying").policy("zone-employment")
    rows = (EXAMPLE / "persons.csv").read_text("utf-8").splitlines()[1:]
    assert len({each["person"] for each in held}) == len(held) == len(rows)
    assert {each["version"] for each in held} == {policy.version}
    assert main(["replay", str(file), str(EXAMPLE), "--lang", "en"]) == 0
    assert f"{len(held)} receipts, all came out the same" in capsys.readouterr().out


def test_a_second_run_gives_the_receipts_of_the_first(tmp_path: Path) -> None:
    """Receipts are kept with the answers in the store: a repeat gives them again, byte for byte."""
    first = ran(tmp_path).read_bytes()
    assert ran(tmp_path).read_bytes() == first


def test_a_changed_row_differs_in_its_own_receipts_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A degree that was changed differs in input (and in result where it pays otherwise); nobody is named."""
    file = ran(tmp_path)
    first = (EXAMPLE / "persons.csv").read_text("utf-8").splitlines()[1]
    person, education, rest = first.split(",", 2)
    other = "bachelor" if education in {"11", "14", "postgraduate"} else "postgraduate"
    folder = copied(tmp_path, "persons.csv", lambda text: text.replace(first, f"{person},{other},{rest}"))
    found = replay(file, folder)
    assert not found.same
    assert found.different[0][0] == 1
    assert "the input" in found.different[0][2].en
    assert len(found.different) <= 2  # the person's own, and the spouse's
    assert main(["replay", str(file), str(folder)]) == 1
    said = capsys.readouterr().out
    assert "不一致" in said
    assert person not in said


def test_a_row_that_is_gone_or_a_policy_that_is_gone_differs(tmp_path: Path) -> None:
    """A receipt whose person has no row differs in input; one whose policy the pack lacks differs in policy."""
    file = ran(tmp_path)
    held = json.loads(file.read_text("utf-8"))
    held["receipts"][0]["person"], held["receipts"][1]["policy"] = "nobody", "nothing"
    file.write_text(json.dumps(held), "utf-8")
    assert [(number, what.en) for number, _, what in replay(file, EXAMPLE).different] == [
        (1, "different: the input"),
        (2, "different: the policy"),
    ]


def test_a_changed_policy_shows_as_another_version(tmp_path: Path) -> None:
    """After a change of the policy a receipt says that it was given under another version."""
    file = ran(tmp_path)
    held = json.loads(file.read_text("utf-8"))
    for each in held["receipts"]:
        each["version"] = "0" * 64
    file.write_text(json.dumps(held), "utf-8")
    found = replay(file, EXAMPLE)
    assert {what.en for _, _, what in found.different} == {"different: the version of the policy"}
    assert len(found.different) == found.count


def test_answers_of_a_store_without_receipts_are_told_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store written before there were receipts goes on: its answers are told, the list of receipts is empty."""
    from huaying_governance.flows import answers

    keep = answers.Answers.keep

    def older(self: answers.Answers, identity: str, answer: answers.Answer) -> None:
        cells = {name: held for name, held in answer.cells.items() if name != "receipt"}
        keep(self, identity, answers.Answer(answer.content, cells))

    with monkeypatch.context() as patched:
        patched.setattr(answers.Answers, "keep", older)
        ran(tmp_path)
    awards = (tmp_path / "out" / "awards.csv").read_bytes()
    assert json.loads(ran(tmp_path).read_text("utf-8"))["receipts"] == []
    assert (tmp_path / "out" / "awards.csv").read_bytes() == awards


def batch(tmp_path: Path) -> tuple[Path, Path]:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "persons.csv").write_text("person,education,spouse\nA,bachelor,\nB,postgraduate,\n", "utf-8")
    (folder / "spells.csv").write_text(
        "person,in_zone,from,to\nA,yes,2025-01-01,\nB,no,2025-01-01,\n", "utf-8"
    )
    policy = hg.load_pack("huaying").policy("zone-employment")
    done = assess(policy, {name: folder / f"{name}.csv" for name in ("persons", "spells")}, on=ON)
    file = tmp_path / "batch.json"
    file.write_text(json.dumps(done.receipt().to_dict()), "utf-8")
    done.close()
    return file, folder


def test_the_receipt_of_a_batch_replays_from_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same tables come out the same; a spell that now lies in the zone differs in table, total and result."""
    file, folder = batch(tmp_path)
    assert main(["replay", str(file), str(folder), "--lang", "en"]) == 0
    assert "1 receipts, all came out the same" in capsys.readouterr().out
    spells = folder / "spells.csv"
    spells.write_text(spells.read_text("utf-8").replace("B,no", "B,yes"), "utf-8")
    assert main(["replay", str(file), str(folder), "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "the table of spells" in said
    assert "the total amount" in said
    assert "persons" not in said


def test_a_batch_whose_policy_the_pack_lacks_differs_in_it(tmp_path: Path) -> None:
    """A receipt of a policy that the pack does not have differs in policy."""
    file, folder = batch(tmp_path)
    file.write_text(file.read_text("utf-8").replace("zone-employment", "other"), "utf-8")
    assert [what.en for _, _, what in replay(file, folder).different] == ["different: the policy"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"kind": "huaying-receipts"}', '{"kind": "huaying-receipts", "receipts": [{}]}']
)
def test_what_is_no_file_of_receipts_is_a_problem(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Anything else is one problem with its file and a cure, never a traceback."""
    file = tmp_path / "wrong.json"
    file.write_text(text, "utf-8")
    assert main(["replay", str(file), str(EXAMPLE)]) == 1
    assert "[not-a-receipt]" in capsys.readouterr().err


def test_a_folder_without_the_case_or_the_tables_is_a_problem(tmp_path: Path) -> None:
    """Receipts of a run need the case folder, that of a batch its tables; a case with faults is not replayed."""
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(hg.Problems, match="no-case"):
        replay(ran(tmp_path), empty)
    with pytest.raises(hg.Problems, match="no-table"):
        replay(batch(tmp_path)[0], empty)
    broken = copied(tmp_path, "persons.csv", lambda text: text + "W-99,99x,\n")
    with pytest.raises(hg.Problems):
        replay(tmp_path / "receipts.json", broken)
