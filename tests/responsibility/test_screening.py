"""Screening an assignment: outcomes, codes in order, missing facts, clauses, remedies."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from huaying_governance.errors import Problems
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.packs import Pack
from huaying_governance.responsibility import Admission, Assignment, Register, Screener

# XZ02 协助最低生活保障入户调查: civil affairs and the subdistricts; since 2026-01-01 funds must follow.
DAY = date(2026, 3, 2)


def asked(**changes: Any) -> Assignment:
    usual: dict[str, Any] = {
        "id": "A1",
        "date": DAY,
        "assigner": "民政局",
        "community": "dujiaping",
        "matter": "XZ02",
        "title": None,
        "funding": Decimal(1000),
        "emergency": None,
    }
    return Assignment(**{**usual, **changes})


def admitted(**changes: Any) -> Admission:
    usual: dict[str, Any] = {"id": "R1", "matter": "古树保护巡查", "decided_by": "联席会议"}
    return Admission(**{**usual, **changes})


def answer(ruling: Ruling) -> tuple[str, str, tuple[str, ...]]:
    return ruling.outcome, ";".join(ruling.codes), ruling.missing


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("permitted", "", ())),
        ({"matter": "协助最低生活保障入户调查"}, ("permitted", "", ())),
        ({"matter": " 协助最低生活保障入户调查\u3000"}, ("permitted", "", ())),
        ({"assigner": "civil-affairs"}, ("permitted", "", ())),
        ({"assigner": "华蓥市民政局"}, ("permitted", "", ())),
        ({"assigner": "双河街道办"}, ("permitted", "", ())),
        ({"community": "杜家坪社区"}, ("permitted", "", ())),
        ({"matter": "XZ2"}, ("refused", "not-listed", ())),
        ({"matter": "协助最低生活保障"}, ("refused", "not-listed", ())),
        ({"date": date(2020, 12, 31)}, ("refused", "not-in-force", ())),
        ({"assigner": "公安局"}, ("refused", "assigner-not-allowed", ())),
        (
            {"assigner": "公安局", "funding": Decimal(0)},
            ("refused", "assigner-not-allowed;funds-missing", ()),
        ),
        ({"assigner": "公安局", "funding": None}, ("refused", "assigner-not-allowed;missing:funding", ())),
        ({"assigner": "某某办"}, ("undetermined", "missing:assigner", ("assigner",))),
        ({"assigner": None}, ("undetermined", "missing:assigner", ("assigner",))),
        ({"assigner": None, "matter": "XX"}, ("refused", "not-listed;missing:assigner", ())),
        (
            {"assigner": None, "funding": Decimal(0)},
            ("undetermined", "funds-missing;missing:assigner", ("assigner",)),
        ),
        (
            {"assigner": "", "funding": None},
            ("undetermined", "missing:assigner;missing:funding", ("assigner", "funding")),
        ),
        ({"matter": None}, ("undetermined", "missing:matter", ("matter",))),
        (
            {"matter": " ", "assigner": "x"},
            ("undetermined", "missing:assigner;missing:matter", ("assigner", "matter")),
        ),
        ({"funding": Decimal(0)}, ("conditional", "funds-missing", ())),
        ({"funding": None}, ("undetermined", "missing:funding", ("funding",))),
        ({"matter": "FM02"}, ("refused", "prohibited", ())),
        ({"matter": "招商引资任务", "assigner": "x"}, ("refused", "prohibited;missing:assigner", ())),
        ({"matter": "FM05", "date": date(2024, 8, 5)}, ("refused", "not-listed", ())),
        ({"matter": "FM05", "date": date(2024, 8, 6)}, ("refused", "prohibited", ())),
        ({"matter": "ZZ01", "assigner": "杜家坪社区"}, ("permitted", "", ())),
        ({"matter": "ZZ01", "assigner": "示例社区二"}, ("refused", "assigner-not-allowed", ())),
        ({"matter": "ZZ01"}, ("refused", "assigner-not-allowed", ())),
        ({"assigner": "杜家坪社区"}, ("refused", "assigner-not-allowed", ())),
    ],
)
def test_answers(pack: Pack, changes: dict[str, Any], expected: tuple[str, str, tuple[str, ...]]) -> None:
    """Each outcome, with all codes in the documented order and exactly the facts that could change it."""
    assert answer(pack.screen(asked(**changes))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"matter": "抢险"}, ("emergency", "not-listed", ())),
        ({"matter": "抢险", "assigner": None}, ("emergency", "not-listed;missing:assigner", ())),
        ({"assigner": "公安局"}, ("emergency", "assigner-not-allowed", ())),
        ({"funding": Decimal(0)}, ("emergency", "funds-missing", ())),
        ({"funding": Decimal(0), "assigner": None}, ("emergency", "funds-missing;missing:assigner", ())),
        ({"date": date(2020, 1, 1)}, ("emergency", "not-in-force", ())),
        ({}, ("permitted", "", ())),
        ({"funding": None}, ("undetermined", "missing:funding", ("funding",))),
        ({"assigner": None}, ("undetermined", "missing:assigner", ("assigner",))),
        ({"matter": None}, ("undetermined", "missing:matter", ("matter",))),
        ({"matter": "ZM08"}, ("refused", "prohibited", ())),
    ],
)
def test_emergency(pack: Pack, changes: dict[str, Any], expected: tuple[str, str, tuple[str, ...]]) -> None:
    """An emergency order takes at once what is known to be unlisted or unmet; never what is prohibited."""
    assert answer(pack.screen(asked(emergency="应急令3号", **changes))) == expected


def test_emergency_names_the_day_of_its_review(pack: Pack) -> None:
    """The review of an emergency is due after ten working days; beyond the calendar its day is not guessed."""
    ruling = pack.screen(asked(matter="抢险", emergency="令1", date=date(2026, 9, 18)))
    assert "2026-10-09" in ruling.reason("zh")
    assert ruling.remedies[0].data["review_by"] == date(2026, 10, 9)
    late = pack.screen(asked(matter="抢险", emergency="令1", date=date(2026, 12, 28)))
    assert late.remedies[0].data == {"order": "令1", "review_by": None, "provisional": True}
    assert "日历未覆盖" in late.reason("zh")


@pytest.mark.parametrize(
    ("admission", "changes", "expected"),
    [
        ({}, {}, ("permitted", "", ())),
        ({"matter": None, "title": "古树保护巡查"}, {}, ("permitted", "", ())),
        ({"matter": "T9", "title": "古树保护巡查"}, {}, ("permitted", "", ())),
        ({"matter": "别的"}, {}, ("refused", "not-listed", ())),
        ({"assigner": "住建局"}, {}, ("refused", "assigner-not-allowed", ())),
        ({"assigner": "民政局"}, {}, ("permitted", "", ())),
        ({"assigner": "民政局"}, {"assigner": None}, ("undetermined", "missing:assigner", ("assigner",))),
        ({"communities": ("示例社区二",)}, {}, ("refused", "community-not-covered", ())),
        ({"communities": ("示例社区二", "杜家坪社区")}, {}, ("permitted", "", ())),
        ({"until": date(2026, 3, 1)}, {}, ("refused", "not-in-force", ())),
        ({"until": DAY}, {}, ("permitted", "", ())),
        ({"since": DAY}, {}, ("permitted", "", ())),
        ({"since": date(2026, 3, 3)}, {}, ("refused", "not-in-force", ())),
        ({"funding": Decimal(5)}, {"funding": None}, ("permitted", "", ())),
        ({"funding": Decimal(0)}, {"funding": None}, ("conditional", "funds-missing", ())),
        ({}, {"funding": None}, ("undetermined", "missing:funding", ("funding",))),
        ({"funding": Decimal(5)}, {"funding": Decimal(0)}, ("conditional", "funds-missing", ())),
        (
            {"assigner": "住建局", "communities": ("示例社区二",), "until": date(2026, 1, 1)},
            {"funding": Decimal(0)},
            ("refused", "not-in-force;assigner-not-allowed;community-not-covered;funds-missing", ()),
        ),
    ],
)
def test_admissions(
    pack: Pack, admission: dict[str, Any], changes: dict[str, Any], expected: tuple[str, str, tuple[str, ...]]
) -> None:
    """What is not listed may be admitted: for a term, an assigner, communities; funds must always follow."""
    ruling = pack.screen(asked(**{"matter": "古树保护巡查", **changes}), [admitted(**admission)])
    assert answer(ruling) == expected


def test_admission_widens_the_list(pack: Pack) -> None:
    """A listed matter may be admitted for another assigner; without the admission it stays refused."""
    question = asked(assigner="公安局")
    wider = admitted(matter="协助最低生活保障入户调查", assigner="公安局")
    assert answer(pack.screen(question))[:2] == ("refused", "assigner-not-allowed")
    ruling = pack.screen(question, [wider])
    assert answer(ruling)[:2] == ("permitted", "")
    assert ruling.citations[0].source.id == "admission:R1"


def test_what_is_prohibited_cannot_be_admitted(pack: Pack) -> None:
    """A prohibition bars an admitted matter too."""
    assert answer(pack.screen(asked(matter="FM02"), [admitted(matter="FM02")]))[:2] == (
        "refused",
        "prohibited",
    )


def test_closed_ways_are_all_told(pack: Pack) -> None:
    """Where every way is closed, the grounds of each are given, a code once, its other cases as parts."""
    admissions = [
        admitted(id="R1", assigner="住建局"),
        admitted(id="R2", communities=("示例社区二",)),
        admitted(id="R3", assigner="财政局"),
        admitted(id="R4", until=date(2025, 1, 1)),
    ]
    ruling = pack.screen(asked(matter="古树保护巡查"), admissions)
    assert answer(ruling)[:2] == ("refused", "assigner-not-allowed;community-not-covered")
    assert len(ruling.grounds[0].parts) == 1


def test_admission_faults(pack: Pack) -> None:
    """An admission decided by who asked for it, or naming nobody we know, is a problem, not an answer."""
    for changes, code in [
        ({"assigner": "民政局", "decided_by": "华蓥市民政局"}, "decided-by-requester"),
        ({"assigner": "没有的局"}, "unknown-organisation"),
        ({"communities": ("没有的社区",)}, "unknown-community"),
    ]:
        with pytest.raises(Problems) as caught:
            pack.screen(asked(), [admitted(**changes)])
        assert [found.code for found in caught.value.problems] == [code]
    warned = pack.admission_problems(admitted(decided_by=None))
    assert [(found.code, found.severity) for found in warned] == [("no-decider", "warning")]


def test_unknown_community_is_bad_input(pack: Pack) -> None:
    """An unknown community is a problem with the column it stands in; what is not formed like a place is masked."""
    for written, shown in (("没有的社区", "没有的社区"), ("某某某", "某**")):
        with pytest.raises(Problems) as caught:
            pack.screen(asked(community=written))
        found = caught.value.problems[0]
        assert (found.code, found.place.column, found.value) == ("unknown-community", "community", shown)


def test_row_20_versions(pack: Pack) -> None:
    """row 20: 制定社区“责任清单”: a version counts from its first day; a day before is judged by the one before it."""
    before = pack.screen(asked(date=date(2025, 12, 31), funding=None))
    assert answer(before) == ("permitted", "", ())
    assert before.citations[0].source.id == "rc2018"
    after = pack.screen(asked(date=date(2026, 1, 1), funding=None))
    assert answer(after) == ("undetermined", "missing:funding", ("funding",))
    assert after.citations[0].say("zh") == "《城市居民委员会组织法》（2025年修订）第43条"
    edges = [date(2026, 6, 30), date(2026, 7, 1)]
    cited = [pack.screen(asked(matter="XZ01", date=day)).citations[0].source.id for day in edges]
    assert cited == ["rc2025", "social-assistance2026"]


def test_row_21_unlisted(pack: Pack) -> None:
    """row 21: 清单外不得违规下放和指派: unlisted is refused, with the clause and the way to admission."""
    ruling = pack.screen(asked(matter="代收物业费", assigner="住建局"))
    assert answer(ruling) == ("refused", "not-listed", ())
    assert ruling.citations[0].source.id == "article"
    remedies = {remedy.code: remedy.data for remedy in ruling.remedies}
    assert remedies["request-admission"]["decides"] == "joint-conference"
    assert remedies["request-admission"]["never"] == "housing"
    assert remedies["request-admission"]["asks"] == ("governance-office", "civil-affairs", "dujiaping")
    assert remedies["report-violation"]["to"] == ("joint-conference", "governance-office")


def test_row_22_funds_follow(pack: Pack) -> None:
    """row 22: 费随事转: admitted with 0 funding is conditional, and the remedy says who must pay, by which law."""
    ruling = pack.screen(asked(matter="古树保护巡查", funding=Decimal(0)), [admitted(assigner="民政局")])
    assert answer(ruling) == ("conditional", "funds-missing", ())
    remedy = ruling.remedies[0]
    assert (remedy.code, dict(remedy.data)) == (
        "transfer-funds",
        {"payer": "civil-affairs", "matter": "古树保护巡查", "law": "rc2025"},
    )
    early = pack.screen(
        asked(matter="古树保护巡查", funding=Decimal(0), date=date(2025, 12, 31)), [admitted()]
    )
    assert early.remedies[0].data["law"] is None


def test_row_23_certificates(pack: Pack) -> None:
    """row 23: 证明减负: a certificate that must not be issued is refused, and says where it is had instead."""
    ruling = pack.screen(asked(matter="出具婚姻状况证明", assigner="教育局"))
    assert answer(ruling) == ("refused", "prohibited", ())
    assert ruling.remedies[0].code == "go-to"
    assert ruling.remedies[0].data["instead"] == ("civil-affairs",)
    assert "民政局" in ruling.remedies[0].text.zh
    assert ruling.citations[0].source.id == "certificates2020"


def test_suggestions_are_never_a_match(pack: Pack) -> None:
    """A title brings suggestions, for an empty or unlisted matter only, and decides nothing."""
    title = "关于做好老年人关爱服务工作的通知"
    for matter, code in [(None, "missing:matter"), ("关爱", "not-listed")]:
        ruling = pack.screen(asked(matter=matter, title=title))
        assert ruling.codes == (code,)
        assert ruling.remedies[0].data["suggestions"][0] == "XZ03"
    assert all(remedy.code != "choose-matter" for remedy in pack.screen(asked(title=title)).remedies)
    assert pack.screen(asked(matter=None, title="代售彩票")).remedies == ()


def test_unknown_assigner_is_offered_the_nearest(pack: Pack) -> None:
    """A name near one of the register is offered, never taken."""
    ruling = pack.screen(asked(assigner="市民政局局"))
    assert ruling.codes == ("missing:assigner",)
    assert ruling.remedies[0].data["nearest"][0] == "civil-affairs"


def test_both_languages_and_every_ground_cited(pack: Pack) -> None:
    """Every ground has a clause and both languages; a ruling is stable data."""
    questions = [asked(), asked(matter="x"), asked(assigner=None), asked(funding=None), asked(matter="FM01")]
    for question in [*questions, asked(matter="x", emergency="1")]:
        ruling = pack.screen(question)
        assert all(
            ground.citation is not None and ground.text.zh and ground.text.en for ground in ruling.grounds
        )
        assert ruling.to_dict() == pack.screen(question).to_dict()
        assert "None" not in ruling.explain("en") + ruling.explain("zh")


def test_same_question_same_bytes_whatever_came_before(pack: Pack) -> None:
    """What was asked before, by code or by name, never shows in a later answer."""
    by_name = asked(matter="协助最低生活保障入户调查", funding=Decimal(0), community="synthetic-9")
    by_code = asked(matter="XZ02", funding=Decimal(0), community="synthetic-9")
    assert pack.screen(by_name).to_dict() == pack.screen(by_code).to_dict()


def test_threads_share_one_pack(pack: Pack) -> None:
    """One pack answers many threads alike."""
    questions = [
        asked(matter=matter, assigner=assigner, community=community, funding=funding)
        for matter in ("XZ02", "XZ09", "ZZ01", "FM01", "nothing")
        for assigner in ("民政局", "人社局", "公安局", None)
        for community in ("dujiaping", "synthetic-4")
        for funding in (None, Decimal(0), Decimal(1))
    ]
    alone = [pack.screen(question).to_dict() for question in questions]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(4):
            assert [ruling.to_dict() for ruling in pool.map(pack.screen, questions)] == alone


def test_an_assisting_matter_is_not_assessed_as_principal(pack: Pack) -> None:
    """What the community only assists in may not be assigned as its own: a condition, cited; its own matters may."""
    ruling = pack.screen(asked(role="principal"))
    assert answer(ruling) == ("conditional", "assessed-as-principal", ())
    assert ruling.grounds[1].evidence["role"] == "assistant"
    assert "协助" in ruling.reason("zh")
    assert pack.screen(asked(role="assistant")).outcome == "permitted"
    assert pack.screen(asked(matter="ZZ01", assigner="杜家坪社区", role="principal")).outcome == "permitted"
    late = pack.screen(asked(role="principal", funding=None))
    assert answer(late) == ("undetermined", "assessed-as-principal;missing:funding", ("funding",))


def test_bodies_count_only_while_they_exist(pack: Pack) -> None:
    """An organisation that is no more is unknown; a community that is not yet is covered by nothing."""
    held = pack.screener
    assert held is not None
    last, first = date(2026, 2, 28), date(2026, 3, 2)
    organisations = Register(
        evolve(body, until=last) if body.id == "civil-affairs" else body for body in held.organisations.things
    )
    communities = Register(
        evolve(body, since=first) if body.id == "dujiaping" else body for body in held.communities.things
    )
    judge = Screener(held.matters, organisations, communities, gate=held.gate, calendar=held.calendar)
    assert judge.screen(asked(date=last, community="synthetic-2")).codes == ()
    assert judge.screen(asked(date=date(2026, 3, 1), community="synthetic-2")).codes == ("missing:assigner",)
    assert judge.screen(asked(date=date(2026, 3, 1), assigner="双河街道")).codes == ("community-not-covered",)
    assert judge.screen(asked(date=first, assigner="双河街道")).codes == ()
