"""SQLite 存储的表: the layout of the file, its history, and the statements on events."""

from __future__ import annotations

from huaying_governance.storage.sql import EVENT, Dialect

APPLICATION = 0x68756179
"""`huay`: SQLite's application id, by which a file says that it is such a store."""

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE events (
            position INTEGER PRIMARY KEY,
            stream TEXT NOT NULL,
            version INTEGER NOT NULL,
            type TEXT NOT NULL,
            schema INTEGER NOT NULL,
            payload BLOB NOT NULL,
            hash TEXT NOT NULL,
            command TEXT,
            UNIQUE (stream, version)
        )""",
        "CREATE INDEX events_command ON events (command) WHERE command IS NOT NULL",
        "CREATE TABLE kinds (name TEXT PRIMARY KEY, declared TEXT NOT NULL) WITHOUT ROWID",
    ),
)
"""What each version of the layout adds to the one before; a step that was ever released never changes."""

ROWS = Dialect("?", "", {"text": "TEXT", "integer": "INTEGER", "bytes": "BLOB"}, " WITHOUT ROWID")

INSERT = (
    "INSERT INTO events (stream, version, type, schema, payload, hash, command) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
LAST = "SELECT version, hash FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1"
READ = f"SELECT {EVENT} FROM events WHERE stream = ? AND version > ? ORDER BY version"  # noqa: S608
COMMAND = f"SELECT {EVENT} FROM events WHERE command = ? ORDER BY position"  # noqa: S608
FEED = f"SELECT {EVENT} FROM events WHERE position > ? ORDER BY position LIMIT ?"  # noqa: S608
# What a history is rebuilt from, and no more: the other columns cost a quarter of the reading.
REPLAY = (
    "SELECT stream, type, schema, payload, position FROM events WHERE position > ? ORDER BY position LIMIT ?"
)
# SQLite takes a bare column from the row that gave max(): here the hash of the last version.
HEADS = (
    "SELECT stream, max(version), hash FROM events WHERE stream > ? GROUP BY stream ORDER BY stream LIMIT ?"
)
