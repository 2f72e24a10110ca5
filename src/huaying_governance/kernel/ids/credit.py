"""统一社会信用代码 GB 32100-2015: department, category, division (6 digits), organisation code (9), check character.

31 characters are used, without I, O, S, V and Z; the check is 31 less the sum by the weights 3^i mod 31, and may be
any of the 31. The organisation code inside has a check of its own (GB 11714), which this standard does not test:
`organisation_code` is None where it fails. The names of departments and categories are from secondary sources; a code
with a department or a category unknown here is valid all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from attrs import frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.ids.number import DIGITS, WRONG_CHECK, Number
from huaying_governance.kernel.ids.organisation import OrganisationCode
from huaying_governance.text import Text

_ALPHABET = DIGITS + "ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ALPHABETS = (_ALPHABET,) * 2 + (DIGITS,) * 6 + (_ALPHABET,) * 10

DEPARTMENTS: Mapping[str, Text] = MappingProxyType(
    {
        "1": Text("机构编制", "institutional organisation"),
        "2": Text("外交", "foreign affairs"),
        "3": Text("司法行政", "justice"),
        "4": Text("文化", "culture"),
        "5": Text("民政", "civil affairs"),
        "6": Text("旅游", "tourism"),
        "7": Text("宗教", "religious affairs"),
        "8": Text("工会", "trade unions"),
        "9": Text("工商（市场监管）", "market regulation"),
        "A": Text("中央军委改革和编制办公室", "military organisation"),
        "N": Text("农业", "agriculture"),
        "Y": Text("其他", "other"),
    }
)
_OTHER = Text("其他", "other")
CATEGORIES: Mapping[str, Text] = MappingProxyType(
    {
        "11": Text("机关", "government body"),
        "12": Text("事业单位", "public institution"),
        "13": Text("编办直接管理机构编制的群众团体", "mass organisation"),
        "21": Text("外国常驻新闻机构", "foreign news bureau"),
        "31": Text("律师执业机构", "law firm"),
        "32": Text("公证处", "notary office"),
        "33": Text("基层法律服务所", "grassroots legal service office"),
        "34": Text("司法鉴定机构", "forensic institute"),
        "35": Text("仲裁委员会", "arbitration commission"),
        "41": Text("外国在华文化中心", "foreign cultural centre"),
        "51": Text("社会团体", "association"),
        "52": Text("民办非企业单位", "private non-enterprise unit"),
        "53": Text("基金会", "foundation"),
        "54": Text("居民委员会", "residents' committee"),
        "55": Text("村民委员会", "villagers' committee"),
        "61": Text("外国旅游部门常驻代表机构", "foreign tourism office"),
        "62": Text("港澳台地区旅游部门常驻内地（大陆）代表机构", "Hong Kong, Macao or Taiwan tourism office"),
        "71": Text("宗教活动场所", "place of worship"),
        "72": Text("宗教院校", "religious school"),
        "81": Text("基层工会", "grassroots trade union"),
        "91": Text("企业", "enterprise"),
        "92": Text("个体工商户", "individual business"),
        "93": Text("农民专业合作社", "farmers' cooperative"),
        "A1": Text("军队事业单位", "military institution"),
        "N1": Text("组级集体经济组织", "group-level collective"),
        "N2": Text("村级集体经济组织", "village-level collective"),
        "N3": Text("乡镇级集体经济组织", "township-level collective"),
        "Y1": _OTHER,
        **{f"{department}9": _OTHER for department in "12345678AN"},
    }
)


@frozen(repr=False)
class CreditCode(Number):
    """统一社会信用代码."""

    NAME: ClassVar[Text] = Text("统一社会信用代码", "unified social credit code")
    CODE: ClassVar[str] = "credit-code"
    SHOWN: ClassVar[int] = 8

    @property
    def department(self) -> Text | None:
        """登记管理部门: who registered the body; None for a letter unknown here."""
        return DEPARTMENTS.get(self.value[0])

    @property
    def category(self) -> Text | None:
        """机构类别: what kind of body it is; None for a pair unknown here."""
        return CATEGORIES.get(self.value[:2])

    @property
    def division(self) -> str:
        """The division of the registering body; it may be abolished."""
        return self.value[2:8]

    @property
    def organisation_code(self) -> OrganisationCode | None:
        """主体标识码: the organisation code inside, None where its own check character is wrong."""
        inner = self.value[8:17]
        return OrganisationCode(inner) if OrganisationCode.is_valid(inner) else None

    @classmethod
    def _shape(cls, text: str) -> list[Problem]:
        return cls._spelling(text, _ALPHABETS, (18,))

    @classmethod
    def _meaning(cls, text: str) -> list[Problem]:
        return [] if text[17] == check_character(text) else [cls._fault("check", WRONG_CHECK, text)]


def check_character(code: str) -> str:
    """Return the check character that belongs to the first 17 characters of `code`."""
    total = sum(_VALUES[char] * weight for char, weight in zip(code, _WEIGHTS, strict=False))
    return _ALPHABET[-total % 31]
