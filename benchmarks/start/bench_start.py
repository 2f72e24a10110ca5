"""A cold process: what the bare interpreter takes, the import, and the first ruling by the shipped pack.

    python benchmarks/start/bench_start.py

Each is a process of its own, with compiled files, in turns; medians of wall time.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

PROGRAMS = {
    "bare interpreter": "pass",
    "import attrs": "import attrs",
    "import huaying_governance": "import huaying_governance",
    "first ruling": """
import datetime
import huaying_governance as hg
asked = hg.Assignment(id="A", date=datetime.date(2026, 3, 1), assigner="民政局", community="dujiaping", matter="XZ02")
assert hg.load_pack("huaying").screen(asked).outcome
""",
}
ROUNDS = 15


def main() -> None:
    calm = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {}
    for turn in range(ROUNDS + 1):
        for name, code in PROGRAMS.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, env=calm)
            if turn:  # the first round compiles
                times.setdefault(name, []).append(time.perf_counter() - started)
    for name, found in times.items():
        print(f"{name:26} {1000 * statistics.median(found):5.0f} ms   (best {1000 * min(found):.0f} ms)")


if __name__ == "__main__":
    main()
