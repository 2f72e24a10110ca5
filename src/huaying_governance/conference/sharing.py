"""资源共享: places, people, money and information that members pledge, what is drawn and given back, what is left.

    pledged → (drawn, given back) → ended

Nothing is drawn beyond the balance, before the pledge or after its end. Use takes information away from nobody: what
is drained is data of the pack. `Draw.amount` counts in the unit of the pledge.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from attrs import evolve, frozen

from huaying_governance.casework import Casework
from huaying_governance.conference.rules import ConferenceRules
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.procedure.table import Guard, Procedure, State
from huaying_governance.procedure.usual import IN_ORDER, REASON, ROLE, STATE, describer, guard, row
from huaying_governance.text import Text


@frozen(kw_only=True)
class Pledge:
    """承诺共享的资源: so much of something, in a unit, by a member, from a day to another (None: without end)."""

    conference: str
    member: str
    kind: str
    title: str
    amount: Decimal
    unit: str
    on: date
    until: date | None = None
    resolution: str = ""


@frozen(kw_only=True)
class Draw:
    """使用: one act on a pledge: drawn, given back, or ended."""

    action: str
    at: datetime
    actor: str
    role: str
    amount: Decimal | None = None
    reason: str = ""


@frozen(kw_only=True)
class PledgeStanding:
    """资源现状: what each user holds of it. `drained`: use takes it away."""

    pledge: Pledge
    state: str = "pledged"
    held: tuple[tuple[str, Decimal], ...] = ()
    last_at: datetime

    @property
    def drawn(self) -> Decimal:
        """How much is drawn and not given back."""
        return sum((amount for _user, amount in self.held), Decimal(0))

    def of(self, user: str) -> Decimal:
        """Return what a user holds."""
        return dict(self.held).get(user, Decimal(0))

    def balance(self, rules: ConferenceRules) -> Decimal:
        """Return what is left."""
        return self.pledge.amount - (self.drawn if self.pledge.kind in rules.drained else Decimal(0))


ROLES: Mapping[str, Text] = {
    "user": Text("使用单位", "user"),
    "member": Text("提供单位", "who pledged"),
}
STATES = (
    State("pledged", Text("可用", "pledged")),
    State("ended", Text("已终止", "ended"), open=False, final=True),
)


def _positive(_standing: PledgeStanding, act: Draw, _: ConferenceRules) -> bool:
    return act.amount is not None and act.amount > 0


def _enough(standing: PledgeStanding, act: Draw, rules: ConferenceRules) -> bool:
    return act.amount is None or act.amount <= standing.balance(rules)


def _in_term(standing: PledgeStanding, act: Draw, _: ConferenceRules) -> bool:
    return standing.pledge.until is None or day_of(act.at) <= standing.pledge.until


def _holds(standing: PledgeStanding, act: Draw, _: ConferenceRules) -> bool:
    return act.amount is None or act.amount <= standing.of(act.actor)


def _own(standing: PledgeStanding, act: Draw, _: ConferenceRules) -> bool:
    return act.actor == standing.pledge.member


def _given_back(standing: PledgeStanding, _act: Draw, _: ConferenceRules) -> bool:
    return not standing.drawn


GUARDS: tuple[Guard[PledgeStanding, Draw, ConferenceRules], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "no-amount",
        Text("没有写明数量", "how much is not said"),
        Text("填写正的数量", "state how much, more than nothing"),
        _positive,
    ),
    guard(
        "overdrawn",
        Text("余量{balance}{unit}，不够使用", "{balance} {unit} are left: that is not enough"),
        Text("减少数量，或等待归还", "take less, or wait until some is given back"),
        _enough,
        lambda rules: rules.sharing,
    ),
    guard(
        "term-over",
        Text("承诺的期限已过", "the pledge has ended"),
        Text("请提供单位另行承诺", "ask for another pledge"),
        _in_term,
        lambda rules: rules.sharing,
    ),
    guard(
        "not-held",
        Text("归还多于所用", "more is given back than was drawn"),
        Text("核对数量和使用单位", "check how much, and who gives it back"),
        _holds,
    ),
    guard(
        "not-the-member",
        Text("不是提供单位", "it did not pledge this"),
        Text("由提供单位终止", "leave it to who pledged"),
        _own,
    ),
    guard(
        "in-use",
        Text("仍在使用", "some is still in use"),
        Text("归还后再终止", "end it when all is given back"),
        _given_back,
    ),
    REASON,
)
TRANSITIONS = (
    row("draw", Text("使用", "draw"), "pledged", None, "user", "no-amount overdrawn term-over"),
    row("give_back", Text("归还", "give back"), "pledged", None, "user", "no-amount not-held"),
    row("end", Text("终止", "end"), "pledged", "ended", "member", "not-the-member in-use no-reason"),
)


def pledged(pledge: Pledge) -> PledgeStanding:
    """Return how a pledge stands at first."""
    return PledgeStanding(pledge=pledge, last_at=datetime.combine(pledge.on, time.min, SHANGHAI))


def after_draw(standing: PledgeStanding, act: Draw, state: str) -> PledgeStanding:
    """Return how a pledge stands after an admitted act."""
    moved = evolve(standing, state=state, last_at=act.at)
    if act.action == "end" or act.amount is None:
        return moved
    amount = act.amount if act.action == "draw" else -act.amount
    held = {**dict(standing.held), act.actor: standing.of(act.actor) + amount}
    return evolve(moved, held=tuple(sorted((user, much) for user, much in held.items() if much)))


_usual = describer(STATES, TRANSITIONS, ROLES)


def plain_amount(amount: Decimal) -> str:
    """Return an amount without idle zeros: 3, 2.5."""
    return f"{amount.normalize():f}"


def _told(standing: PledgeStanding, act: Draw, rules: ConferenceRules) -> Mapping[str, object]:
    balance = plain_amount(standing.balance(rules))
    return {**_usual(standing, act, rules), "balance": balance, "unit": standing.pledge.unit}


PLEDGES: Casework[Pledge, PledgeStanding, Draw, ConferenceRules] = Casework(
    "pledge",
    Procedure(
        "pledge",
        1,
        Text("资源共享程序", "shared resources"),
        "pledged",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        always=("out-of-order",),
        describe=_told,
    ),
    Pledge,
    Draw,
    pledged,
    after_draw,
)
"""共享资源: what a `Casebook` needs to keep pledges."""
