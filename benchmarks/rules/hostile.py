"""How long each hostile text takes to refuse: `python benchmarks/rules/hostile.py` from the root of the project.

Takes the texts of tests/rules/test_hostile.py and prints the slowest, in milliseconds of processor time (best of five).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from huaying_governance.rules import check_policy_text
from rules.help import rule, subsidy
from rules.test_hostile import DOCUMENTS, HOSTILE, _quoted


def best(text: str) -> float:
    spent = []
    for _ in range(5):
        start = time.process_time()
        check_policy_text(text)
        spent.append((time.process_time() - start) * 1e3)
    return min(spent)


if __name__ == "__main__":
    expressions = {
        f"expression: {name}": subsidy(rule("one", "PLACE")).replace('"PLACE"', _quoted(text))
        for name, text in HOSTILE.items()
    }
    documents = {f"document: {name}": text for name, text in DOCUMENTS.items()}
    found = sorted(((best(text), name) for name, text in {**expressions, **documents}.items()), reverse=True)
    for milliseconds, name in found[:12]:
        print(f"{milliseconds:8.1f} ms  {name}")
