"""Every store of the library against the conformance suite that it ships."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import postgres
from rewriting import rewrite_postgres, rewrite_sqlite

from huaying_governance.storage import Store, open_store
from huaying_governance.testing.conformance import Change, StoreConformance

ONE_PROCESS = "lives in one process only"


class TestMemory(StoreConformance):
    lacks: ClassVar = {
        "crash": ONE_PROCESS,
        "concurrency": ONE_PROCESS,
        "reopening": ONE_PROCESS,
        "tamper": "nobody else can reach the memory of the process",
    }

    @classmethod
    def open(cls, home: Path) -> Store:
        return open_store("memory:")


class TestSqlite(StoreConformance):
    @classmethod
    def open(cls, home: Path) -> Store:
        return open_store(f"sqlite:///{home / 'store.db'}")

    @classmethod
    def rewrite(cls, home: Path, change: Change) -> None:
        rewrite_sqlite(home / "store.db", change)


class TestPostgres(StoreConformance):
    @classmethod
    def open(cls, home: Path) -> Store:
        address = home / "address"
        if not address.exists():
            address.write_text(postgres.new_schema())
        return open_store(address.read_text())

    @classmethod
    def rewrite(cls, home: Path, change: Change) -> None:
        rewrite_postgres((home / "address").read_text(), change)
