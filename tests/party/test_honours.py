"""先锋岗与示范户、功能党小组、设岗定责."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.hanging import ON_REGISTER, quarters
from huaying_governance.party.honour import (
    Act,
    Group,
    Honour,
    Terms,
    group_state,
    markets_without_roster,
    rectify_by,
    review_due,
    state_on,
)
from huaying_governance.party.honouring import HONOURS
from huaying_governance.party.posts import Duty, score

START = date(2026, 9, 1)
RULES = hg.load_pack("huaying").rules(PartyRules)
assert RULES is not None
TERMS = Terms(RULES.honours, hg.china_calendar())


def act(action: str, day: int, role: str = "committee", **more: Any) -> Act:
    return Act(action=action, on=START + timedelta(days=day), actor="clerk", role=role, **more)


LISTING = (
    act("check", 0, "market", passed=True, evidence="licence"),
    act("vote", 1, passed=True),
    act("publicise", 2),
    act("list", 10),
)


@pytest.fixture
def book() -> Any:
    made: Any = Casebook(hg.open_store("memory:"), HONOURS, TERMS)
    made.open("H1", Honour(holder="p-1", kind="pioneer", community="dujiaping", trade="farm", on=START))
    return made


def listed(book: Any) -> None:
    for one in LISTING:
        book.act("H1", one)


def refused(book: Any, one: Act) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        book.act("H1", one)
    return caught.value.ruling.codes


def test_row_35_a_confirmed_penalty_suspends_at_once_and_in_public(book: Any) -> None:
    """Row 35: short weight, confirmed: suspended the same day with a public note; put right, it hangs again."""
    listed(book)
    assert refused(book, act("penalty", 20, "market")) == ("no-reason", "no-evidence")
    book.act("H1", act("penalty", 20, "market", reason="短斤少两", evidence="penalty-1"))
    standing = book.standing("H1")
    assert (standing.state, standing.notice) == ("suspended", "短斤少两")
    book.act("H1", act("rectify", 30, evidence="visit"))
    assert book.standing("H1").state == "listed"
    book.act("H1", act("remove", 40, reason="歇业"))
    assert refused(book, act("rectify", 41, evidence="visit")) == ("wrong-state",)


def test_row_35_nothing_hangs_before_its_publicity_is_over(book: Any) -> None:
    """Row 35: five working days of publicity: on the fifth it is too early, on the next day it may hang."""
    for one in LISTING[:3]:
        book.act("H1", one)
    assert refused(book, act("list", 9)) == ("publicity-running",)
    book.act("H1", act("list", 10))
    assert book.standing("H1").listed_on == date(2026, 9, 11)


@pytest.mark.parametrize(
    ("days", "state"),
    [((11, 12), "listed"), ((11, 12, 13), "review"), ((11, 12, 376), "listed"), ((11, 12, 375), "review")],
)
def test_row_36_three_complaints_within_twelve_months_open_a_review(
    book: Any, days: tuple[int, ...], state: str
) -> None:
    """Row 36: the third within twelve months opens a review; when the first is a year old it does not."""
    listed(book)
    for day in days:
        book.act("H1", act("complaint", day, "market", evidence="c"))
    assert book.standing("H1").state == state


def test_the_applicant_has_no_hand_in_it(book: Any) -> None:
    """Who applied does not act on the own honour, and an older act than the last one is refused."""
    own = Act(action="check", on=START, actor="p-1", role="market", passed=True, evidence="e")
    assert refused(book, own) == ("own-honour",)
    assert refused(book, act("check", -1, "market", passed=True, evidence="e")) == ("out-of-order",)
    book.act("H1", act("check", 0, "market", passed=False, evidence="e"))
    assert book.standing("H1").state == "rejected"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(HONOURS.procedure.actions)),
            st.integers(0, 400),
            st.sampled_from(["market", "committee", "community"]),
            st.booleans(),
        ),
        max_size=25,
    )
)
def test_whatever_is_tried_nothing_hangs_unpublicised(steps: list[tuple[str, int, str, bool]]) -> None:
    """Model: in any order of acts, what hangs was publicised for its days, and replay ends as the book stood."""
    book: Any = Casebook(hg.open_store("memory:"), HONOURS, TERMS)
    book.open("H1", Honour(holder="p", kind="model", community="dujiaping", trade="t", on=START))
    for number, (action, day, role, passed) in enumerate(steps):
        one = Act(
            action=action,
            on=START + timedelta(days=day),
            actor="c",
            role=role,
            passed=passed,
            reason="r",
            evidence="e",
        )
        before = book.standing("H1")
        ruling = book.attempt("H1", one, f"c{number}")
        again = book.attempt("H1", one, f"c{number}")
        assert (ruling is None) == (again is None)
        if ruling is not None:
            assert book.standing("H1") == before
    standing = book.standing("H1")
    if standing.listed_on is not None:
        assert TERMS.publicity_ends(standing.publicised_on) < standing.listed_on
    assert standing.state not in {"listed", "suspended", "review"} or standing.listed_on is not None


@pytest.mark.parametrize(("day", "open_"), [(15, True), (16, False)])
def test_what_is_not_put_right_in_fifteen_days_is_removed_by_itself(book: Any, day: int, open_: bool) -> None:
    """Suspended: on the fifteenth day it may still be put right; on the sixteenth it is removed."""
    listed(book)
    book.act("H1", act("penalty", 20, "market", reason="短斤少两", evidence="p"))
    standing = book.standing("H1")
    assert rectify_by(standing, TERMS.rules) == START + timedelta(days=35)
    assert state_on(standing, TERMS.rules, START + timedelta(days=20 + day)) == (
        "suspended" if open_ else "removed"
    )
    if open_:
        book.act("H1", act("rectify", 20 + day, evidence="v"))
        assert book.standing("H1").state == "listed"
        assert state_on(book.standing("H1"), TERMS.rules, START + timedelta(days=400)) == "listed"
    else:
        assert refused(book, act("rectify", 20 + day, evidence="v")) == ("lapsed",)
        assert refused(book, act("remove", 20 + day, reason="r")) == ("lapsed",)


def test_a_review_is_due_every_quarter(book: Any) -> None:
    """Listed on 11 September: due by 11 December; a review that passes moves it on, one that fails suspends."""
    assert review_due(book.standing("H1"), TERMS.rules) is None
    listed(book)
    assert review_due(book.standing("H1"), TERMS.rules) == date(2026, 12, 11)
    book.act("H1", act("review", 30, passed=True))
    assert review_due(book.standing("H1"), TERMS.rules) == date(2027, 1, 1)
    book.act("H1", act("complaint", 31, "market", evidence="c"))
    assert review_due(book.standing("H1"), TERMS.rules) == date(2027, 1, 1)
    book.act("H1", act("review", 40, passed=False))
    assert (book.standing("H1").state, review_due(book.standing("H1"), TERMS.rules)) == ("suspended", None)


@pytest.mark.parametrize(("action", "role"), [("close_down", "market"), ("discipline", "committee")])
@pytest.mark.parametrize("suspended", [False, True])
def test_closing_and_discipline_remove_at_once(book: Any, action: str, role: str, suspended: bool) -> None:
    """停业、党纪处分: removed at once, hanging or suspended, with a reason that can be made public and evidence."""
    listed(book)
    if suspended:
        book.act("H1", act("penalty", 20, "market", reason="r", evidence="p"))
    assert refused(book, act(action, 21, role)) == ("no-reason", "no-evidence")
    standing = book.act("H1", act(action, 21, role, reason="停业", evidence="e"))
    assert (standing.state, standing.notice) == ("removed", "停业")


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.sampled_from(["review", "complaint", "penalty", "rectify", "remove", "close_down"]),
                st.integers(1, 120),
                st.booleans(),
            ),
            max_size=8,
        ),
        max_size=4,
    ),
    st.integers(0, 500),
)
def test_every_quarter_begins_as_the_last_one_ended(
    histories: list[list[tuple[str, int, bool]]], days: int
) -> None:
    """Model: at the end is what was at the start, with what was added, without what was removed; quarters join."""
    book: Any = Casebook(hg.open_store("memory:"), HONOURS, TERMS)
    for number, steps in enumerate(histories):
        id_ = f"H{number}"
        book.open(id_, Honour(holder="p", kind="model", community="dujiaping", trade="t", on=START))
        for one in LISTING:
            book.act(id_, one)
        day = 10
        for index, (action, more, passed) in enumerate(steps):
            day += more
            role = "market" if action in {"complaint", "penalty", "close_down"} else "committee"
            one = act(action, day, role, passed=passed, reason="r", evidence="e")
            book.attempt(id_, one, f"{id_}-{index}")
    on = START + timedelta(days=days)
    standings = [standing for _, standing in book.all()]
    found = quarters(standings, TERMS.rules, on)
    for one in found:
        assert one.at_end == one.at_start + one.added - one.removed
        assert 0 <= one.suspended <= one.at_end
    for before, after in itertools.pairwise(found):
        assert after.at_start == before.at_end
    if found:
        assert found[0].at_start == 0
    if found and all(standing.last_on <= on for standing in standings):
        last = sum(state_on(one, TERMS.rules, on) in ON_REGISTER for one in standings)
        assert found[-1].at_end == last


@pytest.mark.parametrize(("idle", "state"), [(89, "active"), (90, "dormant"), (0, "active")])
def test_row_37_ninety_days_without_activity_are_dormant(idle: int, state: str) -> None:
    """Row 37: ninety days without activity: dormant; past its end a group has ended; a later activity is not known."""
    group = Group(id="G1", scope="市场共管", since=START, active=(START + timedelta(days=5),))
    on = START + timedelta(days=5 + idle)
    assert group_state(group, TERMS.rules, on) == state
    ended = Group(id="G1", scope="市场共管", since=START, until=on - timedelta(days=1))
    assert group_state(ended, TERMS.rules, on) == "ended"
    assert group_state(ended, TERMS.rules, START) == "active"


def test_row_38_each_market_has_somebody_on_duty() -> None:
    """Row 38: the farm market and the building market each need a roster; the one without is named."""
    markets = ("农贸市场", "建材市场")
    duties = [("农贸市场", START)]
    assert markets_without_roster(markets, duties, START) == ("建材市场",)
    assert markets_without_roster(markets, [*duties, ("建材市场", START)], START) == ()
    assert markets_without_roster(markets, duties, START + timedelta(days=1)) == markets


@pytest.mark.parametrize(
    ("duty", "bonus", "points", "codes"),
    [
        (45, 20, 115, ("five-star",)),
        (40, None, 90, ("five-star",)),
        (39, 0, 89, ()),
        (50, 20, 120, ("five-star",)),
        (51, 0, None, ("beyond-most",)),
        (50, 21, None, ("beyond-most",)),
        (None, 5, None, ()),
    ],
)
def test_row_65_the_points_of_a_quarter(
    duty: int | None, bonus: int | None, points: int | None, codes: tuple[str, ...]
) -> None:
    """Row 65: base 50, duty 45 and bonus 20 make 115, five stars from 90 on; more than the most is refused."""
    assert RULES is not None
    one = Duty(
        post="代购代买",
        person="p",
        community="dujiaping",
        quarter="2026Q3",
        applied=True,
        publicised=True,
        duty=duty,
        bonus=bonus,
    )
    found = score(one, RULES.posts)
    assert found.points == points
    assert found.ruling.codes == codes
    assert found.ruling.missing == (("duty",) if duty is None else ())


def test_honours_and_posts_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """Tables of honours and posts become the list of what hangs and the points, with refusals listed."""
    rows = [
        {
            "honour": "H1",
            "date": str(one.on),
            "action": one.action,
            "actor": one.actor,
            "role": one.role,
            "passed": "" if one.passed is None else "是",
            "reason": one.reason,
            "evidence": one.evidence,
        }
        for one in (*LISTING, act("list", 11))
    ]
    duty = {
        "post": "矛盾调处",
        "person": "p-2",
        "community": "dujiaping",
        "quarter": "2026Q3",
        "applied": "是",
        "publicised": "是",
        "duty": "45",
        "bonus": "20",
        "exempt": "",
    }
    out = office(
        honours=[
            {
                "id": "H1",
                "holder": "p-1",
                "kind": "先锋岗",
                "community": "dujiaping",
                "trade": "农贸",
                "date": "2026-09-01",
            }
        ],
        honour_acts=rows,
        post_duties=[
            duty,
            {**duty, "person": "p-3", "applied": ""},
            {**duty, "person": "p-4", "exempt": "是"},
        ],
    )
    assert (out["honours"][0]["state"], out["honours"][0]["review_due"]) == ("listed", "2026-12-11")
    changes = [
        (row["quarter"], row["at_start"], row["added"], row["at_end"]) for row in out["honour_changes"]
    ]
    assert changes == [("2026Q3", "0", "1", "1"), ("2026Q4", "1", "0", "1")]
    assert [row["codes"] for row in out["refused_honour_acts"]] == ["wrong-state"]
    assert [row["points"] for row in out["post_scores"]] == ["115", "", ""]
    assert [row["codes"] for row in out["post_scores"]] == ["five-star", "not-applied", "exempt"]


def test_groups_and_markets_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """Row 38 and the groups: every market of the pack is told, also without a roster; idle groups are dormant."""
    group = {"id": "G1", "purpose": "市场共管", "lead": "p-1", "from": "2026-01-01", "to": ""}
    done = [{"party_group": "G1", "date": "2026-11-01"}, {"party_group": "G1", "date": "2026-12-01"}]
    duty = {"market": "农贸市场", "date": "2026-11-23", "person": "p-1"}
    tables: dict[str, Any] = {
        "party_groups": [group, {**group, "id": "G2"}, {**group, "id": "G3", "to": "2026-10-01"}],
        "group_activities": done,
        "market_duties": [duty],
    }
    out = office(**tables)
    assert [(row["state"], row["activities"]) for row in out["party_groups"]] == [
        ("active", "1"),
        ("dormant", "0"),
        ("ended", "0"),
    ]
    assert [(row["market"], row["held"]) for row in out["market_rosters"]] == [
        ("农贸市场", "yes"),
        ("建材市场", "no"),
    ]
    with pytest.raises(hg.Problems) as caught:
        office(**{**tables, "group_activities": [{"party_group": "G9", "date": "2026-11-01"}]})
    assert [one.code for one in caught.value.problems] == ["unknown-group"]
