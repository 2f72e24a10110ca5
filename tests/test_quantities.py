"""The quantities of the article that have a home already; each docstring names its quantity."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import huaying_governance as hg
from huaying_governance.neighbourhood import CollectionPoint, duplicates, refuse_out_of_scope
from huaying_governance.neighbourhood.points import Standing
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules
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


def test_q1() -> None:
    """Q1: 第二批、首个 are ranks in a list of pilot cities: the article is cited, nothing is counted by them."""
    shipped = ROOT / "src" / "huaying_governance" / "packs" / "huaying"
    texts = [path.read_text("utf-8") for path in shipped.rglob("*") if path.suffix in {".toml", ".csv"}]
    assert any('id = "article"' in text for text in texts)
    assert not [text for text in texts if "第二批" in text or "首个" in text]


def test_q2(pack: hg.Pack) -> None:
    """Q2: nine communities; only 杜家坪 is named, the names of the others say that they are examples."""
    names = {community.id: str(community.name) for community in pack.communities}
    assert len(names) == 9
    assert "杜家坪" in names.pop("dujiaping")
    assert all("示例" in name for name in names.values())
    assert set(names) == {f"synthetic-{number}" for number in range(2, 10)}


def test_q2_every_community_is_lectured() -> None:
    """Q2: the lectures of the example reach each of the nine communities; 杜家坪 has two, which clash."""
    assert len({row["community"] for row in example("lectures")}) == 9


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


def test_q9(pack: hg.Pack) -> None:
    """Q9: sixteen collection points were added; in the example two of them are one, and wait for somebody to look."""
    rules = pack.rules(NeighbourhoodRules)
    assert rules is not None
    held = example("collection_points")
    assert len({row["id"] for row in held}) == rules.collection.added == 16
    points = [
        Standing(
            point=CollectionPoint(
                id=row["id"],
                community=row["community"],
                kind=row["kind"],
                at=datetime.fromisoformat(row["at"]),
                longitude=Decimal(row["longitude"]),
                latitude=Decimal(row["latitude"]),
            )
        )
        for row in held
    ]
    assert list(duplicates(points, rules.collection.duplicate_metres)) == ["P16"]


def test_q10() -> None:
    """Q10: 107 members with a post in the example, over nine communities."""
    posts = example("post_duties")
    assert len({row["person"] for row in posts}) == 107
    assert len({row["community"] for row in posts}) == 9


def test_q11(pack: hg.Pack) -> None:
    """Q11: six kinds of volunteer service, three of them named by the article; the example orders each once."""
    rules = pack.rules(NeighbourhoodRules)
    assert rules is not None
    kinds = rules.volunteering.kinds
    named = {kind.title.zh for kind in kinds.values() if kind.citation.source.id == "article"}
    assert named == {"代购代买", "矛盾调处", "关心关爱"}
    assert all("示例" in kind.title.zh for kind in kinds.values() if kind.title.zh not in named)
    assert sorted(row["service_kind"] for row in example("volunteer_orders")) == sorted(kinds)
    assert len(kinds) == 6


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


def test_q24() -> None:
    """Q24: the campaign 扫黑除恶“六清” is out of scope; the library says so, and why."""
    with pytest.raises(hg.OutOfScope):
        refuse_out_of_scope("扫黑除恶专项斗争“六清”行动")


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


def test_q12() -> None:
    """Q12: seven specialties in the example; four bear the article's names, the others say that they are examples."""
    trades = {row["specialty"] for row in example("training_sessions")}
    assert len(trades) == 7
    assert {name for name in trades if "示例" not in name} == {"计算机操作", "厨师", "汽车维修", "电商"}


def test_q13_and_q14() -> None:
    """Q13, Q14: 21 sessions, three a trade; 1,108 attendances by 702 persons, more than a class has places."""
    sessions = example("training_sessions")
    assert set(Counter(row["specialty"] for row in sessions).values()) == {3}
    attended = {(row["session"], row["person"]) for row in example("training_signins")}
    assert (len(sessions), len(attended), len({person for _, person in attended})) == (21, 1108, 702)
    assert len(attended) / len(sessions) > 50


def test_q15() -> None:
    """Q15: two agencies in the example, and outreach by both."""
    agencies = {row["id"] for row in example("agencies")}
    assert len(agencies) == 2
    assert {row["agency"] for row in example("agency_outreach")} == agencies


def test_q16() -> None:
    """Q16: fairs in three communities of the fringe; how many fairs there were, the article does not say."""
    assert len({row["community"] for row in example("fairs")}) == 3


def test_q17_q22_and_q23_come_out_as_they_went_in(tmp_path: Path) -> None:
    """Q17, Q22, Q23: 306 persons signed (300-odd), 32 kinds (30-odd) and 412 jobs (several hundred) in the reports."""
    hg.run_case(ROOT / "examples" / "huaying", tmp_path)
    told = {
        name: list(csv.DictReader((tmp_path / f"{name}.csv").read_text("utf-8").splitlines()))
        for name in ("placement_ladder", "job_stock", "training_performance", "agency_performance")
    }
    assert 300 < int(told["placement_ladder"][0]["signed_count"]) == 306 < 310
    assert sum(int(row["signed_count"]) for row in told["agency_performance"]) == 306
    total = told["job_stock"][-1]
    assert (total["kinds_open"], total["jobs_open"]) == ("32", "412")
    assert 200 <= int(total["jobs_open"]) <= 999
    trained = told["training_performance"][-1]
    assert [trained[name] for name in ("specialties", "sessions", "attendances", "persons_trained")] == [
        *("7", "21", "1108", "702")
    ]
