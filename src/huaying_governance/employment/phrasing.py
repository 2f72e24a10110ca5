"""措辞样式: the small patterns in which a pack says what wording it looks for; no regular expressions.

    [限|只招]…[男|女]     one of several words; `…` up to eight characters of the same clause
    试用期……合同[一|1]年    `……` up to twenty characters, over the ends of clauses
    每天#小时             `#` a whole number, in digits or in Chinese
    [已婚|]已育            an empty alternative: may be left out

All else is meant literally. Text is compared without spaces, widths and case. A pattern has few, bounded gaps (a long
one counts twice) and no repetition, so that matching takes time proportional to the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from attrs import field, frozen

from huaying_governance.text import Text

CLAUSE_END = ",。;!?()"
MAX_PATTERN, MAX_GAPS = 2_000, 4
_GAP_COSTS = {"…": 1, "……": 2}
_TOKEN = re.compile(r"……|…|#|\[([^\[\]]*)\]|[^\[\]…#]+|.", re.DOTALL)
_NUMBER = r"([0-9]{1,6}|[零〇一二两三四五六七八九十百]{1,7})"
_GAP = rf"[^{re.escape(CLAUSE_END)}]{{0,8}}?"
_LONG_GAP = r".{0,20}?"
_ITEM = re.compile(r"(?<![0-9a-z.])\(?[0-9]{1,2}[.、)](?![0-9])")
"""The mark of an item in a list: `1.`, `2、`, `(3)`; a new clause begins."""
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"\u3007": 0, "两": 2}

EMPTY = Text("样式为空或过长", "the pattern is empty or too long")
UNPAIRED = Text("方括号不成对或嵌套", "a bracket is unpaired or nested")
GAPS = Text("省略号过多", "there are too many gaps")
ONLY_GAPS = Text("样式没有写明任何文字", "the pattern names no word")


def plain(text: str) -> str:
    """Return text as it is compared: NFKC, lower case, no spaces, no commas inside numbers.

    The end of a line and the mark of an item in a list become full stops: there a clause ends.
    """
    lines = unicodedata.normalize("NFKC", text).lower().splitlines()
    folded = "。".join("".join(line.split()) for line in lines)
    return _ITEM.sub("。", _THOUSANDS.sub("", folded))


def fault(pattern: str) -> Text | None:
    """Return what is wrong with a pattern; None where it can be used."""
    if not pattern.strip() or len(pattern) > MAX_PATTERN:
        return EMPTY
    tokens = list(_TOKEN.finditer(pattern))
    if any(token.group() in {"[", "]"} for token in tokens):
        return UNPAIRED
    if sum(_GAP_COSTS.get(token.group(), 0) for token in tokens) > MAX_GAPS:
        return GAPS
    words = [token for token in tokens if token.group() not in {"…", "……", "#"}]
    solid = any(token.group(1) is None or all(token.group(1).split("|")) for token in words)
    return None if solid else ONLY_GAPS


def number(text: str) -> int:
    """Return the whole number that digits or Chinese numerals below a thousand write."""
    if text.isdigit() and text.isascii():
        return int(text)
    total = digit = 0
    for char in text:
        if char in {"十", "百"}:
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


@frozen
class Phrase:
    """样式: one pattern, ready to be sought."""

    written: str
    _sought: re.Pattern[str] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if (wrong := fault(self.written)) is not None:
            raise ValueError(wrong.en)
        parts = "".join(_part(token) for token in _TOKEN.finditer(self.written))
        object.__setattr__(self, "_sought", re.compile(parts))

    def find(self, text: str) -> Iterator[Match]:
        """Yield where the pattern stands in a text that is `plain` already."""
        for found in self._sought.finditer(text):
            if found.group():
                numbers = tuple(number(group) for group in found.groups() if group is not None)
                yield Match(found.start(), found.end(), numbers)

    def within(self, text: str) -> bool:
        """Whether the pattern stands anywhere in a text that is `plain` already."""
        return next(self.find(text), None) is not None


@frozen
class Match:
    """命中: where a pattern stands, and the numbers it met there."""

    start: int
    end: int
    numbers: tuple[int, ...] = ()


def _part(token: re.Match[str]) -> str:
    match token.group():
        case "……":
            return _LONG_GAP
        case "…":
            return _GAP
        case "#":
            return _NUMBER
        case _ if token.group(1) is not None:
            return f"(?:{'|'.join(re.escape(plain(word)) for word in token.group(1).split('|'))})"
        case words:
            return re.escape(plain(words))


def clause(text: str, start: int, end: int) -> str:
    """Return the clauses that a stretch of text lies in, whole."""
    before = max((text.rfind(mark, 0, start) for mark in CLAUSE_END), default=-1)
    ends = [place for mark in CLAUSE_END if (place := text.find(mark, end)) >= 0]
    return text[before + 1 : min(ends, default=len(text))]
