"""现状行: the view of an entry as the row that a store keeps for queries, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from attrs import fields

from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.ledger import records
from huaying_governance.ledger.dossier import EMPTY, CallBack, Dossier
from huaying_governance.ledger.rungs import LADDER, Ladder, pending
from huaying_governance.ledger.state import Budget, Closing, Live, due_day, is_open, is_overdue, is_stopped
from huaying_governance.ledger.terms import Terms
from huaying_governance.ledger.view import EntryView, Facts
from huaying_governance.storage.canonical import Json
from huaying_governance.storage.privacy import Personal
from huaying_governance.storage.values import KeyValue, Row, RowKind

KIND = RowKind(
    "entry",
    ("state", "kind", "community", "lead", "due", "late", "closed_on", "wake", "target", "fact"),
    (("community", "due"),),
)
"""What entries are found by. `due`: the day of a running clock only, so that what is due soon is one index range, or
the word `calendar` where the day is not known yet; `late`: `yes` once a deadline was missed for good; `wake`: the day
on which the next reminder fires; `target`: what it was merged into or is a child of; `fact`: a digest of petitioner
and request, by which repeats are found."""

AWAITS_CALENDAR = "calendar"
PERSONAL = (
    Personal("entry.registered", ("summary",), "petitioner"),
    Personal(KIND.name, ("summary",), "petitioner"),
)
"""What a `PrivateStore` is to encrypt under the petitioner's key; open it with `erased=""`."""


def fact_key(facts: Facts) -> str | None:
    """Return the digest by which the same request of the same petitioner is found; None without a petitioner."""
    if not facts.petitioner:
        return None
    said = "".join(facts.summary.split())
    return hashlib.sha256("\x1f".join((facts.kind, facts.petitioner, said)).encode()).hexdigest()[:24]


def to_row(view: EntryView, ladder: Ladder = LADDER) -> Row:
    """Return the row of an entry."""
    live, facts = view.live, view.facts
    data: dict[str, Json] = {
        "facts": [
            facts.kind,
            facts.source,
            facts.category,
            facts.community,
            facts.received_at.isoformat(),
        ],
        "summary": facts.summary,
        "petitioner": facts.petitioner,
        "terms": live.terms.key,
        "live": [
            live.state,
            live.at.isoformat(),
            live.lead,
            live.handler,
            _iso(live.return_by),
            live.replied_by,
            live.verified,
            live.clock,
            _iso(live.due),
            live.late,
            live.extensions,
        ],
    }
    if live.budget is not None:
        data["budget"] = [live.budget.anchor.isoformat(), live.budget.days]
    if live.closing is not None:
        data["closing"] = [live.closing.day.isoformat(), live.closing.target]
    if view.last_due != live.due:
        data["last_due"] = _iso(view.last_due)
    if view.dossier is not EMPTY:
        data["dossier"] = _dossier_data(view.dossier)
    return Row("entry", view.id, view.version, data, _keys(view, ladder))


def _keys(view: EntryView, ladder: Ladder) -> dict[str, KeyValue]:
    live = view.live
    fires = min((day for day, *_ in pending(live, view.dossier, ladder)), default=None)
    target = live.closing.target if live.closing is not None else ""
    return {
        "state": live.state,
        "kind": view.facts.kind,
        "community": view.facts.community,
        "lead": live.lead or None,
        "due": _due_key(live),
        "late": "yes" if live.late else None,
        "closed_on": _iso(view.closed_on),
        "wake": _iso(fires),
        "target": target or view.dossier.parent or None,
        "fact": fact_key(view.facts),
    }


def _due_key(live: Live) -> str | None:
    if not is_open(live):
        return None
    due = due_day(live)
    if due is None:
        return AWAITS_CALENDAR if live.budget is not None else None
    # A stopped clock is not due soon; one that had already run out when it was stopped stays overdue.
    return None if is_stopped(live) and not is_overdue(live, live.at.date()) else due.isoformat()


def from_row(row: Row, terms: Terms) -> EntryView:
    """Return the view that `to_row` wrote, with the terms that it names."""
    data = cast("Mapping[str, Any]", row.data)
    kind, source, category, community, received = data["facts"]
    facts = Facts(kind, source, category, community, _moment(received), data["summary"], data["petitioner"])
    dossier = _dossier(data["dossier"]) if "dossier" in data else EMPTY
    live = _live(data, terms)
    last_due = _date(data["last_due"]) if "last_due" in data else live.due
    return EntryView(row.id, row.version, facts, live, dossier, last_due)


def _live(data: Mapping[str, Any], terms: Terms) -> Live:
    state, at, lead, handler, return_by, replied_by, verified, clock, due, late, extensions = data["live"]
    budget = Budget(date.fromisoformat(data["budget"][0]), data["budget"][1]) if "budget" in data else None
    more: Budget | Closing | None = budget
    if "closing" in data:
        more = Closing(date.fromisoformat(data["closing"][0]), data["closing"][1], budget)
    return Live(
        state,
        _moment(at),
        lead,
        handler,
        _date(return_by),
        replied_by,
        verified,
        clock,
        _date(due),
        late,
        more,
        extensions,
        terms,
    )


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(SHANGHAI)


# --------------------------------------------------------------------------------------------------- dossier


def _dossier_data(dossier: Dossier) -> dict[str, Json]:
    data: dict[str, Json] = {}
    for field in fields(Dossier):
        value = getattr(dossier, field.name)
        if value != field.default:
            data[field.name] = _plain(value)
    return data


def _plain(value: Any) -> Json:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(inner) for inner in value]
        case CallBack():
            return [value.by, value.on.isoformat(), value.reached, value.satisfied]
        case records.Hardship() | records.Livelihood() | records.Stability():
            return {**records.to_data(value), "kind": records.kind_of(value)}
        case _:
            return cast("Json", value)


def _dossier(data: Mapping[str, Any]) -> Dossier:
    values = dict(data)
    if "record" in values:
        record = dict(values["record"])
        values["record"] = records.read_record(record.pop("kind"), record)
    if "milestones" in values:
        values["milestones"] = tuple(date.fromisoformat(day) for day in values["milestones"])
    if "call" in values:
        by, on, reached, satisfied = values["call"]
        values["call"] = CallBack(by, date.fromisoformat(on), reached, satisfied)
    if "review_by" in values:
        values["review_by"] = date.fromisoformat(values["review_by"])
    for name in ("units", "rungs"):
        if name in values:
            values[name] = tuple(values[name])
    return Dossier(**values)
