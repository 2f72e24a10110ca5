"""The history behind the golden files. Run as a script it writes the folder of a new release:

python tests/storage/golden_history.py 0.1
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from huaying_governance.storage import Event, Key, Row, RowKind, Store, open_store, verify

KIND = RowKind("entry", ("state", "due", Key("days", "integer")), (("state", "due"),))
HISTORY = (
    (
        "entry/1",
        "c-1",
        (Event("entry.registered", {"kind": "livelihood", "summary": "楼道照明“损坏”\n\t\\ 🀄 é"}),),
        (Row("entry", "1", 1, {"state": "registered"}, {"state": "open", "due": "2026-03-23", "days": 15}),),
    ),
    (
        "entry/二",
        "c-2",
        (
            Event("entry.registered", {"tags": [], "more": {}, "none": None, "yes": True, "no": False}),
            Event("entry.accepted", {"b": 1, "a": -9007199254740991, "_": [[1, [2]], {"z": 0, "A": 0}]}, 2),
        ),
        (Row("entry", "二", 2, {"state": "accepted"}, {"state": "open"}),),
    ),
    ("entry/1", None, (Event("entry.accepted", {}),), ()),
)


def write(store: Store) -> None:
    store.declare(KIND)
    for stream, command, events, rows in HISTORY:
        store.append(stream, events, len(store.read(stream)), command=command, rows=rows)


if __name__ == "__main__":
    home = Path(__file__).parent / "golden" / sys.argv[1]
    home.mkdir(parents=True)
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        write(store)
        seal = json.dumps(verify(store).to_dict(heads=True), ensure_ascii=False, indent=1)
        (home / "seal.json").write_text(f"{seal}\n", "utf-8")
        lines = [f"{e.stream}@{e.version}\t{e.hash}\t".encode() + e.payload + b"\n" for e in store.feed()]
        (home / "events.jsonl").write_bytes(b"".join(lines))
