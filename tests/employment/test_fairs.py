"""招聘会与中介机构: plan, permit, follow-up; whether an agency may work, and what it achieved."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from employing import HOME, RULES, at, book, refused, rows
from folders import Office, faults
from huaying_governance.employment.agencies import Agency, judge_agency
from huaying_governance.employment.fair_steps import FAIRS
from huaying_governance.employment.fairs import Act, Fair, notices, permit_by, permit_from

START = date(2026, 9, 1)
DAY = date(2026, 10, 20)
FAIR = Fair(community=HOME, organiser="o-1", held_on=DAY, expected=1000, free=True, at=at(START))


def act(action: str, day: date, role: str = "organiser", **more: Any) -> Act:
    return Act(action=action, at=at(day), actor="o-1", role=role, **{"evidence": "e", **more})


def on(days_before: int) -> date:
    return DAY - timedelta(days=days_before)


CHECK = act("check", START, checked=True)


def held(**changes: Any) -> Any:
    made = book(FAIRS, RULES.fairs, evolve(FAIR, **changes))
    made.act("X", CHECK)
    return made


@pytest.mark.parametrize(
    ("expected", "last", "organ"),
    [
        (0, None, ""),
        (999, None, ""),
        (1000, on(20), "county"),
        (5000, on(20), "county"),
        (5001, on(20), "city"),
    ],
)
def test_row_75_a_thousand_heads_need_a_permit_twenty_days_before(
    expected: int, last: date | None, organ: str
) -> None:
    """Row 75: from a thousand expected on, the permit is a task twenty days before; above five thousand the city's."""
    fair = evolve(FAIR, expected=expected)
    assert (permit_by(fair, RULES.fairs), permit_from(fair, RULES.fairs)) == (last, organ)
    standing = held(expected=expected).standing("X")
    task = ("permit-task",) if last else ()
    assert notices(standing, RULES.fairs, on(20)) == task
    assert notices(standing, RULES.fairs, on(19)) == (("permit-late",) if last else ())


def test_row_75_without_the_permit_nothing_is_announced() -> None:
    """Row 75: the permit is asked for in time, given by the police, and only then is the fair announced."""
    made = held()
    assert refused(made, act("announce", on(30))) == ("no-permit",)
    assert refused(made, act("permit", on(30), "police")) == ("permit-not-asked",)
    assert refused(made, act("ask_permit", on(19))) == ("permit-late",)
    made.act("X", act("ask_permit", on(20)))
    assert refused(made, act("announce", on(18))) == ("no-permit",)
    made.act("X", act("permit", on(15), "police", evidence="permit-1"))
    assert notices(made.standing("X"), RULES.fairs, on(10)) == ()
    made.act("X", act("announce", on(10)))
    assert refused(made, act("hold", on(1))) == ("not-its-day",)
    made.act("X", act("hold", DAY, gate=1200))
    assert made.standing("X").gate == 1200


def test_a_small_fair_needs_none_and_is_free() -> None:
    """Below a thousand no permit is asked for; a fair that is not known to be free is not announced."""
    assert refused(held(expected=999), act("ask_permit", on(30))) == ("no-permit-needed",)
    for free in (None, False):
        assert refused(held(expected=10, free=free), act("announce", on(30))) == ("not-free",)
    held(expected=10).act("X", act("announce", on(1)))


def test_a_risk_check_that_fails_leaves_it_planned() -> None:
    """Without a finding nothing was checked; a fair found unsafe stays planned and is checked again."""
    made = book(FAIRS, RULES.fairs, FAIR)
    assert refused(made, act("check", START)) == ("no-finding",)
    made.act("X", act("check", START, checked=False))
    assert made.standing("X").state == "planned"
    made.act("X", CHECK)
    assert made.standing("X").state == "risk_checked"


def test_the_follow_up_is_due_within_thirty_days() -> None:
    """After the fair a follow-up is a task for thirty days, then late; done, it ends the notices."""
    made = held(expected=10)
    made.act("X", act("announce", on(5)))
    made.act("X", act("hold", DAY))
    for days, codes in ((0, "follow-up-task"), (30, "follow-up-task"), (31, "follow-up-late")):
        assert notices(made.standing("X"), RULES.fairs, on(-days)) == (codes,)
    made.act("X", act("follow_up", on(-40)))
    assert notices(made.standing("X"), RULES.fairs, on(-50)) == ()
    made.act("X", act("close", on(-50), "office"))


AGENCY = Agency(
    id="a-1",
    licence="l-1",
    licence_to=date(2026, 11, 23),
    publicised=True,
    charges=False,
    keeps=False,
    since=date(2020, 1, 1),
    ledger_from=date(2024, 11, 23),
)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("changes", "outcome", "codes"),
    [
        ({}, "eligible", ()),
        ({"licence": ""}, "ineligible", ("no-licence",)),
        ({"licence_to": date(2026, 11, 22)}, "ineligible", ("licence-expired",)),
        ({"charges": True, "keeps": True}, "ineligible", ("charges-workers", "keeps-deposit")),
        ({"publicised": False}, "ineligible", ("not-publicised",)),
        ({"ledger_from": date(2024, 11, 24)}, "ineligible", ("ledger-short",)),
        ({"since": date(2026, 6, 1), "ledger_from": date(2026, 6, 1)}, "eligible", ()),
        ({"charges": None}, "undetermined", ("missing:charges_seekers",)),
        ({"charges": None, "keeps": True}, "ineligible", ("keeps-deposit",)),
        (
            {"licence_to": None, "publicised": None},
            "undetermined",
            ("missing:licence_to", "missing:publicised"),
        ),
    ],
)
def test_whether_an_agency_may_work(changes: dict[str, Any], outcome: str, codes: tuple[str, ...]) -> None:
    """Licensed, public, free of charge, no deposit, two years of ledger; what is not stated is not held against it."""
    ruling = judge_agency(evolve(AGENCY, **changes), RULES.agencies, TODAY)
    assert (ruling.outcome, ruling.codes) == (outcome, codes)
    assert len(ruling.remedies) == len(codes)


PLAN = {
    "id": "F1",
    "community": "杜家坪社区",
    "fair_organiser": "o-1",
    "fair_on": "2026-12-20",
    "expected_heads": 1000,
    "free_of_charge": "yes",
    "date": "2026-11-01",
}


@pytest.mark.parametrize(("on_day", "code"), [("2026-11-30", "permit-task"), ("2026-12-01", "permit-late")])
def test_row_75_the_permit_is_a_task_of_the_report(office: Office, on_day: str, code: str) -> None:
    """Row 75: from tables, the report names the last day for the permit, who gives it, and whether it is late."""
    found = office(on_day, fairs=[PLAN, {**PLAN, "id": "F2", "expected_heads": 999}])
    first, second = found["fairs"]
    assert (first["permit_by"], first["permit_organ"], first["codes"]) == ("2026-11-30", "county", code)
    assert (second["permit_by"], second["permit_organ"], second["codes"]) == ("", "", "")


def test_heads_at_the_gate_are_no_persons(office: Office) -> None:
    """Fewer heads at the gate than persons entered is told; the two figures never take each other's place."""
    steps: list[dict[str, object]] = [
        {"action": "check", "risk_checked": "yes", "evidence": "e", "gate_heads": ""},
        {"action": "announce"},
        {"action": "hold", "day": 10, "gate_heads": 1},
    ]
    fair = {**PLAN, "expected_heads": 20, "date": "2026-09-01", "fair_on": "2026-09-11"}
    came = [
        {
            "id": f"P{n}",
            "person": f"p-{n}",
            "community": HOME,
            "fair": "F1",
            "employer": "e-1",
            "date": "2026-09-11",
        }
        for n in range(2)
    ]
    acts = rows("fair", "F1", START, [{"actor": "o-1", "role": "organiser", **step} for step in steps])
    line = office(fairs=[fair], fair_acts=acts, placements=came)["fairs"][0]
    assert (line["gate_heads"], line["entered_count"]) == ("1", "2")
    assert line["codes"] == "follow-up-late;gate-below-entered"


def test_bad_rows(tmp_path: Path) -> None:
    """A fair before its plan, an unknown community, an agency that the table lacks: problems with place and cure."""
    late = {**PLAN, "id": "F2", "fair_on": "2026-10-01"}
    person = {
        "id": "P1",
        "person": "p-1",
        "community": HOME,
        "fair": "F9",
        "employer": "e-1",
        "date": "2026-11-02",
    }
    agency = {"id": "a-1", "licence_no": "l", "licence_to": "", "publicised": "", "charges_seekers": ""}
    found = faults(
        tmp_path,
        fairs=[PLAN, late, {**PLAN, "id": "F3", "community": "nowhere"}],
        placements=[{**person, "agency": "a-9"}, {**person, "id": "P2", "agency": ""}],
        agencies=[{**agency, "keeps_deposit": "", "serving_since": "", "ledger_from": ""}],
        agency_outreach=[{"agency": "a-8", "community": HOME, "date": "2026-11-01", "reached_heads": 5}],
    )
    codes = [one.code for one in found]
    assert {"fair-before-plan", "unknown-community", "unknown-fair", "unknown-agency"} <= set(codes)
    assert codes.count("unknown-agency") == 2
