"""Bulk import: the same store as by single appends, in few commits."""

from __future__ import annotations

from pathlib import Path

import postgres
import pytest

from huaying_governance.errors import Conflict, StoreError
from huaying_governance.storage import Event, open_store, verify
from huaying_governance.storage.bulk import import_streams

HISTORIES = [
    (f"流/{number}", [Event("noted", {"n": number, "m": m}) for m in range(number % 3 + 1)])
    for number in range(40)
]


@pytest.mark.parametrize("kind", ["memory", "sqlite", "postgres"])
def test_imported_histories_equal_appended_ones(kind: str, tmp_path: Path) -> None:
    """Every store gives the digest that single appends give; afterwards it goes on as usual."""
    with open_store("memory:") as single:
        for stream, events in HISTORIES:
            single.append(stream, events, 0)
        expected = verify(single)
    made = {
        "memory": lambda: "memory:",
        "sqlite": lambda: f"sqlite:///{tmp_path}/x.db",
        "postgres": postgres.new_schema,
    }
    with open_store(made[kind]()) as store:
        assert import_streams(store, HISTORIES, each=7) == expected.events
        assert verify(store).digest == expected.digest
        assert import_streams(store, []) == 0
        store.append("流/0", [Event("noted", {})], 1)
        with pytest.raises((Conflict, StoreError)):
            import_streams(store, [("new", HISTORIES[1][1]), HISTORIES[0]])
        assert store.read("new") == ()
        with pytest.raises(ValueError, match="data"):
            import_streams(store, [("new", [Event("noted", {"x": 0.5})])])  # type: ignore[dict-item]
        assert verify(store).events == expected.events + 1
