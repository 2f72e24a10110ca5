"""台账办理程序: every state and every move of a ledger entry, in this one file.

Two rules: all transitions are here, and nothing here knows of stores, packs or calendars. An action not in this
table does not exist; where several reasons stand against one, the order of `GUARDS` is theirs.

    registered → accepted → assigned → in_progress → replied → verified → struck_off
        ↓            ↑        ↓  ↑         ↓  ↑          ↓          (销号 only after verification by somebody else)
    declined      returned ←──┘  on_hold ←─┘  └── in_progress       any open state → merged
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from huaying_governance.kernel.bodies import ROLES
from huaying_governance.ledger.criteria import CRITERIA
from huaying_governance.ledger.effects import EFFECTS
from huaying_governance.ledger.guards import GUARDS, describe, is_answer_accepted, was_assigned
from huaying_governance.ledger.model import Action
from huaying_governance.ledger.state import Context, Live
from huaying_governance.ledger.words import ACTIONS
from huaying_governance.procedure.table import Fork, Procedure, State, Transition
from huaying_governance.text import Text

STATES = (
    State("registered", Text("已登记", "registered")),
    State("accepted", Text("已受理", "accepted")),
    State("assigned", Text("已交办", "assigned")),
    State("in_progress", Text("办理中", "in progress")),
    State("on_hold", Text("挂账", "on hold")),
    State("returned", Text("已退回", "returned")),
    State("replied", Text("已答复", "replied")),
    State("verified", Text("已核验", "verified")),
    State("struck_off", Text("已销号", "struck off"), open=False),
    State("declined", Text("不予受理", "declined"), open=False),
    State("merged", Text("已并案", "merged"), open=False, final=True),
)
OPEN = tuple(state.id for state in STATES if state.open)

_ACCEPTED = Fork(
    Text("满意，或领导说明合法", "satisfied, or a leader says why"),
    is_answer_accepted,
    "verified",
    "in_progress",
)
_AGAIN = Fork(Text("曾经交办", "somebody was assigned"), was_assigned, "assigned", "accepted")


def _row(
    action: str,
    sources: tuple[str, ...],
    to: str | Fork[Live, Action, Context] | None,
    roles: tuple[str, ...],
    guards: tuple[str, ...] = (),
) -> Transition[Live, Action, Context]:
    return Transition(action, ACTIONS[action], sources, to, roles, guards, EFFECTS[action])


TRANSITIONS = (
    _row("accept", ("registered", "returned"), "accepted", ("clerk",)),
    _row("decline", ("registered",), "declined", ("clerk",), ("no-reason",)),
    _row("assign", ("accepted", "assigned", "in_progress", "returned"), "assigned",
         ("clerk", "unit_head"), ("no-lead", "no-handler")),
    _row("schedule", ("assigned", "in_progress"), None, ("handler", "unit_head")),
    _row("progress", ("assigned", "in_progress"), "in_progress", ("handler",)),
    _row("extend", ("accepted", "assigned", "in_progress"), None, ("unit_head", "leader"),
         ("no-reason", "after-due", "extension-limit")),
    _row("hold", ("assigned", "in_progress"), "on_hold", ("leader",), ("no-reason",)),
    _row("resume", ("on_hold",), "in_progress", ("unit_head", "leader")),
    _row("return", ("assigned",), "returned", ("unit_head",),
         ("no-reason", "objection-window-passed")),
    _row("transfer", ("assigned", "in_progress", "returned"), "assigned", ("unit_head",),
         ("no-lead", "no-handler", "no-reason")),
    _row("merge", OPEN, "merged", ("clerk",), ("no-target",)),
    _row("reply", ("in_progress",), "replied", ("handler",), ("no-evidence",)),
    _row("verify", ("replied",), _ACCEPTED, ("verifier", "leader"),
         ("handler-cannot-verify", "not-verified")),
    _row("strike_off", ("verified",), "struck_off", ("verifier", "leader"),
         ("handler-cannot-verify", "not-verified")),
    _row("reopen", ("struck_off", "declined"), _AGAIN, ("clerk", "leader"),
         ("no-reason", "reopen-window-passed")),
    _row("escalate", OPEN, None, (), ("no-reason",)),
)  # fmt: skip

_STATE_LABELS = {state.id: state.label for state in STATES}
_ROWS = {row.action: row for row in TRANSITIONS}


def _list(labels: list[Text]) -> Text:
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


def _describe(live: Live, action: Action, _context: Context) -> Mapping[str, object]:
    row = _ROWS[action.action]
    asked = {
        "sources": _list([_STATE_LABELS[source] for source in row.sources]),
        "roles": _list([ROLES[role] for role in row.roles]),
    }
    return describe(live, action, ACTIONS, _STATE_LABELS, asked)


def ledger_procedure(criteria: tuple[str, ...] = ()) -> Procedure[Live, Action, Context]:
    """Return the procedure with further criteria switched on, by their codes. Raises `KeyError` for an unknown one."""
    further = tuple(CRITERIA[code] for code in criteria)
    split = [guard.code for guard in GUARDS].index("not-verified") + 1
    rows = tuple(
        evolve(row, guards=(*row.guards, *(g.code for action, g in further if action == row.action)))
        for row in TRANSITIONS
    )
    return Procedure(
        "ledger",
        1,
        Text("三本台账办理程序", "procedure of the three ledgers"),
        "registered",
        STATES,
        ROLES,
        (*GUARDS[:split], *(guard for _, guard in further), *GUARDS[split:]),
        rows,
        always=("out-of-order",),
        describe=_describe,
    )


LEDGER = ledger_procedure()
"""The procedure as every ledger has it."""
