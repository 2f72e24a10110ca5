"""台账事件: everything that can have happened to an entry, as a closed union.

What may hold personal text is not in their `repr`. Events pass through; they are not kept. So they have no slots: a
frozen value with slots takes half as long again.

An event holds what was decided, deadlines included, so that replay needs neither calendar nor pack. `codec` gives
each class its stored name; a class without one there, or without a place in `evolve`, is a type error.
"""

# Long: a closed union stands in one place.

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

from attrs import field, frozen

from huaying_governance.kernel.ruling import Ruling
from huaying_governance.ledger.records import Record
from huaying_governance.ledger.terms import Terms


@frozen(slots=False)
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


@frozen(slots=False)
class Done:
    """What every action leaves: when, by whom, in which role."""

    at: datetime
    by: str
    role: str


@frozen(slots=False)
class Registered:
    """登记: the entry and the terms it will be followed up under."""

    at: datetime
    kind: str
    source: str
    category: str
    community: str
    summary: str = field(repr=False)
    petitioner: str = field(repr=False)
    terms: Terms
    deadline: Deadline | None


@frozen(slots=False)
class Accepted(Done):
    """受理. `met`: it meets the running deadline, `late` if that was missed; `deadline`: the clock it starts."""

    met: bool = False
    late: bool | None = None
    deadline: Deadline | None = None


@frozen(slots=False)
class Declined(Done):
    """不予受理. `met`: the answer met a deadline of its own; otherwise the clock ends unmet, `late` as it stood."""

    reason: str = field(repr=False)
    met: bool = False
    late: bool | None = None


@frozen(slots=False)
class Assigned(Done):
    """交办: the responsible lead and the handler, and until when they may return it (None: not known)."""

    lead: str
    handler: str
    return_by: date | None


@frozen(slots=False)
class Scheduled(Done):
    """排期: a milestone so many days ahead; `due` None beyond the calendar."""

    days: int
    due: date | None
    note: str = field(default="", repr=False)


@frozen(slots=False)
class Progressed(Done):
    """办理进展."""

    note: str = field(default="", repr=False)


@frozen(slots=False)
class Extended(Done):
    """延期."""

    reason: str = field(repr=False)
    days: int
    deadline: Deadline


@frozen(slots=False)
class Held(Done):
    """挂账. `deadline`: the stopped clock and the days left; None where the terms know no stop.

    `review_by`: the day by which the obstacle must be looked at again.
    """

    reason: str = field(repr=False)
    deadline: Deadline | None = None
    review_by: date | None = None


@frozen(slots=False)
class Resumed(Done):
    """恢复办理. `deadline`: the clock, running again; None where it never stopped or had already run out."""

    deadline: Deadline | None = None


@frozen(slots=False)
class Returned(Done):
    """退回."""

    reason: str = field(repr=False)


@frozen(slots=False)
class Transferred(Done):
    """转办: as `Assigned`, with the reason."""

    lead: str
    handler: str
    return_by: date | None
    reason: str = field(repr=False)


@frozen(slots=False)
class Merged(Done):
    """并案: the clock ends, `late` as it stood."""

    target: str
    late: bool | None = None


@frozen(slots=False)
class Replied(Done):
    """答复. `met`, `late`, `deadline`: as in `Accepted`."""

    evidence: str = field(repr=False)
    met: bool = False
    late: bool | None = None
    deadline: Deadline | None = None


@frozen(slots=False)
class Verified(Done):
    """核验通过. Not `satisfied`: a leader found the answer lawful and said why."""

    satisfied: bool
    reason: str = field(default="", repr=False)


@frozen(slots=False)
class SentBack(Done):
    """核验不通过: back to the handler."""

    reason: str = field(default="", repr=False)


@frozen(slots=False)
class StruckOff(Done):
    """销号."""


@frozen(slots=False)
class Reopened(Done):
    """重新办理. `assigned`: somebody had been responsible, and is again."""

    reason: str = field(repr=False)
    assigned: bool


@frozen(slots=False)
class Escalated(Done):
    """提级."""

    reason: str = field(repr=False)


@frozen(slots=False)
class Refused(Done):
    """不予办理: a command that was refused, kept as its answer; it changes nothing."""

    action: str
    ruling: Ruling


# ------------------------------------------------------------------------- notes: they move no state and no clock


@frozen(slots=False)
class Recorded(Done):
    """补充专有内容: the ledger's own record, anew."""

    record: Record


@frozen(slots=False)
class CoHandled(Done):
    """协办: the units that help, all of them."""

    units: tuple[str, ...]


@frozen(slots=False)
class ItemsAnswered(Done):
    """逐项回应: how many things were asked for, and to how many the reply answers."""

    asked: int
    answered: int


@frozen(slots=False)
class FundsNoted(Done):
    """资金: money was promised, or has been paid out."""

    paid: bool


@frozen(slots=False)
class CalledBack(Done):
    """回访: by somebody else than the handler; `satisfied` only of who was reached."""

    reached: bool
    satisfied: bool | None = None


@frozen(slots=False)
class Obstacle(Done):
    """挂账理由: what stands in the way (legal, planning, funds), and what helps meanwhile."""

    kind: str
    interim_help: str


@frozen(slots=False)
class HoldReviewed(Done):
    """挂账复核: the obstacle is still there; the next review is due by `next_by`."""

    reason: str = field(repr=False)
    next_by: date


@frozen(slots=False)
class Informed(Done):
    """告知: the petitioner of a merged or repeated entry got the answer of the entry it refers to."""

    evidence: str = field(repr=False)


@frozen(slots=False)
class Linked(Done):
    """关联: this entry is a child of another (`child`), or repeats one already answered (`repeat`).

    `merged` is noted by a merger itself, in the entry that it goes into.
    """

    relation: str
    target: str


@frozen(slots=False)
class Reminded(Done):
    """提醒: a rung of a timer was reached; each rung of each deadline at most once."""

    timer: str
    day: date
    rung: str


@frozen(slots=False)
class Reprojected(Done):
    """期限重算: the calendar has grown or changed, and with it the deadline."""

    deadline: Deadline


Note: TypeAlias = (
    Recorded
    | CoHandled
    | ItemsAnswered
    | FundsNoted
    | CalledBack
    | Obstacle
    | HoldReviewed
    | Informed
    | Linked
)
"""What users may add to an entry besides its actions."""

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
    | Note
    | Reminded
    | Reprojected
)
