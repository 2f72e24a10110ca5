"""存储 (kernel 3): events in hash-linked streams, current-state rows, one durable transaction for both.

General layout, lowest first:

    canonical   JSON to stored bytes and back
    values      events, rows, heads, seals
    chain       how each event's hash follows from the one before
    queries     what `find` is asked
    protocol    what every store does
    faults      the errors that several stores raise
    memory      the reference store
    sqlite      the default store (sqlite_layout: its tables, sqlite_file: its file)
    opening     from an address to a store
    postgres    the store for many writers (postgres_layout, postgres_server, postgres_partitions)
    upcasting   old events read as if written today
    keys        one key per person; privacy: personal fields under those keys
    bulk        whole histories, thousands of events to a commit
    verifying   verify and seal
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huaying_governance.lazy import lazily

if TYPE_CHECKING:
    from huaying_governance.storage.opening import open_store
    from huaying_governance.storage.protocol import EventStore, RowStore, Store
    from huaying_governance.storage.values import Between, Event, Head, Key, Recorded, Row, RowKind, Seal
    from huaying_governance.storage.verifying import seal, verify

__all__ = [
    "Between",
    "Event",
    "EventStore",
    "Head",
    "Key",
    "Recorded",
    "Row",
    "RowKind",
    "RowStore",
    "Seal",
    "Store",
    "open_store",
    "seal",
    "verify",
]

__getattr__ = lazily(
    __name__,
    {
        "opening": "open_store",
        "protocol": "EventStore RowStore Store",
        "values": "Between Event Head Key Recorded Row RowKind Seal",
        "verifying": "seal verify",
    },
)
