"""Documents: includes, kinds, lists and weights, and what reading guarantees."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from huaying_governance.errors import Problems
from huaying_governance.rules import (
    check_policy,
    check_policy_text,
    read_policy,
    read_policy_text,
    select_timetable,
)
from huaying_governance.rules.limits import MAX_PROBLEMS

from .help import DAY, FACTS, HEAD, PACK, rule, subsidy

WEIGHTS = (
    "total = 100\n"
    + HEAD.format(kind="weights", head="")
    + """
[[weights]]
id = "process"
label = "process"
values = [
  { from = 2026-01-01, to = 2026-12-31, value = 60, source = "notice" },
  { from = 2027-01-01, value = "62.5", source = "notice" },
]
[[weights]]
id = "result"
label = "result"
values = [
  { from = 2026-01-01, to = 2026-12-31, value = 40, source = "notice" },
  { from = 2027-01-01, value = "37.5", source = "notice" },
]
"""
)
ITEMS = (
    HEAD.format(kind="list", head="")
    + """
[[items]]
code = "A01"
name = { zh = "事项", en = "matter" }
assigners = ["office"]
from = 2026-01-01
to = 2026-12-31
basis = "notice"
[[items]]
code = "A01"
name = { zh = "事项", en = "matter" }
from = 2027-01-01
basis = "notice"
"""
)


def test_weights():
    """A policy of weights gives the weights in force on a day, exact."""
    made = read_policy_text(WEIGHTS)
    assert made.weights_on(date(2026, 5, 1)) == {"process": 60, "result": 40}
    assert made.weights_on(date(2027, 5, 1)) == {"process": Decimal("62.5"), "result": Decimal("37.5")}
    assert made.weights_on(date(2025, 5, 1)) == {}
    with pytest.raises(TypeError):
        made.decide({}, DAY)


def test_list():
    """A list gives its dated items; two versions of one item never overlap."""
    made = read_policy_text(ITEMS)
    assert [(item.code, item.columns["assigners"]) for item in made.items] == [
        ("A01", ("office",)),
        ("A01", ()),
    ]
    with pytest.raises(Problems) as caught:
        read_policy_text(ITEMS.replace("to = 2026-12-31", "to = 2027-01-01"))
    assert [problem.code for problem in caught.value.problems] == ["overlap"]


def test_properties_of_a_policy():
    """A policy tells its id, kind, titles, programme, subject and where it was read."""
    path = PACK / "policies" / "eligibility-residents-committee.toml"
    made = read_policy(path)
    assert (made.id, made.kind, made.programme, made.subject) == (
        "eligibility-residents-committee",
        "eligibility",
        "anju",
        "residents_committee",
    )
    assert made.titles.zh == "居民委员会选民登记资格"
    assert made.source_path == path
    assert made.weights == made.items == ()


def test_includes_are_shared_and_diamonds_are_fine(tmp_path):
    """Two includes may include a third; it is read once."""
    (tmp_path / "base.toml").write_text('[[source]]\nid = "notice"\ntitle = "notice"\n')
    (tmp_path / "one.toml").write_text('include = ["base.toml"]\n' + FACTS)
    (tmp_path / "two.toml").write_text('include = ["base.toml"]\n')
    main = '[policy]\nid = "x"\nkind = "subsidy"\ntitles = "x"\ninclude = ["one.toml", "two.toml"]\n' + rule(
        "one", "p and r.p"
    )
    path = tmp_path / "main.toml"
    path.write_text(main)
    assert check_policy(path) == ()
    assert str(read_policy(path).decide({"p": True, "r": {"p": True}}, DAY).amount) == "100.00"


def test_problems_of_included_documents_name_their_file(tmp_path):
    """A fault of an included document is told at its own place; a name defined twice names both."""
    (tmp_path / "facts.toml").write_text(FACTS.replace("max = 5", "max = 5.5", 1))
    path = tmp_path / "main.toml"
    path.write_text(subsidy(rule("one", "p"), head='include = ["facts.toml"]'))
    problems = [each for each in check_policy(path) if each.severity == "error"]
    assert {each.code for each in problems} == {"float", "duplicate"}
    assert {each.place.file for each in problems} == {str(tmp_path / "facts.toml"), str(path)}
    assert any("facts.toml:" in each.message.en for each in problems if each.code == "duplicate")


def test_include_cycle_through_others(tmp_path):
    """A circle through several documents is found and shown."""
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / f"{name}.toml").write_text(f'include = ["{other}.toml"]\n')
    path = tmp_path / "main.toml"
    path.write_text(subsidy(rule("one", "p"), head='include = ["a.toml"]'))
    found = [each for each in check_policy(path) if each.code == "include-cycle"]
    assert found[0].message.en == "includes go in a circle: a.toml → b.toml → c.toml → a.toml"


def test_many_problems_are_bounded():
    """At most so many problems are listed, whatever the document."""
    rules = "".join(rule(f"r{number}", "nmae > 1 and a == 'x'") for number in range(300))
    with pytest.raises(Problems) as caught:
        read_policy_text(subsidy(rules))
    assert len(caught.value.problems) == MAX_PROBLEMS


def test_problems_say_a_cure_in_both_languages():
    """A problem reads whole in Chinese and in English: place, what is wrong, the text with a caret, the cure."""
    with pytest.raises(Problems) as caught:
        read_policy_text(subsidy(rule("one", "p and a > bb")), name="政策.toml")
    assert caught.value.say("zh").startswith("政策.toml:")
    assert "没有名为 `bb` 的事实或参数" in caught.value.say("zh")
    assert "^^" in caught.value.say("en")
    assert "to mend: did you mean `b`?" in caught.value.say("en")


def test_timetables_that_collide_across_policies():
    """Two policies that both cover an entry name no timetable: the pack has to be put right."""
    ledgers = read_policy(PACK / "policies" / "ledgers.toml")
    found = select_timetable([ledgers, ledgers], {"kind": "hardship", "source": "visit"}, DAY)
    assert found.missing == ("timetable",)


def test_equality_of_conditions():
    """`p == q` holds where both hold or neither does; with a missing one it is unknown."""
    made = read_policy_text(subsidy(rule("one", "(p == q) == (a > 2)")))
    assert made.judge({"p": True, "q": False, "a": 1}, DAY)[0].holds is True
    assert made.judge({"p": True, "q": False, "a": 3}, DAY)[0].holds is False
    assert made.judge({"p": True, "a": 3}, DAY)[0].missing == ("q",)


def test_missing_needs_no_fact_that_cannot_matter():
    """`a or (a and b)` never needs `b`; what one choice rules out is not asked for."""
    made = read_policy_text(subsidy(rule("one", "p or (p and q)"), facts=FACTS))
    assert made.judge({}, DAY)[0].missing == ("p",)
    other = read_policy_text(
        subsidy(rule("one", "(c == 'x' and p) or (c != 'x' and c == 'x' and q) or (c == 'y' and q)"))
    )
    assert other.judge({"c": "x"}, DAY)[0].missing == ("p",)
    assert other.judge({}, DAY)[0].missing == ("p", "q", "c")
    nested = read_policy_text(subsidy(rule("one", "p if (a < 1 if c == 'z' else p) else c == 'z'")))
    assert nested.judge({"p": True}, DAY)[0].missing == ("c",)


SHORT = """
[policy]
id = "short"
kind = "subsidy"
title = { zh = "短写", en = "short" }

[[source]]
id = "article"
title = "《文章》"
text = "原文"

[facts]
education = { type = "choice", of = ["postgraduate", "bachelor"], zh = "学历" }
in_zone = { type = "boolean", zh = "在经开区就业", en = "in the zone" }
stable_months = { type = "integer", min = 0, max = 720, from = "spells" }
[relations.spouse]
facts = ["in_zone", "stable_months"]

[parameters.award]
unit = "CNY"
values = [{ from = 2021-01-01, value = "10000", source = "article" }]

[[rules]]
id = "postgraduate"
from = 2021-01-01
source = "article"
payee = "worker"
when = "in_zone and education == 'postgraduate'"
amount = "award"
"""


def test_the_short_way_of_writing():
    """Labels may stand beside the type, in one language, or be left out: the name then stands for itself."""
    made = read_policy_text(SHORT)
    assert made.titles.en == "short"
    assert [made.facts[name].label.zh for name in made.facts] == ["学历", "在经开区就业", "stable_months"]
    assert made.facts["education"].label.en == "education"
    assert made.decide({"in_zone": True, "education": "postgraduate"}, DAY).amount == 10000
    assert {problem.code for problem in check_policy_text(SHORT)} == {"unused-fact", "unused-relation"}
    with pytest.raises(Problems):
        read_policy_text(SHORT.replace("title = {", "subtitle = {"))
