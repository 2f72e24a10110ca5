"""Boards and rates: counted from entries, each rate with its denominator, hold never in the closed rate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from huaying_governance.ledger import LedgerBook
from huaying_governance.ledger.reports import (
    Rate,
    board,
    by_category,
    by_community,
    by_kind,
    by_lead,
    by_state,
    closure,
    escalated,
    frequent,
    three_colours,
)

from .conftest import act, entry, run

ON = date(2026, 10, 13)


def filled(book: LedgerBook) -> LedgerBook:
    """Six entries: one new, one due soon, one overdue, one on hold, one struck off late, one declined and reopened."""
    for number, day in enumerate(
        ("2026-10-09", "2026-09-18", "2026-09-10", "2026-09-10", "2026-09-10", "2026-10-09")
    ):
        book.register(entry(f"E{number}", day=day, community="synthetic-2" if number % 2 else "dujiaping"))
    for number in (1, 2, 3, 4):
        run(book, "accept 2026-09-18", "assign 2026-09-18", "progress 2026-09-18", id_=f"E{number}")
    run(book, "hold 2026-09-21", id_="E3")
    run(book, "reply 2026-10-12", "verify 2026-10-12", "strike_off 2026-10-12", id_="E4")
    run(book, "decline 2026-10-09", "reopen 2026-10-10", id_="E5")
    return book


def test_a_board_counts_each_entry_once(book: LedgerBook) -> None:
    """By community: open, on hold, due soon, overdue, struck off, reopened, colours; the whole is the sum."""
    shown = board(filled(book).find(), ON)
    assert [group.key for group in shown.groups] == ["dujiaping", "synthetic-2"]
    whole = shown.whole
    assert (whole.total, whole.open, whole.on_hold, whole.struck_off, whole.reopened) == (6, 5, 1, 1, 1)
    assert (whole.due_soon, whole.overdue) == (1, 2)
    assert dict(whole.colours) == {"green": 3, "yellow": 1, "red": 1}
    assert shown.say("zh").splitlines()[0].split("\t")[:4] == ["分组", "总数", "未办结", "挂账"]
    assert shown.say("en").splitlines()[-1].split("\t") == [
        "",
        "6",
        "5",
        "1",
        "1",
        "2",
        "1",
        "1",
        "1",
        "1",
        "3",
    ]


def test_a_board_groups_by_anything(book: LedgerBook) -> None:
    """By unit, ledger, state or class of demand."""
    entries = list(filled(book).find())
    assert [g.key for g in board(entries, ON, by_lead).groups] == ["", "住建局"]
    assert [g.key for g in board(entries, ON, by_kind).groups] == ["livelihood"]
    assert [(g.key, g.total) for g in board(entries, ON, by_state).groups] == [
        ("accepted", 1),
        ("in_progress", 2),
        ("on_hold", 1),
        ("registered", 1),
        ("struck_off", 1),
    ]
    assert frequent(entries) == (("visit", 6),)
    assert frequent(entries, by_community) == (("dujiaping", 3), ("synthetic-2", 3))
    assert by_category(book.register(entry("E7", source="hotline", category="help"))) == "hotline/help"


def test_the_closed_rate_leaves_out_what_is_on_hold(book: LedgerBook) -> None:
    """Closed of due in the period; on hold apart; how many of the closed missed no deadline."""
    found = closure(filled(book).find(), date(2026, 9, 1), date(2026, 10, 12))
    assert (found.rate, found.in_time, found.on_hold) == (Rate(1, 2), Rate(0, 1), 1)
    assert (
        closure(book.find(), date(2026, 1, 1), date(2026, 1, 31)).rate.say("en") == "none (nothing to count)"
    )


def test_a_merged_entry_counts_with_its_master(book: LedgerBook) -> None:
    """Merging does not polish the rate."""
    filled(book)
    book.act(act("merge", "2026-10-13", "E2", target="E1"))
    assert closure(book.find(), date(2026, 9, 1), date(2026, 10, 12)).rate == Rate(1, 1)


def test_three_colours_nearest_first(book: LedgerBook) -> None:
    """Open entries only, by colour, the nearest deadline first."""
    found = three_colours(filled(book).find(), ON)
    assert {colour: [view.id for view in views] for colour, views in found.items()} == {
        "red": ["E2"],
        "yellow": ["E1"],
        "green": ["E3", "E0", "E5"],
    }


def test_escalated_entries_go_to_the_conference(book: LedgerBook) -> None:
    """Open ones that were escalated, the oldest first."""
    filled(book)
    for id_ in ("E1", "E2", "E0"):
        book.act(act("escalate", "2026-10-13", id_))
    book.act(act("merge", "2026-10-13", "E0", target="E1"))
    assert [view.id for view in escalated(book.find())] == ["E2", "E1"]


def test_rates_round_half_up() -> None:
    """One decimal, half-up; nothing to count is no rate."""
    assert Rate(8, 9).percent == Decimal("88.9")
    assert Rate(1, 8).percent == Decimal("12.5")
    assert Rate(1, 16).percent == Decimal("6.3")
    assert Rate(0, 0).percent is None
