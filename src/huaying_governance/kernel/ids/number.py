"""What the identifiers share: a value that was checked, its faults, its masked face."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import ClassVar, Self

from attrs import frozen

from huaying_governance.errors import Problem, Problems
from huaying_governance.kernel.privacy import mask
from huaying_governance.text import Text

DIGITS = "0123456789"
_RAISED = re.compile(r"[0-9]\.[0-9]+[Ee]\+?[0-9]+|[0-9]+\.0+")
_RECHECK = Text("核对原件后重新录入", "enter it again from the original")
_AS_TEXT = Text(
    "在表格中把该列设为文本格式，再从原件重新录入",
    "format the column as text in the spreadsheet, then enter it again from the original",
)


@frozen(repr=False)
class Number:
    """An identifier. It cannot be built from a text that has faults."""

    value: str
    """The whole number. Take care where it goes."""

    NAME: ClassVar[Text]
    CODE: ClassVar[str]
    SHOWN: ClassVar[int] = 6

    def __attrs_post_init__(self) -> None:
        if faults := self.faults(self.value):
            raise Problems(faults)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the identifier written as `text`; raises `Problems` with every fault, the value masked."""
        return cls(text)

    @classmethod
    def is_valid(cls, text: object) -> bool:
        """Tell whether `text` is a text that `parse` takes."""
        return not cls.faults(text)

    @classmethod
    def faults(cls, text: object) -> tuple[Problem, ...]:
        """Return every fault of `text`; none when it is good."""
        if not isinstance(text, str):
            return (cls._fault("not-text", _NOT_TEXT, str(text), _AS_TEXT),)
        if _RAISED.fullmatch(text):
            return (cls._fault("spreadsheet", _SPREADSHEET, text, _AS_TEXT),)
        faults = cls._shape(text)
        return tuple(faults or cls._meaning(text))

    @classmethod
    def _shape(cls, text: str) -> list[Problem]:
        """Return the faults of length and characters."""
        raise NotImplementedError

    @classmethod
    def _meaning(cls, text: str) -> list[Problem]:
        """Return the faults of a text whose shape is right."""
        raise NotImplementedError

    @classmethod
    def _fault(cls, code: str, message: Text, text: str, cure: Text = _RECHECK) -> Problem:
        return Problem(f"{cls.CODE}-{code}", message.fill(name=cls.NAME), cure, value=mask(text))

    @classmethod
    def _spelling(cls, text: str, alphabets: Sequence[str], lengths: Sequence[int]) -> list[Problem]:
        """Return the faults of length, and of the first character that is not in the alphabet of its place."""
        faults: list[Problem] = []
        if len(text) not in lengths:
            wanted = Text(" 或 ", " or ")
            shown = Text(wanted.zh.join(map(str, lengths)), wanted.en.join(map(str, lengths)))
            faults.append(cls._fault("length", _LENGTH.fill(n=shown, found=len(text), name=cls.NAME), text))
        for place, char in enumerate(text[:64]):
            allowed = alphabets[place] if place < len(alphabets) else "".join(alphabets)
            if char not in allowed:
                why = _why(place + 1, char, allowed)
                faults.append(cls._fault("characters", why, text))
                break
        return faults

    def __repr__(self) -> str:
        hidden = len(self.value) - self.SHOWN
        return f"{type(self).__name__}({self.value[: self.SHOWN] + '*' * hidden!r})"


_NOT_TEXT = Text("{name}应为文本，而不是数字或空值", "a {name} is text, not a number and not empty")
_SPREADSHEET = Text(
    "{name}已被表格软件改成数值，末位丢失", "a spreadsheet made this {name} a number and lost digits"
)
_LENGTH = Text("{name}应为 {n} 位，现为 {found} 位", "a {name} has {n} characters, this has {found}")


WRONG_CHECK = Text("{name}的校验码不符", "the check character of this {name} is wrong")


def _why(place: int, char: str, allowed: str) -> Text:
    plain = unicodedata.normalize("NFKC", char)
    if char.isspace() or not char.isprintable():
        why = Text("第 {p} 位是空白或不可见字符", "character {p} is a space or invisible")
    elif plain != char and plain in allowed:
        why = Text("第 {p} 位是全角字符", "character {p} is full-width")
    elif char.upper() in allowed:
        why = Text("第 {p} 位应为大写字母", "character {p} must be a capital letter")
    elif char in "OIoi":
        why = Text(
            "第 {p} 位是字母 O 或 I，疑为数字 0 或 1",
            "character {p} is the letter O or I, perhaps for 0 or 1",
        )
    else:
        why = Text("第 {p} 位不是允许的字符", "character {p} is not allowed there")
    return why.fill(p=place)
