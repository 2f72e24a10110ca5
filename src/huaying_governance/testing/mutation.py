"""变异检验: does some case find each small fault? Survivors come with the case that would find them.

Thousands of mutants fit in a second because a case is judged anew only where a fault can matter: a mutant of one
condition is first asked whether that condition comes out otherwise, on rows that were laid out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import define, evolve, field, frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.rules import Policy
from huaying_governance.rules.compile import Compiler, Row, Test
from huaying_governance.rules.edition import Edition
from huaying_governance.rules.model import Rule
from huaying_governance.testing.case import Answer, Case, Equivalent, Result
from huaying_governance.testing.coverage import row_of
from huaying_governance.testing.faults import problem
from huaying_governance.testing.mutants import Mutant, mutants
from huaying_governance.testing.policies import answer_of, facts_of
from huaying_governance.testing.subject import Subject, meets, meets_cheaply, meets_dearly
from huaying_governance.testing.timetables import TimetableSubject, timetable_answer
from huaying_governance.testing.variants import Variant, only_condition
from huaying_governance.testing.words import KILLED_BY_LIST, UNKNOWN_MUTANT
from huaying_governance.text import Text


@frozen(eq=False)
class Verdict:
    """One mutant: the case that kills it, or why it counts as equivalent, or neither: it survives.

    `waiting` names a pending case that would kill it once somebody has confirmed it.
    """

    mutant: Mutant
    killer: str = ""
    because: str = ""
    proved: bool = False
    waiting: str = ""

    @property
    def survives(self) -> bool:
        """Whether no confirmed case finds it and nothing says that none could."""
        return not self.killer and not self.because and not self.proved


@frozen(eq=False)
class Mutation:
    """变异结果: every mutant of a policy with its verdict, and entries of `[[equivalent]]` that are wrong."""

    id: str
    title: Text
    verdicts: tuple[Verdict, ...]
    stale: tuple[Problem, ...] = ()

    @property
    def survivors(self) -> tuple[Verdict, ...]:
        """The mutants that survive."""
        return tuple(verdict for verdict in self.verdicts if verdict.survives)

    @property
    def killed(self) -> int:
        """How many a case finds."""
        return sum(bool(verdict.killer) for verdict in self.verdicts)

    @property
    def equal(self) -> tuple[Verdict, ...]:
        """Those that are listed or proved as equivalent."""
        return tuple(verdict for verdict in self.verdicts if verdict.because or verdict.proved)

    def to_dict(self) -> dict[str, object]:
        """Return stable JSON data."""
        return {
            "id": self.id,
            "mutants": len(self.verdicts),
            "killed": self.killed,
            "equivalent": [
                {"mutant": v.mutant.id, "because": v.because, "proved": v.proved} for v in self.equal
            ],
            "survivors": [
                {"mutant": v.mutant.id, "text": v.mutant.text.to_dict(), "waiting": v.waiting}
                for v in self.survivors
            ],
        }


@define(eq=False)
class _Row:
    """A passing case, laid out once: its row, the edition of its day, what each rule came to."""

    case: Case
    row: Row
    edition: Edition
    truths: dict[str, bool | None]


@define(eq=False)
class Killer:
    """Asks the passing cases of one policy about mutants."""

    policy: Policy
    calendar: Calendar | None
    rows: list[_Row] = field(factory=list)

    @staticmethod
    def of(subject: Subject, policy: Policy, results: Iterable[Result]) -> Killer:
        """Return the killer over the passing cases."""
        made = Killer(policy, subject.calendar if isinstance(subject, TimetableSubject) else None)
        for result in results:
            if result.passed:
                row = row_of(policy, result.case)
                edition = policy.edition(result.case.on)
                truths = {ready.rule.id: ready.test(row) for ready in edition.rules}
                made.rows.append(_Row(result.case, row, edition, truths))
        return made

    def kill(self, mutant: Mutant) -> str:
        """Return the name of a case that finds the mutant, empty where none does."""
        variant = Variant(self.policy, mutant)
        try:
            if self.calendar is not None:
                return self._by_timetable(variant, self.calendar)
            rule = only_condition(variant)
            held = self._likely(mutant) if rule is None else list(self._touched(rule))
            # Most faults show in what is cheap to ask; the grounds are made only where no case has found one.
            asked = ((row, meets_as) for meets_as in (meets_cheaply, meets_dearly) for row in held)
            return next((row.case.name for row, as_ in asked if self._finds(variant, row, as_)), "")
        except ArithmeticError:
            return "÷ 0"

    def _by_timetable(self, variant: Variant, calendar: Calendar) -> str:
        policy = variant.as_policy()
        for row in self.rows:
            try:
                if not meets(row.case, timetable_answer(policy, row.case, calendar)):
                    return row.case.name
            except KeyError:
                return row.case.name  # a clock whose value is not in force: the policy no longer answers
        return ""

    def _likely(self, mutant: Mutant) -> list[_Row]:
        """Return all rows, those first in which a changed rule holds or may: they tell soonest."""
        names = tuple(mutant.rules)
        if not names:
            return self.rows
        return sorted(self.rows, key=lambda row: all(row.truths.get(name) is False for name in names))

    def _touched(self, rule: Rule) -> Iterator[_Row]:
        """Yield the rows in which a changed condition comes out otherwise, or is unknown."""
        tests: dict[int, Test] = {}
        for row in self.rows:
            if rule.id not in row.truths:
                continue
            edition = row.edition
            test = tests.get(id(edition))
            if test is None:
                test = tests[id(edition)] = Compiler(self.policy.layout, edition.compiler.parameters).test(
                    rule.when
                )
            truth = test(row.row)
            if truth is None or truth is not row.truths[rule.id]:
                yield row

    def _finds(self, variant: Variant, held: _Row, meets_as: Callable[[Case, Answer], bool]) -> bool:
        row = held.row
        if held.case.spells and variant.mutant.parameters:
            row = self.policy.reader.row(facts_of(variant.whole, held.case), held.case.on)
        elif self.policy.parts.changes != "split" and variant.edition(held.case.on) is held.edition:
            return False
        return not meets_as(held.case, answer_of(variant.parts, variant.edition, row))


def mutate(
    subject: Subject, policy: Policy, results: Iterable[Result], equivalents: Iterable[Equivalent] = ()
) -> Mutation:
    """Return the verdict on every mutant of a policy, by its passing cases and what is listed as equivalent."""
    held = list(results)
    killer = Killer.of(subject, policy, (result for result in held if not result.case.pending))
    hoped = Killer.of(subject, policy, (result for result in held if result.case.pending))
    listed = {each.mutant: each for each in equivalents}
    verdicts: list[Verdict] = []
    stale: list[Problem] = []
    known: set[str] = set()
    for mutant in mutants(policy):
        known.add(mutant.id)
        found = killer.kill(mutant)
        claim = listed.get(mutant.id)
        if claim is not None and found:
            stale.append(problem("stale-equivalent", claim.place, name=mutant.id, why=KILLED_BY_LIST))
        verdict = Verdict(mutant, found, claim.because if claim is not None and not found else "")
        verdicts.append(evolve(verdict, waiting=hoped.kill(mutant)) if verdict.survives else verdict)
    stale += [
        problem("stale-equivalent", each.place, name=name, why=UNKNOWN_MUTANT)
        for name, each in listed.items()
        if name not in known
    ]
    return Mutation(policy.id, policy.titles, tuple(verdicts), tuple(stale))
