"""The SQLite file: how it is opened, what is refused, and what the user is told."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from huaying_governance.errors import Conflict, StoreError
from huaying_governance.storage import Between, Event, Row, RowKind, open_store, verify
from huaying_governance.storage import sqlite_file as file
from huaying_governance.storage.sqlite import SqliteStore
from huaying_governance.storage.sqlite_layout import STEPS

NOTED = [Event("noted", {"note": "记"})]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def refused(path: Path, **options: Any) -> StoreError:
    with pytest.raises(StoreError) as caught:
        SqliteStore(path, **options)
    assert str(path.parent) in caught.value.say("zh")
    assert str(path.parent) in str(caught.value)
    return caught.value


def test_every_address_of_a_file_leads_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative and absolute URLs and plain paths, as text or `Path`, name the same file; odd characters are literal."""
    monkeypatch.chdir(tmp_path)
    name = "a b%20#?中.db"
    with open_store(f"sqlite:///{name}") as store:
        store.append("s", NOTED, 0)
    for address in (f"sqlite:///{tmp_path}/{name}", f"sqlite:////{tmp_path}/{name}", name, Path(name)):
        with open_store(address, create=False) as store:
            assert verify(store).events == 1
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("address", ["mysql://u:secret@h/db", "sqlite:///", "", "sqlite:x.db", "MEMORY://"])
def test_an_unknown_address_is_refused_without_its_password(address: str) -> None:
    """Only the scheme of an address is repeated in the error."""
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert caught.value.reason == "url"
    assert "secret" not in str(caught.value) + caught.value.say("zh")


def test_a_missing_file_is_not_made_by_looking(path: Path) -> None:
    """`create=False` on a missing path says so and leaves nothing behind; nor is a folder ever made."""
    assert refused(path, create=False).reason == "missing"
    assert refused(path.parent / "no" / "store.db").reason == "missing"
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"SQLite format 3\0" + bytes(200)])
def test_what_is_not_a_store_is_left_alone(path: Path, content: bytes) -> None:
    """A text file, a broken database and, for a reader, an empty file are no stores and stay as they are."""
    path.write_bytes(content)
    # What is empty was never made: its maker may have been killed.
    assert refused(path, create=False).reason in ({"not-a-store", "damaged"} if content else {"missing"})
    if content:
        assert refused(path).reason in {"not-a-store", "damaged"}
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    """A SQLite file with other tables or another application's mark is not touched; a folder is no store."""
    for statement in ("CREATE TABLE theirs (x)", "PRAGMA application_id = 77"):
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as db:
            db.execute(statement)
            db.commit()
        before = path.read_bytes()
        assert refused(path).reason == "not-a-store"
        assert path.read_bytes() == before
    assert refused(path.parent).reason == "not-a-store"


def test_an_empty_file_may_become_a_store(path: Path) -> None:
    """A file that was reserved (mktemp) is filled."""
    path.touch()
    with SqliteStore(path) as store:
        store.append("s", NOTED, 0)


def test_a_newer_layout_is_refused(path: Path) -> None:
    """A file of a later release says: upgrade."""
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    assert refused(path).reason == "newer"


def test_an_older_layout_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps that were added since the file was made are run once, all or nothing, and keep what is there."""
    with SqliteStore(path) as store:
        store.append("s", NOTED, 0)
    step = ("CREATE TABLE added (x)", "INSERT INTO added VALUES (1)")
    monkeypatch.setattr(file, "STEPS", (*STEPS, (*step, "nonsense")))
    assert refused(path).reason == "damaged"
    monkeypatch.setattr(file, "STEPS", (*STEPS, step))
    for _ in range(2):
        with SqliteStore(path) as store:
            assert verify(store).events == 1
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM added").fetchone() == (1,)
        assert db.execute("PRAGMA user_version").fetchone() == (len(STEPS) + 1,)


def test_commits_are_durable(path: Path) -> None:
    """Every connection runs in WAL with synchronous=FULL."""
    with SqliteStore(path) as store:
        db = store._connection()
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_locked_file_says_so_and_goes_on_later(path: Path) -> None:
    """While another program writes, an append waits, then raises `locked`; afterwards it succeeds."""
    with (
        SqliteStore(path, timeout=0.05) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        for write in (lambda: store.append("s", NOTED, 0), lambda: store.batch().__enter__()):
            with pytest.raises(StoreError) as caught:
                write()
            assert caught.value.reason == "locked"
        assert store.read("s") == ()
        other.execute("COMMIT")
        assert store.append("s", NOTED, 0)


def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the files look read-only, which permissions alone cannot do for root."""
    monkeypatch.setattr(file.os, "access", lambda *_: False)


def test_a_read_only_file_can_be_verified_and_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store on a read-only medium opens for reading; writing says that it is read-only."""
    with SqliteStore(path) as store:
        store.append("s", NOTED, 0)
    read_only(monkeypatch)
    with SqliteStore(path) as store:
        assert verify(store).events == 1
        with pytest.raises(StoreError) as caught:
            store.append("s", NOTED, 1)
        assert caught.value.reason == "read-only"
        assert verify(store).events == 1


def test_damage_is_named(path: Path) -> None:
    """A file whose pages or tables are gone raises `damaged`, with the way out."""
    with SqliteStore(path) as store:
        store.append("s", NOTED, 0)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE events")
    with SqliteStore(path) as store, pytest.raises(StoreError) as caught:
        verify(store)
    assert caught.value.reason == "damaged"
    assert "backup" in str(caught.value)


def test_threads_share_a_store(path: Path) -> None:
    """Threads that append through one object interleave: every event is there once; a batch is not disturbed."""
    lost: list[int] = []

    def write(store: SqliteStore, mine: int) -> None:
        for number in range(20):
            while True:
                try:
                    store.append("shared", NOTED, len(store.read("shared")), command=f"{mine}-{number}")
                    break
                except Conflict:
                    lost.append(mine)

    with SqliteStore(path) as store:
        threads = [threading.Thread(target=write, args=(store, mine)) for mine in range(3)]
        for thread in threads:
            thread.start()
        with store.batch():
            before = len(store.read("shared"))
            store.append("shared", NOTED, before)
            assert len(store.read("shared")) == before + 1
        for thread in threads:
            thread.join()
        assert verify(store).events == 61


def test_a_new_store_can_be_opened_by_many_at_once(path: Path) -> None:
    """Threads that open the same new file at the same moment all get the one store."""
    barrier = threading.Barrier(6)
    failures: list[BaseException] = []

    def use(number: int) -> None:
        barrier.wait()
        try:
            with SqliteStore(path) as store:
                store.declare(RowKind("thing", ("state",)))
                store.append(f"s{number}", NOTED, 0)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with SqliteStore(path) as store:
        assert verify(store).events == 6


def test_what_is_due_soon_is_read_from_an_index(path: Path) -> None:
    """The queries of boards walk an index: no scan of the table and no sorting."""
    kind = RowKind("entry", ("state", "community", "due"), (("state", "due"), ("community", "due")))
    with SqliteStore(path) as store:
        store.declare(kind)
        store.put([Row("entry", "1", 1, {}, {"state": "open", "due": "2026-01-01"})])
        seen: list[str] = []
        store._connection().set_trace_callback(seen.append)
        last = store.find("entry", {"due": Between(None, "2026-02-01")}, order="due", limit=10)[-1]
        store.find(
            "entry", {"state": "open", "due": Between(None, "2026-02-01")}, order="due", limit=10, after=last
        )
        store.find("entry", {"community": "dujiaping"}, order="due", limit=10)
        store.find("entry", {"community": "dujiaping"}, limit=10)
        store._connection().set_trace_callback(None)
        plans = [store._connection().execute(f"EXPLAIN QUERY PLAN {query}").fetchall() for query in seen]
    told = ["; ".join(step[3] for step in plan) for plan in plans]
    assert [plan.partition(" (")[0] for plan in told] == [
        "SEARCH row_entry USING INDEX row_entry_by_due",
        "SEARCH row_entry USING INDEX row_entry_by_state_and_due",
        "SEARCH row_entry USING INDEX row_entry_by_community_and_due",
        "SEARCH row_entry USING INDEX row_entry_by_community",
    ]
    assert not any("TEMP B-TREE" in plan for plan in told)


def test_declarations_of_another_process_are_seen(path: Path) -> None:
    """A kind that somebody else declared can be used without declaring it again."""
    with SqliteStore(path) as one, SqliteStore(path) as other:
        one.declare(RowKind("thing", ("state",)))
        other.put([Row("thing", "1", 1, {}, {"state": "x"})])
        assert one.count("thing", {"state": "x"}) == 1
