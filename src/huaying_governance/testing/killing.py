"""杀死变异体: looks for the situation in which a surviving mutant answers otherwise, or proves that there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from math import prod

from attrs import define, evolve, field

from huaying_governance.rules import Policy
from huaying_governance.rules.compile import Row
from huaying_governance.rules.tree import Node
from huaying_governance.testing.case import UNDETERMINED, Answer, Case
from huaying_governance.testing.mutants import Mutant
from huaying_governance.testing.mutation import Mutation, Verdict
from huaying_governance.testing.policies import answer_of
from huaying_governance.testing.proposing import Proposal, aspects_of, case_of, expecting, free_name, says
from huaying_governance.testing.space import DAY, Point, Space, nodes_of, paths_of
from huaying_governance.testing.subject import Subject
from huaying_governance.testing.timetables import TimetableSubject, timetable_answer
from huaying_governance.testing.variants import Variant

HALF_A_YEAR = timedelta(days=180)
ANY_DAY = date(2026, 1, 1)
_ALWAYS = ("outcome", "rules", "clause", "missing")
PER_DAY = 600
WHOLE = 40_000
"""Situations that a proof may go through."""


@define(eq=False)
class Hunter:
    """Looks for situations that tell a mutant from the policy."""

    subject: Subject
    policy: Policy
    known: tuple[Case, ...] = ()
    aspects: tuple[str, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.aspects = aspects_of(self.policy)
        if isinstance(self.subject, TimetableSubject):
            more = [name for name in self.subject.aspects if name not in self.aspects]
            self.aspects = (*self.aspects, *more)

    def situation(self, mutant: Mutant) -> Case | None:
        """Return a case that tells the mutant apart, None where a bounded search finds none."""
        variant = Variant(self.policy, mutant)
        space = Space(self.policy, _changed_nodes(mutant), mutant.parameters)
        for on in self._days(space, mutant):
            for point in islice(self._points(space, mutant, on), PER_DAY):
                row = space.row(point, on)
                if self._differs(variant, row):
                    return self._with_events(case_of(self.policy, row, "", {}))
        return None

    def is_equal(self, mutant: Mutant) -> bool:
        """Whether every class of values was tried and none tells the mutant apart: a proof, where it is possible."""
        if _same_values(self.policy, mutant):
            return True
        space = Space(self.policy, _changed_nodes(mutant), mutant.parameters)
        if (
            not space.stands_for_all
            or isinstance(self.subject, TimetableSubject)
            or _is_derived(self.policy, mutant)
        ):
            return False
        nodes = [node for rule in self.policy.rules for node in nodes_of(rule)]
        paths = paths_of(*nodes, *_changed_nodes(mutant))
        variant = Variant(self.policy, mutant)
        # Nothing reads the day itself, so one day of each stretch stands for all of it.
        stretches = {(id(self.policy.edition(on)), id(variant.edition(on))): on for on in space.days()}
        days = [on for on in stretches.values() if variant.edition(on) is not self.policy.edition(on)]
        if len(days) * prod(len(space.values(path, ANY_DAY)) for path in paths) > WHOLE:
            return False
        return not any(
            self._differs(variant, space.row(point, on)) for on in days for point in space.points(paths, on)
        )

    def _days(self, space: Space, mutant: Mutant) -> list[date]:
        days = set(space.days())
        for rule in mutant.rules.values():
            if rule is not None:
                days.update(day for day in (rule.since, rule.until) if day is not None)
        if isinstance(self.subject, TimetableSubject):
            days.add(self.subject.calendar.last - HALF_A_YEAR)  # a day from which working days can be counted
        return sorted(days, reverse=True)

    def _points(self, space: Space, mutant: Mutant, on: date) -> Iterator[Point]:
        """Yield situations in which the mutant may matter: the rules it touches met, then their facts varied."""
        ids = Variant(self.policy, mutant).touched
        rules = [rule for rule in self.policy.rules if rule.id in ids] or list(self.policy.rules)
        nodes: list[Node] = [node for rule in rules for node in nodes_of(rule)]
        contexts = [space.around(on, space.met(rule, on, {})) for rule in rules]
        contexts += [{**space.met(rule, on, {})} for rule in rules]
        contexts += [point for point in space.contexts(on) if point not in contexts]
        yield from space.variations(contexts, paths_of(*nodes, *_changed_nodes(mutant)), on)

    def _differs(self, variant: Variant, row: Row) -> bool:
        case = case_of(self.policy, row, "", {})
        try:
            if isinstance(self.subject, TimetableSubject):
                before: Answer = self.subject.answer(self._with_events(case))
                after: Answer = timetable_answer(
                    variant.as_policy(), self._with_events(case), self.subject.calendar
                )
            else:
                if self.policy.parts.changes != "split" and variant.edition(row[0]) is self.policy.edition(
                    row[0]
                ):
                    return False
                before = answer_of(self.policy.parts, self.policy.edition, row)
                after = answer_of(variant.parts, variant.edition, row)
            return says(before, self.aspects) != says(after, self.aspects)
        except (ArithmeticError, KeyError):
            return True

    def _with_events(self, case: Case) -> Case:
        """Return a case of a timetable with every event on the day of receipt, so that each clock runs."""
        if not isinstance(self.subject, TimetableSubject):
            return case
        return evolve(case, events=dict.fromkeys(("accepted", "assigned", "closed"), case.on))

    def propose(self, mutation: Mutation, taken: Iterable[str] = ()) -> tuple[Mutation, tuple[Proposal, ...]]:
        """Return the verdicts with what could be proved, and a case for each survivor that one was found for.

        A survivor that a pending case finds needs no other case: it needs somebody to confirm that one.
        """
        names = set(taken)
        proposals: list[Proposal] = []
        verdicts: list[Verdict] = []
        for verdict in mutation.verdicts:
            if not verdict.survives or verdict.waiting:
                verdicts.append(verdict)
                continue
            case = self.situation(verdict.mutant)
            if case is None:
                verdicts.append(evolve(verdict, proved=self.is_equal(verdict.mutant)))
                continue
            verdicts.append(verdict)
            name = free_name(f"{verdict.mutant.id} {case.on}", names)
            made = self._expecting(case, name)
            proposals.append(Proposal(made, verdict.mutant.text, (verdict.mutant.id,)))
        return evolve(mutation, verdicts=tuple(verdicts)), tuple(proposals)

    def _expecting(self, case: Case, name: str) -> Case:
        made = expecting(self.subject, self.policy, case, name)
        if isinstance(self.subject, TimetableSubject):
            answer = self.subject.answer(case)
            expected = {aspect: answer.get(aspect) for aspect in self.aspects}
            if expected["outcome"] == UNDETERMINED:  # without a timetable there are no settings to speak of
                expected = {name: value for name, value in expected.items() if name in _ALWAYS}
            return evolve(made, expected=expected)
        return made


def _changed_nodes(mutant: Mutant) -> tuple[Node, ...]:
    return tuple(node for rule in mutant.rules.values() if rule is not None for node in nodes_of(rule))


def _is_derived(policy: Policy, mutant: Mutant) -> bool:
    """Whether a mutant changes how facts follow from spells, which no situation made of facts can show."""
    return any(
        f.derived is not None and f.derived.gap_days in mutant.parameters for f in policy.facts.values()
    )


def _same_values(policy: Policy, mutant: Mutant) -> bool:
    """Whether only the border between two equal values of a parameter has moved: no decision can tell."""
    if mutant.rules or mutant.other or not mutant.parameters:
        return False
    for name, changed in mutant.parameters.items():
        own = policy.parameters[name]
        days = {step.since for each in (own, changed) for step in each.steps}
        days |= {step.until + DAY for each in (own, changed) for step in each.steps if step.until is not None}
        for day in days:
            before, after = own.on(day), changed.on(day)
            if (before and before.value) != (after and after.value) or own.type != changed.type:
                return False
    return True
