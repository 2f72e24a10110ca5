"""违规下派: every refused assignment is a record; by assigner and channel, escalated to the conference by threshold.

Detectors look for what single rulings cannot show: work that comes unlisted or unfunded as a habit, the same data
asked for by several departments, a refused matter tried again under another name, emergencies that never end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from attrs import frozen

from huaying_governance.kernel.ruling import Ruling
from huaying_governance.responsibility.assignments import Assignment
from huaying_governance.responsibility.gate import Threshold
from huaying_governance.responsibility.matching import core, longest_common
from huaying_governance.responsibility.request import Standing
from huaying_governance.text import Text

Judged = tuple[Assignment, Ruling]


@frozen
class Rate:
    """比率: `part` of `whole`. There is no rate of nothing: `value` is then None, never zero."""

    part: int
    whole: int

    @property
    def value(self) -> Fraction | None:
        """The rate as an exact fraction, None where nothing is counted."""
        return Fraction(self.part, self.whole) if self.whole else None


@frozen
class Violation:
    """违规下派记录: an assignment that was refused, by whom, through which channel, for which reasons."""

    assignment: str
    on: date
    assigner: str
    community: str
    matter: str
    title: str
    channel: str
    codes: tuple[str, ...]


def violations(judged: Iterable[Judged]) -> tuple[Violation, ...]:
    """Return a record of each assignment that was refused, in the order given."""
    return tuple(
        Violation(
            asked.id,
            asked.date,
            asked.assigner or "",
            asked.community,
            (asked.matter or "").strip(),
            (asked.title or "").strip(),
            asked.channel,
            ruling.codes,
        )
        for asked, ruling in judged
        if ruling.outcome == "refused"
    )


def by_assigner(records: Iterable[Violation]) -> Mapping[tuple[str, str], int]:
    """Return the number of violations by assigner and channel, the most first."""
    return dict(Counter((record.assigner, record.channel) for record in records).most_common())


@frozen
class Escalation:
    """提交联席会议: violations of one assigner that reached the threshold together, the oldest first."""

    assigner: str
    records: tuple[Violation, ...]

    @property
    def id(self) -> str:
        """What names it: the first of its violations, which later ones do not change."""
        return f"violation:{self.records[0].assignment}"

    def say(self) -> Text:
        """Return the matter for the conference's agenda."""
        days = (self.records[-1].on - self.records[0].on).days
        return Text(
            f"{self.assigner}在{days}天内违规下派{len(self.records)}次，提请联席会议研究",
            f"{self.assigner} assigned against the list {len(self.records)} times within {days} days",
        )


def escalations(records: Iterable[Violation], threshold: Threshold) -> tuple[Escalation, ...]:
    """Return, by assigner, every run of violations that reaches the threshold within its days.

    A run begins with the first violation that is followed by enough others in time, and takes all that lie within the
    days of its beginning; the next begins after it. A violation belongs to one run at most, and later violations
    never take a run back.
    """
    held: dict[str, list[Violation]] = {}
    for record in sorted(records, key=lambda record: (record.on, record.assignment)):
        held.setdefault(record.assigner, []).append(record)
    return tuple(Escalation(who, run) for who, mine in held.items() for run in _runs(mine, threshold))


def _runs(records: Sequence[Violation], threshold: Threshold) -> Iterator[tuple[Violation, ...]]:
    start = end = 0
    while start < len(records):
        last = records[start].on + timedelta(days=threshold.days)
        while end < len(records) and records[end].on <= last:
            end += 1
        if end - start >= threshold.count:
            yield tuple(records[start:end])
            start = end
        else:
            start += 1


# Detectors


def unlisted_rates(judged: Iterable[Judged]) -> Mapping[str, Rate]:
    """Return by assigner how many of its assignments were on no list and not admitted."""
    return _rates((asked.assigner or "", "not-listed" in ruling.codes) for asked, ruling in judged)


def unfunded_rates(judged: Iterable[Judged]) -> Mapping[str, Rate]:
    """Return by assigner how many of its assignments came without the funds that must follow, or a word of them.

    Counted among those whose funds were stated or had to be.
    """
    codes = frozenset({"funds-missing", "missing:funding"})
    return _rates(
        (asked.assigner or "", not codes.isdisjoint(ruling.codes))
        for asked, ruling in judged
        if asked.funding is not None or not codes.isdisjoint(ruling.codes)
    )


def _rates(marks: Iterable[tuple[str, bool]]) -> Mapping[str, Rate]:
    whole: Counter[str] = Counter()
    part: Counter[str] = Counter()
    for assigner, mark in marks:
        whole[assigner] += 1
        part[assigner] += mark
    return {assigner: Rate(part[assigner], whole[assigner]) for assigner in whole}


def monthly(judged: Iterable[Judged]) -> Mapping[tuple[str, str, str], int]:
    """Return the number of assignments by community, month (`2026-03`) and assigner."""
    return Counter((asked.community, f"{asked.date:%Y-%m}", asked.assigner or "") for asked, _ in judged)


@frozen
class Form:
    """报表: a form that an assigner asks a community to fill in, and its fields."""

    assigner: str
    name: str
    fields: tuple[str, ...]


@frozen
class Repeated:
    """重复填报: a field that several assigners ask for, each in a form of its own."""

    field: str
    assigners: tuple[str, ...]


def repeated_fields(forms: Iterable[Form]) -> tuple[tuple[Repeated, ...], Rate]:
    """Return the fields that more than one assigner asks for, and their share of all fields."""
    asked: dict[str, dict[str, None]] = {}
    for form in forms:
        for name in form.fields:
            asked.setdefault(core(name) or name, {})[form.assigner] = None
    found = tuple(Repeated(name, tuple(who)) for name, who in asked.items() if len(who) > 1)
    return found, Rate(len(found), len(asked))


@frozen
class Disguise:
    """改头换面: a violation that resembles an earlier one of the same assigner, under another name."""

    first: Violation
    again: Violation
    likeness: Fraction


def disguises(
    records: Iterable[Violation], *, within: int = 180, likeness: Fraction = Fraction(3, 5)
) -> Iterator[Disguise]:
    """Yield violations that repeat, under another name, what the same assigner was refused within so many days before.

    Likeness is the longest common subsequence over the longer name; a hint to look, never a finding of fact.
    """
    earlier: dict[str, list[Violation]] = {}
    for record in sorted(records, key=lambda record: (record.on, record.assignment)):
        mine = earlier.setdefault(record.assigner, [])
        name = core(record.title or record.matter)
        for first in reversed(mine):
            if record.on - first.on > timedelta(days=within):
                break
            other = core(first.title or first.matter)
            alike = Fraction(len(longest_common(name, other)), max(len(name), len(other), 1))
            if likeness <= alike and (first.matter, other) != (record.matter, name):
                yield Disguise(first, record, alike)
                break
        mine.append(record)


def overstays(standings: Iterable[Standing], on: date) -> tuple[Standing, ...]:
    """Return the emergencies that have outlived their order or their days, or whose review is overdue."""
    return tuple(
        held
        for held in standings
        if held.state in {"emergency", "lapsed"}
        and (
            (held.expires is not None and held.expires < on)
            or (held.review_by is not None and held.review_by < on)
        )
    )
