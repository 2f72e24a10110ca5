"""组织机构代码 GB 11714-1997: 8 characters of 0-9 and A-Z, and a check character; `12345678-8` or without the hyphen.

The check is 11 less the sum by the weights 3 7 9 10 5 8 4 2, modulo 11: X for ten, 0 for eleven.
"""

from __future__ import annotations

from typing import ClassVar, Self

from attrs import frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.ids.number import DIGITS, WRONG_CHECK, Number
from huaying_governance.text import Text

_ALPHABET = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "0X987654321"
_ALPHABETS = (_ALPHABET,) * 8 + (DIGITS + "X",)


@frozen(repr=False)
class OrganisationCode(Number):
    """组织机构代码. `value` is without the hyphen; two spellings of one code are equal."""

    NAME: ClassVar[Text] = Text("组织机构代码", "organisation code")
    CODE: ClassVar[str] = "organisation-code"
    SHOWN: ClassVar[int] = 3

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the code written as `text`, with its hyphen or without; raises `Problems` with every fault."""
        return cls(_plain(text))

    @classmethod
    def is_valid(cls, text: object) -> bool:
        """Tell whether `text` is a text that `parse` takes."""
        return not cls.faults(_plain(text) if isinstance(text, str) else text)

    @property
    def hyphenated(self) -> str:
        """The code as it is printed, `12345678-8`."""
        return f"{self.value[:8]}-{self.value[8]}"

    @classmethod
    def _shape(cls, text: str) -> list[Problem]:
        return cls._spelling(text, _ALPHABETS, (9,))

    @classmethod
    def _meaning(cls, text: str) -> list[Problem]:
        return [] if text[8] == check_character(text) else [cls._fault("check", WRONG_CHECK, text)]


def check_character(code: str) -> str:
    """Return the check character that belongs to the first 8 characters of `code`."""
    return _CHECKS[sum(_VALUES[char] * weight for char, weight in zip(code, _WEIGHTS, strict=False)) % 11]


def _plain(text: str) -> str:
    return text[:8] + text[9:] if len(text) == 10 and text[8] == "-" else text
