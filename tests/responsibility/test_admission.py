"""Admission as a procedure: heard, decided by others than who asked, in force for a term; emergencies reviewed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from huaying_governance.errors import Problems, Refused
from huaying_governance.kernel.workdays import china_calendar
from huaying_governance.packs import Pack
from huaying_governance.responsibility import Act, AdmissionDesk, Assignment, Request, Standing
from huaying_governance.storage import open_store, verify

CALENDAR = china_calendar()
REQUEST = Request(
    id="R1",
    matter="古树保护巡查",
    requester="housing",
    communities=("dujiaping", "synthetic-2"),
    consult=("dujiaping", "civil-affairs"),
)


@pytest.fixture
def desk() -> AdmissionDesk:
    made = AdmissionDesk(open_store("memory:"), CALENDAR)
    made.submit(REQUEST)
    return made


def act(action: str, role: str, actor: str, **more: Any) -> Act:
    return Act(**{"action": action, "role": role, "actor": actor, "on": date(2026, 3, 2), **more})


CHECK = act("check", "legal", "justice", approve=True, basis="rc2025#43")
HEAR = [act("consult", "consulted", body, approve=True) for body in ("dujiaping", "civil-affairs")]
DECIDE = act(
    "decide",
    "conference",
    "joint-conference",
    approve=True,
    since=date(2026, 4, 1),
    until=date(2026, 9, 30),
    funding=Decimal(5000),
    conditions=("每季度一次",),
)


def walk(desk: AdmissionDesk, *acts: Act) -> Standing:
    for each in acts:
        desk.act("R1", each)
    return desk.standing("R1")


def refused(desk: AdmissionDesk, each: Act) -> tuple[str, ...]:
    before = desk.standing("R1")
    with pytest.raises(Refused) as caught:
        desk.act("R1", each)
    assert desk.standing("R1") == before
    assert "{" not in caught.value.ruling.explain("zh") + caught.value.ruling.explain("en")
    return caught.value.ruling.codes


def test_from_request_to_assignment(desk: AdmissionDesk, pack: Pack) -> None:
    """Checked, heard, decided: then, and only within its term, the matter may be assigned by who asked for it."""
    assert [walk(desk, each).state for each in (CHECK, *HEAR, DECIDE)] == [
        "checked",
        "checked",
        "consulted",
        "admitted",
    ]
    assert desk.standing("R1").conditions == ("每季度一次",)

    def asked(on: date, assigner: str = "住建局", community: str = "dujiaping") -> str:
        assignment = Assignment(
            id="A", date=on, assigner=assigner, community=community, matter="古树保护巡查"
        )
        return ";".join(pack.screen(assignment, desk.admissions()).codes)

    assert asked(date(2026, 3, 31)) == "not-in-force"
    assert asked(date(2026, 4, 1)) == asked(date(2026, 9, 30)) == ""
    assert asked(date(2026, 10, 1)) == "not-in-force"
    assert asked(date(2026, 4, 1), "公安局") == "assigner-not-allowed"
    assert asked(date(2026, 4, 1), community="synthetic-3") == "community-not-covered"


def test_never_decided_by_who_asked(desk: AdmissionDesk) -> None:
    """The requesting organisation neither checks nor decides, whatever role it claims."""
    assert refused(desk, act("check", "legal", "housing", approve=True, basis="x")) == (
        "decided-by-requester",
    )
    walk(desk, CHECK, *HEAR)
    own = act(
        "decide",
        "conference",
        "housing",
        approve=True,
        since=date(2026, 4, 1),
        until=date(2026, 4, 2),
        funding=Decimal(0),
    )
    assert refused(desk, own) == ("decided-by-requester",)


def test_all_reasons_at_once(desk: AdmissionDesk) -> None:
    """Every reason against an act is given, in the order of the table."""
    assert refused(desk, act("decide", "requester", "housing")) == (
        "wrong-state",
        "wrong-role",
        "decided-by-requester",
        "not-heard",
        "no-decision",
        "no-term",
        "no-funding",
    )
    walk(desk, CHECK)
    assert refused(desk, act("consult", "consulted", "police", approve=True)) == ("not-consulted",)
    wide = act("decide", "conference", "joint-conference", approve=True, communities=("synthetic-9",))
    assert refused(desk, wide) == ("not-heard", "no-term", "wider-than-asked", "no-funding")


def test_rejections(desk: AdmissionDesk) -> None:
    """Unlawful, or not wanted: rejected, and nothing follows."""
    other = AdmissionDesk(open_store("memory:"), CALENDAR)
    other.submit(REQUEST)
    other.act("R1", act("check", "legal", "justice", approve=False))
    assert other.standing("R1").state == "rejected"
    walk(desk, CHECK, *HEAR, act("decide", "conference", "joint-conference", approve=False))
    assert desk.standing("R1").state == "rejected"
    assert desk.admissions() == other.admissions() == ()
    assert "wrong-state" in refused(desk, CHECK)


def test_revised_withdrawn_expired(desk: AdmissionDesk) -> None:
    """In force it may be revised by the conference, withdrawn from a day on, or expire after its last day."""
    walk(desk, CHECK, *HEAR, DECIDE)
    revision = act(
        "revise",
        "conference",
        "joint-conference",
        since=date(2026, 4, 1),
        until=date(2026, 6, 30),
        funding=Decimal(1),
        reason="缩短",
    )
    assert walk(desk, revision).admission == desk.admissions()[0]
    assert desk.admissions()[0].until == date(2026, 6, 30)
    expiry = act("expire", "secretariat", "governance-office", on=date(2026, 6, 30))
    assert refused(desk, expiry) == ("still-in-force",)
    withdrawal = act("withdraw", "requester", "housing", on=date(2026, 5, 10), reason="不再需要")
    assert walk(desk, withdrawal).state == "withdrawn"
    assert desk.admissions()[0].until == date(2026, 5, 9)


def test_expiry(desk: AdmissionDesk) -> None:
    """The day after its last day an admission may be closed as expired; its days stay what they were."""
    walk(desk, CHECK, *HEAR, DECIDE, act("expire", "secretariat", "governance-office", on=date(2026, 10, 1)))
    assert (desk.standing("R1").state, desk.admissions()[0].until) == ("expired", date(2026, 9, 30))


def declared(**more: Any) -> Act:
    return evolve(act("declare", "requester", "housing", order="应急令1"), **more)


def test_emergency_is_taken_at_once_and_ends(desk: AdmissionDesk) -> None:
    """Under an order at once; ends with the order or after thirty days; the review is due in ten working days."""
    assert refused(desk, declared(order="")) == ("no-order",)
    assert refused(desk, declared(actor="police")) == ("not-the-requester",)
    standing = walk(desk, declared(order_until=date(2026, 3, 20)))
    assert (standing.state, standing.expires, standing.review_by) == (
        "emergency",
        date(2026, 3, 20),
        date(2026, 3, 16),
    )
    lapse = act("lapse", "secretariat", "governance-office", on=date(2026, 3, 20))
    assert refused(desk, lapse) == ("still-in-force",)
    assert desk.owed(date(2026, 3, 16)) == ()
    assert [held.request.id for held in desk.owed(date(2026, 3, 17))] == ["R1"]


def test_second_renewal_forces_admission(desk: AdmissionDesk) -> None:
    """An emergency is renewed once; what must go on after that goes through admission."""
    standing = walk(
        desk, declared(), act("renew", "requester", "housing", on=date(2026, 3, 30), order="应急令2")
    )
    assert (standing.expires, standing.renewals, standing.review_by) == (
        date(2026, 4, 29),
        1,
        date(2026, 3, 16),
    )
    assert refused(desk, act("renew", "requester", "housing", on=date(2026, 4, 20), order="应急令3")) == (
        "renewal-limit",
    )
    walk(desk, act("lapse", "secretariat", "governance-office", on=date(2026, 4, 30)))
    review = act("review", "conference", "joint-conference", on=date(2026, 4, 30), reason="情况属实")
    assert refused(desk, act("review", "secretariat", "housing", on=date(2026, 4, 30), reason="x")) == (
        "decided-by-requester",
    )
    assert walk(desk, review).overdue_review
    assert walk(desk, act("resubmit", "requester", "housing"), CHECK, *HEAR, DECIDE).state == "admitted"


def test_review_day_beyond_the_calendar_is_not_guessed() -> None:
    """While the notice of a year is not loaded, the review day is unknown, and the emergency is listed as owed."""
    desk = AdmissionDesk(open_store("memory:"), CALENDAR)
    desk.submit(REQUEST)
    standing = walk(desk, declared(on=date(2026, 12, 28)))
    assert standing.review_by is None
    assert desk.owed(date(2026, 12, 29)) != ()


def test_repeats_and_unknowns(desk: AdmissionDesk) -> None:
    """A command is applied once; an unknown request or action is a problem; the chain stays whole."""
    store = open_store("memory:")
    book = AdmissionDesk(store, CALENDAR)
    for _ in range(2):
        book.submit(REQUEST, command="c0")
        book.act("R1", CHECK, command="c1")
    assert len(store.read("admission/R1")) == 2
    with pytest.raises(Problems, match="no such request"):
        desk.standing("R9")
    with pytest.raises(Problems, match="no such action"):
        desk.act("R1", act("approve", "conference", "joint-conference"))
    verify(store)
    assert [held.request.id for held in book.requests()] == ["R1"]
