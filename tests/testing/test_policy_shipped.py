"""The shipped pack: all cases pass, all goals are covered, no fault survives; other readings agree with its cases."""

from __future__ import annotations

import functools
from datetime import date
from typing import Any

import chinese_calendar
import oracle_eligibility
import pytest

from huaying_governance.packs.finding import pack_folder
from huaying_governance.testing.case import Case
from huaying_governance.testing.command import Options, run_tests
from huaying_governance.testing.coverage import measure
from huaying_governance.testing.finding import Suite, find
from huaying_governance.testing.killing import Hunter
from huaying_governance.testing.list_faults import mutate_list, plan_list
from huaying_governance.testing.lists import ListSubject
from huaying_governance.testing.mutation import mutate
from huaying_governance.testing.policies import PolicySubject
from huaying_governance.testing.runner import Run, SuiteRun, run_found
from huaying_governance.testing.timetables import TimetableSubject

FOUND = find("huaying")
POLICIES = [suite for suite in FOUND.suites if isinstance(suite.subject, PolicySubject | TimetableSubject)]
EQUAL = {
    "zone-employment": 4,  # postgraduate and bachelor exclude each other, so their highest-of never chooses
    "eligibility-residents-committee": 2,  # the voting age is 18 on both sides of the border
    "eligibility-villagers-committee": 4,  # so are the age and the year of living there
}
"""Mutants proved equivalent; none is merely listed."""


@functools.cache
def whole() -> Run:
    return run_found(FOUND)


def run_of(suite: Suite) -> SuiteRun:
    return next(run for run in whole().suites if run.suite is suite)


def test_every_policy_has_cases_and_all_pass() -> None:
    """No policy of the pack goes untested, and no case fails."""
    run = whole()
    assert run.passed, [problem.say("en") for problem in run.problems]
    tested = {suite.subject.id for suite in FOUND.suites}
    written = {
        path.stem
        for path in (pack_folder("huaying") / "policies").glob("*.toml")
        if ".cases" not in path.name
    }
    assert written - tested <= {"eligibility-facts", "entry-facts"}
    assert {"huaying:list", "ledger"} <= tested
    assert not any(case.pending for suite in FOUND.suites for case in suite.cases)


@pytest.mark.parametrize("suite", POLICIES, ids=lambda suite: suite.subject.id)
def test_full_coverage_and_no_survivor(suite: Suite) -> None:
    """Every goal is reached; every mutant is killed or proved equivalent."""
    subject = suite.subject
    assert isinstance(subject, PolicySubject | TimetableSubject)
    results = run_of(suite).results
    assert [goal.id for goal in measure(subject.policy, results).open] == []
    found, _ = Hunter(subject, subject.policy).propose(
        mutate(subject, subject.policy, results, suite.equivalents)
    )
    assert [verdict.mutant.id for verdict in found.survivors] == []
    assert [verdict.mutant.id for verdict in found.equal if not verdict.proved] == []
    assert len(found.equal) == EQUAL.get(subject.id, 0)


def test_the_list_is_covered_line_by_line() -> None:
    """Every line of the responsibility list is permitted, refused, and dated by cases; no fault of a line survives."""
    (suite,) = (suite for suite in FOUND.suites if isinstance(suite.subject, ListSubject))
    subject = suite.subject
    assert isinstance(subject, ListSubject)
    results = run_of(suite).results
    coverage, proposals = plan_list(subject, results)
    assert (coverage.open, proposals) == ((), ())
    found, proposals = mutate_list(subject, results)
    assert ([each.mutant.id for each in found.survivors], proposals) == ([], ())


def cases_of(subject_id: str) -> list[Case]:
    return [case for suite in FOUND.suites if suite.subject.id == subject_id for case in suite.cases]


@pytest.mark.parametrize("body", ["residents_committee", "villagers_committee"])
def test_eligibility_cases_agree_with_another_reading_of_the_law(body: str) -> None:
    """What the cases expect is what an independent reading of the rule says, missing facts by brute force."""
    for case in cases_of(f"eligibility-{body.replace('_', '-')}"):
        if case.on < date(2018, 12, 29):
            assert case.expected["outcome"] == "undetermined"  # before the law that the pack holds
            continue
        facts: dict[str, Any] = {name: case.given.get(name) for name in oracle_eligibility.FACTS}
        community = case.given.get("community")
        if community is None or facts["hukou_community"] is None:
            continue  # the other reading takes the community as known
        outcome, missing = oracle_eligibility.answer(facts, str(community), body, case.on)
        assert (case.name, case.expected["outcome"]) == (case.name, outcome)
        if "missing" in case.expected:
            assert (case.name, case.expected["missing"]) == (case.name, tuple(sorted(missing)))


def test_working_days_agree_with_another_calendar() -> None:
    """Due days of the hotline's cases, counted day by day on another library's calendar."""
    terms = {"consult": 3, "help": 7, "suggestion": 7, "complaint": 15}
    checked = 0
    for case in cases_of("hotline"):
        due = case.expected.get("due.reply")
        if isinstance(due, date):
            day, left = case.on, terms[str(case.given["category"])]
            while left:
                day = date.fromordinal(day.toordinal() + 1)
                left -= chinese_calendar.is_workday(day)
            assert (case.name, due) == (case.name, day)
            checked += 1
    assert checked >= 5


def test_amounts_are_those_of_the_article() -> None:
    """研究生1万元、本科生3000元、夫妻2000元: the sums of the cases are made of nothing else."""
    sums = {0, 2_000, 3_000, 5_000, 10_000, 12_000}
    amounts = [case.expected["amount"] for case in cases_of("zone-employment") if "amount" in case.expected]
    assert {int(str(amount).split(".")[0]) for amount in amounts if amount != "undetermined"} == sums


def test_the_command_says_that_procedures_have_no_goals() -> None:
    """What is not measured is said, in both languages: 100 % never means it in silence."""
    for lang, said in (("zh", "程序没有覆盖目标"), ("en", "procedures have no coverage goals; not measured")):
        lines: list[str] = []
        assert run_tests("huaying", Options(lang=lang, fail_under=100.0), lines.append)
        assert "".join(lines).count(said) == 1
