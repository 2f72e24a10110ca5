"""What docs/ledger/ takes from the tables: the list of actions, the list of reasons, the diagrams.

python -m tests.ledger.pages        (from the root of the project) writes them anew
"""

from __future__ import annotations

from pathlib import Path

from huaying_governance.kernel.bodies import ROLES
from huaying_governance.ledger.criteria import CRITERIA
from huaying_governance.ledger.guards import GUARDS
from huaying_governance.ledger.table import LEDGER
from huaying_governance.procedure.diagram import mermaid, svg

FOLDER = Path(__file__).parents[2] / "docs" / "ledger"


def procedure() -> str:
    states = {state.id: state.label for state in LEDGER.states}
    lines = ["# The ledger's procedure 台账办理程序", ""]
    lines += ["Made from the table in `ledger/table.py`; a test keeps it so.", ""]
    lines += [
        "![台账办理流程图](procedure.zh.svg)",
        "",
        "In English: [the same diagram](procedure.en.svg).",
        "",
    ]
    lines += ["```mermaid", mermaid(LEDGER, "zh").rstrip(), "```", "", "## Actions 动作", ""]
    lines += ["| action | 动作 | from | to | roles | refused with |", "|---|---|---|---|---|---|"]
    for row in LEDGER.transitions:
        every = len(row.sources) == sum(state.open for state in LEDGER.states)
        sources = "any open" if every else ", ".join(row.sources)
        roles = ", ".join(row.roles) or "any"
        lines.append(
            f"| `{row.action}` | {row.label.zh} | {sources} | {' or '.join(row.targets) or 'same'} | {roles} "
            f"| {', '.join(f'`{code}`' for code in row.guards)} |"
        )
    lines += ["", "States: " + ", ".join(f"`{id_}` {label.zh}" for id_, label in states.items()) + "."]
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


PAGES = {
    "procedure.md": procedure(),
    "procedure.zh.svg": svg(LEDGER, "zh"),
    "procedure.en.svg": svg(LEDGER, "en"),
}

if __name__ == "__main__":
    for name, text in PAGES.items():
        (FOLDER / name).write_text(text, "utf-8")
