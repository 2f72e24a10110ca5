"""A failing disk under the SQLite store: nothing acknowledged is lost, and every error is clear."""

from __future__ import annotations

import random
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

import apsw
import pytest
from faulty import Connection, Disk, Operation, after_power_loss

from huaying_governance.errors import StoreError
from huaying_governance.storage import Event, Row, RowKind, sqlite_file, verify
from huaying_governance.storage.sqlite import SqliteStore

COMMANDS = 12
KIND = RowKind("thing", ("state",))


def put(store: SqliteStore, number: int) -> None:
    stream = f"s{number % 2}"
    row = Row("thing", stream, number, {"n": number}, {"state": "x"})
    events = [Event("made", {"n": number, "text": "内容" * 300})]
    store.append(stream, events, len(store.read(stream)), command=f"c{number}", rows=[row])


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Open the store of this test on a disk that a function watches."""

    def opened(watch: Any, path: Path | None = None) -> SqliteStore:
        disk = Disk(watch)
        monkeypatch.setattr(sqlite_file, "_open", lambda path, mode, timeout: Connection(path, disk))
        try:
            store = SqliteStore(path or tmp_path / "s.db")
        finally:
            monkeypatch.undo()
        # Small checkpoints, so that they fall among the operations too.
        store._connection().execute("PRAGMA wal_autocheckpoint = 6")
        return store

    return opened


class Fault:
    """Strikes at the n-th operation, and if it is lasting at all that follow."""

    def __init__(self, error: type[apsw.Error], lasting: bool) -> None:
        self.error, self.lasting = error, lasting
        self.at, self.seen, self.struck = 0, 0, True

    def next(self) -> None:
        self.at, self.seen, self.struck = self.at + 7, 0, False

    def watch(self, *_operation: object) -> None:
        self.seen += 1
        if self.seen == self.at or (self.lasting and self.seen > self.at):
            self.struck = True
            raise self.error


FAULTS = {"input-output": apsw.IOError, "full": apsw.FullError}


@pytest.mark.parametrize("reason", list(FAULTS))
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from-then-on"])
def test_a_fault_at_any_operation_loses_nothing(
    on_disk: Any, tmp_path: Path, reason: str, lasting: bool
) -> None:
    """Whichever write or sync fails: what was acknowledged is there, a retry completes the rest, nothing doubles."""
    fault = Fault(FAULTS[reason], lasting)
    while fault.struck:  # until it would fall behind the last operation
        fault.next()
        path = tmp_path / f"{fault.at}.db"
        with SqliteStore(path) as store:
            store.declare(KIND)
        acknowledged: list[str] = []
        errors: list[StoreError] = []
        store = on_disk(fault.watch, path)
        for number in range(COMMANDS):
            try:
                put(store, number)
                acknowledged.append(f"c{number}")
            except StoreError as error:
                errors.append(error)
        # SQLite closes in any case; only apsw reports that the last checkpoint failed.
        with suppress(sqlite3.Error, apsw.Error):
            store.close()
        # SQLite calls some full disks an input-output error; either way the user is told what to look at.
        assert all(error.reason in FAULTS and str(path) in str(error) for error in errors)
        with SqliteStore(path) as again:
            verify(again)
            for command in acknowledged:
                assert len(again.command(command)) == 1
            for number in range(COMMANDS):
                put(again, number)
            assert sorted(str(event.command) for event in again.feed()) == sorted(
                f"c{number}" for number in range(COMMANDS)
            )
            verify(again)


def test_a_fault_inside_a_batch_dooms_the_batch(on_disk: Any, tmp_path: Path) -> None:
    """After a failed write in a batch nothing of it is kept, even if the error was swallowed."""
    failing = False

    def watch(*_operation: object) -> None:
        if failing:
            raise apsw.FullError

    with SqliteStore(tmp_path / "s.db") as store:
        store.declare(KIND)
    store = on_disk(watch)
    store._connection().execute("PRAGMA cache_size = 1")  # pages spill to the log before the commit
    with pytest.raises(StoreError) as caught, store.batch():  # noqa: PT012 - the error comes from the batch's end
        put(store, 0)
        failing = True
        with pytest.raises(StoreError) as first:  # noqa: PT012 - which one fails is SQLite's affair
            for number in range(1, 60):
                put(store, number)
        assert first.value.reason == "full"
        failing = False
        with pytest.raises(StoreError, match="this batch has failed"):
            put(store, 99)
    assert caught.value.reason == "broken-batch"
    assert store.feed() == ()
    put(store, 0)
    assert verify(store).events == 1
    store.close()


def power_losses(on_disk: Any, tmp_path: Path, every: int) -> int:
    """Cut the power after every `every`-th operation in four ways; return how many disks were looked at."""
    log: list[Operation] = []
    acknowledged: list[tuple[int, int]] = []
    store = on_disk(lambda *operation: log.append(operation))
    store.declare(KIND)
    for number in range(COMMANDS):
        put(store, number)
        acknowledged.append((len(log), number))
    with store.batch():
        put(store, COMMANDS)
        put(store, COMMANDS + 1)
    acknowledged.append((len(log), COMMANDS + 1))
    store.close()
    chance = random.Random(9)
    looked_at = 0
    for cut in range(acknowledged[0][0], len(log) + 1, every):
        for keep in (0.0, 0.4, 0.9, 1.0):
            folder = tmp_path / f"{cut}-{keep}"
            folder.mkdir()
            for name, content in after_power_loss(log[:cut], chance, keep).items():
                (folder / name).write_bytes(content)
            last = max(number for length, number in acknowledged if length <= cut)
            with SqliteStore(folder / "s.db", create=False) as found:
                events = verify(found).events
                assert last + 1 <= events, f"power lost after operation {cut}, keeping {keep}"
                assert events != COMMANDS + 1, "half a batch"
                assert sorted(str(event.command) for event in found.feed()) == sorted(
                    f"c{number}" for number in range(events)
                )
            looked_at += 1
    return looked_at


def test_power_loss_loses_nothing_acknowledged(on_disk: Any, tmp_path: Path) -> None:
    """Replay of the disk as a power failure may leave it: every acknowledged event is there, the chain is whole."""
    assert power_losses(on_disk, tmp_path, every=5) > 50


@pytest.mark.long
def test_power_loss_after_every_operation(on_disk: Any, tmp_path: Path) -> None:
    """The same after each single write, truncation and sync."""
    assert power_losses(on_disk, tmp_path, every=1) > 300
