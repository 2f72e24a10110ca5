"""What the ledger promises, proved by exhaustion: every state that can be reached × every command × every outcome."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date, datetime, timedelta
from typing import get_args

import pytest
from attrs import evolve as changed

from huaying_governance.errors import Problems
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.ledger import Action
from huaying_governance.ledger.codec import NAMES
from huaying_governance.ledger.decide import decide, register
from huaying_governance.ledger.events import Event, StruckOff
from huaying_governance.ledger.evolve import STEPS, evolve
from huaying_governance.ledger.state import Context, Live, due_day, is_open, is_overdue
from huaying_governance.ledger.table import LEDGER
from huaying_governance.ledger.terms import DEFAULT, Clock, Terms
from huaying_governance.ledger.view import fold
from huaying_governance.procedure.check import Claim, World, check_machine

from .conftest import GIVEN, ROLE, at, entry

PERSONS = ("h1", "h2", "v1")
MOMENT = at("2026-09-18")
PETITION = Terms(
    "livelihood",
    (
        Clock("accept", "received", "accepted", 15, "natural_days", DEFAULT),
        Clock("conclude", "accepted", "replied", 60, "natural_days", DEFAULT),
    ),
)
VISIT = Terms(
    "livelihood", (Clock("reply", "received", "replied", 15, "working_days", DEFAULT),), hold_stops=True
)


def commands() -> Iterator[Action]:
    """Every action, in every role, by every person, with and without what it needs."""
    for action in LEDGER.actions:
        for role in ("clerk", "handler", "unit_head", "verifier", "leader"):
            for actor in PERSONS if action in {"reply", "verify", "strike_off"} else ("v1",):
                for given in variants(action):
                    yield Action("E1", MOMENT, action, actor, role, **given)  # type: ignore[arg-type]


def variants(action: str) -> Iterator[dict[str, object]]:
    full = GIVEN.get(action, {})
    if action in {"assign", "transfer"}:
        for lead in ("住建局", "城管局", ""):
            for handler in ("h1", "h2", ""):
                yield {**full, "lead": lead, "handler": handler}
    elif action == "verify":
        for satisfied in (True, False, None):
            for reason in ("", "解释到位"):
                yield {"satisfied": satisfied, "reason": reason}
    elif action == "merge":
        yield {"target": "E2"}
        yield {"target": "E1"}
    else:
        yield full
    for name in ("reason", "evidence"):
        if name in full:
            yield {**full, name: ""}


def world(calendar: Calendar, terms: Terms) -> World[Live, Action, Context]:
    start = evolve(None, register(entry(), terms, calendar))
    everything, context = tuple(commands()), Context(calendar, start)

    def move(live: Live, action: Action, context: Context) -> Live:
        decided = decide(live, action, context)
        assert not isinstance(decided, Ruling)
        for event in decided:
            live = evolve(live, event)
        return live

    def same(live: Live) -> Hashable:
        return live._replace(at=live.at.replace(hour=9), terms=None)  # type: ignore[arg-type]

    return World(LEDGER, (start,), lambda _: everything, lambda *_: context, move, same)


Memory = tuple[str, str]


def verified_by_another() -> Claim[Live, Action]:
    """The memory: who answered last and who has verified that answer since."""

    def remember(memory: Hashable, before: Live, action: Action, after: Live) -> Hashable:
        answered, verified = memory  # type: ignore[misc]
        if action.action == "reply":
            return action.actor, ""
        if action.action == "verify" and after.state == "verified":
            return answered, action.actor
        return answered, verified

    def holds(memory: Hashable, live: Live) -> bool:
        answered, verified = memory  # type: ignore[misc]
        if live.state != "struck_off":
            return True
        return bool(verified) and verified not in {answered, live.handler}

    return Claim("struck off only after verification by somebody else", ("", ""), remember, holds)


def always_responsible() -> Claim[Live, Action]:
    def remember(memory: Hashable, _before: Live, action: Action, after: Live) -> Hashable:
        return bool(memory) or action.action in {"assign", "transfer"}

    return Claim(
        "an open entry has a responsible lead and a handler once it was assigned",
        start=False,
        remember=remember,
        holds=lambda assigned, live: not assigned or not is_open(live) or bool(live.lead and live.handler),
    )


def closed_knows_its_day() -> Claim[Live, Action]:
    return Claim(
        "closed means a closing day, and only then",
        None,
        lambda *_: None,
        lambda _memory, live: is_open(live) == (live.closing is None),
    )


@pytest.mark.parametrize("terms", [VISIT, PETITION], ids=["visit", "petition"])
def test_no_way_around_verification_and_responsibility(calendar: Calendar, terms: Terms) -> None:
    """Every reachable state meets every command: no strike-off without verification by another than the handler, no
    open entry without somebody responsible once assigned, each move where the table says."""
    proof = check_machine(
        world(calendar, terms), [verified_by_another(), always_responsible(), closed_knows_its_day()]
    )
    assert proof.failures == {}
    assert proof.states > 100
    # One day of one world: what takes time to fail (windows, deadlines, order) is seen in the worlds below.
    timed = {
        "after-due",
        "objection-window-passed",
        "reopen-window-passed",
        "out-of-order",
        "extension-limit",
    }
    unseen = {cell for cell in proof.unseen(LEDGER) if cell[2] not in timed}
    # Only what is verified can be struck off, so that guard cannot fail there; the state says it already.
    assert unseen == {("verified", "strike_off", "not-verified", False)}


def test_the_guards_of_time_are_seen_to_fail(calendar: Calendar) -> None:
    """Over days within and beyond every window and deadline, each timed guard is seen to hold and to fail."""
    offsets = (-1, 0, 30, 70)
    start = evolve(None, register(entry(), VISIT, calendar))
    seen: set[tuple[str, bool]] = set()
    ways = [
        ("assign", "accepted"),
        ("extend", "accepted"),
        ("return", "assigned"),
        ("reopen", "struck_off"),
    ]
    states = {"accepted": ["accept"], "assigned": ["accept", "assign"]}
    states["struck_off"] = ["accept", "assign", "progress", "reply", "verify", "strike_off"]
    for action, state in ways:
        live = start
        for step in states[state]:
            live = moved(live, step, calendar)
        for offset in offsets:
            command = Action(
                "E1", MOMENT + timedelta(days=offset), action, *ROLE[action], **GIVEN.get(action, {})
            )  # type: ignore[arg-type]
            codes = {guard.code for guard in LEDGER.reasons(live, command, Context(calendar))}
            for code in (
                "after-due",
                "extension-limit",
                "objection-window-passed",
                "reopen-window-passed",
                "out-of-order",
            ):
                step_of = LEDGER.step(live.state, action)
                assert step_of is not None
                if code in (*step_of.guards, "out-of-order"):
                    seen.add((code, code not in codes))
    # The limit of extensions fails by number, not by time.
    once = moved(moved(start, "accept", calendar), "extend", calendar)
    again = Action("E1", MOMENT, "extend", *ROLE["extend"], **GIVEN["extend"])  # type: ignore[arg-type]
    assert [g.code for g in LEDGER.reasons(once, again, Context(calendar))] == ["extension-limit"]
    assert seen >= {
        (code, held)
        for code in ("after-due", "objection-window-passed", "reopen-window-passed", "out-of-order")
        for held in (True, False)
    }


def moved(live: Live, action: str, calendar: Calendar, day: date | None = None) -> Live:
    moment = MOMENT if day is None else datetime.combine(day, MOMENT.timetz())
    decided = decide(
        live, Action("E1", moment, action, *ROLE[action], **GIVEN.get(action, {})), Context(calendar)
    )  # type: ignore[arg-type]
    assert not isinstance(decided, Ruling), decided.codes
    for event in decided:
        live = evolve(live, event)
    return live


def test_no_day_is_lost_or_gained_by_a_hold(calendar: Calendar) -> None:
    """For every day of hold and of resumption: the working days before the hold and after the resumption are the
    clock's own, and a resumption on the day of the hold changes nothing."""
    start = moved(
        moved(evolve(None, register(entry(), VISIT, calendar)), "accept", calendar), "assign", calendar
    )
    due = due_day(start)
    assert due is not None
    for held_after in range(40):
        held_on = MOMENT.date() + timedelta(days=held_after)
        held = moved(start, "hold", calendar, held_on)
        for pause in range(25):
            resumed_on = held_on + timedelta(days=pause)
            resumed = moved(held, "resume", calendar, resumed_on)
            if held_on > due:
                assert due_day(resumed) == due
                assert is_overdue(held, resumed_on)
                continue
            assert not is_overdue(held, resumed_on)
            before = calendar.workdays_between(MOMENT.date(), held_on)
            moved_to = due_day(resumed)
            assert moved_to is not None
            assert before + calendar.workdays_between(resumed_on, moved_to) == 15
            if pause == 0:
                assert moved_to == due


def test_a_rolled_deadline_is_a_switch_of_the_terms(calendar: Calendar) -> None:
    """T4: registered 2026-09-16 plus 15 days falls on National Day; rolled it is 2026-10-08."""
    for roll, due in ((False, date(2026, 10, 1)), (True, date(2026, 10, 8))):
        terms = changed(PETITION, roll=roll)
        started = evolve(None, register(entry(day="2026-09-16"), terms, calendar))
        assert due_day(started) == due


def test_clocks_follow_one_another() -> None:
    """Terms whose clocks overlap are refused: an entry has one next deadline."""
    second = changed(PETITION.clocks[1], start="received")
    with pytest.raises(Problems):
        changed(PETITION, clocks=(PETITION.clocks[0], second))


def test_history_begins_with_the_registration(calendar: Calendar) -> None:
    """An entry that was never registered has no state, and none is registered twice."""
    closing = StruckOff(MOMENT, "v1", "verifier")
    with pytest.raises(ValueError, match="registration"):
        evolve(None, closing)
    with pytest.raises(ValueError, match="registration"):
        fold("E1", [closing])


def test_every_event_is_known_everywhere() -> None:
    """The closed union, the table of steps and the stored names hold the same events."""
    union = set(get_args(Event))
    assert union == set(NAMES.values())
    assert set(STEPS) == union - {NAMES["entry.registered"]}
