"""程序的检验: given what happened, when somebody acts, then events or a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from attrs import frozen

from huaying_governance.errors import Problem, Problems, Refused
from huaying_governance.kernel.bodies import ROLES
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.ledger import Action, Entry, EntryView, LedgerBook
from huaying_governance.ledger.codec import NAMES
from huaying_governance.ledger.words import ACTIONS, CATEGORIES, CHANNELS, KINDS
from huaying_governance.packs import Pack
from huaying_governance.storage import open_store
from huaying_governance.testing.case import Answer, Case, Judged, Values
from huaying_governance.testing.faults import problem
from huaying_governance.testing.values import Aspect, Field, due, flag, moment, sequence, whole, word, words
from huaying_governance.text import Text

ENTRY = "E"
_CATEGORIES = {name: label for known in CATEGORIES.values() for name, label in known.items()}
INPUTS: Mapping[str, Field] = {
    each.name: each
    for each in (
        Field("id", Text("编号", "id"), words),
        Field("kind", Text("台账类别", "kind"), word(KINDS), KINDS),
        Field("source", Text("来源", "source"), word(CHANNELS), CHANNELS),
        Field("category", Text("诉求类别", "category"), word(_CATEGORIES), _CATEGORIES),
        Field("community", Text("社区", "community"), words),
        Field("received_at", Text("收到时间", "received at"), moment),
    )
}
STEP: Mapping[str, Field] = {
    each.name: each
    for each in (
        Field("entry", Text("条目", "entry"), words),
        Field("at", Text("办理时间", "at"), moment),
        Field("action", Text("动作", "action"), word(ACTIONS), ACTIONS),
        Field("actor", Text("办理人", "actor"), words),
        Field("role", Text("角色", "role"), word(ROLES), ROLES),
        Field("lead", Text("牵头单位", "lead"), words),
        Field("handler", Text("经办人", "handler"), words),
        Field("reason", Text("理由", "reason"), words),
        Field("days", Text("天数", "days"), whole(1)),
        Field("evidence", Text("佐证", "evidence"), words),
        Field("satisfied", Text("满意", "satisfied"), flag),
        Field("target", Text("并入", "target"), words),
    )
}
ASPECTS: Mapping[str, Aspect] = {
    each.name: each
    for each in (
        Aspect("events", Text("应有事件", "events"), sequence),
        Aspect("refused", Text("应拒理由", "refused"), sequence),
        Aspect("state", Text("应有状态", "state"), words),
        Aspect("due", Text("应有期限", "due"), due),
        Aspect("overdue", Text("应否超期", "overdue"), flag),
        Aspect("lead", Text("应有牵头单位", "lead after"), words),
        Aspect("handler", Text("应有经办人", "handler after"), words),
    )
}


@frozen(eq=False)
class ProcedureAnswer:
    """What came of an action: the events it left, or the ruling that refused it, and how the entry then stands."""

    events: tuple[str, ...]
    refusal: Ruling | None
    view: EntryView
    on: date

    def get(self, aspect: str) -> object:
        """Return one aspect."""
        match aspect:
            case "events":
                return self.events
            case "refused":
                return () if self.refusal is None else self.refusal.codes
            case "state":
                return self.view.state
            case "due":
                return self.view.due or "none"
            case "overdue":
                return bool(self.view.is_overdue(self.on))
            case _:
                return getattr(self.view.live, aspect)

    def judged(self) -> tuple[Judged, ...]:
        """Return the reasons of a refusal."""
        grounds = () if self.refusal is None else self.refusal.grounds
        return tuple(Judged(each.code or "-", each.text, not each.code, each.citation) for each in grounds)


@frozen(eq=False, slots=False)
class ProcedureSubject:
    """The procedure of the three ledgers, under the timetables of a pack."""

    pack: Pack
    calendar: Calendar
    inputs: Mapping[str, Field] = INPUTS
    aspects: Mapping[str, Aspect] = ASPECTS

    @property
    def id(self) -> str:
        """The procedure's id."""
        return "ledger"

    @property
    def title(self) -> Text:
        """The procedure's title."""
        return Text("三本台账办理程序", "procedure of the three ledgers")

    @property
    def version(self) -> str:
        """The versions of the timetables, joined."""
        return "+".join(policy.version[:12] for policy in self.pack.timetables)

    def problems(self, case: Case) -> Iterable[Problem]:
        """Yield a case that says not what is tested."""
        if not case.steps:
            yield problem("no-when", case.place)

    def answer(self, case: Case) -> Answer:
        """Register, apply what is given, then apply the action that is tested."""
        with open_store("memory:") as store:
            book = LedgerBook(store, self.pack, self.calendar)
            for entry in (case.given, *case.others):
                book.register(_entry(entry, self.pack))
            *given, when = (_action(step) for step in case.steps)
            for action in given:
                try:
                    book.act(action)
                except Refused as error:
                    why = Text(error.ruling.explain("zh"), error.ruling.explain("en"))
                    raise Problems([problem("given-bad", case.place, why=why)]) from None
            before = len(book.history(when.entry))
            refusal: Ruling | None = None
            try:
                book.act(when)
            except Refused as error:
                refusal = cast(Ruling, error.ruling)
            after = book.history(when.entry)[before:]
            events = tuple(_NAMES[type(event)] for event in after)
            return ProcedureAnswer(events, refusal, book.entry(when.entry), case.on)


_NAMES = {kind: name.removeprefix("entry.") for name, kind in NAMES.items()}


def _entry(given: Values, pack: Pack) -> Entry:
    cells = {"id": ENTRY, "category": "", "community": pack.communities[0].id, **given}
    return Entry(**cast(Any, cells))


def _action(step: Values) -> Action:
    return Action(**cast(Any, {"entry": ENTRY, "actor": "tester", **step}))
