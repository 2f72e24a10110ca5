"""未通过的说明: what failed, with the situation, what was expected, what came, and how every rule judged it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from huaying_governance.testing import words
from huaying_governance.testing.case import Case, Judged, Result
from huaying_governance.testing.procedures import STEP
from huaying_governance.testing.runner import Run, SuiteRun
from huaying_governance.testing.subject import Subject
from huaying_governance.testing.values import say
from huaying_governance.text import Lang, Text


def width(text: str) -> int:
    """Return the columns a text takes on a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def pad(text: str, columns: int) -> str:
    """Return `text` filled with spaces to so many columns."""
    return text + " " * max(0, columns - width(text))


def explain(subject: Subject, result: Result, lang: Lang) -> str:
    """Return all there is to say of a case that did not pass."""
    return "\n".join(_lines(subject, result, lang))


def _lines(subject: Subject, result: Result, lang: Lang) -> Iterator[str]:
    case = result.case
    mark = words.PENDING.say(lang) if case.pending else ""
    yield f"{words.FAILED.fill(name=case.name).say(lang)}{mark}  [{case.place}]"
    title = (
        f"{subject.title.say(lang)}（{subject.id}）" if lang == "zh" else f"{subject.title.en} ({subject.id})"
    )
    yield _pair(words.SUBJECT, f"{title}  {words.VERSION.say(lang)} {subject.version[:12]}", lang)
    yield _pair(words.DATE, case.on.isoformat(), lang)
    yield _pair(words.GIVEN, situation(subject, case, lang), lang)
    if case.events:
        told = ", ".join(f"{name} {day}" for name, day in case.events.items())
        yield _pair(words.EVENTS, told, lang)
    for number, step in enumerate(case.steps, 1):
        told = " ".join(
            f"{STEP[name].label.say(lang)}={STEP[name].show(value).say(lang)}" for name, value in step.items()
        )
        yield _pair(words.STEPS, f"{number}. {told}", lang)
    if result.error is not None:
        yield f"  {result.error.message.say(lang)}"
    for each in result.differences:
        label = each.label.say(lang)
        yield f"  {label}"
        yield f"    {_pair(words.WANTED, each.expected.say(lang), lang).strip()}"
        yield f"    {_pair(words.GOT, each.got.say(lang), lang).strip()}"
        yield f"    {_pair(words.APART, each.apart.say(lang), lang).strip()}"
    if result.answer is not None:
        yield f"  {words.JUDGED.say(lang)}"
        judged = result.answer.judged()
        for rule in judged:
            yield from _judged(rule, lang)
        if not judged:
            yield f"    {words.NO_RULES.say(lang)}"


def _judged(rule: Judged, lang: Lang) -> Iterator[str]:
    basis = ""
    if rule.citation is not None:
        basis = f"  [{words.BASIS.say(lang)}: {rule.citation.say(lang)}]"
    yield f"    {words.HOLDS[rule.holds].say(lang)}  {rule.rule}  {rule.text.say(lang)}{basis}"
    for line in rule.lines:
        yield f"        {line.say(lang)}"


def _pair(label: Text, value: str, lang: Lang) -> str:
    return f"  {pad(label.say(lang), 8)} {value}"


def situation(subject: Subject, case: Case, lang: Lang) -> str:
    """Return the facts of a case in words."""
    parts: list[str] = []
    for name, value in case.given.items():
        known = subject.inputs[name]
        shown = known.show(value).say(lang)
        label = known.label.say(lang)
        parts.append(f"{label}（{name}）={shown}" if lang == "zh" and label != name else f"{name}={shown}")
    for of, spells in case.spells.items():
        told = ", ".join(f"{each.start}~{each.end or ''}" for each in spells)
        parts.append(f"{of + '.' if of else ''}spells={told}")
    joined = Text("；", "; ").say(lang).join(parts)
    return joined or say(()).say(lang)


def summary(run: Run, lang: Lang) -> str:
    """Return the verdict in few lines: each subject, then the whole."""
    lines = [_suite(suite, lang) for suite in run.suites]
    results = list(run.results)
    failed = sum(not result.passed for result in results)
    told = words.SUMMARY.fill(n=len(results), p=len(results) - failed, f=failed).say(lang)
    pending = sum(result.case.pending for result in results)
    lines.append(told + (words.OF_THEM_PENDING.fill(w=pending).say(lang) if pending else ""))
    if run.problems:
        lines.append(words.PROBLEMS.fill(n=len(run.problems) + run.more).say(lang))
    return "\n".join(lines)


def _suite(suite: SuiteRun, lang: Lang) -> str:
    subject = suite.suite.subject
    values = {"title": subject.title, "id": subject.id, "n": len(suite.results), "f": len(suite.failed)}
    return words.SUITE.fill(**values).say(lang)
