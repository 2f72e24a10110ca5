"""办件簿: cases of one kind in a store: opened once, moved by acts that the procedure admits, replayed from events.

A refusal changes nothing. `act` raises it; `attempt` keeps it as the command's stored answer, for batch runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from attrs import frozen

from huaying_governance.casework.convert import read, written
from huaying_governance.errors import Problem, Problems, Refused
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.procedure.table import Command, Procedure, Subject
from huaying_governance.storage import Event, Store
from huaying_governance.text import Text

if TYPE_CHECKING:
    from huaying_governance.storage import Recorded
    from huaying_governance.storage.canonical import Json

Opening = TypeVar("Opening")
Standing = TypeVar("Standing", bound=Subject)
Act = TypeVar("Act", bound=Command)
Context = TypeVar("Context")

UNKNOWN = Text("没有这个办件", "there is no such case")
UNKNOWN_CURE = Text("先登记，或核对编号", "open it first, or check its id")
CHANGED = Text("编号已登记，内容却不同", "the id is taken by a case with other content")
CHANGED_CURE = Text("恢复原内容，或用新的编号", "restore the content, or use an id of its own")
NO_ACTION = Text("没有这个操作", "there is no such action")
NO_ACTION_CURE = Text("可用：{a}", "choose one of: {a}")


@frozen
class Casework(Generic[Opening, Standing, Act, Context]):
    """办件种类: what a book needs to know of one kind of case.

    `start` gives how a case stands when it is opened, `after` how it stands after an admitted act that ends in a
    state. Both are pure and must not ask the context for anything that replay could find changed.
    """

    name: str
    procedure: Procedure[Standing, Act, Context]
    opening: type[Opening]
    act: type[Act]
    start: Callable[[Opening], Standing]
    after: Callable[[Standing, Act, str], Standing]


class Casebook(Generic[Opening, Standing, Act, Context]):
    """办件簿 over a store; `context` is what the guards ask besides the case: calendars, limits, other cases."""

    def __init__(
        self, store: Store, work: Casework[Opening, Standing, Act, Context], context: Context
    ) -> None:
        self._store, self._work, self._context = store, work, context

    def open(self, id: str, opening: Opening, command: str | None = None) -> Standing:  # noqa: A002
        """登记: open a case. The same again changes nothing; raises `Problems` where the id means another case."""
        stream = self._stream(id)
        known = self._store.read(stream)
        if known and read(known[0].data, self._work.opening) != opening:
            raise Problems([Problem("content-changed", CHANGED, CHANGED_CURE)])
        if not known:
            event = Event(f"{self._work.name}.opened", written(opening))
            self._store.append(stream, (event,), 0, command=command)
        return self.standing(id)

    def act(self, id: str, act: Act, command: str | None = None) -> Standing:  # noqa: A002
        """办理: apply an act and return how the case stands. Raises `Refused` with every reason; nothing is kept."""
        ruling = self._apply(id, act, command, keep=False)
        if ruling is not None:
            raise Refused(ruling)
        return self.standing(id)

    def attempt(self, id: str, act: Act, command: str) -> Ruling | None:  # noqa: A002
        """试办: apply an act; a refusal is kept as the command's answer and returned, at every repeat again."""
        return self._apply(id, act, command, keep=True)

    def standing(self, id: str) -> Standing:  # noqa: A002
        """Return how a case stands. Raises `Problems` where there is none."""
        return self._load(id)[0]

    def as_of(self, id: str, moment: datetime) -> Standing | None:  # noqa: A002
        """Return how a case stood at a moment, the acts of that moment included; None where there is no such case."""
        opening = self.opening(id)
        if opening is None:
            return None
        standing = self._work.start(opening)
        for event in self._store.read(self._stream(id))[1:]:
            if event.type.endswith(".acted"):
                act = self._act(event)
                if cast(Any, act).at > moment:
                    break
                standing = self._work.after(standing, act, str(event.data["state"]))
        return standing

    def advanced(self, id: str, known: tuple[Standing, int] | None = None) -> tuple[Standing, int]:  # noqa: A002
        """Return how a case stands and at which version, reading only what came after a version `known` before.

        For whoever asks about many cases again and again. Raises `Problems` where there is no such case.
        """
        if known is None:
            return self._load(id)
        standing, version = known
        events = self._store.read(self._stream(id), version)
        return self._replayed(standing, events), version + len(events)

    def knows(self, id: str) -> bool:  # noqa: A002
        """Whether there is such a case."""
        return bool(self._store.read(self._stream(id)))

    def opening(self, id: str) -> Opening | None:  # noqa: A002
        """Return what opened a case, None where there is none."""
        events = self._store.read(self._stream(id))
        return read(events[0].data, self._work.opening) if events else None

    def all(self) -> Iterator[tuple[str, Standing]]:
        """Yield every case of this kind by id, as it stands."""
        for id_, _version in self.versions():
            yield id_, self.standing(id_)

    def versions(self) -> Iterator[tuple[str, int]]:
        """Yield every case of this kind by id, with the version of its stream: it stands as it did at that version."""
        prefix = self._stream("")
        after = prefix
        while heads := self._store.heads(after):
            for head in heads:
                after = head.stream
                if not after.startswith(prefix):
                    return
                yield after.removeprefix(prefix), head.version

    def history(self, id: str) -> tuple[Act, ...]:  # noqa: A002
        """Return every admitted act on a case, in order."""
        acted = f"{self._work.name}.acted"
        events = self._store.read(self._stream(id))
        return tuple(self._act(event) for event in events if event.type == acted)

    def _stream(self, id: str) -> str:  # noqa: A002
        return f"{self._work.name}/{id}"

    def _apply(self, id: str, act: Act, command: str | None, *, keep: bool) -> Ruling | None:  # noqa: A002
        standing, version = self._load(id)
        known = self._store.command(command) if command is not None else ()
        if known:
            told = known[0].data.get("ruling")
            return Ruling.of_dict(cast(Mapping[str, Any], told)) if told is not None else None
        ruling = self._ruling(standing, act)
        if ruling is not None and not keep:
            return ruling
        event = self._acted(standing, act) if ruling is None else self._refused(act, ruling)
        self._store.append(self._stream(id), (event,), version, command=command)
        return ruling

    def _acted(self, standing: Standing, act: Act) -> Event:
        """Return the event of an admitted act, with the state it ends in: no replay asks the context again."""
        step = self._work.procedure.step(standing.state, act.action)
        assert step is not None  # noqa: S101 - the procedure has just admitted the act
        state = step.target(standing, act, self._context)
        return Event(f"{self._work.name}.acted", {"act": written(act), "state": state})

    def _refused(self, act: Act, ruling: Ruling) -> Event:
        told = cast("Mapping[str, Json]", ruling.to_dict())
        return Event(f"{self._work.name}.refused", {"act": written(act), "ruling": told})

    def _ruling(self, standing: Standing, act: Act) -> Ruling | None:
        procedure = self._work.procedure
        if act.action not in procedure.actions:
            cure = NO_ACTION_CURE.fill(a=", ".join(procedure.actions))
            raise Problems([Problem("unknown-action", NO_ACTION, cure, value=act.action[:40])])
        reasons = procedure.reasons(standing, act, self._context)
        return procedure.refusal(reasons, standing, act, self._context) if reasons else None

    def _load(self, id: str) -> tuple[Standing, int]:  # noqa: A002
        events = self._store.read(self._stream(id))
        if not events:
            raise Problems([Problem("unknown-case", UNKNOWN, UNKNOWN_CURE)])
        standing = self._work.start(read(events[0].data, self._work.opening))
        return self._replayed(standing, events[1:]), len(events)

    def _replayed(self, standing: Standing, events: Iterable[Recorded]) -> Standing:
        for event in events:
            if event.type.endswith(".acted"):
                standing = self._work.after(standing, self._act(event), str(event.data["state"]))
        return standing

    def _act(self, event: Recorded) -> Act:
        return read(cast("Mapping[str, Json]", event.data["act"]), self._work.act)
