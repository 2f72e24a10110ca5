"""检验: one runner behind both doors, the command and the pytest plugin: cases in, verdicts out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from huaying_governance.errors import Problem
from huaying_governance.testing.case import Result
from huaying_governance.testing.finding import Found, Suite, find
from huaying_governance.testing.subject import run_case


@frozen(eq=False)
class SuiteRun:
    """The verdicts on one subject."""

    suite: Suite
    results: tuple[Result, ...]

    @property
    def failed(self) -> tuple[Result, ...]:
        """The cases that did not pass."""
        return tuple(result for result in self.results if not result.passed)


@frozen(eq=False)
class Run:
    """检验结果: the verdicts on all subjects, and the problems of the files."""

    suites: tuple[SuiteRun, ...]
    problems: tuple[Problem, ...]
    more: int = 0

    @property
    def results(self) -> Iterator[Result]:
        """All verdicts."""
        return (result for suite in self.suites for result in suite.results)

    @property
    def passed(self) -> bool:
        """Whether every file is sound and every case passes."""
        return not self.problems and all(result.passed for result in self.results)


def run_path(path: str | Path) -> Run:
    """Run all cases at `path`: a case file, a policy file, a folder, or a shipped pack's name."""
    return run_found(find(path))


def run_found(found: Found) -> Run:
    """Run all cases of what was found."""
    runs = tuple(
        SuiteRun(suite, tuple(run_case(suite.subject, case) for case in suite.cases))
        for suite in found.suites
    )
    return Run(runs, found.problems, found.more)
