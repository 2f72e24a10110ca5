"""One ledger transition, side by side in one run: this library, a bare dict-table function, Automat, transitions,
python-statemachine. The same six guarded steps (accept, assign, progress, reply, verify, strike off), answers compared
first, then a refused strike-off asked of each.

    python benchmarks/procedure/bench_transition.py [--rounds N] [--json FILE]

The best of many short interleaved turns, so that other load on the machine does not count; ratios are what counts.
"""

# ruff: noqa: ARG001, ARG005, PT018, PTH123, E501 - the peers fix the signatures

from __future__ import annotations

import argparse
import gc
import json
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib.metadata import version

from attrs import frozen

from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.kernel.workdays import china_calendar
from huaying_governance.ledger.decide import decide, register
from huaying_governance.ledger.evolve import evolve
from huaying_governance.ledger.model import Action, Entry
from huaying_governance.ledger.state import Context, Live
from huaying_governance.ledger.terms import DEFAULT, Clock, Terms

CALENDAR = china_calendar()
TERMS = Terms(
    "livelihood", (Clock("reply", "received", "replied", 15, "working_days", DEFAULT),), hold_stops=True
)
START = datetime(2026, 9, 18, 9, 0, tzinfo=SHANGHAI)
STEPS = (
    ("accept", "c1", "clerk", {}),
    ("assign", "c1", "clerk", {"lead": "office", "handler": "h1"}),
    ("progress", "h1", "handler", {}),
    ("reply", "h1", "handler", {"evidence": "doc-1"}),
    ("verify", "v1", "verifier", {"satisfied": True}),
    ("strike_off", "v1", "verifier", {}),
)
ACTIONS = tuple(
    Action("E1", START + timedelta(hours=n + 1), action, actor, role, **more)
    for n, (action, actor, role, more) in enumerate(STEPS)
)
ENTRY = Entry("E1", "livelihood", "visit", "", "dujiaping", START)
CONTEXT = Context(CALENDAR)
FIRST = evolve(None, register(ENTRY, TERMS, CALENDAR))


# ------------------------------------------------------------------------------------------- this library


def ours(first: Live = FIRST) -> Live:
    live = first
    for action in ACTIONS:
        decided = decide(live, action, CONTEXT)
        if isinstance(decided, Ruling):
            raise AssertionError(decided.codes)
        for event in decided:
            live = evolve(live, event)
    return live


def ours_refuses() -> bool:
    return isinstance(decide(FIRST, ACTIONS[-1], CONTEXT), Ruling)


# ------------------------------------------------------------------------------------------- a bare function


@frozen(weakref_slot=False)
class Bare:
    state: str
    at: datetime
    lead: str
    handler: str
    replied_by: str
    due: date | None
    late: bool
    closed_on: date | None


def _assign_ok(e: Bare, a: Action) -> bool:
    return bool(a.lead) and bool(a.handler)


def _reply_ok(e: Bare, a: Action) -> bool:
    return bool(a.evidence)


def _verify_ok(e: Bare, a: Action) -> bool:
    return a.satisfied is not None and a.actor not in (e.handler, e.replied_by)


def _strike_ok(e: Bare, a: Action) -> bool:
    return a.actor not in (e.handler, e.replied_by)


def _yes(e: Bare, a: Action) -> bool:
    return True


TABLE = {
    ("registered", "accept"): ("accepted", frozenset({"clerk"}), _yes),
    ("accepted", "assign"): ("assigned", frozenset({"clerk", "unit_head"}), _assign_ok),
    ("assigned", "progress"): ("in_progress", frozenset({"handler"}), _yes),
    ("in_progress", "reply"): ("replied", frozenset({"handler"}), _reply_ok),
    ("replied", "verify"): ("verified", frozenset({"verifier", "leader"}), _verify_ok),
    ("verified", "strike_off"): ("struck_off", frozenset({"verifier", "leader"}), _strike_ok),
}
BARE_FIRST = Bare("registered", START, "", "", "", date(2026, 10, 15), False, None)


def bare_step(e: Bare, a: Action) -> Bare | None:
    row = TABLE.get((e.state, a.action))
    if row is None or a.role not in row[1] or a.at < e.at or not row[2](e, a):
        return None
    to = row[0]
    if to == "assigned":
        return Bare(to, a.at, a.lead, a.handler, e.replied_by, e.due, e.late, None)
    if to == "replied":
        return Bare(to, a.at, e.lead, e.handler, a.actor, None, a.at.date() > e.due, None)  # type: ignore[operator]
    if to == "verified" and not a.satisfied:
        to = "in_progress"
    closed = a.at.date() if to == "struck_off" else None
    return Bare(to, a.at, e.lead, e.handler, e.replied_by, e.due, e.late, closed)


def bare(first: Bare = BARE_FIRST) -> Bare:
    e = first
    for action in ACTIONS:
        after = bare_step(e, action)
        if after is None:
            raise AssertionError(action.action)
        e = after
    return e


def bare_refuses() -> bool:
    return bare_step(BARE_FIRST, ACTIONS[-1]) is None


# ------------------------------------------------------------------------------------------- Automat


def automat_case() -> tuple[Callable[[], object], Callable[[], bool], Callable[[], object]]:
    from typing import Protocol

    from automat import TypeMachineBuilder

    class Core:
        __slots__ = ("at", "closed_on", "due", "handler", "late", "lead", "replied_by")

        def __init__(self) -> None:
            self.lead = self.handler = self.replied_by = ""
            self.at, self.due, self.late, self.closed_on = START, date(2026, 10, 15), False, None

    class Machine(Protocol):
        def accept(self, a: Action) -> bool: ...
        def assign(self, a: Action) -> bool: ...
        def progress(self, a: Action) -> bool: ...
        def reply(self, a: Action) -> bool: ...
        def verify(self, a: Action) -> bool: ...
        def strike_off(self, a: Action) -> bool: ...

    builder = TypeMachineBuilder(Machine, Core)
    names = ("registered", "accepted", "assigned", "in_progress", "replied", "verified", "struck_off")
    states = {name: builder.state(name) for name in names}

    # Automat has no guards: what may be refused is asked before the input is sent, as its documents advise.
    def allowed(core: Core, a: Action, roles: frozenset[str]) -> bool:
        return a.role in roles and a.at >= core.at

    clerk, handler, verifier = (
        frozenset({"clerk", "unit_head"}),
        frozenset({"handler"}),
        frozenset({"verifier", "leader"}),
    )

    @states["registered"].upon(Machine.accept).to(states["accepted"])
    def accept(m: Machine, core: Core, a: Action) -> bool:
        if not allowed(core, a, clerk):
            raise PermissionError
        core.at = a.at
        return True

    @states["accepted"].upon(Machine.assign).to(states["assigned"])
    def assign(m: Machine, core: Core, a: Action) -> bool:
        if not (allowed(core, a, clerk) and a.lead and a.handler):
            raise PermissionError
        core.at, core.lead, core.handler = a.at, a.lead, a.handler
        return True

    @states["assigned"].upon(Machine.progress).to(states["in_progress"])
    def progress(m: Machine, core: Core, a: Action) -> bool:
        if not allowed(core, a, handler):
            raise PermissionError
        core.at = a.at
        return True

    @states["in_progress"].upon(Machine.reply).to(states["replied"])
    def reply(m: Machine, core: Core, a: Action) -> bool:
        if not (allowed(core, a, handler) and a.evidence):
            raise PermissionError
        core.at, core.replied_by, core.late, core.due = a.at, a.actor, a.at.date() > core.due, None
        return True

    @states["replied"].upon(Machine.verify).to(states["verified"])
    def verify(m: Machine, core: Core, a: Action) -> bool:
        if not (
            allowed(core, a, verifier)
            and a.satisfied is not None
            and a.actor not in (core.handler, core.replied_by)
        ):
            raise PermissionError
        core.at = a.at
        return True

    @states["verified"].upon(Machine.strike_off).to(states["struck_off"])
    def strike_off(m: Machine, core: Core, a: Action) -> bool:
        if not (allowed(core, a, verifier) and a.actor not in (core.handler, core.replied_by)):
            raise PermissionError
        core.at, core.closed_on = a.at, a.at.date()
        return True

    factory = builder.build()
    cores: list[Core] = []

    def run() -> tuple[str, date | None]:
        machine = factory(core := Core())
        cores[:] = [core]
        a = ACTIONS
        machine.accept(a[0])
        machine.assign(a[1])
        machine.progress(a[2])
        machine.reply(a[3])
        machine.verify(a[4])
        machine.strike_off(a[5])
        return core.replied_by, core.closed_on

    def refuses() -> bool:
        try:
            factory(Core()).strike_off(ACTIONS[-1])
        except Exception:
            return True
        return False

    return run, refuses, lambda: factory(Core())


# ------------------------------------------------------------------------------------------- transitions


def transitions_case() -> tuple[Callable[[], object], Callable[[], bool], Callable[[], object]]:
    from transitions import Machine, MachineError

    class Model:
        def __init__(self) -> None:
            self.state = "registered"
            self.at, self.lead, self.handler, self.replied_by = START, "", "", ""
            self.due, self.late, self.closed_on = date(2026, 10, 15), False, None

        def in_order(self, a: Action) -> bool:
            return a.at >= self.at

        def clerk(self, a: Action) -> bool:
            return a.role in {"clerk", "unit_head"}

        def is_handler(self, a: Action) -> bool:
            return a.role == "handler"

        def verifier(self, a: Action) -> bool:
            return a.role in {"verifier", "leader"}

        def named(self, a: Action) -> bool:
            return bool(a.lead and a.handler)

        def evidence(self, a: Action) -> bool:
            return bool(a.evidence)

        def other(self, a: Action) -> bool:
            return a.actor not in (self.handler, self.replied_by)

        def moved(self, a: Action) -> None:
            self.at = a.at

        def took(self, a: Action) -> None:
            self.at, self.lead, self.handler = a.at, a.lead, a.handler

        def answered(self, a: Action) -> None:
            self.at, self.replied_by, self.late, self.due = a.at, a.actor, a.at.date() > self.due, None

        def closed(self, a: Action) -> None:
            self.at, self.closed_on = a.at, a.at.date()

    names = ["registered", "accepted", "assigned", "in_progress", "replied", "verified", "struck_off"]
    rows = [
        ["accept", "registered", "accepted", ["clerk", "in_order"], "moved"],
        ["assign", "accepted", "assigned", ["clerk", "in_order", "named"], "took"],
        ["progress", "assigned", "in_progress", ["is_handler", "in_order"], "moved"],
        ["reply", "in_progress", "replied", ["is_handler", "in_order", "evidence"], "answered"],
        ["verify", "replied", "verified", ["verifier", "in_order", "other"], "moved"],
        ["strike_off", "verified", "struck_off", ["verifier", "in_order", "other"], "closed"],
    ]
    # One machine serves many models: the lightest way this library has.
    machine = Machine(model=None, states=names, initial="registered", auto_transitions=False)
    for trigger, source, dest, conditions, after in rows:
        machine.add_transition(trigger, source, dest, conditions=conditions, after=after)

    def make() -> Model:
        model = Model()
        machine.add_model(model, initial="registered")
        return model

    def run() -> tuple[str, date | None]:
        model = make()
        for action in ACTIONS:
            if not model.trigger(action.action, action):  # type: ignore[attr-defined]
                raise AssertionError(action.action)
        machine.remove_model(model)
        return model.replied_by, model.closed_on

    def refuses() -> bool:
        model = make()
        try:
            return not model.trigger("strike_off", ACTIONS[-1])  # type: ignore[attr-defined]
        except MachineError:
            return True
        finally:
            machine.remove_model(model)

    return run, refuses, make


# ------------------------------------------------------------------------------------------- python-statemachine


def statemachine_case() -> tuple[Callable[[], object], Callable[[], bool], Callable[[], object]]:
    from statemachine import State, StateMachine
    from statemachine.exceptions import TransitionNotAllowed

    class Ledger(StateMachine):
        allow_event_without_transition = False
        registered = State(initial=True)
        accepted = State()
        assigned = State()
        in_progress = State()
        replied = State()
        verified = State()
        struck_off = State(final=True)

        accept = registered.to(accepted, cond=["clerk", "in_order"], on="moved")
        assign = accepted.to(assigned, cond=["clerk", "in_order", "named"], on="took")
        progress = assigned.to(in_progress, cond=["by_handler", "in_order"], on="moved")
        reply = in_progress.to(replied, cond=["by_handler", "in_order", "evidence"], on="answered")
        verify = replied.to(verified, cond=["verifier", "in_order", "other"], on="moved")
        strike_off = verified.to(struck_off, cond=["verifier", "in_order", "other"], on="closed")

        def __init__(self) -> None:
            self.at, self.lead, self.handler, self.replied_by = START, "", "", ""
            self.due, self.late, self.closed_on = date(2026, 10, 15), False, None
            super().__init__()

        def in_order(self, a: Action) -> bool:
            return a.at >= self.at

        def clerk(self, a: Action) -> bool:
            return a.role in {"clerk", "unit_head"}

        def by_handler(self, a: Action) -> bool:
            return a.role == "handler"

        def verifier(self, a: Action) -> bool:
            return a.role in {"verifier", "leader"}

        def named(self, a: Action) -> bool:
            return bool(a.lead and a.handler)

        def evidence(self, a: Action) -> bool:
            return bool(a.evidence)

        def other(self, a: Action) -> bool:
            return a.actor not in (self.handler, self.replied_by)

        def moved(self, a: Action) -> None:
            self.at = a.at

        def took(self, a: Action) -> None:
            self.at, self.lead, self.handler = a.at, a.lead, a.handler

        def answered(self, a: Action) -> None:
            self.at, self.replied_by, self.late, self.due = a.at, a.actor, a.at.date() > self.due, None

        def closed(self, a: Action) -> None:
            self.at, self.closed_on = a.at, a.at.date()

    def run() -> tuple[str, date | None]:
        machine = Ledger()
        for action in ACTIONS:
            machine.send(action.action, action)
        return machine.replied_by, machine.closed_on

    def refuses() -> bool:
        try:
            Ledger().send("strike_off", ACTIONS[-1])
        except TransitionNotAllowed:
            return True
        return False

    return run, refuses, Ledger


# ------------------------------------------------------------------------------------------- measuring


def seconds(work: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def bytes_of(make: Callable[[int], object], count: int = 5_000) -> float:
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept: list[object] = [None] * count
    base = tracemalloc.get_traced_memory()[0] - before
    for n in range(count):
        kept[n] = make(n)
    size = tracemalloc.get_traced_memory()[0] - before - base
    tracemalloc.stop()
    del kept
    return size / count


def live_entry(n: int) -> Live:
    """An entry in progress, its moments its own, its words and days shared as in a running book."""
    live = FIRST
    for action in ACTIONS[:3]:
        own = Action(action.entry, action.at + timedelta(seconds=n), action.action, action.actor, action.role,
                     action.lead, action.handler)  # fmt: skip
        for event in decide(live, own, CONTEXT):  # type: ignore[union-attr]
            live = evolve(live, event)
    return live


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--json")
    options = parser.parse_args()
    automat, transitions, statemachine = automat_case(), transitions_case(), statemachine_case()
    final = ours()
    wanted = (final.replied_by, final.closing.day if final.closing else None)
    same = bare()
    assert (
        (same.replied_by, same.closed_on) == wanted == automat[0]() == transitions[0]() == statemachine[0]()
    )
    assert ours_refuses() and bare_refuses() and automat[1]() and transitions[1]() and statemachine[1]()
    cases: dict[str, tuple[Callable[[], object], int]] = {
        "huaying_governance (decide + evolve)": (ours, 200),
        "bare dict-table function": (bare, 200),
        f"Automat {version('automat')}": (automat[0], 200),
        f"transitions {version('transitions')}": (transitions[0], 40),
        f"python-statemachine {version('python-statemachine')}": (statemachine[0], 3),
    }
    times: dict[str, list[float]] = {name: [] for name in cases}
    gc.collect()
    gc.disable()
    for _ in range(options.rounds):
        for name, (work, count) in cases.items():
            times[name].append(seconds(work, count) / len(ACTIONS))
    memory = {
        name: bytes_of(make, 20_000 if make is live_entry else 5_000)
        for name, make in zip(
            cases,
            (live_entry, lambda n: Bare("in_progress", START + timedelta(seconds=n), "o", "h", "", START.date(), False, None),
             lambda n: automat[2](), lambda n: transitions[2](), lambda n: statemachine[2]()),
            strict=True,
        )
    }  # fmt: skip
    best = {name: min(values) * 1e9 for name, values in times.items()}
    own = best["huaying_governance (decide + evolve)"]
    report = {
        name: {"ns": round(ns), "ratio_to_ours": round(ns / own, 2), "bytes": round(memory[name])}
        for name, ns in best.items()
    }
    for name, row in report.items():
        print(f"{name:42} {row['ns']:>9,} ns  {row['ratio_to_ours']:>7}x  {row['bytes']:>7,} bytes")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
