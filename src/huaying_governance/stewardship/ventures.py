"""多元共治: projects by kind of actor, and what a contract with social capital must hold before it is paid on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import in_force
from huaying_governance.kernel.money import from_fen
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.stewardship.wording import found

ACTORS = ("party", "government", "self_government", "social_organisation", "enterprise", "residents")
"""党组织、政府、自治组织、社会组织、企业、居民."""


@frozen(kw_only=True)
class Venture:
    """共治项目: one project, the kind of its actor, and since when it runs."""

    id: str
    kind: str
    actor: str
    community: str
    on: date


@frozen(kw_only=True)
class Contract:
    """社会资本合同: its clauses (None: nobody has said), its cap on payments in fen (None: none stated), its term."""

    id: str
    venture: str
    public_interest: bool | None
    exit_clause: bool | None
    cap: int | None
    since: date
    until: date | None = None


@frozen(kw_only=True)
class Payment:
    """付款: one payment on a contract, in fen; `id` tells payments of one day apart."""

    id: str
    contract: str
    on: date
    fen: int


@frozen
class Paid:
    """付款裁定: what was asked, what has been paid in all by the admitted payments up to this one."""

    payment: Payment
    total: int
    ruling: Ruling


@frozen
class Share:
    """主体份额: how many projects of all a kind of actor carries."""

    kind: str
    count: int
    of: int

    @property
    def part(self) -> Fraction:
        """The exact share; the shares of all kinds add up to one."""
        return Fraction(self.count, self.of) if self.of else Fraction(0)


@frozen
class _Facts:
    codes: tuple[str, ...]
    missing: tuple[str, ...] = field(default=())


def shares(ventures: Iterable[Venture]) -> tuple[Share, ...]:
    """Return the share of every kind of actor, those that carry nothing too."""
    held = [one.kind for one in ventures]
    return tuple(Share(kind, held.count(kind), len(held)) for kind in ACTORS)


def _facts(contract: Contract) -> _Facts:
    clauses: tuple[tuple[str, str, bool | None], ...] = (
        ("no-public-interest-clause", "public_interest", contract.public_interest),
        ("no-exit-clause", "exit_clause", contract.exit_clause),
    )
    codes = [code for code, _, held in clauses if held is False]
    if contract.cap is None:
        codes.append("no-payment-cap")
    return _Facts(tuple(codes), tuple(name for _, name, held in clauses if held is None))


def judge_contract(contract: Contract, citation: Citation) -> Ruling:
    """Return whether a contract holds what it must; a clause nobody has spoken of is a missing fact, no breach."""
    facts = _facts(contract)
    outcome = "conditional" if facts.codes else "undetermined" if facts.missing else "permitted"
    return found(facts.codes, citation, outcome=outcome, missing=facts.missing)


def judge_payments(
    contracts: Mapping[str, Contract], payments: Sequence[Payment], citation: Citation
) -> tuple[Paid, ...]:
    """Return a ruling on every payment, in the order of day and id; what is refused does not count against the cap."""
    totals: dict[str, int] = {}
    paid = []
    for payment in sorted(payments, key=lambda one: (one.on, one.id)):
        contract, before = contracts[payment.contract], totals.get(payment.contract, 0)
        facts = _facts(contract)
        total = before + payment.fen
        codes = []
        if facts.codes:
            codes.append("contract-flawed")
        if not in_force(payment.on, contract.since, contract.until):
            codes.append("not-in-force")
        if contract.cap is not None and total > contract.cap:
            codes.append("over-cap")
        outcome = "refused" if codes else "undetermined" if facts.missing else "permitted"
        if outcome == "permitted":
            totals[payment.contract] = total
        told = {"count": from_fen(total), "most": from_fen(contract.cap or 0)}
        ruling = found(codes, citation, outcome=outcome, missing=() if codes else facts.missing, figures=told)
        paid.append(Paid(payment, totals.get(payment.contract, 0), ruling))
    return tuple(paid)
