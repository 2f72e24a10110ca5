"""Golden stored bytes: what a release wrote stays readable, and stays what is written. These files never change."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from golden_history import HISTORY, write

from huaying_governance.storage import Seal, open_store, verify
from huaying_governance.storage.sqlite import SqliteStore

GOLDEN = Path(__file__).parent / "golden"
RELEASES = sorted(path.name for path in GOLDEN.iterdir())


@pytest.mark.parametrize("release", RELEASES)
def test_what_a_release_wrote_is_read(release: str, tmp_path: Path) -> None:
    """The store of each release opens, is whole against its seal, and gives the events and rows that went in."""
    shutil.copy(GOLDEN / release / "store.db", tmp_path)
    seal = Seal.from_dict(json.loads((GOLDEN / release / "seal.json").read_text("utf-8")))
    with SqliteStore(tmp_path / "store.db", create=False) as store:
        assert verify(store, against=seal) == seal
        lines = (GOLDEN / release / "events.jsonl").read_bytes().splitlines()
        found = store.feed()
        assert [line.split(b"\t", 2) for line in lines] == [
            [f"{event.stream}@{event.version}".encode(), event.hash.encode(), event.payload]
            for event in found
        ]
        if release == RELEASES[-1]:
            assert [(event.stream, event.type, dict(event.data)) for event in found] == [
                (stream, event.type, event.data) for stream, _, events, _ in HISTORY for event in events
            ]
        assert [row.id for row in store.find("entry", order="due")] == ["1"]
        assert store.command("c-2")


def test_the_same_history_still_gives_the_same_bytes() -> None:
    """Every kind of store writes the bytes and hashes of the latest release; a change needs a new golden folder."""
    seal = Seal.from_dict(json.loads((GOLDEN / RELEASES[-1] / "seal.json").read_text("utf-8")))
    with open_store("memory:") as store:
        write(store)
        assert verify(store) == seal
