"""签到: sessions and who signed in; attendances and persons counted apart, and what looks odd, found by queries.

An attendance (人次) is one person in one session, however often signed in; a person counts once over all sessions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from attrs import frozen

from huaying_governance.employment.training import TrainingRules
from huaying_governance.text import Text

T = TypeVar("T")
FINDINGS: Mapping[str, Text] = {
    "two-classes": Text("同时参加两班", "in two sessions at once"),
    "sign-in-burst": Text("集中签到", "burst of sign-ins"),
    "teacher-overlap": Text("教师时间重叠", "teacher in two sessions at once"),
    "not-enrolled": Text("未报名签到", "signed in, not enrolled"),
    "never-came": Text("从未到课", "enrolled, never came"),
}


@frozen(kw_only=True)
class Session:
    """培训场次: one sitting of a specialty; `training_class` is empty for one that belongs to no class."""

    id: str
    specialty: str
    training_class: str
    teacher: str
    practice: bool
    start: datetime
    end: datetime

    def lessons(self, minutes: int) -> int:
        """Return the whole lessons of so many minutes."""
        return int((self.end - self.start).total_seconds()) // 60 // minutes


@frozen(kw_only=True)
class SignIn:
    """签到记录: who came when; `out` is unknown where nobody signed out."""

    session: str
    person: str
    at: datetime
    out: datetime | None = None


@frozen
class Finding:
    """核查线索: what looks odd: its code, the sessions, and how many records it is about. Never a verdict."""

    code: str
    sessions: tuple[str, ...]
    subject: str
    records: int


@frozen
class Turnout:
    """参训规模: specialties, sessions, attendances and persons, each counted for itself."""

    specialties: int
    sessions: int
    attendances: int
    persons: int


def turnout(sessions: Iterable[Session], signins: Iterable[SignIn]) -> Turnout:
    """Return how many specialties, sessions, attendances and persons there were; sign-ins elsewhere do not count."""
    held = {one.id: one for one in sessions}
    seen = {(one.session, one.person) for one in signins if one.session in held}
    trades = {one.specialty for one in held.values()}
    return Turnout(len(trades), len(held), len(seen), len({person for _, person in seen}))


def overlapping(spans: Iterable[tuple[datetime, datetime, T]]) -> Iterator[tuple[T, T]]:
    """Yield every pair of spans that share time; those that only touch do not."""
    running: list[tuple[datetime, T]] = []
    for start, end, what in sorted(spans, key=lambda span: (span[0], span[1])):
        running = [(until, other) for until, other in running if until > start]
        yield from ((other, what) for _, other in running)
        if end > start:
            running.append((end, what))


def teacher_overlaps(sessions: Iterable[Session]) -> Iterator[Finding]:
    """Yield each pair of sessions that one teacher gave at the same time."""
    by_teacher: dict[str, list[Session]] = {}
    for one in sessions:
        by_teacher.setdefault(one.teacher, []).append(one)
    for teacher, own in sorted(by_teacher.items()):
        for first, second in overlapping((one.start, one.end, one.id) for one in own):
            yield Finding("teacher-overlap", (first, second), teacher, 2)


def two_classes(sessions: Iterable[Session], signins: Iterable[SignIn]) -> Iterator[Finding]:
    """Yield each pair of sessions at the same time in which one person signed in."""
    held = {one.id: one for one in sessions}
    attended: dict[str, set[str]] = {}
    for one in signins:
        if one.session in held:
            attended.setdefault(one.person, set()).add(one.session)
    for person, ids in sorted(attended.items()):
        own = [held[id_] for id_ in sorted(ids)]
        for first, second in overlapping((one.start, one.end, one.id) for one in own):
            yield Finding("two-classes", (first, second), person, 2)


def bursts(signins: Iterable[SignIn], rules: TrainingRules) -> Iterator[Finding]:
    """Yield each session in which so many signed in within so few seconds, with the most that did."""
    moments: dict[str, list[datetime]] = {}
    for one in signins:
        moments.setdefault(one.session, []).append(one.at)
    span = timedelta(seconds=rules.burst_seconds)
    for session, held in sorted(moments.items()):
        most = _densest(sorted(held), span)
        if most >= rules.burst_signins:
            yield Finding("sign-in-burst", (session,), "", most)


def _densest(moments: Sequence[datetime], span: timedelta) -> int:
    most = first = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


def strangers(
    sessions: Iterable[Session], signins: Iterable[SignIn], enrolled: Mapping[str, frozenset[str]]
) -> Iterator[Finding]:
    """Yield each class with sign-ins of persons who are not enrolled, and with trainees who never came."""
    home = {one.id: one.training_class for one in sessions if one.training_class}
    came: dict[str, set[str]] = {name: set() for name in home.values()}
    for one in signins:
        if one.session in home:
            came[home[one.session]].add(one.person)
    for name, persons in sorted(came.items()):
        listed = enrolled.get(name, frozenset())
        own = tuple(sorted(id_ for id_, where in home.items() if where == name))
        if strange := persons - listed:
            yield Finding("not-enrolled", own, name, len(strange))
        if absent := listed - persons:
            yield Finding("never-came", own, name, len(absent))


def findings(
    sessions: Sequence[Session],
    signins: Sequence[SignIn],
    enrolled: Mapping[str, frozenset[str]],
    rules: TrainingRules,
) -> tuple[Finding, ...]:
    """Return everything that looks odd in the records; somebody must look before anything follows from it."""
    return (
        *two_classes(sessions, signins),
        *bursts(signins, rules),
        *teacher_overlaps(sessions),
        *strangers(sessions, signins, enrolled),
    )
