"""The ledger as offices see it: the table of actions, the codes in their order, the clocks, to the letter."""

from __future__ import annotations

from datetime import date

import pytest

from huaying_governance.errors import Refused
from huaying_governance.ledger import LedgerBook
from huaying_governance.ledger.guards import GUARDS
from huaying_governance.ledger.table import LEDGER

from .conftest import act, entry, run


def codes(book: LedgerBook, action: str, day: str, **more: object) -> str:
    with pytest.raises(Refused) as refused:
        book.act(act(action, day, **more))
    return ";".join(refused.value.ruling.codes)


def columns(book: LedgerBook, on: str = "2026-12-01", id_: str = "E1", lang: str = "zh") -> dict[str, str]:
    return book.entry(id_).columns(date.fromisoformat(on), lang)  # type: ignore[arg-type]


TABLE = """
accept: registered, returned -> accepted by clerk
decline: registered -> declined by clerk
assign: accepted, assigned, in_progress, returned -> assigned by clerk, unit_head
schedule: assigned, in_progress -> same by handler, unit_head
progress: assigned, in_progress -> in_progress by handler
extend: accepted, assigned, in_progress -> same by unit_head, leader
hold: assigned, in_progress -> on_hold by leader
resume: on_hold -> in_progress by unit_head, leader
return: assigned -> returned by unit_head
transfer: assigned, in_progress, returned -> assigned by unit_head
merge: any open -> merged by clerk
reply: in_progress -> replied by handler
verify: replied -> verified/in_progress by verifier, leader
strike_off: verified -> struck_off by verifier, leader
reopen: struck_off, declined -> assigned/accepted by clerk, leader
escalate: any open -> same by any
"""


def test_the_table_is_the_documented_one() -> None:
    """Row by row: action, states it starts from, states it ends in, roles."""
    open_states = tuple(state.id for state in LEDGER.states if state.open)
    lines = []
    for row in LEDGER.transitions:
        sources = "any open" if row.sources == open_states else ", ".join(row.sources)
        lines.append(
            f"{row.action}: {sources} -> {'/'.join(row.targets) or 'same'} by {', '.join(row.roles) or 'any'}"
        )
    assert lines == TABLE.strip().splitlines()


def test_the_codes_stand_in_the_documented_order() -> None:
    """wrong-state first, out-of-order last."""
    assert " ".join(guard.code for guard in GUARDS) == (
        "wrong-state wrong-role no-lead no-handler no-reason no-evidence no-target handler-cannot-verify not-verified "
        "after-due extension-limit objection-window-passed reopen-window-passed out-of-order"
    )


def test_the_straight_way(book: LedgerBook) -> None:
    """Registered to struck off, verified by somebody else than the handler; every column of the result."""
    book.register(entry())
    run(book, "accept 2026-09-18", "assign 2026-09-18", "progress 2026-09-21", "reply 2026-10-15")
    run(book, "verify 2026-10-16", "strike_off 2026-10-16")
    assert columns(book) == {
        "id": "E1",
        "kind": "livelihood",
        "state": "struck_off",
        "due": "",
        "overdue": "no",
        "lead": "住建局",
        "handler": "h1",
        "closed_on": "2026-10-16",
        "citation": "本库默认值（本库默认，无法律效力）",
    }
    assert columns(book, lang="en")["citation"].startswith("library default")


def test_strike_off_before_verification_is_refused(book: LedgerBook) -> None:
    """A strike-off of what is merely replied is refused for its state and for the missing verification, in order."""
    book.register(entry())
    run(book, "accept 2026-09-18", "assign 2026-09-18", "progress 2026-09-21", "reply 2026-10-15")
    assert codes(book, "strike_off", "2026-10-16") == "wrong-state;not-verified"
    assert (
        codes(book, "strike_off", "2026-10-16", actor="h1")
        == "wrong-state;handler-cannot-verify;not-verified"
    )
    assert (
        codes(book, "strike_off", "2026-10-01", actor="h1", role="clerk")
        == "wrong-state;wrong-role;handler-cannot-verify;not-verified;out-of-order"
    )


def test_strike_off_twice_is_only_a_wrong_state(book: LedgerBook) -> None:
    """What is struck off has been verified; a second strike-off fails for its state alone."""
    book.register(entry())
    run(book, "accept 2026-09-18", "assign 2026-09-18", "progress 2026-09-21", "reply 2026-10-15")
    run(book, "verify 2026-10-16", "strike_off 2026-10-16")
    assert codes(book, "strike_off", "2026-10-17") == "wrong-state"


def test_handler_nor_replier_verifies(book: LedgerBook) -> None:
    """Neither the handler nor who replied may verify, in whatever role; only the handler may not strike off."""
    book.register(entry())
    run(book, "accept 2026-09-18", "assign 2026-09-18", "progress 2026-09-21")
    book.act(act("reply", "2026-09-22", actor="h9"))
    assert codes(book, "verify", "2026-09-22", actor="h1") == "handler-cannot-verify"
    assert codes(book, "verify", "2026-09-22", actor="h9", role="leader") == "handler-cannot-verify"
    assert (
        codes(book, "verify", "2026-09-22", actor="h9", satisfied=None)
        == "handler-cannot-verify;not-verified"
    )
    assert book.act(act("verify", "2026-09-22")).state == "verified"
    assert codes(book, "strike_off", "2026-09-22", actor="h1") == "handler-cannot-verify"
    assert book.act(act("strike_off", "2026-09-22", actor="h9")).state == "struck_off"


@pytest.mark.parametrize(
    ("role", "satisfied", "reason", "state"),
    [
        ("verifier", True, "", "verified"),
        ("verifier", False, "解释到位", "in_progress"),
        ("leader", False, "", "in_progress"),
        ("leader", False, "政策解释到位", "verified"),
        ("leader", True, "", "verified"),
    ],
)
def test_unsatisfied_goes_back_unless_a_leader_says_why(
    book: LedgerBook, role: str, satisfied: bool, reason: str, state: str
) -> None:
    """Only a leader with a reason may verify an unsatisfied but lawful answer."""
    book.register(entry())
    run(book, "accept 2026-09-18", "assign 2026-09-18", "progress 2026-09-21", "reply 2026-09-22")
    assert book.act(act("verify", "2026-09-22", role=role, satisfied=satisfied, reason=reason)).state == state


def test_transfer_needs_another_lead_a_handler_and_a_reason(book: LedgerBook) -> None:
    """All three missing are all three said."""
    book.register(entry())
    run(book, "accept 2026-09-18", "assign 2026-09-18")
    assert (
        codes(book, "transfer", "2026-09-18", lead="住建局", handler="", reason="")
        == "no-lead;no-handler;no-reason"
    )
    assert codes(book, "transfer", "2026-09-18", lead="") == "no-lead"
    view = book.act(act("transfer", "2026-09-18"))
    assert (view.state, view.live.lead, view.live.handler) == ("assigned", "城管局", "h2")


def test_return_within_five_working_days_of_the_last_assignment(book: LedgerBook) -> None:
    """Assigned on 18 September: the 20th works, so the fifth working day is the 24th; a new assignment starts anew."""
    book.register(entry())
    run(book, "accept 2026-09-18", "assign 2026-09-18")
    assert codes(book, "return", "2026-09-25") == "objection-window-passed"
    assert codes(book, "return", "2026-09-25", reason="", role="clerk") == (
        "wrong-role;no-reason;objection-window-passed"
    )
    assert book.act(act("return", "2026-09-24")).state == "returned"
    run(book, "assign 2026-09-30")
    assert book.act(act("return", "2026-10-09")).state == "returned"


def test_merge_needs_another_open_entry_of_the_same_kind(book: LedgerBook) -> None:
    """Itself, nobody, a closed one and another ledger's are no targets; a merged entry has no due day left."""
    for id_, kind in (("E1", "livelihood"), ("E2", "livelihood"), ("E3", "hardship"), ("E4", "livelihood")):
        book.register(entry(id_, kind))
    book.act(act("decline", "2026-09-18", "E4"))
    for target in ("", "E1", "E3", "E4", "E9"):
        assert codes(book, "merge", "2026-09-19", target=target) == "no-target"
    view = book.act(act("merge", "2026-09-19", target="E2"))
    assert view.state == "merged"
    assert columns(book)["due"] == ""
    assert columns(book)["overdue"] == "no"
    assert columns(book)["closed_on"] == "2026-09-19"
    assert codes(book, "merge", "2026-09-19", entry="E2", target="E1") == "no-target"


def test_reopen_within_thirty_days(book: LedgerBook) -> None:
    """Day 30 is in time, day 31 is not; to assigned where somebody was responsible, else to accepted."""
    for id_ in ("E1", "E2"):
        book.register(entry(id_))
    run(book, "accept 2026-09-18", "assign 2026-09-18", "progress 2026-09-21", "reply 2026-09-22")
    run(book, "verify 2026-09-23", "strike_off 2026-09-23")
    book.act(act("decline", "2026-09-23", "E2"))
    assert codes(book, "reopen", "2026-10-24") == "reopen-window-passed"
    assert codes(book, "reopen", "2026-10-24", reason="") == "no-reason;reopen-window-passed"
    assert book.act(act("reopen", "2026-10-23")).state == "assigned"
    assert book.act(act("reopen", "2026-10-23", "E2")).state == "accepted"


def test_no_action_older_than_the_last_applied(book: LedgerBook) -> None:
    """Older than the entry or than the last applied action is out of order; the same moment is not, and a refused
    action does not count."""
    book.register(entry(day="2026-09-18T09:00"))
    assert codes(book, "accept", "2026-09-18T08:59") == "out-of-order"
    run(book, "accept 2026-09-18T09:00")
    assert codes(book, "reply", "2026-10-09") == "wrong-state"
    run(book, "assign 2026-09-18T09:00")
    assert codes(book, "progress", "2026-09-18T08:00") == "out-of-order"


def test_escalate_needs_a_reason_only(book: LedgerBook) -> None:
    """Any role may escalate any open entry; nothing changes but the record."""
    book.register(entry())
    assert codes(book, "escalate", "2026-09-18", reason="") == "no-reason"
    assert book.act(act("escalate", "2026-09-18", role="handler")).state == "registered"
    book.act(act("decline", "2026-09-18"))
    assert codes(book, "escalate", "2026-09-18") == "wrong-state"


# -------------------------------------------------------------------------------------------------------- clocks


@pytest.mark.parametrize(
    ("kind", "source", "category", "day", "due", "missing"),
    [
        ("livelihood", "hotline", "consult", "2026-09-18", "2026-09-22", ""),
        ("livelihood", "hotline", "help", "2026-09-18", "2026-09-29", ""),
        ("livelihood", "hotline", "suggestion", "2026-09-18", "2026-09-29", ""),
        ("livelihood", "hotline", "complaint", "2026-09-18", "2026-10-15", ""),
        ("livelihood", "hotline", "consult", "2026-02-13", "2026-02-25", ""),
        ("livelihood", "hotline", "complaint", "2025-12-24", "", "missing:timetable"),
        ("livelihood", "hotline", "", "2026-09-18", "", "missing:category"),
        ("hardship", "visit", "", "2026-09-18", "2026-11-05", ""),
        ("stability", "grid", "", "2026-09-18", "2026-10-15", ""),
        ("livelihood", "petition", "appeal", "2026-09-16", "2026-10-01", ""),
        ("livelihood", "petition", "appeal", "2026-01-31", "2026-02-15", ""),
        ("livelihood", "hotline", "complaint", "2026-12-24", "", "missing:calendar"),
    ],
)
def test_first_deadlines(
    book: LedgerBook, kind: str, source: str, category: str, day: str, due: str, missing: str
) -> None:
    """T3 and T4: each channel's first deadline from the day of receipt, the start day not counted, no roll."""
    book.register(entry(kind=kind, source=source, category=category, day=day))
    shown = columns(book, day)
    assert shown["due"] == due
    assert shown["overdue"] == ("no" if due else "")
    assert shown["citation"].startswith(missing)
    assert ("missing:" in shown["citation"]) == bool(missing)


def test_received_late_in_the_evening_counts_by_the_day_in_shanghai(book: LedgerBook) -> None:
    """23:30 in Shanghai is that day, though it is the afternoon in London."""
    book.register(entry(source="hotline", category="consult", day="2026-09-18T23:30"))
    assert columns(book)["due"] == "2026-09-22"


def test_petition_counts_from_acceptance_with_one_extension_of_thirty(book: LedgerBook) -> None:
    """T4: accepted 2026-03-01, 60 days to 30 April, one extension of at most 30 to 30 May."""
    book.register(entry(source="petition", category="appeal", day="2026-02-20"))
    assert columns(book)["due"] == "2026-03-07"
    run(book, "accept 2026-03-01")
    assert columns(book)["due"] == "2026-04-30"
    assert "第三十四条" in columns(book)["citation"] or "34" in columns(book)["citation"]
    assert codes(book, "extend", "2026-04-30", days=31) == "extension-limit"
    assert book.act(act("extend", "2026-04-30", days=30)).due == date(2026, 5, 30)
    assert codes(book, "extend", "2026-05-01", days=1) == "extension-limit"
    assert codes(book, "extend", "2026-05-31", days=31, reason="") == "no-reason;after-due;extension-limit"


def test_a_petition_that_is_no_appeal_has_no_second_clock(book: LedgerBook) -> None:
    """A suggestion is answered once it is accepted; what is no appeal and no suggestion waits for its category."""
    book.register(entry(source="petition", category="suggestion", day="2026-02-20"))
    book.register(entry("E2", source="petition", day="2026-02-20"))
    for id_ in ("E1", "E2"):
        run(book, "accept 2026-03-01", id_=id_)
        assert columns(book, id_=id_)["due"] == ""
        assert columns(book, id_=id_)["overdue"] == "no"
    assert "missing:" not in columns(book)["citation"]
    assert columns(book, id_="E2")["citation"].startswith("missing:category")
    assert codes(book, "extend", "2026-03-01") == "extension-limit"


def test_a_declined_petition_was_answered(book: LedgerBook) -> None:
    """Being told no within fifteen days meets the clock of acceptance; later it was missed."""
    for id_, day in (("E1", "2026-03-07"), ("E2", "2026-03-08")):
        book.register(entry(id_, source="petition", category="appeal", day="2026-02-20"))
        book.act(act("decline", day, id_))
    assert (columns(book)["due"], columns(book)["overdue"]) == ("", "no")
    assert columns(book, id_="E2")["overdue"] == "yes"
    book.act(act("reopen", "2026-03-10"))
    assert columns(book)["due"] == ""


def test_a_declined_entry_reopened_has_its_old_deadline(book: LedgerBook) -> None:
    """Declining ends the clock unmet, with what was missed by then; reopening lets the old deadline stand."""
    book.register(entry())
    book.act(act("decline", "2026-10-15"))
    assert (columns(book)["due"], columns(book, "2027-01-01")["overdue"]) == ("", "no")
    book.act(act("reopen", "2026-10-16"))
    assert (columns(book)["due"], columns(book)["overdue"]) == ("2026-10-15", "yes")


def test_the_deadline_day_is_in_time_and_late_stays_late(book: LedgerBook) -> None:
    """Overdue from the day after; a reply after the deadline leaves `yes` for good."""
    for id_, day in (("E1", "2026-10-15T23:59"), ("E2", "2026-10-16T00:00")):
        book.register(entry(id_))
        run(book, "accept 2026-09-18", "assign 2026-09-18", "progress 2026-09-21", id_=id_)
        assert columns(book, "2026-10-15", id_)["overdue"] == "no"
        assert columns(book, "2026-10-16", id_)["overdue"] == "yes"
        run(book, f"reply {day}", id_=id_)
    assert (columns(book)["due"], columns(book)["overdue"]) == ("", "no")
    assert columns(book, id_="E2")["overdue"] == "yes"
    book.act(act("verify", "2026-10-17", "E2", satisfied=False))
    assert (columns(book, id_="E2")["state"], columns(book, id_="E2")["due"]) == ("in_progress", "")
    assert columns(book, id_="E2")["overdue"] == "yes"


def test_extension_before_due_once_and_no_longer_than_the_clock(book: LedgerBook) -> None:
    """Other extensions: once, at most the original number of days, asked for on or before the due day."""
    book.register(entry())
    run(book, "accept 2026-09-18")
    assert codes(book, "extend", "2026-09-18", days=16) == "extension-limit"
    assert (
        codes(book, "extend", "2026-10-16", days=16, role="clerk") == "wrong-role;after-due;extension-limit"
    )
    assert book.act(act("extend", "2026-10-15", days=2)).due == date(2026, 10, 19)
    assert codes(book, "extend", "2026-10-16", days=1) == "extension-limit"


def test_hold_stops_the_default_clock_and_no_other(book: LedgerBook) -> None:
    """Defaults keep the remaining days; hotline and petition rules know no stop."""
    book.register(entry())
    book.register(entry("E2", source="hotline", category="complaint"))
    for id_ in ("E1", "E2"):
        run(book, "accept 2026-09-18", "assign 2026-09-18", "hold 2026-09-22", id_=id_)
    # 3 of 15 working days were used by the 22nd; 12 are left, from the 29th.
    assert columns(book, "2026-11-30")["overdue"] == "no"
    assert columns(book, "2026-11-30")["due"] == "2026-10-15"
    assert columns(book, "2026-11-30", "E2")["overdue"] == "yes"
    for id_ in ("E1", "E2"):
        run(book, "resume 2026-09-29", id_=id_)
    assert columns(book)["due"] == "2026-10-21"
    assert columns(book, id_="E2")["due"] == "2026-10-15"


def test_hold_and_resume_on_one_day_change_nothing(book: LedgerBook) -> None:
    """Nor does a hold cure a deadline that had passed."""
    for id_, day in (("E1", "2026-09-26"), ("E2", "2026-10-16")):
        book.register(entry(id_))
        run(book, "accept 2026-09-18", "assign 2026-09-18", f"hold {day}", f"resume {day}", id_=id_)
        assert columns(book, id_=id_)["due"] == "2026-10-15"
    run(book, "hold 2026-10-16", id_="E2")
    assert columns(book, "2026-10-16", "E2")["overdue"] == "yes"
    run(book, "resume 2026-11-20", id_="E2")
    assert (columns(book, id_="E2")["due"], columns(book, "2026-11-20", "E2")["overdue"]) == (
        "2026-10-15",
        "yes",
    )


def test_merge_from_hold_freezes_what_was_missed_at_the_hold(book: LedgerBook) -> None:
    """A clock that stands cannot be missed."""
    for id_ in ("E1", "E2"):
        book.register(entry(id_))
    run(book, "accept 2026-09-18", "assign 2026-09-18", "hold 2026-09-22")
    book.act(act("merge", "2026-11-30", target="E2"))
    assert columns(book)["overdue"] == "no"


def test_reasons_come_with_clause_and_cure_in_both_languages(book: LedgerBook) -> None:
    """Each ground of a refusal has a text, the clause it rests on, and how to put it right."""
    book.register(entry(source="petition", category="appeal", day="2026-02-20"))
    run(book, "accept 2026-03-01")
    with pytest.raises(Refused) as refused:
        book.act(act("extend", "2026-05-01", days=40, role="clerk"))
    ruling = refused.value.ruling
    assert ruling.codes == ("wrong-role", "after-due", "extension-limit")
    for ground, remedy in zip(ruling.grounds, ruling.remedies, strict=True):
        assert ground.text.zh
        assert ground.text.en
        assert ground.citation is not None
        assert remedy.code == ground.code
        assert "{" not in ground.text.en + ground.text.zh + remedy.text.en + remedy.text.zh
    assert "2026-04-30" in ruling.reason("zh")
    assert "信访" in ruling.grounds[1].citation.say("zh")
    assert "30日" in ruling.explain("zh")
