"""公民身份号码 GB 11643-1999: 6 digits of division, 8 of birth date, 3 of sequence, a check character.

The check is ISO 7064 MOD 11-2: weights 2^(17-i) mod 11, X for ten. The date is checked apart from it: a number may have
a right check character and an impossible date. The division is not looked up: codes of abolished counties stay valid.
The 15-digit numbers of the first cards are refused with their own message, and foreigners' and Hong Kong, Macao and
Taiwan permits are other documents.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from attrs import frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.dates import years_between
from huaying_governance.kernel.ids.number import DIGITS, WRONG_CHECK, Number
from huaying_governance.text import Text

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ALPHABETS = (DIGITS,) * 17 + (DIGITS + "X",)


@frozen(repr=False)
class ResidentId(Number):
    """公民身份号码. Its repr shows the division only."""

    NAME: ClassVar[Text] = Text("公民身份号码", "resident id number")
    CODE: ClassVar[str] = "resident-id"

    @property
    def division(self) -> str:
        """The county-level division where the number was first given; it may be abolished."""
        return self.value[:6]

    @property
    def birth_date(self) -> date:
        """The day of birth."""
        return _birth_date(self.value)

    @property
    def sequence(self) -> str:
        """The three digits that tell apart who was born on one day in one division."""
        return self.value[14:17]

    @property
    def sex(self) -> Literal["male", "female"]:
        """From the sequence: odd is male, even female."""
        return "male" if int(self.value[16]) % 2 else "female"

    def age(self, on: date) -> int:
        """Return the full years on the day `on` (周岁); negative before the birth."""
        return years_between(self.birth_date, on)

    @classmethod
    def _shape(cls, text: str) -> list[Problem]:
        if len(text) == 15 and not set(text) - set(DIGITS):
            return [cls._fault("length", _OLD, text)]
        return cls._spelling(text, _ALPHABETS, (18,))

    @classmethod
    def _meaning(cls, text: str) -> list[Problem]:
        faults = []
        try:
            _birth_date(text)
        except ValueError:
            faults.append(cls._fault("date", _NO_SUCH_DAY, text))
        if text[17] != check_character(text):
            faults.append(cls._fault("check", _LOST if text.endswith("000") else WRONG_CHECK, text))
        return faults


def check_character(number: str) -> str:
    """Return the check character that belongs to the first 17 digits of `number`."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]


def _birth_date(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


_OLD = Text("这是 15 位旧号码，应使用 18 位的{name}", "this is an old number of 15 digits; a {name} has 18")
_NO_SUCH_DAY = Text("{name}中的出生日期不存在", "the birth date in this {name} does not exist")
_LOST = Text(
    "{name}的校验码不符，且末三位为 000，疑被表格软件改成数值",
    "the check character of this {name} is wrong and it ends in 000: a spreadsheet may have made it a number",
)
