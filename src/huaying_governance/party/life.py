"""组织生活: activities, who was due and who came, what is credited to which branch, and what has not been held.

A joint activity (共过组织生活) is one activity credited to every branch that took part, and each head counts once in
it; so does a subject that several small groups (小型分散) took up. Quorum and majority are of those due, not of those
present.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_months


@frozen(kw_only=True)
class Attendance:
    """到会: one member due at one activity. `branch` is the member's own, `host` the one that holds the activity."""

    activity: str
    on: date
    kind: str
    topic: str
    community: str
    branch: str
    host: str
    person: str
    attended: bool
    agreed: bool | None = None


@frozen
class Frequency:
    """频次: a kind of activity is due once in so many months; `votes` where it takes a quorum."""

    kind: str
    months: int
    votes: bool
    citation: Citation


@frozen
class Activity:
    """活动 as held: those due, those who came and those who agreed, each head once; the branches credited with it."""

    id: str
    on: date
    kind: str
    topic: str
    due: int
    came: int
    agreed: int
    branches: tuple[str, ...]

    @property
    def quorate(self) -> bool:
        """Whether more than half of those due came."""
        return self.came * 2 > self.due

    @property
    def carried(self) -> bool:
        """Whether more than half of those due agreed, at a meeting with a quorum."""
        return self.quorate and self.agreed * 2 > self.due


def activities(held: Iterable[Attendance]) -> tuple[Activity, ...]:
    """Return every activity by day and id; a member whom both branches report counts once."""
    groups: dict[str, list[Attendance]] = {}
    for one in held:
        groups.setdefault(one.activity, []).append(one)
    made = [_activity(id_, lines) for id_, lines in groups.items()]
    return tuple(sorted(made, key=lambda one: (one.on, one.id)))


def _activity(id_: str, lines: list[Attendance]) -> Activity:
    first = lines[0]
    came = {one.person for one in lines if one.attended}
    agreed = {one.person for one in lines if one.attended and one.agreed is True}
    credited = {one.host for one in lines} | {one.branch for one in lines if one.attended}
    due = {one.person for one in lines}
    return Activity(
        id_, first.on, first.kind, first.topic, len(due), len(came), len(agreed), tuple(sorted(credited))
    )


def heads_by_topic(held: Iterable[Attendance]) -> dict[str, int]:
    """Return how many members each subject reached, each once however many groups took it up."""
    reached: dict[str, set[str]] = {}
    for one in held:
        if one.attended:
            reached.setdefault(one.topic, set()).add(one.person)
    return {topic: len(people) for topic, people in sorted(reached.items())}


@frozen
class Duty:
    """落实: whether a branch has held a kind of activity in its months, and when last."""

    branch: str
    frequency: Frequency
    last: date | None
    held: bool


def duties(held: Iterable[Attendance], frequencies: Iterable[Frequency], on: date) -> tuple[Duty, ...]:
    """Return, for every branch that stands anywhere, what it has held in time; without a quorum a vote is not held."""
    held = tuple(one for one in held if one.on <= on)
    branches = sorted({one.branch for one in held} | {one.host for one in held})
    made = activities(held)
    found = []
    for branch in branches:
        for frequency in frequencies:
            days = [
                one.on
                for one in made
                if one.kind == frequency.kind
                and branch in one.branches
                and (one.quorate or not frequency.votes)
            ]
            last = max(days, default=None)
            in_time = last is not None and add_months(last, frequency.months) > on
            found.append(Duty(branch, frequency, last, in_time))
    return tuple(found)


def toured(held: Iterable[Attendance], communities: Iterable[str]) -> dict[str, int]:
    """巡回宣讲: return how many lectures each community has had, nought where none."""
    lectures = {(one.activity, one.community) for one in held if one.kind == "tour"}
    return {place: sum(where == place for _, where in lectures) for place in communities}
