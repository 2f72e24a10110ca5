"""留底比对: decisions recorded once, and after a change of the policy what has changed, in words.

A record is a JSON file: for each subject its version and its text, for each case its input and every aspect of the
answer. It is written whole, sorted, and reads well in a version control system.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.rules import Policy, diff, read_policy_text
from huaying_governance.testing import words
from huaying_governance.testing.policies import PolicySubject
from huaying_governance.testing.runner import Run, SuiteRun
from huaying_governance.testing.timetables import TimetableSubject
from huaying_governance.testing.values import say
from huaying_governance.text import Lang, Text

FORMAT = 1


@frozen(eq=False)
class Golden:
    """留底: a record as it was read: by subject, then by case."""

    subjects: Mapping[str, Mapping[str, Any]]


@frozen(eq=False)
class Changed:
    """变动: one ruling that is not as recorded, in words."""

    subject: str
    case: str
    text: Text


@frozen(eq=False)
class Changes:
    """比对结果: how many rulings were compared, those that changed, and what changed in the policies."""

    compared: int
    rulings: tuple[Changed, ...]
    policies: tuple[Text, ...] = field(default=())

    @property
    def changed(self) -> int:
        """How many rulings changed."""
        return len(self.rulings)

    def lines(self, lang: Lang) -> Iterator[str]:
        """Yield the changes in words."""
        head = words.GOLDEN_CHANGED if self.rulings else words.GOLDEN_SAME
        yield head.fill(n=self.compared, c=self.changed).say(lang)
        for each in self.rulings:
            yield f"  {each.subject} · {each.case}: {each.text.say(lang)}"
        if self.policies:
            yield f"  {words.GOLDEN_POLICY.say(lang)}"
            yield from (f"    {text.say(lang)}" for text in self.policies)


def record(path: Path | str, run: Run) -> int:
    """Write down every ruling of a run; return how many. Replaces what the file held."""
    subjects = {suite.suite.subject.id: _subject(suite) for suite in run.suites}
    data = {"format": FORMAT, "subjects": subjects}
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    Path(path).write_text(text + "\n", "utf-8")
    return sum(len(each["cases"]) for each in subjects.values())


def _subject(suite: SuiteRun) -> dict[str, Any]:
    policy = _policy(suite)
    held: dict[str, Any] = {"version": suite.suite.subject.version, "cases": _rulings(suite)}
    if policy is not None and policy.source_path is not None:
        held["text"] = policy.source_path.read_text("utf-8")
    return held


def _rulings(suite: SuiteRun) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for result in suite.results:
        if result.answer is not None:
            names = suite.suite.subject.aspects
            aspects = {name: _plain(result.answer.get(name)) for name in names}
            found[result.case.name] = {"on": result.case.on.isoformat(), "answer": aspects}
    return found


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, bool | int) or value is None else str(value)


def _policy(suite: SuiteRun) -> Policy | None:
    subject = suite.suite.subject
    return subject.policy if isinstance(subject, PolicySubject | TimetableSubject) else None


def read_golden(path: Path | str) -> Golden:
    """Return a record. Raises `Problems` where the file is none."""
    try:
        data = json.loads(Path(path).read_text("utf-8"))
        subjects = data["subjects"] if data["format"] == FORMAT else None
        if isinstance(subjects, dict) and all(isinstance(each["cases"], dict) for each in subjects.values()):
            return Golden(subjects)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    message = Text("不是裁定记录，或无法读取", "is no record of rulings, or cannot be read")
    cure = Text("用 huaying test PATH --record FILE 记录", "record one with huaying test PATH --record FILE")
    raise Problems([Problem("no-record", message, cure, Place(str(path)))])


def changes_in(before: Golden, run: Run) -> Changes:
    """Return what has changed since the record, ruling by ruling, and what changed in the policies."""
    rulings: list[Changed] = []
    policies: list[Text] = []
    compared = 0
    for suite in run.suites:
        subject = suite.suite.subject
        held = before.subjects.get(subject.id, {"cases": {}})
        now = _rulings(suite)
        compared += len(now)
        for name in dict.fromkeys((*held["cases"], *now)):
            text = _change(suite, held["cases"].get(name), now.get(name))
            if text is not None:
                rulings.append(Changed(subject.id, name, text))
        policies += _policy_changes(suite, held)
    return Changes(compared, tuple(rulings), tuple(policies))


def _change(suite: SuiteRun, before: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> Text | None:
    if before is None or now is None:
        return words.GOLDEN_NEW if before is None else words.GOLDEN_GONE
    parts: list[Text] = []
    for name, value in now["answer"].items():
        old = before["answer"].get(name)
        if old != value:
            label = suite.suite.subject.aspects[name].label
            one, two = say(_back(old)), say(_back(value))
            parts.append(Text(f"{label.zh} {one.zh} → {two.zh}", f"{label.en} {one.en} → {two.en}"))
    if not parts:
        return None
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def _back(value: object) -> object:
    return tuple(_back(each) for each in value) if isinstance(value, list) else value


def _policy_changes(suite: SuiteRun, held: Mapping[str, Any]) -> list[Text]:
    """Return what changed in the policy itself, as far as the recorded text can still be read."""
    policy = _policy(suite)
    if (
        policy is None
        or policy.source_path is None
        or "text" not in held
        or held["version"] == policy.version
    ):
        return []
    try:
        path = policy.source_path
        old = read_policy_text(held["text"], name=path.name, base=path.parent)
    except Problems:
        return []
    return [change.text for change in diff(old, policy)]
