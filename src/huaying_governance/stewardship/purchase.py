"""购买服务程序: every state and every move of a delegated service, in this one file.

    planned → tendered → awarded → delivering → delivered → verified → paid → closed
                                        ↑ not passed ┘          └ next instalment → delivering
    from award on → terminated (by the exit clause)

Nothing is paid before somebody other than the provider, and other than who pays, has verified what was delivered; and
never more than was verified, or than the contract allows. Amounts are in fen.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import evolve, frozen

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation
from huaying_governance.procedure.table import Fork, Guard, Procedure, State
from huaying_governance.procedure.usual import EVIDENCE, IN_ORDER, REASON, ROLE, STATE, describer, guard, row
from huaying_governance.text import Text


@frozen(kw_only=True)
class Service:
    """委托服务: what a department buys for a community; `cap_fen` is the most that may be paid, `exit` the way out."""

    community: str
    title: str
    purchaser: str
    cap_fen: int
    public_interest: bool | None = None
    exit_clause: bool | None = None
    at: datetime


@frozen(kw_only=True)
class Act:
    """办理: one act on a service; `fen` is what the contract, the verification or the payment comes to."""

    action: str
    at: datetime
    actor: str
    role: str
    provider: str = ""
    fen: int | None = None
    passed: bool | None = None
    reason: str = ""
    evidence: str = ""


@frozen
class Terms:
    """购买依据: the clause that payment waits for verification, and the one that contracts must hold."""

    verified: Citation
    clauses: Citation


@frozen(kw_only=True)
class Standing:
    """服务现状: the contract's amount, what was verified so far, what was paid."""

    service: Service
    last_at: datetime
    state: str = "planned"
    provider: str = ""
    contract: int = 0
    verified: int = 0
    paid: int = 0
    verifier: str = ""

    @property
    def owed(self) -> int:
        """What is verified and not paid, in fen."""
        return self.verified - self.paid


def opened(service: Service) -> Standing:
    """Return how a service stands when it is planned."""
    return Standing(service=service, last_at=service.at)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a service stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "award":
            return evolve(moved, provider=act.provider, contract=act.fen or 0)
        case "verify" if act.passed:
            return evolve(moved, verified=standing.verified + (act.fen or 0), verifier=act.actor)
        case "pay":
            return evolve(moved, paid=standing.paid + (act.fen or 0))
        case _:
            return moved


ROLES: Mapping[str, Text] = {
    "purchaser": Text("购买主体", "purchaser"),
    "provider": Text("承接主体", "provider"),
    "verifier": Text("验收人", "verifier"),
    "finance": Text("财务", "finance"),
}
STATES = (
    State("planned", Text("已立项", "planned")),
    State("tendered", Text("采购中", "out to tender")),
    State("awarded", Text("已签约", "awarded")),
    State("delivering", Text("服务中", "being delivered")),
    State("delivered", Text("待验收", "to be verified")),
    State("verified", Text("已验收", "verified")),
    State("paid", Text("已支付", "paid")),
    State("closed", Text("已办结", "closed"), open=False, final=True),
    State("terminated", Text("已终止", "terminated"), open=False, final=True),
    State("cancelled", Text("已撤项", "cancelled"), open=False, final=True),
)


def _amount(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.fen is not None and act.fen > 0


def _in_cap(standing: Standing, act: Act, _: Terms) -> bool:
    return act.fen is None or act.fen <= standing.service.cap_fen


def _named(standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.provider) and act.provider != standing.service.purchaser


def _whole_contract(standing: Standing, _act: Act, _: Terms) -> bool:
    return standing.service.public_interest is True and standing.service.exit_clause is True


def _own_delivery(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor == standing.provider


def _other_hand(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor != standing.provider


def _finding(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.passed is not None


def _verified_amount(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.passed is not True or (act.fen is not None and act.fen > 0)


def _in_contract(standing: Standing, act: Act, _: Terms) -> bool:
    return act.passed is not True or standing.verified + (act.fen or 0) <= standing.contract


def _is_verified(standing: Standing, _act: Act, _: Terms) -> bool:
    return standing.owed > 0


def _in_verified(standing: Standing, act: Act, _: Terms) -> bool:
    return act.fen is None or act.fen <= standing.owed


def _not_the_verifier(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor != standing.verifier


def _nothing_owed(standing: Standing, _act: Act, _: Terms) -> bool:
    return standing.owed == 0


def _has_exit(standing: Standing, _act: Act, _: Terms) -> bool:
    return standing.service.exit_clause is True


def _left(standing: Standing, _act: Act, _: Terms) -> bool:
    return standing.verified < standing.contract


def _settled(standing: Standing, act: Act, _: Terms) -> bool:
    return standing.owed == act.fen


GUARDS: tuple[Guard[Standing, Act, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "no-amount",
        Text("没有写明金额", "no amount is stated"),
        Text("写明大于零的金额", "state an amount of more than nothing"),
        _amount,
    ),
    guard(
        "over-cap",
        Text("合同金额超过支付上限", "the contract exceeds the cap on payments"),
        Text("调整合同，或经批准另行立项", "lower it, or plan another service"),
        _in_cap,
        lambda terms: terms.clauses,
    ),
    guard(
        "no-provider",
        Text("没有写明承接主体，或与购买主体相同", "no provider is named, or it is the purchaser itself"),
        Text("写明另外的承接主体", "name another body as provider"),
        _named,
    ),
    guard(
        "no-clauses",
        Text(
            "合同缺公共利益条款或退出条款", "the contract lacks the clause of public interest, or the way out"
        ),
        Text("补上条款后再签约", "add the clauses before the award"),
        _whole_contract,
        lambda terms: terms.clauses,
    ),
    guard(
        "not-the-provider",
        Text("不是承接主体", "the actor is not the provider"),
        Text("由承接主体办理", "leave it to the provider"),
        _own_delivery,
    ),
    guard(
        "provider-cannot-verify",
        Text("承接主体不能自己验收", "the provider does not verify its own work"),
        Text("由他人验收", "let somebody else verify it"),
        _other_hand,
        lambda terms: terms.verified,
    ),
    guard(
        "no-finding",
        Text("没有写明是否通过", "it is not said whether it passed"),
        Text("填写是否通过", "state `passed`"),
        _finding,
    ),
    guard(
        "no-verified-amount",
        Text("没有写明验收金额", "the amount that was verified is not stated"),
        Text("写明验收金额", "state the amount"),
        _verified_amount,
    ),
    guard(
        "over-contract",
        Text("验收累计超过合同金额", "more is verified than the contract holds"),
        Text("核对验收金额", "check the amount"),
        _in_contract,
    ),
    guard(
        "not-verified",
        Text("没有待付的验收金额，不能支付", "nothing is verified and unpaid: no payment"),
        Text("先验收，再支付", "verify first, then pay"),
        _is_verified,
        lambda terms: terms.verified,
    ),
    guard(
        "over-verified",
        Text("支付超过待付的验收金额", "the payment exceeds what is verified and unpaid"),
        Text("按验收金额支付", "pay what was verified"),
        _in_verified,
        lambda terms: terms.verified,
    ),
    guard(
        "verifier-cannot-pay",
        Text("验收人不能经办支付", "who verified does not pay"),
        Text("由他人支付", "let somebody else pay"),
        _not_the_verifier,
    ),
    guard(
        "still-owed",
        Text("还有验收未付", "something verified is not paid yet"),
        Text("付清后办结", "pay it first"),
        _nothing_owed,
    ),
    guard(
        "nothing-left",
        Text("合同金额已全部验收", "the whole contract has been verified"),
        Text("办结，或另行立项", "close it, or plan another service"),
        _left,
    ),
    guard(
        "no-exit-clause",
        Text("合同没有退出条款", "the contract has no way out"),
        Text("协商解除，并补充条款", "agree on an end, and add the clause"),
        _has_exit,
        lambda terms: terms.clauses,
    ),
    REASON,
    EVIDENCE,
)
_ALL = "out-of-order"
TRANSITIONS = (
    row("tender", Text("采购", "tender"), "planned", "tendered", "purchaser", f"{_ALL} no-evidence"),
    row("award", Text("签约", "award"), "tendered", "awarded", "purchaser",
        f"{_ALL} no-amount over-cap no-provider no-clauses no-evidence"),
    row("deliver", Text("开始服务", "deliver"), "awarded paid verified", "delivering", "provider",
        f"{_ALL} not-the-provider nothing-left"),
    row("report", Text("报验收", "report as delivered"), "delivering", "delivered", "provider",
        f"{_ALL} not-the-provider no-evidence"),
    row("verify", Text("验收", "verify"), "delivered",
        Fork(Text("通过？", "passed?"), lambda _s, act, _t: act.passed is True, "verified", "delivering"),
        "verifier", f"{_ALL} provider-cannot-verify no-finding no-verified-amount over-contract no-evidence"),
    row("pay", Text("支付", "pay"), "verified",
        Fork(Text("付清？", "paid in full?"), _settled, "paid", "verified"),
        "finance", f"{_ALL} no-amount not-verified over-verified verifier-cannot-pay no-evidence"),
    row("close", Text("办结", "close"), "paid", "closed", "purchaser", f"{_ALL} still-owed"),
    row("terminate", Text("终止", "terminate"), "awarded delivering delivered verified paid", "terminated",
        "purchaser", f"{_ALL} no-exit-clause still-owed no-reason"),
    row("cancel", Text("撤项", "cancel"), "planned tendered", "cancelled", "purchaser", f"{_ALL} no-reason"),
)  # fmt: skip
SERVICES: Casework[Service, Standing, Act, Terms] = Casework(
    "delegated_service",
    Procedure(
        "delegated_service",
        1,
        Text("购买服务程序", "delegated services"),
        "planned",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        describe=describer(STATES, TRANSITIONS, ROLES),
    ),
    Service,
    Act,
    opened,
    after,
)
"""购买服务: what a `Casebook` needs to keep delegated services."""
