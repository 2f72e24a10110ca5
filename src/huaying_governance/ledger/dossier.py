"""台账卷宗: what an entry gathers beside its state: records, milestones, call-backs, reviews, reminders, links.

Most entries have nothing here and share one empty dossier. The fold below looks at every event of the union, so that a
new event without a place in it is a type error.
"""

from __future__ import annotations

from datetime import date
from typing import assert_never

from attrs import evolve, frozen

from huaying_governance.ledger import events as ev
from huaying_governance.ledger.records import Hardship, Record


@frozen
class CallBack:
    """回访结果: who called, on which day, whether the petitioner was reached and is satisfied."""

    by: str
    on: date
    reached: bool
    satisfied: bool | None


@frozen
class Dossier:
    """卷宗. `milestones`: open ones, nearest last reached first; `rungs`: the reminders already given."""

    record: Record | None = None
    milestones: tuple[date, ...] = ()
    units: tuple[str, ...] = ()
    asked: int = 0
    answered: int = 0
    money_owed: bool = False
    call: CallBack | None = None
    obstacle: str = ""
    review_by: date | None = None
    renewals: int = 0
    informed: bool = False
    parent: str = ""
    repeats: str = ""
    escalations: int = 0
    reopened: int = 0
    rungs: tuple[str, ...] = ()

    @property
    def next_review(self) -> date | None:
        """The day by which a hold, else a household, must be reviewed."""
        if self.review_by is not None:
            return self.review_by
        return self.record.next_review if isinstance(self.record, Hardship) else None


EMPTY = Dossier()


LEAVE_EMPTY: frozenset[type] = frozenset(
    {ev.Accepted, ev.Assigned, ev.Progressed, ev.Replied, ev.Verified, ev.StruckOff}
)
"""What most entries only ever see: a replay need not look further while there is nothing in the dossier."""


def rung_key(timer: str, day: date, rung: str) -> str:
    """Return the name under which a rung is kept: one deadline of one timer reaches it at most once."""
    return f"{timer}@{day.isoformat()}/{rung}"


def enter(dossier: Dossier, event: ev.Event) -> Dossier:  # noqa: C901, PLR0912 - one case for each event of the union
    """Return the dossier after `event`."""
    match event:
        case ev.Scheduled() | ev.Progressed() | ev.Replied():
            return _milestone(dossier, event)
        case ev.Held() | ev.Resumed() | ev.HoldReviewed() | ev.Obstacle():
            return _hold(dossier, event)
        case ev.Recorded():
            return evolve(dossier, record=event.record)
        case ev.CoHandled():
            return evolve(dossier, units=event.units)
        case ev.ItemsAnswered():
            return evolve(dossier, asked=event.asked, answered=event.answered)
        case ev.FundsNoted():
            return evolve(dossier, money_owed=not event.paid)
        case ev.CalledBack():
            return evolve(dossier, call=CallBack(event.by, event.at.date(), event.reached, event.satisfied))
        case ev.Informed():
            return evolve(dossier, informed=True)
        case ev.Linked():
            return _linked(dossier, event)
        case ev.Reminded():
            return evolve(dossier, rungs=(*dossier.rungs, rung_key(event.timer, event.day, event.rung)))
        case ev.Merged() | ev.Reopened() | ev.Escalated():
            return _moved(dossier, event)
        case (
            ev.Registered()
            | ev.Accepted()
            | ev.Declined()
            | ev.Assigned()
            | ev.Extended()
            | ev.Returned()
            | ev.Transferred()
            | ev.Verified()
            | ev.SentBack()
            | ev.StruckOff()
            | ev.Refused()
            | ev.Reprojected()
        ):
            return dossier
        case _:
            assert_never(event)


def _milestone(dossier: Dossier, event: ev.Scheduled | ev.Progressed | ev.Replied) -> Dossier:
    """A step forward reaches the nearest milestone; a reply reaches them all, and asks for a new call-back."""
    if isinstance(event, ev.Scheduled):
        if event.due is None:
            return dossier
        return evolve(dossier, milestones=tuple(sorted((*dossier.milestones, event.due))))
    if isinstance(event, ev.Replied):
        return evolve(dossier, milestones=(), call=None) if dossier.milestones or dossier.call else dossier
    return evolve(dossier, milestones=dossier.milestones[1:]) if dossier.milestones else dossier


def _hold(dossier: Dossier, event: ev.Held | ev.Resumed | ev.HoldReviewed | ev.Obstacle) -> Dossier:
    match event:
        case ev.Held():
            return evolve(dossier, review_by=event.review_by, renewals=0)
        case ev.Resumed():
            return evolve(dossier, review_by=None, obstacle="")
        case ev.HoldReviewed():
            return evolve(dossier, review_by=event.next_by, renewals=dossier.renewals + 1)
        case ev.Obstacle():
            return evolve(dossier, obstacle=event.kind)


def _linked(dossier: Dossier, event: ev.Linked) -> Dossier:
    match event.relation:
        case "child":
            return evolve(dossier, parent=event.target)
        case "repeat":
            return evolve(dossier, repeats=event.target)
        case _:
            return dossier  # `merged`: the other entry's own history says what became of it


def _moved(dossier: Dossier, event: ev.Merged | ev.Reopened | ev.Escalated) -> Dossier:
    match event:
        case ev.Merged():
            return evolve(dossier, review_by=None, milestones=())
        case ev.Reopened():
            return evolve(dossier, reopened=dossier.reopened + 1, call=None, informed=False)
        case ev.Escalated():
            return evolve(dossier, escalations=dossier.escalations + 1)
