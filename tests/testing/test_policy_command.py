"""`huaying test`: exit codes, coverage, mutation, pages, proposals appended, rulings recorded and compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from policy_sample import CASES, HEAD, RULES, put

from huaying_governance.cli import main
from huaying_governance.errors import Problems
from huaying_governance.testing.command import Options, run_tests
from huaying_governance.testing.golden import read_golden

WRONG = CASES.replace('amount = "300"', 'amount = "350"')


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0: all cases pass; 1: a failure or a problem; 2: wrong usage."""
    good, bad = put(tmp_path / "a"), put(tmp_path / "b", cases=WRONG)
    assert main(["test", str(good)]) == 0
    assert "3 个用例，3 个通过，0 个未通过" in capsys.readouterr().out
    assert main(["test", str(bad), "--lang", "en"]) == 1
    assert "FAILED: 高龄独居老人" in capsys.readouterr().out
    assert main(["test", str(put(tmp_path / "c", cases="[[case]\n"))]) == 1
    assert main(["test", str(tmp_path / "nowhere")]) == 1
    for usage in (["test"], ["test", "x", "--policy-fail-under", "120"], ["test", "x", "--colour"]):
        with pytest.raises(SystemExit) as stop:
            main(usage)
        assert stop.value.code == 2


def test_coverage_can_be_demanded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Under the share asked for, the command fails and lists what is not covered, with a case for each."""
    path = put(tmp_path)
    assert main(["test", str(path), "--coverage"]) == 0
    assert main(["test", str(path), "--policy-fail-under", "10"]) == 0
    capsys.readouterr()
    assert main(["test", str(path), "--policy-fail-under", "100", "--lang", "en"]) == 1
    told = capsys.readouterr().out
    for part in ("not covered: rules.poor.when[0]", "is under the 100%", "pending = true", "heating.toml:"):
        assert part in told


def test_from_few_cases_to_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is proposed is appended and confirmed; then nothing is open and nothing survives that is not proved."""
    path = put(tmp_path)
    assert main(["test", str(path), "--coverage", "--mutate", "--append", str(path)]) == 1
    assert main(["test", str(path), "--coverage", "--mutate", "--append", str(path)]) == 1
    path.write_text(path.read_text("utf-8").replace("pending = true\n", ""), "utf-8")
    capsys.readouterr()
    report = tmp_path / "report.json"
    main(["test", str(path), "--coverage", "--mutate", "--json", str(report)])
    data = json.loads(report.read_text("utf-8"))
    assert data["coverage"][0]["percent"] == "100.0%"
    assert data["suites"][0]["failed"] == []
    assert data["mutation"][0]["survivors"] == []
    assert "0 个存活" in capsys.readouterr().out


def test_pages_and_reports(tmp_path: Path) -> None:
    """HTML and JSON are written beside what is printed."""
    path, html, report = put(tmp_path, cases=WRONG), tmp_path / "c.html", tmp_path / "r.json"
    assert main(["test", str(path), "--html", str(html), "--json", str(report)]) == 1
    assert "政策覆盖" in html.read_text("utf-8")
    (failed,) = json.loads(report.read_text("utf-8"))["suites"][0]["failed"]
    assert failed["name"] == "高龄独居老人"
    assert failed["differences"][0]["expected"] == "350.00"


def test_many_failures_are_named_without_their_story(tmp_path: Path) -> None:
    """Twenty failures are told in full, the others by name."""
    rows = "".join(f"户{n},2026-03-02,80,是,900,1\n" for n in range(30))
    path = put(tmp_path).with_name("heating.b.cases.csv")
    path.write_text("名称,日期,年龄,独居,月收入,应得金额\n" + rows, "utf-8")
    told: list[str] = []
    assert not run_tests(str(path), Options(), told.append)
    text = "".join(told)
    assert text.count("各规则的评判") == 20
    assert "未通过：户29" in text


def test_rulings_recorded_and_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a change of the policy, each changed ruling is told in words, and what changed in the policy."""
    path, golden = put(tmp_path), tmp_path / "golden.json"
    assert main(["test", str(path), "--record", str(golden)]) == 0
    assert main(["test", str(path), "--against", str(golden)]) == 0
    assert "与记录相同" in capsys.readouterr().out
    put(
        tmp_path,
        policy=(HEAD + RULES).replace('amount = "300"', 'amount = "350"'),
        cases=CASES
        + """
[[case]]
name = "新的"
facts = { age = 20, alone = false, income = "900" }
expect = { outcome = "not_payable" }
""",
    )
    assert main(["test", str(path), "--against", str(golden)]) == 1
    told = capsys.readouterr().out
    for part in (
        "高龄独居老人: 应得金额 300.00 → 350.00",
        "记录中没有此用例",
        "政策的变动",
        "300",
        "4 个裁定，2 个有变",
    ):
        assert part in told, told
    assert main(["test", str(path), "--against", str(golden), "--lang", "en"]) == 1
    assert "amount 300.00 → 350.00" in capsys.readouterr().out
    broken = tmp_path / "broken.json"
    broken.write_text("{}", "utf-8")
    with pytest.raises(Problems, match="no record"):
        read_golden(broken)
    assert main(["test", str(path), "--against", str(broken)]) == 1
