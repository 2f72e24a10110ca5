"""零工程序: every state and every move of an order, in this one file.

offered ⇄ taken → completed → paid
   └→ withdrawn        └→ referred → paid
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from huaying_governance.casework import Casework
from huaying_governance.employment.gigs import Act, GigRules, Order, Standing, after, opened
from huaying_governance.procedure.table import Fork, Guard, State
from huaying_governance.procedure.usual import (
    EVIDENCE,
    IN_ORDER,
    REASON,
    ROLE,
    STATE,
    guard,
    row,
    usual_procedure,
)
from huaying_governance.text import Text

ROLES: Mapping[str, Text] = {
    "worker": Text("务工人员", "worker"),
    "employer": Text("用工方", "who gives the work"),
    "station": Text("零工驿站", "station"),
}
STATES = (
    State("offered", Text("待接单", "open")),
    State("taken", Text("已接单", "taken")),
    State("completed", Text("已完工待付", "done, to be paid")),
    State("referred", Text("已移送劳动保障监察", "referred to labour inspection")),
    State("paid", Text("已付清", "paid"), open=False, final=True),
    State("withdrawn", Text("已撤单", "withdrawn"), open=False, final=True),
)


def _not_own(standing: Standing, act: Act, _rules: GigRules) -> bool:
    return act.actor != standing.order.employer


def _its_worker(standing: Standing, act: Act, _rules: GigRules) -> bool:
    return act.role != "worker" or act.actor == standing.worker


def _begun(standing: Standing, act: Act, _rules: GigRules) -> bool:
    return act.on >= standing.order.work_on


def _an_amount(_standing: Standing, act: Act, _rules: GigRules) -> bool:
    return act.amount is not None and act.amount > 0


def _not_beyond(standing: Standing, act: Act, _rules: GigRules) -> bool:
    return act.amount is None or standing.done_on is None or act.amount <= standing.owed


def _overdue(standing: Standing, act: Act, rules: GigRules) -> bool:
    return standing.in_arrears(rules, act.on)


GUARDS: tuple[Guard[Standing, Act, GigRules], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "own-order",
        Text("用工方不能接自己的单", "nobody takes an order of one's own"),
        Text("由他人接单", "leave it to somebody else"),
        _not_own,
    ),
    guard(
        "not-its-worker",
        Text("不是接单人", "it is not the one who took it"),
        Text("由接单人办理", "leave it to who took it"),
        _its_worker,
    ),
    guard(
        "not-begun",
        Text("早于用工日期", "it is before the day of the work"),
        Text("核对完工日期", "check the day"),
        _begun,
    ),
    guard(
        "no-amount",
        Text("没有写明支付金额", "the amount paid is not stated"),
        Text("在 amount 填写实付金额", "state in `amount` what was paid"),
        _an_amount,
    ),
    guard(
        "beyond-owed",
        Text("支付金额超过应付", "more would be paid than is owed"),
        Text("核对金额", "check the amount"),
        _not_beyond,
    ),
    guard(
        "not-in-arrears",
        Text("应付日后未超过{days}天，尚不构成拖欠", "pay is not owed for more than {days} days yet"),
        Text("先催付；超过{days}天仍未付清的再移送", "urge first; refer it when it is owed for longer"),
        _overdue,
        lambda rules: rules.citation,
    ),
    REASON,
    EVIDENCE,
)
_PAID = Fork[Standing, Act, GigRules](
    Text("付清", "paid in full"), lambda s, act, _t: (act.amount or Decimal(0)) >= s.owed, "paid", "completed"
)
_PAID_LATE = Fork[Standing, Act, GigRules](
    Text("付清", "paid in full"), lambda s, act, _t: (act.amount or Decimal(0)) >= s.owed, "paid", "referred"
)
_PAY = "no-amount beyond-owed no-evidence"
TRANSITIONS = (
    row("take", Text("接单", "take"), "offered", "taken", "worker", "own-order"),
    row(
        "release", Text("退单", "give back"), "taken", "offered", "worker station", "not-its-worker no-reason"
    ),
    row(
        "complete",
        Text("完工", "complete"),
        "taken",
        "completed",
        "employer station",
        "not-begun no-evidence",
    ),
    row("pay", Text("付款", "pay"), "completed", _PAID, "employer station", _PAY),
    row("pay", Text("付款", "pay"), "referred", _PAID_LATE, "employer station", _PAY),
    row(
        "refer",
        Text("移送", "refer"),
        "completed",
        "referred",
        "station worker",
        "not-its-worker not-in-arrears no-evidence",
    ),
    row("withdraw", Text("撤单", "withdraw"), "offered", "withdrawn", "employer station", "no-reason"),
)

GIGS: Casework[Order, Standing, Act, GigRules] = Casework(
    "gig",
    usual_procedure(
        "gig",
        Text("零工办理程序", "temporary work"),
        "offered",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        lambda rules: {"days": rules.arrears_days},
    ),
    Order,
    Act,
    opened,
    after,
)
"""零工: what a `Casebook` needs to keep orders."""
