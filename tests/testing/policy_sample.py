"""Policies and case files that the tests of the tester share."""

from __future__ import annotations

from pathlib import Path

HEAD = """
[policy]
id = "heating"
kind = "subsidy"
titles = { zh = "取暖补贴", en = "heating allowance" }

[[source]]
id = "doc"
title = { zh = "示例文件", en = "sample" }
standing = "synthetic"

[facts.age]
type = "integer"
min = 0
max = 120
unit = "years"
label = { zh = "年龄", en = "age" }

[facts.alone]
type = "boolean"
label = { zh = "独居", en = "lives alone" }

[facts.income]
type = "decimal"
unit = "CNY"
label = { zh = "月收入", en = "monthly income" }

[parameters.old]
label = { zh = "高龄", en = "old age" }
unit = "years"
values = [
  { from = 2025-01-01, to = 2025-12-31, value = 80, source = "doc#2" },
  { from = 2026-01-01, value = 75, source = "doc#3" },
]

[parameters.line]
label = { zh = "低收入线", en = "income line" }
unit = "CNY"
values = [{ from = 2025-01-01, value = "800", source = "doc#2" }]
"""
RULES = """
[[rules]]
id = "aged"
label = { zh = "高龄独居", en = "old and alone" }
from = 2025-01-01
source = "doc#2"
when = "age >= old and alone"
amount = "300"

[[rules]]
id = "poor"
label = { zh = "低收入", en = "low income" }
from = 2025-01-01
source = "doc#4"
when = "income < line or age >= 90"
amount = "200"

[[combine]]
id = "cap"
kind = "cap"
label = { zh = "封顶", en = "cap" }
rules = ["aged", "poor"]
limit = "400"
source = "doc#5"
"""
CASES = """
[cases]
on = 2026-03-02

[[case]]
name = "高龄独居老人"
facts = { age = 75, alone = true, income = "900" }
expect = { outcome = "payable", amount = "300", rules = ["aged"], clause = ["doc#2"], missing = [] }

[[case]]
name = "差一岁"
facts = { age = 74, alone = true, income = "900" }
expect = { outcome = "not_payable", amount = "0.00" }

[[case]]
name = "收入不明"
facts = { age = 76, alone = false }
expect = { outcome = "undetermined", missing = ["income"] }
"""


def put(folder: Path, policy: str = HEAD + RULES, cases: str = CASES, name: str = "heating") -> Path:
    """Write a policy and its cases; return the path of the cases."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(policy, "utf-8")
    path = folder / f"{name}.cases.toml"
    path.write_text(cases, "utf-8")
    return path


def ten_rules() -> str:
    """Return a policy of ten rules of several conditions each, with a cap over all."""
    rules = "".join(
        f"""
[[rules]]
id = "r{n}"
label = {{ zh = "第{n}条", en = "rule {n}" }}
from = 2025-01-01
source = "doc#{n + 1}"
when = "age >= {40 + 5 * n} and (alone or income <= {500 + 50 * n}) and not (age > {90 + n} and income > 3000)"
amount = "{100 + n}"
"""
        for n in range(10)
    )
    names = ", ".join(f'"r{n}"' for n in range(10))
    cap = f"""
[[combine]]
id = "cap"
kind = "cap"
label = {{ zh = "封顶", en = "cap" }}
rules = [{names}]
limit = "600"
source = "doc#5"
"""
    return HEAD.split("[parameters.old]", maxsplit=1)[0] + rules + cap
