"""Where each key and value of a TOML document stands (定位), found in one bounded pass before it is parsed.

`tomllib` gives values without places, takes seconds for a key of many parts and overflows on deep brackets. This
scan knows just enough of TOML's grammar to step over strings, comments, arrays and tables: it records the place of
every path, refuses what is too large or holds invisible characters, and finds dates that do not exist (so that one
wrong date does not hide the problems after it). What it does not understand is left to `tomllib`'s own message.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TypeAlias

from attrs import field, frozen, mutable

from huaying_governance.rules.limits import MAX_ENTRIES, MAX_KEY_PARTS, MAX_STRING, MAX_TOML_DEPTH

Path: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the top of a document to one value."""

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^\s,\]}#]+(?: [0-9]{2}:[^\s,\]}#]+)?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})$")
# Control, soft hyphen, bidirectional, zero-width and tag characters, surrogates, private use, and line separators.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U0010ffff]"
)
_STRING = re.compile(
    r'"""(?:[^\\]|\\[\s\S])*?"{3,5}|' r"'''[\s\S]*?'{3,5}|" r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'"
)


@frozen
class Spot:
    """Offsets of one entry: its key (or its value, in an array), and its value."""

    key: tuple[int, int]
    value: tuple[int, int]


@frozen
class Stop:
    """A reason to refuse the document at an offset: the code of a fault."""

    code: str
    start: int
    end: int


@mutable
class Scan:
    """What one pass found: spots by path, dates that do not exist, and where the pass had to stop."""

    spots: dict[Path, Spot] = field(factory=dict)
    bad_dates: list[tuple[int, int]] = field(factory=list)
    stop: Stop | None = None
    lost: int | None = None


class _StopError(Exception):
    def __init__(self, code: str, start: int, end: int) -> None:
        self.stop = Stop(code, start, end)


class _LostError(Exception):
    """The text is not TOML at the current place; `tomllib` will say why."""


def scan(text: str) -> Scan:
    """Return the places of all keys and values of the TOML `text`."""
    found = Scan()
    scanner = _Scanner(text, found)
    hidden = _HIDDEN.search(text)
    try:
        if hidden is not None:
            raise _StopError("hidden-character", *hidden.span())
        scanner.document()
    except _StopError as error:
        found.stop = error.stop
    except _LostError:
        found.lost = scanner.at
    return found


class _Scanner:
    def __init__(self, text: str, found: Scan) -> None:
        self.text = text
        self.found = found
        self.at = 0
        self.arrays: dict[Path, int] = {}

    def document(self) -> None:
        prefix: Path = ()
        while True:
            self.skip(_BLANK)
            if len(self.found.spots) > MAX_ENTRIES:
                raise _StopError("too-many-entries", self.at, self.at + 1)
            if self.at >= len(self.text):
                return
            if self.text.startswith("[", self.at):
                prefix = self.header()
            else:
                self.pair(prefix, 1)
            self.skip(_SPACE)
            if self.at < len(self.text) and self.text[self.at] not in "\r\n#":
                raise _LostError

    def header(self) -> Path:
        start = self.at
        double = self.text.startswith("[[", start)
        self.at += 2 if double else 1
        parts = self.key()
        self.take("]]" if double else "]")
        path = (*self.resolve(parts[:-1]), parts[-1])
        spot = Spot((start, self.at), (start, self.at))
        for cut in range(1, len(parts)):
            self.found.spots.setdefault(self.resolve(parts[:cut]), spot)
        if double:
            number = self.arrays.get(path, 0)
            self.arrays[path] = number + 1
            self.found.spots.setdefault(path, spot)
            path = (*path, number)
        elif path in self.arrays:
            path = (*path, self.arrays[path] - 1)
        self.found.spots.setdefault(path, spot)
        return path

    def resolve(self, parts: list[str]) -> Path:
        """Return the path of `parts`, where an array of tables means its latest table."""
        path: Path = ()
        for part in parts:
            path = (*path, part)
            if path in self.arrays:
                path = (*path, self.arrays[path] - 1)
        return path

    def pair(self, prefix: Path, depth: int) -> None:
        start = self.at
        parts = self.key()
        end = self.at
        self.take("=")
        self.skip(_SPACE)
        for cut in range(1, len(parts)):
            self.found.spots.setdefault(prefix + tuple(parts[:cut]), Spot((start, end), (start, end)))
        path = prefix + tuple(parts)
        value = self.value(path, depth)
        self.found.spots[path] = Spot((start, end), value)

    def key(self) -> list[str]:
        parts: list[str] = []
        start = self.at
        while True:
            self.skip(_SPACE)
            if self.at < len(self.text) and self.text[self.at] in "\"'":
                first = self.at
                self.string()
                parts.append(self.text[first + 1 : self.at - 1])
            else:
                match = _BARE_KEY.match(self.text, self.at)
                if match is None:
                    raise _LostError
                parts.append(match.group())
                self.at = match.end()
            if len(parts) > MAX_KEY_PARTS:
                raise _StopError("key-too-long", start, self.at)
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def value(self, path: Path, depth: int) -> tuple[int, int]:
        start = self.at
        if depth > MAX_TOML_DEPTH:
            raise _StopError("too-deep", start, start + 1)
        opening = self.text[start : start + 1]
        if opening == "[":
            self.array(path, depth)
        elif opening == "{":
            self.inline(path, depth)
        elif opening in {'"', "'"}:
            self.string()
        else:
            self.bare()
        return (start, self.at)

    def array(self, path: Path, depth: int) -> None:
        self.at += 1
        number = 0
        while True:
            self.skip(_BLANK)
            if self.text.startswith("]", self.at):
                self.at += 1
                return
            value = self.value((*path, number), depth + 1)
            self.found.spots[(*path, number)] = Spot(value, value)
            number += 1
            self.skip(_BLANK)
            if self.text.startswith(",", self.at):
                self.at += 1
            elif not self.text.startswith("]", self.at):
                raise _LostError

    def inline(self, path: Path, depth: int) -> None:
        self.at += 1
        self.skip(_SPACE)
        while not self.text.startswith("}", self.at):
            self.pair(path, depth + 1)
            self.skip(_SPACE)
            if self.text.startswith(",", self.at):
                self.at += 1
                self.skip(_SPACE)
            elif not self.text.startswith("}", self.at):
                raise _LostError
        self.at += 1

    def string(self) -> None:
        match = _STRING.match(self.text, self.at)
        if match is None:
            raise _LostError
        if match.end() - match.start() > MAX_STRING:
            raise _StopError("string-too-long", match.start(), match.start() + 1)
        self.at = match.end()

    def bare(self) -> None:
        match = _BARE_VALUE.match(self.text, self.at)
        if match is None:
            raise _LostError
        day = _DATE.match(match.group())
        if day is not None and not _exists(int(day[1]), int(day[2]), int(day[3])):
            self.found.bad_dates.append((self.at, match.end()))
        self.at = match.end()

    def take(self, mark: str) -> None:
        self.skip(_SPACE)
        if not self.text.startswith(mark, self.at):
            raise _LostError
        self.at += len(mark)

    def skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        if match is not None:
            self.at = match.end()


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def inner_offsets(text: str, spot: tuple[int, int]) -> list[int]:
    """Return, for each character of the TOML string at `spot`, its offset in the document, and the end."""
    start, end = spot
    raw = text[start:end]
    quotes = 3 if raw[:3] in {'"""', "'''"} else 1
    at, last = start + quotes, end - quotes
    if quotes == 3 and text[at : at + 2] == "\r\n":
        at += 2
    elif quotes == 3 and text[at : at + 1] == "\n":
        at += 1
    if raw[0] == "'" or "\\" not in raw:
        return list(range(at, last + 1))
    offsets: list[int] = []
    while at < last:
        trimmed = re.compile(r"\\[ \t]*\r?\n\s*").match(text, at, last)
        if trimmed is not None:
            at = trimmed.end()
            continue
        offsets.append(at)
        if text[at] == "\\":
            at += {"u": 6, "U": 10, "x": 4}.get(text[at + 1], 2)
        else:
            at += 1
    return [*offsets, last]
