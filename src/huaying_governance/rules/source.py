"""Source text and spans (原文与位置): where in a document something stands, for messages with a caret."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property

from attrs import field, frozen

from huaying_governance.errors import Place


@frozen(slots=False, eq=False)
class SourceText:
    """One document as text, with its name for messages."""

    name: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, offset: int) -> Place:
        """Return file, line and column (both from 1, counted in characters) of `offset`."""
        line = bisect_right(self._starts, offset)
        return Place(self.name, line, offset - self._starts[line - 1] + 1)

    def excerpt(self, start: int, end: int) -> str:
        """Return the line around `start` with carets under `start` to `end`; long lines are cut."""
        if not self.text:
            return ""
        line = bisect_right(self._starts, start)
        first = self._starts[line - 1]
        last = self.text.find("\n", first)
        last = len(self.text) if last < 0 else last
        left = max(first, start - 100)
        right = min(last, left + 160)
        shown = "".join(_visible(char) for char in self.text[left:right])
        indent = sum(_width(char) for char in self.text[left:start])
        marked = self.text[start : max(start + 1, min(end, right))]
        return f"    {shown}\n    {' ' * indent}{'^' * max(1, sum(_width(char) for char in marked))}"


def _visible(char: str) -> str:
    if char == "\t":
        return " "
    return char if char.isprintable() else "�"


def _width(char: str) -> int:
    """Columns on a terminal: East Asian wide characters take two."""
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


@frozen
class Span:
    """A stretch of a document, from `start` up to and without `end`."""

    source: SourceText = field(repr=False)
    start: int
    end: int

    @property
    def place(self) -> Place:
        """File, line and column of the start."""
        return self.source.place(self.start)

    @property
    def excerpt(self) -> str:
        """The line with carets under the stretch."""
        return self.source.excerpt(self.start, self.end)
