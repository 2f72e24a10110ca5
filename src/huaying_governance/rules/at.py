"""Where a value stands, and the problems noted there (位置与问题): what every shape reads with."""

from __future__ import annotations

from typing import Final

from attrs import field, frozen

from huaying_governance.errors import Problem
from huaying_governance.rules.faults import problem
from huaying_governance.rules.limits import MAX_PROBLEMS
from huaying_governance.rules.scan import Path, Scan, inner_offsets
from huaying_governance.rules.source import SourceText, Span

BAD: Final = object()
"""What a shape returns for a value that has problems."""


class Float:
    """A TOML float, kept as its text: never a number."""

    def __init__(self, text: str) -> None:
        self.text = text


@frozen(eq=False)
class Report:
    """The problems of one reading, in the order found; at most `MAX_PROBLEMS` are kept, the rest counted."""

    problems: list[Problem] = field(factory=list)

    @property
    def full(self) -> bool:
        """Whether no more problems are listed."""
        return len(self.problems) >= MAX_PROBLEMS

    def add(self, found: Problem) -> None:
        """Note a problem."""
        if not self.full:
            self.problems.append(found)

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems by document and place, each once."""
        files = {
            name: number
            for number, name in enumerate(dict.fromkeys(each.place.file for each in self.problems))
        }
        found = dict.fromkeys(self.problems)
        return tuple(
            sorted(found, key=lambda each: (files[each.place.file], each.place.line or 0, _column(each)))
        )


def _column(found: Problem) -> int:
    return found.place.column if isinstance(found.place.column, int) else 0


@frozen(eq=False)
class At:
    """A value's place in a document: the document, the path, and where to note problems."""

    source: SourceText
    scan: Scan
    path: Path
    report: Report

    def child(self, part: str | int) -> At:
        """Return the place of one entry below."""
        return At(self.source, self.scan, (*self.path, part), self.report)

    def span(self, *, key: bool = False) -> Span:
        """Return where the value (or its key) stands; the nearest table above where it is not written."""
        path = self.path
        while path and path not in self.scan.spots:
            path = path[:-1]
        spot = self.scan.spots.get(path)
        if spot is None:
            return Span(self.source, 0, 0)
        start, end = spot.key if key else spot.value
        return Span(self.source, start, end)

    def inside(self, start: int, end: int) -> Span:
        """Return the span of characters `start` to `end` of the text that the value holds."""
        spot = self.scan.spots.get(self.path)
        if spot is None:
            return self.span()
        offsets = inner_offsets(self.source.text, spot.value)
        last = len(offsets) - 1
        return Span(self.source, offsets[min(start, last)], offsets[min(end, last)])

    def fault(self, code: str, *, key: bool = False, **values: object) -> object:
        """Note a problem here; returns `BAD`."""
        if not self.report.full:
            self.report.add(problem(code, self.span(key=key), **values))
        return BAD


def unique(seen: dict[str, At], name: str, at: At) -> bool:
    """Whether `name` is new; otherwise note that it is defined twice."""
    first = seen.get(name)
    if first is None:
        seen[name] = at
        return True
    at.fault("duplicate", key=True, name=name, first=first.span(key=True).place)
    return False
