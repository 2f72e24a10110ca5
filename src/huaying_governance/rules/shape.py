"""Shapes of tables (结构): one definition reads a document with places, and yields its JSON Schema.

A shape reads a plain TOML value at a place and returns what it holds, or `BAD` after noting a problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from attrs import field, frozen

from huaying_governance.rules.at import BAD, At, Float, Report
from huaying_governance.rules.exact import FIRST_YEAR, LAST_YEAR, exact
from huaying_governance.rules.faults import nearest
from huaying_governance.text import Text, same

_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_DECIMAL = re.compile(r"-?[0-9]{1,16}(?:\.[0-9]{1,6})?")


class Shape(Protocol):
    """Reads one value."""

    def read(self, value: object, at: At) -> Any:
        """Return what `value` holds, or `BAD` after noting why not."""
        ...

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the values it reads."""
        ...


@frozen
class Words:
    """A free text."""

    empty: bool = False

    def read(self, value: object, at: At) -> Any:
        """Return the text."""
        if not isinstance(value, str):
            return at.fault("wrong-type", expected=Text("带引号的文字", "quoted text"))
        return value if value.strip() or self.empty else at.fault("empty-text")

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"} if self.empty else {"type": "string", "minLength": 1}


@frozen
class Ident:
    """An id or a name, in ASCII."""

    def read(self, value: object, at: At) -> Any:
        """Return the id."""
        if not isinstance(value, str):
            return at.fault("wrong-type", expected=Text("带引号的标识", "a quoted id"))
        return value if _ID.fullmatch(value) else at.fault("bad-id")

    def schema(self) -> dict[str, Any]:
        """A string that matches."""
        return {"type": "string", "pattern": f"^{_ID.pattern}$"}


@frozen
class Label:
    """A text in both languages: `{ zh = "…", en = "…" }`."""

    def read(self, value: object, at: At) -> Any:
        """Return the `Text`."""
        if isinstance(value, str):
            return same(value) if value.strip() else at.fault("empty-text")
        if isinstance(value, dict) and len(lacking := _LABEL.entries.keys() - value) == 1 == len(value):
            return at.fault("missing-language", name=lacking.pop())
        read = _LABEL.read(value, at)
        return BAD if read is BAD else Text(read["zh"], read["en"])

    def schema(self) -> dict[str, Any]:
        """A string, or a table of two."""
        return {"anyOf": [{"type": "string", "minLength": 1}, _LABEL.schema()]}


@frozen
class Day:
    """A day."""

    def read(self, value: object, at: At) -> Any:
        """Return the date."""
        if not isinstance(value, date) or isinstance(value, datetime):
            return at.fault(
                "wrong-type", expected=Text("不带引号的日期 2026-01-01", "a day without quotes, 2026-01-01")
            )
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            return at.fault("out-of-range", low=FIRST_YEAR, high=LAST_YEAR)
        return value

    def schema(self) -> dict[str, Any]:
        """A string in the format of a date: JSON has no dates of its own."""
        return {"type": "string", "format": "date"}


@frozen
class Whole:
    """An integer within bounds."""

    low: int
    high: int

    def read(self, value: object, at: At) -> Any:
        """Return the integer."""
        if isinstance(value, Float):
            return at.fault("float")
        if not isinstance(value, int) or isinstance(value, bool):
            return at.fault("wrong-type", expected=Text("整数", "an integer"))
        return (
            value
            if self.low <= value <= self.high
            else at.fault("out-of-range", low=self.low, high=self.high)
        )

    def schema(self) -> dict[str, Any]:
        """An integer within the bounds."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@frozen
class Flag:
    """`true` or `false`."""

    def read(self, value: object, at: At) -> Any:
        """Return the truth."""
        return (
            value
            if isinstance(value, bool)
            else at.fault("wrong-type", expected=Text("true 或 false", "true or false"))
        )

    def schema(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


@frozen
class Quantity:
    """An exact number: an integer, or a decimal in quotes. Floats are refused."""

    def read(self, value: object, at: At) -> Any:
        """Return the exact number."""
        if isinstance(value, Float):
            return at.fault("float")
        if isinstance(value, bool) or not isinstance(value, int | str):
            return at.fault(
                "wrong-type", expected=Text("整数或带引号的小数", "an integer or a quoted decimal")
            )
        if not _DECIMAL.fullmatch(str(value)):
            return at.fault("bad-number", places=6)
        return exact(Fraction(Decimal(str(value))))

    def schema(self) -> dict[str, Any]:
        """An integer, or a string that matches."""
        return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": f"^{_DECIMAL.pattern}$"}]}


@frozen
class OneOf:
    """One of some words."""

    words: tuple[str, ...]

    def read(self, value: object, at: At) -> Any:
        """Return the word."""
        if not isinstance(value, str):
            return at.fault("wrong-type", expected=Text("带引号的文字", "quoted text"))
        if value in self.words:
            return value
        return at.fault("not-one-of", allowed=", ".join(self.words), hint=nearest(value, self.words))

    def schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.words)}


_LISTED = Text("方括号列表", "a list in brackets")
_HEADED = Text("逐条的表，标题用两层方括号 [[…]]", "tables, each headed with two brackets, [[…]]")


@frozen
class Several:
    """A list of one shape; an entry with problems is left out."""

    shape: Shape
    least: int = 0
    most: int = 10_000

    def read(self, value: object, at: At) -> Any:
        """Return a tuple of what the entries hold."""
        if not isinstance(value, list):
            return at.fault("wrong-type", expected=_HEADED if isinstance(value, dict) else _LISTED)
        if not self.least <= len(value) <= self.most:
            return at.fault("out-of-range", low=self.least, high=self.most)
        read = (self.shape.read(entry, at.child(number)) for number, entry in enumerate(value))
        return tuple(entry for entry in read if entry is not BAD)

    def schema(self) -> dict[str, Any]:
        """An array."""
        return {"type": "array", "items": self.shape.schema(), "minItems": self.least}


@frozen
class Entry:
    """One key of a table: its shape, whether it must be there, what it means."""

    shape: Shape
    about: Text
    required: bool = False
    default: object = None


@frozen
class Table:
    """A table of known keys. `build` makes a value of what was read; `at` is its place."""

    entries: Mapping[str, Entry] = field(hash=False)
    build: Callable[[dict[str, Any], At], object] | None = None

    def read(self, value: object, at: At) -> Any:
        """Return the built value, or the keys with what they hold; a key that is not there has its default."""
        if not isinstance(value, dict):
            return at.fault("wrong-type", expected=Text("表", "a table"))
        good = True
        read: dict[str, Any] = {}
        for key in value:
            if key not in self.entries and not at.report.full:
                at.child(key).fault("unknown-key", key=True, name=key, hint=nearest(key, self.entries))
        for key, entry in self.entries.items():
            if key in value:
                read[key] = entry.shape.read(value[key], at.child(key))
                good = good and read[key] is not BAD
            elif entry.required:
                at.fault("missing-key", key=True, name=key)
                good = False
            else:
                read[key] = entry.default
        if not good:
            return BAD
        return read if self.build is None else self.build(read, at)

    def schema(self) -> dict[str, Any]:
        """An object with no other keys."""
        made: dict[str, Any] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                key: {**entry.shape.schema(), "description": f"{entry.about.zh} / {entry.about.en}"}
                for key, entry in self.entries.items()
            },
        }
        required = [key for key, entry in self.entries.items() if entry.required]
        return {**made, "required": required} if required else made


@frozen
class Named:
    """A table whose keys are names, all of one shape; an entry with problems is left out."""

    shape: Shape

    def read(self, value: object, at: At) -> Any:
        """Return a dictionary of what the entries hold."""
        if not isinstance(value, dict):
            return at.fault("wrong-type", expected=Text("表", "a table"))
        read: dict[str, Any] = {}
        for name, entry in value.items():
            place = at.child(name)
            if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", name):
                place.fault("bad-id", key=True)
                continue
            held = self.shape.read(entry, place)
            if held is not BAD:
                read[name] = held
        return read

    def schema(self) -> dict[str, Any]:
        """An object of such values."""
        return {"type": "object", "additionalProperties": self.shape.schema()}


_ZH, _EN = (
    Entry(Words(), about, required=True) for about in (Text("中文", "Chinese"), Text("英文", "English"))
)
_LABEL = Table({"zh": _ZH, "en": _EN})

# Shapes are written together with what they read with.
__all__ = ["BAD", "At", "Float", "Report"]
