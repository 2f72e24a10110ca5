"""Print the calibration of `responsibility.matching` from the tuning part of titles.csv (isotonic, in steps).

python benchmarks/screening/calibrate.py
"""

from __future__ import annotations

import csv
from pathlib import Path

from huaying_governance.packs import load_pack
from huaying_governance.responsibility import matching


def main() -> None:
    with (Path(__file__).parent / "titles.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "tune"]
    matching.CALIBRATION = ((0.0, 0.0), (1.0, 1.0))
    matcher = matching.TitleMatcher(load_pack("huaying").matters.names(), threshold=0.0)
    seen: list[tuple[float, float]] = []
    for row in rows:
        found = matcher.rank(row["title"], 1)
        if found:
            seen.append((found[0].score, float(found[0].code == row["code"])))
    blocks = [[score, right, 1.0] for score, right in sorted(seen)]
    at = 0
    while at + 1 < len(blocks):  # pool adjacent violators
        if blocks[at][1] > blocks[at + 1][1]:
            low, high = blocks[at], blocks.pop(at + 1)
            weight = low[2] + high[2]
            blocks[at] = [
                (low[0] * low[2] + high[0] * high[2]) / weight,
                (low[1] * low[2] + high[1] * high[2]) / weight,
                weight,
            ]
            at = max(at - 1, 0)
        else:
            at += 1
    merged: dict[float, list[float]] = {}
    for score, right, weight in blocks:
        merged.setdefault(round(right, 3), []).extend([score] * int(weight))
    for right, scores in merged.items():
        print(f"({sum(scores) / len(scores):.3f}, {right:.3f}),  # {len(scores)} titles")


if __name__ == "__main__":
    main()
