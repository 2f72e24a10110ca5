"""坐班接访: who sits in which community on which day, published before, absence swapped at the same rank, visits kept.

Leaders, departments and sub-district heads sit in the communities by turns. A duty is published before its day, so
that people know whom they will find; who cannot come is replaced by somebody of the same rank, before the day. Each
visit opens an entry of the ledger, whose source is `reception`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never, cast

from attrs import evolve, field, frozen

from huaying_governance.errors import Problem, Problems, Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.ledger.model import Entry
from huaying_governance.ledger.terms import ARTICLE, DEFAULT
from huaying_governance.storage.values import Event as StoredEvent
from huaying_governance.storage.values import Row, RowKind
from huaying_governance.text import Text

if TYPE_CHECKING:
    from huaying_governance.ledger.book import LedgerBook
    from huaying_governance.ledger.view import EntryView
    from huaying_governance.storage.protocol import Store

PUBLISH_DAYS = 2
"""Days before a duty by which it must be published: local practice, and this library's default."""
RANKS: Mapping[str, Text] = MappingProxyType(
    {
        "city_leader": Text("市级领导", "city leader"),
        "department": Text("市级部门", "city department"),
        "subdistrict": Text("街道负责人", "sub-district head"),
    }
)


@frozen
class Duty:
    """一班: one person of a rank, in one community, on one day; the matters he or she answers for."""

    id: str
    day: date
    community: str
    person: str
    rank: str
    portfolio: str = ""

    def __attrs_post_init__(self) -> None:
        if self.rank not in RANKS:
            words = ", ".join(RANKS)
            raise Problems(
                [
                    Problem(
                        "unknown-choice",
                        Text("`rank`不是已知的值", "`rank` is not a known word"),
                        Text(f"填写其中之一：{words}", f"give one of: {words}"),
                    )
                ]
            )


@frozen
class Published:
    """公布."""

    at: datetime
    duty: Duty


@frozen
class Swapped:
    """换班: somebody of the same rank comes instead."""

    at: datetime
    person: str
    rank: str
    reason: str


@frozen
class Visited:
    """来访: a visit that opened an entry."""

    at: datetime
    entry: str


ReceptionEvent: TypeAlias = Published | Swapped | Visited


@frozen
class Sitting:
    """一班的现状: the duty as it now stands, whom it was first given to, and the entries its visits opened."""

    duty: Duty
    first: str
    version: int = 1
    visits: tuple[str, ...] = field(default=())


def enter(sitting: Sitting | None, event: ReceptionEvent) -> Sitting:
    """Return the sitting after an event; the first is its publication."""
    if sitting is None:
        if isinstance(event, Published):
            return Sitting(event.duty, event.duty.person)
        raise ValueError("a sitting begins with its publication")
    after = evolve(sitting, version=sitting.version + 1)
    match event:
        case Swapped():
            return evolve(after, duty=evolve(sitting.duty, person=event.person))
        case Visited():
            return evolve(after, visits=(*sitting.visits, event.entry))
        case Published():
            raise ValueError("a sitting is published once")
        case _:
            assert_never(event)


Reason: TypeAlias = tuple[str, Text, Text]


def _refuse(reasons: Iterable[Reason]) -> None:
    found = tuple(reasons)
    if found:
        grounds = tuple(
            Ground(text, code, DEFAULT if code == "published-late" else ARTICLE) for code, text, _ in found
        )
        raise Refused(
            Ruling("refused", grounds, remedies=tuple(Remedy(code, cure) for code, _, cure in found))
        )


def _publishing(duty: Duty, day: date) -> Iterator[Reason]:
    if (duty.day - day).days < PUBLISH_DAYS:
        text = Text(f"应提前{PUBLISH_DAYS}日公布", f"a duty is published {PUBLISH_DAYS} days before")
        yield "published-late", text, Text("另排一日", "set another day")


def _swapping(sitting: Sitting, person: str, rank: str, reason: str, day: date) -> Iterator[Reason]:
    if day >= sitting.duty.day:
        text = Text("换班须在当日之前", "a swap is made before the day")
        yield "swap-late", text, Text("当日缺席另行登记说明", "explain the absence on record")
    if rank != sitting.duty.rank:
        label = RANKS[sitting.duty.rank]
        text = Text(f"须由同级（{label.zh}）替换", f"the substitute is of the same rank ({label.en})")
        yield "rank-differs", text, Text("另请同级人员", "ask somebody of the same rank")
    if not person or person == sitting.duty.person:
        yield (
            "no-substitute",
            Text("没有替换的人", "no substitute is named"),
            Text("写明替换的人", "name one"),
        )
    if not reason.strip():
        yield "no-reason", Text("没有写明理由", "no reason is given"), Text("写明理由", "give the reason")


def _visiting(sitting: Sitting, entry: Entry) -> Iterator[Reason]:
    if entry.received_at.date() != sitting.duty.day or entry.community != sitting.duty.community:
        text = Text("来访的日期或社区与班次不符", "the visit is not of this day and community")
        yield "not-this-duty", text, Text("登记到相应的班次", "register it under its own duty")


# --------------------------------------------------------------------------------------------- stored and found

KIND = RowKind("duty", ("day", "community", "person"), (("community", "day"),))


class Roster:
    """接访排班 over a store and the ledger that its visits open entries in."""

    def __init__(self, store: Store, book: LedgerBook) -> None:
        self._store, self._book = store, book
        store.declare(KIND)

    def publish(self, duty: Duty, at: datetime, command: str | None = None) -> Sitting:
        """公布: put a duty on the roster. Raises `Refused` where it comes too late."""
        if command is None or not self._store.command(command):
            at = at.astimezone(SHANGHAI)
            _refuse(_publishing(duty, at.date()))
            self._append(None, duty.id, Published(at, duty), command)
        return self.sitting(duty.id)

    def swap(
        self, duty: str, person: str, rank: str, reason: str, at: datetime, command: str | None = None
    ) -> Sitting:
        """换班: let somebody of the same rank come instead. Raises `Refused`: on the day itself it is too late."""
        if command is None or not self._store.command(command):
            at, sitting = at.astimezone(SHANGHAI), self.sitting(duty)
            _refuse(_swapping(sitting, person, rank, reason, at.date()))
            self._append(sitting, duty, Swapped(at, person, rank, reason), command)
        return self.sitting(duty)

    def visit(self, duty: str, entry: Entry) -> EntryView:
        """来访: register the entry that a visit opens, and keep it with the duty; the same visit again changes nothing.

        Raises `Problems` where the entry's source is not `reception`.
        """
        sitting = self.sitting(duty)
        if entry.source != "reception":
            cure = Text("来源填写 reception", "give `reception` as its source")
            raise Problems(
                [Problem("not-reception", Text("不是接访登记的条目", "not an entry of a reception"), cure)]
            )
        _refuse(_visiting(sitting, entry))
        view = self._book.register(entry)
        if entry.id not in sitting.visits:
            self._append(sitting, duty, Visited(entry.received_at, entry.id), None)
        return view

    def sitting(self, duty: str) -> Sitting:
        """Return a duty as it stands. Raises `Problems` where there is none."""
        sitting: Sitting | None = None
        for recorded in self._store.read(_stream(duty)):
            sitting = enter(sitting, _read(recorded.type, recorded.data))
        if sitting is None:
            missing = Text("排班中没有这一班", "the roster has no such duty")
            raise Problems(
                [Problem("unknown-duty", missing, Text("先公布，或核对编号", "publish it, or check its id"))]
            )
        return sitting

    def on(self, day: date) -> tuple[Sitting, ...]:
        """Return the duties of a day, by community."""
        rows = self._store.find(KIND.name, {"day": day.isoformat()}, order="community")
        return tuple(self.sitting(row.id) for row in rows)

    def _append(self, sitting: Sitting | None, duty: str, event: ReceptionEvent, command: str | None) -> None:
        after = enter(sitting, event)
        keys = {
            "day": after.duty.day.isoformat(),
            "community": after.duty.community,
            "person": after.duty.person,
        }
        row = Row(KIND.name, duty, after.version, {"visits": list(after.visits)}, keys)
        version = 0 if sitting is None else sitting.version
        self._store.append(_stream(duty), (_write(event),), version, command=command, rows=(row,))


def _stream(duty: str) -> str:
    return f"duty/{duty}"


def _write(event: ReceptionEvent) -> StoredEvent:
    at = event.at.isoformat()
    match event:
        case Published(duty=duty):
            data = {
                "at": at,
                "id": duty.id,
                "day": duty.day.isoformat(),
                "community": duty.community,
                "person": duty.person,
                "rank": duty.rank,
                "portfolio": duty.portfolio,
            }
            return StoredEvent("duty.published", data)
        case Swapped():
            swap = {"at": at, "person": event.person, "rank": event.rank, "reason": event.reason}
            return StoredEvent("duty.swapped", swap)
        case Visited():
            return StoredEvent("duty.visited", {"at": at, "entry": event.entry})
        case _:
            assert_never(event)


def _read(name: str, stored: Mapping[str, Any]) -> ReceptionEvent:
    data = dict(stored)
    at = datetime.fromisoformat(cast("str", data.pop("at"))).astimezone(SHANGHAI)
    match name:
        case "duty.published":
            return Published(at, Duty(**{**data, "day": date.fromisoformat(data["day"])}))
        case "duty.swapped":
            return Swapped(at, **data)
        case "duty.visited":
            return Visited(at, **data)
        case _:
            raise ValueError(f"no event `{name}` is known here")
