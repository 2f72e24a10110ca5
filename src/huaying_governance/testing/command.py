"""`huaying test`: what the command prints and writes; the same runner as the pytest plugin, without pytest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from attrs import define, field, frozen

from huaying_governance.errors import Problem
from huaying_governance.testing import words
from huaying_governance.testing.coverage import Coverage, measure
from huaying_governance.testing.finding import find
from huaying_governance.testing.goals import plan
from huaying_governance.testing.golden import Golden, changes_in, read_golden, record
from huaying_governance.testing.killing import Hunter
from huaying_governance.testing.list_faults import mutate_list, plan_list
from huaying_governance.testing.lists import ListSubject
from huaying_governance.testing.mutation import Mutation, mutate
from huaying_governance.testing.page import page
from huaying_governance.testing.policies import PolicySubject
from huaying_governance.testing.proposing import Proposal, for_goals
from huaying_governance.testing.report import explain, summary
from huaying_governance.testing.runner import Run, SuiteRun, run_found
from huaying_governance.testing.timetables import TimetableSubject
from huaying_governance.text import Lang, Text

Write = Callable[[str], object]
SHOWN = 20
"""Of failures, open goals and survivors, so many are shown in full; the rest is counted."""


@frozen(kw_only=True)
class Options:
    """What was asked of `huaying test`."""

    lang: Lang = "zh"
    coverage: bool = False
    mutate: bool = False
    fail_under: float | None = None
    html: Path | None = None
    json: Path | None = None
    append: Path | None = None
    record: Path | None = None
    against: Path | None = None

    @property
    def measures(self) -> bool:
        """Whether coverage is wanted, by itself or by what needs it."""
        return self.coverage or self.fail_under is not None or self.html is not None


@define(eq=False)
class Tested:
    """What one run of the command found."""

    run: Run
    coverages: list[Coverage] = field(factory=list)
    mutations: list[Mutation] = field(factory=list)
    proposals: list[Proposal] = field(factory=list)
    failed: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return stable JSON data."""
        return {
            "suites": [
                {
                    "id": each.suite.subject.id,
                    "version": each.suite.subject.version,
                    "cases": len(each.results),
                    "failed": [
                        {
                            "name": result.case.name,
                            "place": str(result.case.place),
                            "differences": [
                                {"aspect": d.aspect, "expected": d.expected.en, "got": d.got.en}
                                for d in result.differences
                            ],
                        }
                        for result in each.failed
                    ],
                }
                for each in self.run.suites
            ],
            "problems": [found.say("en") for found in self.run.problems],
            "coverage": [each.to_dict() for each in self.coverages],
            "mutation": [each.to_dict() for each in self.mutations],
        }


def run_tests(path: str, options: Options, write: Write) -> bool:
    """Run the cases at `path` and print what is asked for; return whether all is well."""
    tested = Tested(run_found(find(path)))
    tested.failed = not tested.run.passed or not any(suite.results for suite in tested.run.suites)
    for line in _told(tested, options):
        write(line + "\n")
    if options.html is not None:
        options.html.write_text(page(tested.coverages, options.lang), "utf-8")
    if options.json is not None:
        text = json.dumps(tested.to_dict(), ensure_ascii=False, indent=2)
        options.json.write_text(text + "\n", "utf-8")
    if options.append is not None and tested.proposals:
        with options.append.open("a", encoding="utf-8") as file:
            file.writelines(f"\n{each.toml}" for each in tested.proposals)
    return not tested.failed


def _told(tested: Tested, options: Options) -> Iterator[str]:
    lang, run = options.lang, tested.run
    for found in run.problems:
        yield found.say(lang)
    if not run.problems and not any(suite.results for suite in run.suites):
        yield words.NOTHING.say(lang)
    if run.more:
        yield words.MORE.fill(n=run.more).say(lang)
    failures = [(suite, result) for suite in run.suites for result in suite.failed]
    for suite, result in failures[:SHOWN]:
        yield explain(suite.suite.subject, result, lang)
        yield ""
    for _, result in failures[SHOWN:]:
        yield words.FAILED.fill(name=result.case.name).say(lang) + f"  [{result.case.place}]"
    for suite in run.suites:
        if options.measures:
            yield from _coverage(suite, tested, options)
        if options.mutate:
            yield from _mutation(suite, tested, options)
    if options.record is not None or options.against is not None:
        yield from _golden(tested, options)
    yield summary(run, lang)


# Coverage -------------------------------------------------------------------------------------------------------


def _coverage(suite: SuiteRun, tested: Tested, options: Options) -> Iterator[str]:
    lang, subject = options.lang, suite.suite.subject
    taken = [case.name for case in suite.suite.cases]
    proposals: tuple[Proposal, ...] = ()
    if isinstance(subject, PolicySubject | TimetableSubject):
        made = plan(subject.policy)
        coverage = measure(subject.policy, suite.results, made)
        proposals = for_goals(subject, made, coverage, taken)
    elif isinstance(subject, ListSubject):
        coverage, proposals = plan_list(subject, suite.results, taken)
    else:
        yield words.NO_GOALS.fill(id=subject.id).say(lang)
        return
    tested.coverages.append(coverage)
    tested.proposals += proposals
    got = len(coverage.goals) - len(coverage.open)
    yield words.COVERAGE.fill(id=coverage.id, got=got, all=len(coverage.goals), percent=coverage.percent).say(
        lang
    )
    if coverage.impossible:
        yield "  " + words.IMPOSSIBLE.fill(n=len(coverage.impossible)).say(lang)
    yield from _listed(
        (f"{goal.id}  {goal.text.say(lang)}{_place(goal.span)}" for goal in coverage.bare),
        words.UNCOVERED,
        lang,
    )
    yield from _waiting(coverage, lang)
    yield from _proposed(proposals, lang)
    if options.fail_under is not None and coverage.fraction * 100 < options.fail_under:
        tested.failed = True
        yield words.UNDER.fill(got=coverage.percent, wanted=f"{options.fail_under:g}%").say(lang)


def _waiting(coverage: Coverage, lang: Lang) -> Iterator[str]:
    """Yield the goals that only pending cases reach, and what to do about them."""
    held = [goal for goal in coverage.open if goal.id in coverage.waiting]
    yield from _listed(
        (
            f"{goal.id}  {goal.text.say(lang)}{words.WAITING_BY.fill(name=coverage.waiting[goal.id]).say(lang)}"
            for goal in held
        ),
        words.WAITING,
        lang,
    )
    if held:
        yield "  " + words.WAITING_HELP.fill(n=len(held)).say(lang)


def _place(span: object) -> str:
    place = getattr(span, "place", None)
    return f"  [{place}]" if place is not None else ""


def _listed(lines: Iterable[str], head: Text, lang: Lang) -> Iterator[str]:
    held = list(lines)
    yield from (f"  {head.say(lang)}: {line}" for line in held[:SHOWN])
    if len(held) > SHOWN:
        yield "  " + words.MORE_LINES.fill(n=len(held) - SHOWN).say(lang)


def _proposed(proposals: tuple[Proposal, ...], lang: Lang) -> Iterator[str]:
    if proposals:
        yield f"  {words.SUGGESTED.say(lang)}"
        for each in proposals[:SHOWN]:
            yield each.toml
        if len(proposals) > SHOWN:
            yield "  " + words.MORE_LINES.fill(n=len(proposals) - SHOWN).say(lang)


# Mutation -------------------------------------------------------------------------------------------------------


def _mutation(suite: SuiteRun, tested: Tested, options: Options) -> Iterator[str]:
    lang, subject = options.lang, suite.suite.subject
    taken = [*(case.name for case in suite.suite.cases), *(each.case.name for each in tested.proposals)]
    if isinstance(subject, PolicySubject | TimetableSubject):
        found = mutate(subject, subject.policy, suite.results, suite.suite.equivalents)
        found, proposals = Hunter(subject, subject.policy).propose(found, taken)
    elif isinstance(subject, ListSubject):
        found, proposals = mutate_list(subject, suite.results, suite.suite.equivalents, taken)
    else:
        return
    tested.mutations.append(found)
    tested.proposals += proposals
    left = found.survivors
    values = {
        "id": found.id,
        "all": len(found.verdicts),
        "killed": found.killed,
        "equal": len(found.equal),
        "left": len(left),
    }
    yield words.MUTATION.fill(**values).say(lang)
    for each in found.equal:
        told = words.EQUAL_LISTED.fill(id=each.mutant.id, why=each.because) if each.because else None
        told = told or words.EQUAL_PROVED.fill(id=each.mutant.id, what=each.mutant.text)
        yield f"  {told.say(lang)}"
    helped = {aim for each in proposals for aim in each.aims}
    for each in left[:SHOWN]:
        head = words.SURVIVOR.fill(id=each.mutant.id).say(lang)
        yield f"  {head}  {each.mutant.text.say(lang)}{_place(each.mutant.span)}"
        if each.waiting:
            yield f"    {words.WAITING_KILLER.fill(name=each.waiting).say(lang)}"
        elif each.mutant.id not in helped:
            yield f"    {words.NO_KILLER.say(lang)}"
    if len(left) > SHOWN:
        yield "  " + words.MORE_LINES.fill(n=len(left) - SHOWN).say(lang)
    yield from _proposed(proposals, lang)
    yield from _stale(found.stale, lang)
    tested.failed = tested.failed or bool(left) or bool(found.stale)


def _stale(problems: tuple[Problem, ...], lang: Lang) -> Iterator[str]:
    return (found.say(lang) for found in problems)


# Golden rulings -------------------------------------------------------------------------------------------------


def _golden(tested: Tested, options: Options) -> Iterator[str]:
    lang = options.lang
    if options.against is not None:
        before: Golden = read_golden(options.against)
        told = changes_in(before, tested.run)
        yield from told.lines(lang)
        tested.failed = tested.failed or told.changed > 0
    if options.record is not None:
        number = record(options.record, tested.run)
        yield words.GOLDEN_WRITTEN.fill(n=number, path=options.record).say(lang)
