"""销号标准: further guards that a pack switches on, by their codes, beyond those that every ledger has.

The columns of an action carry: a reply with evidence, verification by somebody else, satisfaction or a leader's word.
The criteria here ask of the dossier; their basis is the library's default, since no source lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.kernel.citation import Citation
from huaying_governance.ledger.guards import LedgerGuard
from huaying_governance.ledger.model import Action
from huaying_governance.ledger.state import Context, Live
from huaying_governance.ledger.terms import DEFAULT
from huaying_governance.procedure.table import Guard
from huaying_governance.text import Text


def _default(_live: Live, _context: Context) -> Citation:
    return DEFAULT


def _answered(_live: Live, _action: Action, context: Context) -> bool:
    return 0 < context.dossier.asked <= context.dossier.answered


def _called_back(_live: Live, _action: Action, context: Context) -> bool:
    return context.dossier.call is not None and context.dossier.call.reached


def _content(_live: Live, action: Action, context: Context) -> bool:
    call = context.dossier.call
    signed = action.role == "leader" and bool(action.reason.strip())
    return signed or call is None or call.satisfied is not False


def _paid(_live: Live, _action: Action, context: Context) -> bool:
    return not context.dossier.money_owed


def _no_child(_live: Live, _action: Action, context: Context) -> bool:
    return context.open_children == 0


def _all_informed(_live: Live, _action: Action, context: Context) -> bool:
    return context.uninformed == 0


def _has_obstacle(_live: Live, _action: Action, context: Context) -> bool:
    return bool(context.dossier.obstacle)


def _criterion(guard: LedgerGuard, action: str = "strike_off") -> tuple[str, LedgerGuard]:
    return action, guard


CRITERIA: Mapping[str, tuple[str, LedgerGuard]] = MappingProxyType(
    {
        guard.code: (action, guard)
        for action, guard in (
            _criterion(
                Guard(
                    "items-unanswered",
                    Text("诉求没有逐项回应", "not every item asked for has been answered"),
                    Text("逐项回应并登记", "answer each item and note it"),
                    _answered,
                    _default,
                )
            ),
            _criterion(
                Guard(
                    "no-call-back",
                    Text(
                        "没有由经办人以外的人回访到诉求人",
                        "nobody other than the handler has reached the petitioner",
                    ),
                    Text("由他人回访", "let somebody else call back"),
                    _called_back,
                    _default,
                )
            ),
            _criterion(
                Guard(
                    "unsatisfied",
                    Text(
                        "回访不满意，且没有领导说明",
                        "the petitioner is not satisfied, and no leader says why it stands",
                    ),
                    Text(
                        "继续办理，或由领导说明理由后销号",
                        "go on, or let a leader strike it off with a reason",
                    ),
                    _content,
                    _default,
                )
            ),
            _criterion(
                Guard(
                    "funds-unpaid",
                    Text("承诺的资金尚未支付", "money that was promised is not paid"),
                    Text("支付后登记", "pay it and note it"),
                    _paid,
                    _default,
                )
            ),
            _criterion(
                Guard(
                    "open-child",
                    Text("还有子事项未办结", "a child of this entry is still open"),
                    Text("先办结子事项", "close its children first"),
                    _no_child,
                    _default,
                )
            ),
            _criterion(
                Guard(
                    "merged-uninformed",
                    Text(
                        "并入事项的诉求人尚未逐一告知",
                        "not every petitioner of the merged entries has been told",
                    ),
                    Text("逐一告知并登记", "tell each of them and note it"),
                    _all_informed,
                    _default,
                )
            ),
            _criterion(
                Guard(
                    "no-obstacle",
                    Text(
                        "没有写明法律、规划或资金障碍和临时措施",
                        "no legal, planning or funding obstacle and interim help is noted",
                    ),
                    Text("先登记障碍和临时措施", "note the obstacle and the interim help first"),
                    _has_obstacle,
                    _default,
                ),
                "hold",
            ),
        )
    }
)
"""By code: the action that it guards, and the guard."""
