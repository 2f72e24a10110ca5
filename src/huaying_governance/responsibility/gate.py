"""准入口: what a place says about the gate itself: the clauses, who admits, who is asked, the days of a review."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from huaying_governance.kernel.citation import Citation


@frozen
class FundingDuty:
    """费随事转: from when the law makes the delegating department pay, for one kind of community."""

    kind: str
    citation: Citation
    since: date | None = None
    until: date | None = None

    def applies(self, kind: str, on: date) -> bool:
        """Whether the duty holds for a community of `kind` on a day."""
        started = self.since is None or self.since <= on
        return kind == self.kind and started and (self.until is None or on <= self.until)


@frozen
class Gate:
    """What rulings cite and offer beyond the matter itself.

    `unlisted`: why work outside the list may be refused; `emergency`: the duty to help in one; `review`: the clause
    of its review after `review_days` working days; `decides`, `asks`, `reports`: who admits, who must be asked, to
    whom a violation is reported (ids or names).
    """

    unlisted: Citation
    emergency: Citation
    review: Citation
    review_days: int = 10
    funding: tuple[FundingDuty, ...] = ()
    decides: str = ""
    asks: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()

    def funding_law(self, kind: str, on: date) -> Citation | None:
        """Return the clause that makes the delegating department pay, None where no law does."""
        return next((duty.citation for duty in self.funding if duty.applies(kind, on)), None)
