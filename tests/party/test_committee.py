"""大党委: coverage, routing, resources, rights and bookings."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.casework import Casebook
from huaying_governance.errors import Problems, Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.booking import BOOKINGS
from huaying_governance.party.committee import (
    Act,
    Booking,
    ResidentUnit,
    Resource,
    Terms,
    coverage,
)
from huaying_governance.party.rights import Grant
from huaying_governance.party.whistle import Standing as WhistleStanding
from huaying_governance.party.whistle import Whistle, recipients

ON = date(2026, 11, 23)
NINE = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)
ROOM = Resource(id="R1", kind="place", owner="u-1", community="dujiaping", consent=True)
GRANT = Grant(actor="m-1", right="allocate", community="dujiaping")


def book(*resources: Resource, grants: tuple[Grant, ...] = (GRANT,)) -> Any:
    store = hg.open_store("memory:")
    plain: Any = Casebook(store, BOOKINGS, None)  # type: ignore[arg-type]
    terms = Terms(
        {one.id: one for one in resources or (ROOM,)},
        grants,
        lambda _: [standing for _, standing in plain.all()],
    )
    return Casebook(store, BOOKINGS, terms)


def ask(made: Any, id_: str, start: int = 0, hours: int = 1, resource: str = "R1") -> None:
    begin = NINE + timedelta(hours=start)
    made.open(id_, Booking(resource=resource, start=begin, end=begin + timedelta(hours=hours), asked=ON))


def act(action: str = "book", actor: str = "m-1", role: str = "member") -> Act:
    return Act(action=action, at=NINE, actor=actor, role=role)


def refused(made: Any, id_: str, one: Act) -> tuple[str, ...]:
    before = made.standing(id_)
    with pytest.raises(Refused) as caught:
        made.act(id_, one)
    assert made.standing(id_) == before
    return caught.value.ruling.codes


def test_row_40_coverage_of_resident_units() -> None:
    """Row 40: 37 of 40 have joined, and the three others are named; who joins tomorrow has not joined."""
    units = [ResidentUnit(name=f"u-{n:02}", community="dujiaping", joined=ON) for n in range(37)]
    others = [ResidentUnit(name=f"u-{n}", community="dujiaping") for n in (37, 38)]
    later = ResidentUnit(name="u-39", community="dujiaping", joined=ON + timedelta(days=1))
    assert coverage([*units, *others, later], ON) == (37, 40, ("u-37", "u-38", "u-39"))
    assert coverage([], ON) == (0, 0, ())


def test_row_41_a_department_receives_it_directly_and_the_subdistrict_a_copy() -> None:
    """Row 41: what is sent out goes to the departments called, and a copy to the subdistrict; before, to nobody."""
    rules = hg.load_pack("huaying").rules(PartyRules)
    assert rules is not None
    one = Whistle(community="dujiaping", kind="urgent", responder="department", matter="", at=NINE)
    standing = WhistleStanding(whistle=one)
    assert recipients(standing, rules.whistles) == ()
    sent = evolve(standing, bodies=("civil-affairs",), lead="civil-affairs")
    assert recipients(sent, rules.whistles) == ("civil-affairs", rules.whistles.copy)


@pytest.mark.parametrize("consent", [False, None])
def test_row_42_without_the_owners_consent_nothing_is_booked(consent: bool | None) -> None:
    """Row 42: a resource whose owner has not consented, or has not answered, is not bookable."""
    made = book(evolve(ROOM, consent=consent))
    ask(made, "B1")
    assert refused(made, "B1", act()) == ("no-consent",)
    made = book()
    ask(made, "B1")
    assert made.act("B1", act()).state == "booked"


@pytest.mark.parametrize(
    "grant",
    [
        evolve(GRANT, actor="m-2"),
        evolve(GRANT, right="lead"),
        evolve(GRANT, community="synthetic-2"),
        evolve(GRANT, until=ON),
        evolve(GRANT, since=ON + timedelta(days=2)),
    ],
)
def test_row_43_without_the_right_a_booking_is_refused(grant: Grant) -> None:
    """Row 43: the right of another person, kind, place or time does not book; nothing changes."""
    made = book(grants=(grant,))
    ask(made, "B1")
    assert refused(made, "B1", act()) == ("no-right",)
    assert refused(made, "B1", act(role="resident")) == ("wrong-role", "no-right")


def test_bookings_do_not_overlap() -> None:
    """What overlaps is refused; what begins when another ends is not; a cancelled one frees its time."""
    made = book()
    ask(made, "B1", 0, 2)
    ask(made, "B2", 1, 2)
    ask(made, "B3", 2, 1)
    ask(made, "B4", 0, 0)
    made.act("B1", act())
    assert refused(made, "B2", act()) == ("overlap",)
    made.act("B3", act())
    assert refused(made, "B4", act()) == ("bad-span",)
    assert refused(made, "B1", act("cancel", "m-9")) == ("not-yours",)
    made.act("B1", act("cancel"))
    assert refused(made, "B1", act("cancel")) == ("wrong-state",)
    assert refused(made, "B2", act()) == ("overlap",)
    made.act("B3", act("cancel"))
    made.act("B2", act())


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), st.booleans(), st.integers(0, 5)), max_size=14)
)
def test_whatever_is_asked_no_two_bookings_overlap(steps: list[tuple[int, int, bool, int]]) -> None:
    """Model: after any mixture of bookings and cancellations, each hour of the room has one booking at most."""
    made = book()
    for number, (start, hours, _, _) in enumerate(steps):
        ask(made, f"B{number}", start, hours)
    for number, (_, _, cancels, other) in enumerate(steps):
        made.attempt(f"B{number}", act(), f"c{number}")
        if cancels and made.knows(f"B{other}"):
            made.attempt(f"B{other}", act("cancel"), f"d{number}")
        taken = [standing.booking for _, standing in made.all() if standing.state == "booked"]
        for hour in range(20):
            now = NINE + timedelta(hours=hour)
            assert sum(one.start <= now < one.end for one in taken) <= 1


def test_the_grand_committee_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """Units become coverage with the pilot apart; bookings are checked where they are made, and refusals listed."""
    units = [
        {
            "unit": f"u-{n}",
            "community": "dujiaping" if n < 20 else "synthetic-2",
            "joined_on": "2026-01-01" if n < 37 else "",
        }
        for n in range(40)
    ]
    booking = {
        "id": "B1",
        "resource": "R1",
        "date": "2026-11-20",
        "from_at": "2026-11-24T09:00",
        "to_at": "2026-11-24T11:00",
    }
    step = {
        "booking": "B1",
        "at": "2026-11-20T10:00",
        "action": "预订",
        "actor": "m-1",
        "role": "大党委成员",
        "reason": "",
    }
    tables: dict[str, Any] = {
        "resident_units": units,
        "resources": [
            {"id": "R1", "kind": "阵地", "owner": "u-1", "community": "dujiaping", "consent": "是"}
        ],
        "rights_granted": [
            {"actor": "m-1", "right": "资源调配权", "community": "dujiaping", "from": "", "to": ""}
        ],
        "bookings": [booking, {**booking, "id": "B2"}],
        "booking_acts": [step, {**step, "booking": "B2"}, {**step, "booking": "B2", "actor": "m-2"}],
    }
    out = office(**tables)
    assert [(row["scope"], row["covered"]) for row in out["resident_units"]] == [
        ("all", "92.5"),
        ("pilot", "100.0"),
        ("others", "85.0"),
    ]
    assert out["resident_units"][0]["missing"] == "u-37;u-38;u-39"
    assert [row["state"] for row in out["bookings"]] == ["booked", "asked"]
    assert [row["codes"] for row in out["refused_booking_acts"]] == ["overlap", "no-right;overlap"]
    with pytest.raises(Problems) as caught:
        office(
            **{
                **tables,
                "bookings": [{**booking, "id": "B3", "resource": "R9"}],
                "booking_acts": [{**step, "booking": "B3"}],
            }
        )
    assert "unknown-resource" in {one.code for one in caught.value.problems}
