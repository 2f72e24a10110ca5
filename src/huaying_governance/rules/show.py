"""A policy for notebooks (展示): its rules, values and clauses as one HTML table, every text escaped."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from huaying_governance.kernel.citation import Citation

if TYPE_CHECKING:
    from huaying_governance.rules.policy import Policy


def policy_html(policy: Policy) -> str:
    """Return a table of the rules of `policy`: id, in force, condition, amount or effect, clause."""
    rows = "".join(
        _row(
            rule.id,
            rule.label.zh,
            f"{rule.since} – {rule.until or ''}",
            rule.when_text,
            rule.amount_text or rule.effect,
            "；".join(dict.fromkeys(_say(each.citation) for each in rule.basis)),
        )
        for rule in policy.rules
    )
    head = _row("规则", "名称", "施行", "条件", "金额或作用", "依据", cell="th")
    title = html.escape(f"{policy.titles.zh} · {policy.id} · {policy.version[:12]}")
    return f"<table lang='zh'><caption>{title}</caption>{head}{rows}</table>"


def _say(citation: Citation) -> str:
    return citation.say("zh")


def _row(*cells: str, cell: str = "td") -> str:
    return "<tr>" + "".join(f"<{cell}>{html.escape(each)}</{cell}>" for each in cells) + "</tr>"
