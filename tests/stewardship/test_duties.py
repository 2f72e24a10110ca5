"""权责: who answers for an item, with its history, and the report of gaps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folders import Office, faults
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship import Duty, allotments, by_body, gap_report, history
from huaying_governance.stewardship.duties import PARTS

ON = date(2026, 11, 23)


def duty(part: str, body: str = "civil-affairs", item: str = "conference", **more: object) -> Duty:
    return Duty(item=item, body=body, part=part, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("duties", "codes"),
    [
        ([], ("no-accountable", "no-responsible")),
        ([duty("responsible")], ("no-accountable",)),
        ([duty("consulted"), duty("informed")], ("no-accountable", "no-responsible")),
        ([duty("accountable")], ("no-responsible",)),
        ([duty("accountable"), duty("responsible")], ()),
        ([duty("accountable"), duty("accountable"), duty("responsible")], ()),
        ([duty("accountable"), duty("accountable", "justice"), duty("responsible")], ("two-accountable",)),
        ([duty("accountable", until=ON), duty("responsible", since=ON)], ()),
        ([duty("accountable", until=date(2026, 11, 22)), duty("responsible")], ("no-accountable",)),
        ([duty("accountable", since=date(2026, 11, 24)), duty("responsible")], ("no-accountable",)),
    ],
)
def test_row_6_an_item_without_an_accountable_body_is_in_the_gap_report(
    rules: StewardshipRules, duties: list[Duty], codes: tuple[str, ...]
) -> None:
    """Row 6: an item for which nobody (or more than one body) answers on the day stands in the report of gaps."""
    item = next(item for item in rules.items if item.id == "conference")
    allotted = allotments([item], duties, ON)
    assert [one.ruling.codes for one in allotted] == [codes]
    assert [one.item for one in gap_report(allotted)] == (["conference"] if codes else [])
    assert len(allotted[0].ruling.remedies) == len(codes)


def test_every_item_of_the_pack_is_asked_for(rules: StewardshipRules) -> None:
    """Row 6: an item of the pack that no row names is a gap too, and one that only rows name is judged beside them."""
    held = [duty("accountable", item="other"), duty("responsible", item="other")]
    found = allotments(rules.items, held, ON)
    assert [one.item for one in found] == [*(item.id for item in rules.items), "other"]
    assert {one.item for one in gap_report(found)} == {item.id for item in rules.items}


@given(st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from("abc"), st.integers(1, 28)), max_size=12))
def test_the_history_keeps_every_part_in_order(drawn: list[tuple[str, str, int]]) -> None:
    """Nothing is lost or merged: the history is all that was stated, ordered by item and day."""
    held = [duty(part, body, since=date(2026, 2, day)) for part, body, day in drawn]
    told = history(held)
    assert sorted(told, key=repr) == sorted(held, key=repr)
    days = [one.since for one in told]
    assert days == sorted(days, key=lambda day: day or date.min)
    assert history(told) == told


def test_a_change_of_hands_in_a_case_folder(office: Office) -> None:
    """Row 6: who answered before stands in the history; today's allotment and the gaps of the others are told."""
    rows = [
        {
            "duty_item": "联席会议组织",
            "duty_body": "组织部",
            "part": "A",
            "from": "2025-01-01",
            "to": "2026-06-30",
        },
        {"duty_item": "conference", "duty_body": "治理办", "part": "负总责", "from": "2026-07-01"},
        {"duty_item": "conference", "duty_body": "民政局", "part": "responsible", "from": "2026-07-01"},
        {"duty_item": "self-government", "duty_body": "民政局", "part": "R"},
    ]
    out = office(duties=rows)
    held = {row["duty_item"]: row for row in out["duties"]}
    assert held["conference"]["accountable"] == "governance-office"
    assert held["conference"]["in_force_since"] == "2026-07-01"
    assert held["conference"]["codes"] == ""
    assert {row["duty_item"]: row["codes"] for row in out["duty_gaps"]} == {
        "party-building": "no-accountable;no-responsible",
        "self-government": "no-accountable",
        "duty-list": "no-accountable;no-responsible",
    }
    assert {
        row["duty_body"]: (row["accountable_items"], row["responsible_items"])
        for row in out["department_duties"]
    } == {
        "civil-affairs": ("", "conference;self-government"),
        "governance-office": ("conference", ""),
    }
    assert [(row["duty_body"], row["to"]) for row in out["duty_history"]][:2] == [
        ("organization-dept", "2026-06-30"),
        ("governance-office", ""),
    ]


def test_bad_rows_of_duties_are_problems(tmp_path: Path) -> None:
    """An unknown body or part, and an end before the beginning, are told with place and cure."""
    row = {"duty_item": "conference", "duty_body": "民政局", "part": "A", "from": "2026-07-01"}
    found = faults(
        tmp_path,
        duties=[{**row, "duty_body": "没有的局"}, {**row, "part": "X"}, {**row, "to": "2026-06-30"}],
    )
    assert sorted(one.code for one in found) == ["to-before-from", "unknown-choice", "unknown-organisation"]


@given(
    st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from("abc"), st.sampled_from("xyz")), max_size=20)
)
def test_departments_hold_what_items_say(drawn: list[tuple[str, str, str]]) -> None:
    """Turned over to departments, the table of items keeps every part of every body, once."""
    held = allotments([], [duty(part, body, item) for part, body, item in drawn], ON)
    turned = {
        (part, body, item)
        for body, parts in by_body(held).items()
        for part, items in parts.items()
        for item in items
    }
    assert turned == set(drawn)
    assert sum(len(items) for parts in by_body(held).values() for items in parts.values()) == len(set(drawn))
