"""办理程序表的检查: what makes a table unsound: duplicate, undefined, unreachable, trapping parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from huaying_governance.errors import Problem
from huaying_governance.text import Text

if TYPE_CHECKING:
    from huaying_governance.procedure.table import Command, Procedure, Subject

    S = TypeVar("S", bound=Subject)
    C = TypeVar("C", bound=Command)
    X = TypeVar("X")

WRONG_STATE = "wrong-state"
WRONG_ROLE = "wrong-role"
"""The two questions that every table asks, answered by the table itself."""
CALLED = {
    WRONG_STATE: Text("环节不符", "not open in its state"),
    WRONG_ROLE: Text("角色不符", "not for this role"),
}
"""What they are called where there is room for a word only."""


def faults(procedure: Procedure[S, C, X]) -> Iterator[Problem]:
    """Yield every fault of a table."""
    yield from _duplicates(procedure)
    undefined = tuple(_undefined(procedure))
    yield from undefined
    if not undefined:
        yield from _paths(procedure)


def _fault(code: str, part: str, message: Text, cure: Text) -> Problem:
    return Problem(code, message.fill(part=part), cure, value=part)


def _twice(ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for part in ids:
        if part in seen:
            yield part
        seen.add(part)


_DUPLICATE = Text("`{part}` 定义了两次", "`{part}` is defined twice")
_REMOVE_ONE = Text("删去其中一个", "remove one of them")


def _duplicates(procedure: Procedure[S, C, X]) -> Iterator[Problem]:
    moves = (f"{source} + {t.action}" for t in procedure.transitions for source in t.sources)
    for ids in ((s.id for s in procedure.states), (g.code for g in procedure.guards), moves):
        for part in _twice(ids):
            yield _fault("duplicate", part, _DUPLICATE, _REMOVE_ONE)


def _undefined(procedure: Procedure[S, C, X]) -> Iterator[Problem]:
    states = {state.id for state in procedure.states}
    guards = {guard.code for guard in procedure.guards}
    asked = [(procedure.initial, states), *((code, guards) for code in procedure.always)]
    asked += [(code, guards) for code in (WRONG_STATE, WRONG_ROLE)]
    for transition in procedure.transitions:
        asked += [(state, states) for state in (*transition.sources, *transition.targets)]
        asked += [(role, set(procedure.roles)) for role in transition.roles]
        asked += [(code, guards) for code in transition.guards]
    for part, known in asked:
        if part not in known:
            message = Text("`{part}` 没有定义", "`{part}` is not defined")
            yield _fault(
                "undefined", part, message, Text("定义它，或改正名称", "define it, or mend the name")
            )
    for guard in procedure.guards:
        if guard.holds is None and guard.code not in {WRONG_STATE, WRONG_ROLE}:
            message = Text("条件 `{part}` 没有判断", "the guard `{part}` asks nothing")
            yield _fault("undefined", guard.code, message, Text("给它一个判断", "give it a question"))


def _paths(procedure: Procedure[S, C, X]) -> Iterator[Problem]:
    ways: dict[str, set[str]] = {state.id: set() for state in procedure.states}
    for transition in procedure.transitions:
        for source in transition.sources:
            ways[source].update(transition.targets)
    back: dict[str, set[str]] = {state: set() for state in ways}
    for source, targets in ways.items():
        for target in targets:
            back[target].add(source)
    reached = _closure({procedure.initial}, ways)
    ends = _closure({state.id for state in procedure.states if not state.open}, back)
    for state in procedure.states:
        if state.id not in reached:
            message = Text("没有路可到 `{part}`", "no path leads to `{part}`")
            yield _fault(
                "unreachable",
                state.id,
                message,
                Text("加一条到它的流转，或删去它", "add a transition to it, or remove it"),
            )
        if state.open and state.id not in ends:
            message = Text("进入 `{part}` 后再也办不结", "from `{part}` no path leads to a closed state")
            yield _fault(
                "trapping",
                state.id,
                message,
                Text("加一条出路，或标为已办结", "add a way on, or mark the state as closed"),
            )
        if state.final and ways[state.id]:
            message = Text("终结状态 `{part}` 还有出路", "the final state `{part}` has a way out")
            yield _fault(
                "final", state.id, message, Text("删去出路，或去掉标记", "remove the way out, or the mark")
            )


def _closure(start: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    found, todo = set(start), list(start)
    while todo:
        for state in ways[todo.pop()] - found:
            found.add(state)
            todo.append(state)
    return found
