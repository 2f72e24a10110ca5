"""A store in one text file: a worked example of a third-party adapter, to be read beside docs/storage/write-a-store.md.

Every line is one commit: a checksum, a space, and JSON with the events, rows and declarations that belong together. A
line that a crash cut short has no right checksum and counts as never written. Everything is held in memory as well, so
this suits thousands of events, not millions. Writers take a file lock (POSIX), readers catch up before they answer.
"""

from __future__ import annotations

import fcntl
import json
import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any, Self

from huaying_governance.errors import Conflict, StoreError
from huaying_governance.storage import Event, Head, Recorded, Row, RowKind, faults
from huaying_governance.storage.chain import Chain, prepare, recorded
from huaying_governance.storage.memory import MemoryStore
from huaying_governance.storage.sql import kind_from_text, kind_to_text
from huaying_governance.storage.values import Want
from huaying_governance.text import Text

Commit = dict[str, list[Any]]


class JsonlStore:
    """A store in a text file. Processes and threads may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        self._lock, self._chain = RLock(), Chain()
        self._open = True
        self._batch: Commit | None = None
        self._forget()

    # -- events

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        expected_version: int,
        *,
        command: str | None = None,
        rows: Sequence[Row] = (),
    ) -> tuple[Recorded, ...]:
        payloads = prepare(stream, events, command)
        with self._writing() as commit:
            if command is not None and command in self._commands:
                return tuple(self._commands[command])
            held = self._streams.get(stream, [])
            if len(held) != expected_version:
                raise Conflict(stream, expected_version, len(held))
            self._rows.put(rows)  # checks all rows before it takes any
            head = (len(held), held[-1].hash if held else "")
            found = []
            for link in self._chain.extend(stream, head, events, payloads, command):
                found.append(recorded(link, len(self._events) + 1))
                self._take(found[-1])
            commit["events"].extend(written(event) for event in found)
            commit["rows"].extend(map(written_row, rows))
            return tuple(found)

    def read(self, stream: str, after: int = 0) -> tuple[Recorded, ...]:
        with self._reading():
            return tuple(event for event in self._streams.get(stream, []) if event.version > after)

    def command(self, command_id: str) -> tuple[Recorded, ...]:
        with self._reading():
            return tuple(self._commands.get(command_id, []))

    def feed(self, after: int = 0, limit: int = 1000) -> tuple[Recorded, ...]:
        with self._reading():
            start = bisect_right(self._events, after, key=lambda event: event.position)
            return tuple(self._events[start : start + limit])

    def heads(self, after: str = "", limit: int = 1000) -> tuple[Head, ...]:
        with self._reading():
            names = sorted(name for name in self._streams if name > after)[:limit]
            last = [self._streams[name][-1] for name in names]
            return tuple(Head(event.stream, event.version, event.hash) for event in last)

    # -- rows: the memory store already knows how to find them

    def declare(self, kind: RowKind, *, replace: bool = False) -> None:
        with self._writing() as commit:
            self._rows.declare(kind, replace=replace)
            commit["rows"].append(["declare", kind.name, kind_to_text(kind)])

    def put(self, rows: Sequence[Row]) -> None:
        with self._writing() as commit:
            self._rows.put(rows)
            commit["rows"].extend(map(written_row, rows))

    def row(self, kind: str, id: str) -> Row | None:  # noqa: A002
        with self._reading():
            return self._rows.row(kind, id)

    def find(
        self,
        kind: str,
        where: Mapping[str, Want] | None = None,
        *,
        order: str | None = None,
        limit: int = 1000,
        after: Row | None = None,
    ) -> tuple[Row, ...]:
        with self._reading():
            return self._rows.find(kind, where, order=order, limit=limit, after=after)

    def count(self, kind: str, where: Mapping[str, Want] | None = None) -> int:
        with self._reading():
            return self._rows.count(kind, where)

    # -- the whole

    @contextmanager
    def batch(self) -> Iterator[None]:
        with self._lock:
            if self._batch is not None:
                raise faults.nested()
            with self._writing() as commit:
                self._batch = commit
                try:
                    yield
                finally:
                    self._batch = None

    def close(self) -> None:
        with self._lock:
            if self._open:
                self._open = False
                os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # -- the file

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            if not self._open:
                raise faults.closed()
            if self._batch is None:
                self._catch_up()
            yield

    @contextmanager
    def _writing(self) -> Iterator[Commit]:
        with self._reading():
            if self._batch is not None:
                yield self._batch
                return
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                self._catch_up()
                commit: Commit = {"events": [], "rows": []}
                yield commit
                self._write(commit)
            except BaseException:
                self._forget()  # memory may be ahead of the file: read it anew
                raise
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    def _write(self, commit: Commit) -> None:
        if not any(commit.values()):
            return
        os.ftruncate(self._file, self._read_to)  # what a crashed writer left unfinished
        line = line_of(commit)
        try:
            if os.write(self._file, line) != len(line):
                raise OSError("the disk is full")
            os.fsync(self._file)
        except OSError as error:
            os.ftruncate(self._file, self._read_to)
            raise StoreError(
                "input-output",
                Text("写入 {p} 失败", "writing {p} failed").fill(p=self._path),
                Text("检查磁盘后重试", "check the disk and try again"),
            ) from error
        self._read_to += len(line)

    def _catch_up(self) -> None:
        new = os.pread(self._file, os.fstat(self._file).st_size - self._read_to, self._read_to)
        for line in new.splitlines(keepends=True):
            checksum, _, content = line.partition(b" ")
            if not line.endswith(b"\n") or checksum != checksum_of(content):
                break  # the rest is not, or not yet, a commit
            commit = json.loads(content)
            for entry in commit["rows"]:
                self._take_row(*entry)
            for stream, version, type_, schema, payload, hash_, command in commit["events"]:
                position = len(self._events) + 1
                self._take(
                    Recorded(stream, version, position, type_, schema, payload.encode(), hash_, command)
                )
            self._read_to += len(line)

    def _take(self, event: Recorded) -> None:
        self._events.append(event)
        self._streams.setdefault(event.stream, []).append(event)
        if event.command is not None:
            self._commands.setdefault(event.command, []).append(event)

    def _take_row(self, what: str, name: str, *more: Any) -> None:
        if what == "declare":
            self._rows.declare(kind_from_text(name, more[0]), replace=True)
        else:
            self._rows.put([Row(name, *more)])

    def _forget(self) -> None:
        self._read_to = 0
        self._events: list[Recorded] = []
        self._streams: dict[str, list[Recorded]] = {}
        self._commands: dict[str, list[Recorded]] = {}
        self._rows = MemoryStore()


def line_of(commit: Commit) -> bytes:
    """Return a commit as its line."""
    content = json.dumps(commit, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    return checksum_of(content) + b" " + content


def checksum_of(content: bytes) -> bytes:
    """Return what stands before a line."""
    return sha256(content).hexdigest()[:16].encode()


def written(event: Recorded) -> list[Any]:
    """Return an event as it stands in a line; the payload stays the very text that was hashed."""
    return [
        event.stream,
        event.version,
        event.type,
        event.schema,
        event.payload.decode(),
        event.hash,
        event.command,
    ]


def written_row(row: Row) -> list[Any]:
    """Return a row as it stands in a line."""
    data = None if row.data is None else dict(row.data)
    return ["row", row.kind, row.id, row.version, data, dict(row.keys)]
