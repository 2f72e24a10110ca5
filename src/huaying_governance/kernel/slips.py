"""笔误: what is wrong with a text that is not TOML, said so that somebody who has never seen a parser can mend it.

A policy officer writes `[facts.年龄]`, a date in another form, a Chinese quote: the parser knows only that it cannot
go on. Here the place where it stopped and its reason become one of the few slips that people really make, with the
character named; what is none of them is told with the parser's own words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from attrs import frozen

from huaying_governance.text import Text

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_STRINGS = re.compile(
    r'#[^\n]*|"""(?:[^\\]|\\[\s\S])*?"{3,5}|'
    r"'''[\s\S]*?'{3,5}|"
    r'"""|"(?:[^"\\\n]|\\.)*"|'
    r"'''|'[^'\n]*'|[\"']"
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_KEY = re.compile(r"[^\s.=:,\"'#\[\]{}]+")
_VALUE = re.compile(r"[^=,\"'#\[\]{}\n]+")
_DAY = re.compile(r"[0-9]{4} ?[-/.年] ?[0-9]{1,2} ?([-/.月] ?([0-9]{1,2} ?日?)?)?")
_SHOWN = 40
_ASCII: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys("“”„‟〝〞「」『』", '"'),
        **dict.fromkeys("‘’‚‛", "'"),  # noqa: RUF001
        **dict.fromkeys("【〔", "["),  # noqa: RUF001
        **dict.fromkeys("】〕", "]"),  # noqa: RUF001
        **dict.fromkeys("—–−", "-"),
        "、": ",",
        "：": "=",
    }
)
"""What stands for a character of TOML in Chinese typing, beside the full-width forms that Unicode itself maps."""
_YES = frozenset({"true", "yes", "是", "真", "对", "有"})
_NO = frozenset({"false", "no", "否", "假", "错", "无"})


@frozen
class Slip:
    """笔误: where in the text it stands, what is wrong, how to put it right."""

    at: int
    message: Text
    cure: Text


def toml_slip(text: str, error: Exception, lost: int = 0) -> Slip:
    """Return what is wrong with a text that `tomllib` refused; `lost` is the place where the error names none."""
    where = _WHERE.search(str(error))
    reason = _WHERE.sub("", str(error)) or type(error).__name__
    return slip_at(text, _offset(text, where) if where is not None else lost, reason)


def slip_at(text: str, at: int, reason: str) -> Slip:
    """Return the slip at an offset of a text, where a parser stopped for this reason."""
    if reason.startswith(("Cannot ", "Duplicate ")):
        start = _line(text, at)[0]
        return Slip(start + len(text[start:]) - len(text[start:].lstrip()), TWICE, TWICE_CURE)
    found = _open_quote(text, at, reason)
    if found is not None:
        return found
    while text[at : at + 1] in {" ", "\t"}:
        at += 1
    char = text[at : at + 1]
    if (plain := _plain(char)) is not None:
        named = f"{char}（U+{ord(char):04X}）"
        return Slip(at, WIDE.fill(c=named), WIDE_CURE.fill(c=named, p=plain))
    for starts, judge in _JUDGES:
        if reason.startswith(starts) and (found := judge(text, at, reason)) is not None:
            return found
    return Slip(at, NOT_UNDERSTOOD.fill(r=reason), NOT_UNDERSTOOD_CURE)


def _offset(text: str, where: re.Match[str]) -> int:
    if where[1] is None:
        return len(text.rstrip())
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: int(where[1]) - 1]) + int(where[2]) - 1


def _line(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)


def _plain(char: str) -> str | None:
    """Return the character that a full-width one stands for, None for what is no such thing."""
    if not char or char.isascii() or (char.isspace() and char != "\u3000"):
        return None
    plain = _ASCII.get(char) or unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 and plain.isascii() else None


def _open_quote(text: str, at: int, reason: str) -> Slip | None:
    """Return the quote that is not closed, where there is one on the line, or the reason says so."""
    start, end = _line(text, at)
    if reason.startswith(("Unterminated", "Expected \"'")):
        start, end = 0, len(text)
    elif not reason.startswith(("Illegal character", "Expected newline", "Unclosed", "Invalid value")):
        return None
    for found in _STRINGS.finditer(text, start, end):
        mark = found.group()
        if mark in {'"', "'", '"""', "'''"}:
            first, last = found.start(), _line(text, found.start())[1]
            wide = next((char for char in text[first:last] if _ASCII.get(char) == mark), "")
            if wide:
                named = f"{wide}（U+{ord(wide):04X}）"
                return Slip(text.index(wide, first), WIDE.fill(c=named), WIDE_CURE.fill(c=named, p=mark))
            return Slip(first, OPEN, OPEN_CURE.fill(q=mark))
    return None


def _key(text: str, at: int, _: str) -> Slip | None:
    """Judge a place where a key, or what follows it, was expected."""
    while at > 0 and _KEY.match(text[at - 1]):
        at -= 1
    word = _KEY.match(text, at)
    if word is not None and not _BARE.fullmatch(word.group()):
        named = word.group()[:_SHOWN]
        return Slip(at, BAD_KEY.fill(k=named), BAD_KEY_CURE.fill(k=named))
    return None


def _after_key(text: str, at: int, reason: str) -> Slip | None:
    """Judge what stands after a key instead of `=`."""
    if text[at : at + 1] == ":":
        return Slip(at, COLON, COLON_CURE)
    return _key(text, at, reason) or Slip(at, NO_EQUALS, NO_EQUALS_CURE)


def _header(text: str, at: int, reason: str) -> Slip | None:
    """Judge a header of a section that does not end as it began."""
    wanted = "]]" if "']]'" in reason else "]"
    return _key(text, at, reason) or Slip(at, NO_BRACKET.fill(b=wanted), NO_BRACKET_CURE.fill(b=wanted))


def _statement(text: str, at: int, reason: str) -> Slip | None:
    """Judge a line that begins neither a key nor a section."""
    named = _key(text, at, reason)
    begins = text[at : at + 1]
    return named if named is not None and begins.isalpha() else Slip(at, NO_LINE, NO_LINE_CURE)


def _value(text: str, at: int, reason: str) -> Slip | None:
    """Judge a value that is none, or that goes on after its end."""
    start = _line(text, at)[0]
    begin = at
    while begin > start and _VALUE.match(text[begin - 1]):
        begin -= 1
    found = _VALUE.match(text, begin)
    value = found.group().strip() if found is not None else ""
    begin += len(text[begin:at]) - len(text[begin:at].lstrip())
    before = text[start:begin].rstrip()
    if not value:
        return Slip(at, NO_VALUE, NO_VALUE_CURE) if before.endswith("=") else None
    shown = value[:_SHOWN]
    if before.endswith(('"', "'", "]", "}")):
        if reason.startswith("Unclosed"):
            return None
        return Slip(begin, TOO_MUCH.fill(v=shown), TOO_MUCH_CURE)
    if "=" not in before and "[" not in before and reason.startswith("Unclosed"):
        return None
    if _DAY.match(value):
        return Slip(begin, NO_DAY.fill(v=shown), NO_DAY_CURE)
    if value.lower() in _YES | _NO:
        right = "true" if value.lower() in _YES else "false"
        return Slip(begin, NO_TRUTH.fill(v=shown), NO_TRUTH_CURE.fill(v=right))
    return Slip(begin, UNQUOTED.fill(v=shown), UNQUOTED_CURE.fill(v=shown))


def _no_day(_: str, at: int, __: str) -> Slip | None:
    return Slip(at, NO_SUCH_DAY, NO_SUCH_DAY_CURE)


def _unclosed(text: str, at: int, reason: str) -> Slip | None:
    """Judge a list or a table in one line that does not end."""
    marks = "[ ]" if "array" in reason else "{ }"
    ends = text[at : at + 1] in {"", "\n"}
    found = None if ends else _value(text, at, reason)
    return found or Slip(at, UNCLOSED.fill(m=marks), UNCLOSED_CURE.fill(m=marks[-1]))


def _backslash(_: str, at: int, __: str) -> Slip | None:
    return Slip(at, BACKSLASH, BACKSLASH_CURE)


_Judge = Callable[[str, int, str], "Slip | None"]
_JUDGES: tuple[tuple[str | tuple[str, ...], _Judge], ...] = (
    ("Invalid initial character", _key),
    ("Invalid statement", _statement),
    ("Expected '=' after a key", _after_key),
    (("Expected ']' at", "Expected ']]' at"), _header),
    (("Invalid value", "Expected newline"), _value),
    ("Invalid date", _no_day),
    ("Unclosed", _unclosed),
    (("Unescaped", "Invalid hex", "Escaped character"), _backslash),
)

TWICE = Text("这个键或这一节在前面已经写过", "this key or section was written before")
TWICE_CURE = Text(
    "只保留一处；重复的条目用 [[…]] 逐条写",
    "keep one of the two; entries of which there are several are written as [[…]], one after the other",
)
WIDE = Text("这里用了全角字符 {c}", "there is the full-width character {c} here")
WIDE_CURE = Text("把 {c} 改为半角的 {p}", "write the ASCII character {p} instead of {c}")
OPEN = Text("引号没有结束", "the quote is not closed")
OPEN_CURE = Text("在这段文字的末尾补上 {q}", "close the text with {q}")
BAD_KEY = Text(
    "键“{k}”含有 A-Z、a-z、0-9、_、- 以外的字符，须加引号",
    "the key {k} has characters other than A-Z, a-z, 0-9, _ and -, so it needs quotes",
)
BAD_KEY_CURE = Text(
    '写成 "{k}"；政策里的名称（事实、参数、规则）改用英文小写，中文写在 label 里',
    'write "{k}"; names in a policy (facts, parameters, rules) are English small letters, the Chinese is the `label`',
)
COLON = Text("键和值之间要用 =，不用冒号", "a key and its value stand on both sides of =, not of a colon")
COLON_CURE = Text("把冒号改为 =", "write = instead of the colon")
NO_EQUALS = Text("键的后面缺少 =", "there is no = after the key")
NO_EQUALS_CURE = Text(
    "写成 键 = 值；键里有空格时，整个键加引号",
    "write key = value; a key with a space in it needs quotes",
)
NO_BRACKET = Text("这一节的名称没有以 {b} 结束", "the name of the section does not end with {b}")
NO_BRACKET_CURE = Text("在名称后补上 {b}", "put {b} after the name")
NO_LINE = Text("这一行既不是 键 = 值，也不是 [节]", "the line is neither key = value nor a [section]")
NO_LINE_CURE = Text("改写这一行；说明文字以 # 开头", "rewrite the line; a remark begins with #")
NO_VALUE = Text("= 后面没有值", "there is no value after =")
NO_VALUE_CURE = Text("写上值；不需要则删去这一行", "write the value, or drop the line")
TOO_MUCH = Text("值的后面还有“{v}”", "{v} stands after the value")
TOO_MUCH_CURE = Text(
    "删去；引号里面再用引号的，里面的改用单引号 '…'；说明文字以 # 开头",
    "drop it; quotes inside quotes are single ones, '…'; a remark begins with #",
)
NO_DAY = Text("“{v}”不是 TOML 的日期", "{v} is no date of TOML")
NO_DAY_CURE = Text(
    "写成 2026-01-09：年四位，月、日各两位，不加引号",
    "write 2026-01-09: four digits, two and two, without quotes",
)
NO_SUCH_DAY = Text("没有这一天或这一时刻", "there is no such day or moment")
NO_SUCH_DAY_CURE = Text("核对日期", "check the date")
NO_TRUTH = Text("“{v}”不是 TOML 的真假值", "{v} is not how TOML says yes or no")
NO_TRUTH_CURE = Text("写 {v}（小写，不加引号）", "write {v} (small letters, no quotes)")
UNQUOTED = Text("“{v}”没有加引号", "{v} has no quotes")
UNQUOTED_CURE = Text(
    '文字、金额和编号都要加引号，写成 "{v}"', 'texts, amounts and numbers of things need quotes: write "{v}"'
)
UNCLOSED = Text("{m} 没有写完，或各项之间缺少逗号", "{m} is not closed, or a comma is missing in it")
UNCLOSED_CURE = Text(
    "各项之间用半角逗号隔开，末尾写 {m}；{{ }} 要写在一行之内",
    "put commas between the items and {m} at the end; {{ }} stands on one line",
)
BACKSLASH = Text("引号内的反斜杠 \\ 有特殊含义", "a backslash \\ in quotes has a meaning of its own")
BACKSLASH_CURE = Text(
    "写两个反斜杠 \\\\，或整段改用单引号", "write it twice, \\\\, or use single quotes for the text"
)
NOT_UNDERSTOOD = Text("此处读不通（{r}）", "this cannot be read ({r})")
NOT_UNDERSTOOD_CURE = Text("按 TOML 的写法改正此处", "correct the TOML here")
