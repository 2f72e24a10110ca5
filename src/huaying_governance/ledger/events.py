"""台账事件: everything that can have happened to an entry, as a closed union.

An event holds what was decided, deadlines included, so that replay needs neither calendar nor pack. `codec` gives
each class its stored name; a class without one there, or without a place in `evolve`, is a type error.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

from attrs import frozen

from huaying_governance.kernel.ruling import Ruling
from huaying_governance.ledger.terms import Terms


@frozen
class Deadline:
    """期限: the running clock (its index in the terms), the day it counts from, the days left, the due day.

    `days` None: the budget could not be reckoned; `due` None: the deadline lies beyond the calendar. `calendar` is
    the version of the calendar it was reckoned with.
    """

    clock: int
    anchor: date
    days: int | None
    due: date | None
    calendar: str = ""


@frozen
class Done:
    """What every action leaves: when, by whom, in which role."""

    at: datetime
    by: str
    role: str


@frozen
class Registered:
    """登记: the entry and the terms it will be followed up under."""

    at: datetime
    kind: str
    source: str
    category: str
    community: str
    summary: str
    petitioner: str
    terms: Terms
    deadline: Deadline | None


@frozen
class Accepted(Done):
    """受理. `met`: it meets the running deadline, `late` if that was missed; `deadline`: the clock it starts."""

    met: bool = False
    late: bool | None = None
    deadline: Deadline | None = None


@frozen
class Declined(Done):
    """不予受理. `met`: the answer met a deadline of its own; otherwise the clock ends unmet, `late` as it stood."""

    reason: str
    met: bool = False
    late: bool | None = None


@frozen
class Assigned(Done):
    """交办: the responsible lead and the handler."""

    lead: str
    handler: str
    deadline: Deadline | None = None


@frozen
class Scheduled(Done):
    """排期: a milestone so many days ahead; `due` None beyond the calendar."""

    days: int
    due: date | None
    note: str = ""


@frozen
class Progressed(Done):
    """办理进展."""

    note: str = ""


@frozen
class Extended(Done):
    """延期."""

    reason: str
    days: int
    deadline: Deadline


@frozen
class Held(Done):
    """挂账. `deadline`: the stopped clock and the days left; None where the terms know no stop."""

    reason: str
    deadline: Deadline | None = None


@frozen
class Resumed(Done):
    """恢复办理. `deadline`: the clock, running again; None where it never stopped or had already run out."""

    deadline: Deadline | None = None


@frozen
class Returned(Done):
    """退回."""

    reason: str


@frozen
class Transferred(Done):
    """转办."""

    lead: str
    handler: str
    reason: str


@frozen
class Merged(Done):
    """并案: the clock ends, `late` as it stood."""

    target: str
    late: bool | None = None


@frozen
class Replied(Done):
    """答复. `met`, `late`, `deadline`: as in `Accepted`."""

    evidence: str
    met: bool = False
    late: bool | None = None
    deadline: Deadline | None = None


@frozen
class Verified(Done):
    """核查通过. Not `satisfied`: a leader found the answer lawful and said why."""

    satisfied: bool
    reason: str = ""


@frozen
class SentBack(Done):
    """核查不通过: back to the handler."""

    reason: str = ""


@frozen
class StruckOff(Done):
    """销号."""


@frozen
class Reopened(Done):
    """重新办理. `assigned`: somebody had been responsible, and is again."""

    reason: str
    assigned: bool


@frozen
class Escalated(Done):
    """提级."""

    reason: str


@frozen
class Refused(Done):
    """不予办理: a command that was refused, kept as its answer; it changes nothing."""

    action: str
    ruling: Ruling


Event: TypeAlias = (
    Registered
    | Accepted
    | Declined
    | Assigned
    | Scheduled
    | Progressed
    | Extended
    | Held
    | Resumed
    | Returned
    | Transferred
    | Merged
    | Replied
    | Verified
    | SentBack
    | StruckOff
    | Reopened
    | Escalated
    | Refused
)
