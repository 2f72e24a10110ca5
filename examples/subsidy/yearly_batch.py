"""年度奖补: a finance bureau's yearly batch, from its own tables to a publicity list and a payment file.

    python examples/subsidy/yearly_batch.py examples/huaying out/yearly

Reads `persons.csv` and `spells.csv`, freezes the year's cycle, gives out what the budget suffices for in a stated
order, and writes `publicity.csv` (公示名单, masked), `payment.csv` (支付文件) and `receipt.json` (凭证). Names are
the bureau's: the library is told references only, and sees a name just long enough to mask it.
"""

from __future__ import annotations

import csv
import json
import sys
from datetime import date
from pathlib import Path

from attrs import asdict

import huaying_governance as hg
from huaying_governance.kernel.money import from_fen
from huaying_governance.rules import Spell
from huaying_governance.subsidy.budget import ORDERS, Wanted, allocate
from huaying_governance.subsidy.cycle import freeze, replay
from huaying_governance.subsidy.payments import compose
from huaying_governance.subsidy.people import Person, Register
from huaying_governance.subsidy.publicity import Named, publicity_list
from huaying_governance.tables import INPUTS, read_table

ON = date(2026, 11, 23)
FILED = date(2026, 3, 5)
BUDGET_FEN = 2_500_000
TABLES = {spec.name: spec for spec in INPUTS}


def read_register(folder: Path) -> Register:
    """Return the persons of the case with their spells; raises `hg.Problems` with every fault of the tables."""
    tables = [read_table(folder, TABLES[name]) for name in ("persons", "spells")]
    problems = [problem for table in tables if table is not None for problem in table.problems]
    if problems:
        raise hg.Problems(problems)
    persons, spells = (table.rows if table is not None else () for table in tables)
    worked: dict[str, list[Spell]] = {}
    for row in spells:
        worked.setdefault(row["person"], []).append(
            Spell(row["from"], row["to"], {"in_zone": row["in_zone"]})
        )
    return Register(
        {
            row["person"]: Person(
                row["person"],
                {"education": row["education"]} if row["education"] else {},
                row["spouse"],
                tuple(worked.get(row["person"], ())),
            )
            for row in persons
        }
    )


def main(folder: Path, out: Path) -> int:
    policy = hg.load_pack("huaying").policy("zone-employment")
    register = read_register(folder)
    cycle = freeze("2026", policy, register, ON)
    due = {f"{person}:{rule}": fen for (person, rule), fen in cycle.granted.items() if fen}
    given = allocate([Wanted(claim, FILED, fen) for claim, fen in due.items()], BUDGET_FEN, "smallest-first")
    batch = compose("2026-1", {claim: fen for claim, fen in given.given.items() if fen}, paid=())
    calendar = hg.china_calendar()
    first = date(2026, 11, 24)
    named = [
        Named(claim.split(":")[0], f"示例{number}", "经开区", claim.split(":")[1], fen)
        for number, (claim, fen) in enumerate(sorted(batch.fen.items()), start=1)
    ]
    listed = publicity_list("2026年度奖补公示", first, calendar.add_workdays(first, 5), named)

    out.mkdir(parents=True, exist_ok=True)
    with (out / "publicity.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["序号", "姓名", "社区", "项目", "金额（元）"])
        writer.writerows(
            [line.number, line.name, line.community, line.rule, line.amount] for line in listed.lines
        )
    with (out / "payment.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["批次", "申报编号", "金额（元）"])
        writer.writerows([batch.id, claim, from_fen(fen)] for claim, fen in sorted(batch.fen.items()))
    receipt = {**asdict(cycle.receipt), "on": cycle.receipt.on.isoformat()}
    (out / "receipt.json").write_text(json.dumps(receipt, ensure_ascii=False, indent=2), encoding="utf-8")

    print(
        f"应发 {from_fen(cycle.total)} 元，预算 {from_fen(BUDGET_FEN)} 元，按“{ORDERS[given.order].zh}”安排"
    )
    print(f"本批 {len(batch.fen)} 笔共 {from_fen(batch.total)} 元，待下一批 {len(given.short)} 笔")
    print(
        f"公示 {listed.first} 至 {listed.last}；复算{'一致' if not replay(cycle, policy, register) else '不一致'}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
