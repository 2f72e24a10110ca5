"""Coverage of policy: what counts as reached, and planted faults, each caught by the goal that its cases miss."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from attrs import evolve
from policy_sample import CASES, HEAD, RULES, put, ten_rules

from huaying_governance.rules import Policy, read_policy_text
from huaying_governance.testing.atoms import decisions
from huaying_governance.testing.coverage import Coverage, measure
from huaying_governance.testing.goals import plan
from huaying_governance.testing.page import page
from huaying_governance.testing.policies import PolicySubject
from huaying_governance.testing.proposing import for_goals
from huaying_governance.testing.runner import SuiteRun, run_path
from huaying_governance.testing.subject import run_case


def suite_of(path: Path) -> SuiteRun:
    (suite,) = run_path(path).suites
    return suite


def covered(path: Path) -> Coverage:
    suite = suite_of(path)
    assert isinstance(suite.suite.subject, PolicySubject)
    return measure(suite.suite.subject.policy, suite.results)


def policy_with(when: str, amount: str = '"300"') -> Policy:
    text = (
        HEAD
        + f"""
[[rules]]
id = "one"
label = {{ zh = "一", en = "one" }}
from = 2025-01-01
source = "doc#2"
when = "{when}"
amount = {amount}
"""
    )
    return read_policy_text(text)


@pytest.mark.parametrize(
    "when",
    [
        "alone and age > 3",
        "alone or age > 3",
        "(alone or age > 3) and income < 5",
        "alone and (age > 3 if income < 5 else age < 60)",
        "not (alone and age > 3) or 2 < age < 9",
        "age in [1, 2] or alone",
    ],
)
def test_what_decides_is_masking_mcdc_under_kleene(when: str) -> None:
    """A statement decides exactly where turning it over turns the whole from known to known, by brute force."""
    (rule,) = policy_with(when).rules
    (decision,) = decisions(rule)
    edition = policy_with(when).edition(rule.since)
    assert edition is not None
    for truths in product((True, False, None), repeat=len(decision.atoms)):
        for atom in decision.atoms:
            both = []
            for truth in (True, False):
                values = list(truths)
                values[atom.number] = truth
                both.append(decision.whole(values))
            expected = None not in both and both[0] is not both[1]
            assert decision.decides(atom.number, list(truths)) is expected


def test_statements_keep_their_words() -> None:
    """Each statement is shown as it is written, a chain of comparisons one by one."""
    (decision,) = decisions(policy_with("not alone and 2 < age < 9").rules[0])
    assert [atom.text for atom in decision.atoms] == ["alone", "2 < age", "age < 9"]


def test_goals_of_a_policy(tmp_path: Path) -> None:
    """Rules both ways, statements deciding, bounds, days, values by day, missing facts; each with its place."""
    found = covered(put(tmp_path))
    ids = {goal.id for goal in found.goals}
    assert {
        "rules.aged.when = true",
        "rules.aged.when[0] = false",
        "rules.aged.when[0] edge -1",
        "rules.poor.when[0] edge +1",
        "rules.aged.from -1",
        "parameters.old@2026-01-01 -1",
        "facts.income missing",
    } <= ids
    assert all(goal.span is not None and goal.span.place.line for goal in found.goals)
    assert found.reached["rules.aged.when[0] edge +0"] == "高龄独居老人"
    assert found.reached["rules.aged.when[0] edge -1"] == "差一岁"
    assert found.reached["facts.income missing"] == "收入不明"
    assert found.percent == f"{int(found.fraction * 1000) / 10:.1f}%"


def test_a_failing_case_shows_nothing(tmp_path: Path) -> None:
    """Only what passes counts."""
    whole = covered(put(tmp_path / "a"))
    broken = covered(put(tmp_path / "b", cases=CASES.replace('amount = "300"', 'amount = "301"')))
    assert "rules.aged.when = true" in whole.reached
    assert "rules.aged.when = true" not in broken.reached


def test_goals_that_no_case_can_reach_are_set_apart() -> None:
    """A bound beyond the range of its fact, and a statement that another one makes idle, are proved impossible."""
    found = plan(policy_with("age >= 120"))
    assert [goal.id for goal in found.impossible] == ["rules.one.when[0] edge +1"]
    idle = plan(policy_with("alone or (alone and age > 5)"))
    assert "rules.one.when[1] = true" in {goal.id for goal in idle.impossible}


def test_conditions_inside_amounts_count() -> None:
    """A choice inside an amount is a decision too."""
    made = plan(policy_with("alone", '"300 if age >= 80 else 200"'))
    assert "rules.one.amount.if = true" in {goal.id for goal in made.goals}


@pytest.mark.parametrize("text", [HEAD + RULES, ten_rules()], ids=["two rules", "ten rules"])
def test_proposals_reach_every_goal(text: str) -> None:
    """From nothing, the proposed cases alone reach all goals once confirmed; each passes, and is pending."""
    policy = read_policy_text(text)
    subject = PolicySubject(policy)
    made = plan(policy)
    proposals = for_goals(subject, made, measure(policy, [], made))
    results = [run_case(subject, each.case) for each in proposals]
    assert all(result.passed for result in results)
    assert all(each.case.pending for each in proposals)
    assert measure(policy, results, made).bare == ()
    confirmed = [run_case(subject, evolve(each.case, pending=False)) for each in proposals]
    assert measure(policy, confirmed, made).open == ()


def test_proposals_read_back(tmp_path: Path) -> None:
    """What is proposed can be appended as it stands."""
    path = put(tmp_path)
    suite = suite_of(path)
    subject = suite.suite.subject
    assert isinstance(subject, PolicySubject)
    proposals = for_goals(subject, plan(subject.policy), covered(path), ["高龄独居老人"])
    path.write_text(path.read_text("utf-8") + "\n" + "\n".join(each.toml for each in proposals), "utf-8")
    run = run_path(path)
    assert run.passed, [p.say("en") for p in run.problems]
    assert covered(path).bare == ()
    assert sum(result.case.pending for result in run.results) == len(proposals)
    assert "待确认" in path.read_text("utf-8")


PLANTED = {
    "the bound is off by one": ("age >= old and", "age > old and", "rules.aged.when[0] edge +0"),
    "the bound is far off": ("age >= old and", "age >= 60 and", "rules.aged.when[0] edge +0"),
    "a condition is forgotten": ("age >= old and alone", "age >= old", "rules.aged.when[0] edge +0"),
    "or instead of and": ("age >= old and alone", "age >= old or alone", "rules.aged.when[1] = true"),
    "a condition is turned over": ("income < line or", "income >= line or", "rules.poor.when[0] = true"),
    "it begins a day late": (
        'from = 2025-01-01\nsource = "doc#2"',
        'from = 2025-01-02\nsource = "doc#2"',
        "rules.aged.from -1",
    ),
    "the new value comes a day late": (
        'to = 2025-12-31, value = 80, source = "doc#2" },\n  { from = 2026-01-01',
        'to = 2026-01-01, value = 80, source = "doc#2" },\n  { from = 2026-01-02',
        "parameters.old@2026-01-02 -1",
    ),
    "a missing fact counts as no": ("income < line or age >= 90", "age >= 90", "rules.poor.when[0] edge -1"),
}
FEW = """
[cases]
on = 2026-06-01

[[case]]
name = "自己想到的一个情形"
facts = { age = 99, alone = true, income = "100" }
expect = { outcome = "payable", amount = "400" }
"""


@pytest.mark.parametrize("fault", PLANTED)
def test_planted_faults_are_caught_by_the_goal_they_miss(tmp_path: Path, fault: str) -> None:
    """A policy with a fault passes the one case of its author; coverage names a goal that it misses.

    In the case proposed for that goal, what the law says (here: the right policy) is not what the policy says.
    """
    right, wrong, goal = PLANTED[fault]
    text = (HEAD + RULES).replace('kind = "subsidy"', 'kind = "subsidy"\nchanges = "day"')
    assert text.count(right) == 1, fault
    faulty = text.replace(right, wrong)
    path = put(tmp_path, policy=faulty, cases=FEW)
    suite = suite_of(path)
    assert all(result.passed for result in suite.results), "its author sees nothing"
    subject = suite.suite.subject
    assert isinstance(subject, PolicySubject)
    coverage = covered(path)
    officer = PolicySubject(read_policy_text(text))
    caught: set[str] = set()
    for each in for_goals(subject, plan(subject.policy), coverage):
        by_law, by_fault = officer.answer(each.case), subject.answer(each.case)
        if any(by_law.get(name) != by_fault.get(name) for name in ("outcome", "amount", "missing")):
            caught.update(each.aims)
    assert goal in {each.id for each in coverage.open}
    assert goal in caught, sorted(caught)


def test_the_page_colours_the_policy(tmp_path: Path) -> None:
    """The page holds the policy's own text with marks, the Chinese as it is, and needs nothing from elsewhere."""
    found = covered(put(tmp_path))
    for lang in ("zh", "en"):
        text = page([found], lang)
        assert '<span class="all"' in text
        assert '<span class="none"' in text
        assert "取暖补贴" in text or lang == "en"
        assert "高龄独居老人" in text
        assert "http" not in text
        assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in text


def test_edges_of_days(tmp_path: Path) -> None:
    """The day before a rule begins counts only with its condition met; a new value only where it makes a difference."""
    case = """
[[case]]
name = "{day} {age}"
on = {day}
facts = {{ age = {age}, alone = true, income = "900" }}
expect = {{ outcome = "{outcome}" }}
"""
    asked = [
        ("2024-12-31", 85, "not_payable"),
        ("2025-01-01", 85, "payable"),
        ("2025-12-31", 77, "not_payable"),
        ("2026-01-01", 85, "payable"),
    ]
    cases = "".join(case.format(day=day, age=age, outcome=outcome) for day, age, outcome in asked)
    reached = covered(put(tmp_path, cases=cases)).reached
    assert {"rules.aged.from -1", "rules.aged.from +0", "parameters.old@2026-01-01 -1"} <= set(reached)
    assert "rules.poor.from -1" not in reached
    assert "parameters.old@2026-01-01 +0" not in reached, "at 85 the old bound is met as well as the new"
