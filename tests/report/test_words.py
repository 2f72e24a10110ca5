"""Words for codes: whatever a result can hold reads in Chinese and in English, on a board as in a brief."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance import flows
from huaying_governance.casework import Casework
from huaying_governance.flows.followed import Followed
from huaying_governance.ledger.table import LEDGER
from huaying_governance.packs import load_pack
from huaying_governance.procedure.table import Procedure
from huaying_governance.report import Results, names_of
from huaying_governance.report.naming import Names
from huaying_governance.report.stated import FOLLOWED as STATED
from huaying_governance.report.vocabulary import COMMON, WORDS, general
from huaying_governance.report.words import NO_NAMES, colour, reader
from huaying_governance.tables import OUTPUTS
from huaying_governance.text import LANGS, Lang, Text
from project import ROOT
from wording import CODE, wordless


def followed() -> Iterator[Followed]:
    """Yield every kind of casework that is joined to a run."""
    for module in pkgutil.walk_packages(flows.__path__, f"{flows.__name__}."):
        for held in vars(import_module(module.name)).values():
            if isinstance(held, Followed):
                yield held


def said(table: str, column: str, cell: str, lang: Lang, names: Names = NO_NAMES) -> str:
    return reader(table, column, lang, names)(cell)


FOLLOWED = {one.work.name: one for one in followed()}
PROCEDURES: list[Procedure[Any, Any, Any]] = [LEDGER, *(one.work.procedure for one in FOLLOWED.values())]


def test_the_example_reads_in_words(results: Path) -> None:
    """No value of any result of the example case stands as a code, in any column that does not name a thing."""
    assert wordless(results) == []


def test_another_city_reads_in_words(tmp_path: Path) -> None:
    """Nor does one of the example of another city, whose pack has no concepts of its own."""
    hg.run_case(ROOT / "examples" / "weifang", tmp_path)
    assert wordless(tmp_path, str(ROOT / "examples" / "packs" / "weifang")) == []


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda one: one.id)
def test_every_state_action_and_refusal_of_every_procedure(procedure: Procedure[Any, Any, Any]) -> None:
    """What is followed up has a result whose states, and one whose actions and refusals, read as words."""
    tables = [(table, refused) for table, refused, held in STATED if held is procedure and refused]
    assert tables, f"{procedure.id}: name its results in report/stated.py"
    for table, refused in tables:
        for state in procedure.states:
            assert said(table, "state", state.id, "zh") == state.label.zh
            assert said(table, "state", state.id, "en") == state.label.en
        codes = [("action", action) for action in procedure.actions]
        codes += [("codes", guard.code) for guard in procedure.guards]
        for column, code in codes:
            assert not CODE.fullmatch(said(refused, column, code, "zh")), (refused, column, code)
            assert "{" not in said(refused, column, code, "zh") + said(refused, column, code, "en")


@pytest.mark.parametrize("one", FOLLOWED.values(), ids=lambda one: one.work.name)
def test_refusals_are_said_where_they_are_listed(one: Followed) -> None:
    """The table that lists a kind's refused acts is the one whose codes come from its guards."""
    assert {guard.code for guard in one.work.procedure.guards} <= WORDS[f"{one.refused.name}.codes"].keys()


def test_columns_of_states_and_choices_have_words() -> None:
    """Whatever is called a state, an outcome, an action or a code has words in every result that has it."""
    pack = names_of(load_pack("huaying"))
    bare = [
        f"{spec.name}.{name}"
        for spec in OUTPUTS
        for name in ("state", "outcome", "action", "codes", "severity", "colour", "kind")
        if name in spec.index and not {f"{spec.name}.{name}", name} & (pack.keys() | WORDS.keys())
    ]
    assert bare == []


def test_words_differ_within_a_column() -> None:
    """Two states of one procedure never read alike, in either language."""
    for procedure in PROCEDURES:
        for lang in LANGS:
            labels = [state.label.say(lang) for state in procedure.states]
            assert len(set(labels)) == len(labels), (procedure.id, lang)


def test_lists_and_what_follows_a_code() -> None:
    """Several codes read one after another; a day or a figure stays beside its code; a missing fact is named."""
    assert said("refused_whistle_acts", "codes", "wrong-state;no-evidence", "zh") == "环节不符；没有附凭据"
    assert said("refused_whistle_acts", "codes", "wrong-state;no-evidence", "en") == (
        "not open in its state; no evidence is given"
    )
    assert said("whistles", "deadlines", "arrive 2026-11-23T10:00;claim 2026-11-25T10:00", "zh") == (
        "到场 2026-11-23T10:00；报办结 2026-11-25T10:00"
    )
    assert (
        said("entries", "citation", "《条例》第1条;missing:category", "zh") == "《条例》第1条;缺少“诉求类型”"
    )
    assert said("vacancies", "missing", "minimum_wage;vacancy.wage", "en") == "a comparable minimum wage; pay"
    assert said("public_post_ledger", "codes", "expiry-60", "zh") == "60日内到期"
    assert said("gigs", "state", "", "zh") == ""


def test_a_reason_names_a_missing_fact_in_words() -> None:
    """Where a reason says which fact is missing, it says so as the column is headed; the rest of it stands."""
    names = names_of(load_pack("huaying"))
    assert said("eligibility", "reason", "甲：未知；缺少事实：worker_since", "zh", names) == (
        "甲：未知；缺少事实：在本社区工作起始日期"
    )
    assert said("awards", "reason", "缺少事实：education", "zh") == "缺少事实：学历"
    assert said("plan_pairs", "reason", "没有写明“datum”；x_y", "zh") == "没有写明“坐标系”；x_y"


def test_what_is_not_known_stands_as_it_is() -> None:
    """A code that nobody has words for, and a text that is none, are shown unchanged."""
    assert said("whistles", "state", "brand-new", "zh") == "brand-new"
    assert said("whistles", "title", "arrive 2026; x", "zh") == "arrive 2026; x"


def test_a_place_calls_its_own_by_name() -> None:
    """Ids of a pack's communities, rules and kinds read as the pack titles them; without a pack they stay."""
    names = names_of(load_pack("huaying"))
    assert said("whistles", "community", "dujiaping", "zh", names) == "杜家坪社区"
    assert said("awards", "rule", "couple", "en", names) != "couple"
    assert said("agenda", "conference", "joint-conference", "zh", names) != "joint-conference"
    assert said("whistles", "community", "dujiaping", "zh") == "dujiaping"


def test_a_pack_without_concepts_names_its_bodies() -> None:
    """A pack that states no rules of a concept still names its communities and policies."""
    names = names_of(load_pack(ROOT / "examples" / "packs" / "weifang"))
    assert names["community"]
    assert "conference" not in names


@given(st.text("一二甲乙ab {}“”（）：n", max_size=20))
def test_general_never_raises_and_leaves_no_place(text: str) -> None:
    """A text with places says the general: brackets with figures go, what is only told after a colon goes."""
    assert "{n}" not in general(Text(text, text)).zh
    told = Text("到会{n}家，不足{m}家（{k}）：{x}", "{n} of {m} came ({k}): {x}")
    assert general(told) == Text("到会…家，不足…家", "… of … came")


@pytest.mark.parametrize(
    ("table", "cells", "expected"),
    [
        ("referrals", {"state": "referred", "reply_late": "yes"}, "red"),
        ("referrals", {"state": "hired", "reply_late": "yes"}, ""),
        ("whistles", {"state": "handling", "late": "arrive;claim"}, "red"),
        ("whistle_months", {"late": "3"}, ""),
        ("resolutions", {"state": "assigned", "colour": "yellow"}, "yellow"),
        ("fairs", {"state": "planned", "codes": "permit-late"}, "red"),
        ("fairs", {"state": "planned", "codes": "permit-task"}, "yellow"),
        ("public_post_ledger", {"state": "on_post", "codes": "expiry-30"}, "yellow"),
        ("public_post_ledger", {"state": "on_post", "codes": "expired"}, "red"),
        ("gigs", {"state": "completed", "codes": "arrears;refer-due"}, "red"),
        ("member_moves", {"state": "registered_in", "transfer_due": "yes"}, "yellow"),
        ("inspections", {"unvisited": "yes"}, "red"),
        ("inspections", {"unvisited": "no"}, "green"),
        ("awards", {"outcome": "undetermined", "overdue": "yes"}, "yellow"),
        ("branches", {"codes": "split"}, ""),
    ],
)
def test_colours_follow_from_the_data(table: str, cells: dict[str, str], expected: str) -> None:
    """Late is red, due is yellow, in time is green; what is closed, and a figure of lateness, have no colour."""
    assert colour(table, cells) == expected


def test_deadlines_of_other_tables_are_near_too(tmp_path: Path) -> None:
    """An open case of any kind is yellow to the third day before its deadline; a deadline that is none is not."""
    header = "id,kind,state,community,lead,bodies,copied_to,due,late,deadlines,score,repeated,citation\n"
    rows = [
        "a,urgent,handling,x,,,,2026-11-25T10:00+08:00,,,,no,",
        "b,urgent,handling,x,,,,2026-12-25T10:00+08:00,,,,no,",
        "c,urgent,closed,x,,,,2026-11-25T10:00+08:00,,,,no,",
        "d,urgent,handling,x,,,,missing:calendar,,,,no,",
    ]
    (tmp_path / "whistles.csv").write_text(header + "\n".join(rows), "utf-8")
    held = Results(tmp_path, date(2026, 11, 23))
    (spec,) = held.tables()
    assert [line.colour for line in held.lines(spec)] == ["yellow", "", "", ""]


def test_common_words_are_pairs() -> None:
    """Yes and no, and the scopes of a count, read in both languages."""
    assert all(text.zh and text.en and text.zh != text.en for text in COMMON.values())


def test_casework_names_are_unique() -> None:
    """Each kind of casework is joined once: its name means one thing in a store."""
    works: list[Casework[Any, Any, Any, Any]] = [one.work for one in FOLLOWED.values()]
    assert len({id(work) for work in works}) == len(works)


@pytest.mark.parametrize("table", ["rule_choices", "venture_contracts", "venture_payments"])
def test_contracts_and_payments_are_not_told_as_assignments(table: str) -> None:
    """What is in order there is no work that may be assigned; what has no word of its own there has the common one."""
    words = WORDS[f"{table}.outcome"]
    assert {words[code].zh for code in ("permitted", "conditional", "refused")} == {"可行", "应补正", "不予"}
    assert words["undetermined"].zh == "事实不足，暂不能定"
