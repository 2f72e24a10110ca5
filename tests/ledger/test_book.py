"""The book over a store: repeats, refusals kept, queries, reminders, re-projection, explanations, links."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from huaying_governance.errors import Conflict, Problems, Refused
from huaying_governance.kernel.workdays import Calendar, china_calendar
from huaying_governance.ledger import Action, Entry, LedgerBook
from huaying_governance.ledger import events as ev
from huaying_governance.storage import Event, Store, open_store, verify

from .conftest import PackOfTests, act, at, entry, run


def test_the_same_command_is_applied_once(book: LedgerBook, store: Store) -> None:
    """A repeat gives the first answer and writes nothing, whatever has happened since."""
    book.register(entry(), "r1")
    book.register(entry(), "r1")
    book.act(act("accept", "2026-09-18"), "a1")
    run(book, "assign 2026-09-18")
    assert book.act(act("accept", "2026-09-18"), "a1").state == "assigned"
    assert [head.version for head in store.heads()] == [3]


def test_a_refusal_is_the_commands_stored_answer(book: LedgerBook, store: Store) -> None:
    """Refused once, refused for good under that id, with the same reasons; the entry does not change."""
    book.register(entry())
    before = book.entry("E1").live
    ruling = book.attempt(act("strike_off", "2026-09-19", actor="h1"), "a1")
    assert ruling is not None
    assert book.entry("E1").live == before
    run(book, "accept 2026-09-18")
    assert book.attempt(act("strike_off", "2026-09-19", actor="h1"), "a1") == ruling
    with pytest.raises(Refused) as refused:
        book.act(act("strike_off", "2026-09-19", actor="h1"), "a1")
    assert refused.value.ruling == ruling
    assert book.attempt(act("assign", "2026-09-19"), "a2") is None
    assert [head.version for head in store.heads()] == [4]
    verify(store)


def test_a_plain_refusal_leaves_no_trace(book: LedgerBook, store: Store) -> None:
    """`act` without anything to repeat records nothing when it refuses."""
    book.register(entry())
    with pytest.raises(Refused):
        book.act(act("reply", "2026-09-18"))
    assert [head.version for head in store.heads()] == [1]


def test_an_id_says_one_thing(book: LedgerBook) -> None:
    """The same entry again changes nothing; another content, community or an unknown id is a problem."""
    first = book.register(entry())
    assert book.register(entry()) == first
    for wrong in (entry(summary="另一件事"), entry("E2", community="nowhere")):
        with pytest.raises(Problems):
            book.register(wrong)
    with pytest.raises(Problems) as problems:
        book.act(act("accept", "2026-09-18", "E9"))
    assert problems.value.problems[0].code == "unknown-entry"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "person"}, "unknown-choice"),
        ({"source": "letter"}, "unknown-choice"),
        ({"source": "hotline", "category": "appeal"}, "unknown-choice"),
        ({"category": "help"}, "unknown-choice"),
        ({"source": "petition", "category": "accusation"}, "accusation"),
        ({"kind": "stability", "petitioner": "P-1"}, "no-persons"),
        ({"petitioner": "张三"}, "not-a-reference"),
        ({"id": " "}, "missing-value"),
        ({"community": ""}, "missing-value"),
        ({"received_at": at("2026-09-18").replace(tzinfo=None)}, "bad-moment"),
    ],
)
def test_entries_that_make_no_sense(more: dict[str, object], code: str) -> None:
    """Unknown words, accusations, persons in the stability ledger, names instead of references, moments without a
    zone are problems, and no message repeats a personal value."""
    values = {
        "id": "E1",
        "kind": "livelihood",
        "source": "visit",
        "category": None,
        "community": "dujiaping",
        **more,
    }
    with pytest.raises(Problems) as problems:
        Entry(**{"received_at": at("2026-09-18"), **values})  # type: ignore[arg-type]
    assert [problem.code for problem in problems.value.problems] == [code]
    assert "张三" not in problems.value.say("zh")


def test_all_problems_of_an_action_at_once() -> None:
    """Unknown action and role, no actor, no days: four problems, each with a cure."""
    with pytest.raises(Problems) as problems:
        Action("", at("2026-09-18"), "vanish", "", "king", days=0)
    assert len(problems.value.problems) == 5
    with pytest.raises(Problems) as problems:
        act("extend", "2026-09-18", days=None)
    assert problems.value.problems[0].code == "missing-value"


def test_due_and_overdue_come_nearest_first(book: LedgerBook) -> None:
    """Due by a day, nearest first; overdue includes those missed for good; a stopped clock is not due."""
    for id_, day in (("E1", "2026-09-18"), ("E2", "2026-09-16"), ("E3", "2026-09-17"), ("E4", "2026-09-16")):
        book.register(entry(id_, day=day))
        run(book, "accept 2026-09-18", "assign 2026-09-18", id_=id_)
    run(book, "hold 2026-09-21", id_="E4")
    run(book, "progress 2026-09-18", "reply 2026-12-01", id_="E2")
    assert [view.id for view in book.due(date(2026, 10, 15))] == ["E3", "E1"]
    assert [view.id for view in book.due(date(2026, 10, 15), since=date(2026, 10, 15))] == ["E1"]
    assert [view.id for view in book.overdue(on=date(2026, 10, 15))] == ["E3", "E2"]
    assert [view.id for view in book.overdue(date(2026, 10, 15), where={"community": "synthetic-2"})] == []
    assert [view.id for view in book.find({"state": "on_hold"})] == ["E4"]


def test_pages_do_not_lose_entries(book: LedgerBook, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query that needs several pages gives every entry once."""
    monkeypatch.setattr("huaying_governance.ledger.shelf.PAGE", 3)
    for number in range(10):
        book.register(entry(f"E{number}"))
    assert [view.id for view in book.due(date(2026, 10, 15))] == [f"E{number}" for number in range(10)]
    assert len(list(book.find())) == 10


def test_a_reader_that_knows_nothing_sees_the_same(book: LedgerBook, store: Store, pack: PackOfTests) -> None:
    """Another book over the same store reads the terms from the entry's own history, never from its pack."""
    book.register(entry(source="petition", category="appeal"))
    run(book, "accept 2026-09-18", "assign 2026-09-18")
    other = LedgerBook(store, PackOfTests(()), china_calendar())
    assert other.entry("E1") == book.entry("E1") == other.replay("E1")
    assert other.explain_due("E1").due == date(2026, 11, 17)


def test_rows_can_be_written_anew_from_the_events(book: LedgerBook, store: Store) -> None:
    """The fold of the whole feed gives every entry as its row has it, and can replace the rows."""
    for number in (1, 2, 3):
        book.register(entry(f"E{number}"))
    run(book, "accept 2026-09-18", "assign 2026-09-18", "schedule 2026-09-18")
    store.append("other", (Event("something.else", {}),), 0)
    seen = [book.entry(f"E{number}") for number in (1, 2, 3)]
    assert list(book.rebuild()) == seen
    assert book.put_rows() == 3
    assert [book.entry(f"E{number}") for number in (1, 2, 3)] == seen
    with pytest.raises(ValueError, match="without events"):
        book.replay("E9")


def test_a_lost_race_is_run_again(book: LedgerBook, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A conflict is decided anew on what is there now; who loses every time is told."""
    book.register(entry())
    append = store.append
    losses = iter([True, True])

    def losing(*args: object, **more: object) -> object:
        if next(losses, False):
            raise Conflict("entry/E1", 1)
        return append(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "append", losing)
    assert book.act(act("accept", "2026-09-18")).state == "accepted"
    losses = iter([True] * 99)
    with pytest.raises(Conflict):
        book.act(act("assign", "2026-09-18"))
    assert book.reproject(at("2026-09-18")) == ()


def test_a_race_to_register_ends_in_one_entry(
    book: LedgerBook, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes second finds the entry of the first."""
    book.register(entry())
    real, unseen = book._row, iter([None])
    monkeypatch.setattr(book, "_row", lambda id_: next(unseen, real(id_)))
    assert book.register(entry()).version == 1


# ------------------------------------------------------------------------------------------- time passing by


def test_every_rung_is_given_once(book: LedgerBook) -> None:
    """Warning, overdue, escalation: each once for each deadline, however often one asks; a moved one warns anew."""
    book.register(entry())
    run(book, "accept 2026-09-18")

    def rungs(on: str) -> list[tuple[str, str]]:
        return [(event.timer, event.rung) for _, event in book.remind(date.fromisoformat(on))]

    assert rungs("2026-10-11") == []
    assert rungs("2026-10-12") == [("due", "warning")]
    assert rungs("2026-10-13") == []
    run(book, "extend 2026-10-13")
    assert rungs("2026-10-14") == []
    assert rungs("2026-10-21") == [("due", "warning")]
    assert rungs("2026-10-30") == [("due", "overdue"), ("due", "escalation")]
    assert rungs("2026-12-30") == []
    assert book.entry("E1") == book.replay("E1")


def test_a_race_of_reminders_gives_each_once(
    book: LedgerBook, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who loses the race leaves the reminder to the next run."""
    book.register(entry())

    def lost(*_args: object, **_more: object) -> object:
        raise Conflict("entry/E1", 1)

    monkeypatch.setattr(store, "append", lost)
    assert book.remind(date(2026, 10, 12)) == ()


NOTICE_OF_2027 = """
year = 2027
statutory_days = 1

[source]
id = "holidays-2027"
title = { zh = "示例通知", en = "made-up notice" }
standing = "synthetic"

[[holiday]]
name = { zh = "元旦", en = "New Year's Day" }
from = 2027-01-01
to = 2027-01-03
work = []
quote = "示例"
"""


def fuller(folder: Path) -> Calendar:
    """The calendar with a made-up notice of 2027: New Year's Day and nothing else."""
    (folder / "2027.toml").write_text(NOTICE_OF_2027, "utf-8")
    return china_calendar(folder / "2027.toml")


def test_a_deadline_beyond_the_calendar_waits_for_the_notice(
    book: LedgerBook, store: Store, pack: PackOfTests, tmp_path: Path
) -> None:
    """Never guessed; when the notice is loaded the day is recorded, and extensions and holds meanwhile are kept."""
    for id_ in ("E1", "E2", "E3"):
        book.register(entry(id_, day="2026-12-24"))
        run(book, "accept 2026-12-24", "assign 2026-12-24", id_=id_)
    assert (book.entry("E1").due, book.entry("E1").missing) == (None, ("calendar",))
    assert book.entry("E1").is_overdue(date(2026, 12, 31)) is None
    run(book, "extend 2026-12-25", id_="E2")
    run(book, "hold 2026-12-28", "resume 2026-12-30", id_="E3")
    assert book.reproject(at("2026-12-31")) == ()

    calendar = fuller(tmp_path)
    later = LedgerBook(store, pack, calendar)
    assert sorted(later.reproject(at("2026-12-31"))) == ["E1", "E2", "E3"]
    assert later.reproject(at("2026-12-31")) == ()
    assert later.entry("E1").due == calendar.add_workdays(date(2026, 12, 24), 15)
    assert later.entry("E2").due == calendar.add_workdays(date(2026, 12, 24), 20)
    assert later.entry("E3").due == calendar.add_workdays(date(2026, 12, 30), 13)
    assert later.entry("E1").missing == ()
    assert later.entry("E1").is_overdue(date(2026, 12, 31)) is False
    for id_ in ("E1", "E2", "E3"):
        assert later.entry(id_) == later.replay(id_)
    assert "按新日历重算" in later.explain_due("E1").explain("zh")
    assert later.reproject(at("2026-12-31"), since=date(2027, 1, 1)) == ()


def test_a_hold_across_the_horizon_is_reckoned_from_its_history(
    book: LedgerBook, store: Store, pack: PackOfTests, tmp_path: Path
) -> None:
    """Held and resumed on days the calendar did not know, extended while nobody knew the day: all counted later."""
    book.register(entry(day="2026-12-24"))
    run(
        book,
        "accept 2026-12-24",
        "assign 2026-12-24",
        "hold 2027-01-05",
        "resume 2027-01-12",
        "extend 2027-01-13",
    )
    assert book.entry("E1").due is None
    calendar = fuller(tmp_path)
    later = LedgerBook(store, pack, calendar)
    assert later.reproject(at("2027-01-14")) == ("E1",)
    used = calendar.workdays_between(date(2026, 12, 24), date(2027, 1, 5))
    assert later.entry("E1").due == calendar.add_workdays(date(2027, 1, 12), 15 - used + 5)


def test_a_deadline_is_explained_with_clause_and_calendar(book: LedgerBook) -> None:
    """Start, days, stops, extension, how it was met: each with its clause; the calendar's version is kept."""
    book.register(entry())
    run(
        book,
        "accept 2026-09-18",
        "assign 2026-09-18",
        "hold 2026-09-22",
        "resume 2026-09-29",
        "extend 2026-09-30",
    )
    story = book.explain_due("E1")
    assert story.due == date(2026, 10, 28)
    assert story.explain("zh").splitlines()[0] == "期限：2026-10-28"
    assert [str(ground.evidence["due"]) for ground in story.grounds] == [
        "2026-10-15",
        "2026-10-15",
        "2026-10-21",
        "2026-10-28",
    ]
    assert all(ground.citation is not None for ground in story.grounds)
    assert str(story.grounds[0].evidence["calendar"]).startswith("cn-")
    run(book, "progress 2026-10-09", "reply 2026-10-29")
    assert "overdue" not in book.explain_due("E1").to_dict()
    assert "met late on 2026-10-29" in book.explain_due("E1").explain("en")
    assert book.explain_due("E1").explain("en").splitlines()[0] == "due: none"
    book.register(entry("E2", source="hotline", category="help"))
    run(book, "accept 2026-09-18", "assign 2026-09-18", "hold 2026-09-18", id_="E2")
    assert "时限不停" in book.explain_due("E2").explain("zh")
    with pytest.raises(ValueError, match="without events"):
        book.explain_due("E9")


# ------------------------------------------------------------------------------------------ merges, repeats, notes

BY = (at("2026-09-25"), "v1", "verifier")


def codes(book: LedgerBook, note: ev.Note, id_: str = "E1") -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        book.note(id_, note)
    return refused.value.ruling.codes


def test_each_petitioner_of_merged_entries_is_told(
    store: Store, pack: PackOfTests, calendar: Calendar
) -> None:
    """With that criterion on, the master is not struck off before everybody merged into it, also at second hand, has
    been told."""
    book = LedgerBook(store, pack, calendar, criteria=("merged-uninformed",))
    for number in (1, 2, 3):
        book.register(entry(f"E{number}", petitioner=f"P-{number}"))
    book.act(act("merge", "2026-09-18", "E3", target="E2"))
    book.act(act("merge", "2026-09-18", "E2", target="E1"))
    assert sorted(view.id for view in book.merged_into("E1")) == ["E2", "E3"]
    run(
        book,
        "accept 2026-09-18",
        "assign 2026-09-18",
        "progress 2026-09-18",
        "reply 2026-09-21",
        "verify 2026-09-22",
    )
    with pytest.raises(Refused) as refused:
        book.act(act("strike_off", "2026-09-25"))
    assert refused.value.ruling.codes == ("merged-uninformed",)
    assert codes(book, ev.Informed(*BY, "")) == ("wrong-state", "no-evidence")
    for id_ in ("E2", "E3"):
        assert book.note(id_, ev.Informed(*BY, "告知书")).dossier.informed
    assert run(book, "strike_off 2026-09-25").state == "struck_off"


def test_children_keep_their_parent_open(store: Store, pack: PackOfTests, calendar: Calendar) -> None:
    """With that criterion on, an open child keeps its parent from being struck off."""
    book = LedgerBook(store, pack, calendar, criteria=("open-child",))
    book.register(entry())
    book.register(entry("E2"))
    book.note("E2", ev.Linked(*BY, "child", "E1"))
    run(
        book,
        "accept 2026-09-18",
        "assign 2026-09-18",
        "progress 2026-09-18",
        "reply 2026-09-21",
        "verify 2026-09-22",
    )
    with pytest.raises(Refused) as refused:
        book.act(act("strike_off", "2026-09-25"))
    assert refused.value.ruling.codes == ("open-child",)
    book.act(act("decline", "2026-09-25", "E2"))
    assert run(book, "strike_off 2026-09-25").state == "struck_off"
    for wrong in (ev.Linked(*BY, "child", "E1"), ev.Linked(*BY, "cousin", "E2")):
        with pytest.raises(Problems):
            book.note("E1", wrong)


def test_repeats_are_found_and_told(book: LedgerBook) -> None:
    """The same request of the same petitioner is found, white space apart; a repeat is told the answer once given."""
    book.register(entry(summary="路灯 不亮"))
    again = entry("E2", day="2026-11-01")
    assert [view.id for view in book.repeats(again)] == ["E1"]
    assert list(book.repeats(entry("E3", petitioner="P-2"))) == []
    assert list(book.repeats(entry("E3", kind="stability"))) == []
    book.register(again)
    book.note("E2", ev.Linked(*BY, "repeat", "E1"), "n1")
    book.note("E2", ev.Linked(*BY, "repeat", "E1"), "n1")
    assert book.entry("E2").dossier.repeats == "E1"
    assert book.note("E2", ev.Informed(*BY, "告知书")).version == 3


def test_a_hold_is_reviewed_and_ends(book: LedgerBook) -> None:
    """A hold is reviewed within 90 days, renewed at most twice, reminded of, red when the review is missed."""
    book.register(entry())
    run(book, "accept 2026-09-18", "assign 2026-09-18")
    assert codes(book, ev.HoldReviewed(at("2026-09-20"), "l1", "leader", "", date(2026, 10, 1))) == (
        "wrong-state",
        "no-reason",
    )
    view = run(book, "hold 2026-09-18")
    assert view.dossier.next_review == date(2026, 12, 17)
    assert view.colour(date(2026, 12, 17)) == "green"
    assert view.colour(date(2026, 12, 18)) == "red"
    assert [event.timer for _, event in book.remind(date(2026, 12, 10))] == ["hold"]
    too_far = ev.HoldReviewed(at("2026-12-10"), "l1", "leader", "仍待规划", date(2027, 3, 11))
    assert codes(book, too_far) == ("hold-limit",)
    for day, next_by in (("2026-12-10", date(2027, 3, 10)), ("2027-03-01", date(2027, 5, 1))):
        book.note("E1", ev.HoldReviewed(at(day), "l1", "leader", "仍待规划", next_by))
    third = ev.HoldReviewed(at("2027-05-01"), "l1", "leader", "仍待规划", date(2027, 6, 1))
    assert codes(book, third) == ("hold-limit",)
    assert run(book, "resume 2027-05-01").dossier.next_review is None


def test_notes_that_make_no_sense(book: LedgerBook) -> None:
    """A satisfaction of nobody reached, more answers than questions, an obstacle without help are problems."""
    book.register(entry())
    for note in (
        ev.CalledBack(*BY, False, True),
        ev.ItemsAnswered(*BY, 1, 2),
        ev.Obstacle(*BY, "planning", ""),
        ev.Obstacle(*BY, "weather", "临时照明"),
    ):
        with pytest.raises(Problems):
            book.note("E1", note)
    assert book.note("E1", ev.CoHandled(*BY, ("城管局",))).dossier.units == ("城管局",)
    book.act(act("decline", "2026-09-18"))
    assert codes(book, ev.CoHandled(*BY, ("城管局",))) == ("wrong-state",)


def test_an_unknown_criterion_is_no_criterion(store: Store, pack: PackOfTests, calendar: Calendar) -> None:
    """A misspelt criterion fails when the book is opened, not when somebody is struck off."""
    with pytest.raises(KeyError):
        LedgerBook(store, pack, calendar, criteria=("no-callback",))


def test_the_book_is_the_same_over_a_file(tmp_path: Path, pack: PackOfTests, calendar: Calendar) -> None:
    """SQLite: closed and opened again, everything stands."""
    address = f"sqlite:///{tmp_path}/ledger.db"
    with open_store(address) as store:
        book = LedgerBook(store, pack, calendar)
        book.register(entry())
        seen = run(book, "accept 2026-09-18", "assign 2026-09-18", "hold 2026-09-22")
    with open_store(address) as store:
        book = LedgerBook(store, pack, calendar)
        assert book.entry("E1") == seen == book.replay("E1")
        assert run(book, "resume 2026-09-29").due == date(2026, 10, 21)
        verify(store)


def test_a_petitioner_can_be_erased(store: Store, pack: PackOfTests, calendar: Calendar) -> None:
    """With a key store the request is encrypted in event and row; with the key gone it reads as nothing, the chain is
    whole, and the entry can still be followed up."""
    pytest.importorskip("cryptography")
    from huaying_governance.ledger.rows import PERSONAL
    from huaying_governance.storage.keys import MemoryKeys
    from huaying_governance.storage.privacy import PrivateStore

    private = PrivateStore(store, PERSONAL, MemoryKeys(), erased="")
    book = LedgerBook(private, pack, calendar)
    book.register(entry())
    run(book, "accept 2026-09-18")
    assert book.entry("E1").facts.summary == "路灯不亮"
    assert "路灯" not in str([recorded.payload.decode() for recorded in store.read("entry/E1")])
    assert "路灯" not in repr(book.history("E1")) + repr(book.entry("E1"))
    private.erase("P-1")
    assert book.entry("E1").facts.summary == ""
    assert book.replay("E1").facts.summary == ""
    assert run(book, "assign 2026-09-18").state == "assigned"
    verify(store)
