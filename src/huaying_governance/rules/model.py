"""The parts of a policy (政策的组成), checked and resolved: facts, parameters, rules, combinations, clocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import in_force
from huaying_governance.rules.exact import Exact
from huaying_governance.rules.shape import At
from huaying_governance.rules.tree import Condition, Operand, Type, Value
from huaying_governance.text import Text, same

PolicyKind: TypeAlias = Literal["subsidy", "eligibility", "timetable", "list", "weights"]
DayUnit: TypeAlias = Literal["working_days", "natural_days"]
Effect: TypeAlias = Literal["require", "route", "bar", "note"]


def readonly(values: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Return a read-only copy."""
    return MappingProxyType(dict(values))


@frozen
class Basis:
    """依据: the clause a part rests on, from a day to a day (None: open)."""

    since: date | None
    until: date | None
    citation: Citation


@frozen
class Derived:
    """How a fact follows from spells: whether one covers the day, or the full months of the run that does."""

    how: Literal["covers", "run_months"]
    where: str
    gap_days: str = ""


@frozen
class Fact:
    """事实: an input of the policy. `options` names the choices; `derived` says how spells yield it."""

    name: str
    type: Type
    label: Text
    at: At = field(eq=False, repr=False)
    options: Mapping[str, Text] = field(factory=dict, converter=readonly, hash=False)
    derived: Derived | None = None

    def show(self, value: object) -> Text:
        """Return `value` in words: a choice by its label."""
        return self.options.get(value) or same(str(value)) if isinstance(value, str) else same(str(value))


@frozen
class Relation:
    """关系: another person whose facts count, such as the spouse; there may be none."""

    name: str
    label: Text
    facts: tuple[str, ...]
    at: At = field(eq=False, repr=False)


@frozen
class Step:
    """A value of a parameter, in force from a day to a day (None: open), with its citation."""

    since: date
    until: date | None
    value: Value
    citation: Citation
    at: At = field(eq=False, repr=False)


@frozen
class Parameter:
    """参数: a named value of the policy, dated, each version with its citation."""

    name: str
    label: Text
    type: Type
    steps: tuple[Step, ...]
    at: At = field(eq=False, repr=False)

    def on(self, day: date) -> Step | None:
        """Return the version in force on `day`."""
        return next((step for step in self.steps if in_force(day, step.since, step.until)), None)


@frozen
class Clock:
    """时限: days from a start event until an end event; `when` narrows which entries it is for."""

    id: str
    start: str
    until: str
    days: str
    when: Condition | None
    when_text: str = ""


@frozen
class Rule:
    """规则: one dated rule. Which parts it has depends on the kind of its policy.

    `amount` is None for an amount that the source leaves unset: such a rule never pays and says so.
    """

    id: str
    label: Text
    since: date
    until: date | None
    basis: tuple[Basis, ...]
    when: Condition
    when_text: str
    at: At = field(eq=False, repr=False)
    amount: Operand | None = None
    amount_text: str = ""
    enterprise_amount: Operand | None = None
    enterprise_text: str = ""
    payee: Literal["worker", "enterprise", "both"] = "worker"
    unit: str = "person"
    effect: Effect = "require"
    code: str = ""
    clocks: tuple[Clock, ...] = ()

    def in_force(self, day: date) -> bool:
        """Whether the rule is in force on `day`."""
        return in_force(day, self.since, self.until)

    def citation_on(self, day: date) -> Citation:
        """Return the clause that the rule rests on as of `day`."""
        return citation_on(self.basis, day)


def citation_on(basis: tuple[Basis, ...], day: date) -> Citation:
    """Return the clause of `basis` in force on `day`; the check has proved that there is one."""
    return next(
        (each.citation for each in basis if in_force(day, each.since, each.until)), basis[-1].citation
    )


@frozen
class Combine:
    """合并: how rules that hold together are paid. `members` are rules and earlier combinations, by id."""

    id: str
    kind: Literal["highest-of", "exclusive", "cap", "sum"]
    label: Text
    members: tuple[str, ...]
    basis: tuple[Basis, ...]
    at: At = field(eq=False, repr=False)
    per: str = "person"
    limit: Operand | None = None
    limit_text: str = ""
    counted: Operand | None = None
    counted_text: str = ""


@frozen
class Proration:
    """折算: whether amounts are paid in part, by which count, and how they are rounded."""

    kind: Literal["none", "months", "days"] = "none"
    counts: Mapping[str, str] = field(factory=dict, converter=readonly, hash=False)
    year_days: int = 365
    rounding: str = "half-up-fen"
    basis: tuple[Basis, ...] = ()


@frozen
class Window:
    """期间: a number of days within which something may be done."""

    days: int
    unit: DayUnit
    citation: Citation


@frozen
class Extension:
    """延期: how often, and by at most how many days (None: as many as the clock had)."""

    times: int
    at_most: str
    basis: tuple[Basis, ...]


@frozen
class WindowDraft:
    """A window of a timetable before the day is known."""

    days: int
    unit: DayUnit
    basis: tuple[Basis, ...]


@frozen
class TimetableDefaults:
    """What all rules of a timetable share: whether hold stops the clock, extensions, windows."""

    hold_stops: bool
    extension: Extension
    windows: Mapping[str, WindowDraft] = field(converter=readonly, hash=False)


@frozen
class Weight:
    """权重: one weight of an appraisal, dated."""

    id: str
    label: Text
    steps: tuple[Step, ...]


@frozen
class Stated:
    """声明的性质: what a policy states of itself, for all cases at once; which parts it has depends on its kind.

    `rule` is empty for all rules together, `amount` is in yuan, `policy` the path of another policy's file, `on` None
    for every day on which the policy changes.
    """

    id: str
    kind: str
    label: Text
    at: At = field(eq=False, repr=False)
    rules: tuple[str, ...] = ()
    rule: str = ""
    fact: str = ""
    direction: Literal["up", "down"] = "up"
    amount: Exact = 0
    step: int = 1
    policy: str = ""
    on: date | None = None


@frozen
class Item:
    """清单事项: one dated item of a list, its columns as written."""

    code: str
    name: Text
    since: date
    until: date | None
    basis: tuple[Basis, ...]
    columns: Mapping[str, object] = field(converter=readonly, hash=False)
    at: At = field(eq=False, repr=False)


Amount: TypeAlias = Exact
