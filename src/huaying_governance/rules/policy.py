"""政策: a checked policy, ready to decide. Build one with `read_policy`; a `Policy` never changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from attrs import field, frozen

from huaying_governance.kernel.dates import in_force
from huaying_governance.kernel.ruling import Ground, Ruling
from huaying_governance.rules import subsidy
from huaying_governance.rules.award import Award
from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition, Ready, build
from huaying_governance.rules.eligible import decide_eligibility
from huaying_governance.rules.exact import FIRST_YEAR
from huaying_governance.rules.explain import show_number
from huaying_governance.rules.facts import FactReader
from huaying_governance.rules.layout import Layout, layout
from huaying_governance.rules.missing import ordered
from huaying_governance.rules.model import Fact, Item, Parameter, Relation, Rule, Stated, Weight
from huaying_governance.rules.normal import digest
from huaying_governance.rules.parts import Parts
from huaying_governance.rules.why_not import WhyNot, not_in_force, why_not
from huaying_governance.text import Text

FIRST_DAY = date(FIRST_YEAR, 1, 1)
MOST_DAYS = 10_000


@frozen(eq=False)
class Judgement:
    """评判: whether one rule in force holds (None: unknown, with the facts that could still change that)."""

    rule: str
    holds: bool | None
    missing: tuple[str, ...]
    _ground: Callable[[], Ground] = field(repr=False)

    @property
    def ground(self) -> Ground:
        """The tree of conditions, with the values used and the clause."""
        return self._ground()


@frozen(slots=False, eq=False)
class Policy:
    """政策: facts in, an answer out, with its reasons.

    `version` is the sha256 of what the policy means: it stays the same when only words, order of keys or comments
    change. `source_path` is the file it was read from, None for text.
    """

    parts: Parts = field(repr=False)
    source_path: Path | None = None
    _editions: dict[int, Edition] = field(factory=dict, init=False, repr=False)
    _by_day: dict[date, Edition] = field(factory=dict, init=False, repr=False)

    @property
    def id(self) -> str:
        """The id."""
        return self.parts.id

    @property
    def kind(self) -> str:
        """`subsidy`, `eligibility`, `timetable`, `list` or `weights`."""
        return self.parts.kind

    @property
    def titles(self) -> Text:
        """The title in both languages."""
        return self.parts.titles

    @property
    def programme(self) -> str:
        """The programme it serves: `juli`, `linghang`, `anju`, `leye`, or empty."""
        return self.parts.programme

    @property
    def subject(self) -> str:
        """What or whom it is about, such as `villagers_committee`, or empty."""
        return self.parts.subject

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The facts by name, in the order declared."""
        return self.parts.facts

    @property
    def relations(self) -> Mapping[str, Relation]:
        """The relations by name."""
        return self.parts.relations

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The dated parameters by name."""
        return self.parts.parameters

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order written, whether in force or not."""
        return self.parts.rules

    @property
    def properties(self) -> tuple[Stated, ...]:
        """What the policy states of itself, in the order written; `proofs.prove_stated` proves it."""
        return self.parts.properties

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of a list."""
        return self.parts.items

    @property
    def weights(self) -> tuple[Weight, ...]:
        """The weights of an appraisal."""
        return self.parts.weights

    @cached_property
    def version(self) -> str:
        """The sha256 of the normalised meaning."""
        return digest(self.parts)

    @cached_property
    def layout(self) -> Layout:
        """How a row of facts is laid out."""
        relations = {name: relation.facts for name, relation in self.relations.items()}
        return layout(tuple(self.facts), relations)

    @cached_property
    def reader(self) -> FactReader:
        """The strict reader of facts."""
        return FactReader.of(self.layout, self.facts, self.relations)

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """The days on which a rule, a parameter or a citation changes, in order."""
        return change_days(self.parts)

    def edition(self, on: date) -> Edition:
        """Return the policy as it stands on `on`, compiled."""
        found = self._by_day.get(on)
        if found is None:
            if len(self._by_day) > MOST_DAYS:
                self._by_day.clear()
            found = self._by_day[on] = self._edition(bisect_right(self.changes, on))
        return found

    def _edition(self, number: int) -> Edition:
        """Return the edition after the first `number` changes."""
        found = self._editions.get(number)
        if found is None:
            since = self.changes[number - 1] if number else FIRST_DAY
            until = self.changes[number] - timedelta(days=1) if number < len(self.changes) else None
            found = self._editions[number] = build(self.parts, self.layout, since, until)
        return found

    def judge(self, facts: Mapping[str, object], on: date) -> tuple[Judgement, ...]:
        """Return how every rule in force on `on` judges `facts`, in the order of the document."""
        row = self.reader.row(facts, on)
        edition = self.edition(on)
        return tuple(self._judgement(ready, edition, row) for ready in edition.rules)

    def _judgement(self, ready: Ready, edition: Edition, row: Row) -> Judgement:
        holds = ready.test(row)
        gaps = edition.gaps.of(ready.rule.when, row) if holds is None else frozenset[str]()

        def ground() -> Ground:
            inner = edition.explainer.condition(ready.rule.when, row)
            return Ground(ready.rule.label, "", ready.citation, {}, (inner,))

        return Judgement(ready.rule.id, holds, ordered(gaps, self.layout.slots), ground)

    def decide(self, facts: Mapping[str, object], on: date) -> Award | Ruling:
        """Decide one case as of `on`: an `Award` from a subsidy, a `Ruling` from an eligibility policy.

        `facts` by name; absent or None is missing. A relation is a mapping of its facts, None where there is none,
        absent where that is unknown. Raises `Problems` for facts that are unknown or of the wrong type.
        """
        return self._decider(facts, on)

    @cached_property
    def _decider(self) -> Callable[[Mapping[str, object], date], Award | Ruling]:
        """What decides cases of this kind, with everything it needs at hand."""
        read, edition, parts = self.reader.row, self.edition, self.parts
        if self.kind == "subsidy":
            return lambda facts, on: subsidy.decide(parts, edition, read(facts, on))
        if self.kind == "eligibility":
            return lambda facts, on: decide_eligibility(edition(on), read(facts, on))
        raise TypeError(f"a policy of kind `{self.kind}` decides no cases")

    def why_not(self, rule: str, facts: Mapping[str, object], on: date) -> WhyNot:
        """Return what would have to change for `rule` to hold: the ways, the one with the fewest changes first.

        Raises `KeyError` for a rule that the policy does not have.
        """
        found = next((each for each in self.rules if each.id == rule), None)
        if found is None:
            raise KeyError(rule)
        row = self.reader.row(facts, on)
        if not found.in_force(on):
            return not_in_force(rule, on, found.since, found.until)
        return why_not(rule, found.when, self.edition(on), row)

    def reform(self, changes: Mapping[str, object]) -> Policy:
        """Return a changed policy, checked anew; see `rules.reform` for the paths that `changes` may name."""
        from huaying_governance.rules.reform import reform  # noqa: PLC0415 - reading stands above

        return reform(self, changes)

    def weights_on(self, day: date) -> Mapping[str, Decimal]:
        """Return the weights in force on `day`, by id."""
        found: dict[str, Decimal] = {}
        for weight in self.weights:
            for step in weight.steps:
                if in_force(day, step.since, step.until) and isinstance(step.value, int | Fraction):
                    found[weight.id] = Decimal(show_number(step.value))
        return found

    def _repr_html_(self) -> str:
        from huaying_governance.rules.show import policy_html  # noqa: PLC0415 - only notebooks need it

        return policy_html(self)


def change_days(parts: Parts) -> tuple[date, ...]:
    """Return the first days of all stretches with the same rules, values and citations."""
    day = timedelta(days=1)
    spans: list[tuple[date | None, date | None]] = []
    for rule in parts.rules:
        spans.append((rule.since, rule.until))
        spans.extend((each.since, each.until) for each in rule.basis)
    spans.extend(
        (step.since, step.until) for parameter in parts.parameters.values() for step in parameter.steps
    )
    return tuple(sorted(set(_edges(spans, day))))


def _edges(spans: Iterable[tuple[date | None, date | None]], day: timedelta) -> Iterable[date]:
    for since, until in spans:
        if since is not None:
            yield since
        if until is not None:
            yield until + day
