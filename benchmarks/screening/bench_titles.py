"""Which matter is meant: the library's matcher against rapidfuzz and BM25, on titles.csv.

    pip install rapidfuzz rank-bm25; python benchmarks/screening/bench_titles.py [tune|frozen|all]

For each part: top-1 and top-3 in percent; and top-1 at the threshold that lets 5 % of the foreign titles through.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from huaying_governance.packs import load_pack
from huaying_governance.responsibility.matching import TitleMatcher, core

Ranked = Sequence[tuple[str, float]]
Ranker = Callable[[str], Ranked]


def ours(names: dict[str, str]) -> Ranker:
    matcher = TitleMatcher(names, threshold=0.0)
    return lambda title: [(match.code, match.score) for match in matcher.rank(title, 5)]


def rapid(names: dict[str, str]) -> Ranker:
    from rapidfuzz import fuzz, process

    cores = {code: core(name) for code, name in names.items()}
    return lambda title: [
        (code, score) for _, score, code in process.extract(core(title), cores, scorer=fuzz.WRatio, limit=5)
    ]


def bm25(names: dict[str, str]) -> Ranker:
    from rank_bm25 import BM25Okapi

    codes = list(names)
    index = BM25Okapi([_bigrams(core(names[code])) for code in codes])

    def rank(title: str) -> Ranked:
        scores = index.get_scores(_bigrams(core(title)))
        return sorted(zip(codes, scores, strict=True), key=lambda pair: -pair[1])[:5]

    return rank


def _bigrams(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)] or [text]


def main() -> None:
    split = sys.argv[1] if len(sys.argv) > 1 else "all"
    with (Path(__file__).parent / "titles.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if split in {"all", row["split"]}]
    names = {line.code: line.name for line in load_pack("huaying").matters}
    print(f"{len(rows)} titles ({split}), {len(names)} matters")
    print(f"{'':12}" + "".join(f"{part:>24}" for part in ("plain", "harsh", "colloquial")))
    print(f"{'':12}" + f"{'top-1  top-3  at 5%':>24}" * 3)
    for name, make in (("ours", ours), ("rapidfuzz", rapid), ("BM25", bm25)):
        try:
            rank = make(names)
        except ImportError:
            print(f"{name:12} not installed")
            continue
        ranked = [(row, rank(row["title"])) for row in rows]
        foreign = sorted(
            (found[0][1] if found else 0.0 for row, found in ranked if row["part"] == "foreign"), reverse=True
        )
        bar = foreign[int(len(foreign) * 0.05)] if foreign else 0.0
        line = f"{name:12}"
        for part in ("plain", "harsh", "colloquial"):
            mine = [(row["code"], found) for row, found in ranked if row["part"] == part]
            first = sum(bool(found) and found[0][0] == code for code, found in mine)
            three = sum(code in [each for each, _ in found[:3]] for code, found in mine)
            sure = sum(bool(found) and found[0][0] == code and found[0][1] > bar for code, found in mine)
            line += f"{100 * first / len(mine):>11.0f}{100 * three / len(mine):>7.0f}{100 * sure / len(mine):>6.0f}"
        print(line, f"  (bar {bar:.2f})")


if __name__ == "__main__":
    main()
