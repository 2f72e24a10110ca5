"""`[[properties]]`: what a policy document states of itself is read with its faults, and proved as of every day."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import z3
from putting_in import given

import huaying_governance as hg
from huaying_governance.cli import main
from huaying_governance.proofs import AtMost, Equivalent, Monotone, NeverBoth, Reachable, prove, statements
from huaying_governance.proofs.eligible import Eligibility
from huaying_governance.proofs.encode import Symbols
from huaying_governance.proofs.statements import prove_stated
from huaying_governance.rules import Policy, check_policy_text, derive, read_policy, read_policy_text

ON = date(2026, 11, 23)
SUBSIDY, RESIDENTS, VILLAGERS = (
    "zone-employment",
    "eligibility-residents-committee",
    "eligibility-villagers-committee",
)


def shipped(name: str) -> Policy:
    return hg.load_pack("huaying").policy(name)


def text_of(name: str = SUBSIDY) -> tuple[str, Path]:
    """Return a shipped policy without what it states, and its folder."""
    source = shipped(name).source_path
    assert source is not None
    return source.read_text("utf-8").split("\n# What holds in every case")[0], source.parent


def stating(*lines: str, name: str = SUBSIDY, replace: tuple[str, str] = ("", "")) -> Policy:
    text, base = text_of(name)
    text = text.replace(*replace) if replace[0] else text
    return read_policy_text("\n".join([text, "[[properties]]", *lines]), base=base)


def faults(*lines: str, name: str = SUBSIDY) -> list[str]:
    text, base = text_of(name)
    return [
        each.code for each in check_policy_text("\n".join([text, "[[properties]]", *lines, ""]), base=base)
    ]


def file_of(folder: Path, *lines: str) -> Path:
    text, base = text_of()
    text = text.replace("../sources.toml", str(base.parent / "sources.toml"))
    (folder / "sources.toml").write_text((base.parent / "sources.toml").read_text("utf-8"), "utf-8")
    text = text.replace(str(base.parent / "sources.toml"), "sources.toml")
    path = folder / "stated.toml"
    path.write_text("\n".join([text, "[[properties]]", *lines, ""]), "utf-8")
    return path


@pytest.mark.parametrize("name", [SUBSIDY, RESIDENTS, VILLAGERS])
def test_the_shipped_policies_state_and_pass_theirs(name: str) -> None:
    """Every shipped policy that decides cases states properties, and each is proved on every day it is about."""
    policy = shipped(name)
    found = prove_stated(policy)
    assert {each.stated.id for each in found} == {each.id for each in policy.properties} != set()
    assert [each.verdict.outcome for each in found] == ["proved"] * len(found)
    assert all(each.problem is None and each.stated.label.zh in each.say("zh") for each in found)


def test_what_is_stated_changes_no_version() -> None:
    """A property decides nothing: the policy with and without it is the same version."""
    text, base = text_of()
    assert shipped(SUBSIDY).version == read_policy_text(text, base=base).version


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (['id = "a"', 'kind = "never-both"'], "missing-key"),
        (['id = "a"', 'kind = "never-both"', 'rules = ["bachelor"]'], "out-of-range"),
        (['id = "a"', 'kind = "never-both"', 'rules = ["bachelor", "bachelo"]'], "unknown-rule"),
        (['id = "a"', 'kind = "reachable"', 'rule = "couples"'], "unknown-rule"),
        (['id = "a"', 'kind = "reachable"', 'rule = "couple"', "amount = 1"], "key-needs"),
        (['id = "a"', 'kind = "at-most"'], "missing-key"),
        (['id = "a"', 'kind = "at-most"', "amount = -1"], "out-of-range"),
        (['id = "a"', 'kind = "at-most"', 'amount = "0.001"'], "bad-number"),
        (['id = "a"', 'kind = "monotone"', 'fact = "stable_month"'], "unknown-name"),
        (['id = "a"', 'kind = "monotone"', 'fact = "spouse.education"'], "unknown-name"),
        (['id = "a"', 'kind = "monotone"', 'fact = "education"'], "wrong-type"),
        (['id = "a"', 'kind = "no-cliff"', 'fact = "in_zone"'], "wrong-type"),
        (['id = "a"', 'kind = "no-cliff"', 'fact = "stable_months"', "step = 0"], "out-of-range"),
        (['id = "a"', 'kind = "always"'], "not-one-of"),
        (['id = "a"', 'kind = "equivalent"'], "missing-key"),
    ],
)
def test_a_property_that_cannot_be_asked_is_a_problem_with_its_line(lines: list[str], code: str) -> None:
    """A wrong property is one problem of the document, found without a solver."""
    assert faults(*lines) == [code]


def test_a_property_is_named_once() -> None:
    """Two properties of one id are a problem."""
    one = ['id = "a"', 'kind = "reachable"', 'rule = "couple"']
    assert faults(*one, "[[properties]]", *one) == ["duplicate"]


def test_amounts_are_not_asked_of_a_policy_that_pays_nothing() -> None:
    """An eligibility policy has no amounts: neither stated nor asked from Python."""
    assert faults('id = "a"', 'kind = "at-most"', "amount = 1", name=RESIDENTS) == ["key-needs"]
    with pytest.raises(TypeError):
        prove(shipped(RESIDENTS), AtMost(Decimal(1)), on=ON)


def test_a_property_that_fails_is_a_problem_with_a_case_that_can_exist() -> None:
    """A refuted property names its line and a case, with spells from which the derived facts follow."""
    policy = stating('id = "a"', 'kind = "at-most"', "amount = 11999", f"on = {ON}")
    (proof,) = prove_stated(policy)
    problem, case = proof.problem, proof.verdict.case
    assert problem is not None
    assert case is not None
    assert (problem.code, problem.place.line is not None, proof.on) == ("property-refuted", True, ON)
    assert '"spells"' in problem.message.en
    assert derive(policy, case.spells, ON)["stable_months"] == case.facts["stable_months"]
    award: Any = policy.decide(case.facts, ON)
    assert award.amount > 11999


def test_a_rule_that_can_never_pay_is_said_to_have_no_case() -> None:
    """`reachable` is refuted by there being no case: then none is shown."""
    dead = (
        "when = \"in_zone and education == 'bachelor'\"",
        "when = \"in_zone and education == 'bachelor'\"",
    )
    beaten = stating(
        *['id = "a"', 'kind = "reachable"', 'rule = "bachelor"'],
        replace=(dead[0], dead[0].replace("bachelor", "postgraduate")),
    )
    (proof,) = prove_stated(beaten)
    assert proof.problem is not None
    assert "there is no such case" in proof.say("en")


def test_a_question_that_takes_too_long_is_unknown_not_proved() -> None:
    """Without enough time nothing is claimed: the outcome is unknown, and that fails."""
    policy = stating('id = "a"', 'kind = "monotone"', 'fact = "stable_months"')
    (proof,) = prove_stated(policy)
    late = statements.evolve(proof, verdict=statements.evolve(proof.verdict, outcome="unknown"))
    assert late.problem is not None
    assert (late.problem.code, "within the time" in late.say("en")) == ("property-unknown", True)


def test_a_cliff_may_be_stated_with_what_may_be_lost() -> None:
    """A rule that ends after two years loses 3,000 yuan: `amount = 3000` allows just that, 2,999.99 does not."""
    ends = (
        "when = \"in_zone and education == 'bachelor'\"",
        "when = \"in_zone and education == 'bachelor' and stable_months < 24\"",
    )
    about = ['id = "a"', 'kind = "no-cliff"', 'fact = "stable_months"']
    assert prove_stated(stating(*about, "amount = 3000", replace=ends))[0].problem is None
    assert prove_stated(stating(*about, 'amount = "2999.99"', replace=ends))[0].problem is not None


def test_days_are_those_of_change_on_which_the_rules_are_in_force() -> None:
    """Without `on` each change is asked; a day before the rules is no day to ask on, which is a problem."""
    assert [
        each.on for each in prove_stated(stating('id = "a"', 'kind = "reachable"', 'rule = "couple"'))
    ] == [date(2021, 1, 1)]
    early = stating('id = "a"', 'kind = "reachable"', 'rule = "couple"', "on = 2020-12-31")
    with pytest.raises(hg.Problems, match="not in force"):
        prove_stated(early)


def test_a_fact_that_no_rule_reads_is_monotone() -> None:
    """What is read by no rule in force on the day changes nothing; an unknown fact asked from Python is an error."""
    policy = shipped(RESIDENTS)
    assert prove(policy, Monotone("confirmed"), on=date(2020, 1, 1))[0].outcome == "proved"
    for wrong in ("nothing", "spouse.rights"):
        with pytest.raises(KeyError):
            prove(policy, Monotone(wrong), on=ON)
    with pytest.raises(KeyError):
        prove(shipped(SUBSIDY), Monotone("spouse.education"), on=ON)


def test_equivalent_names_the_file_of_another_policy(tmp_path: Path) -> None:
    """The other file lies beside the policy; one that is not there, or of another kind, is a problem at the line."""
    path = file_of(tmp_path, 'id = "a"', 'kind = "equivalent"', 'policy = "other.toml"')
    with pytest.raises(hg.Problems) as none:
        prove_stated(read_policy(path))
    assert (none.value.problems[0].code, none.value.problems[0].place.file) == ("unreadable-file", str(path))
    other = tmp_path / "other.toml"
    other.write_text(path.read_text("utf-8").split("[[properties]]")[0], "utf-8")
    assert prove_stated(read_policy(path))[0].problem is None
    other.write_text(other.read_text("utf-8").replace("value = 12,", "value = 13,"), "utf-8")
    assert prove_stated(read_policy(path))[0].problem is not None
    source = shipped(RESIDENTS).source_path
    assert source is not None
    other.write_text(source.read_text("utf-8").replace("../sources", "sources"), "utf-8")
    with pytest.raises(hg.Problems, match="another kind"):
        prove_stated(read_policy(path))


def random_facts(policy: Policy, rng: random.Random) -> dict[str, Any]:
    days = [
        *(ON.replace(year=ON.year - years) for years in (0, 1, 17, 18, 19)),
        *(ON - timedelta(days=count) for count in (-1, 1, 182, 183, 184, 366)),
        date(2026, 5, 23),
        date(2026, 5, 24),
        date(2008, 2, 29),
    ]
    values: dict[str, Any] = {"boolean": [True, False], "text": ["甲", "乙"], "date": days}
    return {name: rng.choice(values[fact.type.kind]) for name, fact in policy.facts.items()}


@pytest.mark.parametrize("name", [RESIDENTS, VILLAGERS])
def test_z3_means_what_the_interpreter_means_of_eligibility(name: str) -> None:
    """With random facts put in, z3 finds eligible whom the policy finds eligible, and rules as it judges them."""
    policy, rng, both = shipped(name), random.Random(5), set[bool]()
    for day in (date(2021, 3, 1), ON):
        case = Eligibility(policy, Symbols(day, {}))
        terms = {rule: case.holds(rule) for rule in case.ids}
        for _ in range(150):
            facts = random_facts(policy, rng)
            values = given(case.symbols, facts)
            wanted: Any = policy.decide(facts, day)
            found = z3.simplify(z3.substitute(case.of(""), *values)).as_long() == 1
            assert found == (wanted.outcome == "eligible"), facts
            both.add(found)
            for judged in policy.judge(facts, day):
                held = z3.is_true(z3.simplify(z3.substitute(terms[judged.rule], *values)))
                assert held == judged.holds, (judged.rule, facts)
    assert both == {True, False}


def test_a_case_against_an_eligibility_property_can_be_decided() -> None:
    """A refuted property of eligibility comes with the two cases, and the policy decides them so."""
    policy = shipped(VILLAGERS)
    (verdict,) = prove(policy, Monotone("registered_elsewhere"), on=ON)
    assert verdict.outcome == "refuted"
    assert verdict.case is not None
    assert verdict.other is not None
    outcomes = [policy.decide(case.facts, ON).outcome for case in (verdict.case, verdict.other)]  # type: ignore[union-attr]
    assert outcomes == ["eligible", "ineligible"]
    assert prove(policy, Equivalent(policy), on=ON)[0].outcome == "proved"
    assert prove(policy, NeverBoth("hukou", "elsewhere"), on=ON)[0].outcome == "refuted"
    assert {each.property for each in prove(policy, on=ON)} == {Reachable("hukou"), Reachable("resident")}


def test_the_command_proves_a_pack_a_file_and_a_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`huaying check --prove` proves a pack, a policy file and the pack of a case folder; it ends with 0."""
    good = file_of(tmp_path, 'id = "a"', 'kind = "reachable"', 'rule = "couple"')
    for path, count in (("huaying", 30), (str(good), 1), ("examples/huaying", 30)):
        assert main(["check", "--prove", path, "--lang", "en"]) == 0
        assert f"{count} proved, 0 not" in capsys.readouterr().out


def test_the_command_fails_with_the_line_of_what_is_not_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A property that does not hold ends with 1 and shows file, line and case; without `--prove` it is not asked."""
    bad = file_of(tmp_path, 'id = "a"', 'kind = "at-most"', "amount = 1")
    assert main(["check", str(bad)]) == 0
    assert main(["check", "--prove", str(bad), "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert f"{bad}:" in said
    assert "[property-refuted]" in said
    assert "0 proved, 1 not" in said
    bad.write_text(bad.read_text("utf-8").replace("amount = 1\n", ""), "utf-8")
    assert main(["check", "--prove", str(bad)]) == 1


def test_the_command_names_the_extra_without_z3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without z3 the command ends with 1 and names the extra to install."""
    monkeypatch.setattr(statements, "find_spec", lambda name: None)
    assert main(["check", "--prove", "huaying"]) == 1
    assert "huaying-governance[prove]" in capsys.readouterr().err
