"""议定事项: one lead and a deadline, joint signing, three colours, supervision, verification; resources; traces."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from sessions import DAY, JC, at, carried, decided, follow, ready, refused, resolved, voted
from sessions import opened as session

import huaying_governance as hg
from huaying_governance.conference import (
    ConferenceRules,
    Draw,
    Link,
    Office,
    Pledge,
    Trace,
    colour,
    resolution,
)
from huaying_governance.conference.resolution import ResolutionTerms, opened
from huaying_governance.errors import Problems


def codes(**more: object) -> list[str]:
    said: dict[str, object] = {
        "item": "A1",
        "meeting": "M1",
        "text": "t",
        "leads": ("housing",),
        "on": DAY,
        "due": DAY + timedelta(days=30),
        "measure": "m",
    }
    with pytest.raises(Problems) as caught:
        resolution(**(said | more))  # type: ignore[arg-type]
    assert all(one.cure.zh and one.cure.en and one.place.column for one in caught.value.problems)
    return [one.code for one in caught.value.problems]


def test_row_4_one_lead_and_a_deadline() -> None:
    """Row 4: two leads, no lead, no deadline, one before the resolution, no measure: all told at once, with cures."""
    assert codes(leads=("housing", "finance")) == ["two-leads"]
    assert codes(due=None) == ["no-deadline"]
    assert codes(leads=("housing", "finance"), due=None) == ["two-leads", "no-deadline"]
    assert codes(leads=(), due=DAY - timedelta(days=1), measure=" ") == [
        *("no-lead", "due-before-resolved", "no-measure")
    ]
    assert codes(cooperators=("housing",)) == ["lead-cooperates"]
    assert resolved(due=DAY).lead == "housing"


def test_only_what_a_meeting_carried_is_assigned(office: Office) -> None:
    """A resolution on an item that no meeting carried, or that it carried only later, is not assigned."""
    book = office.resolutions
    book.open("Z1", resolved())
    assert refused(book, "Z1", follow("assign", "secretariat")) == ("not-carried",)
    carried(office)
    book.open("Z2", resolved(on=DAY - timedelta(days=1)))
    assert refused(book, "Z2", follow("assign", "secretariat", -1)) == ("not-carried",)
    assert book.act("Z1", follow("assign", "secretariat")).state == "assigned"
    book.open("Z3", resolved(item="A2"))
    assert refused(book, "Z3", follow("assign", "secretariat")) == ("not-carried",)


def test_joint_signing(office: Office) -> None:
    """会签: all that cooperate sign once; over an objection only the convener assigns, with a reason."""
    carried(office)
    book = office.resolutions
    book.open("Z1", resolved(cooperators=("finance", "civil-affairs")))
    book.open("Z2", resolved())
    assert refused(book, "Z2", follow("circulate", "secretariat")) == ("no-cooperators",)
    assert refused(book, "Z1", follow("assign", "secretariat")) == ("unsigned",)
    book.act("Z1", follow("circulate", "secretariat"))
    signs = follow("sign", "cooperator", actor="finance", agreed=True)
    assert refused(book, "Z1", follow("sign", "cooperator", actor="education")) == (
        "not-a-signatory",
        "no-opinion",
    )
    book.act("Z1", signs)
    assert refused(book, "Z1", signs) == ("signed-already",)
    bare = follow("sign", "cooperator", actor="civil-affairs", agreed=False)
    assert refused(book, "Z1", bare) == ("no-opinion",)
    assert book.standing("Z1").unsigned() == ("civil-affairs",)
    book.act("Z1", follow("sign", "cooperator", actor="civil-affairs", agreed=False, reason="经费未落实"))
    assert refused(book, "Z1", follow("assign", "secretariat", reason="r")) == ("unsigned",)
    assert refused(book, "Z1", follow("assign", "convener")) == ("unsigned",)
    assert book.act("Z1", follow("assign", "convener", reason="经费由市级解决")).state == "assigned"


@pytest.fixture
def assigned(office: Office) -> Office:
    """A resolution of thirty days, assigned."""
    carried(office)
    office.resolutions.open("Z1", resolved())
    office.resolutions.act("Z1", follow("assign", "secretariat"))
    return office


@pytest.mark.parametrize(
    ("after", "reported", "tint"),
    [
        *[(0, False, "green"), (14, False, "green"), (15, False, "yellow"), (26, True, "green")],
        *[
            (15, True, "green"),
            (27, True, "yellow"),
            (30, True, "yellow"),
            (31, True, "red"),
            (31, False, "red"),
        ],
    ],
)
def test_three_colours(assigned: Office, after: int, reported: bool, tint: str) -> None:
    """Yellow at half the term without progress and three days before the deadline, red the day after it."""
    if reported:
        assigned.resolutions.act("Z1", follow("progress", "lead", evidence="E1"))
    standing = assigned.resolutions.standing("Z1")
    assert colour(standing, DAY + timedelta(days=after), assigned.rules) == tint


@given(term=st.integers(0, 400), after=st.integers(0, 500), reported=st.booleans())
def test_colours_only_darken_with_time(rules: ConferenceRules, term: int, after: int, reported: bool) -> None:
    """Without acts a colour never brightens; red is exactly what lies beyond the deadline."""
    standing = opened(resolved(due=DAY + timedelta(days=term)))
    standing = evolve(standing, state="in_progress", progress=int(reported))
    day = DAY + timedelta(days=after)
    order = ["green", "yellow", "red"]
    tint = colour(standing, day, rules)
    assert (tint == "red") == (after > term)
    assert order.index(tint) <= order.index(colour(standing, day + timedelta(days=1), rules))


def test_extension_supervision_escalation(assigned: Office) -> None:
    """Extended once and before the deadline; supervised when yellow or red; taken up level by level when red."""
    book = assigned.resolutions
    assert refused(book, "Z1", follow("supervise", "secretariat", 1, reason="r")) == ("on-time",)
    assert refused(book, "Z1", follow("escalate", "secretariat", 1, reason="r")) == ("not-overdue",)
    assert refused(book, "Z1", follow("extend", "convener", 1, days=0)) == ("bad-days", "no-reason")
    assert refused(book, "Z1", follow("extend", "lead", 1, days=5, reason="r")) == ("wrong-role",)
    late = follow("extend", "convener", 31, days=5, reason="r")
    assert refused(book, "Z1", late) == ("after-due",)
    standing = book.act("Z1", follow("extend", "convener", 30, days=5, reason="雨季"))
    assert standing.due == date(2026, 10, 26)
    assert refused(book, "Z1", follow("extend", "convener", 31, days=5, reason="r")) == ("extension-limit",)
    assert book.act("Z1", follow("supervise", "secretariat", 33, reason="临期")).supervised == 1
    for level in (1, 2):
        assert book.act("Z1", follow("escalate", "convener", 36, reason="逾期")).level == level
    assert refused(book, "Z1", follow("escalate", "convener", 36, reason="r")) == ("top-level",)


def test_an_unknown_meeting_has_no_levels(rules: ConferenceRules) -> None:
    """Where nobody knows the meeting, nothing can be taken up."""
    assert ResolutionTerms(rules, hg.china_calendar()).levels(opened(resolved())) == ()


def test_verification_by_another_and_reopening(assigned: Office) -> None:
    """The lead reports, another verifies; what is not done goes back, what is closed may be opened again with days."""
    book = assigned.resolutions
    assert refused(book, "Z1", follow("progress", "lead", 1, actor="finance")) == (
        "not-the-lead",
        "no-evidence",
    )
    book.act("Z1", follow("claim", "lead", 29, evidence="E1"))
    own = follow("verify", "verifier", 29, actor="housing", satisfied=True, evidence="E2")
    assert refused(book, "Z1", own) == ("own-work",)
    none = follow("verify", "verifier", 29, actor="finance")
    assert refused(book, "Z1", none) == ("no-finding", "no-evidence")
    back = book.act("Z1", follow("verify", "verifier", 31, actor="finance", satisfied=False, evidence="E2"))
    assert (back.state, back.claimed_on, back.returned) == ("in_progress", None, 1)
    assert colour(back, DAY + timedelta(days=31), assigned.rules) == "red"
    claimed = book.act("Z1", follow("claim", "lead", 40, evidence="E3"))
    assert colour(claimed, DAY + timedelta(days=90), assigned.rules) == "red"
    book.act("Z1", follow("verify", "verifier", 41, actor="finance", satisfied=True, evidence="E4"))
    closed = book.act("Z1", follow("close", "secretariat", 41))
    assert closed.closed_on == DAY + timedelta(days=41)
    assert colour(closed, DAY + timedelta(days=90), assigned.rules) == ""
    assert refused(book, "Z1", follow("reopen", "convener", 50)) == ("bad-days", "no-reason")
    again = book.act("Z1", follow("reopen", "convener", 50, days=10, reason="反弹"))
    assert (again.state, again.due, again.returned) == ("in_progress", DAY + timedelta(days=60), 2)


def test_what_is_reported_in_time_stays_green(assigned: Office) -> None:
    """The verifier's time is not the lead's: what was reported as done by the deadline does not turn red."""
    standing = assigned.resolutions.act("Z1", follow("claim", "lead", 30, evidence="E1"))
    assert colour(standing, DAY + timedelta(days=99), assigned.rules) == "green"


def test_a_draft_is_withdrawn(office: Office) -> None:
    """A draft may be withdrawn with a reason; it has no colour."""
    carried(office)
    office.resolutions.open("Z1", resolved())
    assert refused(office.resolutions, "Z1", follow("withdraw", "convener")) == ("no-reason",)
    standing = office.resolutions.act("Z1", follow("withdraw", "convener", reason="重复"))
    assert colour(standing, DAY, office.rules) == ""


# Shared resources


def pledge(kind: str = "place", amount: str = "3", **more: object) -> Pledge:
    said: dict[str, object] = {
        "conference": JC,
        "member": "civil-affairs",
        "title": "活动室",
        "unit": "间",
        "on": DAY,
    }
    return Pledge(kind=kind, amount=Decimal(amount), **(said | more))  # type: ignore[arg-type]


def draw(
    action: str, amount: str | None = None, after: int = 0, actor: str = "dujiaping", **more: object
) -> Draw:
    role = "member" if action == "end" else "user"
    much = None if amount is None else Decimal(amount)
    moment = at(DAY + timedelta(days=after))
    return Draw(action=action, at=moment, actor=actor, role=role, amount=much, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("drawn", "left"), [("2", "1"), ("3", "0"), ("0.5", "2.5")])
def test_row_5_pledge_three_rooms_use_two(office: Office, drawn: str, left: str) -> None:
    """Row 5: three rooms pledged and two used leave one; more than is left is refused, and says what is left."""
    office.pledges.open("P1", pledge())
    standing = office.pledges.act("P1", draw("draw", drawn))
    assert standing.balance(office.rules) == Decimal(left)
    over = draw("draw", str(Decimal(left) + Decimal("0.5")), actor="synthetic-2")
    assert refused(office.pledges, "P1", over) == ("overdrawn",)
    ruling = office.pledges.attempt("P1", over, "c")
    assert ruling is not None
    assert f"余量{left}间" in ruling.reason("zh")


def test_row_5_what_is_given_back_can_be_drawn_again(office: Office) -> None:
    """Row 5: each gives back what it holds, no more; after the term nothing is drawn; in use a pledge does not end."""
    book = office.pledges
    book.open("P1", pledge(until=DAY + timedelta(days=10)))
    book.act("P1", draw("draw", "2"))
    book.act("P1", draw("draw", "1", actor="synthetic-2"))
    assert refused(book, "P1", draw("give_back", "2", actor="synthetic-2")) == ("not-held",)
    assert refused(book, "P1", draw("draw")) == ("no-amount",)
    assert refused(book, "P1", draw("draw", "0")) == ("no-amount",)
    standing = book.act("P1", draw("give_back", "2"))
    assert standing.held == (("synthetic-2", Decimal(1)),)
    assert refused(book, "P1", draw("draw", "1", 11)) == ("term-over",)
    book.act("P1", draw("draw", "1", 10))
    end = draw("end", None, 12, "civil-affairs", reason="收回")
    assert refused(book, "P1", end) == ("in-use",)
    book.act("P1", draw("give_back", "1", 12))
    book.act("P1", draw("give_back", "1", 12, "synthetic-2"))
    assert refused(book, "P1", draw("end", None, 12)) == ("not-the-member", "no-reason")
    assert book.act("P1", end).state == "ended"
    assert refused(book, "P1", draw("draw", "1", 12)) == ("wrong-state", "term-over")


def test_row_5_information_is_shared_by_many(office: Office) -> None:
    """Row 5: use takes information away from nobody: two communities draw one data set, and it is all there."""
    office.pledges.open("P1", pledge("information", "1", unit="套"))
    for user in ("dujiaping", "synthetic-2"):
        assert office.pledges.act("P1", draw("draw", "1", actor=user)).balance(office.rules) == 1


# Trace


def test_trace_both_ways(office: Office) -> None:
    """From a violation to the resource that followed, and from each of them back: through item, meeting, resolution."""
    ready(office, "A1", reference_kind="violation", references=("J7", "J8"))
    ready(office, "A9")
    session(office, "A1", "A9")
    voted(office, "A1", "y")
    decided(office, "A1")
    office.resolutions.open("Z1", resolved())
    office.pledges.open("P1", pledge(resolution="Z1"))
    office.pledges.open("P2", pledge())
    found = office.trace()
    assert found.results("violation", "J7") == (
        (("item", "A1"), 1),
        *((("meeting", "M1"), 2), (("resolution", "Z1"), 2)),
        (("pledge", "P1"), 3),
    )
    back = [node for node, _ in found.origins("pledge", "P1")]
    assert back == [
        *[("resolution", "Z1"), ("item", "A1"), ("meeting", "M1")],
        *[("violation", "J7"), ("violation", "J8")],
    ]
    assert [node for node, _ in found.origins("meeting", "M1")][:2] == [("item", "A1"), ("item", "A9")]
    assert found.results("item", "A9") == ((("meeting", "M1"), 1),)
    assert found.origins("pledge", "P2") == found.results("nothing", "N") == ()


nodes = st.tuples(st.sampled_from(["item", "meeting"]), st.sampled_from("abcdef"))


@given(st.lists(st.builds(Link, nodes, nodes), max_size=12))
def test_what_one_follows_from_is_what_the_other_leads_to(links: list[Link]) -> None:
    """A is an origin of B exactly where B is a result of A, as many steps away; loops end."""
    found = Trace(tuple(links))
    onward = {(a, b, steps) for a in found.nodes for b, steps in found.results(*a)}
    back = {(a, b, steps) for b in found.nodes for a, steps in found.origins(*b)}
    assert onward == back
