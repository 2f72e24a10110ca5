"""PostgreSQL 存储的表: the layout, its history, and the statements on events. All tables begin with `huaying_`.

A position is the id of the writing transaction, plus an epoch, times 2^20, plus the number of the event in that
transaction. So no counter is shared between writers, positions of a transaction lie together, and what lies below the
oldest transaction still running can no longer change: that is as far as the feed reads. The epoch is raised when a
store was restored into a server whose transactions count lower.
"""

from __future__ import annotations

from collections.abc import Sequence

from huaying_governance.storage.sql import EVENT, Dialect

SHIFT = 20
MOST_IN_ONE = 1 << SHIFT
"""How many events one transaction can append."""

COLUMNS = """
    stream TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    position BIGINT NOT NULL,
    type TEXT NOT NULL,
    schema INTEGER NOT NULL,
    payload BYTEA NOT NULL,
    hash TEXT NOT NULL,
    command TEXT,
    PRIMARY KEY (stream, version)"""
"""Of the table of events."""

STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE huaying_store (layout INTEGER NOT NULL, epoch BIGINT NOT NULL)",
        "INSERT INTO huaying_store VALUES (0, 0)",
        f"CREATE TABLE huaying_events ({COLUMNS})",
        "CREATE UNIQUE INDEX huaying_events_position ON huaying_events (position)",
        """CREATE TABLE huaying_commands (
            command TEXT PRIMARY KEY,
            stream TEXT NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL
        )""",
        "CREATE TABLE huaying_kinds (name TEXT PRIMARY KEY, declared TEXT NOT NULL)",
    ),
)
"""What each version of the layout adds to the one before; a step that was ever released never changes."""

ROWS = Dialect("%s", "huaying_", {"text": 'TEXT COLLATE "C"', "integer": "BIGINT", "bytes": "BYTEA"})

LAYOUT = "SELECT layout FROM huaying_store"
# The epoch must put new positions behind all old ones, also in a server whose transactions count from a lower number.
RAISE_EPOCH = f"""
    UPDATE huaying_store SET epoch = greatest(
        epoch,
        1 + ((SELECT coalesce(max(position), 0) FROM huaying_events) >> {SHIFT})
          - pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    ) RETURNING epoch"""  # noqa: S608
BEHIND = f"""
    SELECT epoch, (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + epoch) << {SHIFT}
        > (SELECT coalesce(max(position), 0) FROM huaying_events)
    FROM huaying_store"""  # noqa: S608
LOCK = "SELECT pg_advisory_xact_lock(7526479317214521)"
"""Held while the layout or a kind is made, so that two processes that open a new store do not collide."""

TRANSACTION = "SELECT pg_current_xact_id()::text::bigint"
LAST = "SELECT version, hash, position FROM huaying_events WHERE stream = %s ORDER BY version DESC LIMIT 1"
READ = f"SELECT {EVENT} FROM huaying_events WHERE stream = %s AND version > %s ORDER BY version"  # noqa: S608
COMMAND = f"""
    SELECT {", ".join(f"e.{name}" for name in EVENT.split(", "))} FROM huaying_commands c
    JOIN huaying_events e ON e.stream = c.stream AND e.version BETWEEN c.first AND c.last
    WHERE c.command = %s ORDER BY e.version"""  # noqa: S608
FEED = f"""
    SELECT {EVENT} FROM huaying_events
    WHERE position > %s AND position < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + %s) << {SHIFT}
    ORDER BY position LIMIT %s"""  # noqa: S608
COPY = f"COPY huaying_events ({EVENT}) FROM STDIN"
HEADS = """
    SELECT DISTINCT ON (stream) stream, version, hash FROM huaying_events
    WHERE stream > %s ORDER BY stream, version DESC LIMIT %s"""


def append(count: int, *, command: bool, writes: Sequence[str]) -> str:
    """Return one statement that appends `count` events, notes the command and writes the rows.

    Its values: epoch and number of the first event; the command's four; those of each row; seven for each event.
    """
    parts = [f"base AS (SELECT ((pg_current_xact_id()::text::bigint + %s) << {SHIFT}) + %s AS position)"]
    if command:
        parts.append("command AS (INSERT INTO huaying_commands VALUES (%s, %s, %s, %s))")
    parts.extend(f"row{number} AS ({write})" for number, write in enumerate(writes))
    values = "%s::text, %s::int, position + {}, %s::text, %s::int, %s::bytea, %s::text, %s::text"
    events = " UNION ALL ".join(f"SELECT {values.format(number)} FROM base" for number in range(count))  # noqa: S608
    parts.append(f"event AS (INSERT INTO huaying_events ({EVENT}) {events} RETURNING position)")
    return f"WITH {', '.join(parts)} SELECT min(position) FROM event"  # noqa: S608
