"""pytest 插件: each case of a `*.cases.toml` or `*.cases.csv` as a test of its own; the same runner as `huaying test`.

Loaded by `huaying_governance_pytest` when the first case file is met. Test ids are file and name of the case, so `-k`,
`--lf`, xdist and JUnit work as for any test. A file with problems fails to collect, with all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from huaying_governance.testing import words
from huaying_governance.testing.case import Case, CaseFile, Result
from huaying_governance.testing.coverage import Coverage, measure
from huaying_governance.testing.finding import Finder
from huaying_governance.testing.list_faults import plan_list
from huaying_governance.testing.lists import ListSubject
from huaying_governance.testing.policies import PolicySubject
from huaying_governance.testing.report import explain
from huaying_governance.testing.subject import Subject, run_case
from huaying_governance.testing.timetables import TimetableSubject
from huaying_governance.text import Lang

NAME = "huaying-policy-session"


def collect(path: Path, parent: pytest.Collector) -> pytest.Collector:
    """Return the collector of one case file; the first one brings the session's memory with it."""
    manager = parent.config.pluginmanager
    if not manager.has_plugin(NAME):
        manager.register(Session(parent.config), NAME)
    return cast("pytest.Collector", PolicyFile.from_parent(parent, path=path))


class PolicyFailure(Exception):
    """A case that does not pass; its text is the whole explanation."""


class PolicyFile(pytest.File):
    """One case file."""

    def collect(self) -> Iterator[PolicyCase]:
        """Yield its cases. Problems of the file are an error of collecting, all of them at once."""
        session = cast(Session, self.config.pluginmanager.get_plugin(NAME))
        file, subject = session.finder.read(self.path)
        if file.problems or subject is None:
            told = [found.say(session.lang) for found in file.problems]
            if file.more:
                told.append(words.MORE.fill(n=file.more).say(session.lang))
            raise self.CollectError("\n".join(told))
        for case in file.cases:
            item: PolicyCase = PolicyCase.from_parent(
                self, name=case.name, case=case, subject=subject, file=file
            )
            yield item


class PolicyCase(pytest.Item):
    """One case."""

    def __init__(self, *, case: Case, subject: Subject, file: CaseFile, **more: Any) -> None:
        super().__init__(**more)
        self.case, self.subject, self.file = case, subject, file

    def runtest(self) -> None:
        """Judge the case and compare."""
        result = run_case(self.subject, self.case)
        session = cast(Session, self.config.pluginmanager.get_plugin(NAME))
        session.take(self.subject, result)
        if not result.passed:
            raise PolicyFailure(explain(self.subject, result, session.lang))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the explanation alone: the stack says nothing about a policy."""
        if isinstance(excinfo.value, PolicyFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the case stands."""
        line = self.case.place.line
        return self.path, None if line is None else line - 1, self.case.name


class Session:
    """What one pytest session remembers: policies read once, and verdicts for the coverage of policies."""

    def __init__(self, config: pytest.Config) -> None:
        self.finder = Finder()
        self.lang: Lang = "en" if config.getoption("--policy-lang") == "en" else "zh"
        self.under: float | None = config.getoption("--policy-fail-under")
        self.measures: bool = config.getoption("--policy-coverage") or self.under is not None
        self.results: dict[int, tuple[Subject, list[Result]]] = {}
        self.coverages: list[Coverage] = []

    def take(self, subject: Subject, result: Result) -> None:
        """Keep a verdict."""
        self.results.setdefault(id(subject), (subject, []))[1].append(result)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Measure, and fail the session where too little is covered."""
        if not self.measures:
            return
        for subject, results in self.results.values():
            found = coverage_of(subject, results)
            if found is not None:
                self.coverages.append(found)
                if self.under is not None and found.fraction * 100 < self.under and session.exitstatus == 0:
                    session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say how much of each policy its cases reach."""
        for each in self.coverages:
            got = len(each.goals) - len(each.open)
            told = words.COVERAGE.fill(id=each.id, got=got, all=len(each.goals), percent=each.percent)
            terminalreporter.write_line(told.say(self.lang))
            for goal in each.open:
                head = words.WAITING if goal.id in each.waiting else words.UNCOVERED
                terminalreporter.write_line(f"  {head.say(self.lang)}: {goal.id}  {goal.text.say(self.lang)}")
            if self.under is not None and each.fraction * 100 < self.under:
                terminalreporter.write_line(
                    words.UNDER.fill(got=each.percent, wanted=f"{self.under:g}%").say(self.lang)
                )


def coverage_of(subject: Subject, results: list[Result]) -> Coverage | None:
    """Return what the cases of a subject reach, None for one that has no goals."""
    if isinstance(subject, PolicySubject | TimetableSubject):
        return measure(subject.policy, results)
    return plan_list(subject, results)[0] if isinstance(subject, ListSubject) else None
