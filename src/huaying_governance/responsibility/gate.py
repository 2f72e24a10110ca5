"""准入口: what a place says about the gate itself: the clauses, who admits, who is asked, the days of a review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.dates import in_force
from huaying_governance.text import Text

Clauses = tuple[Citation, ...]
DEFAULT = Citation(Source("default", Text("本库默认值", "library default"), "default"))


def current(clauses: Clauses, on: date) -> Citation | None:
    """Return the first clause whose source is in force on a day, None where none is."""
    return next((held for held in clauses if in_force(on, held.source.since, held.source.until)), None)


@frozen
class Threshold:
    """上报门槛: `count` violations of one assigner within `days` days go to the conference, and by which rule."""

    count: int = 3
    days: int = 90
    basis: Citation = DEFAULT


@frozen
class Gate:
    """What rulings cite and offer beyond the matter itself.

    `unlisted`: why work outside the list may be refused; `emergency`: the duty to help in one; `review`: the clause
    of its review after `review_days` working days; `funding`: by kind of community, the laws that make the
    delegating department pay (费随事转). Each is a row of clauses, of which the one in force on the day is cited.
    `decides`, `asks`, `reports`: who admits, who must be asked, to whom a violation is reported. `threshold`: when
    violations go to the conference. A pack that says
    nothing of its gate has this library's defaults, and they say so.
    """

    unlisted: Clauses = (DEFAULT,)
    emergency: Clauses = (DEFAULT,)
    review: Clauses = (DEFAULT,)
    review_days: int = 10
    funding: Mapping[str, Clauses] = field(factory=dict, hash=False)
    decides: str = "联席会议"
    asks: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    threshold: Threshold = Threshold()

    def funding_law(self, kind: str, on: date) -> Citation | None:
        """Return the clause that makes the delegating department pay, None where no law does."""
        return current(self.funding.get(kind, ()), on)
