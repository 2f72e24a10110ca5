"""权责争议程序: every state and every move of a dispute over a segment and a matter, in this one file.

    unclear → negotiating → agreed → in_force → revised → negotiating …
                 └→ escalated → agreed (the superior decides)

An agreement names exactly one lead, one of the sides, and both sides sign it. The line of administration itself is
not for an agreement: it goes to the superior, who asks for approval.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from attrs import evolve, frozen

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.procedure.table import Guard, Procedure, State
from huaying_governance.procedure.usual import EVIDENCE, IN_ORDER, REASON, ROLE, STATE, describer, guard, row
from huaying_governance.stewardship.boundary import Agreement
from huaying_governance.text import Text


@frozen(kw_only=True)
class Dispute:
    """权责争议. `kind`: `responsibility` 管理责任线, or `administrative` 行政区划界线."""

    segment: str
    matter: str
    kind: str
    side_a: str
    side_b: str
    at: datetime


@frozen(kw_only=True)
class Act:
    """争议办理: one act; `leads` names who shall lead, `sides` who signed, `from_on` when it takes effect."""

    action: str
    at: datetime
    actor: str
    role: str
    leads: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    number: str = ""
    from_on: date | None = None
    review_on: date | None = None
    reason: str = ""
    evidence: str = ""


@frozen
class Terms:
    """争议依据: the clauses that a refusal rests on."""

    one_lead: Citation
    approval: Citation
    superior: Citation


@frozen(kw_only=True)
class Standing:
    """争议现状. `lead` is what was agreed or decided last, `since` when it takes effect."""

    dispute: Dispute
    last_at: datetime
    state: str = "unclear"
    lead: str = ""
    number: str = ""
    since: date | None = None
    review_on: date | None = None
    decided_by: str = ""

    @property
    def agreement(self) -> Agreement | None:
        """What is in force between the sides; None before it is."""
        if self.state not in {"in_force", "revised"} or self.since is None:
            return None
        one = self.dispute
        return Agreement(
            segment=one.segment,
            matter=one.matter,
            lead=self.lead,
            since=self.since,
            number=self.number,
            review_on=self.review_on,
        )


def opened(dispute: Dispute) -> Standing:
    """Return how a dispute stands when it is entered."""
    return Standing(dispute=dispute, last_at=dispute.at)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a dispute stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "agree" | "decide":
            return evolve(
                moved,
                lead=act.leads[0],
                number=act.number,
                since=act.from_on or day_of(act.at),
                review_on=act.review_on,
                decided_by=act.actor,
            )
        case _:
            return moved


ROLES: Mapping[str, Text] = {
    "side": Text("相邻一方", "one of the sides"),
    "superior": Text("共同上一级", "their common superior"),
    "conference": Text("联席会议", "the joint conference"),
}
STATES = (
    State("unclear", Text("权责不清", "unclear")),
    State("negotiating", Text("协商中", "being negotiated")),
    State("escalated", Text("提请上级裁定", "put to the superior")),
    State("agreed", Text("已议定", "agreed")),
    State("in_force", Text("已生效", "in force"), open=False),
    State("revised", Text("修订中", "being revised")),
)


def _is_side(standing: Standing, act: Act, _: Terms) -> bool:
    return act.role != "side" or act.actor in {standing.dispute.side_a, standing.dispute.side_b}


def _a_lead(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.leads)


def _one_lead(_standing: Standing, act: Act, _: Terms) -> bool:
    return len(act.leads) < 2


def _among_sides(standing: Standing, act: Act, _: Terms) -> bool:
    return set(act.leads) <= {standing.dispute.side_a, standing.dispute.side_b}


def _both_signed(standing: Standing, act: Act, _: Terms) -> bool:
    return {standing.dispute.side_a, standing.dispute.side_b} <= set(act.sides)


def _numbered(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.number.strip())


def _by_agreement(standing: Standing, _act: Act, _: Terms) -> bool:
    return standing.dispute.kind != "administrative"


def _not_a_side(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor not in {standing.dispute.side_a, standing.dispute.side_b}


def _day_reached(standing: Standing, act: Act, _: Terms) -> bool:
    return standing.since is None or day_of(act.at) >= standing.since


GUARDS: tuple[Guard[Standing, Act, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "not-a-side",
        Text("不是争议的任何一方", "the actor is neither side"),
        Text("由相邻一方办理", "leave it to one of the sides"),
        _is_side,
    ),
    guard(
        "needs-approval",
        Text("行政区划界线不能由双方议定", "the line of administration is not settled by agreement"),
        Text("提请上级按区划变更程序报批", "put it to the superior, who asks for approval"),
        _by_agreement,
        lambda terms: terms.approval,
    ),
    guard(
        "no-lead",
        Text("没有写明牵头方", "no lead is named"),
        Text("写明一个牵头方", "name one lead"),
        _a_lead,
        lambda terms: terms.one_lead,
    ),
    guard(
        "two-leads",
        Text("写了多个牵头方", "more than one lead is named"),
        Text("只写一个牵头方", "name one lead"),
        _one_lead,
        lambda terms: terms.one_lead,
    ),
    guard(
        "lead-not-a-side",
        Text("牵头方不是争议的任何一方", "the lead is neither side"),
        Text("在双方中定一个", "name one of the sides"),
        _among_sides,
        lambda terms: terms.one_lead,
    ),
    guard(
        "not-both-sides",
        Text("不是双方都签署", "not both sides have signed"),
        Text("双方签署后登记", "enter it when both have signed"),
        _both_signed,
    ),
    guard(
        "no-number",
        Text("没有协议或决定文号", "the agreement or decision has no number"),
        Text("写明文号", "give its number"),
        _numbered,
    ),
    guard(
        "own-decision",
        Text("争议一方不能自己裁定", "a side does not decide its own dispute"),
        Text("由共同上一级或联席会议裁定", "leave it to the superior or the conference"),
        _not_a_side,
        lambda terms: terms.superior,
    ),
    guard(
        "not-yet-in-effect",
        Text("未到约定的生效日期", "the day of its effect has not come"),
        Text("到日后登记生效", "enter it from that day on"),
        _day_reached,
    ),
    REASON,
    EVIDENCE,
)
_DECIDERS = "superior conference"
TRANSITIONS = (
    row("negotiate", Text("协商", "negotiate"), "unclear revised", "negotiating", "side", "out-of-order not-a-side"),
    row(
        "agree",
        Text("议定", "agree"),
        "negotiating",
        "agreed",
        "side",
        "out-of-order not-a-side needs-approval no-lead two-leads lead-not-a-side not-both-sides no-number",
    ),
    row("escalate", Text("提请裁定", "escalate"), "unclear negotiating revised", "escalated", "side",
        "out-of-order not-a-side no-reason"),
    row(
        "decide",
        Text("裁定", "decide"),
        "escalated",
        "agreed",
        _DECIDERS,
        "out-of-order no-lead two-leads lead-not-a-side no-number own-decision",
    ),
    row("take_effect", Text("生效", "take effect"), "agreed", "in_force", f"side {_DECIDERS}",
        "out-of-order not-a-side not-yet-in-effect no-evidence"),
    row("revise", Text("修订", "revise"), "in_force", "revised", f"side {_DECIDERS}",
        "out-of-order not-a-side no-reason"),
)  # fmt: skip
DISPUTES: Casework[Dispute, Standing, Act, Terms] = Casework(
    "boundary_dispute",
    Procedure(
        "boundary_dispute",
        1,
        Text("权责争议程序", "disputes over a boundary"),
        "unclear",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        describe=describer(STATES, TRANSITIONS, ROLES),
    ),
    Dispute,
    Act,
    opened,
    after,
)
"""权责争议: what a `Casebook` needs to keep disputes."""
