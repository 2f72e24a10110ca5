"""An exact diff of two lists of a million lines each, of which a thousand differ; no solver, the answer counted.

python benchmarks/screening/bench_diff.py
"""

from __future__ import annotations

import time
from datetime import date

from attrs import evolve

from huaying_governance.responsibility import Matter, MatterList, diff

COUNT = 1_000_000


def main() -> None:
    def line(number: int) -> Matter:
        return Matter(f"m{number}", f"事项{number}", "assist", since=date(2026, 1, 1))

    before = MatterList(map(line, range(COUNT)))
    # Built anew, so that no line is the same object in both lists.
    after = MatterList(evolve(line(n), funds=True) if n % 1_000 == 0 else line(n) for n in range(COUNT))
    started = time.process_time()
    found = sum(1 for _ in diff(before, after))
    print(f"{COUNT:,} lines, {found:,} differences, {time.process_time() - started:.2f} s of processor time")


if __name__ == "__main__":
    main()
