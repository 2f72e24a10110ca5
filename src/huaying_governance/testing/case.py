"""用例: what a case file says, and what running it gives; plain values that every part of the tester shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

from attrs import field, frozen

from huaying_governance.errors import Place, Problem
from huaying_governance.kernel.citation import Citation
from huaying_governance.rules import Spell
from huaying_governance.rules.model import readonly
from huaying_governance.text import Text

UNDETERMINED = "undetermined"
NONE = "none"
Values = Mapping[str, object]


@frozen(eq=False)
class Case:
    """用例: one situation and what is expected of it.

    `given` holds the inputs by name (facts, or the cells of an assignment or entry), a related person's as
    `spouse.in_zone`; what it lacks is missing. `expected` holds only what the case states. `pending` marks a case that
    a tool proposed and nobody has confirmed (待确认).
    """

    name: str
    place: Place
    on: date
    given: Values = field(converter=readonly)
    expected: Values = field(converter=readonly)
    events: Mapping[str, date] = field(factory=dict, converter=readonly)
    spells: Mapping[str, tuple[Spell, ...]] = field(factory=dict, converter=readonly)
    steps: tuple[Values, ...] = ()
    others: tuple[Values, ...] = ()
    note: str = ""
    pending: bool = False


@frozen(eq=False)
class Equivalent:
    """等价变异: a mutant that the authors say no case can kill, and why."""

    mutant: str
    because: str
    place: Place


@frozen(eq=False)
class Judged:
    """评判一览: how one rule judges the case, for the report of a failure."""

    rule: str
    text: Text
    holds: bool | None
    citation: Citation | None
    lines: tuple[Text, ...] = ()


class Answer(Protocol):
    """What a subject says to a case. `get` gives one aspect as a plain value; asked for only when it is expected."""

    def get(self, aspect: str) -> object:
        """Return the aspect."""
        ...

    def judged(self) -> tuple[Judged, ...]:
        """Return how every rule judges the case."""
        ...


@frozen(eq=False)
class Difference:
    """One aspect in which the answer is not as expected, both shown."""

    aspect: str
    label: Text
    expected: Text
    got: Text
    apart: Text


@frozen(eq=False)
class Result:
    """结果: a case that was run. It passes when nothing differs; `error` is set where it could not be run."""

    case: Case
    differences: tuple[Difference, ...]
    answer: Answer | None = field(repr=False)
    error: Problem | None = None

    @property
    def passed(self) -> bool:
        """Whether the case ran and nothing differs."""
        return not self.differences and self.error is None


@frozen(eq=False)
class CaseFile:
    """用例文件: its cases, the mutants it calls equivalent, and all its problems."""

    path: Path
    cases: tuple[Case, ...]
    equivalents: tuple[Equivalent, ...] = ()
    problems: tuple[Problem, ...] = ()
    more: int = 0
