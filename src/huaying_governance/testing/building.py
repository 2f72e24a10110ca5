"""成例: raw values with their places become cases, whether they came from TOML or from a sheet; problems collected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from attrs import define, field, frozen

from huaying_governance.errors import Place, Problem
from huaying_governance.kernel.dates import day_of
from huaying_governance.rules import Spell
from huaying_governance.testing.case import Case
from huaying_governance.testing.faults import near, problem
from huaying_governance.testing.procedures import STEP, ProcedureSubject
from huaying_governance.testing.subject import Subject
from huaying_governance.testing.timetables import EVENTS, TimetableSubject
from huaying_governance.testing.values import Aspect, Field, Read, Wrong, day, flag, sequence, words, yuan
from huaying_governance.text import Text, same

MOST_PROBLEMS = 1_000
SPELL = {"from": day, "to": day, "of": words}
ADMISSION = ("id", "matter", "title", "assigner", "communities", "since", "until", "funding", "decided_by")


@frozen(eq=False)
class Raw:
    """A value as it stands in the file. `cell`: it is the text of a sheet's cell."""

    value: object
    place: Place
    excerpt: str = ""
    cell: bool = False


Table = Mapping[str, Raw]


@define(eq=False)
class RawCase:
    """A case as it stands in the file."""

    place: Place
    name: Raw | None = None
    on: Raw | None = None
    given: dict[str, Raw] = field(factory=dict)
    expected: dict[str, Raw] = field(factory=dict)
    events: dict[str, Raw] = field(factory=dict)
    spells: list[Table] = field(factory=list)
    steps: list[Table] = field(factory=list)
    others: list[Table] = field(factory=list)
    note: Raw | None = None
    pending: Raw | None = None


@define(eq=False)
class Builder:
    """Makes cases of one file for one subject. `default_on` is the day for cases that state none."""

    subject: Subject
    default_on: date | None = None
    problems: list[Problem] = field(factory=list)
    more: int = 0
    names: dict[str, Place] = field(factory=dict)
    memo: dict[tuple[str, object], object] = field(factory=dict)

    def add(self, found: Problem) -> None:
        """Note a problem; beyond a thousand they are counted."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(found)
        else:
            self.more += 1

    def case(self, raw: RawCase) -> Case | None:
        """Return the case, or None after noting what is wrong with it."""
        before = len(self.problems) + self.more
        name = self._name(raw)
        given = self._table(raw.given, self.subject.inputs, "unknown-input")
        expected = self._table(raw.expected, self.subject.aspects, "unknown-aspect")
        steps = tuple(self._table(step, STEP, "unknown-key") for step in raw.steps)
        events = self._events(raw)
        spells = self._spells(raw.spells)
        others = tuple(self._other(each) for each in raw.others)
        on = self._on(raw, steps)
        note, pending = (
            self._read(raw.note, words, same("note")),
            self._read(raw.pending, flag, same("pending")),
        )
        if not raw.expected:
            self.add(problem("nothing-expected", raw.place))
        made = Case(
            name,
            raw.place,
            on or date.min,
            given,
            expected,
            events,
            spells,
            steps,
            others,
            str(note or ""),
            pending is True,
        )
        for each in self.subject.problems(made):
            self.add(each)
        return made if len(self.problems) + self.more == before and on is not None else None

    def _name(self, raw: RawCase) -> str:
        if raw.name is None or not isinstance(raw.name.value, str) or not raw.name.value.strip():
            if raw.name is None or not raw.name.cell:
                self.add(problem("no-name", raw.place))
            return ""
        name = " ".join(raw.name.value.split())
        first = self.names.setdefault(name, raw.place)
        if first != raw.place:
            self.add(problem("same-name", raw.name.place, name, raw.name.excerpt, first=first.line or ""))
        return name

    def _on(self, raw: RawCase, steps: tuple[Mapping[str, object], ...]) -> date | None:
        if raw.on is not None:
            found = self._read(raw.on, day, Text("日期", "the date"))
            return found if isinstance(found, date) else None
        if self.default_on is not None:
            return self.default_on
        last = steps[-1].get("at") if steps else None
        if isinstance(last, datetime):
            return day_of(last)
        if not (isinstance(self.subject, ProcedureSubject) and steps):
            self.add(problem("no-date", raw.place))
        return None

    def _events(self, raw: RawCase) -> dict[str, date]:
        if raw.events and not isinstance(self.subject, TimetableSubject):
            first = next(iter(raw.events.values()))
            self.add(
                problem(
                    "unknown-key",
                    first.place,
                    excerpt=first.excerpt,
                    name="events",
                    near="",
                    known="facts, expect",
                )
            )
            return {}
        fields = {name: Field(name, label, day) for name, label in EVENTS.items() if name != "received"}
        read = self._table(raw.events, fields, "unknown-input")
        return {name: value for name, value in read.items() if isinstance(value, date)}

    def _spells(self, raw: Iterable[Table]) -> dict[str, tuple[Spell, ...]]:
        found: dict[str, tuple[Spell, ...]] = {}
        for each in raw:
            flags: dict[str, bool | None] = {}
            start = end = None
            of = ""
            for name, cell in each.items():
                value = self._read(cell, SPELL.get(name, flag), same(name))
                if name == "from" and isinstance(value, date):
                    start = value
                elif name == "to" and isinstance(value, date):
                    end = value
                elif name == "of":
                    of = str(value)
                elif isinstance(value, bool):
                    flags[name] = value
            if start is not None:
                found[of] = (*found.get(of, ()), Spell(start, end, flags))
        return found

    def _other(self, raw: Table) -> Mapping[str, object]:
        if isinstance(self.subject, ProcedureSubject):
            return self._table(raw, self.subject.inputs, "unknown-input")
        return self._table(raw, _ADMISSION_FIELDS, "unknown-key")

    def _table(
        self, raw: Table, known: Mapping[str, Field] | Mapping[str, Aspect], code: str
    ) -> dict[str, object]:
        """Return the values of a table by name; unknown names and unreadable values are problems."""
        found: dict[str, object] = {}
        for name, cell in raw.items():
            reader = known.get(name)
            if reader is None:
                shown = ", ".join(list(known)[:30])
                self.add(
                    problem(
                        code,
                        cell.place,
                        "",
                        cell.excerpt,
                        name=name[:80],
                        near=near(name, known),
                        known=shown,
                    )
                )
            else:
                value = self._read(cell, reader.read, reader.label, name)
                if value is not None:
                    found[name] = value
        return found

    def _read(self, raw: Raw | None, read: Read, label: Text, memo: str = "") -> object:
        if raw is None:
            return None
        key = (memo, raw.value) if raw.cell and memo else None
        if key is not None and key in self.memo:
            return self.memo[key]
        try:
            value = read(raw.value, raw.cell)
        except Wrong as wrong:
            shown = raw.value if isinstance(raw.value, str) else ""
            self.add(problem("wrong-value", raw.place, shown, raw.excerpt, label=label, wanted=wrong.wanted))
            return None
        if key is not None and len(self.memo) < 50_000:
            self.memo[key] = value
        return value


_SPECIAL: Mapping[str, Read] = {"communities": sequence, "since": day, "until": day, "funding": yuan}
_ADMISSION_FIELDS: Mapping[str, Field] = {
    name: Field(name, same(name), _SPECIAL.get(name, words)) for name in ADMISSION
}
