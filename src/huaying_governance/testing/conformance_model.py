# ruff: noqa: S101 - these are tests, shipped
"""符合性检验：random histories of a store against a model of plain dictionaries (Hypothesis)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from attrs import define, field
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from huaying_governance.errors import Conflict
from huaying_governance.storage import Between, Event, Recorded, Row, Store, verify
from huaying_governance.testing.conformance_base import ENTRY, StoreSuite, everything, proves

Fact: TypeAlias = tuple[str, int, dict[str, Any], str | None]
STREAMS = ("s/1", "s/2", "流/3")
DUES = (None, "2026-01-01", "2026-02-02", "2026-03-03")


@define
class Model:
    """All that a store is: facts in order, and rows. A fact is stream, version, data, command."""

    facts: list[Fact] = field(factory=list)
    rows: dict[str, tuple[int, str | None]] = field(factory=dict)

    def of(self, stream: str) -> list[Fact]:
        """Return the facts of a stream."""
        return [fact for fact in self.facts if fact[0] == stream]

    def by(self, command: str) -> list[Fact]:
        """Return the facts of a command."""
        return [fact for fact in self.facts if fact[3] == command]


def facts(events: Any) -> list[Fact]:
    """Return recorded events as facts."""
    return [(event.stream, event.version, dict(event.data), event.command) for event in events]


class Histories(RuleBasedStateMachine):
    """Does at random what a program may do with a store, to the store and to the model."""

    suite: StoreSuite
    folders: Any

    def __init__(self) -> None:
        super().__init__()
        self.home: Path = self.folders.mktemp("model")
        self.store: Store = self.suite.open(self.home)
        self.store.declare(ENTRY)
        self.model, self.before = Model(), Model()
        self.batch: AbstractContextManager[None] | None = None

    @rule(
        stream=st.sampled_from(STREAMS),
        notes=st.lists(st.text(max_size=3), min_size=1, max_size=3),
        off=st.sampled_from((0, 0, 0, 0, -1, 1)),
        command=st.none() | st.sampled_from("abcdef"),
        due=st.sampled_from(DUES),
    )
    def append(self, stream: str, notes: list[str], off: int, command: str | None, due: str | None) -> None:
        """Append with the right or a wrong version, with a new or a known command."""
        version = len(self.model.of(stream))
        row = Row("entry", stream, version + 1, {"note": notes[-1]}, {"due": due})
        new = [(stream, version + number, {"note": note}, command) for number, note in enumerate(notes, 1)]
        known = [] if command is None else self.model.by(command)
        events = [Event("noted", {"note": note}) for note in notes]
        if off and not known:
            with pytest.raises(Conflict):
                self.store.append(stream, events, max(version + off, -1), command=command, rows=[row])
            return
        recorded = self.store.append(stream, events, version + off, command=command, rows=[row])
        assert facts(recorded) == (known or new)
        if not known:
            self.model.facts.extend(new)
            self.model.rows[stream] = (version + 1, due)

    @rule(id_=st.sampled_from((*STREAMS, "x")), due=st.sampled_from(DUES), remove=st.booleans())
    def put(self, id_: str, due: str | None, remove: bool) -> None:
        """Write or remove a row without events."""
        self.store.put([Row("entry", id_, 7, None if remove else {}, {"due": due})])
        if remove:
            self.model.rows.pop(id_, None)
        else:
            self.model.rows[id_] = (7, due)

    @precondition(lambda self: self.batch is None)
    @rule()
    def begin(self) -> None:
        """Begin a batch."""
        self.before = deepcopy(self.model)
        self.batch = self.store.batch()
        self.batch.__enter__()

    @precondition(lambda self: self.batch is not None)
    @rule(fails=st.booleans())
    def end(self, fails: bool) -> None:
        """End the batch well, or by an exception that takes all of it back."""
        assert self.batch is not None
        batch, self.batch = self.batch, None
        if fails:
            error = ValueError("the caller's own")
            assert not batch.__exit__(ValueError, error, None)
            self.model = self.before
        else:
            batch.__exit__(None, None, None)

    @rule()
    def look(self) -> None:
        """Everything that can be asked gives what the model says."""
        for stream in STREAMS:
            assert facts(self.store.read(stream)) == self.model.of(stream)
        for command in "abcdef":
            assert facts(self.store.command(command)) == self.model.by(command)
        rows = self.store.find("entry")
        assert {row.id: (row.version, row.keys["due"]) for row in rows} == self.model.rows
        late = sorted((due, id_) for id_, (_, due) in self.model.rows.items() if due and due >= "2026-02-01")
        found = self.store.find("entry", {"due": Between("2026-02-01", None)}, order="due")
        assert [(row.keys["due"], row.id) for row in found] == late

    @precondition(lambda self: self.batch is None)
    @rule()
    def look_at_the_feed(self) -> None:
        """The feed holds every fact, each stream in order; the chain is whole."""
        feed: list[Recorded] = everything(self.store, page=2)
        assert sorted(map(str, facts(feed))) == sorted(map(str, self.model.facts))
        assert verify(self.store).events == len(self.model.facts)

    @precondition(lambda self: self.batch is None and "reopening" not in self.suite.lacks)
    @rule()
    def reopen(self) -> None:
        """Close the store and open it again."""
        self.store.close()
        self.store = self.suite.open(self.home)

    def teardown(self) -> None:
        """Close the store."""
        if self.batch is not None:
            self.batch.__exit__(None, None, None)
        self.store.close()


class ModelTests(StoreSuite):
    """The model test."""

    @proves("model")
    def test_random_histories_agree_with_a_model(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        """Whatever is done in whatever order, the store holds what plain dictionaries would hold."""
        machine = type("Histories", (Histories,), {"suite": self, "folders": tmp_path_factory})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=self.model_examples,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
