"""A SQLite whose disk can fail: apsw's virtual file system under the store, behind sqlite3's own interface."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import apsw


class Disk(apsw.VFS):
    """Passes everything to the real disk, tells `watch` of every change first, and lets it raise instead."""

    def __init__(self, watch: Callable[..., None]) -> None:
        self.watch = watch
        self.vfs_name = f"disk-{id(self)}"
        super().__init__(self.vfs_name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's names
        return _File(self, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
        self.watch("delete", Path(name).name)
        super().xDelete(name, sync)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self.disk = disk
        self.file = Path(
            name if isinstance(name, str) or (name is None and "temporary") else name.filename()
        ).name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.watch("write", self.file, offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self.disk.watch("truncate", self.file, size)
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.disk.watch("sync", self.file)
        super().xSync(flags)


class Connection:
    """As much of `sqlite3.Connection` as the store uses, over apsw."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._db = apsw.Connection(str(path), vfs=disk.vfs_name)
        self.lastrowid: int | None = None

    def execute(self, query: str, values: Sequence[Any] = ()) -> Any:
        try:
            cursor = self._db.cursor().execute(query, tuple(values))
            rows = cursor.fetchall()
        except apsw.Error as error:
            raise _translated(error) from error
        return _Result(rows, self._db.last_insert_rowid())

    @property
    def in_transaction(self) -> bool:
        return self._db.in_transaction

    def close(self) -> None:
        try:
            self._db.close()
        except apsw.Error as error:
            raise _translated(error) from error


class _Result:
    def __init__(self, rows: list[Any], lastrowid: int) -> None:
        self._rows, self.lastrowid = rows, lastrowid

    def fetchall(self) -> list[Any]:
        return self._rows

    def fetchone(self) -> Any:
        return self._rows[0] if self._rows else None


def _translated(error: apsw.Error) -> sqlite3.Error:
    translated = sqlite3.OperationalError(str(error))
    known = {apsw.FullError: sqlite3.SQLITE_FULL, apsw.IOError: sqlite3.SQLITE_IOERR}
    translated.sqlite_errorcode = known.get(type(error)) or error.extendedresult
    return translated


Operation = tuple[Any, ...]


def after_power_loss(log: Sequence[Operation], chance: random.Random, keep: float) -> dict[str, bytes]:
    """Return what the disk may hold when the power fails after `log`.

    What was synced is there. Of what was written since, each write is there with the probability `keep`, and one may
    be torn: only its first half.
    """
    files: dict[str, bytearray] = {}
    pending: dict[str, list[Operation]] = {}
    for operation in log:
        kind, name, *_ = operation
        if kind == "sync":
            for each in pending.pop(name, []):
                _apply(files, each)
        elif kind == "delete":
            pending.pop(name, None)
            files.pop(name, None)
        elif kind in {"write", "truncate"}:
            pending.setdefault(name, []).append(operation)
    for waiting in pending.values():
        for each in waiting:
            if chance.random() < keep:
                torn = each[0] == "write" and chance.random() < 0.2
                _apply(files, (*each[:3], each[3][: len(each[3]) // 2]) if torn else each)
    return {name: bytes(content) for name, content in files.items()}


def _apply(files: dict[str, bytearray], operation: Operation) -> None:
    kind, name, place, *data = operation
    content = files.setdefault(name, bytearray())
    if kind == "truncate":
        del content[place:]
    else:
        content.extend(bytes(max(0, place - len(content))))
        content[place : place + len(data[0])] = data[0]
