"""被测对象: what a case file tests: a policy, a responsibility list or a procedure, all seen in one way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from huaying_governance.errors import Problem, Problems
from huaying_governance.kernel.citation import Citation, article_text
from huaying_governance.testing.case import Answer, Case, Difference, Result
from huaying_governance.testing.faults import problem
from huaying_governance.testing.values import Aspect, Field, Wrong, apart, names
from huaying_governance.text import Text


class Subject(Protocol):
    """What can be tested. `inputs` are the names a case may give, `aspects` those it may expect."""

    @property
    def id(self) -> str:
        """The id of what is tested."""
        ...

    @property
    def title(self) -> Text:
        """Its title."""
        ...

    @property
    def version(self) -> str:
        """Its version: changes when a decision may."""
        ...

    @property
    def inputs(self) -> Mapping[str, Field]:
        """What a case may give, by name."""
        ...

    @property
    def aspects(self) -> Mapping[str, Aspect]:
        """What a case may expect, by name."""
        ...

    def problems(self, case: Case) -> Iterable[Problem]:
        """Yield what is wrong with a case that reads well: a rule that does not exist, say."""
        ...

    def answer(self, case: Case) -> Answer:
        """Judge a case. Raises `Problems` where its input cannot be judged."""
        ...


def run_case(subject: Subject, case: Case) -> Result:
    """Judge one case and compare every expected aspect with what the subject says."""
    try:
        answer = subject.answer(case)
        return Result(case, differences(subject, case, answer), answer)
    except Problems as error:
        why = Text(
            "；".join(p.message.zh for p in error.problems), "; ".join(p.message.en for p in error.problems)
        )
        return Result(case, (), None, problem("judged-with-problems", case.place, why=why))


def differences(subject: Subject, case: Case, answer: Answer) -> tuple[Difference, ...]:
    """Return the aspects in which an answer is not as the case expects."""
    found: list[Difference] = []
    for name, wanted in case.expected.items():
        got = answer.get(name)
        if got != wanted:
            aspect = subject.aspects[name]
            one, two = aspect.show(wanted), aspect.show(got)
            turned = Text(f"{one.zh} → {two.zh}", f"{one.en} → {two.en}")
            found.append(Difference(name, aspect.label, one, two, apart(wanted, got) or turned))
    return tuple(found)


DEAR = ("missing", "codes")
"""Aspects that need a search or the grounds; asked for last."""


def meets(case: Case, answer: Answer) -> bool:
    """Whether an answer is as the case expects; the quick form of `differences`."""
    return meets_cheaply(case, answer) and meets_dearly(case, answer)


def meets_cheaply(case: Case, answer: Answer) -> bool:
    """Whether the aspects that cost little are as expected."""
    expected = case.expected
    return all(answer.get(name) == expected[name] for name in expected if name not in DEAR)


def meets_dearly(case: Case, answer: Answer) -> bool:
    """Whether the other aspects are as expected."""
    return all(answer.get(name) == case.expected[name] for name in DEAR if name in case.expected)


# Clauses ------------------------------------------------------------------------------------------------------


def clause_of(citation: Citation | None) -> str:
    """Return a citation as cases compare it: the source's id and the article as it is printed."""
    return "" if citation is None else f"{citation.source.id} {citation.article.zh}".strip()


def clauses_of(citations: Iterable[Citation | None]) -> tuple[str, ...]:
    """Return several citations as cases compare them, each once, sorted."""
    return tuple(sorted({clause_of(each) for each in citations if each is not None}))


def clauses(raw: object, cell: bool) -> object:
    """Read clauses as policies write them: `rc2025#16`; several in a list, or parted by semicolons."""
    try:
        read = names(raw, cell)
    except Wrong:
        raise Wrong(Text("依据，如 rc2025#16", "clauses, as rc2025#16")) from None
    found = []
    for reference in read if isinstance(read, tuple) else ():
        source, _, article = reference.partition("#")
        found.append(f"{source.strip()} {article_text(article.strip()).zh}".strip())
    return tuple(sorted(found))
