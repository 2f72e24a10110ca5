"""Faults beyond the one of the catalogue: other ways into the same message, by expression and by document."""

from __future__ import annotations

import pytest

from huaying_governance.rules import check_policy_text
from huaying_governance.rules.facts import expected
from huaying_governance.rules.tree import LARGEST, Type

from .help import FACTS, PACK, combine, parameter, rule, subsidy


def codes(text: str, **more: object) -> set[str]:
    return {problem.code for problem in check_policy_text(text, **more) if problem.severity == "error"}  # type: ignore[arg-type]


MONEY = parameter("k", ("2020-01-01", "", "5"))


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("(p and q) > 1", "type-mismatch"),
        ("r > 1", "type-mismatch"),
        ("a + p > 1", "type-mismatch"),
        ("max(a, r) > 1", "type-mismatch"),
        ("t > 1", "compare-mismatch"),
        ("(a if p else t) > 1", "compare-mismatch"),
        ("c == a", "compare-mismatch"),
        ("c in ['x', 'w']", "not-a-choice"),
        ("'w' == c", "not-a-choice"),
        ("c in [1]", "compare-mismatch"),
        ("c", "type-mismatch"),
        ("years_between(a, on) > 1", "type-mismatch"),
        ("add_years(a, 1) > on", "type-mismatch"),
        ("add_years(t, d) > on", "type-mismatch"),
        ("add_years(t, months_between(t, u)) > on", "unit-mismatch"),
        ("add_years(add_years(add_years(t, a * 99), a * 99), a * 99 * 99) > on", "unbounded-shift"),
        ("t > date('1700-01-01')", "out-of-range"),
        ("t > date(t)", "date-argument"),
        ("round(d, a) > 1", "type-mismatch"),
        ("round(d, 7) > 1", "type-mismatch"),
        ("round(d, 1, 1) > 1", "argument-count"),
        ("k > a", "unit-mismatch"),
        ("a + k > 1", "unit-mismatch"),
        ("(k if p else a) > 1", "unit-mismatch"),
        ("max(k, a) > 1", "unit-mismatch"),
        ("nobody.p", "unknown-relation"),
        ("p if q", "expression-ends"),
        ("a in 5", "expression-expected"),
        ("a in [1", "expression-ends"),
        ("max(a 1)", "expression-expected"),
        ("(a > 1", "expression-ends"),
        ("(a > 1]", "expression-expected"),
        ("r.", "expression-ends"),
        ("r.5 > 1", "expression-expected"),
        ("max(a, 1).b > 1", "attribute"),
        ("a not 5", "expression-continues"),
        ("a > 1.", "number-malformed"),
        ("1 > 2", None),
        ("-a > -3", None),
        ("-(2) < a and -1.5 < d", None),
        ("p == (a > 2)", None),
        ("c != 'x' and 'y' != c", None),
        ("round(d, 1) >= 0.5 and floor(d) < 3", None),
        ("d / (a + 1) > 0.1 and a / -2 < -1 and a * -2 <= -4", None),
        ("min(a, b, 3) > 1 and max(a, 2) < 4", None),
        ("(a if p else b) > 3 and (p if q else r)", None),
        ("on < date('2030年1月1日')", None),
    ],
)
def test_expressions(when, code):
    """Each wrong expression is told by its own fault, each right one is read."""
    found = codes(subsidy(MONEY, rule("one", when.replace('"', "'"))))
    if code is None:
        assert found <= {"never-applies"}
        assert ("never-applies" in found) is (when == "1 > 2")
    else:
        assert code in found


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('type = "choice"\nof = ["x", "y", "z"]', 'type = "choice"', "missing-key"),
        ('of = ["x", "y", "z"]', 'of = ["x", "x", "z"]', "duplicate"),
        ('of = ["x", "y", "z"]', 'of = ["x"]', "out-of-range"),
        ('of = ["x", "y", "z"]', 'of = "x"', "wrong-type"),
        ('of = ["x", "y", "z"]', 'of = [{ id = "x" }, "y"]', "missing-key"),
        ("max = 5", 'max = "4.5"', "wrong-type"),
        ("max = 5", 'max = "5"\ngap_days = "k"', "key-needs"),
        ("max = 5", 'max = 5\nfrom = "spells"\nderive = "run_months"\nwhere = "w"', "missing-key"),
        ("max = 5", 'max = 5\nfrom = "spells"\nderive = "run_months"\ngap_days = "k"', "missing-key"),
        ("max = 5", 'max = 5\nfrom = "spells"\nderive = "covers"\nwhere = "w"', "not-one-of"),
        ('facts = ["p", "a"]', 'facts = ["p", "aa"]', "unknown-name"),
        ('facts = ["p", "a"]', 'facts = "p"', "wrong-type"),
        ("[facts.a]", "[facts.A]", "bad-id"),
        ('label = { zh = "甲", en = "a" }', "label = 5", "wrong-type"),
        ('label = { zh = "甲", en = "a" }', 'label = { zh = "甲" }', "missing-language"),
        ('label = { zh = "甲", en = "a" }', 'label = ""', "empty-text"),
        ('id = "notice"', "id = 5", "wrong-type"),
        ('standing = "synthetic"', "standing = 5", "wrong-type"),
        ('standing = "synthetic"', 'standing = "synthetic"\nsince = "2020-01-01"', "wrong-type"),
        ('standing = "synthetic"', 'standing = "synthetic"\nsince = 2020-01-01T10:00:00', "wrong-type"),
        ("[facts.a]", "[facts]\na = 5\n[facts.aa]", "wrong-type"),
        ('from = 2020-01-01\nsource = "notice"', "from = 2020-01-01\nsource = [5]", "missing-citation"),
        (
            'source = "notice"\nwhen',
            'source = [{ from = 2020-01-01, source = "notic" }]\nwhen',
            "unknown-source",
        ),
        (
            'source = "notice"\nwhen',
            'source = [{ to = 2025-12-31, source = "notice" }, { from = 2025-12-31, source = "notice" }]\nwhen',
            "overlap",
        ),
        (
            'source = "notice"\nwhen',
            'source = [{ to = 2025-12-31, source = "notice" }, { from = 2026-02-01, source = "notice" }]\nwhen',
            "citation-not-in-force",
        ),
        ('amount = "100"', 'amount = "100"\npayee = "both"', "missing-key"),
        ('amount = "100"', 'amount = "100"\nunit = "family"', "not-one-of"),
        ('amount = "100"', 'amount = "100"\nprorate = "no"', "wrong-type"),
        ('amount = "100"', 'amount = "k"', "unit-mismatch"),
        ('kind = "subsidy"', 'kind = "subsidy"\ninclude = [5]', "wrong-type"),
        ('kind = "subsidy"', 'kind = "subsidy"\ninclude = "x.toml"', "wrong-type"),
        ('kind = "subsidy"', 'kind = "subsidy"\ninclude = ["C:\\\\x.toml"]', "include-path"),
        ('kind = "subsidy"', "kind = 5", "wrong-type"),
        ("[policy]", "[policies]", "missing-key"),
    ],
)
def test_documents(old, new, code):
    """Each wrong table is told by its own fault."""
    text = subsidy(parameter("k", ("2020-01-01", "", 5), unit="days"), rule("one", "p and r.p and a > 1"))
    assert old in text
    assert code in codes(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (combine("cap", "one", "two"), "missing-key"),
        (combine("sum", "one", "two", more='limit = "5"'), "key-needs"),
        (combine("sum", "one", "two", name="one"), "duplicate"),
        (combine("sum", "one", "two", name="x") + combine("sum", "one", "two", name="x"), "duplicate"),
        (combine("sum", "one", "later") + combine("sum", "one", "two", name="later"), "unknown-rule"),
        ('[proration]\nkind = "months"\nsource = "notice"\n', "missing-key"),
        ('[proration]\nkind = "none"\nmonths = "aa"\nsource = "notice"\n', "unknown-name"),
        ('[proration]\nkind = "days"\ndays = "aa"\nsource = "notice"\n', "unknown-name"),
        ('[proration]\nkind = "none"\nyear_days = 400\nsource = "notice"\n', "out-of-range"),
        ('[proration]\nkind = "none"\nyear_days = 365.5\nsource = "notice"\n', "float"),
        ('[proration]\nkind = "none"\nrounding = "up"\nsource = "notice"\n', "not-one-of"),
    ],
)
def test_combinations_and_proration(block, code):
    """Each wrong combination or proration is told by its own fault."""
    assert code in codes(subsidy(rule("one", "p"), rule("two", "q"), block))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('days = "consult_days"', 'days = "consult"', "unknown-parameter"),
        ('days = "consult_days"', 'days = "ten"', "unit-mismatch"),
        ('at_most = "original"', 'at_most = "longest"', "unknown-parameter"),
        ('start = "received"', 'start = "born"', "not-one-of"),
        (
            'days = "consult_days" }]',
            'days = "consult_days", when = "sorce == \'hotline\'" }]',
            "unknown-name",
        ),
        ("hold_stops = false", 'hold_stops = "no"', "wrong-type"),
        ("category == 'consult'", "category != 'help'", "two-timetables"),
    ],
)
def test_timetables(old, new, code):
    """Each wrong timetable is told by its own fault."""
    path = PACK / "policies" / "hotline.toml"
    text = (
        path.read_text(encoding="utf-8")
        + '\n[parameters.ten]\nvalues = [{ from = 2025-12-25, value = 10, source = "default" }]\n'
    )
    assert old in text
    assert code in codes(text.replace(old, new, 1), base=path.parent)


def test_facts_that_are_not_needed_may_be_shared():
    """What an included document declares, and this policy does not use, is no warning."""
    assert codes(subsidy(rule("one", "p"))) == set()
    assert "unused-fact" in {
        problem.code for problem in check_policy_text(subsidy(rule("one", "p"), facts=FACTS))
    }


@pytest.mark.parametrize(("word", "instead"), [("是", "true"), ("否", "false"), ("且", "and")])
def test_a_chinese_word_for_a_sign_is_told_the_sign(word, instead):
    """Yes and no written in Chinese are answered with what the language writes, as `and` is."""
    told = [
        one
        for one in check_policy_text(subsidy(rule("one", f"p == {word}")))
        if one.code == "operator-instead" and one.cure.zh == f"改用 `{instead}`"
    ]
    assert len(told) == 1


def test_one_language_may_stand_alone():
    """A label of one language is a plain string; the braces ask for both, and the cure says so."""
    text = subsidy(rule("one", "p"))
    braces = text.replace('titles = { zh = "示例", en = "example" }', 'titles = { zh = "示例" }')
    [told] = [one for one in check_policy_text(braces) if one.code == "missing-language"]
    assert "去掉大括号" in told.cure.zh
    assert "missing-language" not in codes(
        text.replace('titles = { zh = "示例", en = "example" }', 'titles = "示例"')
    )


def test_bounds_that_nobody_set_are_not_told():
    """What a value should be names the bounds of the policy, not the largest number of the language."""
    assert expected(Type("integer", low=-LARGEST, high=LARGEST)).en == "an integer"
    assert expected(Type("integer", low=0, high=LARGEST)).en == "an integer, 0 ≤ …"
