"""A policy officer's script: screen the assignments of an Excel sheet, and write a sheet with the answers.

    pip install 'huaying-governance[excel]'
    python sheet.py assignments.xlsx answers.xlsx

The sheet has the columns of the table `assignments`, in plain names or Chinese labels, such as
编号, 交办日期, 交办单位, 社区, 事项, 标题, 经费, 应急令. Every fault of it is printed with its row and column.
"""

from __future__ import annotations

import sys
from pathlib import Path

import huaying_governance as hg
from huaying_governance.tables import INPUTS, OUTPUTS, read_file, write_table

ASSIGNMENTS = next(spec for spec in INPUTS if spec.name == "assignments")
ANSWERS = next(spec for spec in OUTPUTS if spec.name == "assignments")


def main(source: str, target: str) -> int:
    """Screen the sheet at `source` and write the answers to `target`; return 1 where rows have faults."""
    pack = hg.load_pack("huaying")
    table = read_file(Path(source), ASSIGNMENTS)
    for problem in table.problems:
        print(problem.say("zh"))
    rows = []
    faults = table.problem_count
    for row in table.rows:
        cells = row.to_dict()
        try:
            ruling = pack.screen(hg.Assignment(**cells))
        except hg.Problems as problems:  # a community that the pack does not have
            print(f"{table.file}:{row.number} {problems.say('zh')}")
            faults += 1
            continue
        suggested = [
            remedy.data["suggestions"] for remedy in ruling.remedies if remedy.code == "choose-matter"
        ]
        rows.append(
            (
                cells["id"],
                ruling.outcome,
                cells["matter"],
                ruling.codes,
                ruling.reason("zh"),
                ruling.basis("zh"),
                suggested[0] if suggested else (),
                *row.extras,
            )
        )
    write_table(target, ANSWERS, rows, extra_headers=table.extra_headers, labels="zh")
    print(f"已审核 {len(rows)} 行，结果在 {target}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
