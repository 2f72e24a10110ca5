"""What if, who gains, what changed, and what would have to change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from huaying_governance.errors import Problems
from huaying_governance.rules import Policy, compare, diff, read_policy

from .help import DAY, PACK, SHIPPED, combine, parameter, policy, rule

ON = date(2026, 11, 23)
FACTS = {"education": "bachelor", "in_zone": True, "stable_months": 14, "spouse": None}


@pytest.fixture(scope="module")
def zone() -> Policy:
    return read_policy(PACK / "policies" / "zone-employment.toml")


def test_reform_leaves_the_policy_as_it_is(zone):
    """A reform is another policy with another version; the first one does not change."""
    version = zone.version
    changed = zone.reform({"parameters.bachelor_award": Decimal("3500.50")})
    assert changed.decide(FACTS, ON).amount == Decimal("3500.50")
    assert zone.decide(FACTS, ON).amount == 3000
    assert zone.version == version != changed.version


def test_reform_from_a_day(zone):
    """A value from a day on leaves the days before as they were."""
    changed = zone.reform({"parameters.bachelor_award": {date(2027, 1, 1): 4000, date(2028, 1, 1): 5000}})
    amounts = [changed.decide(FACTS, date(year, 12, 31)).amount for year in (2026, 2027, 2028)]
    assert amounts == [3000, 4000, 5000]


def test_reform_of_rules(zone):
    """Rules can be changed, taken out and put in."""
    changed = zone.reform({"rules.bachelor.when": "education == 'bachelor'", "facts.stable_months.max": 600})
    assert changed.decide({**FACTS, "in_zone": False}, ON).amount == 3000
    added = zone.reform(
        {
            "rules.extra": {
                "from": date(2026, 1, 1),
                "when": "stable_months >= 24 and not in_zone",
                "amount": "10",
                "payee": "enterprise",
            }
        }
    )
    assert [each.id for each in added.rules][-1] == "extra"
    without = zone.reform({"rules.enterprise": None})
    assert "amount-unset" not in without.decide(FACTS, ON).ruling.codes


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parameters.batchelor_award": 1}, "reform-unknown"),
        ({"nothing": 1}, "reform-unknown"),
        ({"rules.nobody.when": "in_zone"}, "reform-unknown"),
        ({"rules.bachelor.when": "in_zoen"}, "unknown-name"),
        ({"parameters.bachelor_award": 1.5}, "wrong-type"),
        ({"rules.bachelor.when": "true"}, None),
    ],
)
def test_reforms_are_checked(zone, changes, code):
    """A reform is checked like any policy, and a path that does not exist names the nearest."""
    if code is None:
        assert zone.reform(changes).decide(FACTS, ON).amount == 3000
        return
    with pytest.raises(Problems) as caught:
        zone.reform(changes)
    assert code in {problem.code for problem in caught.value.problems}


def test_compare_tells_gains_losses_and_budget(zone):
    """Who gains, who loses, by how much, and what it costs."""
    changed = zone.reform({"proration.kind": "months", "parameters.postgraduate_award": 12000})
    cases = {
        "half a year": {**FACTS, "stable_months": 6},
        "a year": {**FACTS, "stable_months": 12},
        "postgraduate": {**FACTS, "education": "postgraduate"},
        "unknown": {**FACTS, "education": None},
    }
    found = compare(zone, changed, cases, ON)
    assert [(each.case, each.by) for each in found.gains] == [("postgraduate", Decimal("2000.00"))]
    assert [(each.case, each.by) for each in found.losses] == [("half a year", Decimal("-1500.00"))]
    assert (found.same, [each.case for each in found.open]) == (1, ["unknown"])
    assert (found.budget_before, found.budget_after, found.budget_change) == (16000, 16500, 500)
    assert "1 gain, 1 lose" in found.explain("en")
    assert "预算 16000.00 → 16500.00 元（+500.00）" in found.explain("zh")
    assert compare(zone, zone, [FACTS], ON).same == 1


def test_only_subsidies_are_compared():
    """Policies without amounts cannot be compared by them."""
    residents = read_policy(PACK / "policies" / "eligibility-residents-committee.toml")
    with pytest.raises(TypeError):
        compare(residents, residents, [{}], ON)


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"parameters.bachelor_award": {date(2027, 1, 1): 12000}}, "changed", "3,000元 → 12,000元"),
        (
            {"rules.bachelor.when": "in_zone and education == 'bachelor' and stable_months >= 6"},
            "tightened",
            "条件收紧",
        ),
        ({"rules.bachelor.when": "education == 'bachelor'"}, "loosened", "条件放宽"),
        ({"rules.bachelor.when": "education == 'bachelor' and in_zone"}, "changed", "意义相同"),
        ({"rules.bachelor.when": "stable_months >= 3 and education == 'bachelor'"}, "changed", "条件改写"),
        ({"rules.enterprise": None}, "removed", "删除规则"),
        ({"rules.enterprise.amount": "500"}, "changed", "金额"),
        ({"rules.couple.unit": "person"}, "changed", "发放单位：couple → person"),
        ({"rules.bachelor.payee": "enterprise"}, "changed", "发放对象"),
        ({"rules.couple.to": date(2030, 12, 31)}, "changed", "施行期"),
        ({"proration.kind": "months"}, "changed", "折算：none, half-up-fen → months, half-up-fen"),
        ({"facts.stable_months.max": 600}, "changed", "类型或界限"),
        ({"combine.degree.kind": "sum"}, "changed", "highest-of(postgraduate, bachelor) → sum"),
        ({"policy.region": "510000"}, "changed", "地区"),
    ],
)
def test_differences_in_the_language_of_policy(zone, changes, kind, words):
    """What changed is told as a change of policy, not of text."""
    found = diff(zone, zone.reform(changes))
    assert [each.kind for each in found][:1] == [kind]
    assert words in found[0].say("zh")
    assert found[0].say("en")


def test_a_new_value_is_one_change(zone):
    """A parameter that several rules read and that changes is told once, as the parameter."""
    found = diff(zone, zone.reform({"parameters.stable_term": {date(2027, 1, 1): 24}}))
    assert [(each.of, each.name) for each in found] == [("parameter", "stable_term")]


def test_differences_both_ways(zone):
    """What one direction adds, the other removes."""
    changed = zone.reform({"rules.enterprise": None})
    assert [each.kind for each in diff(changed, zone)] == ["added"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_difference_to_itself(path):
    """A policy read twice is the same, and of the same version."""
    one, other = read_policy(path), read_policy(path)
    assert diff(one, other) == ()
    assert one.version == other.version


def test_version_is_of_the_meaning():
    """Words and the order of keys do not change the version; values, conditions and order of rules do."""
    one, two = rule("one", "p"), rule("two", "not p")
    first = policy(one, two)
    assert (
        policy(
            one, two.replace('source = "notice"\nwhen = "not p"', 'when = "not  (p)"\nsource = "notice"')
        ).version
        == first.version
    )
    assert (
        policy(one.replace("from =", 'label = { zh = "甲", en = "A" }\nfrom ='), two).version == first.version
    )
    assert policy(two, one).version != first.version
    assert policy(one, rule("two", "not p", "101")).version != first.version


def test_diff_of_dates_and_clauses():
    """A clause that changes from a day is told with the day; so are rules that change their order."""
    one = policy(parameter("k", ("2020-01-01", "", "5")), rule("one", "p", "k"), rule("two", "not p"))
    other = policy(
        parameter("k", ("2020-01-01", "2025-12-31", "5"), ("2027-01-01", "", "5"))
        .replace('"notice" }]', '"law" }]')
        .replace("2027", "2026")
        + '[[source]]\nid = "law"\ntitle = "law"\n',
        rule("two", "not p"),
        rule("one", "p", "k"),
    )
    words = [each.say("en") for each in diff(one, other)]
    assert any("from 2026-01-01 it rests on law" in each for each in words)
    assert any("order of the rules" in each for each in words)
    gone = policy(rule("one", "p", "5"), rule("two", "not p"))
    assert next((each.kind, each.of) for each in diff(one, gone)) == ("removed", "parameter")


def test_why_not_names_the_fewest_changes(zone):
    """What would have to change for a rule to hold, with the values now; what is met already is left out."""
    found = zone.why_not(
        "couple", {**FACTS, "stable_months": 8, "spouse": {"in_zone": True, "stable_months": 12}}, ON
    )
    assert [[change.facts for change in way] for way in found.ways] == [[(("stable_months", 8),)]]
    assert "稳定就业月数（8） 不少于 夫妻稳定就业期限（12，2021-01-01起）" in found.explain("zh")
    assert "way 1" in found.explain("en")
    assert "<pre" in found._repr_html_()


def test_why_not_has_alternatives():
    """Each alternative is a way, the one with the fewest changes first; impossible ways are left out."""
    made = policy(rule("one", "(p and q) or (c == 'x' and a >= 3) or b > 4"))
    found = made.why_not("one", {"p": True, "q": False, "c": "y", "a": 1, "b": 2}, DAY)
    assert [len(way) for way in found.ways] == [1, 1, 2]
    either = policy(rule("one", "(q if p else a > 2) and r"))
    assert either.why_not("one", {"p": True, "q": False, "a": 1, "r": None}, DAY).ways


def test_why_not_of_a_rule_that_holds_or_is_not_in_force(zone):
    """A rule that holds, is not in force, or cannot hold, says so."""
    assert zone.why_not("bachelor", FACTS, ON).holds is True
    assert "not in force" in zone.why_not("bachelor", FACTS, date(2020, 1, 1)).explain("en")
    with pytest.raises(KeyError):
        zone.why_not("nobody", FACTS, ON)


def test_policy_in_a_notebook(zone):
    """A policy shows itself as a table, every text escaped."""
    shown = zone._repr_html_()
    assert shown.startswith("<table")
    assert "&gt;=" in shown
    assert zone.version[:12] in shown


def test_reform_of_weights_and_combinations():
    """A combination can be put in; the reform is then checked."""
    made = policy(rule("one", "p", "100"), rule("two", "p", "50"), combine("sum", "one", "two", name="all"))
    changed = made.reform(
        {
            "combine.all": {
                "id": "all",
                "kind": "highest-of",
                "label": "best",
                "rules": ["one", "two"],
                "source": "notice",
            }
        }
    )
    assert (made.decide({"p": True}, DAY).amount, changed.decide({"p": True}, DAY).amount) == (150, 100)
    with pytest.raises(Problems):
        made.reform({"combine.all": None})
