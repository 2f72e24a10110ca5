"""A pending case says what a policy answers today: it passes or fails, but shows nothing until confirmed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from policy_sample import HEAD, RULES, put

from huaying_governance.cli import main
from huaying_governance.packs import new_pack
from huaying_governance.rules import read_policy_text
from huaying_governance.testing.coverage import measure
from huaying_governance.testing.goals import plan
from huaying_governance.testing.mutation import mutate
from huaying_governance.testing.page import page
from huaying_governance.testing.policies import PolicySubject
from huaying_governance.testing.proposing import for_goals
from huaying_governance.testing.subject import run_case


def test_pending_cases_do_not_cover(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Appended, the proposed cases pass and cover nothing; the same ones, confirmed, cover all. None comes twice."""
    path = put(tmp_path)
    main(["test", str(path), "--coverage", "--append", str(path)])
    before = path.read_text("utf-8")
    capsys.readouterr()
    assert main(["test", str(path), "--policy-fail-under", "100", "--append", str(path)]) == 1
    told = capsys.readouterr().out
    for said in ("个待确认", "只由待确认的用例达到", "低于要求的 100%", "  待确认: "):
        assert said in told
    assert "未覆盖: " not in told
    assert path.read_text("utf-8") == before, "what waits is not proposed again"
    path.write_text(before.replace("pending = true\n", ""), "utf-8")
    assert main(["test", str(path), "--policy-fail-under", "100", "--lang", "en"]) == 0
    assert "to be confirmed" not in capsys.readouterr().out


def test_what_waits_is_told_in_data_and_on_the_page(tmp_path: Path) -> None:
    """Every goal is reached, waiting or bare; the page shows which case waits, in both languages."""
    policy = read_policy_text(HEAD + RULES)
    subject, made = PolicySubject(policy), plan(policy)
    proposals = for_goals(subject, made, measure(policy, [], made))
    found = measure(policy, [run_case(subject, each.case) for each in proposals], made)
    assert (found.fraction, found.bare, set(found.waiting)) == (0, (), {goal.id for goal in found.goals})
    assert len(json.loads(json.dumps(found.to_dict()))["waiting"]) == len(found.goals)
    assert "待确认" in page([found], "zh")
    assert "to be confirmed" in page([found], "en")


def test_pending_cases_do_not_kill(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mutant that only a pending case would find survives, and the case is named; confirmed, it kills."""
    path = put(tmp_path)
    main(["test", str(path), "--coverage", "--mutate", "--append", str(path)])
    capsys.readouterr()
    assert main(["test", str(path), "--mutate"]) == 1
    assert "能发现它：核对后删去 pending 一行" in capsys.readouterr().out
    path.write_text(path.read_text("utf-8").replace("pending = true\n", ""), "utf-8")
    assert main(["test", str(path), "--mutate"]) == 0
    subject = PolicySubject(read_policy_text(HEAD + RULES))
    proposals = for_goals(subject, made := plan(subject.policy), measure(subject.policy, [], made))
    verdicts = mutate(subject, subject.policy, [run_case(subject, each.case) for each in proposals])
    assert verdicts.killed == 0
    assert any(each.waiting for each in verdicts.survivors)
    assert any(each["waiting"] for each in verdicts.to_dict()["survivors"])  # type: ignore[attr-defined]


def test_pending_cases_of_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a responsibility list as of a policy: appended, then confirmed."""
    new_pack(tmp_path / "city")
    matters = tmp_path / "city" / "lists" / "matters.csv"
    cases = matters.with_name("matters.cases.toml")
    cases.write_text("", "utf-8")
    for path in (tmp_path / "city").rglob("*.cases.*"):
        if path != cases:
            path.unlink()
    cases.write_text('[cases]\nlist = ".."\n', "utf-8")
    main(["test", str(cases), "--coverage", "--mutate", "--append", str(cases)])
    capsys.readouterr()
    assert main(["test", str(cases), "--policy-fail-under", "1"]) == 1
    assert main(["test", str(cases), "--mutate"]) == 1
    told = capsys.readouterr().out
    assert "只由待确认的用例达到" in told
    assert "能发现它：核对后删去 pending 一行" in told
    cases.write_text(cases.read_text("utf-8").replace("pending = true\n", ""), "utf-8")
    assert main(["test", str(cases), "--policy-fail-under", "100"]) == 0


def test_slips_in_what_a_case_file_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`[[cases]]` for `[[case]]` is a problem; a file without a case tests nothing, and says so with status 1."""
    path = put(tmp_path, cases='[[cases]]\nname = "甲"\n')
    assert main(["test", str(path)]) == 1
    assert "[[case]]" in capsys.readouterr().out
    path.write_text("[cases]\non = 2026-03-02\n", "utf-8")
    assert main(["test", str(path), "--lang", "en"]) == 1
    assert "nothing was tested" in capsys.readouterr().out
    sheet = path.with_name("heating.b.cases.csv")
    path.unlink()
    sheet.write_text("名称,日期，年龄,独居\n甲,2026-03-02,80,是\n", "utf-8")
    assert main(["test", str(sheet)]) == 1
    assert "半角逗号" in capsys.readouterr().out
