"""行政区划代码: GB/T 2260 (6 digits, province to county), with GB/T 10114 (9, township) and the statistical 12 digits.

A level without digits of its own is zeros. Cities without counties (东莞, 中山, 儋州, 嘉峪关) have townships right
below the prefecture, and Hainan once had counties right below the province. Only the structure and the province are
checked: names, and whether a lower code is in use, are data of a year, which a pack brings. The meaning of the third
segment is from secondary sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal

from attrs import frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.ids.number import DIGITS, Number
from huaying_governance.text import Text

DivisionLevel = Literal["province", "prefecture", "county", "township", "community"]
TownKind = Literal["subdistrict", "town", "township", "enterprise"]
CommunityKind = Literal["residents_committee", "villagers_committee"]

_PROVINCES = frozenset(
    (
        *(
            "11",
            "12",
            "13",
            "14",
            "15",
            "21",
            "22",
            "23",
            "31",
            "32",
            "33",
            "34",
            "35",
            "36",
            "37",
            "41",
            "42",
            "43",
        ),
        *("44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82"),
    )
)
_LEVELS: tuple[tuple[DivisionLevel, int, int], ...] = (
    ("province", 0, 2),
    ("prefecture", 2, 4),
    ("county", 4, 6),
    ("township", 6, 9),
    ("community", 9, 12),
)
URBAN_RURAL_CLASSES: Mapping[str, Text] = MappingProxyType(
    {
        "111": Text("主城区", "main urban area"),
        "112": Text("城乡结合区", "urban–rural fringe"),
        "121": Text("镇中心区", "town centre"),
        "122": Text("镇乡结合区", "town–rural fringe"),
        "123": Text("特殊区域", "special area"),
        "210": Text("乡中心区", "township centre"),
        "220": Text("村庄", "village"),
    }
)
"""城乡分类码: the class that statistics gives each community, beside its code; 112 is the urban–rural fringe."""


@frozen(repr=False)
class DivisionCode(Number):
    """行政区划代码 of 6, 9 or 12 digits. Two spellings of one division have the same `full`."""

    NAME: ClassVar[Text] = Text("行政区划代码", "division code")
    CODE: ClassVar[str] = "division-code"
    SHOWN: ClassVar[int] = 4

    @property
    def full(self) -> str:
        """The code in 12 digits."""
        return self.value.ljust(12, "0")

    @property
    def level(self) -> DivisionLevel:
        """The lowest level that the code names."""
        return next(level for level, start, end in reversed(_LEVELS) if self.full[start:end].strip("0"))

    @property
    def parts(self) -> Mapping[DivisionLevel, str]:
        """The code of each level that it names, highest first: `{"province": "510000", …, "township": "511681001"}`."""
        full = self.full
        return {
            level: full[:end].ljust(6, "0") for level, start, end in _LEVELS if full[start:end].strip("0")
        }

    @property
    def town_kind(self) -> TownKind | None:
        """街道, 镇, 乡 or 政企合一, from the second segment; None above the township and for an unknown segment."""
        segment = int(self.full[6:9])
        if segment == 0 or segment > 599:
            return None
        return "subdistrict" if segment < 100 else _TOWNS[segment // 100]

    @property
    def community_kind(self) -> CommunityKind | None:
        """居民委员会 or 村民委员会, from the third segment; None above the community and for an unknown segment."""
        segment = int(self.full[9:])
        if segment == 0 or segment > 399:
            return None
        return "residents_committee" if segment < 200 else "villagers_committee"

    def within(self, other: DivisionCode) -> bool:
        """Tell whether this division is `other` or lies inside it."""
        end = next(end for level, _, end in _LEVELS if level == other.level)
        return self.full.startswith(other.full[:end])

    def path(self, names: Mapping[str, str]) -> tuple[str | None, ...]:
        """Return the name of each level from `names` (code of that level → name), highest first; None is unknown."""
        return tuple(names.get(code) for code in self.parts.values())

    @classmethod
    def _shape(cls, text: str) -> list[Problem]:
        return cls._spelling(text, (DIGITS,) * 12, (6, 9, 12))

    @classmethod
    def _meaning(cls, text: str) -> list[Problem]:
        if text[:2] not in _PROVINCES:
            return [cls._fault("province", _PROVINCE, text)]
        named = [bool(text.ljust(12, "0")[start:end].strip("0")) for _, start, end in _LEVELS]
        _, prefecture, county, township, community = named
        if (township and not prefecture and not county) or (community and not township):
            return [cls._fault("levels", _GAP, text)]
        return []


_TOWNS: Mapping[int, TownKind] = MappingProxyType(
    {1: "town", 2: "township", 3: "township", 4: "enterprise", 5: "enterprise"}
)
_PROVINCE = Text("{name}前两位不是省级代码", "the first two digits of this {name} are no province")
_GAP = Text("{name}的上级为零而下级不为零", "this {name} names a lower level below one that is zeros")
