"""管理权责: one lead a cell, disputes as a procedure, and the first finder of a hazard."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import huaying_governance as hg
from folders import Office, faults
from huaying_governance.casework import Casebook
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship import Agreement, Find, Segment, first_finder, matrix
from huaying_governance.stewardship.boundary import Cell
from huaying_governance.stewardship.dispute import DISPUTES, Act, Dispute, Standing, Terms

ON = date(2026, 11, 23)
SEGMENT = Segment(id="S1", side_a="shuanghe", side_b="guqiao")


def led(*leads: str, **more: Any) -> list[Agreement]:
    given = {"since": date(2026, 1, 1), **more}
    return [Agreement(segment="S1", matter="fire", lead=lead, **given) for lead in leads]


def cell(rules: StewardshipRules, agreements: list[Agreement], segment: Segment = SEGMENT) -> Cell:
    fire = [matter for matter in rules.matters if matter.id == "fire"]
    return matrix([segment], fire, agreements, ON)[0]


@pytest.mark.parametrize(
    ("agreements", "codes"),
    [
        (led(), ("no-lead",)),
        (led("shuanghe"), ()),
        (led("guqiao", "guqiao"), ()),
        (led("shuanghe", "guqiao"), ("two-leads",)),
        (led("hualong"), ("lead-not-a-side",)),
        (led("shuanghe", "hualong"), ("two-leads", "lead-not-a-side")),
        (led("shuanghe", until=ON), ()),
        (led("shuanghe", until=ON - timedelta(days=1)), ("no-lead",)),
        (led("shuanghe", since=ON + timedelta(days=1)), ("no-lead",)),
        (led("shuanghe", until=date(2026, 6, 30)) + led("guqiao", since=date(2026, 7, 1)), ()),
        (led("shuanghe", review_on=ON), ()),
        (led("shuanghe", review_on=ON - timedelta(days=1)), ("review-overdue",)),
    ],
)
def test_row_8_a_cell_with_two_leads_or_none_is_flagged(
    rules: StewardshipRules, agreements: list[Agreement], codes: tuple[str, ...]
) -> None:
    """Row 8: on the day exactly one side leads in a cell; none, two, or a stranger is flagged with a cure."""
    found = cell(rules, agreements)
    assert found.ruling.codes == codes
    assert len(found.ruling.remedies) == len(codes)
    assert (found.lead == "") is bool({"no-lead", "two-leads"} & set(codes))


def test_an_enclave_has_host_and_owner(rules: StewardshipRules) -> None:
    """Row 8: an enclave names both its host and its owner, and either may lead."""
    whole = Segment(id="S1", side_a="shuanghe", side_b="国有矿区（示例）", enclave=True)
    assert cell(rules, led("国有矿区（示例）"), whole).ruling.codes == ()
    half = Segment(id="S1", side_a="shuanghe", side_b="", enclave=True)
    assert cell(rules, led("shuanghe"), half).ruling.codes == ("enclave-incomplete",)


def test_every_segment_has_every_matter(rules: StewardshipRules) -> None:
    """Row 8: the matrix is whole, whatever is stated: each segment by each matter of the pack, once."""
    segments = [SEGMENT, Segment(id="S2", side_a="guqiao", side_b="hualong")]
    found = matrix(segments, rules.matters, led("shuanghe"), ON)
    assert [(one.segment.id, one.matter.id) for one in found] == list(
        product(["S1", "S2"], [matter.id for matter in rules.matters])
    )
    assert len([one for one in found if one.lead]) == 1


def at(hours: int) -> datetime:
    return datetime(2026, 11, 3, 9, tzinfo=SHANGHAI) + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("acted", "leads", "billed", "codes"),
    [
        (at(1), ["shuanghe"], "shuanghe", ("first-finder-acts",)),
        (at(1), ["guqiao"], "", ("first-finder-acts",)),
        (None, ["shuanghe"], "shuanghe", ("first-finder-acts", "finder-did-not-act")),
        (at(0), ["shuanghe"], "shuanghe", ("first-finder-acts",)),
        (at(-1), ["shuanghe"], "shuanghe", ("first-finder-acts", "acted-before-found")),
        (at(1), [], "", ("first-finder-acts", "no-lead-to-bill")),
        (at(1), ["shuanghe", "guqiao"], "", ("first-finder-acts", "no-lead-to-bill")),
    ],
)
def test_who_finds_a_hazard_first_acts(
    rules: StewardshipRules,
    acted: datetime | None,
    leads: list[str],
    billed: str,
    codes: tuple[str, ...],
) -> None:
    """In a hazard the finder acts whoever leads, and the lead is billed; unclear duties excuse nobody."""
    find = Find(segment="S1", matter="fire", finder="guqiao", at=at(0), acted_at=acted)
    found = first_finder(find, cell(rules, led(*leads)))
    assert (found.acts, found.billed, found.ruling.codes) == ("guqiao", billed, codes)


def test_what_is_no_hazard_is_the_leads(rules: StewardshipRules) -> None:
    """What endangers nobody waits for the lead; without a single lead it is a matter to be settled."""
    market = [matter for matter in rules.matters if matter.id == "market"]
    own = [Agreement(segment="S1", matter="market", lead="shuanghe", since=date(2026, 1, 1))]
    find = Find(segment="S1", matter="market", finder="guqiao", at=at(0))
    assert first_finder(find, matrix([SEGMENT], market, own, ON)[0]).acts == "shuanghe"
    empty = first_finder(find, matrix([SEGMENT], market, [], ON)[0])
    assert (empty.acts, empty.ruling.codes) == ("", ("no-lead-to-bill",))


# Disputes ---------------------------------------------------------------------------------------------------------


Book = Casebook[Dispute, Standing, Act, Terms]


def dispute(kind: str = "responsibility") -> Dispute:
    return Dispute(segment="S1", matter="fire", kind=kind, side_a="shuanghe", side_b="guqiao", at=at(0))


@pytest.fixture
def book(rules: StewardshipRules) -> Book:
    made: Book = Casebook(hg.open_store("memory:"), DISPUTES, rules.disputes)
    made.open("D1", dispute())
    return made


def act(action: str, hours: int, actor: str = "shuanghe", role: str = "side", **more: Any) -> Act:
    return Act(action=action, at=at(hours), actor=actor, role=role, **more)


def refused(book: Book, one: Act, id_: str = "D1") -> tuple[str, ...]:
    before = book.standing(id_)
    with pytest.raises(hg.Refused) as caught:
        book.act(id_, one)
    assert book.standing(id_) == before
    assert len(caught.value.ruling.remedies) == len(caught.value.ruling.codes)
    return caught.value.ruling.codes


AGREED = {"leads": ("guqiao",), "sides": ("shuanghe", "guqiao"), "number": "协议1号"}


def test_an_agreement_has_one_lead_and_both_signatures(book: Book) -> None:
    """Two leads, none, a stranger, one signature and no number are refused, each with its reason; sound it stands."""
    book.act("D1", act("negotiate", 1))
    for change, codes in (
        ({"leads": ("guqiao", "shuanghe")}, ("two-leads",)),
        ({"leads": ()}, ("no-lead",)),
        ({"leads": ("hualong",)}, ("lead-not-a-side",)),
        ({"sides": ("shuanghe",)}, ("not-both-sides",)),
        ({"number": " "}, ("no-number",)),
    ):
        assert refused(book, act("agree", 2, **{**AGREED, **change})) == codes
    assert refused(book, act("agree", 2, "hualong", **AGREED)) == ("not-a-side",)
    assert refused(book, act("agree", 0, **AGREED)) == ("out-of-order",)
    made = book.act("D1", act("agree", 2, **AGREED, from_on=date(2026, 11, 10)))
    assert made.agreement is None
    assert refused(book, act("take_effect", 3, evidence="签署件")) == ("not-yet-in-effect",)
    assert refused(book, act("take_effect", 24 * 7)) == ("no-evidence",)
    held = book.act("D1", act("take_effect", 24 * 7, evidence="签署件")).agreement
    assert held is not None
    assert (held.lead, held.since, held.number) == ("guqiao", date(2026, 11, 10), "协议1号")


def test_the_superior_decides_what_the_sides_cannot(book: Book) -> None:
    """Escalated with a reason, a dispute is decided by the superior or the conference, never by a side."""
    assert refused(book, act("escalate", 1)) == ("no-reason",)
    book.act("D1", act("escalate", 1, reason="协商不成"))
    ruled = {"leads": ("shuanghe",), "number": "裁定1号"}
    assert refused(book, act("decide", 2, "guqiao", "side", **ruled)) == ("wrong-role", "own-decision")
    assert refused(book, act("decide", 2, "guqiao", "superior", **ruled)) == ("own-decision",)
    assert book.act("D1", act("decide", 2, "joint-conference", "conference", **ruled)).decided_by == (
        "joint-conference"
    )


def test_the_line_of_administration_is_not_agreed_upon(rules: StewardshipRules) -> None:
    """A boundary of administration goes to the superior: both sides' agreement is refused with its clause."""
    made: Book = Casebook(hg.open_store("memory:"), DISPUTES, rules.disputes)
    made.open("D2", dispute("administrative"))
    made.act("D2", act("negotiate", 1))
    with pytest.raises(hg.Refused) as caught:
        made.act("D2", act("agree", 2, **AGREED))
    assert caught.value.ruling.codes == ("needs-approval",)
    assert "行政区划管理条例" in caught.value.ruling.explain("zh")
    made.act("D2", act("escalate", 3, reason="涉及区划"))


class Disputes(RuleBasedStateMachine):
    """Whatever is tried, an agreement has one lead of the two sides, and a refusal changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        found = hg.load_pack("huaying").rules(StewardshipRules)
        assert found is not None
        self.book: Book = Casebook(hg.open_store("memory:"), DISPUTES, found.disputes)
        self.book.open("D", dispute())
        self.tick = 0

    @rule(
        action=st.sampled_from(["negotiate", "agree", "escalate", "decide", "take_effect", "revise"]),
        who=st.sampled_from([("shuanghe", "side"), ("hualong", "side"), ("joint-conference", "conference")]),
        leads=st.lists(st.sampled_from(["shuanghe", "guqiao", "hualong"]), max_size=2, unique=True),
        both=st.booleans(),
        text=st.sampled_from(["", "x"]),
        back=st.booleans(),
    )
    def attempt(
        self, action: str, who: tuple[str, str], leads: list[str], both: bool, text: str, back: bool
    ) -> None:
        self.tick += 24
        before = self.book.standing("D")
        one = act(
            action,
            -1 if back else self.tick,
            *who,
            leads=tuple(leads),
            sides=("shuanghe", "guqiao") if both else ("guqiao",),
            number=text,
            reason=text,
            evidence=text,
        )
        ruling = self.book.attempt("D", one, f"c{self.tick}")
        assert self.book.attempt("D", one, f"c{self.tick}") == ruling
        if ruling is not None:
            assert self.book.standing("D") == before
            assert not back or "out-of-order" in ruling.codes
        elif action in {"agree", "decide"}:
            assert len(leads) == 1
            assert "hualong" not in leads
            assert text
            assert action == "decide" or both

    @invariant()
    def an_agreement_is_clear(self) -> None:
        standing = self.book.standing("D")
        if standing.agreement is not None:
            assert standing.agreement.lead in {"shuanghe", "guqiao"}
            assert standing.state in {"in_force", "revised"}


Disputes.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestDisputes = Disputes.TestCase


# In a case folder ---------------------------------------------------------------------------------------------------

SEGMENTS = [{"id": "S1", "side_a": "双河街道", "side_b": "古桥街道"}]
LEADS = [
    {
        "segment": "S1",
        "boundary_matter": matter,
        "lead": "双河街道",
        "from": "2026-01-01",
        "agreement_no": "示例1号",
    }
    for matter in ("sanitation", "治安巡防", "道路", "水渠", "违建")
]
DISPUTE = {
    "id": "D1",
    "segment": "S1",
    "boundary_matter": "消防",
    "dispute_kind": "管理权责",
    "at": "2026-11-03T09:00",
}


def acts(*rows: dict[str, str]) -> list[dict[str, str]]:
    shared = {"boundary_dispute": "D1", "actor": "双河街道", "role": "side"}
    return [{**shared, "at": f"2026-11-03T{10 + n:02}:00", **row} for n, row in enumerate(rows)]


def test_row_8_in_a_case_folder_a_settled_dispute_fills_its_cell(office: Office) -> None:
    """Row 8: two cells of seven are unclear; when the dispute over one takes effect, one is left, and it is named."""
    out = office(segments=SEGMENTS, cell_leads=LEADS)
    assert out["boundary_coverage"] == [
        {"met": "5", "total": "7", "covered": "71.4", "unclear_cells": "S1:fire;S1:market"}
    ]
    signed = {"leads": "古桥街道", "signed_by": "双河街道;古桥街道", "agreement_no": "示例2号"}
    out = office(
        segments=SEGMENTS,
        cell_leads=LEADS,
        boundary_disputes=[DISPUTE],
        boundary_dispute_acts=acts(
            {"action": "协商"},
            {"action": "agree", **signed, "leads": "双河街道;古桥街道"},
            {"action": "agree", **signed},
            {"action": "take_effect", "evidence": "示例2号"},
        ),
        finds=[
            {
                "id": "F1",
                "segment": "S1",
                "boundary_matter": "fire",
                "finder": "双河街道",
                "at": "2026-11-20T09:00",
                "acted_at": "2026-11-20T09:20",
            },
            {
                "id": "F2",
                "segment": "S1",
                "boundary_matter": "fire",
                "finder": "双河街道",
                "at": "2026-12-01T09:00",
            },
        ],
    )
    assert out["boundary_coverage"][0]["unclear_cells"] == "S1:market"
    assert [row["state"] for row in out["boundary_disputes"]] == ["in_force"]
    assert [row["codes"] for row in out["refused_boundary_dispute_acts"]] == ["two-leads"]
    assert [(row["id"], row["acts"], row["billed"]) for row in out["finds"]] == [("F1", "shuanghe", "guqiao")]


def test_bad_rows_of_boundaries_are_problems(tmp_path: Path) -> None:
    """A side twice, a missing side, an unknown matter or segment, and an act on nothing: each with place and cure."""
    found = faults(
        tmp_path,
        segments=[
            *SEGMENTS,
            {"id": "S2", "side_a": "双河街道", "side_b": "双河街道"},
            {"id": "S3", "side_a": "a"},
        ],
        cell_leads=[{**LEADS[0], "boundary_matter": "占卜"}, {**LEADS[0], "segment": "S9"}],
        boundary_disputes=[{**DISPUTE, "segment": "S9"}],
        boundary_dispute_acts=[
            *acts({"action": "协商"}),
            {**acts({"action": "协商"})[0], "boundary_dispute": "D9"},
        ],
    )
    assert sorted(one.code for one in found) == sorted(
        [
            "same-side",
            "empty-cell",
            "unknown-boundary-matter",
            "unknown-segment",
            "unknown-segment",
            "unknown-case",
        ]
    )
