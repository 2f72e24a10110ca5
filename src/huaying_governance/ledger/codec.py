"""台账事件的存储名: each event's own name, and its plain data.

A name is this library's word and never an import path, so that code may move while history stays. A field that has
its default is left out. Reading is strict: an unknown name, key or type is an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, TypeAlias, cast

from attrs import NOTHING, Attribute, fields, frozen

from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.ledger import events as ev
from huaying_governance.ledger.records import Record, kind_of, read_record, to_data
from huaying_governance.ledger.terms import Terms, citation_data, citation_of, from_data
from huaying_governance.storage.values import Event as StoredEvent
from huaying_governance.text import Text

Data: TypeAlias = Mapping[str, Any]

NAMES: Mapping[str, type[ev.Event]] = MappingProxyType(
    {
        "entry.registered": ev.Registered,
        "entry.accepted": ev.Accepted,
        "entry.declined": ev.Declined,
        "entry.assigned": ev.Assigned,
        "entry.scheduled": ev.Scheduled,
        "entry.progressed": ev.Progressed,
        "entry.extended": ev.Extended,
        "entry.held": ev.Held,
        "entry.resumed": ev.Resumed,
        "entry.returned": ev.Returned,
        "entry.transferred": ev.Transferred,
        "entry.merged": ev.Merged,
        "entry.replied": ev.Replied,
        "entry.verified": ev.Verified,
        "entry.sent_back": ev.SentBack,
        "entry.struck_off": ev.StruckOff,
        "entry.reopened": ev.Reopened,
        "entry.escalated": ev.Escalated,
        "entry.refused": ev.Refused,
        "entry.recorded": ev.Recorded,
        "entry.co_handled": ev.CoHandled,
        "entry.items_answered": ev.ItemsAnswered,
        "entry.funds_noted": ev.FundsNoted,
        "entry.called_back": ev.CalledBack,
        "entry.obstacle_noted": ev.Obstacle,
        "entry.hold_reviewed": ev.HoldReviewed,
        "entry.informed": ev.Informed,
        "entry.linked": ev.Linked,
        "entry.reminded": ev.Reminded,
        "entry.reprojected": ev.Reprojected,
    }
)
"""Stored names. Golden files pin them: a name and its fields only ever grow, under a new schema number."""


class UnknownEvent(ValueError):
    """A stored event that this version cannot read."""


# -------------------------------------------------------------------------------------------- plain data of values


_new, _set = object.__new__, object.__setattr__
_join, _day_in, _time_in = datetime.combine, date.fromisoformat, time.fromisoformat


def _moment_in(text: str) -> datetime:
    if text[10:11] == "T" and text[-6:] == "+08:00":
        # Taking it apart and joining it costs a fifth of `datetime.replace`.
        return _join(_day_in(text[:10]), _time_in(text[11:-6]), SHANGHAI)
    return datetime.fromisoformat(text).astimezone(SHANGHAI)


def _deadline_out(value: ev.Deadline) -> list[object]:
    due = None if value.due is None else value.due.isoformat()
    return [value.clock, value.anchor.isoformat(), value.days, due, value.calendar]


def _deadline_in(data: list[Any]) -> ev.Deadline:
    clock, anchor, days, due, calendar = data
    return ev.Deadline(
        clock, date.fromisoformat(anchor), days, None if due is None else date.fromisoformat(due), calendar
    )


def _ruling_out(ruling: Ruling) -> list[object]:
    return [
        {
            "code": ground.code,
            "text": ground.text.to_dict(),
            "source": None if ground.citation is None else citation_data(ground.citation),
            "cure": remedy.text.to_dict(),
        }
        for ground, remedy in zip(ruling.grounds, ruling.remedies, strict=True)
    ]


def _ruling_in(data: list[Data]) -> Ruling:
    grounds = tuple(
        Ground(Text(**d["text"]), d["code"], None if d["source"] is None else citation_of(d["source"]))
        for d in data
    )
    return Ruling("refused", grounds, remedies=tuple(Remedy(d["code"], Text(**d["cure"])) for d in data))


def _record_out(record: Record) -> dict[str, object]:
    return {**to_data(record), "kind": kind_of(record)}


def _record_in(data: Data) -> Record:
    return read_record(data["kind"], {name: value for name, value in data.items() if name != "kind"})


@frozen
class _Form:
    """How values of one declared type are stored: the type of what is stored, out, and in (None: as it is)."""

    type: type
    out: Callable[[Any], object] | None = None
    read: Callable[[Any], object] | None = None


_FORMS: Mapping[str, _Form] = MappingProxyType(
    {
        "str": _Form(str),
        "int": _Form(int),
        "bool": _Form(bool),
        "datetime": _Form(str, datetime.isoformat, _moment_in),
        "date": _Form(str, date.isoformat, date.fromisoformat),
        "Deadline": _Form(list, _deadline_out, _deadline_in),
        "Terms": _Form(dict, Terms.to_data, from_data),
        "Ruling": _Form(list, _ruling_out, _ruling_in),
        "Record": _Form(dict, _record_out, _record_in),
        "tuple[str, ...]": _Form(list, list, tuple),
    }
)

_Field: TypeAlias = tuple[_Form, bool, object]
"""How a field is stored, whether it may be None, and its default."""


def _field(attribute: Attribute[Any]) -> _Field:
    declared = str(attribute.type)
    kind = declared.removesuffix(" | None")
    return _FORMS[kind], kind != declared, attribute.default


_FIELDS: Mapping[str, Mapping[str, _Field]] = MappingProxyType(
    {name: {a.name: _field(a) for a in fields(cast("Any", cls))} for name, cls in NAMES.items()}
)
_NAME_OF: Mapping[type, str] = MappingProxyType({cls: name for name, cls in NAMES.items()})


def name_of(event: type[ev.Event]) -> str:
    """Return the stored name of a class of events."""
    return _NAME_OF[event]


def encode(event: ev.Event) -> StoredEvent:
    """Return the event as a store takes it."""
    name = _NAME_OF[type(event)]
    data: dict[str, Any] = {}
    for field, (form, _, default) in _FIELDS[name].items():
        value = getattr(event, field)
        if value != default:
            data[field] = value if value is None or form.out is None else form.out(value)
    return StoredEvent(name, data)


def decode(name: str, data: Data, schema: int = 1) -> ev.Event:
    """Return the event that was stored under `name`. Raises `UnknownEvent`."""
    return Reader().decode(name, data, schema)


_Plan: TypeAlias = tuple[type[ev.Event], dict[str, Any], tuple[tuple[str, Callable[[Any], object]], ...]]
"""How events of one shape are read: the class, the values of fields that are left out, and the fields to convert."""


class Reader:
    """读取器 of many events: the terms that entries share are read once and are one value in memory.

    The shape of a stored event is its name, its schema, its keys and the types of their values. There are few; what
    is strict about reading looks at each once.
    """

    def __init__(self) -> None:
        self._terms: dict[str, Terms] = {}
        self._plans: dict[tuple[object, ...], _Plan] = {}

    def shared(self, terms: Terms) -> Terms:
        """Return the one value for these terms, as it reads from a stored event: what is live and replayed agree."""
        known = self._terms.get(terms.key)
        if known is None:
            known = self._terms[terms.key] = from_data(terms.to_data())
        return known

    def known(self, key: str) -> Terms | None:
        """Return the terms with this key, if they have been read."""
        return self._terms.get(key)

    def decode(self, name: str, data: Data, schema: int = 1) -> ev.Event:
        """Return the event that was stored under `name`. Raises `UnknownEvent`."""
        return self.take(name, dict(data), schema)

    def take(self, name: str, data: dict[str, Any], schema: int = 1) -> ev.Event:
        """Return the event as `decode` does; `data` is given away and becomes the event's own."""
        shape = (name, schema, *data, *map(type, data.values()))
        plan = self._plans.get(shape)
        if plan is None:
            plan = self._plans[shape] = self._plan(name, data, schema)
        cls, absent, reads = plan
        for field, read in reads:
            data[field] = read(data[field])
        data.update(absent)
        # An event has no slots and checks nothing that its shape has not shown: its values go in as they are.
        event = _new(cls)
        _set(event, "__dict__", data)
        return event

    def _plan(self, name: str, data: Data, schema: int) -> _Plan:
        """Return how events of the shape of this one are read, having checked that it is one."""
        cls = NAMES.get(name)
        if cls is None or schema != 1:
            raise UnknownEvent(f"no event `{name}` of schema {schema} is known here")
        known = _FIELDS[name]
        if not data.keys() <= known.keys():
            raise UnknownEvent(f"`{name}` has fields that are not known here")
        absent: dict[str, Any] = {}
        reads: list[tuple[str, Callable[[Any], object]]] = []
        for field, (form, optional, default) in known.items():
            value = data.get(field, NOTHING)
            if type(value) is form.type:
                if form.read is not None:
                    reads.append((field, self._read_terms if form.read is from_data else form.read))
            elif value is NOTHING and default is not NOTHING:
                absent[field] = default
            elif not (value is None and optional):
                raise UnknownEvent(f"`{name}`: `{field}` lacks, or is not of its type")
        return cls, absent, tuple(reads)

    def _read_terms(self, data: Data) -> Terms:
        known = self._terms.get(data["key"])
        return self.shared(from_data(data)) if known is None else known
