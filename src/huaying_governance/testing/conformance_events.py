# ruff: noqa: S101, PT012 - these are tests, shipped
"""符合性检验：events: atomicity, conflict, idempotence, order."""

from __future__ import annotations

from pathlib import Path

import pytest

from huaying_governance.errors import Conflict, StoreError
from huaying_governance.storage import (
    Event,
    Row,
    RowKind,
    Store,
    verify,
)
from huaying_governance.testing.conformance_base import (
    StoreSuite,
    entry_row,
    everything,
    proves,
    some_events,
)
from huaying_governance.testing.conformance_processes import race


class EventTests(StoreSuite):
    """Streams of events."""

    # -- atomicity

    @proves("atomicity")
    def test_what_is_appended_can_be_read(self, store: Store) -> None:
        """Events come back in order, with versions from 1, growing positions and the bytes that were hashed."""
        recorded = store.append("entry/1", some_events(3), 0)
        assert [event.version for event in recorded] == [1, 2, 3]
        assert [event.position for event in recorded] == sorted({event.position for event in recorded})
        assert recorded[0].data == {"note": "第1条", "n": 1}
        assert recorded[0].payload == '{"n":1,"note":"第1条"}'.encode()
        assert store.read("entry/1") == recorded
        assert store.read("entry/1", after=2) == recorded[2:]
        assert store.read("entry/2") == ()

    @proves("atomicity")
    def test_rows_are_written_with_their_events(self, store: Store) -> None:
        """The current-state row is there as soon as its event is, is replaced by the next, and can be removed."""
        store.append("entry/1", some_events(1), 0, rows=[entry_row("1", "2026-03-02", days=3)])
        store.append("entry/1", some_events(1), 1, rows=[entry_row("1", None, state="done", version=2)])
        found = store.row("entry", "1")
        assert found is not None
        assert (found.version, found.data, dict(found.keys)) == (
            2,
            {"id": "1"},
            {"state": "done", "due": None, "days": None},
        )
        store.put([Row("entry", "1", 3, None)])
        assert store.row("entry", "1") is None

    @proves("atomicity")
    def test_a_bad_row_leaves_no_event(self, store: Store) -> None:
        """When a row cannot be written, neither are the events that came with it."""
        bad = [
            Row("entry", "1", 1, {}, {"unknown": "x"}),
            Row("entry", "1", 1, {}, {"due": 5}),
            Row("entry", "1", 1, {"amount": 0.5}, {}),  # type: ignore[dict-item]
            Row("entry", "1", 1, {}, {"days": True}),
        ]
        for row in bad:
            with pytest.raises(ValueError, match=r"."):
                store.append("entry/1", some_events(1), 0, rows=[entry_row("2", None), row])
        with pytest.raises(StoreError):
            store.append("entry/1", some_events(1), 0, rows=[Row("unheard_of", "1", 1, {})])
        assert store.feed() == ()
        assert store.count("entry") == 0

    @proves("atomicity")
    def test_data_that_cannot_be_canonical_is_refused(self, store: Store) -> None:
        """Floats, keys that are not ASCII, integers beyond 2^53 and values that are not JSON are never stored."""
        for data in ({"x": 0.1}, {"键": 1}, {"x": 2**53}, {"x": {1: 2}}, {"x": [b""]}, {"x": "\ud800"}):
            with pytest.raises(ValueError, match="data"):
                store.append("entry/1", [*some_events(1), Event("t", data)], 0)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="at least one"):
            store.append("entry/1", [], 0)
        for stream in ("", "a\nb", "x" * 501):
            with pytest.raises(ValueError, match="stream"):
                store.append(stream, some_events(1), 0)
        assert store.feed() == ()

    @proves("atomicity")
    def test_a_batch_is_all_or_nothing(self, store: Store) -> None:
        """What a failed batch wrote is gone: events, rows, commands and declared kinds; the next batch works."""
        other = RowKind("other", ("x",))
        store.append("entry/1", some_events(1), 0, rows=[entry_row("1", "2026-01-01")])
        with pytest.raises(ZeroDivisionError), store.batch():
            store.append("entry/1", some_events(1), 1, command="c", rows=[entry_row("1", None, version=2)])
            store.append("entry/2", some_events(2), 0, rows=[entry_row("2", None)])
            store.put([Row("entry", "1", 2, None)])
            store.declare(other)
            _ = 1 // 0
        assert [event.stream for event in everything(store)] == ["entry/1"]
        assert store.command("c") == ()
        assert [row.version for row in store.find("entry")] == [1]
        with pytest.raises(StoreError):
            store.find("other")
        with store.batch():
            store.append("entry/1", some_events(1), 1, command="c")
            store.declare(other)
            assert store.read("entry/1")[-1].version == 2, "a batch sees what it has written"
            assert store.find("other") == ()
        assert store.command("c")
        assert verify(store).events == 2

    @proves("atomicity")
    def test_a_batch_goes_on_after_a_refused_append(self, store: Store) -> None:
        """A conflict or a bad value inside a batch writes nothing itself and spoils nothing else."""
        with store.batch():
            store.append("entry/1", some_events(1), 0)
            with pytest.raises(Conflict):
                store.append("entry/1", some_events(1), 0)
            with pytest.raises(ValueError, match="key"):
                store.append("entry/1", some_events(1), 1, rows=[Row("entry", "1", 1, {}, {"no": "key"})])
            store.append("entry/1", some_events(1), 1)
        assert verify(store).events == 2

    @proves("atomicity")
    def test_a_batch_in_a_batch_is_refused(self, store: Store) -> None:
        """Nested batches raise a clear error, and the outer one can still end well."""
        with store.batch():
            store.append("entry/1", some_events(1), 0)
            with pytest.raises(StoreError) as caught, store.batch():
                raise AssertionError("not reached")  # pragma: no cover
            assert caught.value.reason == "nested"
        assert len(store.read("entry/1")) == 1

    # -- conflict

    @proves("conflict")
    def test_the_slower_of_two_writers_gets_a_conflict(self, store: Store) -> None:
        """An append that expects another version raises `Conflict`, says so, and writes nothing."""
        store.append("entry/1", some_events(2), 0)
        for expected in (0, 1, 3):
            with pytest.raises(Conflict) as caught:
                store.append("entry/1", some_events(1), expected, rows=[entry_row("1", None)])
            assert (caught.value.stream, caught.value.expected) == ("entry/1", expected)
        with pytest.raises(Conflict):
            store.append("entry/2", some_events(1), 1)
        assert len(everything(store)) == 2
        assert store.row("entry", "1") is None

    # -- idempotence

    @proves("idempotence")
    def test_a_command_is_recorded_once(self, store: Store) -> None:
        """The same command id returns what was recorded first and writes nothing, whatever else it brings."""
        first = store.append("entry/1", some_events(2), 0, command="c1", rows=[entry_row("1", "2026-01-01")])
        store.append("entry/1", some_events(1, 3), 2, command="c2")
        again = store.append(
            "entry/9", some_events(1, 9), 7, command="c1", rows=[entry_row("1", None, version=9)]
        )
        assert again == first == store.command("c1")
        assert [event.command for event in everything(store)] == ["c1", "c1", "c2"]
        assert store.row("entry", "1").version == 1  # type: ignore[union-attr]
        assert store.command("unknown") == ()

    # -- order

    @proves("order")
    def test_the_feed_has_every_event_once_in_order(self, store: Store) -> None:
        """The feed interleaves streams in the order of their commits; pages join without loss or doubling."""
        for version in range(4):
            for stream in ("entry/b", "entry/a"):
                store.append(stream, some_events(1), version)
        expected = [(s, v) for v in range(1, 5) for s in ("entry/b", "entry/a")]
        for page in (1, 3, 8, 100):
            assert [(event.stream, event.version) for event in everything(store, page)] == expected
        assert store.feed(limit=0) == ()

    @proves("concurrency")
    def test_concurrent_writers_lose_and_skip_nothing(self, home: Path) -> None:
        """Processes that write the same streams: each command once, and a reader meanwhile misses no late commit."""
        commands, seen = race(type(self), home, writers=2, commands=25)
        with self.open(home) as store:
            final = everything(store)
            verify(store)
        assert sorted(str(event.command) for event in final) == sorted(commands)
        assert [(event.stream, event.version) for event in seen] == [
            (event.stream, event.version) for event in final
        ]
