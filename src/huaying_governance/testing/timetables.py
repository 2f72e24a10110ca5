"""时限表的检验: events in, due days out: which rule a matter goes by, and when each clock and window ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.procedure.clock import Unit, deadline
from huaying_governance.rules import Policy, Timetable, Undetermined, select_timetable
from huaying_governance.testing.case import NONE, UNDETERMINED, Answer, Case, Judged
from huaying_governance.testing.policies import (
    CLAUSE,
    MISSING,
    RULES,
    facts_of,
    inputs_of,
    judge_rules,
    named_wrongly,
)
from huaying_governance.testing.subject import clauses_of
from huaying_governance.testing.values import DUE_WORDS, Aspect, Field, due, flag, whole, word
from huaying_governance.text import Text

EVENTS: Mapping[str, Text] = {
    "received": Text("收到", "received"),
    "accepted": Text("受理", "accepted"),
    "assigned": Text("交办", "assigned"),
    "replied": Text("答复", "replied"),
    "closed": Text("办结", "closed"),
}
_STARTS = {"objection": "assigned", "reopen": "closed"}
_OUTCOMES = {
    "timetable": Text("有办理时限", "has a timetable"),
    UNDETERMINED: Text("事实不足，暂不能定", "undetermined"),
}


@frozen(eq=False)
class TimetableAnswer:
    """What a timetable says to one matter."""

    policy: Policy
    case: Case
    found: Timetable | Undetermined
    calendar: Calendar

    def get(self, aspect: str) -> object:
        """Return one aspect."""
        found = self.found
        name, _, of = aspect.partition(".")
        if isinstance(found, Undetermined):
            empty: tuple[str, ...] = ()
            return {
                "outcome": UNDETERMINED,
                "missing": tuple(sorted(found.missing)),
                "rules": empty,
                "clause": empty,
            }.get(name, UNDETERMINED)
        match name:
            case "outcome":
                return "timetable"
            case "rules":
                return (found.rule,)
            case "clause":
                return clauses_of((found.citation,))
            case "missing":
                return tuple(sorted({fact for clock in found.clocks for fact in clock.missing}))
            case "hold_stops":
                return found.hold_stops
            case "extensions":
                return found.extension.times
            case "extension_days":
                return found.extension.at_most_days if found.extension.at_most_days is not None else NONE
            case _:
                return self._due(of, found)

    def _due(self, name: str, found: Timetable) -> object:
        window = found.windows.get(name)
        if window is not None:
            return self._end(_STARTS[name], window.days, window.unit)
        for clock in found.clocks:
            if clock.id == name and clock.applies is not False:
                return (
                    UNDETERMINED if clock.applies is None else self._end(clock.start, clock.days, clock.unit)
                )
        return NONE

    def _end(self, start: str, days: int, unit: Unit) -> object:
        day = self.case.on if start == "received" else self.case.events.get(start)
        if day is None:
            return "not-started"
        return deadline(self.calendar, day, days, unit) or "beyond-calendar"

    def judged(self) -> tuple[Judged, ...]:
        """Return how every rule in force judges the matter."""
        row = self.policy.reader.row(facts_of(self.policy.parts, self.case), self.case.on)
        return tuple(judge_rules(self.policy.edition(self.case.on), row))


@frozen(eq=False, slots=False)
class TimetableSubject:
    """A timetable as a subject of cases. `calendar` counts its working days."""

    policy: Policy
    calendar: Calendar
    inputs: Mapping[str, Field] = field(init=False)
    aspects: Mapping[str, Aspect] = field(init=False)

    def __attrs_post_init__(self) -> None:
        clocks = dict.fromkeys(clock.id for rule in self.policy.rules for clock in rule.clocks)
        found = [
            Aspect("outcome", Text("应有结论", "outcome"), word(_OUTCOMES), _OUTCOMES),
            RULES,
            CLAUSE,
            MISSING,
            Aspect("hold_stops", Text("挂账停表", "hold stops the clock"), flag),
            Aspect("extensions", Text("延期次数", "extensions"), whole()),
            Aspect("extension_days", Text("延期天数", "days of an extension"), _days_or_none),
            *(
                Aspect(f"due.{name}", Text(f"到期日.{name}", f"due.{name}"), due, DUE_WORDS)
                for name in (*clocks, *_STARTS)
            ),
        ]
        object.__setattr__(self, "inputs", inputs_of(self.policy))
        object.__setattr__(self, "aspects", {aspect.name: aspect for aspect in found})

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.policy.id

    @property
    def title(self) -> Text:
        """The policy's title."""
        return self.policy.titles

    @property
    def version(self) -> str:
        """The policy's version."""
        return self.policy.version

    def problems(self, case: Case) -> Iterable[Problem]:
        """Yield names that the policy does not have."""
        yield from named_wrongly(self.policy, case, self.inputs)

    def answer(self, case: Case) -> Answer:
        """Select the timetable of the matter."""
        return timetable_answer(self.policy, case, self.calendar)


def timetable_answer(policy: Policy, case: Case, calendar: Calendar) -> TimetableAnswer:
    """Return what a timetable says to a case."""
    return TimetableAnswer(
        policy, case, select_timetable((policy,), facts_of(policy.parts, case), case.on), calendar
    )


def _days_or_none(raw: object, cell: bool) -> object:
    return NONE if raw in (NONE, "无") else whole(1)(raw, cell)
