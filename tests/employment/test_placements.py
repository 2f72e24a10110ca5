"""就业服务阶梯: every rung in order, never merged; what agencies achieved."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from employing import HOME, RULES, at, book, refused, rows
from folders import Office
from huaying_governance.casework import Casebook
from huaying_governance.employment.placement import RUNGS, Act, Placement, ladder
from huaying_governance.employment.placement_steps import PLACEMENTS
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import add_months
from huaying_governance.storage import open_store

START = date(2026, 3, 1)
CAME = Placement(person="p-1", community=HOME, fair="f-1", agency="a-1", employer="e-1", at=at(START))
UP = ("submit", "intend", "sign", "begin", "insure")


def act(action: str, day: int, **more: Any) -> Act:
    return Act(
        action=action,
        at=at(START + timedelta(days=day)),
        actor="s-1",
        role="station",
        **{"evidence": "e", **more},
    )


def climbed(steps: int) -> Any:
    made = book(PLACEMENTS, RULES.fairs, CAME)
    for number, action in enumerate(UP[:steps]):
        made.act("X", act(action, number))
    return made


def counts(made: Any) -> dict[str, int]:
    return dict(ladder([made.standing("X")], RULES.fairs, START).persons)


def test_row_76_an_intention_is_no_agreement() -> None:
    """Row 76: an intention does not count as signed, and nothing is signed without an agreement's reference."""
    made = climbed(2)
    assert (counts(made)["intended"], counts(made)["signed"]) == (1, 0)
    assert refused(made, act("sign", 3, evidence=" ")) == ("no-agreement",)
    assert counts(made)["signed"] == 0
    made.act("X", act("sign", 3, evidence="agreement-1"))
    assert (counts(made)["signed"], made.standing("X").agreement) == (1, "agreement-1")


@pytest.mark.parametrize("rung", range(len(UP)))
def test_no_rung_is_left_out(rung: int) -> None:
    """From every rung only the next can be climbed; the others are refused by the state."""
    made = climbed(rung)
    following = UP[rung]
    for action in {*UP, "settle"} - {following}:
        if not (following == "insure" and action == "settle"):
            assert "wrong-state" in refused(made, act(action, 30))
    made.act("X", act(following, 30))


def test_a_job_is_kept_after_three_months_with_insurance() -> None:
    """Work began on 4 March: on 3 June it is too early, on 4 June it counts; not without social insurance."""
    made, bare = climbed(5), climbed(4)
    begun = made.standing("X").started_on
    due = add_months(begun, 3)
    early, late = (act("settle", (day - START).days) for day in (due - timedelta(days=1), due))
    assert refused(made, early) == ("too-early",)
    assert refused(bare, late) == ("not-insured",)
    assert refused(bare, early) == ("too-early", "not-insured")
    made.act("X", late)
    assert made.standing("X").rung == "settled"


def test_who_gives_up_keeps_the_rung() -> None:
    """Giving up needs a reason and undoes no rung that was reached."""
    made = climbed(3)
    assert refused(made, act("give_up", 9)) == ("no-reason",)
    made.act("X", act("give_up", 9, reason="moved"))
    assert (made.standing("X").state, counts(made)["signed"], counts(made)["at_work"]) == ("given_up", 1, 0)


STEP = st.tuples(
    st.integers(0, 5),
    st.sampled_from((*UP, "settle", "give_up")),
    st.integers(0, 120),
    st.booleans(),
)


@settings(max_examples=60)
@given(st.lists(STEP, max_size=50))
def test_the_ladder_against_a_model(steps: list[tuple[int, str, int, bool]]) -> None:
    """Whatever is tried: a rung counts exactly those who climbed to it one by one, and no rung exceeds the one below.

    The model is a number from 0 to 5 for each case; two cases belong to each person, and a person counts once.
    """
    made: Any = Casebook(open_store("memory:"), PLACEMENTS, RULES.fairs)
    for number in range(6):
        made.open(str(number), evolve(CAME, person=f"p-{number // 2}"))
    height, gone, insured, begun, day = [0] * 6, [False] * 6, [False] * 6, [None] * 6, 0
    order = ("submit", "intend", "sign", "begin", "settle")
    for number, action, wait, says in steps:
        day += wait
        text = "e" if says else ""
        step = act(action, day, evidence=text, reason=text)
        fits = not gone[number] and height[number] < 5
        if action == "insure":
            fits = fits and height[number] == 4 and says
        elif action == "give_up":
            fits = fits and says
        else:
            fits = (
                fits
                and order[height[number]] == action
                and (says or action in {"submit", "intend", "settle"})
            )
            if action == "settle" and fits:
                fits = insured[number] and START + timedelta(days=day) >= add_months(begun[number], 3)
        try:
            made.act(str(number), step)
        except Refused:
            assert not fits
            continue
        assert fits
        if action == "insure":
            insured[number] = True
        elif action == "give_up":
            gone[number] = True
        else:
            height[number] += 1
            if action == "begin":
                begun[number] = START + timedelta(days=day)
    today = START + timedelta(days=day)
    found = ladder((one for _, one in made.all()), RULES.fairs, today)
    tops = [max(height[2 * person : 2 * person + 2]) for person in range(3)]
    assert list(found.persons.values()) == [sum(top >= rung for top in tops) for rung in range(6)]
    assert list(found.persons) == list(RUNGS)
    due = {number // 2 for number in range(6) if begun[number] and add_months(begun[number], 3) <= today}
    assert found.due == len(due)
    assert found.persons["settled"] <= found.due


AGENCY = {
    "id": "a-1",
    "licence_no": "l-1",
    "licence_to": "2027-01-01",
    "publicised": "yes",
    "charges_seekers": "no",
    "keeps_deposit": "no",
    "serving_since": "2026-01-01",
    "ledger_from": "2026-01-01",
}


def many(signed: int, at_work: int, intended: int = 0) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """So many agreements, of which so many began work, and so many who only intend."""
    people, acts = [], []
    for number in range(signed + intended):
        name = f"P{number}"
        people.append(
            {
                "id": name,
                "person": f"p-{number}",
                "community": HOME,
                "agency": "a-1",
                "employer": "e-1",
                "date": START,
            }
        )
        last = 2 if number >= signed else 4 if number < at_work else 3
        steps = [
            {"action": action, "actor": "s-1", "role": "agency", "evidence": "e"} for action in UP[:last]
        ]
        acts += rows("placement", name, START, steps)
    return people, acts


@pytest.mark.parametrize(
    ("signed", "at_work", "rate"), [(300, 240, "80.0"), (3, 2, "66.7"), (2, 0, "0.0"), (0, 0, "")]
)
def test_row_74_agreements_and_who_is_at_work(office: Office, signed: int, at_work: int, rate: str) -> None:
    """Row 74: 300 agreements of which 240 began work are 80 %; a share of nothing is empty."""
    people, acts = many(signed, at_work, intended=5)
    found = office("2026-03-20", agencies=[AGENCY], placements=people, placement_acts=acts)
    line = found["agency_performance"][0]
    assert (line["signed_count"], line["at_work_count"], line["at_work_rate"]) == (
        str(signed),
        str(at_work),
        rate,
    )
    assert (line["intended_count"], line["settled_due"], line["settled_job_rate"]) == (
        str(signed + 5),
        "0",
        "",
    )
    scopes = {row["ladder_scope"]: row["signed_count"] for row in found["placement_ladder"]}
    assert scopes == {"all": str(signed), "community": str(signed)}


def test_outreach_counts_visits_places_and_heads(office: Office) -> None:
    """Row 74: outreach in two communities on three days; what is dated later is not counted yet."""
    told = [
        (HOME, "2026-02-01", 40),
        (HOME, "2026-02-02", ""),
        ("synthetic-2", "2026-02-03", 10),
        (HOME, "2027-01-01", 9),
    ]
    visits = [
        {"agency": "a-1", "community": place, "date": day, "reached_heads": heads}
        for place, day, heads in told
    ]
    line = office(agencies=[AGENCY, {**AGENCY, "id": "a-2"}], agency_outreach=visits)["agency_performance"]
    shown = [(row["outreach_visits"], row["outreach_places"], row["reached_heads"]) for row in line]
    assert shown == [("3", "2", "50"), ("0", "0", "0")]


def test_row_76_the_registry_tells_agreements_from_intentions(office: Office) -> None:
    """Row 76: from tables, a sign without reference is refused and the agreement is not counted; insurance is asked."""
    steps: list[dict[str, object]] = [
        {"action": "submit"},
        {"action": "intend"},
        {"action": "sign", "evidence": ""},
        {"action": "begin", "evidence": "e"},
    ]
    acts = rows("placement", "P0", START, [{"actor": "s-1", "role": "station", **step} for step in steps])
    people, more = many(2, 2)
    people = [{**row, "id": f"Q{n}", "person": f"q-{n}"} for n, row in enumerate(people)]
    more = [{**row, "placement": row["placement"].replace("P", "Q")} for row in more]
    alone = {"id": "P0", "person": "p-0", "community": HOME, "agency": "", "employer": "e-1", "date": START}
    found = office(
        "2026-04-05", agencies=[AGENCY], placements=[*people, alone], placement_acts=[*acts, *more]
    )
    codes = [row["codes"] for row in found["refused_placement_acts"]]
    assert codes == ["no-agreement", "wrong-state"]
    states = Counter(row["state"] for row in found["placements"])
    assert states == {"intended": 1, "at_work": 2}
    assert {row["codes"] for row in found["placements"] if row["state"] == "at_work"} == {"insurance-late"}
    assert found["placement_ladder"][0]["signed_count"] == "2"
