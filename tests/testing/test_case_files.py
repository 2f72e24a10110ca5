"""Case files: what they may say, in TOML and in sheets, and how every fault of them is told at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from policy_sample import CASES, HEAD, RULES, put

from huaying_governance.testing.finding import find
from huaying_governance.testing.runner import run_path

SHEET = """名称,日期,年龄,独居,月收入,应有结论,应得金额,应有规则,应有依据,应缺事实
高龄独居老人,2026年3月2日,75,是,900,应予发放,300,aged,doc#2,无
差一岁,2026/3/2,74,是,900,不予发放,0,无,无,无
收入不明,2026-03-02,76,否,,未定,未定,poor,doc#4,income
"""


def codes(path: Path) -> list[str]:
    return [found.code for found in find(path).problems]


def test_a_toml_file_says_what_is_given_and_expected(tmp_path: Path) -> None:
    """Facts have their own types; amounts are exact; what is not stated is missing; the default date is shared."""
    (suite,) = find(put(tmp_path)).suites
    first, _, third = suite.cases
    assert (first.name, first.on) == ("高龄独居老人", date(2026, 3, 2))
    assert first.given == {"age": 75, "alone": True, "income": Decimal(900)}
    assert first.expected["amount"] == Decimal("300.00")
    assert "income" not in third.given
    assert first.place.line == 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_sheet_with_chinese_headers_says_the_same(tmp_path: Path, encoding: str) -> None:
    """Headers are the labels of the policy; cells are read by the declared types; UTF-8 or GB18030 alike."""
    path = put(tmp_path).with_name("heating.sheet.cases.csv")
    path.write_text(SHEET, encoding)
    run = run_path(path)
    assert run.passed, [p.say("en") for p in run.problems]
    assert next(result.case.given for result in run.results) == {
        "age": 75,
        "alone": True,
        "income": Decimal(900),
    }
    assert len(list(run.results)) == 3


def test_english_headers_do_too(tmp_path: Path) -> None:
    """The names of the policy language are headers as well."""
    path = put(tmp_path).with_name("heating.en.cases.csv")
    path.write_text("name,on,age,alone,income,expect.amount\na,2026-03-02,75,yes,900,300.00\n", "utf-8")
    assert run_path(path).passed


def test_all_problems_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    """A bad file names every fault: file, line, what is wrong, how to mend it; good cases beside them stay read."""
    bad = (
        CASES
        + """
[[case]]
nmae = "x"
on = 2026-02-30
facts = { aeg = 70, alone = "yes", income = -1 }
expect = { amuont = "3", rules = ["agd"], clause = ["dco#1"], missing = ["incom"] }

[[case]]
name = "差一岁"
facts = { age = 121 }
"""
    )
    path = put(tmp_path, cases=bad)
    found = find(path)
    assert set(codes(path)) == {
        "unknown-key", "no-such-date", "unknown-input", "wrong-value", "unknown-aspect", "unknown-rule",
        "unknown-source", "unknown-missing", "no-name", "same-name", "nothing-expected",
    }  # fmt: skip
    for each in found.problems:
        assert str(each.place).startswith(str(path)), each
        assert each.place.line is not None
        assert each.say("zh") != each.say("en")
    assert "aged" in next(p for p in found.problems if p.code == "unknown-rule").message.en
    assert len(found.suites[0].cases) == 3


def test_problems_of_a_sheet_name_row_and_column(tmp_path: Path) -> None:
    """Row and header as the spreadsheet shows them."""
    path = put(tmp_path).with_name("heating.bad.cases.csv")
    path.write_text("名称,日期,年龄,独居,应得金额\na,2026-13-02,七十,也许,三百\n", "utf-8")
    places = [(p.code, p.place.line, p.place.column) for p in find(path).problems]
    assert {(2, "日期"), (2, "年龄"), (2, "独居"), (2, "应得金额")} == {
        (line, column) for _, line, column in places
    }
    path.write_text("名称,日期,年令,应得金额\na,2026-03-02,70,300\n", "utf-8")
    (problem,) = find(path).problems
    assert (problem.code, problem.place.column) == ("unknown-column", "年令")


def test_a_case_needs_a_name_a_day_and_an_expectation(tmp_path: Path) -> None:
    """A case that expects nothing would always pass: it is a problem."""
    path = put(tmp_path, cases='[[case]]\nname = "a"\nfacts = { age = 3 }\n')
    assert codes(path) == ["nothing-expected", "no-date"] or set(codes(path)) == {
        "nothing-expected",
        "no-date",
    }


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """Broken TOML, a missing policy, a broken policy, a kind that decides nothing, no cases at all."""
    path = put(tmp_path, cases="[[case]\n")
    assert "toml-syntax" in codes(path)
    lone = tmp_path / "lone.cases.toml"
    lone.write_text(CASES, "utf-8")
    assert codes(lone) == ["no-subject"]
    assert codes(put(tmp_path / "b", policy=HEAD))[0] == "subject-broken"
    assert codes(tmp_path / "nowhere") == ["no-such-path"]
    (tmp_path / "empty").mkdir()
    assert codes(tmp_path / "empty") == ["no-cases"]
    (tmp_path / "x.txt").write_text("", "utf-8")
    assert codes(tmp_path / "x.txt") == ["not-a-case-file"]
    weights = """
[policy]
id = "w"
kind = "weights"
titles = { zh = "权重", en = "weights" }
[[source]]
id = "doc"
title = { zh = "文", en = "doc" }
standing = "synthetic"
[[weights]]
id = "a"
label = { zh = "甲", en = "a" }
values = [{ from = 2026-01-01, value = "1", source = "doc" }]
"""
    assert codes(put(tmp_path / "w", policy=weights))[0] in {"unsupported-kind", "subject-broken"}


def test_heads_and_tables_of_the_wrong_shape(tmp_path: Path) -> None:
    """Keys that are no tables, dates that are none, equivalents without reasons."""
    text = """
[cases]
on = "someday"
colour = 1

[[case]]
name = "a"
facts = 3
spells = [1]
expect = { amount = 1.5 }

[[equivalent]]
mutant = "x"
"""
    found = set(codes(put(tmp_path, cases=text)))
    assert {"unknown-key", "wrong-value"} <= found


def test_more_than_a_thousand_problems_are_counted(tmp_path: Path) -> None:
    """At most a thousand problems are listed; the rest is counted."""
    path = put(tmp_path).with_name("heating.many.cases.csv")
    rows = "".join(f"a{n},2026-03-02,x,300\n" for n in range(1_100))
    path.write_text("名称,日期,年龄,应得金额\n" + rows, "utf-8")
    found = find(path)
    assert (len(found.problems), found.more) == (1_000, 100)


def test_relations_and_spells(tmp_path: Path) -> None:
    """`spouse = "无"` is none, a table is one, absence is unknown; spells become facts as the policy derives them."""
    from huaying_governance.packs.finding import pack_folder

    policy = pack_folder("huaying") / "policies" / "zone-employment.toml"
    path = tmp_path / "zone.cases.toml"
    path.write_text(
        f"""
[cases]
policy = "{policy.as_posix()}"
on = 2026-03-02

[[case]]
name = "none"
facts = {{ education = "other", in_zone = true, stable_months = 24, spouse = "none" }}
expect = {{ outcome = "not_payable" }}

[[case]]
name = "unknown"
facts = {{ education = "other", in_zone = true, stable_months = 24 }}
expect = {{ missing = ["spouse"] }}

[[case]]
name = "spells"
facts = {{ education = "other", spouse = {{ in_zone = true, stable_months = 12 }} }}
spells = [{{ from = 2025-03-02, in_zone = true }}]
expect = {{ lines = {{ couple = "2000" }} }}

[[case]]
name = "both"
facts = {{ spouse = "none" }}
spells = [{{ of = "spouse", from = 2025-03-02, in_zone = true }}]
expect = {{ outcome = "undetermined" }}
""",
        "utf-8",
    )
    run = run_path(path)
    assert not run.problems
    assert [result.passed for result in run.results][:3] == [True, True, True]


def test_rules_without_conditions_met_are_shown(tmp_path: Path) -> None:
    """A policy is found by its own path too, with all files named after it."""
    put(tmp_path)
    (tmp_path / "heating.more.cases.toml").write_text(CASES, "utf-8")
    assert len(find(tmp_path / "heating.toml").files) == 2
    assert len(find(tmp_path).suites) == 1
    assert RULES
