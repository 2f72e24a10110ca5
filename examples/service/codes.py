"""基础数据核对: check division codes and unified social credit codes of an office's table before it is used.

    python codes.py TABLE.csv

A table of enterprises or communities with the columns `division` and `credit_code` (either may be missing). Every
faulty cell is told with its line and how to mend it; exit status 1 where there is one.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import huaying_governance as hg

CHECKS = {"division": hg.DivisionCode, "credit_code": hg.CreditCode}


def faults(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            for column, kind in CHECKS.items():
                if not row.get(column):
                    continue
                try:
                    kind.parse(row[column])
                except hg.Problems as problems:
                    for found in problems.problems:
                        yield f"{path.name}:{line}:{column}: {found.message.zh}；{found.cure.zh}"


def main(argv: list[str]) -> int:
    found = list(faults(Path(argv[0])))
    print("\n".join(found) if found else "全部有效")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
