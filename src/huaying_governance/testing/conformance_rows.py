# ruff: noqa: S101 - these are tests, shipped
"""符合性检验：current-state rows and pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from huaying_governance.errors import StoreError
from huaying_governance.storage import (
    Between,
    Head,
    Row,
    RowKind,
    Store,
)
from huaying_governance.testing.conformance_base import (
    ENTRY,
    StoreSuite,
    entry_row,
    proves,
    some_events,
)


class RowTests(StoreSuite):
    """Rows, their keys, and everything that comes in pages."""

    # -- paging

    @proves("paging")
    def test_find_answers_by_declared_keys(self, store: Store) -> None:
        """Equality, absence, any-of and ranges on declared keys, ordered by a key and then by id."""
        days = {"a": "2026-03-02", "b": "2026-03-01", "c": None, "d": "2026-03-02", "e": "2026-04-01"}
        rows = [entry_row(id_, due, days=len(id_) if due else None) for id_, due in days.items()]
        store.put([*rows, entry_row("f", "2026-03-02", state="done", days=-7)])

        def ids(where: Mapping[str, Any] | None = None, order: str | None = None) -> str:
            found = store.find("entry", where, order=order)
            assert store.count("entry", where) == len(found) or order is not None
            return "".join(row.id for row in found)

        assert ids() == "abcdef"
        assert ids({"state": "open"}, "due") == "bade"
        assert ids({"state": "open", "due": Between("2026-03-02", "2026-03-31")}) == "ad"
        assert ids({"due": Between(None, "2026-03-01")}) == "b"
        assert ids({"due": None}) == "c"
        assert ids({"state": ("done", "absent")}) == "f"
        assert ids({"state": ()}) == ""
        assert ids({"days": Between(None, 0)}) == "f"
        assert ids({"days": 1}, "due") == "bade"
        assert ids({"days": (1, -7)}, "days") == "fabde"

    @proves("paging")
    def test_pages_of_rows_join(self, store: Store) -> None:
        """Paging by the last row gives every row once, also among equal keys and while rows are added."""
        ids = [f"{number:03}" for number in range(25)]
        store.put([entry_row(id_, f"2026-01-0{int(id_) % 3 + 1}") for id_ in ids])
        for order in (None, "due"):
            found: list[Row] = []
            last: Row | None = None
            while page := store.find("entry", {"state": "open"}, order=order, limit=4, after=last):
                found.extend(page)
                last = page[-1]
                store.put([entry_row("0", "2025-01-01")])  # sorts before every page that is still to come
            assert sorted(row.id for row in found if row.id != "0") == ids
            assert [row.keys["due"] for row in found] == sorted(
                str(row.keys["due"]) for row in found
            ) or not order

    @proves("paging")
    def test_text_orders_by_code_point(self, store: Store) -> None:
        """Chinese, Latin and astral text order alike in every store, whatever the machine's language."""
        texts = ["a", "B", "é", "杜家坪", "华蓥", "𠮷", "～", "a b", "A"]
        store.put([entry_row(text, text) for text in texts])
        assert [row.id for row in store.find("entry", order="due")] == sorted(texts)
        assert [row.id for row in store.find("entry")] == sorted(texts)
        for text in texts:
            store.append(text, some_events(1), 0)
        assert [head.stream for head in store.heads()] == sorted(texts)

    @proves("paging")
    def test_heads_come_in_pages(self, store: Store) -> None:
        """Heads give the last version and hash of every stream, by name."""
        for number in range(7):
            store.append(f"entry/{number}", some_events(number + 1), 0)
        heads: list[Head] = []
        while page := store.heads(heads[-1].stream if heads else "", limit=3):
            heads.extend(page)
        assert [(head.stream, head.version) for head in heads] == [(f"entry/{n}", n + 1) for n in range(7)]
        assert [head.hash for head in heads] == [store.read(head.stream)[-1].hash for head in heads]

    @proves("paging")
    def test_a_kind_is_declared_once(self, store: Store) -> None:
        """The same declaration again is nothing; another needs `replace`; unknown kinds and keys are refused."""
        store.put([entry_row("1", None)])
        store.declare(ENTRY)
        assert store.count("entry") == 1
        with pytest.raises(StoreError):
            store.declare(RowKind("entry", ("state",)))
        store.declare(RowKind("entry", ("state",)), replace=True)
        assert store.count("entry") == 0
        with pytest.raises(ValueError, match="declares no key"):
            store.find("entry", {"due": "x"})
        with pytest.raises(ValueError, match="declares no key"):
            store.find("entry", order="due")
        with pytest.raises(StoreError):
            store.find("unheard_of")
        with pytest.raises(StoreError):
            store.row("unheard_of", "1")
