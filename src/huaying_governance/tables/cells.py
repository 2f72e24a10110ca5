"""单元格: what a column may hold, and how a cell's text becomes a value.

Reading normalises (NFKC, outer spaces, the final X of an identifier, the apostrophe that guards a formula); writing
guards text that a spreadsheet would take for a formula. `read(written(x)) == x` for every normalised text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType
from typing import Literal

from attrs import Factory, field, frozen

from huaying_governance.errors import Problems
from huaying_governance.kernel.bodies import PersonRef
from huaying_governance.kernel.dates import parse_date, parse_moment
from huaying_governance.kernel.geo import LIMITS, Degrees, parse_degrees
from huaying_governance.kernel.money import CENT, parse_yuan, show_yuan
from huaying_governance.tables.vocabulary import Choice, header_label
from huaying_governance.tables.words.core import YES_NO
from huaying_governance.text import Text

Kind = Literal[
    "text",
    "ref",
    "date",
    "moment",
    "yuan",
    "number",
    "count",
    "yes_no",
    "choice",
    "list",
    "degrees",
    "measure",
]
Need = Literal["cell", "column", "free"]
"""`cell`: the column and a value in every row; `column`: the column, cells may be empty; `free`: may be left out."""

MAX_TEXT = 32_767
MAX_REF = 200
_GUARDED = re.compile(r"'+[=+\-@]")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_SMALL_X = re.compile(r"[0-9]{17}x|[0-9A-Z]{8}-x")
_DAMAGED = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]{2}|[0-9]{15,}\.0*")
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_MEASURE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_LIST = re.compile(r"[;、]")
DAMAGED_MARK = "\ue000"
"""Put before the text of a spreadsheet number that has lost digits; no normalised text begins with it."""


class Fault(Exception):
    """A cell that cannot be read: the code of its problem, and what the message tells. Never leaves this package."""

    def __init__(self, code: str, **tells: object) -> None:
        super().__init__(code)
        self.code, self.tells = code, tells


def _words(choice: Choice | None) -> Mapping[str, str]:
    return MappingProxyType(choice.lookup() if choice is not None else {})


@frozen
class Column:
    """列: name, kind, need, and the words a choice may hold.

    `hint` refines a kind: `person`, `positive`, and which coordinate `degrees` are.
    """

    name: str
    kind: Kind = "text"
    need: Need = "free"
    choice: Choice | None = None
    hint: Literal["", "person", "positive", "longitude", "latitude"] = ""
    words: Mapping[str, str] = field(
        init=False, repr=False, eq=False, default=Factory(lambda self: _words(self.choice), takes_self=True)
    )

    @property
    def label(self) -> Text:
        """The header that is shown."""
        return header_label(self.name)


def normal(raw: str) -> str:
    """Return a cell's text normalised: NFKC, no outer spaces, upper-case final X of an identifier, no guard."""
    text = raw.strip() if raw.isascii() else unicodedata.normalize("NFKC", raw).strip()
    if text.endswith("x") and _SMALL_X.fullmatch(text):
        return text[:-1] + "X"
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


def guarded(text: str) -> str:
    """Return text as it is written: with an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text and text[0] in "=+-@'\t\r" and _FORMULA.match(text) else text


def damaged(text: str) -> bool:
    """Whether a spreadsheet has turned a long number into a float (5.11681E+17, 511681180001010000.0)."""
    return text.startswith(DAMAGED_MARK) or ("0" <= text[:1] <= "9" and _DAMAGED.fullmatch(text) is not None)


def _text(text: str, column: Column) -> str:
    if len(text) > MAX_TEXT:
        raise Fault("text-too-long", limit=MAX_TEXT)
    if column.hint == "person":
        try:
            PersonRef.parse(text)
        except Problems:
            raise Fault("not-a-reference") from None
    return text


def _ref(text: str, column: Column) -> str:
    if len(text) > MAX_REF:
        raise Fault("text-too-long", limit=MAX_REF)
    if not text.isprintable():
        raise Fault("control-character")
    return _text(text, column)


def _date(text: str, _: Column) -> date:
    try:
        return parse_date(text)
    except ValueError:
        raise Fault("bad-date") from None


def _moment(text: str, _: Column) -> datetime:
    try:
        return parse_moment(text)
    except ValueError:
        raise Fault("bad-moment") from None


def _yuan(text: str, _: Column) -> Decimal:
    try:
        return parse_yuan(text)
    except ValueError:
        raise Fault("negative-amount" if text.startswith(("-", "−")) else "bad-amount") from None


def _number(text: str, _: Column) -> Decimal:
    if not (text.isascii() and _NUMBER.fullmatch(text)):
        raise Fault("bad-number")
    return Decimal(text)


def _count(text: str, column: Column) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Fault("bad-count")
    if column.hint == "positive" and int(text) == 0:
        raise Fault("bad-count")
    return int(text)


def _yes_no(text: str, _: Column) -> bool:
    for code, labels in YES_NO.items():
        if text.lower() == code or text in labels:
            return code == "yes"
    raise Fault("bad-yes-no")


def _choice(text: str, column: Column) -> str:
    found = column.words.get(text.lower())
    if found is None and column.choice is not None:
        raise Fault("unknown-choice", choices=column.choice.say(), near=nearest(text.lower(), column.words))
    return found or text


def _list(text: str, column: Column) -> tuple[str, ...]:
    parts = tuple(part for part in (piece.strip() for piece in _LIST.split(text)) if part)
    for part in parts:
        _ref(part, column)
    return tuple(dict.fromkeys(parts))


def _degrees(text: str, column: Column) -> Degrees:
    axis: Literal["longitude", "latitude"] = "latitude" if column.hint == "latitude" else "longitude"
    try:
        return parse_degrees(text, axis)
    except ValueError:
        raise Fault("bad-degrees", limit=LIMITS[axis]) from None


def _measure(text: str, _: Column) -> Decimal:
    if not _MEASURE.fullmatch(text):
        raise Fault("bad-measure")
    return Decimal(text).quantize(CENT)


def nearest(text: str, words: Mapping[str, str]) -> Text:
    """Return a hint at the word that `text` most resembles; empty texts where none does."""
    found = [] if text.isdigit() else get_close_matches(text[:64], list(words), n=1, cutoff=0.5)
    if not found:
        return Text("", "")
    return Text("；最接近的是 `{w}`", "; the nearest is `{w}`").fill(w=words[found[0]])


PARSERS: Mapping[Kind, Callable[[str, Column], object]] = MappingProxyType(
    {
        "text": _text,
        "ref": _ref,
        "date": _date,
        "moment": _moment,
        "yuan": _yuan,
        "number": _number,
        "count": _count,
        "yes_no": _yes_no,
        "choice": _choice,
        "list": _list,
        "degrees": _degrees,
        "measure": _measure,
    }
)


def parse_cell(text: str, column: Column) -> object:
    """Return the value that a normalised cell writes; None for an empty one (an empty list for a list)."""
    if not text:
        if column.need == "cell":
            raise Fault("empty-cell")
        return () if column.kind == "list" else None
    if column.kind in {"text", "ref", "list"} and damaged(text):
        raise Fault("number-damaged")
    return PARSERS[column.kind](text, column)


def show(value: object) -> str:
    """Return a value as tables hold it: yes/no, ISO dates, amounts with two decimals, lists joined by `;`."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return show_yuan(value)
        case tuple() | list() | frozenset():
            return ";".join(
                show(part) for part in (sorted(value, key=str) if isinstance(value, frozenset) else value)
            )
        case _:
            return str(value)
