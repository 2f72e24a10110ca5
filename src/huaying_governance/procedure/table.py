"""办理程序表: states, transitions and guards as one immutable table.

Two rules. A procedure says everything about which move is open to whom, in one place; and it knows nothing of what
moves: subjects, commands and contexts come in as values, each guard is a pure question about them.

Construction collects every fault (duplicate, undefined, unreachable, trapping parts) and raises them as `Problems`;
a procedure that exists is sound. `reasons` answers with every guard that a command fails, in the table's order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Generic, Protocol, TypeAlias, TypeVar

from attrs import field, frozen

from huaying_governance.errors import Problems
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.procedure.sound import WRONG_STATE, faults
from huaying_governance.text import Text


class Subject(Protocol):
    """What moves: anything that knows its state."""

    @property
    def state(self) -> str:
        """The id of the present state."""
        ...


class Command(Protocol):
    """What asks for a move: an action, in somebody's role."""

    @property
    def action(self) -> str:
        """The id of the action."""
        ...

    @property
    def role(self) -> str:
        """The role in which the actor acts."""
        ...


S = TypeVar("S", bound=Subject)
C = TypeVar("C", bound=Command)
X = TypeVar("X")


@frozen
class State:
    """状态. `open`: work is still owed; a `final` state has no way out and needs none."""

    id: str
    label: Text
    open: bool = True
    final: bool = False


@frozen
class Guard(Generic[S, C, X]):
    """条件: a pure question; where it does not hold, the move is refused for this reason.

    `text` and `cure` may hold `{places}`, filled with what the procedure's `describe` says of the case. `basis` finds
    the clause the reason rests on. The two questions every table asks, of the state and of the role, are answered
    by the table itself: their guards are built with `holds=None`.
    """

    code: str
    text: Text
    cure: Text
    holds: Callable[[S, C, X], bool] | None = None
    basis: Callable[[S, X], Citation | None] = lambda _subject, _context: None


@frozen
class Fork(Generic[S, C, X]):
    """分支: a move that ends in one of two states; the test is pure."""

    label: Text
    test: Callable[[S, C, X], bool]
    yes: str
    no: str


@frozen
class Transition(Generic[S, C, X]):
    """流转: from which states, to which state (None: it stays), in which roles (empty: any), under which guards.

    `effect` makes the event that an admitted command leaves; a table that is only asked for reasons needs none.
    """

    action: str
    label: Text
    sources: tuple[str, ...]
    to: str | Fork[S, C, X] | None
    roles: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    effect: Callable[[S, C, X], object] | None = None

    @property
    def targets(self) -> tuple[str, ...]:
        """The states it may end in; empty where it stays."""
        if self.to is None:
            return ()
        return (self.to.yes, self.to.no) if isinstance(self.to, Fork) else (self.to,)

    def target(self, subject: S, command: C, context: X) -> str:
        """Return the state in which this move would end."""
        if self.to is None:
            return subject.state
        if isinstance(self.to, Fork):
            return self.to.yes if self.to.test(subject, command, context) else self.to.no
        return self.to


Step: TypeAlias = tuple[
    frozenset[str] | None,
    tuple[Callable[[S, C, X], bool], ...],
    Callable[[S, C, X], object] | None,
    Transition[S, C, X],
    tuple[Guard[S, C, X], ...],
]
"""A transition made ready: its roles (None: any), its guards' questions in the table's order, its effect; and whole."""

Asked: TypeAlias = tuple[frozenset[str] | None, tuple[Guard[S, C, X], ...]]
"""What is asked of an action: the roles (None: any), and the guards in the table's order."""


def _describe_nothing(_subject: object, _command: object, _context: object) -> Mapping[str, object]:
    return {}


@frozen
class Procedure(Generic[S, C, X]):
    """办理程序. `guards` stand in the order in which reasons are given; `always` are asked of every action.

    `describe` gives the values of the places in the guards' texts. Raises `Problems` where the table is unsound.
    """

    id: str
    version: int
    title: Text
    initial: str
    states: tuple[State, ...]
    roles: Mapping[str, Text]
    guards: tuple[Guard[S, C, X], ...]
    transitions: tuple[Transition[S, C, X], ...]
    always: tuple[str, ...] = ()
    describe: Callable[[S, C, X], Mapping[str, object]] = _describe_nothing
    _steps: Mapping[tuple[str, str], Step[S, C, X]] = field(init=False, repr=False, eq=False)
    _asked: Mapping[str, Asked[S, C, X]] = field(init=False, repr=False, eq=False)
    _labels: Mapping[str, Text] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if found := tuple(faults(self)):
            raise Problems(found)
        steps = {
            (source, transition.action): _ready(self, transition)
            for transition in self.transitions
            for source in transition.sources
        }
        rows = {action: [t for t in self.transitions if t.action == action] for _, action in steps}
        asked = {action: _asked(self, kin) for action, kin in rows.items()}
        object.__setattr__(self, "_steps", steps)
        object.__setattr__(self, "_asked", asked)
        object.__setattr__(self, "_labels", MappingProxyType({t.action: t.label for t in self.transitions}))

    @property
    def actions(self) -> Mapping[str, Text]:
        """The actions and their labels, in the table's order."""
        return self._labels

    def state(self, state: str) -> State:
        """Return the state with this id; raises `KeyError`."""
        for known in self.states:
            if known.id == state:
                return known
        raise KeyError(state)

    def step(self, state: str, action: str) -> Transition[S, C, X] | None:
        """Return the transition that `action` makes from `state`, or None."""
        ready = self._steps.get((state, action))
        return None if ready is None else ready[3]

    def reasons(self, subject: S, command: C, context: X) -> tuple[Guard[S, C, X], ...]:
        """Return every guard the command fails, in the table's order; empty where the move is open.

        In a wrong state the guards of the action are asked all the same, so that all reasons come at once.
        """
        return self._failed(self._steps.get((subject.state, command.action)), subject, command, context)

    def decide(self, subject: S, command: C, context: X) -> tuple[object, ...] | Ruling:
        """Return the event that an admitted command leaves, as a tuple of one, or the ruling that refuses it."""
        ready = self._steps.get((subject.state, command.action))
        if ready is not None:
            roles, questions, effect, _, _ = ready
            if roles is None or command.role in roles:
                for holds in questions:
                    if not holds(subject, command, context):
                        break
                else:
                    return () if effect is None else (effect(subject, command, context),)
        return self.refusal(self._failed(ready, subject, command, context), subject, command, context)

    def _failed(
        self, ready: Step[S, C, X] | None, subject: S, command: C, context: X
    ) -> tuple[Guard[S, C, X], ...]:
        roles, guards = self._asked[command.action] if ready is None else (ready[0], ready[4])
        wrong_role = roles is not None and command.role not in roles

        def fails(guard: Guard[S, C, X]) -> bool:
            if guard.holds is None:
                return ready is None if guard.code == WRONG_STATE else wrong_role
            return not guard.holds(subject, command, context)

        return tuple([guard for guard in guards if fails(guard)])

    def refusal(self, reasons: Iterable[Guard[S, C, X]], subject: S, command: C, context: X) -> Ruling:
        """Return the ruling that refuses the command: one ground, clause and remedy for each reason."""
        values = self.describe(subject, command, context)
        reasons = tuple(reasons)
        grounds = tuple(
            Ground(guard.text.fill(**values), guard.code, guard.basis(subject, context)) for guard in reasons
        )
        remedies = tuple(Remedy(guard.code, guard.cure.fill(**values)) for guard in reasons)
        return Ruling("refused", grounds, remedies=remedies)


def _asked(procedure: Procedure[S, C, X], kin: Iterable[Transition[S, C, X]]) -> Asked[S, C, X]:
    """Return the roles that any of these transitions admits, and the guards that stand before any of them."""
    kin = tuple(kin)
    codes = {code for transition in kin for code in transition.guards} | set(procedure.always)
    roles = frozenset(role for transition in kin for role in transition.roles)
    guards = tuple(guard for guard in procedure.guards if guard.holds is None or guard.code in codes)
    return roles if all(transition.roles for transition in kin) else None, guards


def _ready(procedure: Procedure[S, C, X], transition: Transition[S, C, X]) -> Step[S, C, X]:
    roles, guards = _asked(procedure, [transition])
    questions = tuple(guard.holds for guard in guards if guard.holds is not None)
    return roles, questions, transition.effect, transition, guards
