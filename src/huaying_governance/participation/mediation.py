"""人民调解: a dispute, what is done about it, how it stands, and the clock of joint judicial confirmation (司法确认).

Values only; `mediating` has the rules. The parties are references, and no result names them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from attrs import evolve, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.procedure.clock import deadline

Form = Literal["written", "oral"]


@frozen(kw_only=True)
class Dispute:
    """纠纷: brought by a party (`applied`) or found by the committee (`found`)."""

    community: str
    kind: str
    origin: str
    parties: tuple[str, ...]
    at: datetime


@frozen(kw_only=True)
class Act:
    """调解办理: one act on a dispute. `joint`: all parties ask the court together; `confirmed`: what it decided."""

    action: str
    at: datetime
    actor: str
    role: str
    form: str = ""
    joint: bool | None = None
    confirmed: bool | None = None
    reason: str = ""
    evidence: str = ""


@frozen(kw_only=True)
class MediationRules:
    """调解规则 of a pack: the days for joint confirmation, what is not mediated or not confirmed, and the clauses."""

    confirm_days: int
    roll: bool
    not_mediated: tuple[str, ...]
    not_confirmed: tuple[str, ...]
    consent: Citation
    excluded: Citation
    opened: Citation
    agreement: Citation
    confirmation: Citation
    confirmable: Citation
    channels: Citation
    escalation: Citation


@frozen
class Terms:
    """调解期限: the rules and the calendar."""

    rules: MediationRules
    calendar: Calendar


@frozen(kw_only=True)
class Standing:
    """纠纷的现状. `effective_on`: the day of the agreement; `warned`: it may grow, and that is not reported yet."""

    dispute: Dispute
    state: str = "found"
    moved_at: datetime | None = None
    consented: frozenset[str] = frozenset()
    open_to: frozenset[str] = frozenset()
    opened: bool = False
    form: str = ""
    signed: frozenset[str] = frozenset()
    mediator_signed: bool = False
    effective_on: date | None = None
    applied_on: date | None = None
    confirmed: bool = False
    supervised: int = 0
    warned: bool = False

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.dispute.at

    @property
    def parties(self) -> frozenset[str]:
        """Everybody whose dispute it is."""
        return frozenset(self.dispute.parties)


def opened(dispute: Dispute) -> Standing:
    """Return how a dispute stands when it is entered."""
    return Standing(dispute=dispute)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a dispute stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, moved_at=act.at)
    effective = day_of(act.at) if state == "effective" and standing.effective_on is None else None
    if effective is not None:
        moved = evolve(moved, effective_on=effective)
    match act.action:
        case "consent":
            return evolve(moved, consented=standing.consented | {act.actor})
        case "agree_open":
            return evolve(moved, open_to=standing.open_to | {act.actor})
        case "hold_open":
            return evolve(moved, opened=True)
        case "settle":
            return evolve(moved, form=act.form)
        case "sign" if act.role == "party":
            return evolve(moved, signed=standing.signed | {act.actor})
        case "sign":
            return evolve(moved, mediator_signed=True)
        case "apply_court":
            return evolve(moved, applied_on=day_of(act.at))
        case "court_decision":
            kept = standing.applied_on if act.confirmed else None
            return evolve(moved, applied_on=kept, confirmed=act.confirmed is True)
        case "supervise":
            return evolve(moved, supervised=standing.supervised + 1)
        case "warn" | "report":
            return evolve(moved, warned=act.action == "warn")
        case _:
            return moved


def confirm_by(standing: Standing, terms: Terms) -> date | None:
    """Return the last day on which the parties may jointly ask the court to confirm (司法确认).

    Counted in natural days from the day the agreement took effect, that day excluded; a last day on a holiday rolls to
    the next working day where the pack says so. None without an agreement in effect, and beyond the calendar.
    """
    if standing.effective_on is None:
        return None
    rules = terms.rules
    return deadline(
        terms.calendar, standing.effective_on, rules.confirm_days, "natural_days", roll=rules.roll
    )


def confirmable(standing: Standing, rules: MediationRules) -> bool:
    """Whether a court would confirm an agreement on such a dispute at all."""
    return standing.dispute.kind not in rules.not_confirmed


def tells_channels(standing: Standing) -> bool:
    """Whether the parties must be told of other ways: it stopped, failed, or was not carried out."""
    return standing.state in {"refused", "declined", "failed", "breached"}
