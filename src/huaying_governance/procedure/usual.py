"""常用条件: what nearly every procedure asks in the same words: the state, the role, the order of time, a reason.

A table joins these with guards of its own, so that the same refusal reads alike everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from huaying_governance.kernel.citation import Citation
from huaying_governance.procedure.sound import WRONG_ROLE, WRONG_STATE
from huaying_governance.procedure.table import Fork, Guard, Procedure, State, Transition
from huaying_governance.text import Text, same


class Timed(Protocol):
    """What remembers when it was last moved; at first, when it was opened."""

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        ...


class Dated(Protocol):
    """What says when it happened."""

    @property
    def at(self) -> datetime:
        """The moment of the act."""
        ...


def guard(
    code: str,
    text: Text,
    cure: Text,
    holds: Callable[[Any, Any, Any], bool] | None = None,
    basis: Callable[[Any], Citation] | None = None,
) -> Guard[Any, Any, Any]:
    """Return a guard; `basis` finds its clause in the context."""
    return Guard(code, text, cure, holds, lambda _, context: None if basis is None else basis(context))


def by_rules(
    rules_of: Callable[[Any, Any], Any],
) -> Callable[..., Guard[Any, Any, Any]]:
    """Return what makes guards that ask the rules found for a case, given code, text, cure, question and clause.

    The question is asked of subject, command, context and rules, the clause of the rules. Where there are no rules
    such a guard holds: a guard of its own says that they lack.
    """

    def made(
        code: str,
        text: Text,
        cure: Text,
        holds: Callable[[Any, Any, Any, Any], bool],
        basis: Callable[[Any], Citation] | None = None,
    ) -> Guard[Any, Any, Any]:
        def held(subject: Any, command: Any, context: Any) -> bool:
            rules = rules_of(subject, context)
            return rules is None or holds(subject, command, context, rules)

        def cited(subject: Any, context: Any) -> Citation | None:
            rules = rules_of(subject, context)
            return None if rules is None or basis is None else basis(rules)

        return Guard(code, text, cure, held, cited)

    return made


def _in_order(subject: Timed, command: Dated, _: object) -> bool:
    return command.at >= subject.last_at


STATE = guard(
    WRONG_STATE,
    Text("现为“{state}”，不能{action}", "it is {state}: {action} is not open"),
    Text("按程序办理", "take the steps in order"),
)
ROLE = guard(
    WRONG_ROLE,
    Text("{role}不能{action}", "{role} may not {action}"),
    Text("由有权角色办理", "leave it to the role that may"),
)
IN_ORDER = guard(
    "out-of-order",
    Text("早于已办的步骤", "it is older than a step already taken"),
    Text("核对时间，按先后登记", "check the moment, and enter the steps in order"),
    _in_order,
)
REASON = guard(
    "no-reason",
    Text("没有写明理由", "no reason is given"),
    Text("写明理由", "give the reason"),
    lambda _subject, command, _context: bool(command.reason.strip()),
)
EVIDENCE = guard(
    "no-evidence",
    Text("没有附凭据", "no evidence is given"),
    Text("附上凭据编号", "give the reference of the evidence"),
    lambda _subject, command, _context: bool(command.evidence.strip()),
)


def row(
    action: str,
    label: Text,
    sources: str,
    to: str | Fork[Any, Any, Any] | None,
    roles: str,
    guards: str = "",
) -> Transition[Any, Any, Any]:
    """Return one row of a table; states, roles and guards are written between spaces."""
    return Transition(action, label, tuple(sources.split()), to, tuple(roles.split()), tuple(guards.split()))


def describer(
    states: Iterable[State],
    transitions: Iterable[Transition[Any, Any, Any]],
    roles: Mapping[str, Text],
    more: Callable[[Any], Mapping[str, object]] = lambda _context: {},
) -> Callable[[Any, Any, Any], Mapping[str, object]]:
    """Return what fills the places of the guards' texts: state, action, role, and what `more` tells of the context."""
    labels = {state.id: state.label for state in states}
    actions = {one.action: one.label for one in transitions}

    def describe(subject: Any, command: Any, context: Any) -> Mapping[str, object]:
        return {
            "state": labels[subject.state],
            "action": actions[command.action],
            "role": roles.get(command.role, same(command.role)),
            **more(context),
        }

    return describe


def usual_procedure(
    id: str,  # noqa: A002 - the word of the domain
    title: Text,
    initial: str,
    states: tuple[State, ...],
    roles: Mapping[str, Text],
    guards: tuple[Guard[Any, Any, Any], ...],
    transitions: tuple[Transition[Any, Any, Any], ...],
    more: Callable[[Any], Mapping[str, object]] = lambda _context: {},
    *,
    always: tuple[str, ...] = ("out-of-order",),
) -> Procedure[Any, Any, Any]:
    """Return a procedure in its first version, whose acts are taken in the order of time and whose texts are filled."""
    described = describer(states, transitions, roles, more)
    return Procedure(
        id, 1, title, initial, states, roles, guards, transitions, always=always, describe=described
    )
