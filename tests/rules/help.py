"""Small policies for tests, written as documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import huaying_governance
from huaying_governance.rules import Policy, read_policy_text

DAY = date(2026, 6, 1)
PACK = Path(huaying_governance.__file__).parent / "packs" / "huaying"
SHIPPED = sorted(
    path for path in (PACK / "policies").glob("*.toml") if not path.stem.endswith(("-facts", ".cases"))
)

HEAD = """
[policy]
id = "example"
kind = "{kind}"
titles = {{ zh = "示例", en = "example" }}
{head}

[[source]]
id = "notice"
title = {{ zh = "示例通知", en = "example notice" }}
standing = "synthetic"
"""
FACTS = """
[facts.a]
type = "integer"
min = 0
max = 5
label = { zh = "甲", en = "a" }
[facts.b]
type = "integer"
min = 0
max = 5
label = { zh = "乙", en = "b" }
[facts.d]
type = "decimal"
min = 0
max = 4
label = { zh = "丁", en = "d" }
[facts.p]
type = "boolean"
label = { zh = "子", en = "p" }
[facts.q]
type = "boolean"
label = { zh = "丑", en = "q" }
[facts.c]
type = "choice"
of = ["x", "y", "z"]
label = { zh = "选", en = "c" }
[facts.t]
type = "date"
label = { zh = "日", en = "t" }
[facts.u]
type = "date"
label = { zh = "日二", en = "u" }
[relations.r]
label = { zh = "配偶", en = "r" }
facts = ["p", "a"]
"""


def rule(name: str, when: str, amount: str = "100", more: str = "") -> str:
    """Return the text of a rule in force from 2020."""
    return f"""
[[rules]]
id = "{name}"
from = 2020-01-01
source = "notice"
when = "{when}"
amount = "{amount}"
{more}
"""


def subsidy(*parts: str, head: str = "", facts: str = FACTS) -> str:
    """Return the text of a subsidy policy."""
    return HEAD.format(kind="subsidy", head=head) + facts + "\n".join(parts)


def combine(kind: str, *members: str, more: str = "", name: str = "") -> str:
    """Return the text of a combination."""
    listed = ", ".join(f'"{member}"' for member in members)
    return f"""
[[combine]]
kind = "{kind}"
label = {{ zh = "合并", en = "combined" }}
rules = [{listed}]
source = "notice"
{f'id = "{name}"' if name else ""}
{more}
"""


def parameter(name: str, *values: tuple[str, str, str | int], unit: str = "CNY") -> str:
    """Return the text of a parameter; each value is (first day, last day or empty, value)."""
    steps = ", ".join(
        f'{{ from = {since}, {f"to = {until}, " if until else ""}value = "{value}", source = "notice" }}'
        for since, until, value in values
    )
    return f"""
[parameters.{name}]
label = {{ zh = "参数", en = "{name}" }}
unit = "{unit}"
values = [{steps}]
"""


def policy(*parts: str, head: str = "", facts: str = FACTS) -> Policy:
    """Return a subsidy policy."""
    return read_policy_text(subsidy(*parts, head=head, facts=facts))
