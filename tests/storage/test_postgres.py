"""PostgreSQL beyond the conformance suite: late commits, deadlocks, restores, errors. The server is a real one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import postgres
import psycopg
import pytest

from huaying_governance.errors import Conflict, MissingExtra, StoreError
from huaying_governance.storage import (
    Between,
    Event,
    Row,
    RowKind,
    Store,
    open_store,
    postgres_server,
    verify,
)
from huaying_governance.storage import postgres_layout as layout
from huaying_governance.storage.postgres import PostgresStore
from huaying_governance.storage.postgres_partitions import partition

NOTED = [Event("noted", {"note": "记"})]
KIND = RowKind("entry", ("state", "community", "due"), (("state", "due"),))


@pytest.fixture
def address() -> str:
    return postgres.new_schema()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as store:
        yield store


def test_the_feed_never_skips_a_late_commit(store: Store, address: str) -> None:
    """A reader that went on while an earlier transaction was open still gets its events, in order."""
    with open_store(address) as slow, open_store(address) as other:
        store.append("before", NOTED, 0)
        late = slow.batch()
        late.__enter__()
        slow.append("late", NOTED, 0)
        other.append("after", NOTED, 0)
        seen = [event.stream for event in store.feed()]
        assert seen == ["before"], "what could still be overtaken is not shown"
        position = store.feed()[-1].position
        assert [event.stream for event in store.read("after")] == ["after"], "but it is there"
        late.__exit__(None, None, None)
        assert [event.stream for event in store.feed(position)] == ["late", "after"]
        assert verify(store).events == 3


def test_a_batch_does_not_write_behind_a_younger_transaction(store: Store, address: str) -> None:
    """Within the feed a stream stays in order: a batch that began before the stream's last event has to be redone."""
    with open_store(address) as other:
        with store.batch():
            other.append("s", NOTED, 0)
            assert len(store.read("s")) == 1
            with pytest.raises(Conflict):
                store.append("s", NOTED, 1)
        with store.batch():
            store.append("s", NOTED, 1)
        assert [event.version for event in store.feed()] == [1, 2]


def test_streams_do_not_wait_for_each_other(store: Store, address: str) -> None:
    """While a batch holds one stream, others are written at once; the same stream waits and then conflicts."""
    outcome: list[str] = []

    def write_the_same() -> None:
        with open_store(address) as third:
            try:
                third.append("held", NOTED, 0)
            except Conflict:
                outcome.append("conflict")

    with open_store(address) as other:
        with store.batch():
            store.append("held", NOTED, 0)
            for number in range(5):
                other.append(f"free/{number}", NOTED, 0)
            waiting = threading.Thread(target=write_the_same)
            waiting.start()
            waiting.join(0.2)
            assert outcome == []
        waiting.join(20)
    assert outcome == ["conflict"]
    assert verify(store).events == 6


def test_the_same_command_from_two_sides_at_once_is_applied_once(store: Store, address: str) -> None:
    """A command that another process is just writing is waited for, and its first answer returned."""
    answers: list[Any] = []

    def repeat() -> None:
        with open_store(address) as other:
            answers.append(other.append("s", NOTED, 0, command="c"))

    with store.batch():
        first = store.append("s", NOTED, 0, command="c")
        other = threading.Thread(target=repeat)
        other.start()
        other.join(0.2)
        assert answers == []
    other.join(20)
    assert answers == [first]


def test_a_deadlock_of_batches_is_a_conflict(store: Store, address: str) -> None:
    """Two batches that write two streams in opposite order: one is told to try again, the other goes through."""
    failures: list[BaseException] = []
    first_written, second_written = threading.Event(), threading.Event()

    def cross() -> None:
        try:
            with open_store(address) as other, other.batch():
                other.append("b", NOTED, 0)
                second_written.set()
                first_written.wait(10)
                other.append("a", NOTED, 0)
        except (Conflict, StoreError) as error:
            failures.append(error)

    thread = threading.Thread(target=cross)
    try:
        with store.batch():
            store.append("a", NOTED, 0)
            thread.start()
            second_written.wait(10)
            first_written.set()
            store.append("b", NOTED, 0)
    except (Conflict, StoreError) as error:
        failures.append(error)
    thread.join(20)
    assert len(failures) == 1
    assert isinstance(failures[0], Conflict)
    assert verify(store).events == 2


def test_what_follows_a_lost_race_in_a_batch_is_refused(store: Store, address: str) -> None:
    """A race lost inside a batch dooms it: nothing of it is kept, and that is said."""
    with open_store(address) as other:
        with pytest.raises(StoreError) as caught, store.batch():  # noqa: PT012 - the batch's end raises
            store.append("mine", NOTED, 0)
            # Between the batch's look at the stream and its write, somebody else writes it.
            look = store._head_in_batch  # type: ignore[attr-defined]
            store._head_in_batch = lambda *asked: (look(*asked), other.append("s", NOTED, 0))[0]  # type: ignore[attr-defined]
            with pytest.raises(Conflict):
                store.append("s", NOTED, 0)
            with pytest.raises(StoreError, match="this batch has failed"):
                store.read("mine")
        del store._head_in_batch  # type: ignore[attr-defined]
    assert caught.value.reason == "broken-batch"
    assert [event.stream for event in store.feed()] == ["s"]


def test_a_store_restored_into_a_younger_server_goes_on(address: str) -> None:
    """Where the server's transactions count lower than the stored positions, the epoch is raised on opening."""
    with open_store(address) as store:
        store.append("s", NOTED, 0)
    with psycopg.connect(address) as db:
        db.execute("UPDATE huaying_events SET position = position + (1::bigint << 50)")
    with open_store(address) as store:
        store.append("s", NOTED, 1)
        store.append("t", NOTED, 0)
        assert [(event.stream, event.version) for event in store.feed()] == [("s", 1), ("s", 2), ("t", 1)]
        assert verify(store).events == 3


def test_only_a_known_store_is_opened(address: str) -> None:
    """`create=False` makes no tables; a newer layout is refused; the password is in no message."""
    with pytest.raises(StoreError) as caught:
        open_store(address, create=False)
    assert caught.value.reason == "missing"
    with psycopg.connect(address) as db:
        assert db.execute("SELECT to_regclass('huaying_store')").fetchone() == (None,)
    open_store(address).close()
    with psycopg.connect(address) as db:
        db.execute("UPDATE huaying_store SET layout = 99")
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert caught.value.reason == "newer"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda base: base.replace("postgres@127.0.0.1", "u:secret@127.0.0.1:1/x?y="), "unreachable"),
        (lambda base: base.replace("postgres@", "u:secret@"), "unreachable"),
        (lambda base: base.replace("/postgres?", "/nowhere?"), "unreachable"),
        (lambda base: "postgresql://u:secret@127.0.0.1:notaport/x", "unreachable"),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_without_the_password(
    change: Any, reason: str, address: str
) -> None:
    """Wrong host, account, database or address: what to do, and no secret."""
    with pytest.raises(StoreError) as caught:
        open_store(change(address))
    assert caught.value.reason == reason
    assert "secret" not in f"{caught.value}{caught.value.say('zh')}{caught.value.__cause__}"


def test_an_account_that_may_only_read_can_verify(store: Store, address: str) -> None:
    """A read-only session verifies and reads; writing says that it may not."""
    store.append("s", NOTED, 0)
    only = address.replace("options=", "options=-cdefault_transaction_read_only%3Don%20")
    with open_store(only, create=False) as reader:
        assert verify(reader).events == 1
        with pytest.raises(StoreError) as caught:
            reader.append("s", NOTED, 1)
    assert caught.value.reason == "read-only"


def test_commits_are_durable_whatever_the_server_says(address: str) -> None:
    """A server that acknowledges before writing is overruled; a stricter one is left alone."""
    for setting, expected in (("off", "on"), ("local", "on"), ("remote_apply", "remote_apply")):
        with PostgresStore(f"{address}%20-csynchronous_commit%3D{setting}") as store:
            assert store._fetch("SHOW synchronous_commit", ()) == [(expected,)]


def test_a_lost_connection_is_made_again(store: Any) -> None:
    """After the server closed the connection the next call says so or works; the one after works."""
    store.append("s", NOTED, 0)
    (pid,) = store._fetch("SELECT pg_backend_pid()", ())[0]
    with psycopg.connect(postgres.server(), autocommit=True) as db:
        db.execute("SELECT pg_terminate_backend(%s)", (pid,))
    with pytest.raises(StoreError) as caught:
        store.append("s", NOTED, 1, command="c")
    assert caught.value.reason == "unreachable"
    store.append("s", NOTED, 1, command="c")
    assert verify(store).events == 2


def test_missing_tables_are_damage(store: Store, address: str) -> None:
    """A store whose tables were dropped says that it is damaged."""
    with psycopg.connect(address) as db:
        db.execute("DROP TABLE huaying_events")
    with pytest.raises(StoreError) as caught:
        store.feed()
    assert caught.value.reason == "damaged"


def test_a_row_given_twice_counts_last(store: Store) -> None:
    """One append may bring several states of the same row; the last one stays."""
    store.declare(KIND)
    rows = [Row("entry", "1", version, {"v": version}, {"state": "open"}) for version in (1, 2)]
    store.append("s", NOTED * 2, 0, rows=rows)
    found = store.row("entry", "1")
    assert found is not None
    assert found.version == 2


def test_what_is_due_soon_is_read_from_an_index(store: Any) -> None:
    """The queries of boards walk an index without sorting."""
    store.declare(KIND)
    rows = [
        Row(
            "entry",
            f"{n:05}",
            1,
            {},
            {"state": "open" if n % 9 else "done", "due": f"2026-{n % 12 + 1:02}-01"},
        )
        for n in range(3000)
    ]
    store.put(rows)
    store.run("ANALYZE huaying_row_entry")
    wanted = {"state": "open", "due": Between(None, "2026-02-01")}
    first = store.find("entry", wanted, order="due", limit=20)
    after = store.find("entry", wanted, order="due", limit=20, after=first[-1])
    assert {row.id for row in first}.isdisjoint(row.id for row in after)
    query, values = layout.ROWS.page(KIND, layout_tests(wanted), "due", first[-1])
    plan = "\n".join(line for (line,) in store._fetch(f"EXPLAIN {query}", [*values, 20]))
    assert "huaying_row_entry_by_state_and_due" in plan
    assert "Sort" not in plan
    assert "Seq Scan" not in plan


def layout_tests(wanted: Any) -> Any:
    from huaying_governance.storage.queries import tests

    return tests(KIND, wanted)


def test_events_can_lie_in_partitions_by_community(address: str) -> None:
    """A partitioned store does what any other does; each community's streams lie in its own table."""
    with PostgresStore(address) as store:
        partition(store, ["dujiaping", "o'brien"])
        for stream in ("dujiaping/1", "dujiaping/2", "o'brien/1", "elsewhere/1", "dujiapingx/1"):
            store.append(stream, NOTED * 2, 0, command=stream)
        with pytest.raises(Conflict):
            store.append("dujiaping/1", NOTED, 0)
        assert len(store.feed()) == 10
        assert verify(store).streams == 5
        counts = [
            store._fetch(f"SELECT count(*) FROM huaying_events_{part}", ())[0][0] for part in (1, 2, "other")
        ]
        assert counts == [4, 2, 4]
        with pytest.raises(StoreError) as caught:
            partition(store, ["dujiaping"])
    assert caught.value.reason == "not-empty"
    with open_store(address, create=False) as again:
        assert verify(again).events == 10


def test_without_psycopg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PostgreSQL address without the extra says which one to install."""
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=r"huaying-governance\[postgres\]"):
        postgres_server.connect("postgresql://localhost/x", create=True)


def test_an_older_layout_is_brought_up_to_date(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps that were added since the store was made run once and keep what is there."""
    with open_store(address) as store:
        store.append("s", NOTED, 0)
    monkeypatch.setattr(layout, "STEPS", (*layout.STEPS, ("CREATE TABLE huaying_added (x INTEGER)",)))
    for _ in range(2):
        with open_store(address) as store:
            assert verify(store).events == 1
    with closing(psycopg.connect(address)) as db:
        assert db.execute("SELECT layout FROM huaying_store").fetchone() == (len(layout.STEPS),)
