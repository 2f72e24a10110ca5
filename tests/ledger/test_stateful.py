"""Any course of events, on any store: the book says what a plain-dict ledger says, and replay = live = projection."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import TestCase

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from huaying_governance.kernel.workdays import china_calendar
from huaying_governance.ledger import Action, LedgerBook
from huaying_governance.ledger.table import LEDGER
from huaying_governance.rules import read_policy
from huaying_governance.storage import Store, open_store, verify

from .conftest import POLICIES, PackOfTests, at, entry
from .model import Model

CALENDAR = china_calendar()
PACK = PackOfTests(
    tuple(read_policy(POLICIES / f"{name}.toml") for name in ("hotline", "petition", "ledgers"))
)
KINDS = [
    ("livelihood", "visit", ""),
    ("hardship", "grid", ""),
    ("livelihood", "petition", "appeal"),
    ("livelihood", "petition", "suggestion"),
    ("livelihood", "hotline", "consult"),
    ("livelihood", "hotline", ""),
    ("stability", "forum", ""),
]
PERSONS = st.sampled_from(["v1", "v1", "h1", "h2"])
# The likely step first: it is what hypothesis shrinks to, and what most runs should do.
LIKELY = {
    "registered": ["accept", "decline"],
    "accepted": ["assign", "extend"],
    "assigned": ["progress", "hold", "return", "transfer", "extend"],
    "in_progress": ["reply", "hold", "extend", "transfer"],
    "on_hold": ["resume"],
    "returned": ["accept", "assign", "transfer"],
    "replied": ["verify"],
    "verified": ["strike_off"],
    "struck_off": ["reopen"],
    "declined": ["reopen"],
    "merged": ["escalate"],
}
ROLES = ["clerk", "handler", "unit_head", "verifier", "leader"]


class LedgerMachine(RuleBasedStateMachine):
    store: Store
    day: datetime

    def open(self) -> Store:
        return open_store("memory:")

    @initialize(kinds=st.lists(st.sampled_from(KINDS), min_size=2, max_size=4), month=st.integers(1, 8))
    def begin(self, kinds: list[tuple[str, str, str]], month: int) -> None:
        self.store = self.open()
        self.book = LedgerBook(self.store, PACK, CALENDAR)
        self.model = Model(CALENDAR)
        self.day = at(f"2026-{month:02d}-10")
        self.commands: dict[str, list[str]] = {}
        for number, (kind, source, category) in enumerate(kinds):
            new = entry(f"E{number}", kind, source, f"2026-{month:02d}-10", category=category)
            self.book.register(new)
            self.model.register(new)

    @rule(data=st.data(), pause=st.sampled_from([0, 0, 0, 1, 1, 2, 3, 5, 14, 31]), back=st.integers(0, 9))
    def act(self, data: st.DataObject, pause: int, back: int) -> None:
        """One action, mostly a likely one with what it needs, sometimes anything; compared with the model."""
        if self.day.date() + timedelta(days=pause) < date(2026, 10, 1):
            self.day += timedelta(days=pause)
        action = self.draw(data, self.day - timedelta(days=1 if back == 9 else 0))
        command = f"c{len(self.commands)}"
        wanted = self.model.codes(action)
        ruling = self.book.attempt(action, command)
        assert list(() if ruling is None else ruling.codes) == wanted
        self.commands[command] = wanted
        if not wanted:
            self.model.apply(action)
        again = self.book.attempt(action, command)
        assert list(() if again is None else again.codes) == wanted

    def draw(self, data: st.DataObject, moment: datetime) -> Action:
        id_ = data.draw(st.sampled_from(sorted(self.model.entries)))
        state = self.model.entries[id_]["state"]
        likely = data.draw(st.integers(0, 4)) < 4
        name = data.draw(st.sampled_from(LIKELY[state] if likely else list(LEDGER.actions)))
        roles = next(t.roles for t in LEDGER.transitions if t.action == name) or tuple(ROLES)
        given: dict[str, Any] = {
            "lead": data.draw(st.sampled_from(["甲局", "乙局", "甲局", "乙局", ""])),
            "handler": data.draw(st.sampled_from(["h1", "h2", "h1", "h2", ""])),
            "reason": data.draw(st.sampled_from(["理由", "理由", "理由", ""])),
            "days": data.draw(st.sampled_from([5, 1, 16, 31])),
            "evidence": data.draw(st.sampled_from(["凭据", "凭据", "凭据", ""])),
            "satisfied": data.draw(st.sampled_from([True, False, None])),
            "target": data.draw(st.sampled_from(["E0", "E1", ""])),
        }
        role = data.draw(st.sampled_from(list(roles) if likely else ROLES))
        return Action(id_, moment, name, data.draw(PERSONS), role, **given)

    @invariant()
    def the_same_as_the_model(self) -> None:
        """State, deadline, overdue on three days, lead and handler of every entry."""
        for id_, known in self.model.entries.items():
            view = self.book.entry(id_)
            assert (view.state, view.live.lead, view.live.handler) == (
                known["state"],
                known["lead"],
                known["handler"],
            )
            assert view.due == self.model.due(id_)
            for later in (0, 20, 80):
                on = self.day.date() + timedelta(days=later)
                assert view.columns(on)["overdue"] == self.model.overdue(id_, on)

    @invariant()
    def replay_is_live_is_projection(self) -> None:
        """The stored row, the fold of the history and the queries agree."""
        for id_ in self.model.entries:
            assert self.book.entry(id_) == self.book.replay(id_)
        on = self.day.date()
        overdue = {view.id for view in self.book.overdue(on)}
        assert overdue == {id_ for id_ in self.model.entries if self.model.overdue(id_, on) == "yes"}

    def teardown(self) -> None:
        if hasattr(self, "store"):
            verify(self.store)
            self.store.close()


class SqliteMachine(LedgerMachine):
    def open(self) -> Store:
        self.folder = tempfile.TemporaryDirectory()
        return open_store(f"sqlite:///{Path(self.folder.name)}/ledger.db")

    def teardown(self) -> None:
        super().teardown()
        if hasattr(self, "folder"):
            self.folder.cleanup()


def course(machine: type[LedgerMachine], runs: int, steps: int) -> type[TestCase]:
    """The machine as a test case of so many runs of so many steps."""
    case: type[TestCase] = type(machine.__name__, (machine,), {}).TestCase
    case.settings = settings(  # type: ignore[attr-defined]
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        derandomize=runs < MANY,
        suppress_health_check=list(HealthCheck),
    )
    return case


MANY = 100
TestLedgerInMemory = course(LedgerMachine, 12, 30)
TestLedgerOnSqlite = course(SqliteMachine, 2, 20)
TestManyLedgersInMemory = pytest.mark.long(course(LedgerMachine, 400, 60))
TestManyLedgersOnSqlite = pytest.mark.long(course(SqliteMachine, MANY, 40))
