"""What if (假设调整): a changed policy, and who gains and who loses by it."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from attrs import frozen

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.rules.award import Award
from huaying_governance.rules.faults import nearest
from huaying_governance.rules.load import Document, Gathered
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.read import policy_of
from huaying_governance.rules.shape import At, Report
from huaying_governance.text import Lang, Text

SOURCE = "reform"
_TITLE = {"zh": "假设的调整", "en": "what-if reform"}
_TABLES = ("rules", "combine", "weights", "items")
_UNKNOWN = Text("没有可调整的 `{path}`", "there is no `{path}` to change")


def reform(policy: Policy, changes: Mapping[str, object]) -> Policy:
    """Return `policy` with `changes`, checked anew; the policy itself stays as it is.

    Keys are paths into the document; values are as the document has them (a `Decimal` stands for its text):

    - `parameters.NAME`: a new value for all its days, or `{day: value}` for a new value from each day on;
    - `rules.ID.KEY`, `combine.ID.KEY`, `facts.NAME.KEY`, `proration.KEY`, `policy.KEY`, `defaults.KEY`;
    - `rules.ID` or `combine.ID`: None takes it out, a table puts it in.

    Raises `Problems` for a path that does not exist, and for what the check finds in the changed policy.
    """
    gathered = policy.parts.gathered
    if gathered is None or gathered.policy is None:
        raise TypeError("only a policy that was read from a document can be reformed")
    report = Report()
    documents = [_copy(document, report) for document in (*gathered.included, gathered.policy)]
    documents[-1].data.setdefault("source", []).append(
        {"id": SOURCE, "title": _TITLE, "standing": "synthetic"}
    )
    problems = [
        found for path, value in changes.items() if (found := _apply(documents, path, value)) is not None
    ]
    if problems:
        raise Problems(problems)
    return policy_of(Gathered(documents[-1], tuple(documents[:-1]), report), policy.source_path)


def _copy(document: Document, report: Report) -> Document:
    at = document.at
    return Document(copy.deepcopy(document.data), At(at.source, at.scan, (), report))


def _apply(documents: list[Document], path: str, value: object) -> Problem | None:
    """Change one path in the document that has it; return a problem where none has."""
    table, _, rest = path.partition(".")
    name, _, key = rest.partition(".")
    held = str(value) if isinstance(value, Decimal) else value
    for document in documents:
        data = document.data
        if table == "parameters" and name in data.get(table, {}) and not key:
            _parameter(data[table][name], held)
            return None
        if table in _TABLES and _listed(data, table, name, key, held, document is documents[-1]):
            return None
        if table in {"facts", "relations"} and name in data.get(table, {}) and key:
            data[table][name][key] = held
            return None
        if table in {"proration", "policy", "defaults"} and table in data and name and not key:
            data[table][name] = held
            return None
    known = [
        f"{each}.{name}"
        for document in documents
        for each in document.data
        for name in _names(document, each)
    ]
    return Problem(
        "reform-unknown", _UNKNOWN.fill(path=path[:80]), nearest(path, known), Place(column=path[:80])
    )


def _names(document: Document, table: str) -> list[str]:
    held = document.data[table]
    if isinstance(held, dict):
        return list(held)
    return [str(entry.get("id", entry.get("code", ""))) for entry in held if isinstance(entry, dict)]


def _listed(data: dict[str, Any], table: str, name: str, key: str, value: object, last: bool) -> bool:
    """Change an entry of a list of tables; False where there is no such entry."""
    entries = data.get(table, [])
    for number, entry in enumerate(entries):
        if entry.get("id", entry.get("code")) == name:
            if key:
                entry[key] = value
            elif value is None:
                del entries[number]
            else:
                entries[number] = value
            return True
    if last and not key and isinstance(value, Mapping):
        data.setdefault(table, []).append({"id": name, "source": SOURCE, **value})
        return True
    return False


def _parameter(parameter: dict[str, Any], value: object) -> None:
    """Set a parameter for all its days, or from given days on."""
    steps: list[dict[str, Any]] = parameter["values"]
    if not isinstance(value, Mapping):
        for step in steps:
            step.update({"value": value, "source": SOURCE})
        return
    for day, new in sorted(value.items()):
        held = str(new) if isinstance(new, Decimal) else new
        parameter["values"] = steps = [step for step in steps if step["from"] < day]
        for step in steps:
            if step.get("to") is None or step["to"] >= day:
                step["to"] = day - timedelta(days=1)
        steps.append({"from": day, "value": held, "source": SOURCE})


@frozen
class Shift:
    """变化: one case under both policies; None where undetermined. `by` is after less before."""

    case: str
    before: Decimal | None
    after: Decimal | None

    @property
    def by(self) -> Decimal | None:
        """The change in yuan, None where either side is undetermined."""
        return None if self.before is None or self.after is None else self.after - self.before


@frozen
class Comparison:
    """对比: who gains, who loses, by how much, and the change in budget.

    The budgets count the cases that are determined under both policies; `open` lists the others.
    """

    gains: tuple[Shift, ...]
    losses: tuple[Shift, ...]
    same: int
    open: tuple[Shift, ...]
    budget_before: Decimal
    budget_after: Decimal

    @property
    def budget_change(self) -> Decimal:
        """What the change costs in yuan; negative: what it saves."""
        return self.budget_after - self.budget_before

    def explain(self, lang: Lang = "zh") -> str:
        """Return the comparison in words."""
        head = Text(
            "{g}例增加，{l}例减少，{s}例不变，{o}例未定；预算 {b} → {a} 元（{c}）",
            "{g} gain, {l} lose, {s} unchanged, {o} undetermined; budget {b} → {a} yuan ({c})",
        ).fill(
            g=len(self.gains),
            l=len(self.losses),
            s=self.same,
            o=len(self.open),
            b=self.budget_before,
            a=self.budget_after,
            c=f"{self.budget_change:+}",
        )
        rows = [
            f"- {each.case}: {each.before} → {each.after} ({each.by:+})"
            for each in (*self.gains, *self.losses)
        ]
        return "\n".join([head.say(lang), *rows])


def compare(
    one: Policy,
    other: Policy,
    cases: Mapping[str, Mapping[str, object]] | Iterable[Mapping[str, object]],
    on: date,
) -> Comparison:
    """Return how the awards of `cases` (facts by name of the case, or just facts) change from `one` to `other`."""
    shifts = [
        Shift(name, _amount(one, facts, on), _amount(other, facts, on)) for name, facts in _named(cases)
    ]
    sure = [each for each in shifts if each.by is not None]
    return Comparison(
        tuple(each for each in sure if each.by is not None and each.by > 0),
        tuple(each for each in sure if each.by is not None and each.by < 0),
        sum(each.by == 0 for each in sure),
        tuple(each for each in shifts if each.by is None),
        sum((each.before for each in sure if each.before is not None), Decimal("0.00")),
        sum((each.after for each in sure if each.after is not None), Decimal("0.00")),
    )


def _named(
    cases: Mapping[str, Mapping[str, object]] | Iterable[Mapping[str, object]],
) -> Iterator[tuple[str, Mapping[str, object]]]:
    if isinstance(cases, Mapping):
        yield from cast("Mapping[str, Mapping[str, object]]", cases).items()
        return
    for number, facts in enumerate(cases, 1):
        yield str(number), facts


def _amount(policy: Policy, facts: Mapping[str, object], on: date) -> Decimal | None:
    award = policy.decide(facts, on)
    if not isinstance(award, Award):
        raise TypeError("only subsidies can be compared by amounts")
    return award.amount
