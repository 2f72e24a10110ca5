"""The example store against the conformance suite: `pytest examples/stores`."""

from __future__ import annotations

import json
from pathlib import Path

from jsonl_store import JsonlStore, line_of, written

from huaying_governance.storage import Recorded, Store
from huaying_governance.testing.conformance import Change, StoreConformance


class TestJsonlStore(StoreConformance):
    """Everything holds, so nothing is declared in `lacks`."""

    @classmethod
    def open(cls, home: Path) -> Store:
        return JsonlStore(home / "store.jsonl")

    @classmethod
    def rewrite(cls, home: Path, change: Change) -> None:
        path = home / "store.jsonl"
        commits = [json.loads(line.partition(b" ")[2]) for line in path.read_bytes().splitlines()]
        events = [
            Recorded(stream, version, number, type_, schema, payload.encode(), hash_, command)
            for number, (stream, version, type_, schema, payload, hash_, command) in enumerate(
                (event for commit in commits for event in commit["events"]), start=1
            )
        ]
        path.write_bytes(line_of({"events": [written(event) for event in change(events)], "rows": []}))
