"""读用例: case files in TOML and CSV (Chinese or English headers, UTF-8 or GB18030), each problem with its place."""

# Long: the two writings of a case file, TOML and sheet, are kept side by side so that they stay alike.

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import define, field

from huaying_governance.errors import Place, Problem
from huaying_governance.rules.load import _parse, read_text
from huaying_governance.rules.shape import At, Float, Report
from huaying_governance.tables import TableSpec, read_file
from huaying_governance.testing.building import Builder, Raw, RawCase
from huaying_governance.testing.case import CaseFile, Equivalent
from huaying_governance.testing.faults import near, problem
from huaying_governance.testing.procedures import STEP, ProcedureSubject
from huaying_governance.testing.subject import Subject
from huaying_governance.testing.timetables import EVENTS, TimetableSubject
from huaying_governance.testing.values import Wrong, day
from huaying_governance.text import Text

CASE_KEYS = (
    "name", "on", "facts", "assignment", "entry", "events", "spells", "given", "when", "others", "admissions",
    "expect", "note", "pending",
)  # fmt: skip
HEAD_KEYS = ("policy", "list", "procedure", "pack", "on")
TOP_KEYS = ("cases", "case", "equivalent")
_SHEET = TableSpec("cases", Text("用例", "cases"), ())


@define(eq=False)
class Head:
    """The `[cases]` table: what the file says of all its cases, before its subject is known."""

    place: Place
    values: Mapping[str, Raw] = field(factory=dict)

    def text(self, key: str) -> str:
        """Return a text of the head, empty where it is not stated."""
        found = self.values.get(key)
        return found.value if found is not None and isinstance(found.value, str) else ""


Bind = Callable[[Head, "frozenset[str]"], "Subject | list[Problem]"]
"""Finds the subject of a file from its head and the headers of a sheet, or says why there is none."""


def read_cases(path: Path, bind: Bind) -> tuple[CaseFile, Subject | None]:
    """Return the cases of a file and what they test; nothing raises for what is in the file."""
    return _read_toml(path, bind) if path.suffix.lower() == ".toml" else _read_sheet(path, bind)


def _broken(path: Path, problems: list[Problem], more: int = 0) -> tuple[CaseFile, None]:
    return CaseFile(path, (), (), tuple(problems), more), None


# TOML -----------------------------------------------------------------------------------------------------------


def _read_toml(path: Path, bind: Bind) -> tuple[CaseFile, Subject | None]:
    report = Report()
    text = read_text(path, report)
    document = _parse(text, str(path), report) if text is not None else None
    if document is None:
        return _broken(path, list(report.problems))
    notes: list[Problem] = list(report.problems)
    _unknown_keys(document.data, document.at, TOP_KEYS, notes)
    head = Head(Place(str(path), 1))
    table = document.data.get("cases", {})
    if isinstance(table, dict):
        at = document.at.child("cases")
        _unknown_keys(table, at, HEAD_KEYS, notes)
        head = Head(
            at.span(key=True).place, {key: _raw(value, at.child(key)) for key, value in table.items()}
        )
    else:
        notes.append(_wrong(document.at.child("cases"), "cases", ONE_HEAD))
    subject = bind(head, frozenset())
    if isinstance(subject, list):
        return _broken(path, [*notes, *subject])
    builder = Builder(subject, _default_on(head, notes), notes)
    cases = [
        made
        for value, at in _tables(document.data, document.at, "case", notes)
        if (made := builder.case(_raw_case(value, at, notes))) is not None
    ]
    equivalents = [
        _equivalent(value, at, notes)
        for value, at in _tables(document.data, document.at, "equivalent", notes)
    ]
    ordered = tuple(sorted(builder.problems, key=lambda each: each.place.line or 0))
    return CaseFile(path, tuple(cases), tuple(e for e in equivalents if e), ordered, builder.more), subject


ONE_HEAD = Text("一个表 [cases]（各用例写 [[case]]）", "one table [cases]; each case is a [[case]]")
JOINED = Text("；列之间须用半角逗号隔开", "; columns are parted by plain commas")


def _default_on(head: Head, notes: list[Problem]) -> date | None:
    raw = head.values.get("on")
    if raw is None:
        return None
    try:
        found = day(raw.value, False)
    except Wrong as wrong:
        notes.append(problem("wrong-value", raw.place, "", raw.excerpt, label="on", wanted=wrong.wanted))
        return None
    return found if isinstance(found, date) else None


def _raw(value: object, at: At) -> Raw:
    span = at.span()
    held = value.text if isinstance(value, Float) else value
    # A TOML float is no exact number: it is kept as its text, which only a decimal or an amount can read.
    return Raw(held, span.place, span.excerpt)


def _raw_case(value: dict[str, Any], at: At, notes: list[Problem]) -> RawCase:
    span = at.span(key=True)
    raw = RawCase(span.place)
    _unknown_keys(value, at, CASE_KEYS, notes)
    for key, held in value.items():
        here = at.child(key)
        match key:
            case "name" | "on" | "note" | "pending":
                setattr(raw, key, _raw(held, here))
            case "facts" | "assignment" | "entry" if isinstance(held, dict):
                raw.given.update(_flat(held, here))
            case "expect" if isinstance(held, dict):
                raw.expected.update(_expected(held, here))
            case "events" if isinstance(held, dict):
                raw.events.update({name: _raw(each, here.child(name)) for name, each in held.items()})
            case "spells" | "given" | "admissions" | "others":
                into = {"spells": raw.spells, "given": raw.steps}.get(key, raw.others)
                into.extend(_rows(held, here, notes))
            case "when" if isinstance(held, dict):
                pass
            case _ if key in CASE_KEYS:
                notes.append(_wrong(here, key, Text("一个表 { … }", "a table { … }")))
    if isinstance(value.get("when"), dict):
        raw.steps.append(
            {name: _raw(each, at.child("when").child(name)) for name, each in value["when"].items()}
        )
    return raw


def _flat(held: dict[str, Any], at: At) -> Iterator[tuple[str, Raw]]:
    """Yield the inputs by path: a related person's table as `spouse.in_zone`."""
    for name, value in held.items():
        here = at.child(name)
        if isinstance(value, dict):
            yield name, Raw(True, here.span().place)
            for inner, each in value.items():
                yield f"{name}.{inner}", _raw(each, here.child(inner))
        else:
            yield name, _raw(value, here)


def _expected(held: dict[str, Any], at: At) -> Iterator[tuple[str, Raw]]:
    """Yield the expectations by name: `due = { reply = … }` as `due.reply`."""
    for name, value in held.items():
        here = at.child(name)
        if name == "due" and isinstance(value, dict):
            for inner, each in value.items():
                yield f"due.{inner}", _raw(each, here.child(inner))
        else:
            yield name, _raw(value, here)


def _rows(held: object, at: At, notes: list[Problem]) -> Iterator[dict[str, Raw]]:
    for number, each in enumerate(held if isinstance(held, list) else [held]):
        here = at.child(number)
        if isinstance(each, dict):
            yield {name: _raw(value, here.child(name)) for name, value in each.items()}
        else:
            notes.append(_wrong(here, str(at.path[-1]), Text("一个表 { … }", "a table { … }")))


def _tables(
    data: dict[str, Any], at: At, key: str, notes: list[Problem]
) -> Iterator[tuple[dict[str, Any], At]]:
    held = data.get(key, [])
    for number, value in enumerate(held if isinstance(held, list) else [held]):
        here = at.child(key).child(number)
        if isinstance(value, dict):
            yield value, here
        else:
            notes.append(_wrong(here, key, Text(f"[[{key}]] 表", f"tables of [[{key}]]")))


def _equivalent(value: dict[str, Any], at: At, notes: list[Problem]) -> Equivalent | None:
    _unknown_keys(value, at, ("mutant", "because"), notes)
    mutant, because = value.get("mutant"), value.get("because")
    if isinstance(mutant, str) and isinstance(because, str) and because.strip():
        return Equivalent(mutant, because, at.span(key=True).place)
    notes.append(
        _wrong(at, "equivalent", Text("mutant 与 because 两项文字", "two texts: mutant and because"))
    )
    return None


def _unknown_keys(data: dict[str, Any], at: At, known: tuple[str, ...], notes: list[Problem]) -> None:
    for key in data:
        if key not in known:
            span = at.child(key).span(key=True)
            shown = ", ".join(known)
            notes.append(
                problem(
                    "unknown-key",
                    span.place,
                    "",
                    span.excerpt,
                    name=key[:80],
                    near=near(key, known),
                    known=shown,
                )
            )


def _wrong(at: At, label: str, wanted: Text) -> Problem:
    span = at.span()
    return problem("wrong-value", span.place, "", span.excerpt, label=label, wanted=wanted)


# Sheets ---------------------------------------------------------------------------------------------------------


def _read_sheet(path: Path, bind: Bind) -> tuple[CaseFile, Subject | None]:
    table = read_file(path, _SHEET, str(path))
    if not table.whole:
        return _broken(path, list(table.problems), table.problem_count - len(table.problems))
    headers = tuple(table.extra_headers)
    subject = bind(Head(Place(str(path), 1)), frozenset(map(plain, headers)))
    if isinstance(subject, list):
        return _broken(path, [*table.problems, *subject])
    builder = Builder(subject, None, list(table.problems), table.problem_count - len(table.problems))
    columns = _columns(headers, subject, str(path), builder)
    if len(builder.problems) > len(table.problems):
        return _broken(path, builder.problems, builder.more)
    rows = [(row.number, row.extras) for row in table.rows]
    cases = [
        made
        for raw in _sheet_cases(rows, columns, headers, subject, str(path))
        if (made := builder.case(raw)) is not None
    ]
    return CaseFile(path, tuple(cases), (), tuple(builder.problems), builder.more), subject


def plain(text: str) -> str:
    """Return a header as it is compared: NFKC, no spaces around it, lower-case."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def _writings(subject: Subject) -> dict[str, tuple[str, str]]:
    """Return every accepted header with where its cells go: which part of the case, and under which name."""
    found: dict[str, tuple[str, str]] = {}
    inputs: Mapping[str, Any] = subject.inputs
    if isinstance(subject, ProcedureSubject):
        found.update(_labels("step", STEP))
        inputs = {name: each for name, each in inputs.items() if name != "id"}
    found.update(
        {writing: goes for writing, goes in _labels("given", inputs).items() if writing not in found}
    )
    if isinstance(subject, TimetableSubject):
        for name, label in EVENTS.items():
            found.update(dict.fromkeys((f"events.{name}", f"{label.zh}日"), ("events", name)))
    for name, aspect in subject.aspects.items():
        found.update(
            dict.fromkeys((f"expect.{name}", plain(aspect.label.zh), f"expected {name}"), ("expected", name))
        )
    for key, writings in _OWN.items():
        found.update(dict.fromkeys(writings, (key, key)))
    return found


_OWN = {
    "name": ("name", "名称", "用例"),
    "on": ("on", "date", "日期", "认定日"),
    "note": ("note", "备注", "说明"),
    "pending": ("pending", "待确认"),
}


def _labels(part: str, fields: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        writing: (part, name)
        for name, each in fields.items()
        for writing in (name.lower(), plain(each.label.zh), plain(each.label.en))
    }


def _columns(
    headers: tuple[str, ...], subject: Subject, file: str, builder: Builder
) -> list[tuple[str, str]]:
    known = _writings(subject)
    found: list[tuple[str, str]] = []
    for header in headers:
        goes = known.get(plain(header))
        if goes is None:
            shown = ", ".join(list(dict.fromkeys(name for _, name in known.values()))[:40])
            parts = [plain(part) in known for part in re.split("[,;、|\t]", header)]
            hint = JOINED if sum(parts) > 1 else near(plain(header), known)
            builder.add(
                problem("unknown-column", Place(file, 1, header), name=header[:80], near=hint, known=shown)
            )
            goes = ("", "")
        found.append(goes)
    return found


Rows = list[tuple[int, tuple[str, ...]]]


def _sheet_cases(
    rows: Rows, columns: list[tuple[str, str]], headers: tuple[str, ...], subject: Subject, file: str
) -> Iterator[RawCase]:
    """Yield a case for each row; of a procedure, for the rows of one name that follow each other, a step each."""
    raw: RawCase | None = None
    for number, cells in rows:
        one = _sheet_case(number, cells, columns, headers, file)
        if not isinstance(subject, ProcedureSubject):
            yield one
        elif raw is not None and _says(raw.name) == _says(one.name):
            raw.steps += one.steps
            raw.expected.update(one.expected)
            raw.given = {**one.given, **raw.given}
        else:
            if raw is not None:
                yield raw
            raw = one
    if raw is not None:
        yield raw


def _says(raw: Raw | None) -> object:
    return None if raw is None else raw.value


def _sheet_case(
    number: int, cells: tuple[str, ...], columns: list[tuple[str, str]], headers: tuple[str, ...], file: str
) -> RawCase:
    raw = RawCase(Place(file, number))
    step: dict[str, Raw] = {}
    into = {"given": raw.given, "expected": raw.expected, "events": raw.events, "step": step}
    for (part, name), text, header in zip(columns, cells, headers, strict=True):
        if not text:
            continue
        value = Raw(text, Place(file, number, header), "", True)
        if part in into:
            into[part][name] = value
        else:
            setattr(raw, part, value)
    if step:
        raw.steps.append(step)
    if raw.name is None:
        raw.name = Raw(f"第{number}行", Place(file, number), "", True)
    return raw
