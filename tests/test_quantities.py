"""The quantities of the article that have a home already; each docstring names its quantity."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from importlib.util import find_spec
from zoneinfo import ZoneInfo

import pytest

import huaying_governance as hg
from huaying_governance.programmes import programme
from project import ROOT

DAY = date(2026, 11, 23)
MORNING = datetime(2026, 9, 18, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
LEDGERS = ("hardship", "livelihood", "stability")
FACTS = {"education": "other", "in_zone": True, "stable_months": 12, "spouse": None}


def example(table: str) -> list[dict[str, str]]:
    """Return the rows of a table of the example case folder, as they are written."""
    text = (ROOT / "examples" / "huaying" / f"{table}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="module")
def pack() -> hg.Pack:
    """The shipped pack."""
    return hg.load_pack("huaying")


def amount(pack: hg.Pack, **changes: object) -> Decimal | None:
    """Return what the shipped subsidy pays for these facts."""
    award = pack.policy("zone-employment").decide({**FACTS, **changes}, on=DAY)
    assert isinstance(award, hg.Award)
    return award.amount


def test_q2(pack: hg.Pack) -> None:
    """Q2: nine communities; only 杜家坪 is named, the names of the others say that they are examples."""
    names = {community.id: str(community.name) for community in pack.communities}
    assert len(names) == 9
    assert "杜家坪" in names.pop("dujiaping")
    assert all("示例" in name for name in names.values())
    assert set(names) == {f"synthetic-{number}" for number in range(2, 10)}


def test_q2_contacts() -> None:
    """Q2: each of the nine communities has its leader and a department in the example, and every one counts once."""
    held = {(row["community"], row["contact_kind"]) for row in example("contacts")}
    assert len({community for community, _ in held}) == 9
    assert len(held) == 18


def test_q3() -> None:
    """Q3: three plans in the example, 国民经济发展、城市发展、土地利用, compared two by two."""
    plans = example("plans")
    assert [row["plan_kind"] for row in plans] == ["economic", "urban", "land"]
    assert all("示例" in row["id"] for row in plans)


def test_q4() -> None:
    """Q4: 206 members in the example, each once; they are of several kinds, and not all of them float."""
    members = example("members")
    assert len({row["person"] for row in members}) == len(members) == 206
    assert {bool(row["out_since"]) for row in members} == {True, False}


def test_q5() -> None:
    """Q5: eight branches in the example; 25.75 members each on average is within the rules of formation."""
    sizes = Counter(row["branch"] for row in example("members"))
    assert len(sizes) == 8
    assert sum(sizes.values()) / 8 == 25.75
    assert all(3 <= size <= 50 for size in sizes.values())


def test_q6() -> None:
    """Q6: 29 honours in the example, both titles together."""
    honours = example("honours")
    assert len({row["id"] for row in honours}) == 29
    assert {row["kind"] for row in honours} == {"pioneer", "model"}


def test_q7() -> None:
    """Q7: seven groups in the example, each with a purpose."""
    assert len({row["id"] for row in example("party_groups")}) == 7
    assert {row["purpose"] for row in example("party_groups")} == {"社区共治", "市场共管"}


def test_q10() -> None:
    """Q10: 107 members with a post in the example, over nine communities."""
    posts = example("post_duties")
    assert len({row["person"] for row in posts}) == 107
    assert len({row["community"] for row in posts}) == 9


def test_q8(pack: hg.Pack) -> None:
    """Q8: three ledgers, and each finds its timetable in the pack."""
    with hg.open_store("memory:") as store:
        book = hg.LedgerBook(store, pack, hg.china_calendar())
        for kind in LEDGERS:
            entry = book.register(hg.Entry(kind, kind, "visit", "", "dujiaping", MORNING))
            assert entry.kind == kind
            assert entry.due is not None
            assert entry.citations
        with pytest.raises(hg.Problems):
            hg.Entry("other", "other", "visit", "", "dujiaping", MORNING)


def test_q18(pack: hg.Pack) -> None:
    """Q18: a postgraduate in the zone, 1万元 a year."""
    assert amount(pack, education="postgraduate") == Decimal("10000.00")


def test_q19(pack: hg.Pack) -> None:
    """Q19: a bachelor in the zone, 3000元 a year."""
    assert amount(pack, education="bachelor") == Decimal("3000.00")


@pytest.mark.parametrize(("months", "paid"), [(11, "0.00"), (12, "2000.00"), (13, "2000.00")])
def test_q20(pack: hg.Pack, months: int, paid: str) -> None:
    """Q20: the couple's reward waits for one year of stable work of both."""
    spouse = {"in_zone": True, "stable_months": months}
    assert amount(pack, spouse=spouse) == Decimal(paid)
    assert amount(pack, stable_months=months, spouse={**spouse, "stable_months": 12}) == Decimal(paid)


def test_q21(pack: hg.Pack) -> None:
    """Q21: 2000元 a year, and it stacks with the degree award."""
    spouse = {"in_zone": True, "stable_months": 12}
    assert amount(pack, spouse=spouse) == Decimal("2000.00")
    assert amount(pack, education="bachelor", spouse=spouse) == Decimal("5000.00")


def test_q25(pack: hg.Pack) -> None:
    """Q25: four programmes, in the order of the article; what serves them is there."""
    assert [one.title.zh for one in hg.PROGRAMMES] == ["聚力工程", "领航工程", "安居工程", "乐业工程"]
    policies = {policy.id: policy.programme for policy in pack.policies}
    for one in hg.PROGRAMMES:
        assert programme(one.id) is one
        assert all(find_spec(f"huaying_governance.{concept}") for concept in one.concepts)
        served = {name for name, which in policies.items() if which == one.id}
        assert served <= set(one.policies)
        assert set(one.policies) <= served | {"responsibility-list"}
    with pytest.raises(KeyError):
        programme("none")
