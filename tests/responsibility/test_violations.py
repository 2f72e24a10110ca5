"""Violations as records, escalated by threshold; detectors of what single refusals cannot show."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from huaying_governance.packs import Pack
from huaying_governance.responsibility import (
    Assignment,
    Form,
    Rate,
    Request,
    Standing,
    Threshold,
    by_assigner,
    disguises,
    escalations,
    monthly,
    overstays,
    repeated_fields,
    unfunded_rates,
    unlisted_rates,
    violations,
)

DAY = date(2026, 3, 2)


def asked(number: int, **changes: Any) -> Assignment:
    usual: dict[str, Any] = {
        "id": f"A{number}",
        "date": DAY + timedelta(days=number),
        "assigner": "住建局",
        "community": "dujiaping",
        "matter": "代收物业费",
        "channel": "微信群",
    }
    return Assignment(**{**usual, **changes})


def test_refusals_become_records(pack: Pack) -> None:
    """Each refused assignment is a record with its reasons and its channel; others are not."""
    questions = [
        asked(0),
        asked(1, matter="XZ02", assigner="民政局", funding=Decimal(1)),
        asked(2, channel="电话"),
    ]
    records = violations((question, pack.screen(question)) for question in questions)
    assert [(record.assignment, record.codes, record.channel) for record in records] == [
        ("A0", ("not-listed",), "微信群"),
        ("A2", ("not-listed",), "电话"),
    ]
    assert by_assigner(records) == {("住建局", "微信群"): 1, ("住建局", "电话"): 1}


def test_threshold_is_reached_within_its_days(pack: Pack) -> None:
    """Three within ninety days go to the conference; the ninetieth day counts, the ninety-first does not."""

    def escalated(*days: int) -> list[int]:
        records = violations((question, pack.screen(question)) for question in map(asked, days))
        return [len(found.records) for found in escalations(records, Threshold(3, 90))]

    assert escalated(0, 45, 90) == [3]
    assert escalated(0, 45, 91) == []
    assert escalated(0, 91, 92, 93) == [3]
    records = violations((question, pack.screen(question)) for question in map(asked, (0, 1, 2)))
    said = escalations(records, Threshold())[0].say()
    assert said.zh == "住建局在2天内违规下派3次，提请联席会议研究"
    assert "3 times within 2 days" in said.en


def test_rates_have_denominators(pack: Pack) -> None:
    """A rate tells its parts; of nothing there is none."""
    questions = [
        asked(0),
        asked(1, matter="XZ15"),
        asked(2, matter="XZ15", funding=Decimal(0)),
        asked(3, matter="XZ15", funding=Decimal(9)),
        asked(4, assigner="公安局", matter="XZ26", date=date(2025, 3, 1)),
    ]
    judged = [(question, pack.screen(question)) for question in questions]
    assert unlisted_rates(judged) == {"住建局": Rate(1, 4), "公安局": Rate(0, 1)}
    assert unfunded_rates(judged) == {"住建局": Rate(2, 3)}
    assert Rate(2, 3).value == Fraction(2, 3)
    assert Rate(0, 0).value is None
    assert monthly(judged)["dujiaping", "2026-03", "住建局"] == 4


def test_same_data_asked_by_several() -> None:
    """A field that two departments ask for is repeated; twice by one department is not."""
    forms = [
        Form("民政局", "高龄津贴核对表", ("姓名栏", "户数", "家庭人口数")),
        Form("卫健局", "随访表", ("户数", "随访日期")),
        Form("卫健局", "健康表", ("随访日期",)),
    ]
    repeated, rate = repeated_fields(forms)
    assert [(found.field, found.assigners) for found in repeated] == [("户数", ("民政局", "卫健局"))]
    assert rate == Rate(1, 4)


def test_tried_again_under_another_name(pack: Pack) -> None:
    """A refused matter that the same assigner brings again under another name is found; others are not."""
    questions = [
        asked(0, matter="代收物业服务费"),
        asked(10, matter="协助收取物业服务费"),
        asked(11, matter="安装充电桩巡查"),
        asked(12, matter="收取物业服务费", assigner="财政局"),
        asked(250, matter="催收物业服务费"),
    ]
    records = violations((question, pack.screen(question)) for question in questions)
    found = [(each.first.assignment, each.again.assignment) for each in disguises(records)]
    assert found == [("A0", "A10")]
    assert list(disguises(violations((q, pack.screen(q)) for q in map(asked, (0, 1))))) == []


def test_emergencies_that_never_end() -> None:
    """An emergency past its order, or past the day of its review, is listed; on the day itself it is in time."""
    request = Request(id="R", matter="抢险", requester="x", communities=("dujiaping",))
    held = Standing(request=request, state="emergency", expires=DAY, review_by=DAY + timedelta(days=5))
    assert overstays([held], DAY) == ()
    assert overstays([held], DAY + timedelta(days=1)) == (held,)
    assert overstays([Standing(request=request, state="reviewed", expires=DAY)], date(2027, 1, 1)) == ()
