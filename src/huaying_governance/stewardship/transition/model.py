"""村改居: a village on its way to an urban community: what is known of it, what is done, how it stands. Values only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import cast

from attrs import evolve, field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.rules import Policy
from huaying_governance.text import Text

SUBJECT = "village_transition"
"""The subject of the eligibility policy that holds a province's criteria."""
HANDOVER = ("party", "accounts", "archives", "seals", "personnel")
"""党组织、账目、档案、印章、人员: what is handed over before the community runs."""
NO_CRITERIA = Text("政策包没有村改居条件", "the pack states no criteria of the transition")
OUTSIDE = Text("户数{n}不在{low}至{high}之间", "{n} households, outside {low} to {high}")
CALLED = {"no-criteria": NO_CRITERIA, "size-outside": Text("户数超出范围", "size outside the range")}
NO_CRITERIA_CURE = Text(
    '在 policies/ 中增加 kind = "eligibility"、subject = "village_transition" 的政策；没有则写明批准文号',
    'add a policy of kind "eligibility" with subject = "village_transition"; without one name the document',
)


@frozen
class TransitionRules:
    """村改居规则: the clause of each step, and the households that a community should have."""

    farmland: Citation
    assets: Citation
    vote: Citation
    approval: Citation
    handover: Citation
    criteria: Citation
    size: Citation
    households: tuple[int, int]


@frozen(kw_only=True)
class Candidate:
    """候选村: a village and the community that it would become, from the day it was proposed."""

    village: str
    community: str
    at: datetime


@frozen(kw_only=True)
class Facts:
    """村情: what was established of a village on a day. None and what a policy's facts lack: nobody knows.

    `more` are facts that a place's own criteria ask for.
    """

    on: date
    farmland_settled: bool | None = None
    assets_audited: bool | None = None
    households: int | None = None
    more: Mapping[str, object] = field(factory=lambda: MappingProxyType({}))

    def named(self) -> Mapping[str, object]:
        """Return every known fact by name, as policies ask for it."""
        own = {
            "farmland_settled": self.farmland_settled,
            "assets_audited": self.assets_audited,
            "households": self.households,
        }
        return {**{name: value for name, value in own.items() if value is not None}, **self.more}


@frozen(kw_only=True)
class Obligation:
    """遗留事项: what was promised for the years after, due on a day; `done` None: still owed."""

    id: str
    item: str
    due: date
    done: date | None = None

    def open_on(self, day: date) -> bool:
        """Whether it is still owed on a day."""
        return self.done is None or self.done > day


@frozen(kw_only=True)
class Act:
    """办理: one act on a transition. `due`, `present`, `agreed` : the villagers' meeting; `items`: handed over."""

    action: str
    at: datetime
    actor: str
    role: str
    due: int | None = None
    present: int | None = None
    agreed: int | None = None
    items: tuple[str, ...] = ()
    reason: str = ""
    evidence: str = ""


def _nothing_known(_village: str, _day: date) -> Facts | None:
    return None


def _nothing_owed(_village: str) -> Sequence[Obligation]:
    return ()


@frozen
class Terms:
    """村改居依据: the rules, the criteria (None: the pack has none), the facts by village and day, what is still owed.

    `owed` gives the obligations of the transition of a village.
    """

    rules: TransitionRules
    criteria: Policy | None = None
    facts: Callable[[str, date], Facts | None] = _nothing_known
    owed: Callable[[str], Sequence[Obligation]] = _nothing_owed


@frozen(kw_only=True)
class Standing:
    """村改居现状. `handed` is what was handed over so far, `approval` the document of the county."""

    candidate: Candidate
    last_at: datetime
    state: str = "candidate"
    handed: tuple[str, ...] = ()
    approval: str = ""


def opened(candidate: Candidate) -> Standing:
    """Return how a village stands when it is a candidate."""
    return Standing(candidate=candidate, last_at=candidate.at)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a village stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "approve":
            return evolve(moved, approval=act.evidence)
        case "hand_over":
            return evolve(moved, handed=tuple(dict.fromkeys((*standing.handed, *act.items))))
        case _:
            return moved


def criteria_of(policies: Iterable[Policy]) -> Policy | None:
    """Return the policy that holds a place's criteria; None where it has none, as in Sichuan by default."""
    return next(
        (policy for policy in policies if policy.kind == "eligibility" and policy.subject == SUBJECT), None
    )


def assess(facts: Facts | None, terms: Terms, on: date) -> Ruling:
    """评估: return whether a village meets the criteria in force on a day: eligible, ineligible or undetermined.

    Without criteria, or without any facts, nothing is determined; it is never a silent no.
    """
    if terms.criteria is None:
        ground = Ground(NO_CRITERIA, "no-criteria", terms.rules.criteria)
        return Ruling("undetermined", (ground,), (), (Remedy("no-criteria", NO_CRITERIA_CURE),))
    named = facts.named() if facts is not None else {}
    known = {name: value for name, value in named.items() if name in terms.criteria.facts}
    return cast(Ruling, terms.criteria.decide(known, on))
