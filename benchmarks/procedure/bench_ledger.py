"""The ledger on a SQLite file: commands a second through the book, and entries rebuilt from their events.

    python benchmarks/procedure/bench_ledger.py [--entries N] [--commands N]

Every entry has seven events (registered to struck off). The rebuilding reads the feed page by page, decodes and folds;
the entries it ends with are compared with the current rows. Rebuilding is timed by the processor time of the process,
beside a bare loop over the same file that only parses each event's JSON: on a loaded machine the ratio is what counts.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

from attrs import evolve as changed
from bench_transition import ACTIONS, CALENDAR, TERMS

import huaying_governance
from huaying_governance.kernel.bodies import Community
from huaying_governance.ledger import Entry, LedgerBook, codec
from huaying_governance.ledger.decide import decide, register
from huaying_governance.ledger.rows import KIND, to_row
from huaying_governance.ledger.state import Context
from huaying_governance.ledger.view import advance, opened
from huaying_governance.rules import read_policy
from huaying_governance.storage import Store, open_store

POLICIES = Path(huaying_governance.__file__).parent / "packs" / "huaying" / "policies"


class Pack:
    timetables = (read_policy(POLICIES / "ledgers.toml"),)
    communities = (Community("dujiaping", "杜家坪社区"),)


def entry(number: int) -> Entry:
    return Entry(
        f"E{number}", "livelihood", "visit", "", "dujiaping", ACTIONS[0].at, "路灯不亮", f"P-{number}"
    )


def commands(store: Store, count: int) -> float:
    book = LedgerBook(store, Pack(), CALENDAR)  # type: ignore[arg-type]
    entries = -(-count // len(ACTIONS))
    for number in range(entries):
        book.register(entry(number))
    todo = [
        (changed(action, entry=f"E{number}"), f"c{number}-{place}")
        for number in range(entries)
        for place, action in enumerate(ACTIONS)
    ][:count]
    start = time.perf_counter()
    for action, command in todo:
        assert book.attempt(action, command) is None
    return count / (time.perf_counter() - start)


def filled(store: Store, entries: int) -> None:
    store.declare(KIND)
    context = Context(CALENDAR)
    for start in range(0, entries, 2_000):
        with store.batch():
            for number in range(start, min(start + 2_000, entries)):
                first = register(entry(number), TERMS, CALENDAR)
                view, events = opened(f"E{number}", first), [first]
                for action in ACTIONS:
                    (event,) = decide(view.live, action, context)  # type: ignore[misc]
                    view = advance(view, event)
                    events.append(event)
                stored = [codec.encode(event) for event in events]
                store.append(f"entry/E{number}", stored, 0, rows=(to_row(view),))


def parsed(path: str) -> float:
    """Return the processor seconds of reading and parsing every stored event, and nothing else."""
    with closing(sqlite3.connect(path)) as db:
        start = time.process_time()
        for (payload,) in db.execute("SELECT payload FROM events ORDER BY position"):
            json.loads(payload)
        return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--commands", type=int, default=3_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with open_store(f"sqlite:///{folder}/commands.db") as store:
            print(
                f"commands through the book, one durable commit each: {commands(store, options.commands):,.0f}/s"
            )
        with open_store(f"sqlite:///{folder}/many.db") as store:
            filled(store, options.entries)
            book = LedgerBook(store, Pack(), CALENDAR)  # type: ignore[arg-type]
            count = options.entries * (len(ACTIONS) + 1)
            rates, bare = [], []
            for _ in range(5):
                start = time.process_time()
                views = {view.id: view for view in book.rebuild()}
                rates.append(count / (time.process_time() - start))
                bare.append(count / parsed(f"{folder}/many.db"))
            assert all(
                book.entry(f"E{number}") == views[f"E{number}"] for number in range(0, options.entries, 97)
            )
            for what, found in (("entries rebuilt", rates), ("only parsed", bare)):
                middle = statistics.median(found)
                print(f"{what}, {count:,} events: median {middle:,.0f}, best {max(found):,.0f} events/s")


if __name__ == "__main__":
    main()
