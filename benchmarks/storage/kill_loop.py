"""Kill a writing process again and again; after each kill prove that nothing acknowledged is lost or doubled.

    python benchmarks/storage/kill_loop.py [ROUNDS] [sqlite|postgres|jsonl]

Each round a new process writes one event a commit, or four in a batch, and says so after each return; it is killed
with SIGKILL at another moment each time. Then the store is opened, its chain verified, the last commands and all rows
compared with what was acknowledged.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from measure import ROOT, heading

sys.path.append(str(ROOT / "examples" / "stores"))

from huaying_governance.testing.conformance_processes import crash_rounds


def main() -> None:
    from test_conformance import TestPostgres, TestSqlite
    from test_jsonl_store import TestJsonlStore

    words = sys.argv[1:]
    rounds = next((int(word) for word in words if word.isdigit()), 200)
    suites = {"sqlite": TestSqlite, "postgres": TestPostgres, "jsonl": TestJsonlStore}
    heading("benchmarks/storage/kill_loop.py")
    for name in [word for word in words if word in suites] or ["sqlite", "postgres"]:
        with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".kill-") as home:
            began = time.perf_counter()
            events = crash_rounds(suites[name], Path(home), rounds)
            taken = time.perf_counter() - began
        print(
            f"{name}: killed {rounds} times, {events} events, none lost, none doubled, chain whole ({taken:.0f} s)"
        )


if __name__ == "__main__":
    main()
