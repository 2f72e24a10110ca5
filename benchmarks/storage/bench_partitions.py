"""One table or a partition for each community, on PostgreSQL: a month of a province's events, generated.

    python benchmarks/storage/bench_partitions.py [COMMUNITIES] [ENTRIES_OF_EACH]

Each entry has five events in a month. The same work on a store with one table and on one partitioned by community;
answers are compared before the times.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from measure import data, heading

from huaying_governance.storage import Event, verify
from huaying_governance.storage.bulk import import_streams
from huaying_governance.storage.postgres import PostgresStore
from huaying_governance.storage.postgres_partitions import partition

EACH = 5


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def filled(store: PostgresStore, names: list[str], entries: int) -> None:
    """Write entry after entry, the communities in turns, as a month brings them."""
    histories = (
        (f"{name}/{number}", [Event("entry.noted", data(number + n)) for n in range(EACH)])
        for number in range(entries)
        for name in names
    )
    import_streams(store, histories)


def measured(store: PostgresStore, names: list[str], entries: int) -> dict[str, float]:
    events = len(names) * entries * EACH
    found = {"import, events/s": events / seconds(lambda: filled(store, names, entries))}
    store.run("ANALYZE huaying_events")
    assert verify(store).events == events
    found["verify, events/s"] = events / seconds(lambda: verify(store))
    some = names[len(names) // 2]
    found["one stream read, ms"] = 1000 * statistics.median(
        seconds(lambda number=number: store.read(f"{some}/{number % entries}")) for number in range(200)
    )
    middle = store.feed(limit=1)[0].position + 5
    found["a page of 300 from the feed, ms"] = 1000 * statistics.median(
        seconds(lambda: store.feed(middle, 300)) for _ in range(50)
    )
    found["one durable append, ms"] = 1000 * statistics.median(
        seconds(
            lambda number=number: store.append(
                f"{some}/new/{number}", [Event("entry.noted", data(number))], 0
            )
        )
        for number in range(200)
    )
    count = f"SELECT count(*) FROM huaying_events WHERE stream >= '{some}/' AND stream < '{some}0'"
    found["all events of one community counted, ms"] = 1000 * statistics.median(
        seconds(lambda: store.run(count)) for _ in range(20)
    )
    return found


def main() -> None:
    import postgres

    numbers = [int(word) for word in sys.argv[1:]]
    communities, entries = (*numbers, 100, 200)[:2] if len(numbers) < 2 else numbers[:2]
    heading("benchmarks/storage/bench_partitions.py")
    names = [f"c{number:05}" for number in range(communities)]
    print(f"{communities} communities, {entries} entries of each, {communities * entries * EACH:,} events")
    with PostgresStore(postgres.new_schema()) as one, PostgresStore(postgres.new_schema()) as many:
        partition(many, names)
        single, parted = measured(one, names, entries), measured(many, names, entries)
    print(f"  {'':<44}{'one table':>14}{'partitions':>14}{'ratio':>8}")
    for what, value in single.items():
        print(f"  {what:<44}{value:>14,.2f}{parted[what]:>14,.2f}{parted[what] / value:>8.2f}")


if __name__ == "__main__":
    main()
