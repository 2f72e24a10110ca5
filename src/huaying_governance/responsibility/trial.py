"""清单试算: what a new list would have answered to last year's assignments, and what a list's cases have tried.

An office sees by department what would change before a list takes effect, and which matters, refusals and boundary
days nobody has tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from attrs import frozen

from huaying_governance.kernel.ruling import Ruling
from huaying_governance.responsibility.algebra import edges
from huaying_governance.responsibility.assignments import NO_ADMISSIONS, AdmissionBook, Assignment
from huaying_governance.responsibility.matters import MatterList
from huaying_governance.responsibility.screening import Screener


@frozen
class Affected:
    """受影响的交办: an assignment that the new list answers otherwise."""

    asked: Assignment
    assigner: str
    before: Ruling
    after: Ruling


@frozen
class Impact:
    """影响: the assignments that change their answer, and by assigner the count of each change of outcome."""

    judged: int
    changed: tuple[Affected, ...]
    by_assigner: Mapping[str, Mapping[tuple[str, str], int]]


def impact(
    before: Screener, after: Screener, asked: Iterable[Assignment], admissions: AdmissionBook = NO_ADMISSIONS
) -> Impact:
    """Return what a new list would change for these assignments, by assigner.

    Outcome and codes count; a new wording or clause alone does not. Raises `Problems` for an unknown community.
    """
    changed: list[Affected] = []
    judged = 0
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for assignment in asked:
        judged += 1
        one, two = before.screen(assignment, admissions), after.screen(assignment, admissions)
        if (one.outcome, one.codes) != (two.outcome, two.codes):
            body = before.organisations.get(assignment.assigner or "")
            name = body.id if body is not None else assignment.assigner or ""
            changed.append(Affected(assignment, name, one, two))
            counts.setdefault(name, Counter())[one.outcome, two.outcome] += 1
    return Impact(judged, tuple(changed), counts)


@frozen
class Coverage:
    """试例覆盖: what the cases of a list have tried, and what they have not."""

    matters: frozenset[str]
    untried_matters: tuple[str, ...]
    codes: Mapping[str, int]
    untried_codes: tuple[str, ...]
    untried_days: tuple[tuple[str, date], ...]

    @property
    def complete(self) -> bool:
        """Whether every matter, every refusal and every boundary day has been tried."""
        return not (self.untried_matters or self.untried_codes or self.untried_days)


REFUSALS = (
    "prohibited",
    "not-listed",
    "not-in-force",
    "assigner-not-allowed",
    "community-not-covered",
    "funds-missing",
)


def coverage(screener: Screener, cases: Iterable[Assignment]) -> Coverage:
    """Return what a list's cases try: each matter, each code of refusal, each day at which a version begins or ends."""
    tried: dict[str, set[date]] = {}
    codes: Counter[str] = Counter()
    for case in cases:
        codes.update(screener.screen(case).codes)
        for line in screener.matters.find((case.matter or "").strip()):
            tried.setdefault(line.code, set()).add(case.date)
    known = screener.matters.codes
    days = tuple(
        (code, day)
        for code in known
        for day in edges(screener.matters.versions(code))
        if day not in tried.get(code, ())
    )
    return Coverage(
        frozenset(tried),
        tuple(code for code in known if code not in tried),
        codes,
        tuple(code for code in REFUSALS if code not in codes),
        days,
    )


@frozen
class Edition:
    """清单版本: a list as it was known from a moment on, until the next edition."""

    known_from: datetime
    matters: MatterList


@frozen
class History:
    """清单沿革: the editions of a list: what was in force, and what was known (生效与已知).

    A list adopted late, or mended, changes what counts for a day in the past; what was answered then stays answerable.
    """

    editions: tuple[Edition, ...]

    def known_at(self, moment: datetime) -> MatterList:
        """Return the list as it was known at a moment; an empty one before the first edition."""
        known = [edition for edition in self.editions if edition.known_from <= moment]
        return max(known, key=lambda edition: edition.known_from).matters if known else MatterList()
