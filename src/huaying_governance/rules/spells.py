"""就业时段: facts that follow from spells of work: whether one covers the day, and how long the current run is.

Spells that count, with a gap of at most the tolerated days between them, are one run; overlapping and contained ones
merge. The gap is the days strictly between the latest end so far and the next start. This is the one meaning that
batch engines must repeat.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from attrs import field, frozen

from huaying_governance.kernel.dates import months_between
from huaying_governance.rules.model import readonly

if TYPE_CHECKING:
    from huaying_governance.rules.policy import Policy

Flag = bool | None


@frozen
class Spell:
    """就业时段: from `start` to `end` (inclusive; None: still running), with named flags (None: unknown)."""

    start: date
    end: date | None = None
    flags: Mapping[str, Flag] = field(factory=dict, converter=readonly, hash=False)

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the spell, its first and last day included."""
        return self.start <= day and (self.end is None or day <= self.end)


def derive(policy: Policy, spells: Iterable[Spell], on: date) -> dict[str, object]:
    """Return the facts of `policy` that are declared `from = "spells"`, as of `on`.

    A fact that spells with unknown flags could change is None.
    """
    known = tuple(spells)
    found: dict[str, object] = {}
    for name, fact in policy.facts.items():
        how = fact.derived
        if how is None:
            continue
        surely = [spell for spell in known if spell.flags.get(how.where)]
        perhaps = [spell for spell in known if spell.flags.get(how.where) is not False]
        gap = policy.parameters[how.gap_days].on(on) if how.gap_days else None
        days = int(gap.value) if gap is not None and not isinstance(gap.value, str | date) else 0
        least, most = _value(how.how, surely, on, days), _value(how.how, perhaps, on, days)
        found[name] = least if least == most else None
    return found


def _value(how: str, spells: list[Spell], on: date, gap_days: int) -> object:
    if how == "covers":
        return any(spell.covers(on) for spell in spells)
    start = run_start(spells, on, gap_days)
    return 0 if start is None else months_between(start, on)


def run_start(spells: Iterable[Spell], on: date, gap_days: int) -> date | None:
    """Return the first day of the run that contains `on`, or None where no run does."""
    start: date | None = None
    end: date | None = date.min
    for spell in sorted(spells, key=lambda each: (each.start, each.end is None, each.end or each.start)):
        if start is None or (end is not None and (spell.start - end) > timedelta(days=gap_days + 1)):
            if start is not None and start <= on and (end is None or on <= end):
                return start
            start, end = spell.start, spell.end
        elif end is not None:
            end = None if spell.end is None else max(end, spell.end)
    return start if start is not None and start <= on and (end is None or on <= end) else None
