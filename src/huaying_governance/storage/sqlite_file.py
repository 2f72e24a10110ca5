"""SQLite 文件: how a file is opened, recognised and brought up to date, and what SQLite's errors mean."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

from huaying_governance.errors import StoreError
from huaying_governance.storage.sqlite_layout import APPLICATION, STEPS
from huaying_governance.text import Text

_TRIES = 40


def connect(path: Path, *, create: bool, timeout: float) -> sqlite3.Connection:
    """Return a connection to the store at `path`, made or brought up to date where needed."""
    exists = path.exists()
    if not exists and not (create and path.parent.is_dir()):
        raise _missing(path) if not create else _no_folder(path.parent)
    if path.is_dir():
        raise _not_a_store(path)
    writable = not exists or os.access(path, os.W_OK)
    try:
        db = _open(path, "rwc" if create and writable else "rw" if writable else "ro", timeout)
    except sqlite3.Error as error:
        raise explain(error, path) from error
    try:
        db.execute("BEGIN")  # one look, though another process may be making the store
        _recognise(db, path, create=create and writable)
        db.execute("COMMIT")
        if writable:
            _prepare(db, path)
    except BaseException as error:
        db.close()
        if isinstance(error, sqlite3.Error):
            raise explain(error, path) from error
        raise
    return db


def _open(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    # A store on a read-only medium has no place for SQLite's side files; without a log to replay it is a plain file.
    log = path.with_name(f"{path.name}-wal")
    if mode == "ro" and not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size):
        address += "&immutable=1"
    return sqlite3.connect(
        address,
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=timeout,
        cached_statements=256,
    )


def _recognise(db: sqlite3.Connection, path: Path, *, create: bool) -> None:
    if _number(db, "application_id") != APPLICATION:
        # An empty file may become a store, or would have become one had its maker not been killed; anything else is
        # somebody else's and is left alone.
        if _number(db, "application_id") or db.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise _not_a_store(path)
        if not create:
            raise _missing(path)
    elif _number(db, "user_version") > len(STEPS):
        raise StoreError(
            "newer",
            Text("存储 {p} 由更新的版本写成", "the store {p} was written by a newer version").fill(p=path),
            Text("升级 huaying-governance", "upgrade huaying-governance"),
        )


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    if _number(db, "user_version") < len(STEPS):
        db.execute("BEGIN IMMEDIATE")
        _recognise(db, path, create=True)  # another process may have been faster
        for step in STEPS[_number(db, "user_version") :]:
            for statement in step:
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {len(STEPS)}")
        db.execute("COMMIT")
    _write_ahead(db)
    # WAL with synchronous=NORMAL may lose acknowledged commits when the power fails; FULL does not. macOS keeps
    # what it was asked to sync in the drive's cache unless told otherwise.
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA fullfsync = ON")
    db.execute("PRAGMA checkpoint_fullfsync = ON")


def _write_ahead(db: sqlite3.Connection) -> None:
    # The change to WAL does not wait for other connections as transactions do, so it is tried again.
    for attempt in range(_TRIES):
        try:
            if db.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal":
                return
        except sqlite3.OperationalError as error:
            if attempt == _TRIES - 1 or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        time.sleep(0.05)


def _number(db: sqlite3.Connection, pragma: str) -> int:
    return int(db.execute(f"PRAGMA {pragma}").fetchone()[0])


def _missing(path: Path) -> StoreError:
    return StoreError(
        "missing",
        Text("没有 {p}", "there is no {p}").fill(p=path),
        Text("核对路径，或先运行以建立存储", "check the path, or make the store by a run first"),
    )


def _no_folder(folder: Path) -> StoreError:
    return StoreError(
        "missing",
        Text("没有文件夹 {p}，不能在其中建立存储", "there is no folder {p} to make a store in").fill(
            p=folder
        ),
        Text("先建好文件夹，或改写存储地址", "make the folder first, or name another store"),
    )


def _not_a_store(path: Path) -> StoreError:
    return StoreError(
        "not-a-store",
        Text("{p} 不是本库的存储", "{p} is not a store of this library").fill(p=path),
        Text("核对路径", "check the path"),
    )


_MEANINGS: dict[int, tuple[str, Text, Text]] = {
    sqlite3.SQLITE_BUSY: (
        "locked",
        Text("存储 {p} 正被另一程序写入", "the store {p} is being written by another program"),
        Text("待其结束后重试", "wait for it to end and try again"),
    ),
    sqlite3.SQLITE_READONLY: (
        "read-only",
        Text("存储 {p} 只读", "the store {p} may not be written"),
        Text("改正文件和文件夹的权限", "mend the permissions of the file and its folder"),
    ),
    sqlite3.SQLITE_FULL: (
        "full",
        Text("存储 {p} 所在磁盘已满", "the disk that holds the store {p} is full"),
        Text(
            "腾出空间后重试；已确认的内容不受影响", "make room and try again; what was acknowledged is safe"
        ),
    ),
    sqlite3.SQLITE_IOERR: (
        "input-output",
        Text("存储 {p} 读写出错", "reading or writing the store {p} failed"),
        Text(
            "检查磁盘后重试；已确认的内容不受影响",
            "check the disk and try again; what was acknowledged is safe",
        ),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "unreachable",
        Text("存储 {p} 无法打开", "the store {p} cannot be opened"),
        Text("核对路径和权限", "check the path and its permissions"),
    ),
    sqlite3.SQLITE_NOTADB: (
        "not-a-store",
        Text("{p} 不是本库的存储", "{p} is not a store of this library"),
        Text("核对路径", "check the path"),
    ),
}
_MEANINGS[sqlite3.SQLITE_LOCKED] = _MEANINGS[sqlite3.SQLITE_BUSY]
_MEANINGS[sqlite3.SQLITE_CORRUPT] = _MEANINGS[sqlite3.SQLITE_ERROR] = (
    "damaged",
    Text("存储 {p} 已损坏", "the store {p} is damaged"),
    Text("从备份恢复，再以封条核对", "restore it from a backup, and verify that against a seal"),
)


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """Return what an error of SQLite means for the user."""
    primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_IOERR) & 0xFF
    reason, message, cure = _MEANINGS.get(primary, _MEANINGS[sqlite3.SQLITE_IOERR])
    return StoreError(reason, message.fill(p=path), cure)
