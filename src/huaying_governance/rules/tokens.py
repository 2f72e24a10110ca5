"""The words of an expression (词法): text to tokens, every foreign word and character refused with its place."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from attrs import frozen

from huaying_governance.rules.limits import MAX_DIGITS, MAX_NODES
from huaying_governance.text import Text

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9_.]))"
    r"|(?P<text>'[^'\n\\]*'|\"[^\"\n\\]*\")"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<mark><=|>=|==|!=|\*\*|//|<<|>>|:=|&&|\|\||->|[-+*/<>()\[\],.=!%&|^~@:;{}])"
)
COMPARISONS: Final = frozenset({"<", "<=", "==", "!=", ">=", ">"})
_WORDS: Final = frozenset({"and", "or", "not", "in", "if", "else"})
TRUTHS: Final = {"true": True, "True": True, "false": False, "False": False}
_FOREIGN: Final = frozenset(
    {
        "lambda",
        "for",
        "while",
        "is",
        "await",
        "yield",
        "import",
        "None",
        "null",
        "async",
        "def",
        "class",
        "del",
    }
)
_MARKS: Final = frozenset(
    {"<=", ">=", "==", "!=", "<", ">", "(", ")", "[", "]", ",", ".", "+", "-", "*", "/"}
)
_INSTEAD: Final = {"=": "==", "&&": "and", "||": "or", "!": "not", "&": "and", "|": "or"}


class SyntaxFault(Exception):
    """The expression cannot be read: the code of a fault, its place in the expression, and what it names."""

    def __init__(self, code: str, start: int, end: int, **values: object) -> None:
        self.code, self.start, self.end, self.values = code, start, end, values
        super().__init__(code)


@frozen
class Token:
    """A number, text, name, word or mark, with its place."""

    kind: str
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Return the tokens of `text`, the last of kind `end`. Raises `SyntaxFault` at what is no part of the language."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unreadable(text, at)
        kind, word, start, at = str(match.lastgroup), match.group(), match.start(), match.end()
        if kind == "space":
            continue
        if kind == "name":
            kind = _name_kind(text, word, start, at)
        elif kind == "number" and max(len(part) for part in word.split(".")) > MAX_DIGITS:
            raise SyntaxFault("number-too-long", start, at, limit=MAX_DIGITS)
        elif kind == "mark" and word not in _MARKS:
            instead = _INSTEAD.get(word)
            code = "operator-instead" if instead else "operator-unknown"
            raise SyntaxFault(code, start, at, word=word, instead=instead)
        found.append(Token(kind, word, start, at))
        if len(found) > 4 * MAX_NODES:
            raise SyntaxFault("expression-too-large", start, at, limit=MAX_NODES)
    found.append(Token("end", "", len(text), len(text) + 1))
    return found


def _name_kind(text: str, word: str, start: int, end: int) -> str:
    if text[end : end + 1] in {"'", '"'} and text[end : end + 1]:
        raise SyntaxFault("text-prefix", start, end + 1, word=word)
    if word in _FOREIGN:
        raise SyntaxFault("word-foreign", start, end, word=word)
    return "word" if word in _WORDS else "name"


def _unreadable(text: str, at: int) -> SyntaxFault:
    char = text[at]
    if char in "'\"":
        line_end = text.find("\n", at)
        end = line_end if line_end >= 0 else len(text)
        return SyntaxFault("text-unclosed" if "\\" not in text[at:end] else "text-escape", at, end)
    if char.isdigit() and char.isascii():
        match = re.compile(r"[0-9A-Za-z_.]+").match(text, at)
        return SyntaxFault("number-malformed", at, match.end() if match else at + 1)
    point = f"U+{ord(char):04X}"
    if 0xFF01 <= ord(char) <= 0xFF5E or char in "，。；：“”‘’（）【】、　":
        plain = _WIDE.get(char) or unicodedata.normalize("NFKC", char)
        return SyntaxFault("character-wide", at, at + 1, char=char, point=point, instead=plain)
    match = _LETTERS.match(text, at)
    word = match.group() if match is not None else char
    if word in _SIGNS:
        return SyntaxFault("operator-instead", at, at + len(word), word=word, instead=_SIGNS[word])
    hint = _NAMES if match is not None else _DROP
    return SyntaxFault("character-unknown", at, at + len(word), char=word[:40], point=point, hint=hint)


_LETTERS = re.compile(r"[^\W\d_A-Za-z]+")
_WIDE: Final = {"，": ",", "。": ".", "“": '"', "”": '"', "‘": "'", "’": "'", "【": "[", "】": "]", "、": ","}
_SIGNS: Final[dict[str, str]] = {
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "/",
    "\u2212": "-",
    **dict.fromkeys(("且", "并且", "和"), "and"),
    **dict.fromkeys(("或", "或者"), "or"),
    **dict.fromkeys(("非", "不"), "not"),
    "是": "true",
    "否": "false",
}
_NAMES: Final = Text(
    "条件和金额里写英文名称（[facts.age] 的 age），不写中文名称和单位；用来比较的文字加引号",
    "conditions and amounts have English names (the age of [facts.age]), no labels and no units; "
    "a text to compare with needs quotes",
)
_DROP: Final = Text("删去或改写", "delete or rewrite it")
