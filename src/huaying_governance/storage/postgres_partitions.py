"""按社区分区: a PostgreSQL store whose events lie in partitions by the first part of their streams' names.

Streams named `COMMUNITY/…` keep each community's events together: its own indexes and vacuum, and one statement to
detach what another office takes over. In all else it is the same store; `open_store` opens both.
"""

from __future__ import annotations

from collections.abc import Sequence

from huaying_governance.errors import StoreError
from huaying_governance.storage import postgres_layout as layout
from huaying_governance.storage.chain import check_name
from huaying_governance.storage.postgres import PostgresStore
from huaying_governance.text import Text


def partition(store: PostgresStore, communities: Sequence[str]) -> None:
    """Give a store that is still empty a partition for each community, and one for all other streams.

    A store with events raises `StoreError`: make a partitioned one elsewhere and import into it.
    """
    for community in communities:
        check_name("community", community)
    with store.batch():
        store.run(layout.LOCK)
        if store.heads(limit=1):
            raise StoreError(
                "not-empty",
                Text("存储已有事件，不能再分区", "a store that holds events cannot be partitioned any more"),
                Text("另建分区存储，再导入", "make a partitioned store elsewhere and import into it"),
            )
        for statement in _statements(communities):
            store.run(statement)


def _statements(communities: Sequence[str]) -> list[str]:
    parts = [
        f"CREATE TABLE huaying_events_{number} PARTITION OF huaying_events FOR VALUES FROM ({low}) TO ({high})"
        for number, (low, high) in enumerate(map(_bounds, sorted(set(communities))), start=1)
    ]
    return [
        "DROP TABLE huaying_events",
        f"CREATE TABLE huaying_events ({layout.COLUMNS}) PARTITION BY RANGE (stream)",
        # A key that is unique over all partitions would have to contain the stream.
        "CREATE INDEX huaying_events_position ON huaying_events (position)",
        *parts,
        "CREATE TABLE huaying_events_other PARTITION OF huaying_events DEFAULT",
    ]


def _bounds(community: str) -> tuple[str, str]:
    """Return, as literals, the first name of a community's streams and the first name behind them."""
    quoted = community.replace("'", "''")
    return f"'{quoted}/'", f"'{quoted}{chr(ord('/') + 1)}'"
