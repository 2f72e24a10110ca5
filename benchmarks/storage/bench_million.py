"""A million events: bulk import, verify, rebuild; and what is due soon among a million open rows.

python benchmarks/storage/bench_million.py [EVENTS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from measure import data, heading

from huaying_governance.storage import Between, Event, Row, RowKind, Store, open_store, verify
from huaying_governance.storage.bulk import import_streams

KIND = RowKind("entry", ("state", "community", "due"), (("state", "due"), ("community", "due")))
EACH = 5
"""Events of a stream."""


def report(what: str, count: int, seconds: float) -> None:
    print(f"  {what:<52}{count / seconds:>12,.0f}/s{seconds:>9.2f} s")


def imported(store: Store, events: int) -> None:
    """Import streams of five events each, ten thousand events a commit."""
    histories = (
        (f"entry/{number}", [Event("entry.noted", data(number + n)) for n in range(EACH)])
        for number in range(events // EACH)
    )
    assert import_streams(store, histories) == events


def rebuilt(store: Store) -> int:
    """Fold all events into the latest state of each stream."""
    states: dict[str, tuple[int, object]] = {}
    after = 0
    while page := store.feed(after, 300):
        for event in page:
            states[event.stream] = (event.version, event.data["due"])
        after = page[-1].position
    return len(states)


def due_soon(store: Store, rows: int) -> None:
    store.declare(KIND)
    for start in range(0, rows, 20_000):
        store.put(
            [
                Row(
                    "entry",
                    f"e{number}",
                    1,
                    {"n": number},
                    {
                        "state": "open",
                        "community": f"c{number % 900}",
                        "due": f"2026-{number % 12 + 1:02}-{number % 28:02}",
                    },
                )
                for number in range(start, start + 20_000)
            ]
        )
    times = []
    for number in range(200):
        began = time.perf_counter()
        found = store.find(
            "entry",
            {"state": "open", "due": Between(f"2026-{number % 12 + 1:02}-10", None)},
            order="due",
            limit=20,
        )
        times.append(time.perf_counter() - began)
        assert len(found) == 20
    print(f"  due soon, 20 of {rows:,} open rows: median {statistics.median(times) * 1000:.3f} ms")


def main() -> None:
    words = sys.argv[1:]
    events = next((int(word) for word in words if word.isdigit()), 1_000_000)
    heading("benchmarks/storage/bench_million.py")
    for name in [word for word in words if not word.isdigit()] or ["sqlite"]:
        with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".million-") as home:
            if name == "postgres":
                import postgres

                address = postgres.new_schema()
            else:
                address = f"sqlite:///{home}/store.db"
            print(f"\n{name}, {events:,} events in {events // EACH:,} streams")
            with open_store(address) as store:
                for what, work in (("bulk import", imported), ("verify", verify), ("rebuild", rebuilt)):
                    began = time.perf_counter()
                    work(store, events) if work is imported else work(store)  # type: ignore[operator, call-arg, arg-type]
                    report(what, events, time.perf_counter() - began)
                due_soon(store, events)


if __name__ == "__main__":
    main()
