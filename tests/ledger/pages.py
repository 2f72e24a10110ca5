"""What docs/ledger/ and docs/zh/ledger/ take from the tables: the list of actions, the list of reasons, the diagrams.

python -m tests.ledger.pages        (from the root of the project) writes them anew
"""

from __future__ import annotations

from pathlib import Path

from huaying_governance.kernel.bodies import ROLES
from huaying_governance.ledger.criteria import CRITERIA
from huaying_governance.ledger.guards import GUARDS
from huaying_governance.ledger.table import LEDGER
from huaying_governance.procedure.diagram import mermaid, svg

FOLDER = Path(__file__).parents[2] / "docs"
STATES = {state.id: state.label for state in LEDGER.states}
OPEN = sum(state.open for state in LEDGER.states)


def codes(row_of_guards: tuple[str, ...]) -> str:
    return ", ".join(f"`{code}`" for code in row_of_guards)


def procedure() -> str:
    lines = ["# The ledger's procedure 台账办理程序", ""]
    lines += ["Made from the table in `ledger/table.py`; a test keeps it so.", ""]
    lines += ["![The procedure of the ledger](procedure.svg)", ""]
    lines += ["```mermaid", mermaid(LEDGER, "en").rstrip(), "```", "", "## Actions 动作", ""]
    lines += ["| action | 动作 | from | to | roles | refused with |", "|---|---|---|---|---|---|"]
    for row in LEDGER.transitions:
        sources = "any open" if len(row.sources) == OPEN else ", ".join(row.sources)
        roles = ", ".join(row.roles) or "any"
        lines.append(
            f"| `{row.action}` | {row.label.zh} | {sources} | {' or '.join(row.targets) or 'same'} | {roles} "
            f"| {codes(row.guards)} |"
        )
    lines += ["", "States: " + ", ".join(f"`{id_}` {label.zh}" for id_, label in STATES.items()) + "."]
    lines += ["", "Roles: " + ", ".join(f"`{id_}` {label.zh}" for id_, label in ROLES.items()) + "."]
    lines += ["", "## Reasons 理由", "", "All that apply are given, in this order.", ""]
    lines += ["| code | 理由 | reason | how to put it right |", "|---|---|---|---|"]
    lines += [f"| `{g.code}` | {g.text.zh} | {g.text.en} | {g.cure.en} |" for g in GUARDS]
    lines += [
        "",
        "## Further criteria 销号标准",
        "",
        "A pack, or `LedgerBook(criteria=...)`, switches them on.",
        "",
    ]
    lines += ["| code | guards | 标准 | criterion |", "|---|---|---|---|"]
    lines += [
        f"| `{code}` | `{action}` | {g.text.zh} | {g.text.en} |" for code, (action, g) in CRITERIA.items()
    ]
    return "\n".join(lines) + "\n"


def chinese_procedure() -> str:
    lines = ["# 台账办理程序", "", "由 `ledger/table.py` 中的表生成，有测试保证两者一致。", ""]
    lines += ["![台账办理流程图](procedure.svg)", ""]
    lines += ["```mermaid", mermaid(LEDGER, "zh").rstrip(), "```", "", "## 动作", ""]
    lines += ["| 代码 | 动作 | 从 | 到 | 角色 | 可能的拒绝代码 |", "|---|---|---|---|---|---|"]
    for row in LEDGER.transitions:
        sources = "任何未办结状态" if len(row.sources) == OPEN else states(row.sources, "、")
        roles = "、".join(ROLES[role].zh for role in row.roles) or "任何人"
        lines.append(
            f"| `{row.action}` | {row.label.zh} | {sources} | {states(row.targets, '或') or '不变'} | {roles} "
            f"| {codes(row.guards)} |"
        )
    lines += ["", "状态：" + "，".join(f"`{id_}` {label.zh}" for id_, label in STATES.items()) + "。"]
    lines += ["", "角色：" + "，".join(f"`{id_}` {label.zh}" for id_, label in ROLES.items()) + "。"]
    lines += ["", "## 理由", "", "凡是成立的都列出，按以下顺序。", ""]
    lines += ["| 代码 | 理由 | 改法 |", "|---|---|---|"]
    lines += [f"| `{g.code}` | {g.text.zh} | {g.cure.zh} |" for g in GUARDS]
    lines += ["", "## 销号标准", "", "由政策包或 `LedgerBook(criteria=...)` 启用。", ""]
    lines += ["| 代码 | 把关的动作 | 标准 |", "|---|---|---|"]
    lines += [f"| `{code}` | `{action}` | {g.text.zh} |" for code, (action, g) in CRITERIA.items()]
    return "\n".join(lines) + "\n"


def states(ids: tuple[str, ...], joined_by: str) -> str:
    return joined_by.join(STATES[id_].zh for id_ in ids)


PAGES = {
    "ledger/procedure.md": procedure(),
    "ledger/procedure.svg": svg(LEDGER, "en"),
    "zh/ledger/procedure.md": chinese_procedure(),
    "zh/ledger/procedure.svg": svg(LEDGER, "zh"),
}

if __name__ == "__main__":
    for name, text in PAGES.items():
        (FOLDER / name).write_text(text, "utf-8")
