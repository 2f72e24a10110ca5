"""设岗定责: from application to the points of a quarter; publicity, exemptions, nobody acts on the own post."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import faults
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.tenure import POSTS, Act, Post, Terms, quarter_of

START = date(2026, 6, 1)
RULES: Any = hg.load_pack("huaying").rules(PartyRules)
TERMS = Terms(RULES.posts, hg.china_calendar())


def act(action: str, day: int, actor: str = "b", role: str = "branch", **more: Any) -> Act:
    return Act(action=action, at=START + timedelta(days=day), actor=actor, role=role, **more)


def book() -> Any:
    made: Any = Casebook(hg.open_store("memory:"), POSTS, TERMS)
    made.open("G1", Post(person="p-1", post="矛盾调处", community="dujiaping", on=START))
    return made


def serving() -> Any:
    made = book()
    for one in (act("assign", 0), act("publicise", 0), act("take_up", 8)):
        made.act("G1", one)
    return made


def codes(made: Any, one: Act) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        made.act("G1", one)
    return caught.value.ruling.codes


def test_row_65_five_steps_from_application_to_duty() -> None:
    """Row 65: applied, assigned, public for five working days, then held; not on the fifth, and never by oneself."""
    made = book()
    assert codes(made, act("take_up", 0)) == ("wrong-state", "publicity-running")
    assert codes(made, act("assign", 0, "p-1")) == ("own-post",)
    made.act("G1", act("assign", 0))
    made.act("G1", act("publicise", 0))
    assert TERMS.publicity_ends(made.standing("G1")) == date(2026, 6, 8)
    assert codes(made, act("take_up", 7)) == ("publicity-running",)
    assert made.act("G1", act("take_up", 8)).serving_from == date(2026, 6, 9)


def test_row_65_a_quarter_is_scored_once_when_it_is_over() -> None:
    """Row 65: duty 45 and bonus 20 of a quarter that is over; not before, not twice, not beyond the most."""
    made = serving()
    given_ = {"quarter": "2026Q2", "duty": 45, "bonus": 20}
    assert codes(made, act("score", 29, **given_)) == ("bad-quarter",)
    assert codes(made, act("score", 30, **{**given_, "quarter": "2026Q1"})) == ("bad-quarter",)
    assert codes(made, act("score", 30, **{**given_, "quarter": "spring"})) == ("bad-quarter",)
    assert codes(made, act("score", 30, **{**given_, "duty": 51})) == ("beyond-most",)
    assert codes(made, act("score", 30, **{**given_, "duty": None})) == ("beyond-most",)
    assert codes(made, act("score", 30, "p-1", **given_)) == ("own-post",)
    standing = made.act("G1", act("score", 30, **given_))
    assert [(one.quarter, one.duty, one.bonus) for one in standing.duties()] == [("2026Q2", 45, 20)]
    assert codes(made, act("score", 31, **{**given_, "quarter": "2026-Q2"})) == ("scored-before",)


def test_who_is_aged_or_ill_is_exempt() -> None:
    """Exempt with the reason recorded: nothing is scored; the member alone may take the duty up again."""
    made = serving()
    assert codes(made, act("exempt", 40)) == ("no-reason",)
    made.act("G1", act("exempt", 40, reason="年老"))
    assert codes(made, act("score", 40, quarter="2026Q2", duty=1)) == ("wrong-state",)
    assert codes(made, act("resume", 41, "p-2", "member")) == ("not-yours",)
    assert made.act("G1", act("resume", 41, "p-1", "member")).state == "serving"
    assert made.act("G1", act("withdraw", 42, "p-1", "member")).state == "ended"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026Q1", (date(2026, 1, 1), date(2026, 4, 1))),
        ("2026-Q4", (date(2026, 10, 1), date(2027, 1, 1))),
        ("2026Q5", None),
        ("Q1", None),
        ("2026q1", None),
        ("", None),
    ],
)
def test_quarters(text: str, span: tuple[date, date] | None) -> None:
    """A quarter is its first day and that of the next; anything else is none."""
    assert quarter_of(text) == span


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(POSTS.procedure.actions)),
            st.sampled_from(["b", "p-1"]),
            st.sampled_from(["branch", "member"]),
            st.integers(0, 60),
            st.sampled_from(["2026Q2", "2026Q3", "2026-Q3", "2027Q1"]),
            st.integers(0, 60),
        ),
        max_size=25,
    )
)
def test_no_mixture_scores_a_quarter_twice_or_oneself(steps: list[tuple[Any, ...]]) -> None:
    """Model: each quarter once, within the most, after publicity, never given by the member."""
    made, day = book(), 0
    for number, (action, actor, role, more, quarter, duty) in enumerate(steps):
        day += more
        one = act(action, day, actor, role, reason="r", quarter=quarter, duty=duty)
        made.attempt("G1", one, f"c{number}")
    standing = made.standing("G1")
    spans = [quarter_of(one.quarter) for one in standing.scores]
    assert len(set(spans)) == len(spans)
    assert all(one.duty <= RULES.posts.duty for one in standing.scores)
    if standing.serving_from is not None:
        assert TERMS.publicity_ends(standing) < standing.serving_from
    assert all(one.actor != "p-1" for one in made.history("G1") if one.action == "score")


def test_posts_from_outside(office, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """设岗积分 joins stated duties and posts followed up; the quarter is summed up with its denominators."""
    post = {"id": "G1", "person": "p-1", "post": "矛盾调处", "community": "dujiaping", "date": "2026-06-01"}
    step = {"post_id": "G1", "date": "2026-06-01", "action": "定岗", "actor": "b", "role": "支部", "reason": "",
            "evidence": "", "quarter": "", "duty": "", "bonus": ""}  # fmt: skip
    acts = [
        step,
        {**step, "action": "公示"},
        {**step, "date": "2026-06-09", "action": "上岗"},
        {**step, "date": "2026-10-01", "action": "评岗", "quarter": "2026Q3", "duty": 45, "bonus": 20},
        {**step, "date": "2026-10-02", "action": "评岗", "quarter": "2026Q3", "duty": 45, "bonus": 20},
    ]
    duty = {"post": "代购代买", "person": "p-2", "community": "synthetic-2", "quarter": "2026Q3", "applied": "是",
            "publicised": "是", "duty": 20, "bonus": "", "exempt": ""}  # fmt: skip
    out = office(posts=[post], post_acts=acts, post_duties=[duty, {**duty, "person": "p-3", "exempt": "是"}])
    assert [(row["person"], row["points"]) for row in out["post_scores"]] == [
        ("p-2", "70"),
        ("p-3", ""),
        ("p-1", "115"),
    ]
    names = ("community", "holders", "scored_count", "average_points", "stars", "exempt_count")
    assert [tuple(row[name] for name in names) for row in out["post_quarters"]] == [
        ("all", "3", "2", "92.5", "1", "1"),
        ("dujiaping", "1", "1", "115.0", "1", "0"),
        ("synthetic-2", "2", "1", "70.0", "0", "1"),
    ]
    assert (out["posts"][0]["state"], out["posts"][0]["scored_quarters"]) == ("serving", "2026Q3")
    assert [row["codes"] for row in out["refused_post_acts"]] == ["scored-before"]
    (tmp_path / "other").mkdir()
    found = faults(tmp_path / "other", posts=[{**post, "post": "打更"}], post_acts=[step])
    assert "unknown-post" in {one.code for one in found}
