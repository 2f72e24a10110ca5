"""待列入议题: what waits for the joint conference: whatever the store knows as escalated and no agenda item refers to.

Violations that reached the threshold, ledger entries, whistles, disputes over the boundary and overdue resolutions
that were escalated, and what was settled by circulation and is to be confirmed. Each line can be copied into the
table of items. An item that its proposer withdrew refers to nothing; one that is older than a matter's last
escalation does not refer to that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from attrs import frozen

from huaying_governance.casework import Casebook, Casework
from huaying_governance.conference import Office, fate
from huaying_governance.conference.trace import KINDS
from huaying_governance.flows import violations
from huaying_governance.flows.conference.meetings import PARENTS, office_of
from huaying_governance.flows.desk import Desk, Report, Run
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.ledger import LedgerBook, events
from huaying_governance.party import whistling
from huaying_governance.procedure.table import Command, Subject
from huaying_governance.responsibility import Escalation, escalations
from huaying_governance.stewardship import dispute
from huaying_governance.tables.specs import conference as specs
from huaying_governance.text import Lang, Text

S = TypeVar("S", bound=Subject)
A = TypeVar("A", bound=Command)
CIRCULATION = "circulation"
TITLES: Mapping[str, Text] = {
    "entry": Text("台账条目{id}提请研究", "entry {id} of the ledger"),
    "whistle": Text("社区吹哨{id}提请研究", "whistle {id}"),
    "dispute": Text("权责争议{id}提请裁定", "dispute {id} over the boundary"),
    "resolution": Text("议定事项{id}已提级督办", "resolution {id}, overdue and escalated"),
    CIRCULATION: Text("传签议定的议题{id}待会议确认", "item {id}, settled by circulation, to be confirmed"),
}


@frozen
class Waiting:
    """待研究事项: one matter; `references` are its ids, `sponsor` who may propose it, `reason` why it was escalated.

    `about` says in both languages what it is; `own` is what the office called it, where it did.
    """

    kind: str
    references: tuple[str, ...]
    about: Text
    since: date
    citation: Citation
    sponsor: str = ""
    concerned: tuple[str, ...] = ()
    reason: str = ""
    own: str = ""

    @property
    def title(self) -> str:
        """A title for the agenda, in the words of the office's own tables."""
        return self.own or self.about.zh

    def say(self, lang: Lang) -> str:
        """Return what it is and why it was escalated."""
        told = self.about.say(lang)
        return f"{told}{Text('：', ': ').say(lang)}{self.reason}" if self.reason else told


def waiting(run: Run, office: Office) -> tuple[Waiting, ...]:
    """Return what waits on the day of the case, the longest wait first."""
    referred = _referred(office)
    found = [*_violations(run, referred)]
    for one in (*_entries(run, office), *_whistles(run, office), *_disputes(run, office), *_overdue(office)):
        known = referred.get((one.kind, one.references[0]))
        if known is None or known < one.since:
            found.append(one)
    found.extend(_unconfirmed(office))
    due = (one for one in found if one.since <= run.case.on)
    return tuple(sorted(due, key=lambda one: (one.since, one.kind, one.references)))


def _book(run: Run, work: Casework[Any, S, A, Any]) -> Casebook[Any, S, A, Any]:
    """Return a book that is only read: nothing in it asks what the guards need."""
    return Casebook(run.store, work, None)


def _referred(office: Office) -> Mapping[tuple[str, str], date]:
    """Return what items of the agenda refer to, each with the day of the last of them."""
    found: dict[tuple[str, str], date] = {}
    for _, one in office.items.all():
        if one.state != "withdrawn":
            for reference in one.item.references:
                key = one.item.reference_kind, reference
                found[key] = max(found.get(key, date.min), one.item.on)
    return found


def _violations(run: Run, referred: Mapping[tuple[str, str], date]) -> Iterator[Waiting]:
    """Yield the runs of violations that reached the threshold, with those of them that no item refers to."""
    threshold = run.case.pack.screener.gate.threshold
    known = [one for one in violations.Register(run).all() if one.assigner]
    for each in escalations(known, threshold):
        left = tuple(one for one in each.records if ("violation", one.assignment) not in referred)
        if not left:
            continue
        named = Escalation(violations.name_of(run, each.assigner), each.records)
        yield Waiting(
            "violation",
            tuple(one.assignment for one in left),
            named.say(),
            left[-1].on,
            threshold.basis,
            concerned=tuple(sorted({one.community for one in left})),
        )


def _entries(run: Run, office: Office) -> Iterator[Waiting]:
    book = LedgerBook(run.store, run.case.pack, run.case.calendar)
    for view in book.escalated():
        acts = [one for one in book.history(view.id) if isinstance(one, events.Escalated)]
        yield Waiting(
            "entry",
            (view.id,),
            TITLES["entry"].fill(id=view.id),
            day_of(acts[-1].at),
            office.rules.consulting,
            sponsor=view.live.lead,
            concerned=(view.facts.community,),
            reason=acts[-1].reason,
        )


def _whistles(run: Run, office: Office) -> Iterator[Waiting]:
    for id_, one in _book(run, whistling.WHISTLES).all():
        if one.state == "escalated" and one.last_at is not None:
            yield Waiting(
                "whistle",
                (id_,),
                TITLES["whistle"].fill(id=id_),
                day_of(one.last_at),
                office.rules.consulting,
                sponsor=one.whistle.community,
                concerned=(one.whistle.community,),
                reason=one.reason,
            )


def _disputes(run: Run, office: Office) -> Iterator[Waiting]:
    book = _book(run, dispute.DISPUTES)
    for id_, one in book.all():
        if one.state == "escalated":
            yield Waiting(
                "dispute",
                (id_,),
                TITLES["dispute"].fill(id=id_),
                day_of(one.last_at),
                office.rules.consulting,
                sponsor=one.dispute.side_a,
                reason=book.history(id_)[-1].reason,
            )


def _overdue(office: Office) -> Iterator[Waiting]:
    """Yield the resolutions that were escalated and are still to be carried out."""
    for id_, one in office.resolutions.all():
        if one.level and one.state in {"assigned", "in_progress"} and not office.resolution_terms.lapsed(one):
            acts = [act for act in office.resolutions.history(id_) if act.action == "escalate"]
            yield Waiting(
                "resolution",
                (id_,),
                TITLES["resolution"].fill(id=id_),
                day_of(acts[-1].at),
                office.rules.following,
                sponsor=one.resolution.lead,
                reason=acts[-1].reason,
                own=one.resolution.text,
            )


def _unconfirmed(office: Office) -> Iterator[Waiting]:
    """Yield the items that were settled by circulation and stand on no agenda of a meeting to come."""
    placed = {
        item for _, one in office.meetings.all() if one.state != "cancelled" for item in one.open_items()
    }
    for _, one in office.circulations.all():
        made, settled = one.circulation, one.settled_at
        if settled is None or made.item in placed or fate(one, office.circulation_terms)[0] != "awaiting":
            continue
        known = office.items.standing(made.item)
        yield Waiting(
            CIRCULATION,
            (made.item,),
            TITLES[CIRCULATION].fill(id=made.item),
            day_of(settled),
            office.rules.circulating.citation,
            sponsor=known.item.proposer,
            concerned=known.item.communities,
            reason=made.urgency,
            own=made.text,
        )


def _judge(run: Run) -> Iterable[Report]:
    """Return what waits, where the case has a table of the conference, if only the header of one."""
    office = office_of(run)
    if office is None or not any(name in run.tables for name in PARENTS.values()):
        return ()
    violations.declare(run.store)
    found = waiting(run, office)
    lines = [
        [
            *(one.kind, one.references, one.title, one.sponsor, one.concerned, one.since),
            *(one.say(run.lang), one.citation.say(run.lang)),
        ]
        for one in found
    ]
    counts = Counter(one.kind for one in found)
    return (Report(specs.CONFERENCE_WAITING, lines, counts=counts, words=KINDS),)


DESK = Desk(_judge)
"""待列入议题 → OUT/conference_waiting.csv, when every other desk has judged."""
