"""评议结果运用: appeal, correction, rectification, talk and closing of a published result."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import faults
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.consequence import OUTCOMES, Act, Outcome, Terms

DAY = date(2026, 3, 2)
RULES: Any = hg.load_pack("huaying").rules(PartyRules)


def book(score: str = "59.99", before: int = 0) -> Any:
    terms = Terms(RULES.consequences, RULES.appraisal, hg.china_calendar(), lambda *_: before)
    made: Any = Casebook(hg.open_store("memory:"), OUTCOMES, terms)
    made.open("R1", Outcome(department="civil-affairs", year="2025", score=Decimal(score), on=DAY))
    return made


def act(action: str, day: int, role: str, actor: str = "o", **more: Any) -> Act:
    return Act(action=action, at=DAY + timedelta(days=day), actor=actor, role=role, **more)


def codes(made: Any, one: Act) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        made.act("R1", one)
    return caught.value.ruling.codes


def test_a_d_is_put_right_within_thirty_days() -> None:
    """A D is not closed: it is ordered put right, due in 30 days, reported by the department, accepted by others."""
    made = book()
    assert codes(made, act("close", 10, "organiser")) == ("rectification-owed",)
    assert codes(made, act("rectify", 7, "organiser")) == ("window-open",)
    assert codes(made, act("rectify", 8, "organiser", "civil-affairs")) == ("own-result",)
    made.act("R1", act("rectify", 8, "organiser"))
    terms = made._context
    assert terms.due(made.standing("R1")) == DAY + timedelta(days=38)
    assert codes(made, act("submit", 20, "department", "housing", evidence="e")) == ("not-the-department",)
    made.act("R1", act("submit", 20, "department", "civil-affairs", evidence="e"))
    assert codes(made, act("accept", 21, "community", "civil-affairs", passed=True)) == ("own-result",)
    assert codes(made, act("accept", 21, "community")) == ("no-finding",)
    assert made.act("R1", act("accept", 21, "community", passed=False)).state == "rectifying"
    made.act("R1", act("submit", 22, "department", "civil-affairs", evidence="e"))
    assert made.act("R1", act("accept", 23, "community", passed=True)).state == "closed"


@pytest.mark.parametrize(("before", "owed"), [(0, False), (1, True), (2, True)])
def test_two_ds_in_a_row_need_a_talk(before: int, owed: bool) -> None:
    """With one D before, the acceptance waits for the talk; with none, no talk may be entered."""
    made = book(before=before)
    made.act("R1", act("rectify", 8, "organiser"))
    made.act("R1", act("submit", 9, "department", "civil-affairs", evidence="e"))
    if owed:
        assert codes(made, act("accept", 10, "community", passed=True)) == ("talk-owed",)
        made.act("R1", act("talk", 10, "leader", evidence="minutes-1"))
    else:
        assert codes(made, act("talk", 10, "leader", evidence="m")) == ("no-talk-due",)
    assert made.act("R1", act("accept", 11, "community", passed=True)).state == "closed"


@pytest.mark.parametrize(("day", "open_"), [(6, True), (7, True), (8, False)])
def test_an_appeal_within_five_working_days(day: int, open_: bool) -> None:
    """Published on a Monday: the next Monday is the fifth working day, the Tuesday after it is late."""
    made = book()
    one = act("appeal", day, "department", "civil-affairs", reason="r")
    if open_:
        assert made.act("R1", one).state == "appealed"
    else:
        assert codes(made, one) == ("window-over",)


def test_every_correction_stays_in_the_log() -> None:
    """An appeal that is upheld changes score and grade, and says who changed what and why; it is appealed once."""
    made = book()
    made.act("R1", act("appeal", 1, "department", "civil-affairs", reason="r"))
    assert codes(made, act("decide", 2, "organiser", passed=True)) == ("no-score", "no-reason", "no-evidence")
    assert codes(
        made, act("decide", 2, "organiser", "civil-affairs", passed=False, reason="r", evidence="e")
    ) == ("own-result",)
    upheld = act("decide", 2, "organiser", passed=True, score=Decimal(60), reason="重算", evidence="e-2")
    standing = made.act("R1", upheld)
    assert (standing.state, standing.score, standing.outcome.score) == (
        "published",
        Decimal(60),
        Decimal("59.99"),
    )
    (change,) = standing.changes
    assert (change.before, change.score, change.actor, change.reason) == (
        Decimal("59.99"),
        Decimal(60),
        "o",
        "重算",
    )
    assert codes(made, act("appeal", 3, "department", "civil-affairs", reason="r")) == ("appealed-before",)
    assert codes(made, act("rectify", 3, "organiser")) == ("not-a-d",)
    assert made.act("R1", act("close", 3, "organiser")).state == "closed"


ACTS = st.builds(
    act,
    st.sampled_from(["appeal", "decide", "rectify", "submit", "talk", "accept", "close"]),
    st.integers(0, 60),
    st.sampled_from(["department", "organiser", "community", "leader"]),
    st.sampled_from(["civil-affairs", "o"]),
    reason=st.sampled_from(["", "r"]),
    evidence=st.sampled_from(["", "e"]),
    passed=st.sampled_from([None, True, False]),
    score=st.sampled_from([None, Decimal(59), Decimal(95)]),
)


@given(st.lists(ACTS, max_size=25), st.integers(0, 2))
def test_no_mixture_closes_a_d_that_was_not_put_right(steps: list[Act], before: int) -> None:
    """Model: closed means no D any more, or ordered, reported and accepted by others, and the talk held if due."""
    made = book(before=before)
    for number, one in enumerate(steps):
        made.attempt("R1", one, f"c{number}")
    standing = made.standing("R1")
    history = [one.action for one in made.history("R1")]
    last = standing.changes[-1].score if standing.changes else standing.outcome.score
    assert standing.score == last
    if standing.state == "closed" and last < 60:
        assert history[-1] == "accept"
        assert "rectify" in history
        assert "submit" in history
        assert before == 0 or "talk" in history
        assert made.history("R1")[-1].actor != "civil-affairs"


def test_consequences_from_outside(office, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Two Ds in two years: the second owes a talk; a correction is listed; what is overdue is said."""
    line = {
        "id": "R1",
        "department": "民政局",
        "appraisal_year": "2024",
        "result_points": "55.5",
        "date": "2026-03-02",
    }
    step = {"result": "R1", "date": "2026-03-03", "action": "申诉", "actor": "民政局", "role": "被评部门",
            "reason": "r", "evidence": "", "passed": "", "result_points": ""}  # fmt: skip
    decide = {**step, "date": "2026-03-04", "action": "复核", "actor": "o", "role": "评议组织方", "evidence": "e",
              "passed": "是", "result_points": "58"}  # fmt: skip
    acts = [
        step,
        decide,
        {**decide, "date": "2026-03-10", "action": "责令整改"},
        {**decide, "result": "R2", "date": "2026-03-10", "action": "办结"},
    ]
    out = office(
        appraisal_outcomes=[line, {**line, "id": "R2", "appraisal_year": "2025"}], appraisal_acts=acts
    )
    assert [
        (row["state"], row["result_points"], row["overdue"], row["talk_due"])
        for row in out["appraisal_outcomes"]
    ] == [
        ("rectifying", "58.00", "yes", "no"),
        ("published", "55.50", "", "yes"),
    ]
    assert [row["points_before"] for row in out["appraisal_changes"]] == ["55.50"]
    assert [row["codes"] for row in out["refused_appraisal_acts"]] == ["rectification-owed"]
    (tmp_path / "other").mkdir()
    found = faults(
        tmp_path / "other",
        appraisal_outcomes=[{**line, "result_points": "100.01"}, {**line, "id": "R3", "department": "x"}],
        appraisal_acts=[{**step, "result": "R9"}, {**step, "result_points": "many"}],
    )
    assert {one.code for one in found} >= {"bad-points", "unknown-organisation"}
