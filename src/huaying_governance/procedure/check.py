"""办理程序的证明: what a procedure's author states, proved by going through everything that can happen.

A world is a few values of everything that a command can say (two persons, two leads, a reason or none…). From every
state that can be reached in it, every command is tried: those admitted lead on, those refused must change nothing. So
every state meets every command, and every guard is seen to hold and to fail. A claim is judged in every state and at
every step, with a memory of its own of the way there; a claim that fails comes with the shortest way to its failing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from attrs import field, frozen

from huaying_governance.procedure.table import Command, Guard, Procedure, Subject

S = TypeVar("S", bound=Subject)
C = TypeVar("C", bound=Command)
X = TypeVar("X")


@frozen
class Claim(Generic[S, C]):
    """命题: what must be true of every way through the procedure.

    `remember(memory, before, command, after)` gives the memory after a step; `holds(memory, state)` is asked of every
    state reached. Memories are small hashable values.
    """

    name: str
    start: Hashable
    remember: Callable[[Hashable, S, C, S], Hashable]
    holds: Callable[[Hashable, S], bool]


@frozen
class World(Generic[S, C, X]):
    """小世界: where the machine starts, all commands, and how it moves.

    `move` returns the state after an admitted command; `same` says what two states have in common that makes one
    stand for the other (moments, say, differ without a difference).
    """

    procedure: Procedure[S, C, X]
    starts: tuple[S, ...]
    commands: Callable[[S], Iterable[C]]
    context: Callable[[S, C], X]
    move: Callable[[S, C, X], S]
    same: Callable[[S], Hashable] = lambda state: state  # type: ignore[assignment, return-value]


@frozen
class Proof:
    """证明: how much was gone through, and what failed. `cells`: (state, action, guard, whether it held)."""

    states: int
    steps: int
    refusals: int
    cells: frozenset[tuple[str, str, str, bool]]
    failures: Mapping[str, tuple[str, ...]] = field(factory=dict)

    @property
    def holds(self) -> bool:
        """Whether every claim holds."""
        return not self.failures

    def unseen(self, procedure: Procedure[S, C, X]) -> tuple[tuple[str, str, str, bool], ...]:
        """Return the outcomes of guards that this world never produced: a proof should leave none unexplained."""
        wanted = (
            (source, t.action, code, outcome)
            for t in procedure.transitions
            for source in t.sources
            for code in (*t.guards, *procedure.always)
            for outcome in (True, False)
        )
        return tuple(cell for cell in wanted if cell not in self.cells)


def check_machine(world: World[S, C, X], claims: Iterable[Claim[S, C]] = ()) -> Proof:
    """Return the proof of all `claims` over everything that can happen in `world`.

    Two claims are always made: what the table says of a move's end is where the machine goes, and no move starts in
    a state or by a role that the table does not name.
    """
    claims = tuple(claims)
    search: _Search[S, C, X] = _Search(world, claims)
    for start in world.starts:
        search.visit(start, tuple(claim.start for claim in claims), ())
    while search.todo:
        search.expand(*search.todo.popleft())
    return Proof(
        len(search.states), search.steps, search.refusals, frozenset(search.cells), dict(search.failures)
    )


class _Search(Generic[S, C, X]):
    """A breadth-first walk: the first way found to a failing is a shortest one."""

    def __init__(self, world: World[S, C, X], claims: tuple[Claim[S, C], ...]) -> None:
        self.world, self.claims = world, claims
        self.todo: deque[tuple[S, tuple[Hashable, ...], tuple[str, ...]]] = deque()
        self.seen: set[Hashable] = set()
        self.states: set[Hashable] = set()
        self.cells: set[tuple[str, str, str, bool]] = set()
        self.failures: dict[str, tuple[str, ...]] = {}
        self.steps = self.refusals = 0

    def visit(self, state: S, memory: tuple[Hashable, ...], way: tuple[str, ...]) -> None:
        same = self.world.same(state)
        self.states.add(same)
        if (same, memory) in self.seen:
            return
        self.seen.add((same, memory))
        for claim, remembered in zip(self.claims, memory, strict=True):
            if not claim.holds(remembered, state):
                self.failures.setdefault(claim.name, way)
        self.todo.append((state, memory, way))

    def expand(self, state: S, memory: tuple[Hashable, ...], way: tuple[str, ...]) -> None:
        world, procedure = self.world, self.world.procedure
        for command in world.commands(state):
            context = world.context(state, command)
            failed = procedure.reasons(state, command, context)
            transition = procedure.step(state.state, command.action)
            self._note(state, command, failed)
            if failed:
                self.refusals += 1
                continue
            self.steps += 1
            after = world.move(state, command, context)
            here = (*way, f"{state.state} --{command.action}/{command.role}--> {after.state}")
            if transition is None or after.state != transition.target(state, command, context):
                self.failures.setdefault("the machine goes where the table says", here)
            elif transition.roles and command.role not in transition.roles:
                self.failures.setdefault("only the named roles move", here)
            remembered = tuple(
                claim.remember(old, state, command, after)
                for claim, old in zip(self.claims, memory, strict=True)
            )
            self.visit(after, remembered, here)

    def _note(self, state: S, command: C, failed: tuple[Guard[S, C, X], ...]) -> None:
        procedure = self.world.procedure
        transition = procedure.step(state.state, command.action)
        codes = {guard.code for guard in failed}
        for code in () if transition is None else (*transition.guards, *procedure.always):
            self.cells.add((state.state, command.action, code, code not in codes))
