"""The mechanisms of the article that the ledger serves, each by the number of its row in the mission table."""

from __future__ import annotations

from datetime import date

import pytest

from huaying_governance.errors import Problems, Refused
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.ledger import LedgerBook
from huaying_governance.ledger import events as ev
from huaying_governance.ledger.criteria import CRITERIA
from huaying_governance.ledger.reception import Duty, Roster
from huaying_governance.ledger.records import Hardship, Livelihood, Stability, read_record
from huaying_governance.ledger.reports import response, satisfaction
from huaying_governance.storage import Store

from .conftest import PackOfTests, act, at, entry, run

DUTY = Duty("D1", date(2026, 9, 18), "dujiaping", "leader-1", "city_leader", "城建")


def refused(call: object, *args: object, **more: object) -> tuple[str, ...]:
    with pytest.raises(Refused) as found:
        call(*args, **more)  # type: ignore[operator]
    return found.value.ruling.codes


def test_row_47_reception_roster(book: LedgerBook, store: Store) -> None:
    """Row 47 坐班接访: published before; a city leader's absence is swapped at the same rank before the day; each
    visit opens an entry of the ledger."""
    roster = Roster(store, book)
    assert refused(roster.publish, DUTY, at("2026-09-17")) == ("published-late",)
    roster.publish(DUTY, at("2026-09-16"), "p1")
    assert roster.publish(DUTY, at("2026-09-16"), "p1").version == 1
    assert refused(roster.swap, "D1", "head-1", "subdistrict", "出差", at("2026-09-17")) == ("rank-differs",)
    assert refused(roster.swap, "D1", "leader-1", "subdistrict", "", at("2026-09-18")) == (
        "swap-late",
        "rank-differs",
        "no-substitute",
        "no-reason",
    )
    sitting = roster.swap("D1", "leader-2", "city_leader", "出差", at("2026-09-17"), "s1")
    assert roster.swap("D1", "leader-2", "city_leader", "出差", at("2026-09-17"), "s1") == sitting
    assert (sitting.first, sitting.duty.person) == ("leader-1", "leader-2")

    visit = entry(source="reception")
    assert roster.visit("D1", visit).state == "registered"
    roster.visit("D1", visit)
    assert roster.sitting("D1").visits == ("E1",)
    assert [s.duty.person for s in roster.on(date(2026, 9, 18))] == ["leader-2"]
    assert refused(roster.visit, "D1", entry("E2", source="reception", day="2026-09-19")) == (
        "not-this-duty",
    )
    with pytest.raises(Problems):
        roster.visit("D1", entry("E3"))
    with pytest.raises(Problems):
        roster.sitting("D9")
    with pytest.raises(Problems):
        Duty("D2", date(2026, 9, 18), "dujiaping", "x", "king")


def test_row_48_household_review_is_reminded_thirty_days_before(book: LedgerBook) -> None:
    """Row 48 困难群众台账: a review due on 2026-12-01 is reminded of from 2026-11-01 on, once; a later review anew."""
    book.register(entry(kind="hardship", day="2026-10-09"))
    household = Hardship("HH-1", "minimum_living", 3, date(2026, 12, 1))
    book.note("E1", ev.Recorded(at("2026-10-09"), "c1", "clerk", household))

    def reviews(on: str) -> list[tuple[date, str]]:
        given = book.remind(date.fromisoformat(on))
        return [(event.day, event.rung) for _, event in given if event.timer == "review"]

    assert reviews("2026-10-31") == []
    assert reviews("2026-11-01") == [(date(2026, 12, 1), "reminder")]
    assert reviews("2026-11-02") == []
    later = Hardship("HH-1", "minimum_living", 3, date(2027, 6, 1))
    book.note("E1", ev.Recorded(at("2026-11-20"), "c1", "clerk", later))
    assert reviews("2027-05-02") == [(date(2027, 6, 1), "reminder")]
    assert book.entry("E1") == book.replay("E1")


def test_row_49_hotline_complaint_is_due_after_fifteen_working_days(book: LedgerBook) -> None:
    """Row 49 民生诉求台账: a 12345 complaint of 2026-09-18 is due on 2026-10-15, over National Day and make-up days."""
    view = book.register(entry(source="hotline", category="complaint"))
    assert view.due == date(2026, 10, 15)
    assert "12345" in view.citation("zh")


@pytest.mark.parametrize("kind", ["hardship", "livelihood", "stability"])
@pytest.mark.parametrize("field", ["person_level", "risk_level", "人员等级", "religion", "phone"])
def test_row_50_no_ledger_has_a_field_for_a_persons_risk(kind: str, field: str) -> None:
    """Row 50 社会稳定台账: setting person_level, or the like, is an error of the schema: the field does not exist."""
    good = {
        "hardship": {
            "household": "HH-1",
            "type": "minimum_living",
            "members": 2,
            "next_review": "2026-12-01",
        },
        "livelihood": {"code": "010203"},
        "stability": {"matter": "hazard", "place": "农贸市场"},
    }[kind]
    assert read_record(kind, good)
    with pytest.raises(Problems) as problems:
        read_record(kind, {**good, field: "high"})
    assert problems.value.problems[0].code in {"red-line", "unknown-field"}


def test_row_50_stability_holds_matters_not_persons(book: LedgerBook) -> None:
    """Row 50 社会稳定台账: no petitioner, no record of another ledger; what is handed over leaves a receipt."""
    with pytest.raises(Problems):
        entry(kind="livelihood", petitioner="13800001234")
    book.register(entry(kind="stability"))
    matter = Stability("unpaid_wages", "某工地", "R-1", date(2026, 9, 18))
    assert book.note("E1", ev.Recorded(at("2026-09-18"), "c1", "clerk", matter)).dossier.record == matter
    with pytest.raises(Problems):
        book.note("E1", ev.Recorded(at("2026-09-18"), "c1", "clerk", Livelihood()))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("hardship", {"household": "HH-1", "type": "rich", "members": 0, "next_review": date(2026, 12, 1)}),
        (
            "hardship",
            {"household": "HH-1", "type": "minimum_living", "members": True, "next_review": "2026-13-01"},
        ),
        ("hardship", {"household": "HH-1"}),
        ("livelihood", {"code": "12", "joint": 0}),
        ("stability", {"matter": "hazard", "place": "市场", "receipt": "R-1"}),
        ("stability", {"matter": "person", "place": 7}),
        ("stability", {"matter": "person", "place": "市场"}),
    ],
)
def test_records_are_read_strictly(kind: str, data: dict[str, object]) -> None:
    """Wrong words, types and days are problems, their values masked."""
    with pytest.raises(Problems):
        read_record(kind, data)


def test_row_51_nobody_responsible_nothing_assigned(book: LedgerBook) -> None:
    """Row 51 责任制: without a lead and a handler nothing is assigned, and all that lacks is said."""
    book.register(entry())
    run(book, "accept 2026-09-18")
    assert refused(book.act, act("assign", "2026-09-18", lead="", handler="")) == ("no-lead", "no-handler")
    view = book.act(act("assign", "2026-09-18"))
    assert (view.live.lead, view.live.handler) == ("住建局", "h1")


def test_row_52_a_milestone_passed_is_yellow_then_red(book: LedgerBook) -> None:
    """Row 52 时间表: a milestone passed turns the entry yellow, then red; a step forward reaches it; the deadline near
    is yellow, passed is red."""
    book.register(entry())
    run(book, "accept 2026-09-18", "assign 2026-09-18", "schedule 2026-09-18")
    view = book.entry("E1")
    assert view.dossier.milestones == (date(2026, 9, 22),)
    colours = {day: view.colour(date(2026, 9, day)) for day in (22, 23, 27, 28)}
    assert colours == {22: "green", 23: "yellow", 27: "yellow", 28: "red"}
    assert [(e.timer, e.rung) for _, e in book.remind(date(2026, 9, 23))] == [("milestone", "missed")]
    view = run(book, "progress 2026-09-28")
    assert [
        view.colour(date(2026, 9, 28)),
        view.colour(date(2026, 10, 12)),
        view.colour(date(2026, 10, 16)),
    ] == [
        "green",
        "yellow",
        "red",
    ]
    run(book, "schedule 2026-12-30")
    assert book.entry("E1").dossier.milestones == ()
    run(book, "schedule 2026-12-30")
    assert run(book, "reply 2026-12-30").dossier.milestones == ()


def test_row_53_closure_waits_for_every_criterion(
    store: Store, pack: PackOfTests, calendar: Calendar
) -> None:
    """Row 53 销号制: with a pack that switches every criterion on, strike-off is refused for each that lacks: no
    call-back by a third person, items unanswered, money unpaid, an unsatisfied petitioner; then it is done."""
    strict = PackOfTests(pack.timetables, criteria=tuple(CRITERIA))
    book = LedgerBook(store, strict, calendar)
    book.register(entry())
    run(book, "accept 2026-09-18", "assign 2026-09-18")
    assert refused(book.act, act("hold", "2026-09-18")) == ("no-obstacle",)
    book.note("E1", ev.Obstacle(at("2026-09-18"), "u1", "unit_head", "planning", "临时照明"))
    run(book, "hold 2026-09-18", "resume 2026-09-19", "progress 2026-09-20")
    book.note("E1", ev.FundsNoted(at("2026-09-20"), "h1", "handler", False))
    assert refused(
        book.note, "E1", ev.CalledBack(at("2026-09-20"), "h1", "handler", True, True)
    ) == ("wrong-state", "handler-cannot-verify")  # fmt: skip
    run(book, "reply 2026-09-21", "verify 2026-09-22")
    assert refused(book.act, act("strike_off", "2026-09-22", actor="h1")) == (
        "handler-cannot-verify",
        "items-unanswered",
        "no-call-back",
        "funds-unpaid",
    )
    assert refused(book.note, "E1", ev.CalledBack(at("2026-09-22"), "h1", "handler", True, True)) == (
        "handler-cannot-verify",
    )
    book.note("E1", ev.CalledBack(at("2026-09-22"), "v2", "verifier", True, False))
    book.note("E1", ev.ItemsAnswered(at("2026-09-22"), "v2", "verifier", 2, 2))
    book.note("E1", ev.FundsNoted(at("2026-09-22"), "h1", "handler", True))
    assert refused(book.act, act("strike_off", "2026-09-22")) == ("unsatisfied",)
    leader = act("strike_off", "2026-09-22", actor="l1", role="leader", reason="政策解释到位")
    assert book.act(leader).state == "struck_off"
    assert book.entry("E1") == book.replay("E1")


def test_row_53_the_handler_never_closes_what_he_handled(book: LedgerBook) -> None:
    """Row 53 销号制: with the shipped pack too, nothing is struck off that somebody else has not verified."""
    book.register(entry())
    run(book, "accept 2026-09-18", "assign 2026-09-18", "progress 2026-09-20", "reply 2026-09-21")
    assert refused(book.act, act("strike_off", "2026-09-22")) == ("wrong-state", "not-verified")
    assert refused(book.act, act("verify", "2026-09-22", actor="h1")) == ("handler-cannot-verify",)


def test_row_54_satisfaction_counts_only_verified_call_backs(book: LedgerBook) -> None:
    """Row 54 诉求有人管、有人办: satisfied of those reached, never of all; response of what somebody has taken on."""
    calls = [(True, True), (True, False), (True, True), (False, None), None]
    for number, call in enumerate(calls):
        id_ = f"E{number}"
        book.register(entry(id_))
        run(
            book, "accept 2026-09-18", "assign 2026-09-18", "progress 2026-09-20", "reply 2026-09-21", id_=id_
        )
        if call is not None:
            book.note(id_, ev.CalledBack(at("2026-09-22"), "v2", "verifier", *call))
    book.register(entry("E9"))
    entries = list(book.find())
    felt = satisfaction(entries)
    assert felt.satisfied.say("zh") == "66.7%（2/3）"
    assert felt.reached.say("en") == "75.0% (3/4)"
    assert felt.not_called == 1
    assert response(entries).say("zh") == "83.3%（5/6）"
    assert satisfaction([]).satisfied.say("zh") == "无（分母为0）"
