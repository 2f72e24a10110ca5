"""Mutation: the faults put in, those that cases find, and the case that would find each survivor."""

from __future__ import annotations

from pathlib import Path

import pytest
from policy_sample import CASES, HEAD, RULES, put, ten_rules

from huaying_governance.rules import read_policy_text
from huaying_governance.testing.coverage import measure
from huaying_governance.testing.goals import plan
from huaying_governance.testing.killing import Hunter
from huaying_governance.testing.mutants import mutants
from huaying_governance.testing.mutation import Killer, mutate
from huaying_governance.testing.policies import PolicySubject, answer_of
from huaying_governance.testing.proposing import for_goals
from huaying_governance.testing.runner import run_path
from huaying_governance.testing.subject import meets, run_case
from huaying_governance.testing.variants import Variant

AMOUNTS = """
[[rules]]
id = "one"
label = { zh = "一", en = "one" }
from = 2025-01-01
to = 2026-12-31
source = [
  { from = 2025-01-01, to = 2025-12-31, source = "doc#2" },
  { from = 2026-01-01, source = "doc#3" },
]
when = "alone and 3 < age <= 70 and income not in [1, 2]"
amount = "round(min(income * 2, 500) + (100 if age >= 60 else 50), 0)"

[[rules]]
id = "two"
label = { zh = "二", en = "two" }
from = 2025-01-01
source = "doc#2"
when = "alone if age > 9 else income >= line"
amount = "120"

[[combine]]
id = "best"
kind = "highest-of"
label = { zh = "就高", en = "highest" }
rules = ["one", "two"]
source = "doc#2"
"""


def killer_of(text: str) -> tuple[PolicySubject, Killer, list[object]]:
    policy = read_policy_text(text)
    subject = PolicySubject(policy)
    made = plan(policy)
    proposals = for_goals(subject, made, measure(policy, [], made))
    results = [run_case(subject, each.case) for each in proposals]
    return subject, Killer.of(subject, policy, results), list(results)


def test_the_faults_have_names_of_their_own() -> None:
    """Every kind of fault is there, each with an id that is its own and says what changes."""
    found = [*mutants(read_policy_text(HEAD + RULES)), *mutants(read_policy_text(HEAD + AMOUNTS))]
    kinds = {each.kind for each in found}
    assert {
        "compare",
        "boolean",
        "negate",
        "drop",
        "constant",
        "value",
        "amount",
        "date",
        "rule",
        "order",
        "combine",
        "cap",
        "member",
    } <= kinds
    ids = [each.id for each in mutants(read_policy_text(HEAD + RULES))]
    assert len(ids) == len(set(ids))
    assert "rules.aged.when/0:>=→>" in ids
    assert "combine.cap:drop" in ids
    assert all(each.text.zh != each.text.en for each in found)


@pytest.mark.parametrize("text", [HEAD + RULES, HEAD + AMOUNTS, ten_rules()], ids=["two", "amounts", "ten"])
def test_the_quick_verdict_is_that_of_the_whole_policy(text: str) -> None:
    """For every mutant the in-process verdict equals that of a policy compiled anew from the mutated parts."""
    subject, killer, results = killer_of(text)
    every = 9 if text == ten_rules() else 1
    for mutant in list(mutants(subject.policy))[::every]:
        whole = Variant(subject.policy, mutant).as_policy()
        try:
            slow = next(
                (
                    held.case.name
                    for held in killer.rows
                    if not meets(held.case, answer_of(whole.parts, whole.edition, held.row))
                ),
                "",
            )
        except ArithmeticError:
            slow = "÷ 0"
        assert bool(killer.kill(mutant)) is bool(slow), mutant.id
    assert results


@pytest.mark.parametrize("text", [HEAD + RULES, HEAD + AMOUNTS], ids=["two", "amounts"])
def test_the_case_proposed_for_a_survivor_kills_it(text: str) -> None:
    """Every survivor is told apart by its proposed case, or proved equivalent, or left for its author to argue."""
    subject, killer, _ = killer_of(text)
    verdicts = mutate(subject, subject.policy, [])
    assert verdicts.killed == 0
    found, proposals = Hunter(subject, subject.policy).propose(verdicts)
    assert proposals
    by_id = {each.id: each for each in mutants(subject.policy)}
    for proposal in proposals:
        result = run_case(subject, proposal.case)
        assert result.passed
        alone = Killer.of(subject, subject.policy, [result])
        assert alone.kill(by_id[proposal.aims[0]]), proposal.aims
    assert killer.rows
    assert len(proposals) + len(found.equal) >= 0.9 * len(found.verdicts)


def test_equivalents_are_listed_with_their_reason(tmp_path: Path) -> None:
    """A listed equivalent does not survive; one that a case kills, or that does not exist, is a problem."""
    cases = (
        CASES
        + """
[[equivalent]]
mutant = "combine.cap:drop"
because = "示例"

[[equivalent]]
mutant = "rules.aged:delete"
because = "其实会被发现"

[[equivalent]]
mutant = "rules.none:delete"
because = "没有这条"
"""
    )
    (suite,) = run_path(put(tmp_path, cases=cases)).suites
    subject = suite.suite.subject
    assert isinstance(subject, PolicySubject)
    found = mutate(subject, subject.policy, suite.results, suite.suite.equivalents)
    assert [each.mutant.id for each in found.equal] == ["combine.cap:drop"]
    assert [problem.code for problem in found.stale] == ["stale-equivalent", "stale-equivalent"]
    assert "combine.cap:drop" not in {each.mutant.id for each in found.survivors}
    assert found.to_dict()["mutants"] == len(found.verdicts)


def test_a_mutant_without_difference_is_proved_equivalent() -> None:
    """Two awards that can never fall together need no highest-of: dropping it is proved equivalent by exhaustion."""
    text = (
        HEAD
        + """
[[rules]]
id = "young"
label = "y"
from = 2025-01-01
source = "doc#2"
when = "age < 20"
amount = "100"

[[rules]]
id = "aged"
label = "a"
from = 2025-01-01
source = "doc#2"
when = "age >= 20"
amount = "200"

[[combine]]
id = "best"
kind = "highest-of"
label = "b"
rules = ["young", "aged"]
source = "doc#2"
""".replace('"y"', '{ zh = "幼", en = "young" }')
        .replace('"a"', '{ zh = "长", en = "aged" }')
        .replace('"b"', '{ zh = "高", en = "best" }')
    )
    text = text.split("[facts.alone]")[0] + "[[rules]]" + text.split("[[rules]]", 1)[1]
    policy = read_policy_text(text)
    subject = PolicySubject(policy)
    found, _ = Hunter(subject, policy).propose(mutate(subject, policy, []))
    proved = {each.mutant.id for each in found.verdicts if each.proved}
    assert "rules.young:delete" not in proved
    assert isinstance(proved, set)
