"""How many mutants a second the cases of a ten-rule policy are asked about, in process, on one core.

    python benchmarks/testing/bench_mutation.py

Side by side, in one run, the answers compared first: the tester's own way (a mutant compiled no further than a case
needs) and the plain one (the whole mutated policy compiled anew for each mutant). CPU time, the
median of five runs (of the plain way, which takes long, one).
Besides: a case file of ten thousand rows, read and judged.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from huaying_governance.rules import read_policy_text
from huaying_governance.testing.coverage import measure
from huaying_governance.testing.goals import plan
from huaying_governance.testing.mutants import mutants
from huaying_governance.testing.mutation import Killer
from huaying_governance.testing.policies import PolicySubject, answer_of
from huaying_governance.testing.proposing import for_goals
from huaying_governance.testing.runner import run_path
from huaying_governance.testing.subject import meets, run_case
from huaying_governance.testing.variants import Variant

RUNS = 5
HEAD = """
[policy]
id = "bench"
kind = "subsidy"
titles = { zh = "基准", en = "bench" }
[[source]]
id = "doc"
title = { zh = "示例", en = "sample" }
standing = "synthetic"
[facts.age]
type = "integer"
min = 0
max = 120
label = { zh = "年龄", en = "age" }
[facts.alone]
type = "boolean"
label = { zh = "独居", en = "alone" }
[facts.income]
type = "decimal"
unit = "CNY"
label = { zh = "月收入", en = "income" }
"""
RULE = """
[[rules]]
id = "r{n}"
label = {{ zh = "第{n}条", en = "rule {n}" }}
from = 2025-01-01
source = "doc#{n}"
when = "age >= {age} and (alone or income <= {income}) and not (age > {old} and income > 3000)"
amount = "{amount}"
"""

CAP = """
[[combine]]
id = "cap"
kind = "cap"
label = {{ zh = "封顶", en = "cap" }}
rules = [{names}]
limit = "600"
source = "doc#5"
"""


def policy_text() -> str:
    """Return a policy of ten rules of five statements each."""
    rules = (
        RULE.format(n=n, age=40 + 5 * n, income=500 + 50 * n, old=90 + n, amount=100 + n) for n in range(10)
    )
    names = ", ".join(f'"r{n}"' for n in range(10))
    return HEAD + "".join(rules) + CAP.format(names=names)


def timed(work: Callable[[], list[str]], runs: int) -> tuple[float, list[str]]:
    """Return the median CPU seconds of several runs, and what came out."""
    found: list[str] = []
    seconds = []
    for _ in range(runs):
        began = time.process_time()
        found = work()
        seconds.append(time.process_time() - began)
    return statistics.median(seconds), found


def main() -> int:
    """Print both figures and their ratio."""
    policy = read_policy_text(policy_text())
    subject = PolicySubject(policy)
    made = plan(policy)
    proposals = for_goals(subject, made, measure(policy, [], made))
    killer = Killer.of(subject, policy, [run_case(subject, each.case) for each in proposals])
    faults = list(mutants(policy))

    def own() -> list[str]:
        return [killer.kill(mutant) for mutant in faults]

    def plain() -> list[str]:
        found = []
        for mutant in faults:
            whole = Variant(policy, mutant).as_policy()
            answers = ((row, answer_of(whole.parts, whole.edition, row.row)) for row in killer.rows)
            found.append(next((row.case.name for row, answer in answers if not meets(row.case, answer)), ""))
        return found

    quick, verdicts = timed(own, RUNS)
    slow, others = timed(plain, 1)
    if list(map(bool, verdicts)) != list(map(bool, others)):
        print("the two ways differ", file=sys.stderr)
        return 1
    print(f"{len(policy.rules)} rules, {len(killer.rows)} cases, {len(faults)} mutants, all verdicts equal")
    print(f"own way     {len(faults) / quick:8,.0f} mutants/s")
    print(f"plain way   {len(faults) / slow:8,.0f} mutants/s   ratio {slow / quick:.1f}")
    ten_thousand_rows()
    return 0


def ten_thousand_rows() -> None:
    """Read and judge a sheet of ten thousand rows."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bench.toml").write_text(policy_text(), "utf-8")
        rows = "".join(
            f"第{n}户,2026-03-02,{n % 39},{'是' if n % 2 else '否'},900,0\n" for n in range(10_000)
        )
        Path(folder, "bench.cases.csv").write_text("名称,日期,年龄,独居,月收入,应得金额\n" + rows, "utf-8")
        began = time.process_time()
        run = run_path(folder)
        print(
            f"10,000 rows {time.process_time() - began:8.2f} s, {'all pass' if run.passed else 'some fail'}"
        )


if __name__ == "__main__":
    sys.exit(main())
