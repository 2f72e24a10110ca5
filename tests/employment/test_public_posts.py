"""公益性岗位: who, how long, how often, and when it ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from employing import CALENDAR, HOME, RULES, at, book, refused, rows
from folders import Office, faults
from huaying_governance.employment.public_post_steps import PUBLIC_PLACEMENTS
from huaying_governance.employment.public_posts import Act, Application, Terms, latest, notices, opened
from huaying_governance.employment.retirement import statutory_retirement
from huaying_governance.kernel.dates import add_years

START = date(2026, 1, 5)
PUBLIC = RULES.public_posts
PERSON = Application(
    person="p-1",
    public_post="post-1",
    job_kind="grid_worker",
    community=HOME,
    hardship="aged",
    evidence="hardship-1",
    born=date(1980, 5, 1),
    group="women_50",
    registered=True,
    employed_elsewhere=False,
    earlier=0,
    at=at(START),
)


def act(action: str, day: int, role: str = "office", **more: Any) -> Act:
    return Act(
        action=action, at=at(START + timedelta(days=day)), actor="o-1", role=role, evidence="e", **more
    )


CHECK, SHOW = act("check", 1, suitable=True), act("publicise", 2)
TERM = date(2029, 1, 18)
BEGIN = act("start", 14, until=TERM)


def held(placed: int = 0, serving: int = 0, **changes: Any) -> Any:
    terms = Terms(PUBLIC, CALENDAR, lambda _: placed, lambda _: serving)
    return book(PUBLIC_PLACEMENTS, terms, evolve(PERSON, **changes))


def on_post(**changes: Any) -> Any:
    made = held(**changes)
    for one in (CHECK, SHOW, BEGIN):
        made.act("X", one)
    return made


def test_row_82_a_third_placement_is_refused() -> None:
    """Row 82: two placements before, in this register or earlier, and a third is refused; a second is not."""
    for placed, earlier in ((2, 0), (0, 2), (1, 1), (5, 0)):
        assert refused(held(placed, earlier=earlier), CHECK) == ("too-many-placements",)
    for placed, earlier in ((0, 0), (1, 0), (0, 1)):
        held(placed, earlier=earlier).act("X", CHECK)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"registered": False}, "not-registered"),
        ({"employed_elsewhere": True}, "employed-elsewhere"),
        ({"born": date(1986, 1, 7)}, "not-of-the-category"),
        ({"born": date(1977, 1, 1), "group": "men"}, "not-of-the-category"),
        ({"hardship": "long_unemployed", "unemployed_since": date(2025, 1, 7)}, "not-of-the-category"),
        ({"born": date(1970, 1, 1)}, "of-retirement-age"),
        *(({one: None}, "missing-facts") for one in ("registered", "employed_elsewhere", "earlier", "born")),
        ({"group": ""}, "missing-facts"),
        ({"evidence": ""}, "missing-facts"),
        ({"hardship": "long_unemployed"}, "missing-facts"),
    ],
)
def test_who_does_not_qualify_is_refused(changes: dict[str, Any], code: str) -> None:
    """Registered, not employed elsewhere, of the category, below retirement age: a missing fact is no yes."""
    assert refused(held(**changes), CHECK) == (code,)


@pytest.mark.parametrize(
    "changes",
    [
        {"born": date(1986, 1, 6)},
        {"born": date(1976, 1, 6), "group": "men"},
        {"hardship": "long_unemployed", "unemployed_since": date(2025, 1, 6)},
        {"hardship": "landless", "born": None, "group": ""},
        {"hardship": "disabled", "born": None, "group": ""},
    ],
)
def test_who_qualifies_at_the_bound_is_taken(changes: dict[str, Any]) -> None:
    """Women of 40, men of 50, a year without work: the day itself is enough; others need no date of birth."""
    made = held(**changes)
    made.act("X", CHECK)
    assert made.standing("X").state == "checked"


def test_nobody_is_on_two_posts_at_once() -> None:
    """A second post begins only when the first one is left: pay for two posts is a known fraud."""
    made = held(1, serving=1)
    made.act("X", CHECK)
    made.act("X", SHOW)
    assert refused(made, BEGIN) == ("already-on-post",)


def test_publicity_lasts_five_working_days() -> None:
    """Publicised on Wednesday 7 January: five working days end on the 14th, on the 15th the work may begin."""
    made = held()
    made.act("X", CHECK)
    made.act("X", SHOW)
    assert refused(made, act("start", 9, until=date(2028, 12, 1))) == ("publicity-running",)
    made.act("X", act("start", 10, until=date(2029, 1, 14)))


def test_a_term_is_three_years_at_most() -> None:
    """Begun on 19 January 2026, the last day is 18 January 2029; without an end nothing begins."""
    made = held()
    made.act("X", CHECK)
    made.act("X", SHOW)
    assert refused(made, act("start", 14, until=TERM + timedelta(days=1))) == ("too-long",)
    assert refused(made, act("start", 14)) == ("no-end",)
    made.act("X", BEGIN)
    assert refused(made, act("extend", 20, until=TERM + timedelta(days=30))) == (
        "too-long",
        "not-near-retirement",
    )


def test_who_is_near_retirement_stays_until_then() -> None:
    """Less than five years left when first approved: the term may be extended until retirement, no day longer."""
    made = on_post(born=date(1978, 6, 1))
    last = date(2030, 2, 28)
    assert refused(made, act("extend", 20, until=last + timedelta(days=1))) == ("too-long",)
    made.act("X", act("extend", 20, until=last))
    assert made.standing("X").until == last


def test_the_age_is_fixed_at_the_first_approval() -> None:
    """The years left count from the first approval: approved long ago, nobody is near retirement by waiting."""
    near = evolve(PERSON, born=date(1978, 6, 1))
    far = evolve(near, first_approved=date(2020, 1, 1))
    start = date(2026, 1, 19)
    assert latest(opened(near), PUBLIC, start, extend=True) > add_years(start, 3)
    assert latest(opened(far), PUBLIC, start, extend=True) == add_years(start, 3) - timedelta(days=1)


@pytest.mark.parametrize(
    ("left", "codes"),
    [
        (91, ()),
        (90, ("expiry-90",)),
        (31, ("expiry-90",)),
        (30, ("expiry-30",)),
        (0, ("expiry-30",)),
        (-1, ("expired",)),
    ],
)
def test_the_end_is_announced_ninety_and_thirty_days_before(left: int, codes: tuple[str, ...]) -> None:
    """Ninety days before the end a warning, thirty days before the nearer one, after the last day `expired`."""
    made = on_post()
    day = TERM - timedelta(days=left)
    made.act("X", act("month_check", (day - START).days, "community"))
    assert tuple(notices(made.standing("X"), PUBLIC, day)) == codes


def test_a_month_without_check_is_told() -> None:
    """More than a month after the last check another is due; the day itself is in time."""
    standing = on_post().standing("X")
    assert "check-due" not in set(notices(standing, PUBLIC, date(2026, 2, 19)))
    assert "check-due" in set(notices(standing, PUBLIC, date(2026, 2, 20)))


def test_leaving_and_expiring_are_told_apart() -> None:
    """Who goes before the end leaves, with a reason; the term expires only when it is over."""
    made = on_post()
    assert refused(made, act("expire", 100)) == ("not-over",)
    assert refused(made, act("leave", 100, "unit")) == ("no-reason",)
    other = on_post()
    other.act("X", act("expire", (TERM - START).days + 1))
    assert other.standing("X").state == "expired"
    made.act("X", evolve(act("leave", 100, "unit"), reason="moved"))
    assert made.standing("X").state == "left"
    assert not list(notices(made.standing("X"), PUBLIC, date(2030, 1, 1)))


@given(
    st.dates(date(1940, 1, 1), date(2005, 12, 31)),
    st.sampled_from(["men", "women_55", "women_50"]),
    st.dates(date(2025, 1, 1), date(2030, 12, 31)),
)
def test_no_term_goes_beyond_three_years_unless_retirement_is_near(
    born: date, group: str, start: date
) -> None:
    """Three years for everybody; longer only with less than five years to retirement; never beyond it."""
    standing = opened(evolve(PERSON, born=born, group=group))
    retires = statutory_retirement(born, PUBLIC.schedule[group]).on
    plain, longest = (latest(standing, PUBLIC, start, extend=each) for each in (False, True))
    three = add_years(start, 3) - timedelta(days=1)
    assert plain == min(three, retires - timedelta(days=1))
    if add_years(start, 5) > retires:
        assert longest == retires - timedelta(days=1)
    else:
        assert longest == three


APPLICATION = {
    "id": "U1",
    "person": "resident-77-person",
    "public_post": "post-1",
    "job_kind": "网格员",
    "community": HOME,
    "hardship": "大龄",
    "hardship_evidence": "h-1",
    "born": "1980-05-01",
    "retirement_group": "women_50",
    "registered_unemployed": "yes",
    "employed_elsewhere": "no",
    "earlier_placements": 0,
    "date": "2026-01-05",
}
STEPS = [
    {"action": "check", "actor": "o-1", "role": "office", "suitable": "yes", "evidence": "e", "until_on": ""},
    {"action": "publicise", "actor": "o-1", "role": "office", "evidence": "e"},
    {
        "day": 14,
        "action": "start",
        "actor": "o-1",
        "role": "office",
        "until_on": "2028-06-30",
        "evidence": "e",
    },
    {"day": 20, "action": "leave", "actor": "o-1", "role": "office", "reason": "moved"},
]


def test_row_82_the_register_is_masked_and_counts_placements(office: Office) -> None:
    """Row 82: from tables, a person's third placement is refused, and the register shows nobody by reference."""
    told = [{**APPLICATION, "id": f"U{number}"} for number in (1, 2, 3)]
    acts = [
        each
        for number in (1, 2, 3)
        for each in rows("public_placement", f"U{number}", date(2026, 2 * number - 1, 6), STEPS)
    ]
    found = office(public_placements=told, public_post_acts=acts)
    states = {row["id"]: row["state"] for row in found["public_post_ledger"]}
    assert states == {"U1": "left", "U2": "left", "U3": "applied"}
    codes = {code for row in found["refused_public_post_acts"] for code in row["codes"].split(";")}
    assert "too-many-placements" in codes
    assert {row["public_placement"] for row in found["refused_public_post_acts"]} == {"U3"}
    assert "resident-77-person" not in str(found)
    line = found["public_post_ledger"][0]
    assert line["masked_person"] == "r***********"
    assert (line["job_kind"], line["retirement_month"]) == ("grid_worker", "2033-02")
    summary = {row["community"]: row for row in found["public_post_summary"]}
    assert summary["all"]["placements_count"] == "3"
    assert (summary["all"]["persons_placed"], summary["all"]["gone_count"]) == ("1", "2")


def test_bad_rows_are_told_with_place_and_cure(tmp_path: Any) -> None:
    """An unknown kind of job, an unknown community and an unknown hardship are problems of the input."""
    bad = {**APPLICATION, "job_kind": "astronaut", "community": "nowhere", "hardship": "x"}
    found = faults(tmp_path, public_placements=[bad, {**APPLICATION, "job_kind": "astronaut", "id": "U2"}])
    assert {one.code for one in found} >= {"unknown-choice", "unknown-job-kind"}
