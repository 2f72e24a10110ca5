"""参与报表: how mediations and topics are told, and the months with their denominators. Parties stay unnamed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from huaying_governance.casework import Casebook
from huaying_governance.conference.resolution import ResolutionStanding
from huaying_governance.conference.supervising import RESOLUTIONS
from huaying_governance.errors import Problems
from huaying_governance.flows.desk import Run
from huaying_governance.flows.ruled import share
from huaying_governance.kernel.dates import day_of
from huaying_governance.ledger import LedgerBook
from huaying_governance.participation import forum, mediation
from huaying_governance.tables import Row
from huaying_governance.text import Text

T = TypeVar("T")
ALL = "all"
CHANNELS = Text(
    "可以依法通过仲裁、行政、司法等途径维护权利",
    "arbitration, administrative remedies and the courts stay open",
)
BEYOND = "missing:calendar"


def by_month(
    held: Iterable[T], at: Callable[[T], datetime], community: Callable[[T], str]
) -> Iterator[tuple[str, str, list[T]]]:
    """Yield month, scope and the cases of it: all communities together first, then each that has some."""
    groups: dict[tuple[str, int, str], list[T]] = {}
    for one in held:
        month = f"{day_of(at(one)):%Y-%m}"
        groups.setdefault((month, 0, ALL), []).append(one)
        groups.setdefault((month, 1, community(one)), []).append(one)
    for (month, _, scope), ones in sorted(groups.items(), key=lambda item: item[0]):
        yield month, scope, ones


def _extras(row: Row | None) -> Sequence[object]:
    return row.extras if row is not None else ()


# Mediation ------------------------------------------------------------------------------------------------------


def mediation_lines(
    run: Run, terms: mediation.Terms, held: Iterable[tuple[str, mediation.Standing, Row | None]]
) -> list[list[object]]:
    """Return every mediation as it stands: the next clock, what is to be reported, which channels to tell."""
    return [[*_mediation(run, terms, id_, one), *_extras(row)] for id_, one, row in held]


def _mediation(run: Run, terms: mediation.Terms, id_: str, one: mediation.Standing) -> list[object]:
    rules, last = terms.rules, mediation.confirm_by(one, terms)
    asks = one.state == "effective" and one.applied_on is None and mediation.confirmable(one, rules)
    due = last if asks else None
    overdue = None if due is None else run.case.on > due
    channels = CHANNELS.say(run.lang) if mediation.tells_channels(one) else ""
    cited = [rules.consent]
    cited += [rules.confirmation] if asks else []
    cited += [rules.channels] if channels else []
    cited += [rules.escalation] if one.warned else []
    told = [citation.say(run.lang) for citation in cited]
    if asks and last is None:
        told.append(BEYOND)
    first = [id_, one.dispute.community, one.dispute.kind, one.state, len(one.parties), one.opened]
    return [*first, one.effective_on, due, overdue, one.warned, channels, ";".join(told)]


def mediation_months(held: Iterable[mediation.Standing]) -> list[list[object]]:
    """Return the months: of those entered, how many ended; of those ended, settled; of those settled, performed."""
    lines: list[list[object]] = []
    for month, scope, ones in by_month(held, lambda one: one.dispute.at, lambda one: one.dispute.community):
        settled = sum(one.effective_on is not None for one in ones)
        ended = settled + sum(one.state in {"refused", "declined", "failed"} for one in ones)
        performed = sum(one.state == "performed" for one in ones)
        written = sum(one.effective_on is not None and one.form == "written" for one in ones)
        confirmed = sum(one.confirmed for one in ones)
        rates = [ended, settled, share(settled, ended), performed, share(performed, settled)]
        rates += [written, share(written, settled), confirmed, share(confirmed, settled)]
        lines.append([month, scope, len(ones), *rates, sum(one.opened for one in ones)])
    return lines


# Forum ----------------------------------------------------------------------------------------------------------


def topic_lines(
    run: Run, rules: forum.ForumRules, held: Iterable[tuple[str, forum.Standing, Row | None]]
) -> list[list[object]]:
    """Return every topic as it stands: its stages, how long its notice must hang, and whether that was breached."""
    return [[*_topic(run, rules, id_, one), *_extras(row)] for id_, one, row in held]


def _topic(run: Run, rules: forum.ForumRules, id_: str, one: forum.Standing) -> list[object]:
    last = one.displays[-1] if one.displays else None
    until = last.until(rules.publish_days) if last is not None and last.down is None else None
    stages = [f"{stage.action} {stage.due}/{stage.present}/{stage.agreed}" for stage in one.stages]
    owed = one.state == "published"
    overdue = None if one.due_on is None or not owed else run.case.on > one.due_on
    told = dict.fromkeys(
        forum.meeting_of(one.topic, stage.action, rules).citation.say(run.lang) for stage in one.stages
    )
    if one.displays:
        told[rules.publication.say(run.lang)] = None
    first = [id_, one.topic.community, one.topic.route, one.state, stages, until]
    due = one.due_on if owed else None
    links = [one.resolution, _resolution_state(run, one.resolution), _ledger_state(run, id_)]
    return [*first, one.breaches(rules.publish_days), *links, one.owner, due, overdue, ";".join(told)]


def _resolution_state(run: Run, id_: str) -> str:
    """Return how the joint conference's resolution of this number stands, empty where it has none."""
    book: Casebook[Any, ResolutionStanding, Any, Any] = Casebook(run.store, RESOLUTIONS, None)
    return book.standing(id_).state if id_ and book.knows(id_) else ""


def _ledger_state(run: Run, id_: str) -> str:
    """Return how the decision stands in the ledger, empty while it was not entered there."""
    try:
        return LedgerBook(run.store, run.case.pack, run.case.calendar).entry(id_).state
    except Problems:
        return ""


def stage_lines(
    run: Run, rules: forum.ForumRules, held: Iterable[tuple[str, forum.Standing, Row | None]]
) -> Iterator[list[object]]:
    """Yield every meeting on every topic: how many were due, came and agreed, each with its share."""
    for id_, one, _ in held:
        for stage in one.stages:
            meeting = forum.meeting_of(one.topic, stage.action, rules)
            whole = stage.due if meeting.of_due else stage.present
            votes = stage.action != "discuss"
            agreed = [stage.agreed, share(stage.agreed, whole)] if votes else [None, None]
            came = [stage.due, stage.present, share(stage.present, stage.due)]
            yield [id_, stage.action, stage.day, *came, *agreed, meeting.citation.say(run.lang)]


_RESOLVED = frozenset({"resolved", "published", "executed", "result_published", "appraised"})
_EXECUTED = frozenset({"executed", "result_published", "appraised"})


def topic_months(held: Iterable[forum.Standing], rules: forum.ForumRules | None) -> list[list[object]]:
    """Return the months: of those raised, decided; of those, carried, carried out, appraised; displays and breaches."""
    lines: list[list[object]] = []
    for month, scope, ones in by_month(held, lambda one: one.topic.at, lambda one: one.topic.community):
        resolved = sum(one.state in _RESOLVED for one in ones)
        decided = resolved + sum(one.state == "rejected" for one in ones)
        executed = sum(one.state in _EXECUTED for one in ones)
        appraised = sum(one.state == "appraised" for one in ones)
        breaches = sum(one.breaches(rules.publish_days) for one in ones) if rules is not None else 0
        shown = sum(len(one.displays) for one in ones)
        rates = [decided, resolved, share(resolved, decided), executed, share(executed, resolved)]
        rates += [appraised, share(appraised, executed), shown, breaches, share(breaches, shown)]
        lines.append([month, scope, len(ones), *rates])
    return lines


def entries_of(held: Iterable[tuple[str, forum.Standing, Row | None]]) -> Iterator[list[object]]:
    """Yield decisions that are published as rows of the ledger's own table, so that they are followed up there."""
    for id_, one, _ in held:
        shown = one.display("decision")
        if shown is not None:
            moment = one.displays[0].since.isoformat()
            yield [id_, "livelihood", "forum", "", one.topic.community, moment, one.topic.title, ""]
