"""零工: an order for temporary work: who takes it, that it is done, what is paid of it, and when pay is in arrears.

Pay is due on the day the order names, else on the day the work was done. More than the pack's days after that it is in
arrears, and goes to labour inspection; the day itself is still in time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from attrs import evolve, frozen

from huaying_governance.employment import acts
from huaying_governance.kernel.citation import Citation
from huaying_governance.text import Text

NOTICES: Mapping[str, Text] = {
    "arrears": Text("拖欠", "in arrears"),
    "refer-due": Text("待移送", "to be referred"),
    "pay-due": Text("待付", "pay due"),
}


@frozen(kw_only=True)
class GigRules:
    """零工规则 of a pack: after how many days unpaid work is in arrears, and to whom it is referred."""

    arrears_days: int
    inspection: str
    citation: Citation


@frozen(kw_only=True)
class Order:
    """用工单: what is to be done on which day for how much pay; `pay_by` None: when the work is done."""

    community: str
    employer: str
    task: str
    work_on: date
    pay: Decimal
    pay_by: date | None = None
    at: datetime


@frozen(kw_only=True)
class Act(acts.Act):
    """用工办理. `amount`: what was paid."""

    amount: Decimal | None = None


@frozen(kw_only=True)
class Standing:
    """用工现状. `worker` is a reference; `paid` the sum so far; `referred_on`: when inspection was told."""

    order: Order
    state: str = "offered"
    moved_at: datetime | None = None
    worker: str = ""
    done_on: date | None = None
    paid: Decimal = Decimal(0)
    paid_on: date | None = None
    referred_on: date | None = None

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.order.at

    @property
    def owed(self) -> Decimal:
        """What is still to be paid; nothing before the work is done."""
        return Decimal(0) if self.done_on is None else max(Decimal(0), self.order.pay - self.paid)

    @property
    def due_on(self) -> date | None:
        """The day on which pay is due; None before the work is done. Never before that day."""
        if self.done_on is None:
            return None
        return max(self.done_on, self.order.pay_by or self.done_on)

    def in_arrears(self, rules: GigRules, on: date) -> bool:
        """Whether pay is still owed more than the rules' days after it was due."""
        due = self.due_on
        return due is not None and self.owed > 0 and on > due + timedelta(days=rules.arrears_days)


def opened(order: Order) -> Standing:
    """Return how an order stands when it is put up."""
    return Standing(order=order)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how an order stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, moved_at=act.at)
    match act.action:
        case "take":
            return evolve(moved, worker=act.actor)
        case "release":
            return evolve(moved, worker="")
        case "complete":
            return evolve(moved, done_on=act.on)
        case "pay":
            return evolve(moved, paid=standing.paid + (act.amount or Decimal(0)), paid_on=act.on)
        case "refer":
            return evolve(moved, referred_on=act.on)
        case _:
            return moved
