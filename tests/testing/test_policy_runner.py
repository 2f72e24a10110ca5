"""Running cases: verdicts, and what a failure tells."""

from __future__ import annotations

from pathlib import Path

from policy_sample import CASES, put

from huaying_governance.testing.report import explain, pad, summary, width
from huaying_governance.testing.runner import run_path

WRONG = CASES.replace('amount = "300"', 'amount = "350"').replace('missing = ["income"]', 'missing = ["age"]')


def test_what_a_failure_tells(tmp_path: Path) -> None:
    """Row, policy version, date, facts, expected, got, difference, and every rule's judgement with its clause."""
    run = run_path(put(tmp_path, cases=WRONG))
    assert not run.passed
    (suite,) = run.suites
    first = explain(suite.suite.subject, suite.failed[0], "zh")
    version = suite.suite.subject.version[:12]
    for part in (
        "未通过：高龄独居老人",
        "heating.cases.toml:5",
        version,
        "2026-03-02",
        "年龄（age）=75",
        "350.00",
        "300.00",
    ):
        assert part in first, part
    for part in (
        "-50.00元",
        "✓ 成立  aged  高龄独居",
        "✗ 不成立  poor  低收入",
        "示例文件第2条",
        "示例文件第4条",
    ):
        assert part in first, part
    second = explain(suite.suite.subject, suite.failed[1], "en")
    for part in (
        "FAILED: 收入不明",
        "lacks age; has income besides",
        "? unknown  poor",
        "monthly income (missing)",
    ):
        assert part in second, part
    assert "3 cases: 1 passed, 2 failed" in summary(run, "en")


def test_chinese_takes_two_columns() -> None:
    """Labels line up on a terminal."""
    assert width("日期ab") == 6
    assert width(pad("日期", 8)) == width(pad("date", 8)) == 8


def test_ten_thousand_rows(tmp_path: Path) -> None:
    """A sheet of ten thousand rows is read and judged, every row for itself."""
    path = put(tmp_path).with_name("heating.big.cases.csv")
    rows = []
    for n in range(10_000):
        age, alone = n % 100, n % 2
        amount = 300 if age >= 75 and alone else 200 if age >= 90 else 0
        rows.append(f"第{n}户,2026-03-02,{age},{'是' if alone else '否'},900,{amount}\n")
    path.write_text("名称,日期,年龄,独居,月收入,应得金额\n" + "".join(rows), "utf-8")
    run = run_path(path)
    failed = {int(result.case.given["age"]) for suite in run.suites for result in suite.failed}  # type: ignore[call-overload]
    assert len(list(run.results)) == 10_000
    # Who is 90 or more and lives alone gets both, capped at 400: the sheet does not say so, and only there.
    assert failed == {age for age in range(90, 100) if age % 2}


def test_lists_timetables_procedures_and_eligibility(tmp_path: Path) -> None:
    """Every kind of subject fails in words of its own."""
    text = """
[cases]
pack = "huaying"
{head}

[[case]]
name = "错的预期"
on = 2026-03-02
{body}
"""
    kinds = {
        'list = "{pack}"': """
facts = { assigner = "民政局", community = "dujiaping", matter = "XZ34" }
expect = { outcome = "permitted", codes = [] }""",
        'procedure = "ledger"': """
entry = { kind = "hardship", source = "visit", received_at = 2026-03-02T09:00:00 }
when = { at = 2026-03-02T10:00:00, action = "assign", role = "clerk" }
expect = { events = ["assigned"], state = "assigned" }""",
        'policy = "{pack}/policies/petition.toml"': """
facts = { source = "petition", category = "appeal" }
events = { accepted = 2026-03-05 }
expect = { due = { accept = 2026-03-16, conclude = 2026-05-04 } }""",
        'policy = "{pack}/policies/eligibility-villagers-committee.toml"': """
facts = { born = 2008-03-03, rights = true }
expect = { outcome = "eligible" }""",
    }
    from huaying_governance.packs.finding import pack_folder

    pack = pack_folder("huaying").as_posix()
    for number, (head, body) in enumerate(kinds.items()):
        path = tmp_path / f"k{number}.cases.toml"
        path.write_text(text.format(head=head.replace("{pack}", pack), body=body), "utf-8")
        run = run_path(path)
        assert not run.problems, [p.say("en") for p in run.problems]
        ((suite, result),) = [(suite, result) for suite in run.suites for result in suite.failed]
        for lang in ("zh", "en"):
            told = explain(suite.suite.subject, result, lang)
            assert "错的预期" in told
            assert len(told.splitlines()) > 8


def test_a_case_that_cannot_be_judged_fails(tmp_path: Path) -> None:
    """Given steps that the procedure refuses are a fault of the case, told as such."""
    path = tmp_path / "p.cases.toml"
    path.write_text(
        """
[cases]
procedure = "ledger"
pack = "huaying"

[[case]]
name = "given is impossible"
entry = { kind = "hardship", source = "visit", received_at = 2026-03-02T09:00:00 }
given = [{ at = 2026-03-02T10:00:00, action = "reply", role = "handler" }]
when = { at = 2026-03-03T10:00:00, action = "accept", role = "clerk" }
expect = { state = "accepted" }

[[case]]
name = "no when"
on = 2026-03-02
entry = { kind = "hardship", source = "visit", received_at = 2026-03-02T09:00:00 }
expect = { state = "accepted" }
""",
        "utf-8",
    )
    run = run_path(path)
    assert [p.code for p in run.problems] == ["no-when"]
    (result,) = run.results
    assert not result.passed
    assert result.error is not None
    assert "could not have happened" in explain(run.suites[0].suite.subject, result, "en")


def test_a_procedure_in_a_sheet(tmp_path: Path) -> None:
    """Rows of one name that follow each other are the steps of one case; the last is what is tested."""
    path = tmp_path / "steps.cases.csv"
    path.write_text(
        "名称,台账类别,来源,收到时间,办理时间,动作,角色,牵头单位,经办人,理由,应有事件,应拒理由,应有状态\n"
        "交办,困难群众,走访,2026-03-02T09:00,2026-03-02T10:00,受理,登记员,,,,,,\n"
        "交办,,,,2026-03-02T11:00,交办,登记员,民政局,h1,,assigned,无,assigned\n"
        "越权,困难群众,走访,2026-03-02T09:00,2026-03-02T10:00,受理,经办人,,,,,wrong-role,registered\n",
        "utf-8",
    )
    (tmp_path / "pack.toml").write_text("", "utf-8")
    assert next(p.code for p in run_path(path).problems) == "subject-broken"
    (tmp_path / "pack.toml").unlink()
    assert [p.code for p in run_path(path).problems] == ["no-such-pack"]


def test_a_list_in_a_sheet_of_a_pack(tmp_path: Path) -> None:
    """A sheet with the columns of assignments tests the list of the pack above it."""
    import shutil

    from huaying_governance.packs.finding import pack_folder

    shutil.copytree(pack_folder("huaying"), tmp_path / "pack")
    path = tmp_path / "pack" / "asked.cases.csv"
    path.write_text(
        "名称,日期,交办单位,社区,事项,经费,应有结论,应有代码\n"
        "出证明,2026-03-02,公安局,dujiaping,ZM01,,不予接受,prohibited\n"
        "错社区,2026-03-02,公安局,nowhere,ZM01,,不予接受,prohibited\n",
        "utf-8",
    )
    run = run_path(path)
    assert [p.code for p in run.problems] == ["unknown-input"]
    assert [result.passed for result in run.results] == [True]
    steps = tmp_path / "pack" / "steps.cases.csv"
    steps.write_text(
        "名称,台账类别,来源,收到时间,办理时间,动作,角色,牵头单位,经办人,应有事件,应拒理由,应有状态\n"
        "交办,困难群众,走访,2026-03-02T09:00,2026-03-02T10:00,受理,登记员,,,,,\n"
        "交办,,,,2026-03-02T11:00,交办,登记员,民政局,h1,assigned,无,assigned\n"
        "越权,困难群众,走访,2026-03-02T09:00,2026-03-02T10:00,受理,经办人,,,,wrong-role,registered\n",
        "utf-8",
    )
    run = run_path(steps)
    assert run.passed, [p.say("en") for p in run.problems]
    assert len(list(run.results)) == 2
